//! A registry of which most is for partners, and what is known of its records.

use std::{collections::BTreeMap, sync::Arc};

use ketnoi_domain::{AccountRole, Coded, Identity, Kind, LocalAuthority, Organisation, Viewer};
use ketnoi_persistence::{Signature, Stored, UnitOfWork};
use ketnoi_registry::{Session, import::SourceFile};
use ketnoi_test_support::{NOW, TestDb};
use uuid::Uuid;

const FILES: &str = include_str!("../rights.toml");

pub(crate) async fn filled(db: &TestDb) {
    let file = SourceFile { name: "rights.toml".into(), text: FILES.into() };
    db.registry().import(&Viewer::LocalAdministrator, &[file], false, &|_, _, _| ()).await.unwrap_or_else(|e| panic!("{e}"));
}

/// Makes one change.
pub(crate) async fn change(db: &TestDb, work: impl AsyncFnOnce(&mut UnitOfWork)) {
    let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
    work(&mut unit).await;
    unit.commit(&Signature::of(db.registry().clock().new_id(), NOW, "test", "change")).await.unwrap();
}

pub(crate) async fn one<T: Stored>(db: &TestDb, code: &str) -> T {
    db.administrator().require(code).await.unwrap()
}

/// A session of one who speaks for these parties.
pub(crate) async fn partner(db: &TestDb, role: AccountRole, codes: &[&str]) -> Session {
    let mut parties = std::collections::BTreeSet::new();
    for code in codes {
        let body: Option<Organisation> = db.administrator().by_code(code).await.unwrap();
        let place: Option<LocalAuthority> = db.administrator().by_code(code).await.unwrap();
        parties.extend(body.map(|o| o.head.id.uuid()).into_iter().chain(place.map(|a| a.head.id.uuid())));
    }
    let (account, name) = (Uuid::from_u128(1), "partner".to_owned());
    let identity = Identity { account, name, role, organisation: None, authority: None, parties, key: None };
    db.registry().session(Viewer::Known(Arc::new(identity)))
}

/// The parties in whose reach each record is, by table and code.
pub(crate) async fn reach(db: &TestDb) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for kind in Kind::ALL {
        let table = kind.name();
        let rows = db
            .sql(&format!(
                "SELECT t.code, COALESCE(o.code, l.code) FROM reach r INNER JOIN \"{table}\" t ON t.id = r.record_id
                LEFT JOIN organisation o ON o.id = r.party_id LEFT JOIN local_authority l ON l.id = r.party_id"
            ))
            .await;
        for row in rows {
            all.entry(format!("{table} {}", row[0])).or_default().push(row[1].clone());
        }
    }
    all.values_mut().for_each(|parties| parties.sort());
    all
}

/// The level of each record, by table and code.
pub(crate) async fn levels(db: &TestDb) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for kind in Kind::ALL {
        let table = kind.name();
        let rows = db.sql(&format!("SELECT code, effective FROM \"{table}\"")).await;
        all.extend(rows.into_iter().map(|row| (format!("{table} {}", row[0]), row[1].clone())));
    }
    all
}

/// Fails where anything is not as a look at every record would leave it.
pub(crate) async fn assert_settled(db: &TestDb, after: &str) {
    let before = (levels(db).await, reach(db).await);
    let rows = db.sql("SELECT COUNT(*) FROM reach").await;
    let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
    unit.settle_all().await.unwrap();
    assert!(unit.is_idle(), "after {after} not everything was settled");
    unit.roll_back().await.unwrap();
    let known: usize = before.1.values().map(Vec::len).sum();
    assert_eq!(rows, [[known.to_string()]], "after {after} there are rows for what is not there");
    let unlike = db
        .sql("SELECT COUNT(*) FROM search_entry s INNER JOIN programme p ON p.id = s.record_id WHERE s.effective <> p.effective")
        .await;
    assert_eq!(unlike, [["0"]], "after {after} the search goes by another level");
}
