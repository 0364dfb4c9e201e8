//! Snapshots of organisations: one payer under all its names, its sums, its history, and only what the viewer may see.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

use std::collections::BTreeSet;

use ketnoi_domain::{Lang, MomentKind, Money, Role, SuccessionKind, Totals, Viewer, Visibility};
use ketnoi_registry::{Session, SnapshotOptions};
use ketnoi_reporting::{
    Definition, GroupedBy, Options, PartnerFacts, PortfolioFacts, PortfolioMeasure, Snapshot, SubjectKind, model,
};
use ketnoi_test_support::{
    Bulk, NOW, TestDb, on_both_databases, on_both_databases_with_demo, organisation, participation, programme,
};

async fn read(session: &Session, code: &str) -> Snapshot {
    session.snapshot(SubjectKind::Organisation, code, &SnapshotOptions::new(NOW, "public")).await.unwrap()
}

async fn snapshot_of(code: &'static str) -> Snapshot {
    on_both_databases_with_demo(async |db: TestDb| {
        let session = db.registry().snapshot_session(Viewer::Stranger).await.unwrap();
        read(&session, code).await
    })
    .await
}

fn portfolio(s: &Snapshot) -> &PortfolioFacts {
    s.portfolio.as_ref().unwrap()
}

fn partner(s: &Snapshot) -> &PartnerFacts {
    s.partner.as_ref().unwrap()
}

fn codes(s: &Snapshot) -> Vec<&str> {
    portfolio(s).programmes.iter().map(|l| l.code.as_str()).collect()
}

#[tokio::test]
async fn the_portfolio_of_a_payer_spans_all_its_names_and_keeps_the_name_that_the_source_gives() {
    let gac = snapshot_of("GAC").await;
    let told: Vec<String> = portfolio(&gac)
        .programmes
        .iter()
        .map(|l| {
            let names = |all: &[ketnoi_reporting::PortfolioFunderFacts]| {
                all.iter().map(|f| f.name.in_lang(Lang::En).to_owned()).collect::<Vec<_>>().join("; ")
            };
            format!("{}: {} + {}", l.code, names(&l.funders), names(&l.co_funders))
        })
        .collect();
    assert_eq!(
        told,
        [
            "UMP-1998: Canadian International Development Agency (CIDA) + Federation of Canadian Municipalities (FCM)",
            "MPP: Canadian International Development Agency + ",
            "SEA-UEMA: Canadian International Development Agency (CIDA) + ",
            "MPED: Canadian International Development Agency (CIDA); \
             Department of Foreign Affairs, Trade and Development (DFATD) + ",
            "PMI-LED: Global Affairs Canada + ",
        ]
    );
    // Whichever of its names is asked for, it is one payer.
    for code in ["CIDA", "DFATD"] {
        assert_eq!(portfolio(&snapshot_of(code).await), portfolio(&gac), "{code}");
    }
    let names: Vec<&str> = partner(&gac).names.iter().map(|n| n.code.as_str()).collect();
    assert_eq!(names, ["CIDA", "DFAIT", "DFATD", "GAC"]);
    let how: Vec<SuccessionKind> = partner(&gac).successions.iter().map(|s| s.how).collect();
    assert_eq!(how, [SuccessionKind::Merged, SuccessionKind::Merged, SuccessionKind::Renamed]);
}

#[tokio::test]
async fn no_sum_mixes_currencies_or_counts_an_amount_twice() {
    let gac = snapshot_of("GAC").await;
    let all = portfolio(&gac);
    let agreed: Vec<Money> = vec!["18458189.00 CAD".parse().unwrap()];
    assert_eq!((all.total.programmes, all.total.without_amount, &all.total.agreed), (5, 4, &agreed));
    for dimension in &all.groups {
        for measure in PortfolioMeasure::ALL {
            let sums = dimension.groups.iter().map(|g| g.sums.of(measure));
            for group in sums.clone() {
                let currencies: BTreeSet<_> = group.iter().map(|m| m.currency()).collect();
                assert_eq!(currencies.len(), group.len(), "{dimension:?}");
            }
            let sum = Totals::of(sums.flatten().copied()).unwrap();
            assert_eq!(sum.iter().collect::<Vec<_>>(), all.total.of(measure), "{:?}", dimension.by);
        }
    }
    let funders = all.groups.iter().find(|d| d.by == GroupedBy::Funder).unwrap();
    let groups: Vec<_> =
        funders.groups.iter().map(|g| (g.key.as_deref().unwrap(), g.sums.programmes, g.sums.without_amount)).collect();
    assert_eq!(groups, [("CIDA", 4, 3), ("DFATD", 1, 0), ("GAC", 1, 1)]);
    let cities = all.groups.iter().find(|d| d.by == GroupedBy::City).unwrap();
    let ha_tinh = cities.groups.iter().find(|g| g.key.as_deref() == Some("ha-tinh")).unwrap();
    assert_eq!((ha_tinh.sums.programmes, ha_tinh.sums.agreed.len()), (1, 0), "a part of MPED is there, but no known share");
    let years = all.groups.iter().find(|d| d.by == GroupedBy::Year).unwrap();
    let year = years.groups.iter().find(|g| g.key.as_deref() == Some("2010")).unwrap();
    assert_eq!(year.sums.agreed, agreed);
}

#[tokio::test]
async fn both_statements_on_an_amount_and_the_places_of_all_parts_are_there() {
    let gac = snapshot_of("GAC").await;
    let said: Vec<(bool, &str)> = gac
        .statements
        .iter()
        .filter(|s| s.property.as_deref() == Some("ceiling"))
        .map(|s| (s.current, s.source.as_str()))
        .collect();
    assert_eq!(said, [(true, "mped-profile"), (false, "fcm-past-programmes")]);
    let ha_tinh = gac.places.iter().find(|p| p.code == "ha-tinh").unwrap();
    assert!(ha_tinh.note.in_lang(Lang::Vi).contains("MPED"), "{:?}", ha_tinh.note);
    let mped = portfolio(&gac).programmes.iter().find(|l| l.code == "MPED").unwrap();
    assert!(mped.places.contains(&"ha-tinh".to_owned()) && !mped.stated.is_empty());
}

#[tokio::test]
async fn a_partner_has_its_whole_history() {
    let fcm = snapshot_of("FCM").await;
    let facts = partner(&fcm);
    assert_eq!(facts.since.map(|d| d.to_string()).as_deref(), Some("1998"));
    assert!(facts.partner && facts.website.is_some() && !fcm.stated_figures.is_empty());
    let roles = |code: &str| facts.parts.iter().filter(|p| p.code == code).map(|p| p.role).collect::<Vec<_>>();
    assert_eq!((roles("UMP-1998"), roles("MPED")), (vec![Role::Funding], vec![Role::Extending]));
    for code in ["UMP-1998", "MPP", "MPED", "PMI-LED", "MSWM"] {
        assert!(facts.history.iter().any(|m| m.programme.as_deref() == Some(code)), "{code}");
    }
    let gac = snapshot_of("GAC").await;
    let told: Vec<_> = partner(&gac).history.iter().map(|m| m.kind).collect();
    assert!(!told.contains(&MomentKind::Founded) && !told.contains(&MomentKind::Named), "its bodies followed others: {told:?}");
    let dated: Vec<_> = facts.history.iter().map(|m| (m.on.is_none(), m.on)).collect();
    assert!(dated.is_sorted(), "{dated:?}");
    assert!(facts.agreements.iter().any(|a| a.programme == "MPED"), "it was paid by Canada");
    // What the partner's own page leaves out joins its history all the same.
    let kas = snapshot_of("KAS").await;
    assert!(partner(&kas).parts.iter().any(|p| p.code == "DELGOSEA"), "{:?}", partner(&kas).parts);
}

#[tokio::test]
async fn every_organisation_can_be_reported_on_and_every_source_is_among_the_documents() {
    on_both_databases_with_demo(async |db: TestDb| {
        let session = db.registry().snapshot_session(Viewer::Stranger).await.unwrap();
        let reports = ["funder-portfolio", "partner-profile"].map(|name| Definition::builtin(name).unwrap());
        for code in session.subjects(SubjectKind::Organisation).await.unwrap() {
            let s = read(&session, &code).await;
            assert_eq!(serde_json::from_str::<Snapshot>(&serde_json::to_string(&s).unwrap()).unwrap(), s);
            // The model refuses a source that is not among the documents, and lines that do not come to their sums.
            for report in &reports {
                let made = model::build(report, &s, Lang::Vi, &Options::default());
                assert!(made.is_ok(), "{code}: {:?}", made.err());
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_made_up_stays_out_of_a_real_organisations_report_and_marks_a_made_up_one() {
    let acvn = snapshot_of("ACVN").await;
    assert!(!acvn.subject.illustrative && partner(&acvn).made_up > 0);
    assert!(partner(&acvn).parts.iter().all(|p| p.code != "MINH-HOA-01"));
    assert!(partner(&acvn).history.iter().all(|m| m.programme.as_deref() != Some("MINH-HOA-01")));
    let funder = snapshot_of("MH-FUNDER-A").await;
    assert!(funder.subject.illustrative);
    assert_eq!(codes(&funder), ["MINH-HOA-01"]);
    let total = &portfolio(&funder).total;
    assert_eq!(total.agreed, ["1850000.00 CAD".parse::<Money>().unwrap()], "what another funder agreed is not its own");
    assert!(total.spent.len() > 1, "{total:?}");
}

#[tokio::test]
async fn hidden_programmes_stay_out_for_strangers_and_parts_are_counted_once() {
    on_both_databases(async |db: TestDb| {
        let payer = organisation("PAYER", "Bên tài trợ");
        let (seen, mut part, mut hidden) = (programme("SEEN", "Thấy"), programme("PART", "Hợp phần"), programme("HIDDEN", "Kín"));
        part.parent = Some(seen.head.id);
        (hidden.head.visibility, hidden.head.effective) = (Visibility::Internal, Visibility::Internal);
        let mut secret = participation(&hidden, &payer, Role::Funding);
        secret.head.effective = Visibility::Internal;
        let participations =
            vec![participation(&seen, &payer, Role::Funding), participation(&part, &payer, Role::Funding), secret];
        let (organisations, programmes) = (vec![payer], vec![seen, part, hidden]);
        db.put(&Bulk { organisations, programmes, participations, transactions: Vec::new() }).await;
        let stranger = read(&db.stranger(), "PAYER").await;
        assert_eq!(codes(&stranger), ["PART", "SEEN"]);
        assert_eq!((portfolio(&stranger).total.programmes, portfolio(&stranger).total.without_amount), (1, 1));
        assert_eq!(portfolio(&stranger).programmes[0].parent.as_deref(), Some("SEEN"));
        let told = serde_json::to_string(&stranger).unwrap();
        assert!(!told.contains("HIDDEN") && !told.contains("Kín"), "{told}");
        let administrator = read(&db.administrator(), "PAYER").await;
        assert_eq!(codes(&administrator), ["HIDDEN", "PART", "SEEN"]);
        assert_eq!(portfolio(&administrator).total.programmes, 2);
    })
    .await;
}

#[tokio::test]
async fn the_number_of_statements_does_not_depend_on_how_much_there_is() {
    on_both_databases_with_demo(async |db: TestDb| {
        let mut counts = Vec::new();
        for code in ["ACVN", "FCM", "GAC", "CITYNET", "MH-FUNDER-A"] {
            let session = db.registry().snapshot_session(Viewer::Stranger).await.unwrap();
            read(&session, code).await;
            counts.push(session.statements());
        }
        assert!(counts.iter().all(|n| *n <= 70), "{counts:?}");
    })
    .await;
}
