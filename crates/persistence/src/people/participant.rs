use std::collections::HashMap;

use chrono::NaiveDate;
use ketnoi_domain::{Coded, Consent, Contact, Id, Participant, fold, sort_key};
use sea_orm::{
    ConnectionTrait, FromQueryResult, Order,
    sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement, Value},
};
use uuid::Uuid;

use super::keeping::consents_of;
use crate::{
    BadRow, Error, Reader, UnitOfWork,
    codec::to_json,
    filter::ids_in,
    row::{FromRow, Row},
};

/// The columns that an entry is made of, in the order in which they are read.
const COLUMNS: [&str; 14] = [
    "id",
    "event_id",
    "delegation_id",
    "person_id",
    "organisation_id",
    "authority_id",
    "name",
    "category",
    "sex",
    "contacts",
    "purpose",
    "legal_basis",
    "retain_until",
    "version",
];

/// Ids in one statement.
const PART: usize = 1_000;

/// A row as the database has it.
#[derive(FromQueryResult)]
struct Cells {
    id: Uuid,
    event_id: Uuid,
    delegation_id: Option<Uuid>,
    person_id: Option<Uuid>,
    organisation_id: Option<Uuid>,
    authority_id: Option<Uuid>,
    name: String,
    category: String,
    sex: Option<String>,
    contacts: String,
    purpose: String,
    legal_basis: String,
    retain_until: String,
    version: i64,
}

/// What is wrong with a column. What it holds is not told: it may be a person's.
fn bad(id: Uuid, column: &'static str, problem: &str) -> Error {
    BadRow { table: "participant", column, id: id.to_string(), problem: problem.to_owned() }.into()
}

fn coded<T: Coded>(id: Uuid, column: &'static str, code: &str) -> Result<T, Error> {
    T::from_code(code).ok_or_else(|| bad(id, column, &format!("this is no {}", T::NAME)))
}

impl Cells {
    /// The entry, without what is agreed to.
    fn decode(self) -> Result<Participant, Error> {
        let id = self.id;
        let contacts: Vec<Contact> =
            serde_json::from_str(&self.contacts).map_err(|_| bad(id, "contacts", "this is no list of contacts"))?;
        let retain_until: NaiveDate = self.retain_until.parse().map_err(|_| bad(id, "retain_until", "this is no date"))?;
        Ok(Participant {
            id,
            event: Id::from_uuid(self.event_id),
            delegation: self.delegation_id.map(Id::from_uuid),
            person: self.person_id.map(Id::from_uuid),
            organisation: self.organisation_id.map(Id::from_uuid),
            authority: self.authority_id.map(Id::from_uuid),
            name: self.name,
            category: coded(id, "category", &self.category)?,
            sex: self.sex.map(|sex| coded(id, "sex", &sex)).transpose()?,
            contacts,
            purpose: coded(id, "purpose", &self.purpose)?,
            legal_basis: coded(id, "legal_basis", &self.legal_basis)?,
            retain_until,
            consents: Vec::new(),
            version: self.version,
        })
    }
}

impl FromRow for Cells {
    const WIDTH: usize = COLUMNS.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self {
            id: row.get(0)?,
            event_id: row.get(1)?,
            delegation_id: row.get(2)?,
            person_id: row.get(3)?,
            organisation_id: row.get(4)?,
            authority_id: row.get(5)?,
            name: row.get(6)?,
            category: row.get(7)?,
            sex: row.get(8)?,
            contacts: row.get(9)?,
            purpose: row.get(10)?,
            legal_basis: row.get(11)?,
            retain_until: row.get(12)?,
            version: row.get(13)?,
        })
    }
}

/// Where an entry stands in the list of its event: by the Vietnamese order of the names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParticipantPlace {
    /// The key of the name in that order.
    pub key: Vec<u8>,
    /// The entry's id, which decides between equals.
    pub id: Uuid,
}

/// An entry with its place.
struct Placed(Cells, ParticipantPlace);

impl FromRow for Placed {
    const WIDTH: usize = COLUMNS.len() + 1;
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        let cells = Cells::from_row(row)?;
        let place = ParticipantPlace { key: row.get(COLUMNS.len())?, id: cells.id };
        Ok(Self(cells, place))
    }
}

fn select() -> SelectStatement {
    Query::select().columns(COLUMNS).from("participant").to_owned()
}

/// Those of an event, or of one delegation to it.
fn of_event(event: Uuid, delegation: Option<Uuid>) -> Condition {
    let all = Condition::all().add(Expr::col("event_id").eq(event));
    match delegation {
        Some(delegation) => all.add(Expr::col("delegation_id").eq(delegation)),
        None => all,
    }
}

/// Those that are kept longer than they may be on this day, and those whose event is gone.
fn due(today: NaiveDate) -> Condition {
    let events = Query::select().column("id").from("event").to_owned();
    let over = Expr::col("retain_until").lt(today.to_string());
    Condition::any().add(over).add(Expr::col("event_id").not_in_subquery(events))
}

/// Those who took part in an event, or in one delegation to it, by name: at most so many behind a place.
pub async fn participants(
    reader: &Reader,
    (event, delegation): (Uuid, Option<Uuid>),
    first: u64,
    after: Option<&ParticipantPlace>,
) -> Result<Vec<(Participant, ParticipantPlace)>, Error> {
    let mut find = select();
    find.column("sort_key").cond_where(of_event(event, delegation));
    if let Some(after) = after {
        let here = Expr::tuple([Expr::col("sort_key"), Expr::col("id")]);
        find.and_where(here.gt(Expr::tuple([Expr::val(after.key.clone()), Expr::val(after.id)])));
    }
    find.order_by("sort_key", Order::Asc).order_by("id", Order::Asc).limit(first);
    let rows = reader.all::<Placed>(&find).await?;
    let (cells, places): (Vec<_>, Vec<_>) = rows.into_iter().map(|Placed(cells, place)| (cells, place)).unzip();
    Ok(whole(reader, cells).await?.into_iter().zip(places).collect())
}

/// How many took part in an event, or in one delegation to it, as far as they are kept by name.
pub async fn participant_count(reader: &Reader, event: Uuid, delegation: Option<Uuid>) -> Result<i64, Error> {
    let mut count = Query::select();
    count.expr(Expr::cust("COUNT(*)")).from("participant").cond_where(of_event(event, delegation));
    Ok(reader.all::<(i64,)>(&count).await?.first().map_or(0, |row| row.0))
}

/// The entries with these ids, in the order of their ids.
pub async fn participants_by_ids(reader: &Reader, ids: &[Uuid]) -> Result<Vec<Participant>, Error> {
    let mut cells = Vec::with_capacity(ids.len());
    for part in ids.chunks(PART) {
        let mut find = select();
        find.and_where(ids_in("id", part)).order_by("id", Order::Asc);
        cells.extend(reader.all::<Cells>(&find).await?);
    }
    whole(reader, cells).await
}

/// All entries of people who are called so, whatever the accents.
pub async fn participants_called(reader: &Reader, name: &str) -> Result<Vec<Participant>, Error> {
    let mut find = select();
    find.and_where(Expr::col("folded").eq(fold(name))).order_by("sort_key", Order::Asc).order_by("id", Order::Asc);
    let cells = reader.all::<Cells>(&find).await?;
    whole(reader, cells).await
}

/// The entries that are kept longer than they may be on this day, the longest first.
pub async fn due_participants(reader: &Reader, today: NaiveDate) -> Result<Vec<Participant>, Error> {
    let mut find = select();
    find.cond_where(due(today)).order_by("retain_until", Order::Asc).order_by("id", Order::Asc);
    let cells = reader.all::<Cells>(&find).await?;
    whole(reader, cells).await
}

async fn whole(reader: &Reader, cells: Vec<Cells>) -> Result<Vec<Participant>, Error> {
    let ids: Vec<Uuid> = cells.iter().map(|c| c.id).collect();
    let all = cells.into_iter().map(Cells::decode).collect::<Result<Vec<_>, _>>()?;
    Ok(agreeing(all, consents_of(reader, &ids).await?))
}

/// The entries with what each agrees to.
fn agreeing(mut all: Vec<Participant>, consents: Vec<(Uuid, Consent)>) -> Vec<Participant> {
    let mut by_subject: HashMap<Uuid, Vec<Consent>> = HashMap::new();
    for (subject, consent) in consents {
        by_subject.entry(subject).or_default().push(consent);
    }
    for one in &mut all {
        one.consents = by_subject.remove(&one.id).unwrap_or_default();
    }
    all
}

impl UnitOfWork {
    /// The entries with these ids, in the order of their ids.
    pub async fn participants(&self, ids: &[Uuid]) -> Result<Vec<Participant>, Error> {
        let mut all = Vec::new();
        for part in ids.chunks(PART) {
            all.extend(self.participants_where(Condition::all().add(ids_in("id", part))).await?);
        }
        Ok(all)
    }

    /// All entries of an event.
    pub async fn participants_of_event(&self, event: Uuid) -> Result<Vec<Participant>, Error> {
        self.participants_where(of_event(event, None)).await
    }

    /// All entries that are tied to these persons.
    pub async fn participants_of_persons(&self, persons: &[Uuid]) -> Result<Vec<Participant>, Error> {
        let mut all = Vec::new();
        for part in persons.chunks(PART) {
            all.extend(self.participants_where(Condition::all().add(ids_in("person_id", part))).await?);
        }
        Ok(all)
    }

    /// The entries that are kept longer than they may be on this day.
    pub async fn participants_due(&self, today: NaiveDate) -> Result<Vec<Participant>, Error> {
        self.participants_where(due(today)).await
    }

    async fn participants_where(&self, only: Condition) -> Result<Vec<Participant>, Error> {
        let mut find = select();
        find.cond_where(only).order_by("id", Order::Asc);
        let rows = self.transaction().query_all(&find).await?;
        let cells = rows.iter().map(|row| Cells::from_query_result(row, "")).collect::<Result<Vec<_>, _>>()?;
        let ids: Vec<Uuid> = cells.iter().map(|c| c.id).collect();
        let all = cells.into_iter().map(Cells::decode).collect::<Result<Vec<_>, _>>()?;
        Ok(agreeing(all, self.consents(&ids).await?))
    }

    /// Makes an entry; what is agreed to with it.
    pub async fn add_participant(&mut self, participant: &Participant) -> Result<(), Error> {
        let columns = COLUMNS.into_iter().chain(["folded", "sort_key"]);
        let insert = Query::insert()
            .into_table("participant")
            .columns(columns)
            .values_panic(values(participant).map(Expr::val))
            .to_owned();
        self.transaction().execute(&insert).await?;
        for consent in &participant.consents {
            self.add_consent(participant.id, consent).await?;
        }
        self.mark();
        Ok(())
    }

    /// Writes an entry over what it was: its version is one higher afterwards. What is agreed to stays.
    pub async fn set_participant(&mut self, participant: &Participant) -> Result<(), Error> {
        let one = Participant { version: participant.version + 1, ..participant.clone() };
        let columns = COLUMNS.into_iter().chain(["folded", "sort_key"]);
        let values = columns.zip(values(&one).map(Expr::val)).skip(1);
        let update = Query::update().table("participant").values(values).and_where(Expr::col("id").eq(one.id)).to_owned();
        self.transaction().execute(&update).await?;
        self.mark();
        Ok(())
    }

    /// Takes entries away, with what was agreed to; says how many there were.
    pub async fn remove_participants(&mut self, ids: &[Uuid]) -> Result<u64, Error> {
        let mut gone = 0;
        self.forget_consents(ids).await?;
        for part in ids.chunks(PART) {
            let delete = Query::delete().from_table("participant").and_where(ids_in("id", part)).to_owned();
            gone += self.transaction().execute(&delete).await?.rows_affected();
        }
        if gone > 0 {
            self.mark();
        }
        Ok(gone)
    }
}

/// The values of an entry, in the order of its columns and the two by which it is found.
fn values(p: &Participant) -> [Value; COLUMNS.len() + 2] {
    [
        p.id.into(),
        p.event.uuid().into(),
        p.delegation.map(Id::uuid).into(),
        p.person.map(Id::uuid).into(),
        p.organisation.map(Id::uuid).into(),
        p.authority.map(Id::uuid).into(),
        p.name.as_str().into(),
        p.category.code().into(),
        p.sex.map(|sex| sex.code().to_owned()).into(),
        to_json(&p.contacts).into(),
        p.purpose.code().into(),
        p.legal_basis.code().into(),
        p.retain_until.to_string().into(),
        p.version.into(),
        fold(&p.name).into(),
        sort_key(&p.name).into(),
    ]
}
