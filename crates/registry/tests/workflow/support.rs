//! A world to test workflows in, and the people who act in it.

use std::{collections::BTreeSet, sync::Arc};

use ketnoi_domain::{
    AccountRole, AuthorityLevel, Breakdown, Dimension, Fund, GrantStatus, Identity, Indicator, IndicatorMeasure, IndicatorPeriod,
    Lang, LocalAuthority, Measured, Measurement, Money, Name, Names, Outcome, Period, Place, Record, Replication,
    ReplicationStage, ResultLevel, SmallGrant, StageReached, Text, Viewer,
};
use ketnoi_persistence::{Signature, Stored, UnitOfWork};
use ketnoi_registry::{
    Author, Error, Reading, Reference, Saved, UserError, UserErrorCode, WriteError,
    workflow::{Decision, NewActual, NewLock, ProposalFilter, ProposalRow, ToPropose},
};
use ketnoi_test_support::{NOW, TestDb, head, organisation, programme};
use uuid::Uuid;

pub(crate) fn text(vi: &str) -> Text {
    Text::new(Lang::Vi, vi)
}

pub(crate) fn year(from: &str, to: &str) -> Period {
    Period { from: from.parse().ok(), to: to.parse().ok() }
}

pub(crate) fn city(code: &str) -> LocalAuthority {
    LocalAuthority {
        head: head(code),
        level: AuthorityLevel::City,
        names: Names(vec![Name { text: text(code), short: None, period: Period::default() }]),
        country: "VN".into(),
        subdivision: None,
        parent: None,
        coordinates: None,
        urban_class: None,
        existence: Period::default(),
    }
}

pub(crate) fn id_of<T: Record>(code: &str) -> Uuid {
    head::<T>(code).id.uuid()
}

pub(crate) fn number(n: i64) -> Measurement {
    Measurement { value: Measured::Number(n.into()), on: None, breakdown: Vec::new(), note: Text::default() }
}

pub(crate) fn by_city(parts: &[(&str, i64)]) -> Measurement {
    let part = |(city, n): &(&str, i64)| Breakdown {
        by: Dimension::City,
        category: (*city).to_owned(),
        value: Measured::Number((*n).into()),
    };
    let whole: i64 = parts.iter().map(|(_, n)| n).sum();
    Measurement { breakdown: parts.iter().map(part).collect(), ..number(whole) }
}

/// A person who signed in.
pub(crate) fn known(account: u128, role: AccountRole, cities: &[&str]) -> Author {
    let parties: BTreeSet<Uuid> = cities.iter().map(|code| id_of::<LocalAuthority>(code)).collect();
    let authority = cities.first().map(|code| id_of::<LocalAuthority>(code));
    let (account, name) = (Uuid::from_u128(account), format!("account-{account}"));
    let identity = Identity { account, name, role, organisation: None, authority, parties, key: None };
    Author::of(Viewer::Known(Arc::new(identity)), Lang::En)
}

pub(crate) fn hue() -> Author {
    known(1, AccountRole::FocalPoint, &["hue"])
}

/// Speaks for a city that came of two others.
pub(crate) fn merged() -> Author {
    known(2, AccountRole::FocalPoint, &["da-nang", "da-nang-cu", "quang-nam"])
}

pub(crate) fn elsewhere() -> Author {
    known(3, AccountRole::FocalPoint, &["can-tho"])
}

pub(crate) fn officer() -> Author {
    known(4, AccountRole::Officer, &[])
}

pub(crate) fn administrator() -> Author {
    known(5, AccountRole::Administrator, &[])
}

pub(crate) const BY_CITY: &str = "P:result:1:indicator:1:period:2024";
pub(crate) const WHOLE: &str = "P:result:1:indicator:1:period:2025";

pub(crate) async fn put<T: Stored>(unit: &mut UnitOfWork, records: &[T]) {
    unit.put(records).await.unwrap();
}

/// A programme in three cities, with an indicator that is measured by city in one year and as a whole in another.
pub(crate) async fn world(db: &TestDb) {
    let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
    let cities = ["hue", "vinh", "da-nang-cu", "da-nang", "can-tho"].map(city);
    put(&mut unit, &cities).await;
    put(&mut unit, &[organisation("F", "Quỹ")]).await;
    let place = |code: &str| Place { authority: head::<LocalAuthority>(code).id, percentage: None, note: Text::default() };
    let mut p = programme("P", "Chương trình");
    p.places = ["hue", "vinh", "da-nang-cu"].map(place).into();
    put(&mut unit, std::slice::from_ref(&p)).await;
    unit.put_programme_lists(std::slice::from_ref(&p)).await.unwrap();
    let result = Outcome {
        head: head("P:result:1"),
        programme: p.head.id,
        parent: None,
        level: ResultLevel::Output,
        number: "1".into(),
        title: text("Kết quả"),
        description: Text::default(),
        assumption: Text::default(),
    };
    let indicator = Indicator {
        head: head("P:result:1:indicator:1"),
        result: result.head.id,
        number: "1".into(),
        title: text("Số hộ"),
        measure: IndicatorMeasure::Unit,
        unit: Text::default(),
        cumulative: false,
        ascending: true,
        verification: Text::default(),
        baseline: None,
    };
    let period = |code: &str, of: &str, target: Measurement| IndicatorPeriod {
        head: head(code),
        indicator: indicator.head.id,
        period: year(of, of),
        target: Some(target),
        actual: None,
    };
    let periods = [period(BY_CITY, "2024", by_city(&[("hue", 10), ("vinh", 10)])), period(WHOLE, "2025", number(20))];
    put(&mut unit, &[result]).await;
    put(&mut unit, std::slice::from_ref(&indicator)).await;
    put(&mut unit, &periods).await;
    let fund = Fund {
        head: head("CDF"),
        name: text("Quỹ cộng đồng"),
        description: Text::default(),
        manager: None,
        programme: None,
        since: None,
    };
    let grant = SmallGrant {
        head: head("CDF:grant:1"),
        fund: fund.head.id,
        authority: head::<LocalAuthority>("hue").id,
        community: None,
        title: text("Đường ngõ"),
        value: money("100.00 USD"),
        granted: None,
        status: Some(GrantStatus::Planned),
    };
    let replication = Replication {
        head: head("R-HUE"),
        practice: None,
        authority: head::<LocalAuthority>("hue").id,
        programme: None,
        title: text("Học theo"),
        result: Text::default(),
        stages: vec![StageReached { stage: ReplicationStage::Chosen, on: None, note: Text::default() }],
    };
    put(&mut unit, &[fund]).await;
    put(&mut unit, &[grant]).await;
    put(&mut unit, &[replication]).await;
    unit.commit(&Signature::of(db.registry().clock().new_id(), NOW, "test", "put")).await.unwrap();
}

pub(crate) fn money(text: &str) -> Option<Money> {
    text.parse().ok()
}

pub(crate) async fn propose(db: &TestDb, author: &Author, amounts: &[(&str, i64)]) -> Result<Vec<Uuid>, WriteError> {
    propose_for(db, author, amounts, None).await
}

pub(crate) async fn propose_for(
    db: &TestDb,
    author: &Author,
    amounts: &[(&str, i64)],
    authority: Option<&str>,
) -> Result<Vec<Uuid>, WriteError> {
    let to = ToPropose { authority: authority.map(Reference::code), note: "từ báo cáo quý".into() };
    let read = |i: usize, _: &mut Reading| NewActual {
        indicator_period: Reference::code(amounts[i].0),
        expected: None,
        value: number(amounts[i].1),
    };
    db.registry().propose_actuals(author, &Reference::code("P"), &to, amounts.len(), read).await
}

pub(crate) async fn decide(db: &TestDb, author: &Author, all: &[(Uuid, bool)]) -> Result<Vec<Uuid>, WriteError> {
    let decision = |(id, approve): &(Uuid, bool)| {
        let reason = if *approve { "" } else { "sai đơn vị" };
        Decision { id: *id, approve: *approve, reason: reason.into() }
    };
    let decisions: Vec<Decision> = all.iter().map(decision).collect();
    db.registry().decide_proposals(author, &decisions).await
}

pub(crate) async fn proposals(db: &TestDb, author: &Author) -> Vec<ProposalRow> {
    let session = db.registry().session(author.viewer.clone());
    session.proposals(ProposalFilter::default(), 100, None).await.unwrap().proposals
}

/// What stands in a period: the whole, and what it is made of.
pub(crate) async fn actual(db: &TestDb, code: &str) -> Option<(String, Vec<(String, String)>)> {
    let found = db.administrator().require::<IndicatorPeriod>(code).await.unwrap();
    found.actual.map(|m| {
        let parts = m.breakdown.iter().map(|b| (b.category.clone(), b.value.to_string())).collect();
        (m.value.to_string(), parts)
    })
}

pub(crate) fn errors<R: std::fmt::Debug>(done: Result<R, WriteError>) -> Vec<UserError> {
    match done {
        Err(WriteError::Refused(errors)) => errors,
        other => panic!("it is not refused: {other:?}"),
    }
}

/// What was wrong: what sort of thing, and where.
pub(crate) fn refused<R: std::fmt::Debug>(done: Result<R, WriteError>) -> Vec<(UserErrorCode, String)> {
    errors(done).into_iter().map(|e| (e.code, e.path)).collect()
}

pub(crate) fn at(code: UserErrorCode, path: &str) -> Vec<(UserErrorCode, String)> {
    vec![(code, path.to_owned())]
}

pub(crate) fn is_forbidden<R>(done: &Result<R, WriteError>) -> bool {
    matches!(done, Err(WriteError::Registry(Error::Forbidden(_))))
}

pub(crate) async fn report(db: &TestDb, code: &str, value: i64) -> Result<Saved, WriteError> {
    let edit = |_: &mut Reading, record: &mut IndicatorPeriod| record.actual = Some(number(value));
    db.registry().update::<IndicatorPeriod>(&officer(), &Reference::code(code), None, edit).await
}

pub(crate) async fn lock(db: &TestDb, author: &Author, of: &str, from: &str, to: &str) -> Result<Uuid, WriteError> {
    let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
    let new = NewLock { programme: Reference::code(of), from, to, reason: "đã gửi nhà tài trợ".into() };
    db.registry().lock_period(author, &new).await
}
