//! What cities propose and officers decide.

use ketnoi_domain::{
    AccountRole, GrantStatus, Lang, LocalAuthority, Replication, ReplicationStage, SmallGrant, StageReached, Text, Viewer,
    query::Filter,
    workflow::{ProposalKind, ProposalState, ProposedGrant},
};
use ketnoi_registry::{
    Author, Reading, Reference,
    UserErrorCode::{Conflict, Invalid, NotFound, State},
    trail::EntryFilter,
    workflow::{Decision, NewGrant, ProposalFilter, ProposalPage, ToPropose},
};
use ketnoi_test_support::{TestDb, head, on_both_databases};
use uuid::Uuid;

use crate::support::*;

#[tokio::test]
async fn an_approval_applies_exactly_one_amount_and_the_trail_tells_of_both() {
    on_both_databases(async |db: TestDb| {
        world(&db).await;
        let ids = propose(&db, &hue(), &[(BY_CITY, 5), (WHOLE, 7)]).await.unwrap();
        assert_eq!((actual(&db, BY_CITY).await, actual(&db, WHOLE).await), (None, None), "nothing stands before it is approved");
        assert!(is_forbidden(&decide(&db, &hue(), &[(ids[0], true)]).await));
        assert_eq!(decide(&db, &officer(), &[(ids[0], true)]).await.unwrap(), [ids[0]]);
        let part = Some(("5".to_owned(), vec![("hue".to_owned(), "5".to_owned())]));
        assert_eq!((actual(&db, BY_CITY).await, actual(&db, WHOLE).await), (part, None));
        assert_eq!(refused(decide(&db, &officer(), &[(ids[0], true)]).await), at(State, "decisions.0.id"));
        let states: Vec<ProposalState> = proposals(&db, &officer()).await.iter().map(|p| p.state).collect();
        assert_eq!(states.iter().filter(|s| **s == ProposalState::Approved).count(), 1);
        let filter = EntryFilter { action: Some("decide proposals".into()), ..EntryFilter::default() };
        let entries = db.administrator().audit_entries(&filter, None, 10).await.unwrap().entries;
        let proposer = format!("account {}", Uuid::from_u128(1));
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].account, Some(Uuid::from_u128(4)));
        assert!(entries[0].detail.contains(&proposer) && entries[0].detail.contains("approved"), "{}", entries[0].detail);
    })
    .await;
}

#[tokio::test]
async fn a_focal_point_of_another_city_is_refused_and_sees_nothing() {
    on_both_databases(async |db: TestDb| {
        world(&db).await;
        let ids = propose(&db, &hue(), &[(WHOLE, 7)]).await.unwrap();
        assert_eq!(refused(propose(&db, &elsewhere(), &[(WHOLE, 9)]).await), at(Invalid, "programme"));
        assert_eq!(refused(propose_for(&db, &elsewhere(), &[(WHOLE, 9)], Some("hue")).await), at(Invalid, "authority"));
        assert_eq!(proposals(&db, &elsewhere()).await, []);
        let there = db.registry().session(elsewhere().viewer).proposals_by_ids(&ids).await.unwrap();
        assert_eq!(there, []);
        assert_eq!(refused(db.registry().withdraw_proposal(&elsewhere(), ids[0]).await), at(NotFound, "id"));
        let stranger = Author::of(Viewer::Stranger, Lang::En);
        assert!(is_forbidden(&propose(&db, &stranger, &[(WHOLE, 9)]).await));
        assert_eq!(proposals(&db, &stranger).await, []);
        let funder = known(9, AccountRole::Funder, &["hue"]);
        assert!(is_forbidden(&propose(&db, &funder, &[(WHOLE, 9)]).await));
        assert_eq!(proposals(&db, &funder).await, [], "speaking for a city is more than being named with it");
        assert_eq!(proposals(&db, &hue()).await.len(), 1);
        db.registry().withdraw_proposal(&hue(), ids[0]).await.unwrap();
        assert_eq!(refused(decide(&db, &officer(), &[(ids[0], true)]).await), at(State, "decisions.0.id"));
    })
    .await;
}

#[tokio::test]
async fn the_successor_of_a_merged_city_proposes_for_it() {
    on_both_databases(async |db: TestDb| {
        world(&db).await;
        let ids = propose(&db, &merged(), &[(BY_CITY, 3)]).await.unwrap();
        let own = proposals(&db, &merged()).await;
        assert_eq!(own.iter().map(|p| p.authority).collect::<Vec<_>>(), [id_of::<LocalAuthority>("da-nang-cu")]);
        assert_eq!(proposals(&db, &hue()).await, []);
        decide(&db, &officer(), &[(ids[0], true)]).await.unwrap();
        assert_eq!(actual(&db, BY_CITY).await.unwrap().1, [("da-nang-cu".to_owned(), "3".to_owned())]);
        let seen = proposals(&db, &merged()).await;
        assert_eq!(
            (seen[0].state, &seen[0].decided_by),
            (ProposalState::Approved, &None),
            "who decided is the association's own"
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_approves_their_own_proposal_unless_they_administer() {
    on_both_databases(async |db: TestDb| {
        world(&db).await;
        assert_eq!(refused(propose(&db, &officer(), &[(WHOLE, 7)]).await), at(Invalid, "authority"), "there are three cities");
        let own = propose_for(&db, &officer(), &[(WHOLE, 7)], Some("hue")).await.unwrap();
        assert_eq!(refused(decide(&db, &officer(), &[(own[0], true)]).await), at(State, "decisions.0.id"));
        decide(&db, &known(8, AccountRole::Officer, &[]), &[(own[0], true)]).await.unwrap();
        let own = propose_for(&db, &administrator(), &[(WHOLE, 8)], Some("vinh")).await.unwrap();
        decide(&db, &administrator(), &[(own[0], true)]).await.unwrap();
        assert_eq!(actual(&db, WHOLE).await.unwrap().0, "8");
        let own = propose(&db, &hue(), &[(WHOLE, 9)]).await.unwrap();
        let nothing_said = [Decision { id: own[0], approve: false, reason: " ".into() }];
        assert_eq!(refused(db.registry().decide_proposals(&officer(), &nothing_said).await), at(Invalid, "decisions.0.reason"));
        decide(&db, &officer(), &[(own[0], false)]).await.unwrap();
        assert_eq!(actual(&db, WHOLE).await.unwrap().0, "8");
        let page: ProposalPage = db.registry().session(hue().viewer).proposals(ProposalFilter::default(), 1, None).await.unwrap();
        assert!(page.more);
        assert_eq!(page.proposals[0].reason, "sai đơn vị");
    })
    .await;
}

#[tokio::test]
async fn what_moved_on_is_a_conflict_that_shows_both_values_and_stops_all_of_it() {
    on_both_databases(async |db: TestDb| {
        world(&db).await;
        let ids = propose(&db, &hue(), &[(WHOLE, 7), (BY_CITY, 5)]).await.unwrap();
        report(&db, WHOLE, 9).await.unwrap();
        let wrong = errors(decide(&db, &officer(), &[(ids[1], true), (ids[0], true)]).await);
        assert_eq!((wrong.len(), wrong[0].code, wrong[0].path.as_str()), (1, Conflict, "decisions.1.id"));
        assert!(wrong[0].message.contains('9') && wrong[0].message.contains('7'), "{}", wrong[0].message);
        assert_eq!(wrong[0].current_version, Some(2));
        assert_eq!(actual(&db, BY_CITY).await, None, "all is decided or none");
        assert!(proposals(&db, &officer()).await.iter().all(|p| p.state == ProposalState::Proposed));
        // The parts of two cities do not stand in each other's way, nor does the second approval undo the first.
        let other = propose_for(&db, &officer(), &[(BY_CITY, 4)], Some("vinh")).await.unwrap();
        decide(&db, &administrator(), &[(ids[1], true), (other[0], true)]).await.unwrap();
        assert_eq!(actual(&db, BY_CITY).await.unwrap().0, "9");
        // A part that was itself changed does.
        let again = propose(&db, &hue(), &[(BY_CITY, 6)]).await.unwrap();
        let first = propose(&db, &hue(), &[(BY_CITY, 8)]).await.unwrap();
        decide(&db, &officer(), &[(first[0], true)]).await.unwrap();
        assert_eq!(refused(decide(&db, &officer(), &[(again[0], true)]).await), at(Conflict, "decisions.0.id"));
        assert_eq!(actual(&db, BY_CITY).await.unwrap().0, "12");
    })
    .await;
}

#[tokio::test]
async fn progress_and_grants_are_proposed_and_written_once_approved() {
    on_both_databases(async |db: TestDb| {
        world(&db).await;
        let registry = db.registry();
        let reached = |stage: ReplicationStage| move |_: &mut Reading| StageReached { stage, on: None, note: Text::default() };
        let which = Reference::code("R-HUE");
        let back = registry.propose_replication_progress(&hue(), (&which, None), "", reached(ReplicationStage::Proposed)).await;
        assert_eq!(refused(back), at(Invalid, "stage"), "stages come in their order");
        let foreign =
            registry.propose_replication_progress(&elsewhere(), (&which, None), "", reached(ReplicationStage::Underway)).await;
        assert_eq!(refused(foreign), at(Invalid, "replication"));
        let underway = reached(ReplicationStage::Underway);
        let stage = registry.propose_replication_progress(&hue(), (&which, Some(1)), "", underway).await.unwrap();

        let there = NewGrant::There { which: Reference::id(head::<SmallGrant>("CDF:grant:1").id), expected: Some(1) };
        let done = |_: &mut Reading| ProposedGrant { status: Some(GrantStatus::Completed), ..ProposedGrant::default() };
        let foreign = registry.propose_grant(&elsewhere(), &there, &ToPropose::default(), done).await;
        assert_eq!(refused(foreign), at(Invalid, "grant"));
        let changed = registry.propose_grant(&hue(), &there, &ToPropose::default(), done).await.unwrap();

        let new =
            NewGrant::New { kind: ProposalKind::SmallGrant, fund: Reference::code("CDF"), community: None, programme: None };
        let paid =
            |_: &mut Reading| ProposedGrant {
                title: text("Giếng nước"), value: money("50.00 USD"), ..ProposedGrant::default()
            };
        let made = registry.propose_grant(&hue(), &new, &ToPropose::default(), paid).await.unwrap();
        assert_eq!(db.administrator().count::<SmallGrant>(&Filter::all()).await.unwrap(), 1);

        decide(&db, &officer(), &[(stage, true), (changed, true), (made, true)]).await.unwrap();
        let replication = db.administrator().require::<Replication>("R-HUE").await.unwrap();
        assert_eq!(replication.stage(), Some(ReplicationStage::Underway));
        let old = db.administrator().require::<SmallGrant>("CDF:grant:1").await.unwrap();
        assert_eq!((old.status, old.value), (Some(GrantStatus::Completed), money("100.00 USD")), "what is not proposed stays");
        let row = proposals(&db, &hue()).await.into_iter().find(|p| p.id == made).unwrap();
        let grants: Vec<SmallGrant> = db.administrator().by_ids(&[row.target.unwrap()]).await.unwrap();
        assert_eq!((grants[0].authority, grants[0].value), (head::<LocalAuthority>("hue").id, money("50.00 USD")));
    })
    .await;
}
