//! What is kept beside the row of a record: lists by which it is found, what it succeeded, the parts that it is made with,
//! and the sources that stand behind it.

use ketnoi_domain::{
    Code, CodeError, Coded, Document, Head, Id, Kind, LocalAuthority, Organisation, Partnership, PartnershipParty, Programme,
    Record, Statement, Subject, Succession, Text, Visibility,
};
use ketnoi_persistence::{Error, Known, UnitOfWork};
use uuid::Uuid;

use super::{Asked, Followed};
use crate::Clock;

pub(super) async fn programme(it: &Programme, _: &Asked, unit: &mut UnitOfWork, _: &Clock) -> Result<(), Error> {
    unit.put_programme_lists(std::slice::from_ref(it)).await
}

pub(super) async fn organisation(it: &Organisation, asked: &Asked, unit: &mut UnitOfWork, _: &Clock) -> Result<(), Error> {
    followed(it, asked, unit).await
}

pub(super) async fn authority(it: &LocalAuthority, asked: &Asked, unit: &mut UnitOfWork, _: &Clock) -> Result<(), Error> {
    followed(it, asked, unit).await
}

async fn followed<T: Record>(it: &T, asked: &Asked, unit: &mut UnitOfWork) -> Result<(), Error> {
    let Some(new) = &asked.successor_of else { return Ok(()) };
    let me = it.head().id;
    let succession =
        |f: &Followed| Succession { predecessor: Id::<T>::from_uuid(f.predecessor), successor: me, kind: f.kind, on: f.on };
    let all: Vec<Succession<Id<T>>> = new.iter().map(succession).collect();
    unit.put_successions::<T>(&[me.uuid()], &all).await
}

pub(super) async fn partnership(it: &Partnership, asked: &Asked, unit: &mut UnitOfWork, clock: &Clock) -> Result<(), Error> {
    unit.put_partnership_lists(std::slice::from_ref(it)).await?;
    if asked.parties.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = asked.parties.iter().map(|a| a.uuid()).collect();
    let known = unit.known(Kind::LocalAuthority, &ids, &[]).await?;
    let party = |authority: &Known| -> Result<PartnershipParty, CodeError> {
        let head = part(&it.head, format!("party:{}", authority.code), clock)?;
        Ok(PartnershipParty { head, partnership: it.head.id, authority: Id::from_uuid(authority.id) })
    };
    let parties = known.iter().map(party).collect::<Result<Vec<_>, _>>().map_err(|e| unnamed(&e))?;
    unit.put(&parties).await
}

/// Notes the documents that stand behind a record as a whole.
pub(super) async fn sources<T: Record>(
    of: &Head<T>,
    documents: &[Id<Document>],
    unit: &mut UnitOfWork,
    clock: &Clock,
) -> Result<(), Error> {
    if documents.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = documents.iter().map(|d| d.uuid()).collect();
    let known = unit.known(Kind::Document, &ids, &[]).await?;
    let statement = |document: &Known| -> Result<Statement, CodeError> {
        Ok(Statement {
            head: part(of, format!("{}:{}", T::KIND.name(), document.code), clock)?,
            subject: Subject::of(of.id),
            property: None,
            value: Text::default(),
            raw: None,
            current: true,
            document: Id::from_uuid(document.id),
            locator: None,
            stated: None,
            note: Text::default(),
        })
    };
    let statements = known.iter().map(statement).collect::<Result<Vec<_>, _>>().map_err(|e| unnamed(&e))?;
    unit.put(&statements).await
}

/// The head of a part: seen by those who see what it belongs to.
fn part<T: Record, P: Record>(of: &Head<T>, name: String, clock: &Clock) -> Result<Head<P>, CodeError> {
    let code: Code = of.code.part(name)?;
    let visibility = Visibility::Public;
    let effective = visibility.min(of.effective);
    Ok(Head { id: Id::from_uuid(clock.new_id()), code, visibility, effective, illustrative: of.illustrative, version: 1 })
}

/// Both codes hold, and are too long together.
fn unnamed(error: &CodeError) -> Error {
    Error::Refused(error.to_string())
}
