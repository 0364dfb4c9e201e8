//! Who reaches what is for partners, how that follows every change, and what is put away.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

use std::{collections::BTreeMap, sync::Arc};

use ketnoi_domain::{
    AccountRole, Agreement, Coded, Event, Fund, Identity, Kind, LocalAuthority, Organisation, ParticipantCount, Participation,
    Place, Programme, Replication, Role, SavingsGroup, Text, Transaction, Viewer, Visibility, query::Filter,
};
use ketnoi_persistence::{KeptReport, Search, Signature, Stored, UnitOfWork, keep, kept, search_count};
use ketnoi_registry::{OthersMoney, Session, import::SourceFile};
use ketnoi_test_support::{NOW, TestDb, on_both_databases, participation};
use uuid::Uuid;

const FILES: &str = include_str!("rights.toml");

async fn filled(db: &TestDb) {
    let file = SourceFile { name: "rights.toml".into(), text: FILES.into() };
    db.registry().import(&Viewer::LocalAdministrator, &[file], false, &|_, _, _| ()).await.unwrap_or_else(|e| panic!("{e}"));
}

/// Makes one change.
async fn change(db: &TestDb, work: impl AsyncFnOnce(&mut UnitOfWork)) {
    let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
    work(&mut unit).await;
    unit.commit(&Signature::of(db.registry().clock().new_id(), NOW, "test", "change")).await.unwrap();
}

async fn one<T: Stored>(db: &TestDb, code: &str) -> T {
    db.administrator().require(code).await.unwrap()
}

/// A session of one who speaks for these parties.
async fn partner(db: &TestDb, role: AccountRole, codes: &[&str]) -> Session {
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
async fn reach(db: &TestDb) -> BTreeMap<String, Vec<String>> {
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
async fn levels(db: &TestDb) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for kind in Kind::ALL {
        let table = kind.name();
        let rows = db.sql(&format!("SELECT code, effective FROM \"{table}\"")).await;
        all.extend(rows.into_iter().map(|row| (format!("{table} {}", row[0]), row[1].clone())));
    }
    all
}

/// Fails where anything is not as a look at every record would leave it.
async fn assert_settled(db: &TestDb, after: &str) {
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

#[tokio::test]
async fn each_kind_is_in_the_reach_of_those_who_have_a_part_in_it_and_of_nobody_else() {
    on_both_databases(async |db: TestDb| {
        filled(&db).await;
        let reach = reach(&db).await;
        let of = |record: &str| reach.get(record).map(|parties| parties.join(" ")).unwrap_or_default();
        let programme = "A B DOER LEAD VIA hue";
        for (record, parties) in [
            ("programme P", programme),
            ("programme C", "A B DOER KIN LEAD VIA hue"),
            ("participation C:implementing:KIN", "A B DOER KIN LEAD VIA hue"),
            ("participation P:funding:A", programme),
            ("in_kind_contribution P:in_kind:k", programme),
            ("result P:result:1", programme),
            ("risk P:risk:r", programme),
            ("narrative P:narrative:n", programme),
            ("dialogue V", programme),
            ("dialogue_option V:option:1", programme),
            // Of money each sees its own.
            ("agreement P:agreement:a", "A LEAD"),
            ("agreement P:agreement:b", "B DOER"),
            ("budget_line P:budget_line:1", "A LEAD"),
            ("budget_line P:budget_line:2", "B DOER"),
            ("budget_line P:budget_line:3", "DOER LEAD"),
            ("transaction P:transaction:t1", "A LEAD"),
            ("transaction P:transaction:t2", "B DOER"),
            ("transaction P:transaction:t3", "DOER HOST LEAD"),
            // Of a fund the members see the fund, and each its own part.
            ("fund F", "MANAGER lyon vinh"),
            ("community F:community:c", "MANAGER vinh"),
            ("small_grant F:grant:g", "MANAGER lyon"),
            ("housing_project F:housing:h", "MANAGER hue"),
            ("event E", "CO HOST"),
            ("event_session E:session:1", "CO HOST"),
            ("delegation E:delegation:d", "CO DOER HOST"),
            ("document paper", "CO HOST"),
            // The city that replicates, and not the other places of the programme.
            ("replication R", "A B DOER LEAD VIA lyon"),
            ("partnership W", "hue lyon"),
            ("organisation CLOSED", "CLOSED"),
            ("person someone", ""),
        ] {
            let found = reach.keys().any(|known| known == record);
            assert_eq!(of(record), parties, "{record}; known: {:?}", reach.keys().collect::<Vec<_>>());
            assert_eq!(found, !parties.is_empty());
        }
        for (table, parties) in [
            ("indicator ", programme),
            ("indicator_period ", programme),
            ("stated_figure ", programme),
            ("savings_group ", "MANAGER vinh"),
            ("partnership_party ", "hue lyon"),
            ("cooperation_agreement ", "hue lyon"),
        ] {
            let all: Vec<&str> = reach.keys().filter(|known| known.starts_with(table)).map(String::as_str).collect();
            assert!(!all.is_empty() && all.iter().all(|known| of(known) == parties), "{table}: {all:?}");
        }
        let memberships: Vec<String> =
            reach.iter().filter(|(known, _)| known.starts_with("membership ")).map(|(_, p)| p.join(" ")).collect();
        assert_eq!(memberships.len(), 2);
        assert!(memberships.contains(&"MANAGER vinh".to_owned()) && memberships.contains(&"MANAGER lyon".to_owned()));
        assert!(!reach.keys().any(|known| known.starts_with("ballot ") || known.starts_with("public_role ")));
        assert_settled(&db, "the import").await;
        reach
    })
    .await;
}

#[tokio::test]
async fn a_funder_sees_its_own_agreement_and_that_of_another_only_as_a_total() {
    on_both_databases(async |db: TestDb| {
        filled(&db).await;
        let funder = partner(&db, AccountRole::Funder, &["A"]).await;
        let codes = async |session: &Session| {
            let all: Vec<Agreement> = session.all(&Filter::all()).await.unwrap();
            all.into_iter().map(|a| a.head.code.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(codes(&funder).await, ["P:agreement:a"]);
        assert_eq!(codes(&db.stranger()).await, Vec::<String>::new());
        assert_eq!(codes(&db.administrator()).await.len(), 2);
        let moved: Vec<Transaction> = funder.all(&Filter::all()).await.unwrap();
        assert_eq!(moved.iter().map(|t| t.head.code.to_string()).collect::<Vec<_>>(), ["P:transaction:t1"]);
        let programme: Programme = funder.require("P").await.unwrap();
        let id = programme.head.id.uuid();
        let other = partner(&db, AccountRole::Funder, &["MANAGER"]).await;
        assert!(other.by_code::<Programme>("P").await.unwrap().is_none());
        assert_eq!(other.count::<Fund>(&Filter::all()).await.unwrap(), 1);

        let sums = |money: &OthersMoney| {
            let all = money.agreed.iter().chain(money.spent.iter());
            all.map(|m| m.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(sums(&funder.others_money(&[id]).await.unwrap()[&id]), ["40.00 CAD", "12.00 CAD"]);
        for session in [db.stranger(), db.administrator(), other] {
            assert!(session.others_money(&[id]).await.unwrap().is_empty());
        }

        // The search goes by the same rule.
        let wanted = Search { text: "chuong trinh".into(), ..Search::default() };
        let reader = db.store().reader();
        assert_eq!(search_count(reader, funder.viewer(), &wanted).await.unwrap(), 1);
        assert_eq!(search_count(reader, &Viewer::Stranger, &wanted).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_party_sees_what_it_did_under_a_former_name() {
    on_both_databases(async |db: TestDb| {
        filled(&db).await;
        // B has become CO: whoever speaks for CO speaks for both.
        let today = partner(&db, AccountRole::Funder, &["CO"]).await;
        assert_eq!(today.count::<Programme>(&Filter::all()).await.unwrap(), 0);
        let both = partner(&db, AccountRole::Funder, &["CO", "B"]).await;
        assert_eq!(both.count::<Programme>(&Filter::all()).await.unwrap(), 2);
        assert_eq!(both.count::<Agreement>(&Filter::all()).await.unwrap(), 1);
        assert_eq!(both.count::<Event>(&Filter::all()).await.unwrap(), 1);
        let focal = partner(&db, AccountRole::FocalPoint, &["lyon"]).await;
        assert_eq!(focal.count::<Replication>(&Filter::all()).await.unwrap(), 1);
        assert_eq!(focal.count::<Programme>(&Filter::all()).await.unwrap(), 0);
    })
    .await;
}

/// The next of a row of numbers that look thrown, the same on every run.
fn thrown(state: &mut u64, below: u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) % below
}

/// A record, unless it is put away.
async fn seen<T: Stored>(db: &TestDb, code: &str) -> Option<T> {
    db.administrator().by_code(code).await.unwrap()
}

/// Changes a record, unless it is put away.
async fn set<T: Stored>(unit: &mut UnitOfWork, db: &TestDb, code: &str, set: impl Fn(&mut T)) {
    if let Some(mut record) = seen::<T>(db, code).await {
        set(&mut record);
        unit.put(&[record]).await.unwrap();
    }
}

/// One change, chosen by a number.
async fn step(db: &TestDb, unit: &mut UnitOfWork, state: &mut u64) -> String {
    let all = [Visibility::Draft, Visibility::Internal, Visibility::Partners, Visibility::Public];
    let to = all[usize::try_from(thrown(state, 4)).unwrap()];
    let programme = ["P", "C"][usize::try_from(thrown(state, 2)).unwrap()];
    let organisation = ["A", "B", "KIN", "HOST", "CO"][usize::try_from(thrown(state, 5)).unwrap()];
    let which = thrown(state, 14);
    match which {
        0 => set::<Programme>(unit, db, programme, |p| p.head.visibility = to).await,
        1 => set::<Organisation>(unit, db, organisation, |o| o.head.visibility = to).await,
        2 => set::<Fund>(unit, db, "F", |f| f.head.visibility = to).await,
        3 => set::<Event>(unit, db, "E", |e| e.head.visibility = to).await,
        4 => {
            let parent = seen::<Programme>(db, "P").await.filter(|_| thrown(state, 2) == 0).map(|p| p.head.id);
            set::<Programme>(unit, db, "C", |p| p.parent = parent).await;
        }
        5 => {
            if let Some(body) = seen::<Organisation>(db, organisation).await {
                set::<Agreement>(unit, db, "P:agreement:a", |a| a.funder = body.head.id).await;
            }
        }
        6 => {
            if let Some(body) = seen::<Organisation>(db, organisation).await {
                set::<Event>(unit, db, "E", |e| e.co_organisers = vec![body.head.id]).await;
            }
        }
        7 => {
            let there = unit.heads_of::<Participation>(&["P:funding:B"]).await.unwrap();
            if let Some(head) = there.first() {
                unit.remove::<Participation>(&[head.id.uuid()]).await.unwrap();
            } else if let (Some(p), Some(b)) = (seen::<Programme>(db, "P").await, seen::<Organisation>(db, "B").await) {
                unit.put(&[participation(&p, &b, Role::Funding)]).await.unwrap();
            }
        }
        8 => {
            let place: LocalAuthority = one(db, ["hue", "vinh", "lyon"][usize::try_from(thrown(state, 3)).unwrap()]).await;
            if let Some(mut p) = seen::<Programme>(db, "P").await {
                p.places = vec![Place { authority: place.head.id, percentage: None, note: Text::default() }];
                unit.put(&[p.clone()]).await.unwrap();
                unit.put_programme_lists(&[p]).await.unwrap();
            }
        }
        9 => put_away::<Programme>(unit, programme).await,
        10 => put_away::<Event>(unit, "E").await,
        11 => put_away::<Organisation>(unit, organisation).await,
        12 => {
            set::<Participation>(unit, db, "P:implementing:DOER", |p| {
                p.role = if p.role == Role::Funding { Role::Implementing } else { Role::Funding };
            })
            .await;
        }
        _ => {
            if let (Some(p), Some(c)) = (seen::<Programme>(db, "P").await, seen::<Programme>(db, "C").await) {
                set::<Participation>(unit, db, "C:implementing:KIN", |part| {
                    part.programme = if part.programme == c.head.id { p.head.id } else { c.head.id };
                })
                .await;
            }
        }
    }
    format!("{which} of {programme}, {organisation}, {to:?}")
}

/// Puts a record away, or brings it back.
async fn put_away<T: Stored>(unit: &mut UnitOfWork, code: &str) {
    let id = unit.heads_of::<T>(&[code]).await.unwrap()[0].id.uuid();
    if unit.restore::<T>(&[id]).await.unwrap() == 0 {
        unit.archive::<T>(&[id], None, "test", NOW).await.unwrap();
    }
}

#[tokio::test]
async fn looking_only_at_what_was_touched_gives_the_same_as_looking_at_everything() {
    on_both_databases(async |db: TestDb| {
        filled(&db).await;
        let mut state = 20_260_101;
        let mut ends = Vec::new();
        for round in 0..60 {
            let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
            let mut done = Vec::new();
            for _ in 0..=thrown(&mut state, 2) {
                done.push(step(&db, &mut unit, &mut state).await);
            }
            let signature = Signature::of(db.registry().clock().new_id(), NOW, "test", "change");
            unit.commit(&signature).await.unwrap_or_else(|e| panic!("{done:?}: {e}"));
            assert_settled(&db, &format!("round {round} ({})", done.join("; "))).await;
            ends.push(levels(&db).await.values().filter(|level| level.as_str() == "2").count());
        }
        assert!(ends.iter().max() > ends.iter().min(), "the changes must change who sees what");
        (levels(&db).await, reach(&db).await)
    })
    .await;
}

#[tokio::test]
async fn what_is_added_below_a_hidden_record_is_hidden() {
    on_both_databases(async |db: TestDb| {
        filled(&db).await;
        let (p, host): (Programme, Organisation) = (one(&db, "P").await, one(&db, "HOST").await);
        // It says of itself that everyone may see it.
        change(&db, async |unit| unit.put(&[participation(&p, &host, Role::Extending)]).await.unwrap()).await;
        assert_eq!(db.stranger().count::<Participation>(&Filter::all()).await.unwrap(), 0);
        // It is a party now, and reaches all of the programme, with its parts.
        let session = partner(&db, AccountRole::Partner, &["HOST"]).await;
        assert_eq!(session.count::<Programme>(&Filter::all()).await.unwrap(), 2);
        assert_settled(&db, "adding a participation").await;
    })
    .await;
}

#[tokio::test]
async fn a_programme_is_put_away_with_all_that_belongs_to_it_and_comes_back_as_it_was() {
    on_both_databases(async |db: TestDb| {
        filled(&db).await;
        let before = (levels(&db).await, reach(&db).await);
        let p: Programme = one(&db, "P").await;
        let id = p.head.id.uuid();
        let account = Uuid::from_u128(9);
        change(&db, async |unit| {
            assert_eq!(unit.archive::<Programme>(&[id], Some(account), "a mistake", NOW).await.unwrap(), 1);
            assert_eq!(unit.archive::<Programme>(&[id], None, "again", NOW).await.unwrap(), 0);
        })
        .await;
        let keeper = db.administrator();
        assert_eq!(keeper.count::<Programme>(&Filter::all()).await.unwrap(), 0, "its component is a part of it");
        assert_eq!(keeper.count::<Agreement>(&Filter::all()).await.unwrap(), 0);
        assert!(keeper.by_ids::<Programme>(&[id]).await.unwrap().is_empty());
        let replication: Replication = one(&db, "R").await;
        assert_eq!(replication.programme, Some(p.head.id), "what points at it stays, and points at nothing one may see");
        assert!(!reach(&db).await.keys().any(|known| known.contains(" P")));
        let away = keeper.archived(Kind::Programme, 10, None).await.unwrap();
        let [away] = away.as_slice() else { panic!("{away:?}") };
        assert_eq!((away.id, away.code.as_str(), away.why.as_str()), (id, "P", "a mistake"));
        assert_eq!((away.at.as_str(), away.account), (NOW, Some(account)));
        assert!(keeper.archived(Kind::Programme, 10, Some((NOW, id))).await.unwrap().is_empty());
        assert_eq!(keeper.archived_record::<Programme>(id).await.unwrap().map(|p| p.head.code), Some(p.head.code.clone()));
        for session in [db.stranger(), partner(&db, AccountRole::Funder, &["A"]).await] {
            session.archived(Kind::Programme, 10, None).await.unwrap_err();
        }
        // Its code stays taken, and importing it again does not bring it back.
        let mut twin = ketnoi_test_support::programme("Q", "Song sinh");
        twin.head.code = p.head.code.clone();
        let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
        assert!(unit.put(&[twin]).await.is_err());
        unit.roll_back().await.unwrap();
        filled(&db).await;
        assert_eq!(keeper.count::<Programme>(&Filter::all()).await.unwrap(), 0);
        assert_settled(&db, "putting away").await;

        change(&db, async |unit| assert_eq!(unit.restore::<Programme>(&[id]).await.unwrap(), 1)).await;
        assert_eq!((levels(&db).await, reach(&db).await), before);
        let operations =
            db.sql("SELECT operation FROM change WHERE operation IN ('archived', 'restored') ORDER BY revision").await;
        assert_eq!(operations, [["archived"], ["restored"]]);
    })
    .await;
}

#[tokio::test]
async fn a_registry_older_than_its_rights_has_them_once_it_is_up_to_date() {
    on_both_databases(async |db: TestDb| {
        filled(&db).await;
        let before = reach(&db).await;
        let names: Vec<String> = db.store().migrations().await.unwrap().into_iter().map(|(name, _)| name).collect();
        let since = names.iter().rev().position(|name| name == "m0019_rights").unwrap() + 1;
        db.store().migrate_down(u32::try_from(since).unwrap()).await.unwrap();
        db.store().migrate_up("test").await.unwrap();
        assert_eq!(reach(&db).await, before);
        before.len()
    })
    .await;
}

#[tokio::test]
async fn few_people_are_withheld_from_all_who_may_not_see_people() {
    on_both_databases(async |db: TestDb| {
        filled(&db).await;
        let host = partner(&db, AccountRole::Partner, &["HOST", "vinh"]).await;
        let counts: Vec<ParticipantCount> = host.all(&Filter::all()).await.unwrap();
        let told: Vec<_> = counts.iter().map(|c| (c.women, c.men, c.total, c.withheld)).collect();
        assert!(told.contains(&(None, None, Some(23), true)), "{told:?}");
        assert!(told.contains(&(Some(9), Some(8), None, false)), "{told:?}");
        let groups: Vec<SavingsGroup> = host.all(&Filter::all()).await.unwrap();
        assert_eq!((groups[0].members, groups[0].withheld), (None, true));
        let whole: Vec<SavingsGroup> = db.administrator().all(&Filter::all()).await.unwrap();
        assert_eq!((whole[0].members, whole[0].withheld), (Some(4), false));
        let mut unit = UnitOfWork::begin(db.store()).await.unwrap();
        assert!(unit.put(&groups).await.is_err(), "what was withheld is not lost by writing it back");
        unit.roll_back().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_report_for_one_party_is_read_by_that_party_and_those_who_see_everything() {
    on_both_databases(async |db: TestDb| {
        filled(&db).await;
        let funder: Organisation = one(&db, "A").await;
        let report = KeptReport {
            id: Uuid::from_u128(5),
            definition: "d".into(),
            subject_kind: "programme".into(),
            subject: "P".into(),
            lang: "vi".into(),
            audience: "funder".into(),
            brand: None,
            taken: NOW.into(),
            revision: 1,
            pages: 1,
            digest: "0".into(),
            pdf: vec![1],
        };
        keep(db.store(), &report, Visibility::Partners, Some(funder.head.id.uuid())).await.unwrap();
        let mut seen = Vec::new();
        for session in [
            db.stranger(),
            db.administrator(),
            partner(&db, AccountRole::Funder, &["A"]).await,
            partner(&db, AccountRole::Funder, &["B"]).await,
        ] {
            seen.push(kept(db.store().reader(), session.viewer(), report.id).await.unwrap().is_some());
        }
        assert_eq!(seen, [false, true, true, false]);
    })
    .await;
}
