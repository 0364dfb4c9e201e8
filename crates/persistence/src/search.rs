//! Search over records of every kind: one entry a record, kept together with it, found by each database's own index of
//! words and ranked by one rule of ours, so that both find and order alike (ADR 0012).
//!
//! What is compared was folded and split into words in Rust; the databases only look words up.

use ketnoi_domain::{
    Kind, PartialDate, Record, Viewer, fold,
    query::Scope,
};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend,
    sea_query::{
        Alias, Expr, ExprTrait, InsertStatement, OnConflict, Order as Direction, Query, SelectStatement, SimpleExpr, Value,
    },
};
use uuid::Uuid;

use crate::{
    Error, Reader,
    codec::to_text,
    filter::{overlaps, referred, visible},
    row::Row,
    stored::RowHead,
};

/// What is searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Search {
    /// Words as a person types them, the last one perhaps not to its end.
    pub text: String,
    /// Only in names, not in what is told of a record.
    pub names_only: bool,
    /// Only these kinds; none given, all of them.
    pub kinds: Vec<Kind>,
    /// Only what may touch the time from then on.
    pub from: Option<PartialDate>,
    /// Only what may touch the time up to then.
    pub to: Option<PartialDate>,
    /// Only what is placed in one of these local authorities, by code, and how far around them.
    pub places: Option<(Vec<String>, Scope)>,
}

/// Where a hit stands in the list of all.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HitPosition {
    /// How well it fits: 0 its name is what was typed, 1 its names hold every word, 2 its names hold words that begin so,
    /// 3 it holds such words anywhere.
    pub rank: i64,
    /// How likely its kind is what people look for, from 0.
    pub weight: i64,
    /// Its place in the Vietnamese order.
    pub sort_key: Vec<u8>,
    /// Its number, which decides between equals.
    pub number: i64,
}

/// A record that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: Uuid,
    /// Where it stands.
    pub position: HitPosition,
}

/// A part of what was found, the best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// The hits.
    pub hits: Vec<Hit>,
    /// Whether there are more behind them.
    pub more: bool,
}

/// The words of a text, folded. A word longer than any that is written is cut: no index takes it whole.
fn words(text: &str) -> Vec<String> {
    const LONGEST: usize = 100;
    fold(text).split(' ').filter(|w| !w.is_empty()).map(|w| w.chars().take(LONGEST).collect()).collect()
}

/// How likely a kind is what people look for; the smaller, the likelier.
fn weight(kind: Kind) -> i64 {
    match kind {
        Kind::Programme
        | Kind::Organisation
        | Kind::LocalAuthority
        | Kind::Cluster
        | Kind::Fund
        | Kind::Event
        | Kind::GoodPractice
        | Kind::Dialogue
        | Kind::Partnership => 0,
        Kind::EventSeries
        | Kind::Replication
        | Kind::Recommendation
        | Kind::RoadMap
        | Kind::NewsItem
        | Kind::Person
        | Kind::Document
        | Kind::Community
        | Kind::HousingProject
        | Kind::CooperationAgreement => 1,
        Kind::EventSession
        | Kind::Delegation
        | Kind::EventOutcome
        | Kind::RoadMapStep
        | Kind::AdvocacyAction
        | Kind::PublicRole
        | Kind::Agreement
        | Kind::Outcome
        | Kind::Indicator
        | Kind::SavingsGroup
        | Kind::SmallGrant
        | Kind::Risk
        | Kind::InKindContribution => 2,
        Kind::Membership
        | Kind::Participation
        | Kind::PartnershipParty
        | Kind::BudgetLine
        | Kind::Transaction
        | Kind::ExchangeRate
        | Kind::IndicatorPeriod
        | Kind::StatedFigure
        | Kind::Statement
        | Kind::ParticipantCount
        | Kind::DialogueOption
        | Kind::DialogueCluster
        | Kind::Ballot => 3,
    }
}

/// The whole number that stands for a record. SQLite's index of words knows its rows by nothing else, so it is taken from
/// the bits of the id that are its own; that two of a million records share one is less likely than a fault of the disk,
/// and would be refused by the primary key.
fn number(id: Uuid) -> i64 {
    i64::try_from(id.as_u128() & ((1 << 62) - 1)).unwrap_or_default()
}

/// What the search keeps of a record.
pub(crate) struct Entry {
    kind: Kind,
    id: Uuid,
    effective: i64,
    illustrative: bool,
    /// Its folded names between bars, to see whether one of them is just what was typed.
    names: String,
    name_words: Vec<String>,
    text_words: Vec<String>,
    sort_key: Vec<u8>,
    starts: Option<String>,
    ends: Option<String>,
    places: Vec<Uuid>,
}

impl Entry {
    pub(crate) fn of<T: Record>(record: &T, row: &impl RowHead) -> Self {
        let (head, said, when) = (record.head(), record.words(), record.when());
        let spellings: Vec<&str> = std::iter::once(head.code.as_str()).chain(said.names).collect();
        let mut names = String::from("|");
        for name in &spellings {
            names.push_str(&fold(name));
            names.push('|');
        }
        let mut places: Vec<Uuid> = record.places().into_iter().map(ketnoi_domain::Id::uuid).collect();
        places.sort_unstable();
        places.dedup();
        Self {
            kind: T::KIND,
            id: head.id.uuid(),
            effective: row.effective(),
            illustrative: head.illustrative,
            names,
            name_words: spellings.into_iter().flat_map(words).collect(),
            text_words: said.texts.into_iter().flat_map(words).collect(),
            sort_key: row.sort_key().to_vec(),
            starts: to_text(when.from),
            ends: to_text(when.to),
            places,
        }
    }
}

/// How many entries one statement takes: each binds 12 values.
const PART: usize = 2_000;

const COLUMNS: [&str; 10] =
    ["number", "kind", "record_id", "effective", "illustrative", "weight", "names", "sort_key", "starts", "ends"];

/// Keeps entries, in the place of what was kept of the same records.
pub(crate) async fn put(transaction: &DatabaseTransaction, entries: &[Entry]) -> Result<(), Error> {
    let postgres = transaction.get_database_backend() == DbBackend::Postgres;
    for part in entries.chunks(PART) {
        let mut insert = Query::insert();
        insert.into_table("search_entry").columns(COLUMNS);
        let mut update = OnConflict::column("number");
        update.update_columns(COLUMNS);
        if postgres {
            insert.columns(["name_words", "words"]);
            update.update_columns(["name_words", "words"]);
        }
        for e in part {
            let mut values: Vec<SimpleExpr> = vec![
                Expr::val(number(e.id)),
                Expr::val(ketnoi_domain::Coded::name(e.kind)),
                Expr::val(e.id),
                Expr::val(e.effective),
                Expr::val(e.illustrative),
                Expr::val(weight(e.kind)),
                Expr::val(e.names.as_str()),
                Expr::val(e.sort_key.clone()),
                Expr::val(e.starts.clone()),
                Expr::val(e.ends.clone()),
            ];
            if postgres {
                values.push(vector(&e.name_words, &[]));
                values.push(vector(&e.name_words, &e.text_words));
            }
            insert.values_panic(values);
        }
        insert.on_conflict(update);
        transaction.execute(&insert).await?;
        if !postgres {
            let mut index = Query::insert();
            index.replace().into_table("search_index").columns(["rowid", "names", "texts"]);
            for e in part {
                index.values_panic([number(e.id).into(), e.name_words.join(" ").into(), e.text_words.join(" ").into()]);
            }
            transaction.execute(&index).await?;
        }
        put_places(transaction, part).await?;
    }
    Ok(())
}

/// Words as PostgreSQL keeps them.
fn vector(names: &[String], texts: &[String]) -> SimpleExpr {
    let all: Vec<&str> = names.iter().chain(texts).map(String::as_str).collect();
    Expr::cust_with_values("array_to_tsvector(string_to_array($1, ' '))", [all.join(" ")])
}

async fn put_places(transaction: &DatabaseTransaction, part: &[Entry]) -> Result<(), Error> {
    let numbers = part.iter().map(|e| number(e.id));
    let old = Query::delete().from_table("search_place").and_where(Expr::col("number").is_in(numbers)).to_owned();
    transaction.execute(&old).await?;
    let places: Vec<(i64, Uuid)> = part.iter().flat_map(|e| e.places.iter().map(|p| (number(e.id), *p))).collect();
    for part in places.chunks(PART) {
        let mut insert: InsertStatement = Query::insert();
        insert.into_table("search_place").columns(["number", "authority_id"]);
        for (number, authority) in part {
            insert.values_panic([(*number).into(), (*authority).into()]);
        }
        transaction.execute(&insert).await?;
    }
    Ok(())
}

/// Forgets records.
pub(crate) async fn remove(transaction: &DatabaseTransaction, ids: &[Uuid]) -> Result<(), Error> {
    let sqlite = transaction.get_database_backend() == DbBackend::Sqlite;
    for part in ids.chunks(PART) {
        let numbers = || part.iter().map(|id| number(*id));
        for (table, column) in [("search_entry", "number"), ("search_place", "number"), ("search_index", "rowid")] {
            if table == "search_index" && !sqlite {
                continue;
            }
            let delete = Query::delete().from_table(table).and_where(Expr::col(column).is_in(numbers())).to_owned();
            transaction.execute(&delete).await?;
        }
    }
    Ok(())
}

/// Follows a record that more or fewer may see than before.
pub(crate) async fn settle(transaction: &DatabaseTransaction, id: Uuid, level: i64) -> Result<(), Error> {
    let entry = Expr::col("number").eq(number(id));
    let update = Query::update().table("search_entry").value("effective", level).and_where(entry).to_owned();
    transaction.execute(&update).await?;
    Ok(())
}

/// What the viewer may see of what was found, the best first: at most `size`, behind a hit.
pub async fn search(
    reader: &Reader,
    viewer: &Viewer,
    wanted: &Search,
    size: u32,
    after: Option<&HitPosition>,
) -> Result<Hits, Error> {
    let Some(found) = select(reader, viewer, wanted) else { return Ok(Hits::default()) };
    let order = ["rank_", "weight", "sort_key", "number"];
    let mut page = Query::select();
    page.columns(["kind", "record_id"]).columns(order).from_subquery(found, Alias::new("found_"));
    if let Some(at) = after {
        let here = Expr::tuple(order.map(|c| Expr::col(c)));
        let there: [Value; 4] = [at.rank.into(), at.weight.into(), at.sort_key.clone().into(), at.number.into()];
        page.and_where(here.gt(Expr::tuple(there.map(Expr::val))));
    }
    for column in order {
        page.order_by(column, Direction::Asc);
    }
    page.limit(u64::from(size) + 1);
    let mut hits: Vec<Hit> = reader.all_long::<Hit>(&page).await?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = hits.len() > size;
    hits.truncate(size);
    Ok(Hits { hits, more })
}

/// How much the viewer may see of what was found.
pub async fn search_count(reader: &Reader, viewer: &Viewer, wanted: &Search) -> Result<i64, Error> {
    let Some(found) = select(reader, viewer, wanted) else { return Ok(0) };
    let count = Query::select().expr(Expr::cust("COUNT(*)")).from_subquery(found, Alias::new("found_")).to_owned();
    Ok(reader.all_long::<(i64,)>(&count).await?.first().map_or(0, |row| row.0))
}

/// Every entry that is found, with its rank; nothing where the text holds no word at all: accents, wildcards and quotes alone
/// ask for nothing.
fn select(reader: &Reader, viewer: &Viewer, wanted: &Search) -> Option<SelectStatement> {
    let words = words(&wanted.text);
    if words.is_empty() {
        return None;
    }
    let within = if reader.is_postgres() { within_postgres } else { within_sqlite };
    // Folding leaves letters and digits only, so nothing in the text is a wildcard.
    let exact = Expr::col("names").like(format!("%|{}|%", fold(&wanted.text)));
    let rank: SimpleExpr = Expr::case(exact, 0)
        .case(within(&words, Where::Names, false), 1)
        .case(within(&words, Where::Names, true), 2)
        .finally(3)
        .into();
    let mut find = Query::select();
    find.columns(["kind", "record_id", "weight", "sort_key", "number"]).from("search_entry");
    find.expr_as(rank.cast_as("BIGINT"), "rank_");
    find.and_where(within(&words, if wanted.names_only { Where::Names } else { Where::Anywhere }, true));
    find.and_where(visible(viewer));
    if !wanted.kinds.is_empty() {
        find.and_where(Expr::col("kind").is_in(wanted.kinds.iter().map(|k| ketnoi_domain::Coded::name(*k))));
    }
    if wanted.from.is_some() || wanted.to.is_some() {
        find.cond_where(overlaps("starts", "ends", wanted.from, wanted.to));
    }
    if let Some((codes, scope)) = &wanted.places {
        let mut there = Query::select().column("number").from("search_place").to_owned();
        there.and_where(Expr::col("authority_id").in_subquery(referred("local_authority", codes, *scope, viewer)));
        find.and_where(Expr::col("number").in_subquery(there));
    }
    Some(find)
}

/// In which texts words are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    Names,
    Anywhere,
}

/// Whether the entry holds every word, or words that begin so.
fn within_sqlite(words: &[String], place: Where, begin: bool) -> SimpleExpr {
    let all: Vec<String> = words.iter().map(|w| format!("\"{w}\"{}", if begin { "*" } else { "" })).collect();
    let column = if place == Where::Names { "names : " } else { "" };
    let wanted = format!("{column}({})", all.join(" AND "));
    let mut found = Query::select().column("rowid").from("search_index").to_owned();
    found.and_where(Expr::cust_with_values("\"search_index\" MATCH ?", [wanted]));
    Expr::col("number").in_subquery(found)
}

fn within_postgres(words: &[String], place: Where, begin: bool) -> SimpleExpr {
    let all: Vec<String> = words.iter().map(|w| format!("'{w}'{}", if begin { ":*" } else { "" })).collect();
    let column = if place == Where::Names { "name_words" } else { "words" };
    Expr::cust_with_values(format!("\"{column}\" @@ CAST(CAST($1 AS text) AS tsquery)"), [all.join(" & ")])
}

impl crate::row::FromRow for Hit {
    const WIDTH: usize = 6;
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        let name: String = row.get(0)?;
        let unknown = || Error::Statement(format!("the search has an entry of the kind `{name}`, which there is not"));
        Ok(Self {
            kind: ketnoi_domain::Coded::from_name(&name).ok_or_else(unknown)?,
            id: row.get(1)?,
            position: HitPosition { rank: row.get(2)?, weight: row.get(3)?, sort_key: row.get(4)?, number: row.get(5)? },
        })
    }
}
