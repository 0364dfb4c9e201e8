//! The records of a year, each kind read at once.

use std::collections::{BTreeSet, HashMap};

use ketnoi_domain::{
    AdvocacyAction, Agreement, Cluster, CooperationAgreement, Delegation, Dialogue, DialogueCluster, Event, Fund, GoodPractice,
    Id, Indicator, IndicatorPeriod, LocalAuthority, Membership, NewsItem, Organisation, Outcome, PartialDate, Participation,
    Partnership, Programme, Recommendation, Replication, Transaction,
    query::{Filter, Test},
};
use uuid::Uuid;

use super::super::{
    SnapshotOptions,
    cooperation::{Cooperation, Roots},
    records::{ById, Records, uuids},
    told::{Besides, any_real, keep_real, touches},
};
use super::{facts::course, is_of};
use crate::{Error, Session};

/// The records of a year, as far as the viewer may see them.
pub(super) struct Found {
    pub(super) year: i32,
    /// All programmes, whether they ran in the year or not: what moved and what is counted belongs to one of them.
    pub(super) programmes: Vec<Programme>,
    /// Who takes part in those that ran.
    pub(super) participations: Vec<Participation>,
    /// All agreements with funders.
    pub(super) agreements: Vec<Agreement>,
    /// All movements of money: whether an amount is a part of one further up may depend on another year's.
    pub(super) transactions: Vec<Transaction>,
    pub(super) signed: Vec<CooperationAgreement>,
    pub(super) partnerships: ById<Partnership>,
    pub(super) memberships: Vec<Membership>,
    pub(super) networks: ById<Organisation>,
    pub(super) clusters: ById<Cluster>,
    pub(super) funds: ById<Fund>,
    pub(super) cities: ById<LocalAuthority>,
    pub(super) periods: Vec<IndicatorPeriod>,
    pub(super) indicators: ById<Indicator>,
    pub(super) results: ById<Outcome>,
    pub(super) practices: Vec<GoodPractice>,
    pub(super) news: Vec<NewsItem>,
    events: Vec<Event>,
    dialogues: Vec<Dialogue>,
    replications: Vec<Replication>,
    actions: Vec<AdvocacyAction>,
    /// Whether all of it was made up.
    pub(super) illustrative: bool,
    pub(super) left_out: usize,
}

/// What of a period may touch a year.
fn during(field: &'static str, year: PartialDate) -> Filter {
    Filter::Field(field, Test::Overlaps { from: Some(year), to: Some(year) })
}

/// Whether a date lies in a year.
pub(super) fn is_in(date: Option<PartialDate>, year: i32) -> bool {
    date.is_some_and(|d| d.year() == year)
}

impl Found {
    pub(super) async fn read(session: &Session, year: i32) -> Result<Self, Error> {
        let mut all = Self::read_all(session, year).await?;
        all.tell_apart();
        all.read_rest(session).await?;
        Ok(all)
    }

    /// The records that are of the year by a date of their own, and those that others belong to.
    async fn read_all(session: &Session, year: i32) -> Result<Self, Error> {
        // Four digits are a date; were they none, nothing would be of that year.
        let nothing = || Error::NotFound { kind: "year (write four digits)", code: year.to_string() };
        let span: PartialDate = format!("{year:04}").parse().map_err(|_| nothing())?;
        let mut events: Vec<Event> = session.all(&during("period", span)).await?;
        events.retain(|e| touches(e.period, year));
        let mut dialogues: Vec<Dialogue> = session.all(&Filter::all()).await?;
        // Of many votes only the days of the clusters are known.
        let voting: Vec<DialogueCluster> = session.all_children(("dialogue_id", &uuids(&dialogues))).await?;
        let voted: BTreeSet<Id<Dialogue>> = voting.iter().filter(|c| is_in(c.on, year)).map(|c| c.dialogue).collect();
        dialogues.retain(|d| touches(d.period, year) || voted.contains(&d.head.id));
        let mut actions: Vec<AdvocacyAction> = session.all(&Filter::all()).await?;
        actions.retain(|a| is_of(a, year));
        let mut replications: Vec<Replication> = session.all(&during("period", span)).await?;
        replications.retain(|r| r.stages.iter().any(|s| is_in(s.on, year)));
        let either = Filter::Or(vec![during("signed", span), during("reported", span)]);
        let mut signed: Vec<CooperationAgreement> = session.all(&either).await?;
        signed.retain(|a| is_in(a.signed.or(a.reported), year));
        let mut memberships: Vec<Membership> = session.all(&Filter::all()).await?;
        memberships.retain(|m| is_in(m.period.from, year));
        let mut periods: Vec<IndicatorPeriod> = session.all(&Filter::all()).await?;
        periods.retain(|p| p.actual.as_ref().is_some_and(|a| is_in(p.period.to.or(p.period.from).or(a.on), year)));
        let mut practices: Vec<GoodPractice> = session.all(&Filter::all()).await?;
        practices.retain(|p| is_in(p.since, year));
        let mut news: Vec<NewsItem> = session.all(&during("published", span)).await?;
        news.retain(|n| is_in(n.published, year));
        Ok(Self {
            year,
            programmes: session.all(&Filter::all()).await?,
            participations: Vec::new(),
            agreements: session.all(&Filter::all()).await?,
            transactions: session.all(&Filter::all()).await?,
            signed,
            partnerships: HashMap::new(),
            memberships,
            networks: HashMap::new(),
            clusters: HashMap::new(),
            funds: HashMap::new(),
            cities: HashMap::new(),
            periods,
            indicators: HashMap::new(),
            results: HashMap::new(),
            practices,
            news,
            events,
            dialogues,
            replications,
            actions,
            illustrative: false,
            left_out: 0,
        })
    }

    /// Keeps the real, or the made-up where nothing real is known of the year.
    fn tell_apart(&mut self) {
        let year = self.year;
        let ran = |p: &Programme| course(p, year).is_some_and(|c| c != ketnoi_reporting::Course::MayHaveRun);
        let real = self.programmes.iter().any(|p| !p.head.illustrative && ran(p))
            || any_real(&self.events)
            || any_real(&self.dialogues)
            || any_real(&self.actions)
            || any_real(&self.replications)
            || any_real(&self.signed)
            || any_real(&self.memberships)
            || any_real(&self.practices)
            || any_real(&self.news);
        let made_up = self.programmes.iter().any(|p| p.head.illustrative && ran(p));
        self.illustrative = made_up && !real;
        let real = !self.illustrative;
        let before = self.programmes.iter().filter(|p| p.head.illustrative && ran(p)).count();
        keep_real(&mut self.programmes, real);
        self.left_out = if real { before } else { 0 };
        self.left_out += keep_real(&mut self.events, real);
        self.left_out += keep_real(&mut self.dialogues, real);
        self.left_out += keep_real(&mut self.actions, real);
        self.left_out += keep_real(&mut self.replications, real);
        self.left_out += keep_real(&mut self.signed, real);
        self.left_out += keep_real(&mut self.memberships, real);
        self.left_out += keep_real(&mut self.practices, real);
        self.left_out += keep_real(&mut self.news, real);
        keep_real(&mut self.periods, real);
        let kept: BTreeSet<Id<Programme>> = self.programmes.iter().map(|p| p.head.id).collect();
        self.agreements.retain(|a| kept.contains(&a.programme));
        self.transactions.retain(|t| kept.contains(&t.programme));
    }

    /// What the records of the year name.
    async fn read_rest(&mut self, session: &Session) -> Result<(), Error> {
        let ran: Vec<Uuid> = self.programmes.iter().filter(|p| self.course(p).is_some()).map(|p| p.head.id.uuid()).collect();
        self.participations = session.all_children(("programme_id", &ran)).await?;
        self.partnerships = session.found(self.signed.iter().map(|a| a.partnership)).await?;
        self.networks = session.found(self.memberships.iter().filter_map(|m| m.network)).await?;
        self.clusters = session.found(self.memberships.iter().filter_map(|m| m.cluster)).await?;
        self.funds = session.found(self.memberships.iter().filter_map(|m| m.fund)).await?;
        self.indicators = session.found(self.periods.iter().map(|p| p.indicator)).await?;
        self.results = session.found(self.indicators.values().map(|i| i.result)).await?;
        let cities = self.memberships.iter().filter_map(|m| m.authority);
        let cities = cities.chain(self.practices.iter().filter_map(|p| p.authority));
        self.cities = session.found(cities.chain(self.news.iter().filter_map(|n| n.authority))).await?;
        Ok(())
    }

    /// What was done together with others in the year.
    pub(super) async fn read_around(&mut self, session: &Session, options: &SnapshotOptions) -> Result<Records, Error> {
        let events = std::mem::take(&mut self.events);
        let delegations: Vec<Delegation> = session.all_children(("event_id", &uuids(&events))).await?;
        // An event of no programme to which a delegation went was held by others: who came there is theirs to count.
        let went: BTreeSet<Id<Event>> = delegations.iter().map(|d| d.event).collect();
        let own = events.iter().filter(|e| e.programme.is_none() && !went.contains(&e.head.id));
        let given: BTreeSet<Id<Event>> = own.map(|e| e.head.id).collect();
        let recommended: ById<Recommendation> = session.found(self.actions.iter().map(|a| a.recommendation)).await?;
        let roots = Roots {
            tree: self.programmes.iter().map(|p| (p.head.id, p.title.clone())).collect(),
            events,
            delegations,
            replications: std::mem::take(&mut self.replications),
            recommendations: recommended.into_values().collect(),
            road_maps: Vec::new(),
            dialogues: std::mem::take(&mut self.dialogues),
        };
        let cooperation = Cooperation::of(session, roots, given).await?;
        Records::around(session, None, cooperation, options).await
    }

    /// What is told besides.
    pub(super) fn besides(&self) -> Besides {
        let ran = self.programmes.iter().filter(|p| self.course(p).is_some());
        let mut subjects: Vec<Uuid> = ran.map(|p| p.head.id.uuid()).collect();
        let agreed: Vec<&Agreement> = self.agreements.iter().filter(|a| is_in(a.signed, self.year)).collect();
        subjects.extend(agreed.iter().map(|a| a.head.id.uuid()));
        subjects.extend(uuids(&self.signed));
        subjects.extend(uuids(&self.memberships));
        subjects.extend(uuids(&self.practices));
        subjects.extend(uuids(&self.news));
        let funding = self.participations.iter().map(|p| p.organisation).chain(agreed.iter().map(|a| a.funder));
        let members = self.memberships.iter().filter_map(|m| m.organisation);
        let publishers = self.news.iter().filter_map(|n| n.publisher);
        let signed = self.signed.iter().filter_map(|a| a.document);
        Besides {
            subjects,
            organisations: funding.chain(members).chain(publishers).collect(),
            documents: signed.chain(self.news.iter().filter_map(|n| n.document)).collect(),
        }
    }
}
