//! Records are made with what goes with them, changed, put away and brought back.

use ketnoi_domain::{
    Document, DocumentCategory, Head, Id, Kind, LocalAuthority, Organisation, Outcome, Partnership, PartnershipKind,
    PartnershipParty, Period, Programme, Risk, RiskStatus, Statement, Text, Visibility, query::Filter,
};
use ketnoi_registry::{NewHead, Reading, Reference, UserErrorCode};
use ketnoi_test_support::{TestDb, on_both_databases, on_both_databases_with_demo, organisation, programme};

use crate::support::{at, called, id, make_programme, of, officer, refused, result, said};

fn risk(programme: Id<Programme>) -> impl Fn(&mut Reading, Head<Risk>) -> Risk {
    move |_, head| Risk {
        head,
        programme,
        title: said("A risk"),
        likelihood: ketnoi_domain::Likelihood::Low,
        impact: ketnoi_domain::Likelihood::High,
        mitigation: Text::default(),
        owner: None,
        status: RiskStatus::Open,
    }
}

#[tokio::test]
async fn records_are_made_changed_archived_and_restored() {
    on_both_databases(async |db: TestDb| {
        let registry = db.registry();
        let saved = make_programme(&db, "PRO").await;
        let pro = id::<Programme>(&saved);
        assert_eq!(saved.version, 1);
        registry.create::<Outcome>(&officer(), &NewHead::default(), result(pro, "1.2")).await.unwrap();
        registry.create::<Risk>(&officer(), &NewHead::default(), risk(pro)).await.unwrap();
        registry.create::<Risk>(&officer(), &NewHead::default(), risk(pro)).await.unwrap();
        let own = NewHead { code: Some("flood".into()), ..NewHead::default() };
        registry.create::<Risk>(&officer(), &own, risk(pro)).await.unwrap();
        let codes = |all: Vec<Risk>| all.iter().map(|r| r.head.code.to_string()).collect::<Vec<_>>();
        let risks = db.stranger().all::<Risk>(&Filter::all()).await.unwrap();
        assert_eq!(codes(risks), ["PRO:risk:1", "PRO:risk:2", "PRO:risk:flood"], "parts are called as the import calls them");
        let outcome: Outcome = db.stranger().require("PRO:result:1.2").await.unwrap();
        assert_eq!((outcome.programme, outcome.head.version), (pro, 1));

        let acronym = |_: &mut Reading, p: &mut Programme| p.acronym = Some("P.".into());
        let changed = registry.update(&officer(), &Reference::code("PRO"), Some(1), acronym).await.unwrap();
        assert_eq!((changed.id, changed.version), (saved.id, 2));
        let again = registry.update(&officer(), &Reference::code("PRO"), Some(2), acronym).await.unwrap();
        assert_eq!(again.version, 2, "what changes nothing is no change");

        let away = registry.archive(&officer(), &of::<Programme>(&saved), Some(2), "entered twice").await.unwrap();
        assert_eq!(away.id, saved.id);
        assert_eq!(db.administrator().by_code::<Programme>("PRO").await.unwrap(), None);
        assert_eq!(db.administrator().count::<Risk>(&Filter::all()).await.unwrap(), 0, "its parts go with it");
        let late = registry.update(&officer(), &of::<Programme>(&saved), None, acronym).await;
        assert_eq!(refused(late), [at(UserErrorCode::State, "id")]);
        let build = |_: &mut Reading, head: Head<Programme>| Programme { head, ..programme("PRO", "Another") };
        let other = registry.create::<Programme>(&officer(), &called("PRO"), build).await;
        assert_eq!(refused(other), [at(UserErrorCode::Taken, "code")], "what is archived keeps its code");

        registry.restore(&officer(), &of::<Programme>(&saved), None).await.unwrap();
        let back: Programme = db.stranger().require("PRO").await.unwrap();
        assert_eq!(back.acronym.as_deref(), Some("P."));
        assert_eq!(db.stranger().count::<Risk>(&Filter::all()).await.unwrap(), 3);
        let twice = registry.restore(&officer(), &of::<Programme>(&saved), None).await;
        assert_eq!(refused(twice), [at(UserErrorCode::State, "id")]);
    })
    .await;
}

#[tokio::test]
async fn what_stands_by_itself_is_a_draft_until_someone_says_otherwise() {
    on_both_databases(async |db: TestDb| {
        let new = NewHead { code: Some("ONE".into()), ..NewHead::default() };
        let build = |_: &mut Reading, head: Head<Organisation>| Organisation { head, ..organisation("ONE", "One") };
        db.registry().create::<Organisation>(&officer(), &new, build).await.unwrap();
        assert_eq!(db.stranger().by_code::<Organisation>("ONE").await.unwrap(), None);
        let one: Organisation = db.administrator().require("ONE").await.unwrap();
        assert_eq!(one.head.effective, Visibility::Draft);
    })
    .await;
}

#[tokio::test]
async fn a_partnership_is_made_with_two_parties_of_two_countries_and_keeps_them() {
    on_both_databases_with_demo(async |db: TestDb| {
        let all = db.stranger().all::<LocalAuthority>(&Filter::all()).await.unwrap();
        let home = all.iter().find(|a| a.country == "VN").unwrap().head.id;
        let abroad = all.iter().find(|a| a.country != "VN").unwrap().head.id;
        let with = |parties: Vec<Id<LocalAuthority>>| {
            move |reading: &mut Reading, head: Head<Partnership>| {
                reading.asked().parties.clone_from(&parties);
                Partnership {
                    head,
                    kind: PartnershipKind::Twinning,
                    title: said("Two cities"),
                    description: Text::default(),
                    period: Period::default(),
                    status: None,
                    sectors: Vec::new(),
                }
            }
        };
        let registry = db.registry();
        let alone = registry.create::<Partnership>(&officer(), &called("TWIN"), with(vec![home])).await;
        assert_eq!(refused(alone), [at(UserErrorCode::Invalid, "parties")]);
        let saved = registry.create::<Partnership>(&officer(), &called("TWIN"), with(vec![home, abroad])).await.unwrap();
        let parties: Vec<PartnershipParty> = db.stranger().all_children(("partnership_id", &[saved.id])).await.unwrap();
        assert_eq!(parties.len(), 2);
        assert!(parties.iter().all(|p| p.head.code.as_str().starts_with("TWIN:party:")));
        let leave = registry.archive(&officer(), &Reference::id(parties[0].head.id), Some(1), "left").await;
        assert_eq!(refused(leave), [at(UserErrorCode::State, "id")]);
    })
    .await;
}

#[tokio::test]
async fn the_sources_of_a_record_are_noted_with_it() {
    on_both_databases(async |db: TestDb| {
        let page = |_: &mut Reading, head: Head<Document>| Document {
            head,
            title: said("A page"),
            category: DocumentCategory::WebPage,
            publisher: None,
            published: None,
            modified: None,
            url: None,
            language: None,
            note: Text::default(),
            programme: None,
            organisation: None,
            event: None,
        };
        db.registry().create::<Document>(&officer(), &called("page"), page).await.unwrap();
        let build = |reading: &mut Reading, head: Head<Organisation>| {
            let source = reading.at("sources", |r| r.item(0, |r| r.refer(&Reference::code("page"))));
            reading.asked().sources = vec![source];
            Organisation { head, ..organisation("ONE", "One") }
        };
        let saved = db.registry().create::<Organisation>(&officer(), &called("ONE"), build).await.unwrap();
        let statement: Statement = db.stranger().require("ONE:organisation:page").await.unwrap();
        assert_eq!((statement.subject.kind, statement.subject.id), (Kind::Organisation, saved.id));
        assert!(statement.current && statement.property.is_none());
    })
    .await;
}
