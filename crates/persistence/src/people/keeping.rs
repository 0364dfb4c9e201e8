//! What people agreed to, and for what, on which ground and until when persons are kept.

use chrono::NaiveDate;
use ketnoi_domain::{Coded, Consent, ConsentScope, Id, Person, PersonalRecord};
use sea_orm::{
    ConnectionTrait, FromQueryResult, Order,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    BadRow, Error, Reader, UnitOfWork,
    filter::ids_in,
    row::{FromRow, Row},
};

/// Ids in one statement.
const PART: usize = 1_000;

fn bad(table: &'static str, id: Uuid, column: &'static str, problem: &str) -> Error {
    BadRow { table, column, id: id.to_string(), problem: problem.to_owned() }.into()
}

const CONSENT: [&str; 5] = ["id", "subject_id", "given_for", "given_on", "withdrawn_on"];

/// A row of what is agreed to.
#[derive(FromQueryResult)]
struct Agreed {
    id: Uuid,
    subject_id: Uuid,
    given_for: String,
    given_on: String,
    withdrawn_on: Option<String>,
}

impl Agreed {
    fn decode(self) -> Result<(Uuid, Consent), Error> {
        let date = |column: &'static str, text: &str| -> Result<NaiveDate, Error> {
            text.parse().map_err(|_| bad("consent", self.id, column, "this is no date"))
        };
        let given_for = ConsentScope::from_code(&self.given_for)
            .ok_or_else(|| bad("consent", self.id, "given_for", "this is nothing that people agree to"))?;
        let given_on = date("given_on", &self.given_on)?;
        let withdrawn_on = self.withdrawn_on.as_deref().map(|text| date("withdrawn_on", text)).transpose()?;
        Ok((self.subject_id, Consent { id: self.id, given_for, given_on, withdrawn_on }))
    }
}

impl FromRow for Agreed {
    const WIDTH: usize = CONSENT.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self {
            id: row.get(0)?,
            subject_id: row.get(1)?,
            given_for: row.get(2)?,
            given_on: row.get(3)?,
            withdrawn_on: row.get(4)?,
        })
    }
}

fn agreed_by(subjects: &[Uuid]) -> SelectStatement {
    let mut find = Query::select();
    find.columns(CONSENT).from("consent").and_where(ids_in("subject_id", subjects));
    for column in ["subject_id", "given_on", "id"] {
        find.order_by(column, Order::Asc);
    }
    find
}

/// What these participants and persons agreed to, with the id of each; the oldest first.
pub async fn consents_of(reader: &Reader, subjects: &[Uuid]) -> Result<Vec<(Uuid, Consent)>, Error> {
    let mut all = Vec::new();
    for part in subjects.chunks(PART) {
        for row in reader.all::<Agreed>(&agreed_by(part)).await? {
            all.push(row.decode()?);
        }
    }
    Ok(all)
}

const RECORD: [&str; 4] = ["person_id", "purpose", "legal_basis", "retain_until"];

/// A row of for what a person is kept.
#[derive(FromQueryResult)]
struct Kept {
    person_id: Uuid,
    purpose: String,
    legal_basis: String,
    retain_until: Option<String>,
}

impl Kept {
    fn decode(self) -> Result<PersonalRecord, Error> {
        let id = self.person_id;
        fn coded<T: Coded>(id: Uuid, column: &'static str, code: &str) -> Result<T, Error> {
            T::from_code(code).ok_or_else(|| bad("personal_record", id, column, &format!("this is no {}", T::NAME)))
        }
        let date =
            |text: String| text.parse::<NaiveDate>().map_err(|_| bad("personal_record", id, "retain_until", "this is no date"));
        Ok(PersonalRecord {
            person: Id::from_uuid(id),
            purpose: coded(id, "purpose", &self.purpose)?,
            legal_basis: coded(id, "legal_basis", &self.legal_basis)?,
            retain_until: self.retain_until.map(date).transpose()?,
        })
    }
}

impl FromRow for Kept {
    const WIDTH: usize = RECORD.len();
    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self { person_id: row.get(0)?, purpose: row.get(1)?, legal_basis: row.get(2)?, retain_until: row.get(3)? })
    }
}

/// For what all those persons are kept of whom someone said so.
pub async fn personal_records(reader: &Reader) -> Result<Vec<PersonalRecord>, Error> {
    let find = Query::select().columns(RECORD).from("personal_record").order_by("person_id", Order::Asc).to_owned();
    reader.all::<Kept>(&find).await?.into_iter().map(Kept::decode).collect()
}

impl UnitOfWork {
    /// What these participants and persons agreed to, with the id of each; the oldest first.
    pub async fn consents(&self, subjects: &[Uuid]) -> Result<Vec<(Uuid, Consent)>, Error> {
        let mut all = Vec::new();
        for part in subjects.chunks(PART) {
            for row in self.transaction().query_all(&agreed_by(part)).await? {
                all.push(Agreed::from_query_result(&row, "")?.decode()?);
            }
        }
        Ok(all)
    }

    /// Notes that a participant or a person agreed to something.
    pub async fn add_consent(&mut self, subject: Uuid, consent: &Consent) -> Result<(), Error> {
        let values = [
            consent.id.into(),
            subject.into(),
            consent.given_for.code().into(),
            consent.given_on.to_string().into(),
            consent.withdrawn_on.map(|day| day.to_string()).into(),
        ];
        let insert = Query::insert().into_table("consent").columns(CONSENT).values_panic(values).to_owned();
        self.transaction().execute(&insert).await?;
        self.mark();
        Ok(())
    }

    /// Notes that they took back what they agreed to; false where nothing of the sort stands.
    pub async fn withdraw_consent(&mut self, subject: Uuid, given_for: ConsentScope, on: NaiveDate) -> Result<bool, Error> {
        let update = Query::update()
            .table("consent")
            .value("withdrawn_on", on.to_string())
            .and_where(Expr::col("subject_id").eq(subject))
            .and_where(Expr::col("given_for").eq(given_for.code()))
            .and_where(Expr::col("withdrawn_on").is_null())
            .to_owned();
        let done = self.transaction().execute(&update).await?.rows_affected() > 0;
        if done {
            self.mark();
        }
        Ok(done)
    }

    /// Forgets what these participants and persons agreed to.
    pub async fn forget_consents(&mut self, subjects: &[Uuid]) -> Result<(), Error> {
        for part in subjects.chunks(PART) {
            let delete = Query::delete().from_table("consent").and_where(ids_in("subject_id", part)).to_owned();
            if self.transaction().execute(&delete).await?.rows_affected() > 0 {
                self.mark();
            }
        }
        Ok(())
    }

    /// For what a person is kept; nothing where nobody said so.
    pub async fn personal_record(&self, person: Id<Person>) -> Result<Option<PersonalRecord>, Error> {
        let find = Query::select()
            .columns(RECORD)
            .from("personal_record")
            .and_where(Expr::col("person_id").eq(person.uuid()))
            .to_owned();
        let row = self.transaction().query_one(&find).await?;
        row.map(|row| Kept::from_query_result(&row, "")?.decode()).transpose()
    }

    /// Says for what a person is kept, in the place of what was said before.
    pub async fn put_personal_record(&mut self, record: &PersonalRecord) -> Result<(), Error> {
        self.forget_personal_record(record.person).await?;
        let values = [
            record.person.uuid().into(),
            record.purpose.code().into(),
            record.legal_basis.code().into(),
            record.retain_until.map(|day| day.to_string()).into(),
        ];
        let insert = Query::insert().into_table("personal_record").columns(RECORD).values_panic(values).to_owned();
        self.transaction().execute(&insert).await?;
        self.mark();
        Ok(())
    }

    /// Forgets for what a person is kept.
    pub async fn forget_personal_record(&mut self, person: Id<Person>) -> Result<(), Error> {
        let delete = Query::delete().from_table("personal_record").and_where(Expr::col("person_id").eq(person.uuid())).to_owned();
        if self.transaction().execute(&delete).await?.rows_affected() > 0 {
            self.mark();
        }
        Ok(())
    }
}
