//! Snapshots for reports: complete, in a fixed order, the same on both databases, and only what the viewer may see.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

use ketnoi_domain::{Lang, Role, Viewer};
use ketnoi_registry::SnapshotOptions;
use ketnoi_reporting::{Relationship, Snapshot, SubjectKind};
use ketnoi_test_support::{NOW, TestDb, on_both_databases_with_demo};

async fn snapshot_of(code: &'static str) -> Snapshot {
    on_both_databases_with_demo(async |db: TestDb| {
        let session = db.registry().snapshot_session(Viewer::Stranger).await.unwrap();
        session.snapshot(SubjectKind::Programme, code, &SnapshotOptions::new(NOW, "public")).await.unwrap()
    })
    .await
}

#[tokio::test]
async fn the_snapshot_of_mped_is_complete() {
    insta::assert_json_snapshot!("mped", snapshot_of("MPED").await);
}

#[tokio::test]
async fn the_snapshot_of_pmi_led_is_complete() {
    insta::assert_json_snapshot!("pmi-led", snapshot_of("PMI-LED").await);
}

#[tokio::test]
async fn the_snapshot_of_the_illustrative_programme_is_complete() {
    let snapshot = snapshot_of("MINH-HOA-01").await;
    assert!(snapshot.subject.illustrative);
    let key = "minh-hoa-hop-dong-01";
    assert!(snapshot.documents.iter().all(|d| d.key != key), "an internal document is not in a public snapshot");
    insta::assert_json_snapshot!("minh-hoa-01", snapshot);
}

#[tokio::test]
async fn every_source_that_is_named_is_among_the_documents() {
    for code in ["MPED", "PMI-LED", "MINH-HOA-01", "DELGOSEA", "CDF-VN"] {
        let s = snapshot_of(code).await;
        let keys: Vec<&str> = s.documents.iter().map(|d| d.key.as_str()).collect();
        let named = s.statements.iter().map(|x| &x.source).chain(s.stated_figures.iter().map(|f| &f.source));
        let events = s.events.iter().flat_map(|e| e.sources.iter().chain(e.stated.iter().map(|f| &f.source)));
        let others = s.recommendations.iter().flat_map(|r| &r.sources).chain(s.dialogues.iter().flat_map(|d| &d.sources));
        for source in named.chain(events).chain(others) {
            assert!(keys.contains(&source.as_str()), "{code}: {source}");
        }
        let agreements: Vec<&str> = s.agreements.iter().map(|a| a.code.as_str()).collect();
        let lines: Vec<&str> = s.finance.budget_lines.iter().map(|b| b.code.as_str()).collect();
        for t in &s.finance.transactions {
            assert!(t.agreement.as_deref().is_none_or(|a| agreements.contains(&a)), "{code}: {t:?}");
            assert!(t.budget_line.as_deref().is_none_or(|l| lines.contains(&l)), "{code}: {t:?}");
        }
        assert_eq!(serde_json::from_str::<Snapshot>(&serde_json::to_string(&s).unwrap()).unwrap(), s);
    }
}

#[tokio::test]
async fn a_funder_bears_the_name_of_its_time() {
    let mped = snapshot_of("MPED").await;
    let funder = &mped.agreements.first().unwrap().funder;
    assert_eq!(funder.get(Lang::En), Some("Canadian International Development Agency"));
    let codes: Vec<&str> = mped.participations.iter().map(|p| p.code.as_str()).collect();
    assert_eq!(codes, ["CIDA", "DFATD", "FCM", "ACVN"], "by role, then by when they joined");
    assert_eq!(mped.publisher.short.as_deref(), Some("ACVN"));
}

#[tokio::test]
async fn what_became_of_a_place_is_said_in_every_language() {
    let s = snapshot_of("MPED-LAND-USE").await;
    let became = |code: &str| s.places.iter().find(|p| p.code == code).unwrap().became.clone();
    insta::assert_json_snapshot!("became", (became("tra-vinh"), became("nam-dinh"), became("pleiku"), became("saguenay")));
}

#[tokio::test]
async fn programmes_are_related_from_both_ends() {
    let mped = snapshot_of("MPED").await;
    let relation = |code: &str| mped.related.iter().find(|r| r.code == code).map(|r| r.relation);
    assert_eq!(relation("MPP"), Some(Relationship::Recorded(ketnoi_domain::RelationType::Precedes)));
    assert_eq!(relation("PMI-LED"), Some(Relationship::Follows));
    assert_eq!(relation("MPED-STUDY"), Some(Relationship::Part));
    assert_eq!(relation("LED-DONG-NAI"), Some(Relationship::Recorded(ketnoi_domain::RelationType::Sibling)));
    let study = snapshot_of("MPED-STUDY").await;
    assert_eq!(study.related.iter().find(|r| r.code == "MPED").map(|r| r.relation), Some(Relationship::Parent));
    assert!(!study.programme.unwrap().parent_title.is_empty());
}

#[tokio::test]
async fn a_stated_figure_stands_beside_the_count_of_the_registry() {
    let fund = snapshot_of("CDF-VN").await;
    let cities: Vec<_> = fund.stated_figures.iter().filter(|f| f.registered.is_some()).map(|f| (f.value, f.registered)).collect();
    assert_eq!(cities, [(3.into(), Some(3.into())), (29.into(), Some(12.into()))], "housing projects, member cities");
}

#[tokio::test]
async fn the_result_of_a_dialogue_is_told_once_it_is_public() {
    let s = snapshot_of("MINH-HOA-01").await;
    let dialogue = |code: &str| s.dialogues.iter().find(|d| d.code == code).unwrap();
    let result = dialogue("MH-DT-2023").result.as_ref().unwrap();
    let valid: i64 = dialogue("MH-DT-2023").clusters.iter().filter_map(|c| c.tally.as_ref()).map(|t| t.valid).sum();
    assert_eq!((result.overall.valid, result.overall.spoiled, result.eligible), (valid, 4, Some(70)));
    assert_eq!(result.priorities.len(), 4, "a tie for the third place");
    assert!(dialogue("MH-DT-2024").result.is_none(), "it is not yet published");
    assert!(dialogue("MH-DT-2024").clusters.iter().all(|c| c.tally.is_none()));
}

#[tokio::test]
async fn a_delegation_brings_the_event_of_others_that_it_went_to() {
    let s = snapshot_of("TT-OGP-VN").await;
    let event = s.events.iter().find(|e| e.code == "OGP-SEOUL-2018").unwrap();
    assert!(event.visited && event.participants.is_empty());
    let members = &event.delegations.first().unwrap().members;
    assert!(members.iter().all(|m| m.women.is_none() && m.men.is_none() && m.unstated.is_none() && m.uncounted > 0));
}

#[tokio::test]
async fn a_programme_tells_of_the_events_of_its_parts() {
    let s = snapshot_of("DELGOSEA").await;
    assert!(s.events.iter().any(|e| e.code == "DELGOSEA-HA-NOI-2012" && !e.part.is_empty()));
}

#[tokio::test]
async fn the_number_of_statements_does_not_depend_on_how_much_there_is() {
    on_both_databases_with_demo(async |db: TestDb| {
        let mut counts = Vec::new();
        for code in ["MINH-HOA-01", "MPED", "MPED-STUDY", "DELGOSEA"] {
            let session = db.registry().snapshot_session(Viewer::Stranger).await.unwrap();
            session.snapshot(SubjectKind::Programme, code, &SnapshotOptions::new(NOW, "public")).await.unwrap();
            counts.push(session.statements());
        }
        assert!(counts.iter().all(|n| *n <= 70), "{counts:?}");
    })
    .await;
}

#[tokio::test]
async fn an_unknown_programme_and_a_hidden_one_are_refused_alike() {
    on_both_databases_with_demo(async |db: TestDb| {
        let error =
            db.stranger().snapshot(SubjectKind::Programme, "NOTHING", &SnapshotOptions::new(NOW, "public")).await.unwrap_err();
        assert_eq!(error.to_string(), "there is no programme `NOTHING`");
        let options = SnapshotOptions { publisher: "NOBODY".into(), ..SnapshotOptions::new(NOW, "public") };
        let snapshot = db.stranger().snapshot(SubjectKind::Programme, "MPED", &options).await.unwrap();
        assert!(snapshot.publisher.name.is_empty());
    })
    .await;
}

async fn told_of(kind: SubjectKind, key: &'static str) -> Snapshot {
    on_both_databases_with_demo(async |db: TestDb| {
        let session = db.registry().snapshot_session(Viewer::Stranger).await.unwrap();
        session.snapshot(kind, key, &SnapshotOptions::new(NOW, "public")).await.unwrap()
    })
    .await
}

fn funders(s: &Snapshot) -> Vec<&str> {
    s.participations.iter().filter(|p| p.role == Role::Funding).map(|p| p.code.as_str()).collect()
}

/// Whether the snapshot has exactly the documents that it names.
fn cites_all_that_it_has(s: &Snapshot) {
    let mut again = s.clone();
    again.keep_cited();
    assert_eq!(&again, s, "nothing is left to let go of");
    let keys: Vec<&str> = s.documents.iter().map(|d| d.key.as_str()).collect();
    let events = s.events.iter().flat_map(|e| e.sources.iter().chain(e.sessions.iter().flat_map(|x| &x.sources)));
    let people = s.events.iter().flat_map(|e| e.people.iter().chain(e.sessions.iter().flat_map(|x| &x.people)));
    let named = events.chain(people.map(|p| &p.source)).chain(s.statements.iter().map(|x| &x.source));
    for source in named.chain(s.stated_figures.iter().map(|f| &f.source)) {
        assert!(keys.contains(&source.as_str()), "{source} is not in {keys:?}");
    }
}

#[tokio::test]
async fn a_delegation_is_told_with_its_event_its_sessions_and_who_paid() {
    let s = told_of(SubjectKind::Delegation, "OGP-SEOUL-2018:delegation:VN").await;
    assert_eq!(s.programme.as_ref().map(|p| p.code.as_str()), Some("TT-OGP-VN"));
    assert_eq!(funders(&s), ["BE-MFA", "DK-EMBASSY-VN"]);
    let event = s.events.first().unwrap();
    assert!(event.visited && event.participants.is_empty() && s.events.len() == 1);
    assert_eq!(event.delegations.first().unwrap().attended, [1, 2, 3, 4, 5, 6, 7, 8]);
    let raw: Vec<Option<&str>> = event.sessions.iter().map(|x| x.raw.as_deref()).collect();
    assert_eq!(raw[2], Some("Thúc đẩy Chính phủ Mông ở Châu Á thông qua trao quyền hợp pháp"));
    assert_eq!(raw[0], None, "the opening is written as it is read");
    let meeting = &event.sessions[6];
    assert_eq!(meeting.counterparts.len(), 2);
    assert!(meeting.people.iter().any(|p| p.name.get(Lang::Vi) == Some("Song Sang Rak") && !p.said.is_empty()));
    assert_eq!(event.outcomes.len(), 2);
    assert!(s.statements.iter().any(|x| x.raw.as_deref().is_some_and(|raw| raw.contains("Chính phủ một"))));
    assert_eq!(s.places.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), ["seoul"]);
    cites_all_that_it_has(&s);
}

#[tokio::test]
async fn an_event_without_a_programme_is_told_whole() {
    let s = told_of(SubjectKind::Event, "OGP-SEOUL-2018").await;
    assert!(s.programme.is_none() && s.participations.is_empty());
    let event = s.events.first().unwrap();
    assert!(!event.visited, "it is told for its own sake");
    assert_eq!((event.sessions.len(), event.delegations.len(), event.outcomes.len(), event.stated.len()), (8, 1, 2, 4));
    assert_eq!(event.organisers.len(), 2);
    assert!(s.documents.iter().any(|d| d.key == "ogp-seoul-news-2018"));
    assert!(s.statements.iter().any(|x| x.property.as_deref() == Some("title") && x.raw.is_some()));
    cites_all_that_it_has(&s);
}

#[tokio::test]
async fn an_event_of_a_part_is_told_with_the_programme_that_is_paid_for() {
    let s = told_of(SubjectKind::Event, "DELGOSEA-HA-NOI-2012").await;
    assert_eq!(s.programme.as_ref().map(|p| p.code.as_str()), Some("DELGOSEA"));
    assert_eq!(funders(&s), ["BMZ", "EU"]);
    let event = s.events.first().unwrap();
    assert!(s.events.len() == 1 && !event.part.is_empty() && !event.visited);
    let said: Vec<bool> = event.people.iter().map(|p| !p.said.is_empty()).collect();
    assert!(said.contains(&true), "{said:?}");
    assert!(event.people.iter().any(|p| p.contacts.len() == 2));
    assert!(event.people.iter().any(|p| p.name.get(Lang::En) == Some("Prof. Dr. Nguyễn Lân")));
    assert!(s.stated_figures.iter().any(|f| f.value == 32.into()), "what is stated of the programme");
    assert!(s.documents.iter().all(|d| d.key != "delgosea-eco-savers-vinh"), "it tells of a replication only");
    assert!(s.replications.is_empty() && s.risks.is_empty() && s.results.is_empty());
    cites_all_that_it_has(&s);
}

#[tokio::test]
async fn a_dialogue_is_told_with_what_was_voted_on_and_what_was_done_about_it() {
    let s = told_of(SubjectKind::Dialogue, "MH-DT-2023").await;
    let whole = snapshot_of("MINH-HOA-01").await;
    assert!(s.subject.illustrative);
    assert_eq!(s.dialogues.len(), 1);
    assert_eq!(s.dialogues.first(), whole.dialogues.iter().find(|d| d.code == "MH-DT-2023"));
    let on_the_ballot: Vec<&str> = s.dialogues[0].options.iter().map(|o| o.recommendation.as_str()).collect();
    let told: Vec<&str> = s.recommendations.iter().map(|r| r.code.as_str()).collect();
    assert_eq!(told, on_the_ballot);
    assert!(s.recommendations.iter().all(|r| !r.text.is_empty()));
    assert_eq!(s.recommendations, whole.recommendations, "letters and replies are as the programme tells them");
    assert_eq!(s.places.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), ["vinh", "da-nang", "tra-vinh"]);
    assert_eq!(s.events.len(), 3, "the conferences at which clusters voted");
    assert!(s.agreements.is_empty() && s.finance.transactions.is_empty());
    cites_all_that_it_has(&s);
    let unpublished = told_of(SubjectKind::Dialogue, "MH-DT-2024").await;
    assert!(unpublished.dialogues[0].result.is_none(), "its result is not public");
}

#[tokio::test]
async fn a_dialogue_of_a_part_is_acknowledged_as_the_whole_is() {
    let s = told_of(SubjectKind::Dialogue, "PMI-LED-2017").await;
    assert_eq!(s.programme.as_ref().map(|p| p.code.as_str()), Some("PMI-LED"));
    assert_eq!(funders(&s), ["GAC"]);
    assert!(!s.dialogues[0].part.is_empty() && s.dialogues[0].rule.is_none());
    cites_all_that_it_has(&s);
}

#[tokio::test]
async fn an_event_by_itself_says_what_its_programme_says_of_it() {
    let whole = snapshot_of("MINH-HOA-01").await;
    let s = told_of(SubjectKind::Event, "MH-HOI-THAO-1").await;
    assert_eq!(s.events.first(), whole.events.iter().find(|e| e.code == "MH-HOI-THAO-1"));
    let named = s.events[0].delegations.iter().filter_map(|d| d.agreement.as_deref());
    assert!(s.agreements.iter().map(|a| a.code.as_str()).eq(named), "only the agreement that paid is told");
    cites_all_that_it_has(&s);
}

#[tokio::test]
async fn an_unknown_event_and_a_hidden_one_are_refused_alike() {
    on_both_databases_with_demo(async |db: TestDb| {
        for (kind, said) in [
            (SubjectKind::Event, "there is no event `NOTHING`"),
            (SubjectKind::Dialogue, "there is no dialogue `NOTHING`"),
            (SubjectKind::Delegation, "there is no delegation `NOTHING`"),
        ] {
            let error = db.stranger().snapshot(kind, "NOTHING", &SnapshotOptions::new(NOW, "public")).await.unwrap_err();
            assert_eq!(error.to_string(), said);
        }
    })
    .await;
}
