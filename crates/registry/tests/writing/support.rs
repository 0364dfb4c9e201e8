//! Who writes, what is written, and what was said against it.

use ketnoi_domain::{Head, Id, Lang, Organisation, Outcome, Programme, Record, ResultLevel, Text, Viewer, Visibility};
use ketnoi_registry::{Author, NewHead, Reading, Reference, Saved, UserError, UserErrorCode, WriteError};
use ketnoi_test_support::{TestDb, organisation, programme};

pub(crate) fn officer() -> Author {
    Author::of(Viewer::LocalAdministrator, Lang::En)
}

pub(crate) fn called(code: &str) -> NewHead {
    NewHead { code: Some(code.into()), visibility: Some(Visibility::Public), illustrative: false }
}

pub(crate) fn said(text: &str) -> Text {
    Text::new(Lang::En, text)
}

pub(crate) async fn make_organisation(db: &TestDb, code: &str) -> Saved {
    let build = |_: &mut Reading, head: Head<Organisation>| Organisation { head, ..organisation(code, code) };
    db.registry().create::<Organisation>(&officer(), &called(code), build).await.unwrap()
}

pub(crate) async fn make_programme(db: &TestDb, code: &str) -> Saved {
    let build = |_: &mut Reading, head: Head<Programme>| Programme { head, ..programme(code, code) };
    db.registry().create::<Programme>(&officer(), &called(code), build).await.unwrap()
}

pub(crate) fn id<T: Record>(saved: &Saved) -> Id<T> {
    assert_eq!(saved.kind, T::KIND);
    Id::from_uuid(saved.id)
}

pub(crate) fn of<T: Record>(saved: &Saved) -> Reference {
    Reference::id(id::<T>(saved))
}

/// What was wrong: what sort of thing, and where.
pub(crate) fn refused<R: std::fmt::Debug>(done: Result<R, WriteError>) -> Vec<(UserErrorCode, String)> {
    errors(done).into_iter().map(|e| (e.code, e.path)).collect()
}

pub(crate) fn errors<R: std::fmt::Debug>(done: Result<R, WriteError>) -> Vec<UserError> {
    match done {
        Err(WriteError::Refused(errors)) => errors,
        other => panic!("it is not refused: {other:?}"),
    }
}

pub(crate) fn at(code: UserErrorCode, path: &str) -> (UserErrorCode, String) {
    (code, path.to_owned())
}

pub(crate) fn result(programme: Id<Programme>, number: &'static str) -> impl Fn(&mut Reading, Head<Outcome>) -> Outcome {
    move |_, head| Outcome {
        head,
        programme,
        parent: None,
        level: ResultLevel::Output,
        number: number.into(),
        title: said("A result"),
        description: Text::default(),
        assumption: Text::default(),
    }
}
