//! From the files' tables to records: codes become ids, parts get their codes, rules are asked.

mod dialogues;
mod events;
mod funds;
mod money;
mod parties;
mod partnerships;
mod practices;
mod programmes;
mod said;

use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
};

use ketnoi_domain::{
    AdvocacyAction, Agreement, Ballot, BudgetLine, Cluster, Code, Coded, Community, CooperationAgreement, Delegation, Dialogue,
    DialogueCluster, DialogueOption, Document, Event, EventOutcome, EventSeries, EventSession, ExchangeRate, Faults, Fund,
    GoodPractice, Head, HousingProject, Id, InKindContribution, Indicator, IndicatorPeriod, Kind, LocalAuthority, Membership,
    Narrative, NewsItem, Organisation, Outcome, PartialDate, ParticipantCount, Participation, Partnership, PartnershipParty,
    Period, Person, Programme, PublicRole, Recommendation, Record, Replication, Risk, RoadMap, RoadMapStep, SavingsGroup,
    SmallGrant, StatedFigure, Statement, Subject, Succession, Transaction, Visibility,
};

use toml::Spanned;

use super::{
    Problem, SourceFile,
    shape::{File, Ref},
};

/// Every record of the files, by kind.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) organisations: Vec<Organisation>,
    pub(super) authorities: Vec<LocalAuthority>,
    pub(super) clusters: Vec<Cluster>,
    pub(super) programmes: Vec<Programme>,
    pub(super) participations: Vec<Participation>,
    pub(super) agreements: Vec<Agreement>,
    pub(super) budget_lines: Vec<BudgetLine>,
    pub(super) transactions: Vec<Transaction>,
    pub(super) rates: Vec<ExchangeRate>,
    pub(super) in_kind: Vec<InKindContribution>,
    pub(super) results: Vec<Outcome>,
    pub(super) indicators: Vec<Indicator>,
    pub(super) indicator_periods: Vec<IndicatorPeriod>,
    pub(super) funds: Vec<Fund>,
    pub(super) communities: Vec<Community>,
    pub(super) savings_groups: Vec<SavingsGroup>,
    pub(super) grants: Vec<SmallGrant>,
    pub(super) housing: Vec<HousingProject>,
    pub(super) memberships: Vec<Membership>,
    pub(super) documents: Vec<Document>,
    pub(super) statements: Vec<Statement>,
    pub(super) figures: Vec<StatedFigure>,
    pub(super) risks: Vec<Risk>,
    pub(super) narratives: Vec<Narrative>,
    pub(super) event_series: Vec<EventSeries>,
    pub(super) events: Vec<Event>,
    pub(super) sessions: Vec<EventSession>,
    pub(super) delegations: Vec<Delegation>,
    pub(super) participants: Vec<ParticipantCount>,
    pub(super) event_outcomes: Vec<EventOutcome>,
    pub(super) practices: Vec<GoodPractice>,
    pub(super) replications: Vec<Replication>,
    pub(super) recommendations: Vec<Recommendation>,
    pub(super) road_maps: Vec<RoadMap>,
    pub(super) steps: Vec<RoadMapStep>,
    pub(super) actions: Vec<AdvocacyAction>,
    pub(super) dialogues: Vec<Dialogue>,
    pub(super) options: Vec<DialogueOption>,
    pub(super) dialogue_clusters: Vec<DialogueCluster>,
    pub(super) ballots: Vec<Ballot>,
    pub(super) partnerships: Vec<Partnership>,
    pub(super) parties: Vec<PartnershipParty>,
    pub(super) cooperation_agreements: Vec<CooperationAgreement>,
    pub(super) news: Vec<NewsItem>,
    pub(super) persons: Vec<Person>,
    pub(super) roles: Vec<PublicRole>,
    pub(super) organisation_successions: Vec<Succession<Id<Organisation>>>,
    pub(super) authority_successions: Vec<Succession<Id<LocalAuthority>>>,
}

/// What is known of a record that others point at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) id: uuid::Uuid,
    pub(super) effective: Visibility,
}

/// Codes of records, in the files or in the registry.
pub(super) type KnownCodes = HashMap<(Kind, String), Known>;

/// What building found out.
#[derive(Debug, Default)]
pub(super) struct Built {
    pub(super) batch: Batch,
    /// Codes that are not in the files; the registry may have them.
    pub(super) missing: BTreeSet<(Kind, String)>,
    pub(super) problems: Vec<Problem>,
    /// Where each record stands: the file's number and the place in it.
    pub(super) places: HashMap<(Kind, uuid::Uuid), (usize, Range<usize>)>,
}

/// Builds all records. `known` holds what the registry has of the codes that an earlier run found missing.
pub(super) fn build(files: &[(SourceFile, File)], known: &KnownCodes) -> Built {
    let mut builder = Builder { known: known.clone(), built: Built::default(), files, at: 0, illustrative: false };
    for (_, file) in files {
        builder.declare(file);
    }
    builder.narrow();
    for (at, (_, file)) in files.iter().enumerate() {
        builder.at = at;
        builder.illustrative = file.illustrative;
        builder.file(file);
    }
    builder.check_replications();
    builder.built
}

struct Builder<'f> {
    known: KnownCodes,
    built: Built,
    files: &'f [(SourceFile, File)],
    /// The number of the file that is being read.
    at: usize,
    illustrative: bool,
}

/// What the parts of a record take from it.
#[derive(Clone)]
struct Owner {
    code: Code,
    subject: Subject,
    effective: Visibility,
}

impl Builder<'_> {
    fn problem(&mut self, span: Range<usize>, message: impl Into<String>) {
        if let Some((file, _)) = self.files.get(self.at) {
            self.built.problems.push(file.problem(span, message.into()));
        }
    }

    /// Makes the codes of a file's records known before any of them is pointed at.
    fn declare(&mut self, file: &File) {
        let mut declare = |kind: Kind, code: &Ref, visibility: Option<Visibility>| {
            let id = derived(kind, code.get_ref());
            self.known.insert((kind, code.get_ref().clone()), Known { id, effective: visibility.unwrap_or(Visibility::Public) });
        };
        macro_rules! declare {
            ($($list:ident: $kind:ident),+ $(,)?) => { $(
                for s in file.$list.iter().map(Spanned::get_ref) {
                    declare(Kind::$kind, &s.code, s.visibility);
                }
            )+ };
        }
        declare! {
            organisation: Organisation, local_authority: LocalAuthority, cluster: Cluster, programme: Programme, fund: Fund,
            document: Document, event_series: EventSeries, event: Event, good_practice: GoodPractice, replication: Replication,
            recommendation: Recommendation, road_map: RoadMap, dialogue: Dialogue, partnership: Partnership, news: NewsItem,
            person: Person,
        }
        // The parts that others point at by their whole code.
        for p in file.programme.iter().map(Spanned::get_ref) {
            for a in p.agreement.iter().map(Spanned::get_ref) {
                self.declare_part(Kind::Agreement, &p.code, "agreement", &a.code, p.visibility);
            }
        }
        for p in file.partnership.iter().map(Spanned::get_ref) {
            for a in p.agreement.iter().map(Spanned::get_ref) {
                self.declare_part(Kind::CooperationAgreement, &p.code, "agreement", &a.code, p.visibility);
            }
        }
    }

    fn declare_part(&mut self, kind: Kind, owner: &Ref, what: &str, part: &Ref, visibility: Option<Visibility>) {
        let code = format!("{}:{what}:{}", owner.get_ref(), part.get_ref());
        let known = Known { id: derived(kind, &code), effective: visibility.unwrap_or(Visibility::Public) };
        self.known.insert((kind, code), known);
    }

    /// Narrows what is a part of something narrower: a programme by its parent, as deep as the tree goes.
    fn narrow(&mut self) {
        let parents: Vec<(String, String)> = self
            .files
            .iter()
            .flat_map(|(_, f)| &f.programme)
            .filter_map(|p| Some((p.get_ref().code.get_ref().clone(), p.get_ref().parent.as_ref()?.get_ref().clone())))
            .collect();
        // Each round reaches one level deeper; a circle is found later and needs no more rounds than there are programmes.
        for _ in 0..parents.len() {
            let mut moved = false;
            for (child, parent) in &parents {
                let limit = self.known.get(&(Kind::Programme, parent.clone())).map(|k| k.effective);
                let child = self.known.get_mut(&(Kind::Programme, child.clone()));
                if let (Some(limit), Some(child)) = (limit, child)
                    && child.effective > limit
                {
                    child.effective = limit;
                    moved = true;
                }
            }
            if !moved {
                break;
            }
        }
    }

    /// The record that a code names, or nothing and a note that it is missing.
    fn find<T: Record>(&mut self, code: &Ref) -> Option<(Id<T>, Visibility)> {
        let key = (T::KIND, code.get_ref().clone());
        if let Some(known) = self.known.get(&key) {
            return Some((Id::from_uuid(known.id), known.effective));
        }
        let kind = T::KIND.name().replace('_', " ");
        self.problem(
            code.span(),
            format!("there is no {kind} `{}`: check the code, or add the {kind} to a file", code.get_ref()),
        );
        self.built.missing.insert(key);
        None
    }

    fn refer<T: Record>(&mut self, code: &Ref) -> Option<Id<T>> {
        self.find(code).map(|(id, _)| id)
    }

    fn refer_null<T: Record>(&mut self, code: Option<&Ref>) -> Option<Id<T>> {
        code.and_then(|c| self.refer(c))
    }

    /// The head of a record, once per code.
    fn head<T: Record>(&mut self, code: &str, span: Range<usize>, own: Visibility, effective: Visibility) -> Option<Head<T>> {
        let code: Code = match code.parse() {
            Ok(code) => code,
            Err(e) => {
                self.problem(span, format!("{e}"));
                return None;
            }
        };
        let key = (T::KIND, derived(T::KIND, code.as_str()));
        if let Some((file, there)) = self.built.places.get(&key).cloned() {
            let there = self.files.get(file).map(|(f, _)| format!("{}:{}", f.name, f.line_of(&there))).unwrap_or_default();
            let kind = T::KIND.name().replace('_', " ");
            self.problem(span, format!("the {kind} `{code}` is given twice; the other stands at {there}"));
            return None;
        }
        self.built.places.insert(key, (self.at, span));
        let id = Id::from_uuid(key.1);
        Some(Head { id, code, visibility: own, effective: own.min(effective), illustrative: self.illustrative, version: 1 })
    }

    /// The head of a record that stands by itself.
    fn top<T: Record>(&mut self, code: &Ref, visibility: Option<Visibility>) -> Option<Head<T>> {
        if code.get_ref().contains(':') {
            self.problem(code.span(), "a colon joins the codes of parts: write another sign");
            return None;
        }
        let own = visibility.unwrap_or(Visibility::Public);
        let effective = self.known.get(&(T::KIND, code.get_ref().clone())).map_or(own, |k| k.effective);
        self.head(code.get_ref(), code.span(), own, effective)
    }

    /// The head of a part of a record.
    fn part<T: Record>(&mut self, owner: &Owner, part: impl std::fmt::Display, span: Range<usize>) -> Option<Head<T>> {
        self.head(&format!("{}:{part}", owner.code), span, Visibility::Public, owner.effective)
    }

    /// Asks the rules of a record and keeps it.
    fn keep<T: Record>(&mut self, span: Range<usize>, record: T, list: impl FnOnce(&mut Batch) -> &mut Vec<T>) {
        self.faults(span, record.head(), record.faults());
        list(&mut self.built.batch).push(record);
    }

    /// Notes the rules that a record breaks.
    fn faults<T: Record>(&mut self, span: Range<usize>, head: &Head<T>, faults: Faults) {
        for fault in faults.0 {
            let message = format!("{} `{}`, {}: {}", T::KIND.name().replace('_', " "), head.code, fault.path, fault.rule);
            self.problem(span.clone(), message);
        }
    }

    /// Notes the rules that a record breaks together with others, once all files are read.
    fn faults_of_kept<T: Record>(&mut self, head: &Head<T>, faults: Faults) {
        let Some((file, span)) = self.built.places.get(&(T::KIND, head.id.uuid())).cloned() else { return };
        self.at = file;
        self.faults(span, head, faults);
    }

    /// The part of this record that a local code or number names.
    fn own<T: Record, L: std::fmt::Display>(
        &mut self,
        owner: &Owner,
        what: &str,
        local: Option<&Spanned<L>>,
        exists: impl Fn(&L) -> bool,
    ) -> Option<Id<T>> {
        let local = local?;
        if !exists(local.get_ref()) {
            let kind = owner.subject.kind.name().replace('_', " ");
            self.problem(local.span(), format!("this {kind} has no {} `{}`", what.replace('_', " "), local.get_ref()));
            return None;
        }
        Some(Id::from_uuid(derived(T::KIND, &format!("{}:{what}:{}", owner.code, local.get_ref()))))
    }

    fn owner<T: Record>(&self, head: &Head<T>) -> Owner {
        Owner { code: head.code.clone(), subject: Subject::of(head.id), effective: head.effective }
    }

    fn file(&mut self, file: &File) {
        for document in &file.document {
            self.document(document);
        }
        for organisation in &file.organisation {
            self.organisation(organisation, &file.sources);
        }
        for authority in &file.local_authority {
            self.authority(authority, &file.sources);
        }
        for cluster in &file.cluster {
            let c = cluster.get_ref();
            let Some(head) = self.top::<Cluster>(&c.code, c.visibility) else { continue };
            let owner = self.owner(&head);
            self.sources(&owner, &c.sources, &file.sources);
            self.keep(cluster.span(), Cluster { head, name: c.name.clone(), description: c.description.clone() }, |b| {
                &mut b.clusters
            });
        }
        for programme in &file.programme {
            self.programme(programme, &file.sources);
        }
        for fund in &file.fund {
            self.fund(fund, &file.sources);
        }
        for series in &file.event_series {
            self.event_series(series, &file.sources);
        }
        for event in &file.event {
            self.event(event, &file.sources);
        }
        for practice in &file.good_practice {
            self.practice(practice, &file.sources);
        }
        for replication in &file.replication {
            self.replication(replication, &file.sources);
        }
        for recommendation in &file.recommendation {
            self.recommendation(recommendation, &file.sources);
        }
        for road_map in &file.road_map {
            self.road_map(road_map, &file.sources);
        }
        for dialogue in &file.dialogue {
            self.dialogue(dialogue, &file.sources);
        }
        for partnership in &file.partnership {
            self.partnership(partnership, &file.sources);
        }
        for news in &file.news {
            self.news(news, &file.sources);
        }
        for person in &file.person {
            self.person(person, &file.sources);
        }
        for rate in &file.exchange_rate {
            let r = rate.get_ref();
            let code = format!("{}-{}-{}", r.base, r.quote, r.date.0);
            let Some(head) = self.head(&code, rate.span(), Visibility::Public, Visibility::Public) else { continue };
            let record =
                ExchangeRate { head, base: r.base, quote: r.quote, date: r.date.0, rate: r.rate, source: r.source.clone() };
            self.keep(rate.span(), record, |b| &mut b.rates);
        }
    }
}

/// The id that a record from a file has.
fn derived(kind: Kind, code: &str) -> uuid::Uuid {
    ketnoi_domain::imported_id(kind, code)
}

fn period(from: Option<PartialDate>, to: Option<PartialDate>) -> Period {
    Period { from, to }
}
