//! Search over records of every kind: one entry a record, kept together with it, found by each database's own index of
//! words and ranked by one rule of ours, so that both find and order alike (ADR 0012).
//!
//! What is compared was folded and split into words in Rust; the databases only look words up.

use ketnoi_domain::{Kind, PartialDate, Record, Viewer, fold, query::Scope};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait,
    sea_query::{Alias, Expr, ExprTrait, OnConflict, Order as Direction, Query, SelectStatement, SimpleExpr, Value},
};
use uuid::Uuid;

use crate::{
    Error, Reader,
    codec::to_text,
    filter::{overlaps, referred, visible},
    row::Row,
    stored::{Readable, RowHead, Stored},
    tables::every_kind,
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
    /// How well it fits: 0 a name is what was typed, 1 a name begins with it, 2 the names hold every word, 3 the names hold
    /// the words and one that begins as the last, 4 names and texts together do.
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

/// A folded name. Of a very long one only so much is kept as an index takes.
fn whole(name: &str) -> String {
    const LONGEST: usize = 200;
    fold(name).chars().take(LONGEST).collect()
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
    /// Its folded names whole, each once.
    names: Vec<String>,
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
        let mut names: Vec<String> = spellings.iter().map(|name| whole(name)).filter(|name| !name.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
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

/// How many entries one statement takes: each binds 11 values.
const PART: usize = 2_000;

const COLUMNS: [&str; 9] = ["number", "kind", "record_id", "effective", "illustrative", "weight", "sort_key", "starts", "ends"];

/// Where PostgreSQL keeps the words.
const WORDS: [&str; 2] = ["name_words", "words"];

/// Keeps entries, in the place of what was kept of the same records.
pub(crate) async fn put(transaction: &DatabaseTransaction, entries: &[Entry]) -> Result<(), Error> {
    let postgres = transaction.get_database_backend() == DbBackend::Postgres;
    for part in entries.chunks(PART) {
        let mut insert = Query::insert();
        let columns = || COLUMNS.into_iter().chain(WORDS.into_iter().filter(|_| postgres));
        insert.into_table("search_entry").columns(columns());
        let mut update = OnConflict::column("number");
        update.update_columns(columns());
        for e in part {
            let mut values: Vec<SimpleExpr> = vec![
                Expr::val(number(e.id)),
                Expr::val(ketnoi_domain::Coded::name(e.kind)),
                Expr::val(e.id),
                Expr::val(e.effective),
                Expr::val(e.illustrative),
                Expr::val(weight(e.kind)),
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
        let names = part.iter().flat_map(|e| e.names.iter().map(|name| [number(e.id).into(), name.as_str().into()]));
        replace(transaction, "search_name", "name", part, names.collect()).await?;
        let places = part.iter().flat_map(|e| e.places.iter().map(|place| [number(e.id).into(), (*place).into()]));
        replace(transaction, "search_place", "authority_id", part, places.collect()).await?;
    }
    Ok(())
}

/// Words as PostgreSQL keeps them.
fn vector(names: &[String], texts: &[String]) -> SimpleExpr {
    let all: Vec<&str> = names.iter().chain(texts).map(String::as_str).collect();
    Expr::cust_with_values("array_to_tsvector(string_to_array($1, ' '))", [all.join(" ")])
}

/// Puts rows in the place of those that a table had of the same entries.
async fn replace(
    transaction: &DatabaseTransaction,
    table: &'static str,
    column: &'static str,
    entries: &[Entry],
    rows: Vec<[Value; 2]>,
) -> Result<(), Error> {
    let numbers = entries.iter().map(|e| number(e.id));
    let old = Query::delete().from_table(table).and_where(Expr::col("number").is_in(numbers)).to_owned();
    transaction.execute(&old).await?;
    for part in rows.chunks(PART) {
        let mut insert = Query::insert();
        insert.into_table(table).columns(["number", column]);
        for row in part {
            insert.values_panic(row.clone().map(Expr::val));
        }
        transaction.execute(&insert).await?;
    }
    Ok(())
}

/// Keeps entries of all records that there are, for a registry that is older than its search.
pub(crate) async fn rebuild(transaction: &DatabaseTransaction) -> Result<(), Error> {
    macro_rules! rebuild {
        ($($kind:ident),+) => {{ $(rebuild_kind::<ketnoi_domain::$kind>(transaction).await?;)+ }};
    }
    every_kind!(rebuild);
    Ok(())
}

async fn rebuild_kind<T: Stored>(transaction: &DatabaseTransaction) -> Result<(), Error> {
    let entries = <T as Readable>::Entity::find().all(transaction).await?.into_iter().map(|row| {
        let record = T::from_row(row)?;
        Ok(Entry::of(&record, &record.encode()))
    });
    put(transaction, &entries.collect::<Result<Vec<_>, Error>>()?).await
}

/// Forgets records.
pub(crate) async fn remove(transaction: &DatabaseTransaction, ids: &[Uuid]) -> Result<(), Error> {
    let sqlite = transaction.get_database_backend() == DbBackend::Sqlite;
    for part in ids.chunks(PART) {
        let numbers = || part.iter().map(|id| number(*id));
        let tables =
            [("search_entry", "number"), ("search_name", "number"), ("search_place", "number"), ("search_index", "rowid")];
        // PostgreSQL keeps the words with the entry.
        for (table, column) in tables.into_iter().filter(|(table, _)| sqlite || *table != "search_index") {
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
    let Some(asked) = Asked::of(reader, wanted) else { return Ok(Hits::default()) };
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let mut hits = match at_least(reader, asked.numbers(&asked.anything())).await? {
        0 => Vec::new(),
        MANY => asked.rank_by_rank(reader, viewer, size + 1, after).await?,
        _ => reader.all_long::<Hit>(&asked.ranked(viewer, size + 1, after)).await?,
    };
    let more = hits.len() > size;
    hits.truncate(size);
    Ok(Hits { hits, more })
}

/// How much the viewer may see of what was found.
pub async fn search_count(reader: &Reader, viewer: &Viewer, wanted: &Search) -> Result<i64, Error> {
    let Some(asked) = Asked::of(reader, wanted) else { return Ok(0) };
    let mut count = asked.select(viewer, &asked.anything(), &[], false);
    count.expr(Expr::cust("COUNT(*)"));
    Ok(reader.all_long::<(i64,)>(&count).await?.first().map_or(0, |row| row.0))
}

/// What hits of one rank are ordered by.
const ORDER: [&str; 3] = ["weight", "sort_key", "number"];

/// So many candidates are many: going through all entries in their order meets enough of them sooner than sorting them.
const MANY: u64 = 2_000;

/// How many rows a statement finds, counted up to [`MANY`].
async fn at_least(reader: &Reader, candidates: SelectStatement) -> Result<u64, Error> {
    let mut some = candidates;
    some.limit(MANY);
    let count = Query::select().expr(Expr::cust("COUNT(*)")).from_subquery(some, Alias::new("some_")).to_owned();
    Ok(reader.all_long::<(i64,)>(&count).await?.first().map_or(0, |row| row.0.cast_unsigned()))
}

/// Entries that have something in common.
#[derive(Clone, Copy)]
enum Among {
    /// A name is just what was typed, or begins so.
    Called { exactly: bool },
    /// They hold every word; the last perhaps only begins so.
    Holding { place: Where, unfinished: bool },
}

/// What has a rank and no better one: what it is among, and what it is not among.
fn of_rank(rank: i64) -> (Among, &'static [Among]) {
    const EXACT: Among = Among::Called { exactly: true };
    const BEGINNING: Among = Among::Called { exactly: false };
    const WORDS: Among = Among::Holding { place: Where::Names, unfinished: false };
    const UNFINISHED: Among = Among::Holding { place: Where::Names, unfinished: true };
    const TEXT: Among = Among::Holding { place: Where::Anywhere, unfinished: true };
    match rank {
        0 => (EXACT, &[]),
        1 => (BEGINNING, &[EXACT]),
        2 => (WORDS, &[BEGINNING]),
        3 => (UNFINISHED, &[WORDS, BEGINNING]),
        _ => (TEXT, &[UNFINISHED]),
    }
}

/// A search in the words of one database.
struct Asked<'w> {
    wanted: &'w Search,
    words: Vec<String>,
    /// The whole text, folded.
    typed: String,
    postgres: bool,
}

impl<'w> Asked<'w> {
    /// Nothing where the text holds no word at all: accents, wildcards and quotes alone ask for nothing.
    fn of(reader: &Reader, wanted: &'w Search) -> Option<Self> {
        let words = words(&wanted.text);
        let typed = whole(&wanted.text);
        (!words.is_empty()).then(|| Self { wanted, words, typed, postgres: reader.is_postgres() })
    }

    fn last_rank(&self) -> i64 {
        if self.wanted.names_only { 3 } else { 4 }
    }

    /// Whether it is narrowed by nothing but its words.
    fn is_unfiltered(&self) -> bool {
        let Search { kinds, from, to, places, .. } = self.wanted;
        kinds.is_empty() && from.is_none() && to.is_none() && places.is_none()
    }

    /// The numbers of what is called just so, or begins so.
    fn called(&self, exactly: bool) -> SelectStatement {
        let name = || Expr::col("name");
        // Nothing that is written comes after this sign.
        let begins = || name().gte(self.typed.as_str()).and(name().lt(format!("{}\u{10ffff}", self.typed)));
        let named = if exactly { name().eq(self.typed.as_str()) } else { begins() };
        Query::select().column("number").from("search_name").and_where(named).to_owned()
    }

    /// The numbers of what holds the words in a place; the last word perhaps only begins so.
    fn holding(&self, place: Where, unfinished: bool) -> SelectStatement {
        let mut found = Query::select();
        if self.postgres {
            found.column("number").from("search_entry").and_where(self.holds(place, unfinished));
        } else {
            let column = if place == Where::Names { "names : " } else { "" };
            let wanted = format!("{column}({})", self.query(unfinished, '"', "*", " AND "));
            found.column("rowid").from("search_index");
            found.and_where(Expr::cust_with_values("\"search_index\" MATCH ?", [wanted]));
        }
        found
    }

    /// The same as a condition on an entry of PostgreSQL's.
    fn holds(&self, place: Where, unfinished: bool) -> SimpleExpr {
        let column = if place == Where::Names { "name_words" } else { "words" };
        let query = self.query(unfinished, '\'', ":*", " & ");
        Expr::cust_with_values(format!("\"{column}\" @@ CAST(CAST($1 AS text) AS tsquery)"), [query])
    }

    /// The words as an index is asked for them: whole, but for the last if only its beginning may have been typed. Folding
    /// leaves letters and digits only, so nothing in them is a sign of the index's own language.
    fn query(&self, unfinished: bool, quote: char, begin: &str, join: &str) -> String {
        let last = self.words.len() - 1;
        let word = |(i, w): (usize, &String)| format!("{quote}{w}{quote}{}", if unfinished && i == last { begin } else { "" });
        self.words.iter().enumerate().map(word).collect::<Vec<_>>().join(join)
    }

    /// All that is found.
    fn anything(&self) -> Among {
        let place = if self.wanted.names_only { Where::Names } else { Where::Anywhere };
        Among::Holding { place, unfinished: true }
    }

    /// A page of few hits: all are ranked and sorted by one statement.
    fn ranked(&self, viewer: &Viewer, size: usize, after: Option<&HitPosition>) -> SelectStatement {
        let is = |rank| self.is_in(&of_rank(rank).0, false);
        let literal = |rank: i64| Expr::cust(rank.to_string());
        let rank: SimpleExpr = (1..4)
            .fold(Expr::case(is(0), literal(0)), |case, rank| case.case(is(rank), literal(rank)))
            .finally(literal(4))
            .into();
        let mut found = self.select(viewer, &self.anything(), &[], false);
        found.columns(["kind", "record_id"]).expr_as(rank.cast_as("BIGINT"), "rank_").columns(ORDER);
        let order = ["rank_", ORDER[0], ORDER[1], ORDER[2]];
        let mut page = Query::select();
        page.columns(["kind", "record_id"]).columns(order).from_subquery(found, Alias::new("found_"));
        if let Some(at) = after {
            let there: [Value; 4] = [at.rank.into(), at.weight.into(), at.sort_key.clone().into(), at.number.into()];
            page.and_where(Expr::tuple(order.map(Expr::col)).gt(Expr::tuple(there.map(Expr::val))));
        }
        for column in order {
            page.order_by(column, Direction::Asc);
        }
        page.limit(u64::try_from(size).unwrap_or(u64::MAX)).to_owned()
    }

    /// A page of many hits: a statement for each rank, the next only if the page is not full. A word that a third of all
    /// records hold would else have all of them ranked and sorted for the first twenty.
    async fn rank_by_rank(
        &self,
        reader: &Reader,
        viewer: &Viewer,
        size: usize,
        after: Option<&HitPosition>,
    ) -> Result<Vec<Hit>, Error> {
        let mut hits: Vec<Hit> = Vec::new();
        for rank in after.map_or(0, |at| at.rank)..=self.last_rank() {
            let Some(missing) = size.checked_sub(hits.len()).filter(|n| *n > 0) else { break };
            let (within, without) = of_rank(rank);
            let in_order = self.is_unfiltered() && at_least(reader, self.numbers(&within)).await? == MANY;
            let mut page = self.select(viewer, &within, without, in_order);
            page.columns(["kind", "record_id"]).expr(Expr::cust(format!("CAST({rank} AS BIGINT)"))).columns(ORDER);
            if let Some(at) = after.filter(|at| at.rank == rank) {
                let there: [Value; 3] = [at.weight.into(), at.sort_key.clone().into(), at.number.into()];
                page.and_where(Expr::tuple(ORDER.map(Expr::col)).gt(Expr::tuple(there.map(Expr::val))));
            }
            for column in ORDER {
                // A database may follow an index in this order unless it is kept from it; few candidates are sorted faster.
                let number = column != "sort_key";
                let kept = if number { format!("+\"{column}\"") } else { format!("\"{column}\" || ''") };
                page.order_by_expr(if in_order { Expr::col(column) } else { Expr::cust(kept) }, Direction::Asc);
            }
            page.limit(u64::try_from(missing).unwrap_or(u64::MAX));
            hits.extend(reader.all_long::<Hit>(&page).await?);
        }
        Ok(hits)
    }

    /// Whether an entry is among these.
    fn is_in(&self, among: &Among, in_order: bool) -> SimpleExpr {
        // With the sign before it SQLite does not look each candidate up by its number.
        let number = || if in_order { Expr::cust("+\"number\"") } else { Expr::col("number") };
        match among {
            Among::Called { exactly } => number().in_subquery(self.called(*exactly)),
            // PostgreSQL keeps the words in the entry itself.
            Among::Holding { place, unfinished } if self.postgres => self.holds(*place, *unfinished),
            Among::Holding { place, unfinished } => number().in_subquery(self.holding(*place, *unfinished)),
        }
    }

    /// The numbers of these.
    fn numbers(&self, among: &Among) -> SelectStatement {
        match among {
            Among::Called { exactly } => self.called(*exactly),
            Among::Holding { place, unfinished } => self.holding(*place, *unfinished),
        }
    }

    /// The entries that the viewer may see, in these and in none of those, and as narrow as the search is.
    fn select(&self, viewer: &Viewer, within: &Among, without: &[Among], in_order: bool) -> SelectStatement {
        let mut find = Query::select();
        find.from("search_entry").and_where(self.is_in(within, in_order));
        for part in without {
            find.and_where(self.is_in(part, false).not());
        }
        find.and_where(visible(viewer));
        let wanted = self.wanted;
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
        find
    }
}

/// In which texts words are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    Names,
    Anywhere,
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
