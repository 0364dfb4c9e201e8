//! Snapshots of two countries: what the registry knows of the partnerships between their localities, and from where.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

use ketnoi_domain::{Lang, PartnershipKind, Viewer};
use ketnoi_registry::{PartnershipsBy, SnapshotOptions};
use ketnoi_reporting::{BilateralFacts, Snapshot, SubjectKind};
use ketnoi_test_support::{NOW, TestDb, on_both_databases_with_demo};

async fn snapshot_of(key: &'static str) -> Snapshot {
    on_both_databases_with_demo(async |db: TestDb| {
        let session = db.registry().snapshot_session(Viewer::Stranger).await.unwrap();
        session.snapshot(SubjectKind::Countries, key, &SnapshotOptions::new(NOW, "public")).await.unwrap()
    })
    .await
}

fn facts(s: &Snapshot) -> &BilateralFacts {
    s.bilateral.as_ref().unwrap()
}

#[tokio::test]
async fn either_order_of_the_countries_gives_the_same() {
    let (one, other) = (snapshot_of("VN-FR").await, snapshot_of("fr-vn").await);
    assert_eq!(one, other);
    assert_eq!(one.subject.key, "VN-FR", "the association's own country first");
}

#[tokio::test]
async fn the_partnerships_are_the_real_ones_and_what_was_made_up_is_counted_apart() {
    let s = snapshot_of("VN-FR").await;
    let codes: Vec<&str> = facts(&s).partnerships.iter().map(|p| p.code.as_str()).collect();
    assert_eq!(codes, ["ha-noi-ile-de-france", "ho-chi-minh-rhone-alpes"], "by what is first known of them");
    assert!(!s.subject.illustrative && facts(&s).left_out > 0);
    let first = &facts(&s).partnerships[0];
    assert_eq!(first.kind, PartnershipKind::Cooperation);
    let parties: Vec<(&str, &str)> = first.parties.iter().map(|p| (p.country.as_str(), p.code.as_str())).collect();
    assert_eq!(parties, [("VN", "ha-noi"), ("FR", "ile-de-france")]);
    assert!(first.period.is_unknown(), "a rounded number of years is no date");
    assert!(first.said.iter().any(|s| s.property.as_deref() == Some("from") && s.raw.as_deref() == Some("cách đây 30 năm")));
}

#[tokio::test]
async fn an_agreement_keeps_the_date_of_the_report_apart_from_the_unknown_day_of_signing() {
    let s = snapshot_of("VN-FR").await;
    let [agreement] = facts(&s).partnerships[0].agreements.as_slice() else { panic!("one agreement") };
    assert_eq!((agreement.signed, agreement.reported.map(|d| d.to_string())), (None, Some("2010-11-07".into())));
    assert_eq!(agreement.sources, ["hcmc-vietnam-france-2010"]);
}

#[tokio::test]
async fn the_news_are_those_of_the_page_in_the_order_of_their_dates() {
    let s = snapshot_of("VN-FR").await;
    let news = &facts(&s).news;
    let dates: Vec<Option<String>> = news.iter().map(|n| n.published.map(|d| d.to_string())).collect();
    assert_eq!(dates.len(), 13);
    assert_eq!(dates.first().unwrap().as_deref(), Some("2009-05-26"));
    assert_eq!(dates.last().unwrap(), &None, "the page itself has no date");
    let about = |code: &str| news.iter().find(|n| n.code == code).unwrap().about.in_lang(Lang::En).to_owned();
    assert_eq!(about("hcmc-2011-03-31"), "Ho Chi Minh City – Rhône-Alpes");
    assert_eq!(news.iter().filter(|n| !n.publisher.is_empty()).count(), 13);
}

#[tokio::test]
async fn stated_figures_stand_beside_what_the_registry_counts() {
    let s = snapshot_of("VN-FR").await;
    let mut figures: Vec<(String, Option<String>)> =
        s.stated_figures.iter().map(|f| (f.value.to_string(), f.registered.map(|n| n.to_string()))).collect();
    figures.sort();
    let two = Some("2".to_owned());
    let expected = [("19".to_owned(), two.clone()), ("24".to_owned(), two), ("60".to_owned(), Some("0".to_owned()))];
    assert_eq!(figures, expected);
}

#[tokio::test]
async fn the_conference_is_found_by_its_page_and_both_dates_of_the_page_are_kept() {
    let s = snapshot_of("VN-FR").await;
    assert_eq!(facts(&s).series.iter().map(|x| x.code.as_str()).collect::<Vec<_>>(), ["VN-FR-CONFERENCES"]);
    assert!(s.events.iter().any(|e| e.code == "VN-FR-8" && !e.visited));
    let page = s.documents.iter().find(|d| d.key == "hcmc-vietnam-france-2010").unwrap();
    assert_eq!((page.published, page.modified.map(|d| d.to_string())), (None, Some("2010-11-12".into())));
    let published: Vec<Option<String>> = s
        .statements
        .iter()
        .filter(|x| x.property.as_deref() == Some("published"))
        .map(|x| x.stated.map(|d| d.to_string()))
        .collect();
    assert_eq!(published, [Some("2010-11-12".to_owned()), Some("2011-04-21".to_owned())], "the one that is followed first");
}

#[tokio::test]
async fn what_became_of_a_region_is_said_beside_its_name_of_the_time() {
    let s = snapshot_of("VN-FR").await;
    let region = s.places.iter().find(|p| p.code == "rhone-alpes").unwrap();
    assert_eq!(region.name.in_lang(Lang::Fr), "Rhône-Alpes");
    assert!(region.became.is_some());
    assert_eq!(s.places.len(), 4);
}

#[tokio::test]
async fn every_source_that_is_named_is_among_the_documents() {
    for key in ["VN-FR", "VN-CA"] {
        let s = snapshot_of(key).await;
        let keys: Vec<&str> = s.documents.iter().map(|d| d.key.as_str()).collect();
        let f = facts(&s);
        let partnerships = f.partnerships.iter().flat_map(|p| p.sources.iter().chain(p.said.iter().map(|x| &x.source)));
        let agreements = f.partnerships.iter().flat_map(|p| &p.agreements).flat_map(|a| &a.sources);
        let news = f.news.iter().flat_map(|n| n.sources.iter().chain(n.said.iter().map(|x| &x.source)));
        let others = s.statements.iter().map(|x| &x.source).chain(s.stated_figures.iter().map(|x| &x.source));
        for source in partnerships.chain(agreements).chain(news).chain(others) {
            assert!(keys.contains(&source.as_str()), "{key}: {source}");
        }
        assert_eq!(serde_json::from_str::<Snapshot>(&serde_json::to_string(&s).unwrap()).unwrap(), s);
    }
}

#[tokio::test]
async fn every_pair_with_partnerships_can_be_asked_for() {
    on_both_databases_with_demo(async |db: TestDb| {
        let session = db.stranger();
        let keys = session.subjects(SubjectKind::Countries).await.unwrap();
        assert!(keys.contains(&"VN-FR".to_owned()), "{keys:?}");
        let groups = session.partnerships(&ketnoi_domain::query::Filter::all(), PartnershipsBy::CountryPair).await.unwrap();
        assert_eq!(keys.len(), groups.iter().filter(|g| g.key.is_some()).count());
        keys
    })
    .await;
}

#[tokio::test]
async fn a_pair_without_partnerships_is_told_as_that_and_no_pair_is_refused() {
    let none = snapshot_of("VN-SE").await;
    assert!(facts(&none).partnerships.is_empty() && facts(&none).news.is_empty() && none.documents.is_empty());
    on_both_databases_with_demo(async |db: TestDb| {
        for key in ["VN", "VN-VN", "VN-FRA", "Hà Nội-Paris"] {
            let options = SnapshotOptions::new(NOW, "public");
            let error = db.stranger().snapshot(SubjectKind::Countries, key, &options).await.unwrap_err().to_string();
            assert!(error.contains(key) && error.contains("VN-FR"), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_number_of_statements_does_not_depend_on_how_much_there_is() {
    on_both_databases_with_demo(async |db: TestDb| {
        let mut counts = Vec::new();
        for key in ["VN-FR", "VN-SE"] {
            let session = db.registry().snapshot_session(Viewer::Stranger).await.unwrap();
            session.snapshot(SubjectKind::Countries, key, &SnapshotOptions::new(NOW, "public")).await.unwrap();
            counts.push(session.statements());
        }
        assert!(counts.iter().all(|n| *n <= 60), "{counts:?}");
    })
    .await;
}
