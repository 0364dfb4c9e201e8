//! Who reaches what.

use ketnoi_domain::{
    AccountRole, Agreement, Event, Fund, Organisation, ParticipantCount, Programme, Replication, SavingsGroup, Transaction,
    Viewer, Visibility, query::Filter,
};
use ketnoi_persistence::{KeptReport, Search, UnitOfWork, keep, kept, search_count};
use ketnoi_registry::{OthersMoney, Session};
use ketnoi_test_support::{NOW, TestDb, on_both_databases};
use uuid::Uuid;

use crate::support::{assert_settled, filled, one, partner, reach};

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
