//! Every root field, and whom it serves. A field that is not here fails the test.
//!
//! **To add a field:** a line in the list that it belongs to, or a row of its own that says how it is asked, who may, and what it
//! tells of the records of `world`.

use ketnoi_domain::Action::{self, Administer, Approve, Propose, Publish, ReadAudit, RunReports, SeePeople, Write};

use super::world::Of::{self, Agreement, Event, Job, Lock, Partnership, Programme, Proposal, Publication, Replication};

/// Whom a field serves; all others are told `FORBIDDEN`.
#[derive(Clone, Copy, Debug)]
pub(super) enum Gate {
    /// Everyone.
    Anyone,
    /// Those who may.
    May(Action),
    /// Those who may both.
    MayBoth(Action, Action),
    /// Those who see every record.
    Keeper,
    /// Those who may, and see every record.
    KeeperWho(Action),
    /// Those who may follow changes, and strangers, who follow what is public.
    Follower,
}

/// What an answer tells.
#[derive(Clone, Copy, Debug)]
pub(super) enum Tells {
    /// The same to everyone who is served.
    Same,
    /// These of the records of `world`, as far as the asker sees them.
    Codes(&'static [Of]),
    /// How many of them the asker sees: the sum of the numbers under this name.
    Count(&'static [Of], &'static str),
    /// Whether counts of few people are withheld.
    Withheld,
    /// What the asker may do.
    Rights,
}

/// A question to a root field. In its document `{programme}` and the like stand for what `world` knows; `*` before it says that
/// it is asked for each of the records that it tells, whose `{code}` and `{id}` stand in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Query {
    pub(super) field: &'static str,
    pub(super) gate: Gate,
    pub(super) tells: Tells,
    pub(super) document: &'static str,
}

const fn ask(field: &'static str, gate: Gate, tells: Tells, document: &'static str) -> Query {
    Query { field, gate, tells, document }
}

use Gate::{Anyone, Follower, Keeper, KeeperWho, May, MayBoth};
use Tells::{Codes, Count, Rights, Same, Withheld};

const RECORDS: &[Of] = &[Programme, Event, Replication, Partnership];

/// Lists and single things of all kinds. What each viewer finds by them, and by every list below them, is tested in
/// `partner_portals/rights.rs` over records of every kind; here they are asked whether they answer at all, and those of the
/// kinds of `world` what they tell.
pub(super) const RECORD_FIELDS: &str = "
    organisations organisation localAuthorities localAuthority clusters cluster memberships membership programmes programme
    participations participation agreements agreement budgetLines budgetLine transactions transaction exchangeRates exchangeRate
    inKindContributions inKindContribution results result indicators indicator indicatorPeriods indicatorPeriod funds fund
    communities community savingsGroups savingsGroup smallGrants smallGrant housingProjects housingProject documents document
    statements statement statedFigures statedFigure risks risk narratives narrative eventSeriesList eventSeries events event
    eventSessions eventSession delegations delegation participantCounts participantCount eventOutcomes eventOutcome
    goodPractices goodPractice replications replication recommendations recommendation roadMaps roadMap roadMapSteps roadMapStep
    advocacyActions advocacyAction dialogues dialogue dialogueOptions dialogueOption dialogueClusters dialogueCluster
    ballots ballot partnerships partnership partnershipParties partnershipParty cooperationAgreements cooperationAgreement
    newsItems newsItem people person publicRoles publicRole";

/// All other questions.
pub(super) const QUERIES: &[Query] = &[
    ask("programmes", Anyone, Codes(&[Programme]), "{ programmes(first: 100) { nodes { code } } }"),
    ask("programmes", Anyone, Count(&[Programme], "totalCount"), "{ programmes { totalCount } }"),
    ask("programme", Anyone, Codes(&[Programme]), "*programme(code: \"{code}\") { code }"),
    ask("events", Anyone, Codes(&[Event]), "{ events(first: 100) { nodes { code } } }"),
    ask("events", Anyone, Count(&[Event], "totalCount"), "{ events { totalCount } }"),
    ask("event", Anyone, Codes(&[Event]), "*event(code: \"{code}\") { code }"),
    ask("replications", Anyone, Codes(&[Replication]), "{ replications(first: 100) { nodes { code } } }"),
    ask("replications", Anyone, Count(&[Replication], "totalCount"), "{ replications { totalCount } }"),
    ask("replication", Anyone, Codes(&[Replication]), "*replication(code: \"{code}\") { code }"),
    ask("partnerships", Anyone, Codes(&[Partnership]), "{ partnerships(first: 100) { nodes { code } } }"),
    ask("partnerships", Anyone, Count(&[Partnership], "totalCount"), "{ partnerships { totalCount } }"),
    ask("partnership", Anyone, Codes(&[Partnership]), "*partnership(code: \"{code}\") { code }"),
    ask("agreements", Anyone, Codes(&[Agreement]), "{ agreements(first: 100) { nodes { code } } }"),
    ask("agreement", Anyone, Codes(&[Agreement]), "*agreement(code: \"{code}\") { code }"),
    // Lists below a record that everyone sees.
    ask(
        "localAuthority",
        Anyone,
        Codes(&[Replication]),
        "{ a: localAuthority(code: \"hue\") { replications(first: 100) { nodes { code } } }
           b: localAuthority(code: \"dalat\") { replications(first: 100) { nodes { code } } } }",
    ),
    ask(
        "localAuthority",
        Anyone,
        Count(&[Replication], "totalCount"),
        "{ a: localAuthority(code: \"hue\") { replications { totalCount } }
           b: localAuthority(code: \"dalat\") { replications { totalCount } } }",
    ),
    ask("node", Anyone, Codes(RECORDS), "*node(id: \"{id}\") { id }"),
    ask("nodes", Anyone, Codes(RECORDS), "{ nodes(ids: [{ids}]) { id } }"),
    ask("portfolio", Anyone, Count(&[Programme], "programmeCount"), "{ portfolio(by: TOTAL) { groups { programmeCount } } }"),
    ask(
        "replicationSummary",
        Anyone,
        Count(&[Replication], "replicationCount"),
        "{ replicationSummary(by: COUNTRY) { replicationCount } }",
    ),
    ask(
        "partnershipSummary",
        Anyone,
        Count(&[Partnership], "partnershipCount"),
        "{ partnershipSummary(by: COUNTRY_PAIR) { partnershipCount } }",
    ),
    ask("attendance", Anyone, Codes(&[Event]), "{ attendance(by: EVENT) { key } }"),
    ask("attendance", Anyone, Withheld, "{ attendance(by: EVENT, filter: { code: { eq: \"event-open\" } }) { withheld } }"),
    ask("calendar", Anyone, Codes(&[Event]), "{ calendar(year: 2011) { events { code } } }"),
    ask("map", Anyone, Codes(&[Event]), "{ map(kinds: [EVENT]) { code } }"),
    ask("bilateral", Anyone, Codes(&[Partnership]), "{ bilateral(countries: [\"VN\", \"FR\"]) { partnerships { code } } }"),
    ask("search", Anyone, Codes(RECORDS), "{ search(query: \"mốc\", first: 100) { nodes { node { id } } } }"),
    ask("search", Anyone, Count(RECORDS, "totalCount"), "{ search(query: \"mốc\") { totalCount } }"),
    ask("suggest", Anyone, Codes(RECORDS), "{ suggest(query: \"mốc\", first: 100) { node { id } } }"),
    // What has come into view since the records were made, and still is.
    ask("changes", Follower, Codes(RECORDS), "{ changes(first: 100) { pageInfo { hasNextPage } nodes { record { id } } } }"),
    ask("publications", Anyone, Codes(&[Publication]), "*publications(id: \"{id}\") { number }"),
    ask("publication", Keeper, Same, "{ publication(id: \"{programme}\", number: 1) { contents } }"),
    ask("publicationDifference", Keeper, Same, "{ publicationDifference(id: \"{programme}\", from: 1, to: 1) { change } }"),
    ask("recordWorkflow", Keeper, Same, "{ recordWorkflow(id: \"{programme}\") { state } }"),
    ask("recordsInReview", Keeper, Same, "{ recordsInReview { moreAfter } }"),
    ask("proposals", Anyone, Codes(&[Proposal]), "{ proposals(first: 100) { nodes { id } } }"),
    ask("periodLocks", Anyone, Codes(&[Lock]), "*periodLocks(programme: \"{id}\") { id }"),
    ask("reportsDue", Anyone, Codes(&[Agreement]), "{ reportsDue(first: 100) { reports { agreement { code } } } }"),
    ask("reportsDue", Anyone, Count(&[Agreement], "totalCount"), "{ reportsDue { totalCount } }"),
    ask("participants", May(SeePeople), Same, "{ participants(event: \"event-open\") { nodes { name } } }"),
    ask("duePeople", May(SeePeople), Same, "{ duePeople { name } }"),
    ask("viewer", Anyone, Rights, "{ viewer { may } }"),
    ask("accounts", May(Administer), Same, "{ accounts { name } }"),
    ask("apiKeys", May(Administer), Same, "{ apiKeys(account: \"funder\") { prefix } }"),
    ask("auditEntries", KeeperWho(ReadAudit), Same, "{ auditEntries(first: 1) { nodes { action } } }"),
    ask("archivedRecords", KeeperWho(Write), Same, "{ archivedRecords(kind: PROGRAMME) { nodes { code } } }"),
    ask("recordHistory", KeeperWho(ReadAudit), Same, "{ recordHistory(id: \"{programme}\") { revision } }"),
    ask("recordDifference", KeeperWho(ReadAudit), Same, "{ recordDifference(id: \"{programme}\", from: 0, to: 1) { isThere } }"),
    ask("reportDefinitions", Anyone, Same, "{ reportDefinitions { name } }"),
    ask("reportJob", Anyone, Codes(&[Job]), "*reportJob(id: \"{id}\") { id }"),
    ask("reportJobs", Anyone, Codes(&[Job]), "{ reportJobs { id } }"),
];

/// Makes and changes of single records: one use case, of which each is a line.
pub(super) const WRITES: &str = "
    createOrganisation updateOrganisation createLocalAuthority updateLocalAuthority createCluster updateCluster
    createProgramme updateProgramme createParticipation updateParticipation createAgreement updateAgreement
    createBudgetLine updateBudgetLine createTransaction updateTransaction createExchangeRate updateExchangeRate
    createInKindContribution updateInKindContribution createResult updateResult createIndicator updateIndicator
    createIndicatorPeriod updateIndicatorPeriod createFund updateFund createCommunity updateCommunity
    createSavingsGroup updateSavingsGroup createSmallGrant updateSmallGrant createHousingProject updateHousingProject
    createMembership updateMembership createDocument updateDocument createStatement updateStatement
    createStatedFigure updateStatedFigure createRisk updateRisk createNarrative updateNarrative
    createEventSeries updateEventSeries createEvent updateEvent createEventSession updateEventSession
    createDelegation updateDelegation createParticipantCount updateParticipantCount createEventOutcome updateEventOutcome
    createGoodPractice updateGoodPractice createReplication updateReplication createRecommendation updateRecommendation
    createRoadMap updateRoadMap createRoadMapStep updateRoadMapStep createAdvocacyAction updateAdvocacyAction
    createDialogue updateDialogue createDialogueOption updateDialogueOption createDialogueCluster updateDialogueCluster
    createPartnership updatePartnership createPartnershipParty updatePartnershipParty
    createCooperationAgreement updateCooperationAgreement createNewsItem updateNewsItem createPerson updatePerson
    createPublicRole updatePublicRole";

/// A change. It is asked with the least that its input holds, which points at nothing that there is: who may is told in the
/// payload what is wrong, and nothing becomes of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mutation {
    pub(super) field: &'static str,
    pub(super) gate: Gate,
    /// What is to stand in the input besides the least, as JSON.
    pub(super) with: &'static str,
}

const fn change(field: &'static str, gate: Gate) -> Mutation {
    Mutation { field, gate, with: "{}" }
}

const fn change_with(field: &'static str, gate: Gate, with: &'static str) -> Mutation {
    Mutation { field, gate, with }
}

/// An id that nothing has.
const NOBODY: &str = r#"{ "id": "00000000-0000-7000-8000-000000000000" }"#;

/// All other changes.
pub(super) const MUTATIONS: &[Mutation] = &[
    change("archiveRecord", May(Write)),
    change("restoreRecord", May(Write)),
    change("reportActuals", May(Write)),
    change("recordParticipantCounts", May(Write)),
    change("submitForReview", May(Write)),
    change("sendBack", May(Publish)),
    change("publishRecord", May(Publish)),
    change("withdrawRecord", May(Publish)),
    change("proposeActuals", May(Propose)),
    change("proposeReplicationProgress", May(Propose)),
    change_with("proposeGrant", May(Propose), r#"{ "kind": "SMALL_GRANT", "fund": "nothing" }"#),
    change_with("withdrawProposal", May(Propose), NOBODY),
    change_with(
        "decideProposals",
        May(Approve),
        r#"{ "decisions": [{ "id": "00000000-0000-7000-8000-000000000000", "approve": true }] }"#,
    ),
    change("lockPeriod", May(Approve)),
    change_with("unlockPeriod", May(Administer), NOBODY),
    change("openDialogue", May(Publish)),
    change("closeDialogue", May(Publish)),
    change("publishDialogue", May(Publish)),
    change("registerDelegates", May(Write)),
    change("issueVotingCodes", May(Write)),
    change("voidVotingCodes", May(Write)),
    change("castBallot", Anyone),
    change("enterPaperBallots", May(Write)),
    change("comparePaperBallots", May(Write)),
    change("acceptPaperBallots", May(Write)),
    change("linkWinners", May(Write)),
    change("requestReport", May(RunReports)),
    change_with("cancelReport", May(RunReports), NOBODY),
    change_with("retryReport", May(RunReports), NOBODY),
    change_with("createAccount", May(Administer), r#"{ "name": "?" }"#),
    change("updateAccount", May(Administer)),
    change("issueResetLink", May(Administer)),
    change("issueApiKey", May(Administer)),
    change("revokeApiKey", May(Administer)),
    change("linkSubject", May(Administer)),
    change("addParticipants", MayBoth(SeePeople, Write)),
    change_with("updateParticipant", MayBoth(SeePeople, Write), NOBODY),
    change_with("removeParticipant", MayBoth(SeePeople, Write), NOBODY),
    change("recordConsent", MayBoth(SeePeople, Write)),
    change("withdrawConsent", MayBoth(SeePeople, Write)),
    change("setPersonalRecord", MayBoth(SeePeople, Write)),
    change("exportPerson", May(Administer)),
    change("erasePerson", May(Administer)),
    change("registerOperation", May(Administer)),
    change("removeOperation", May(Administer)),
];

/// What can be followed. How each is asked stands in `subscriptions`.
pub(super) const SUBSCRIPTIONS: &[&str] = &["recordChanged", "ballotTurnout", "reportProgress"];
