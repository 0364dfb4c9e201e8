//! What a programme and all its parts do together with others: events, replications, recommendations, dialogues; or just one
//! event, delegation or dialogue with what belongs to it. Each kind is read at once and put into the order in which it is
//! printed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ketnoi_domain::{
    AdvocacyAction, Cluster, Delegation, Dialogue, DialogueCluster, DialogueOption, Document, Event, EventOutcome, EventSession,
    GoodPractice, Id, LocalAuthority, Organisation, PartialDate, ParticipantCount, Person, Programme, PublicRole, Recommendation,
    Replication, RoadMap, RoadMapStep, Text,
};
use uuid::Uuid;

use super::{
    order::pieces,
    records::{ById, uuids},
};
use crate::{Counted, Error, Session};

/// A programme and its parts, with the titles of the parts.
pub(super) type Tree = BTreeMap<Id<Programme>, Text>;

/// The records, as far as the viewer may see them.
pub(super) struct Cooperation {
    tree: Tree,
    /// The events that are told of for their own sake, whoever held them.
    given: BTreeSet<Id<Event>>,
    /// The events of the tree, and those of others to which it sent delegations.
    pub(super) events: Vec<Event>,
    pub(super) sessions: Vec<EventSession>,
    /// In which roles published sources name people at the events.
    pub(super) roles: Vec<PublicRole>,
    pub(super) persons: ById<Person>,
    pub(super) delegations: Vec<Delegation>,
    pub(super) counts: Vec<ParticipantCount>,
    pub(super) outcomes: Vec<EventOutcome>,
    pub(super) replications: Vec<Replication>,
    pub(super) practices: ById<GoodPractice>,
    pub(super) recommendations: Vec<Recommendation>,
    pub(super) actions: Vec<AdvocacyAction>,
    pub(super) road_maps: Vec<RoadMap>,
    pub(super) steps: Vec<RoadMapStep>,
    pub(super) dialogues: Vec<Dialogue>,
    pub(super) options: Vec<DialogueOption>,
    pub(super) voting: Vec<DialogueCluster>,
    /// The results that the viewer may know.
    pub(super) counted: HashMap<Id<Dialogue>, Counted>,
    /// The recommendations that are voted on or that steps bring forward.
    pub(super) named: ById<Recommendation>,
    /// The events at which clusters voted.
    pub(super) venues: ById<Event>,
    pub(super) clusters: ById<Cluster>,
    pub(super) cities: ById<LocalAuthority>,
}

/// What all the rest belongs to.
#[derive(Default)]
pub(super) struct Roots {
    /// The programmes that events and replications are told with, and what each is called there.
    pub(super) tree: Tree,
    pub(super) events: Vec<Event>,
    pub(super) delegations: Vec<Delegation>,
    pub(super) replications: Vec<Replication>,
    pub(super) recommendations: Vec<Recommendation>,
    pub(super) road_maps: Vec<RoadMap>,
    pub(super) dialogues: Vec<Dialogue>,
}

impl Cooperation {
    /// What there is of a programme and its parts.
    pub(super) async fn read(session: &Session, programme: &Programme, parts: &[Programme]) -> Result<Self, Error> {
        let tree = tree(session, programme, parts).await?;
        let ids: Vec<Uuid> = tree.keys().map(|id| id.uuid()).collect();
        let of_tree = ("programme_id", ids.as_slice());
        let mut events: Vec<Event> = session.all_children(of_tree).await?;
        let mut delegations: Vec<Delegation> = session.all_children(("event_id", &uuids(&events))).await?;
        let sent: Vec<Delegation> = session.all_children(of_tree).await?;
        let own: BTreeSet<Id<Event>> = events.iter().map(|e| e.head.id).collect();
        // A delegation may have gone to an event that others held.
        let elsewhere: Vec<Delegation> = sent.into_iter().filter(|d| !own.contains(&d.event)).collect();
        events.extend(session.found(elsewhere.iter().map(|d| d.event)).await?.into_values());
        delegations.extend(elsewhere);
        let roots = Roots {
            tree,
            events,
            delegations,
            replications: session.all_children(of_tree).await?,
            recommendations: session.all_children(of_tree).await?,
            road_maps: session.all_children(of_tree).await?,
            dialogues: session.all_children(of_tree).await?,
        };
        Self::around(session, roots).await
    }

    /// One event with all who went there together.
    pub(super) async fn of_event(session: &Session, tree: Tree, event: Event) -> Result<Self, Error> {
        let given = BTreeSet::from([event.head.id]);
        let delegations = session.all_children(("event_id", &[event.head.id.uuid()])).await?;
        Self::of(session, Roots { tree, events: vec![event], delegations, ..Roots::default() }, given).await
    }

    /// One delegation with the event that it went to. What other delegations brought home is theirs.
    pub(super) async fn of_delegation(
        session: &Session,
        tree: Tree,
        event: Option<Event>,
        delegation: Delegation,
    ) -> Result<Self, Error> {
        let me = delegation.head.id;
        let (events, delegations) = (event.into_iter().collect(), vec![delegation]);
        let mut all = Self::around(session, Roots { tree, events, delegations, ..Roots::default() }).await?;
        all.outcomes.retain(|o| o.delegation.is_none_or(|d| d == me));
        Ok(all)
    }

    /// One dialogue with the events at which clusters voted, the recommendations that were put to the vote, whichever
    /// programme made them, and what was done for the dialogue's sake or for nobody's in particular.
    pub(super) async fn of_dialogue(session: &Session, tree: Tree, dialogue: Dialogue) -> Result<Self, Error> {
        let me = dialogue.head.id;
        let ids = [me.uuid()];
        let voting: Vec<DialogueCluster> = session.all_children(("dialogue_id", &ids)).await?;
        let options: Vec<DialogueOption> = session.all_children(("dialogue_id", &ids)).await?;
        let carrying: Vec<AdvocacyAction> = session.all_children(("dialogue_id", &ids)).await?;
        let venues: ById<Event> = session.found(voting.iter().filter_map(|c| c.event)).await?;
        let concerned = options.iter().map(|o| o.recommendation).chain(carrying.iter().map(|a| a.recommendation));
        let concerned: Vec<Id<Recommendation>> = concerned.collect();
        let recommendations: ById<Recommendation> = session.found(concerned.into_iter()).await?;
        let given: BTreeSet<Id<Event>> = venues.keys().copied().collect();
        let roots = Roots {
            tree,
            events: venues.into_values().collect(),
            recommendations: recommendations.into_values().collect(),
            dialogues: vec![dialogue],
            ..Roots::default()
        };
        let mut all = Self::of(session, roots, given).await?;
        all.actions.retain(|a| a.dialogue.is_none_or(|d| d == me));
        Ok(all)
    }

    /// What was found already, with all that belongs to it; these events are told of for their own sake.
    pub(super) async fn of(session: &Session, roots: Roots, given: BTreeSet<Id<Event>>) -> Result<Self, Error> {
        Ok(Self { given, ..Self::around(session, roots).await? })
    }

    /// All that belongs to what was found already.
    pub(super) async fn around(session: &Session, roots: Roots) -> Result<Self, Error> {
        let Roots { tree, events, delegations, replications, recommendations, road_maps, dialogues } = roots;
        let event_ids = uuids(&events);
        let roles: Vec<PublicRole> = session.all_children(("event_id", &event_ids)).await?;
        let practices: ById<GoodPractice> = session.found(replications.iter().filter_map(|r| r.practice)).await?;
        let steps: Vec<RoadMapStep> = session.all_children(("road_map_id", &uuids(&road_maps))).await?;
        let dialogue_ids = uuids(&dialogues);
        let options: Vec<DialogueOption> = session.all_children(("dialogue_id", &dialogue_ids)).await?;
        let voting: Vec<DialogueCluster> = session.all_children(("dialogue_id", &dialogue_ids)).await?;
        let counted = session.count_ballots(&dialogues).await?;
        let named = options.iter().map(|o| o.recommendation).chain(steps.iter().filter_map(|s| s.recommendation));
        let named: Vec<Id<Recommendation>> = named.collect();
        let merged = counted.values().filter_map(|c| c.count.merged.as_ref()).flat_map(|m| m.clusters.iter().copied());
        let of_ballots = counted.values().flat_map(|c| c.count.clusters.keys().copied()).chain(merged);
        let clusters: Vec<Id<Cluster>> = voting.iter().map(|c| c.cluster).chain(of_ballots).collect();
        let held = events.iter().filter_map(|e| e.authority).chain(replications.iter().map(|r| r.authority));
        let cities: Vec<Id<LocalAuthority>> = held.chain(practices.values().filter_map(|p| p.authority)).collect();
        let mut all = Self {
            given: BTreeSet::new(),
            sessions: session.all_children(("event_id", &event_ids)).await?,
            persons: session.found(roles.iter().map(|r| r.person)).await?,
            roles,
            counts: session.all_children(("event_id", &event_ids)).await?,
            outcomes: session.all_children(("event_id", &event_ids)).await?,
            actions: session.all_children(("recommendation_id", &uuids(&recommendations))).await?,
            named: session.found(named.into_iter()).await?,
            venues: session.found(voting.iter().filter_map(|c| c.event)).await?,
            clusters: session.found(clusters.into_iter()).await?,
            cities: session.found(cities.into_iter()).await?,
            tree,
            events,
            delegations,
            replications,
            practices,
            recommendations,
            road_maps,
            steps,
            dialogues,
            options,
            voting,
            counted,
        };
        all.sort();
        Ok(all)
    }

    /// By their dates, the undated last, or by their numbers; then by their codes.
    fn sort(&mut self) {
        fn dated(date: Option<PartialDate>) -> (bool, Option<PartialDate>) {
            (date.is_none(), date)
        }
        self.events.sort_by_cached_key(|e| (dated(e.period.from), pieces(e.head.code.as_str())));
        self.sessions.sort_by_cached_key(|s| (s.number, pieces(s.head.code.as_str())));
        self.roles.sort_by_cached_key(|r| pieces(r.head.code.as_str()));
        self.delegations.sort_by_cached_key(|d| pieces(d.head.code.as_str()));
        self.outcomes.sort_by_cached_key(|o| pieces(o.head.code.as_str()));
        self.replications.sort_by_cached_key(|r| (dated(r.stages.iter().find_map(|s| s.on)), pieces(r.head.code.as_str())));
        self.recommendations
            .sort_by_cached_key(|r| (r.number.is_none(), r.number.as_deref().map(pieces), pieces(r.head.code.as_str())));
        self.actions.sort_by_cached_key(|a| (dated(a.date), pieces(a.head.code.as_str())));
        self.road_maps.sort_by_cached_key(|m| (dated(m.period.from), pieces(m.head.code.as_str())));
        self.steps.sort_by_cached_key(|s| (s.number, pieces(s.head.code.as_str())));
        self.dialogues.sort_by_cached_key(|d| (dated(d.period.from), pieces(d.head.code.as_str())));
        self.options.sort_by_cached_key(|o| (o.number, pieces(o.head.code.as_str())));
        self.voting.sort_by_cached_key(|c| (dated(c.on), pieces(c.head.code.as_str())));
    }

    /// Whether an event is told of for its own sake, or belongs to the programme or to one of its parts.
    pub(super) fn is_own(&self, event: &Event) -> bool {
        self.given.contains(&event.head.id) || event.programme.is_some_and(|id| self.tree.contains_key(&id))
    }

    /// The title of the part that something belongs to; empty where it is the programme itself.
    pub(super) fn part(&self, programme: Option<Id<Programme>>) -> Text {
        programme.and_then(|id| self.tree.get(&id).cloned()).unwrap_or_default()
    }

    /// The name that a city had on a day, else the one that it has now.
    pub(super) fn city(&self, id: Id<LocalAuthority>, day: Option<PartialDate>) -> Text {
        let city = self.cities.get(&id);
        let name = city.and_then(|c| day.map_or_else(|| c.names.current(), |day| c.names.on(day.from())));
        name.map(|n| n.text.clone()).unwrap_or_default()
    }

    /// The organisations that are named.
    pub(super) fn organisations(&self) -> impl Iterator<Item = Id<Organisation>> {
        let counts = self.counts.iter().filter_map(|c| c.organisation);
        let holding = self.events.iter().flat_map(|e| e.organiser.into_iter().chain(e.co_organisers.iter().copied()));
        let met = self.sessions.iter().flat_map(|s| s.counterparts.iter().copied());
        let counts = counts.chain(holding).chain(met).chain(self.roles.iter().filter_map(|r| r.organisation));
        let delegations = self.delegations.iter().filter_map(|d| d.organiser);
        let recommendations = self.recommendations.iter().filter_map(|r| r.addressee);
        let actions = self.actions.iter().filter_map(|a| a.addressee);
        counts.chain(delegations).chain(recommendations).chain(actions).chain(self.steps.iter().filter_map(|s| s.responsible))
    }

    /// The studies that recommend or are voted on, and the sources that name people.
    pub(super) fn studies(&self) -> impl Iterator<Item = Id<Document>> {
        let recommending = self.recommendations.iter().filter_map(|r| r.document);
        recommending.chain(self.dialogues.iter().filter_map(|d| d.study)).chain(self.roles.iter().map(|r| r.document))
    }

    /// What sources speak of, in the order in which it is printed, and what each is called.
    pub(super) fn subjects(&self) -> Vec<(Uuid, Text)> {
        let mut practices: Vec<&GoodPractice> = self.practices.values().collect();
        practices.sort_by_key(|p| &p.head.code);
        let mut all: Vec<(Uuid, Text)> = Vec::new();
        all.extend(self.events.iter().map(|e| (e.head.id.uuid(), e.title.clone())));
        all.extend(self.sessions.iter().map(|s| (s.head.id.uuid(), s.title.clone())));
        all.extend(self.delegations.iter().map(|d| (d.head.id.uuid(), d.title.clone())));
        all.extend(practices.into_iter().map(|p| (p.head.id.uuid(), p.title.clone())));
        all.extend(self.replications.iter().map(|r| (r.head.id.uuid(), r.title.clone())));
        all.extend(self.dialogues.iter().map(|d| (d.head.id.uuid(), d.title.clone())));
        all.extend(self.recommendations.iter().map(|r| (r.head.id.uuid(), r.title.clone())));
        all.extend(self.actions.iter().map(|a| (a.head.id.uuid(), a.title.clone())));
        all.extend(self.road_maps.iter().map(|m| (m.head.id.uuid(), m.title.clone())));
        all
    }
}

/// The programme and its parts at any depth, with the titles of the parts: a statement for each storey.
async fn tree(session: &Session, root: &Programme, parts: &[Programme]) -> Result<Tree, Error> {
    let mut tree = BTreeMap::from([(root.head.id, Text::default())]);
    let mut storey = parts.to_vec();
    while !storey.is_empty() {
        // Parts that hold each other would never end.
        storey.retain(|p| !tree.contains_key(&p.head.id));
        tree.extend(storey.iter().map(|p| (p.head.id, p.title.clone())));
        storey = session.all_children(("parent_id", &uuids(&storey))).await?;
    }
    Ok(tree)
}
