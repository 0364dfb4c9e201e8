use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
};

use ketnoi_domain::{
    Action, AdvocacyAction, Agreement, Ballot, BudgetLine, Cluster, Coded, Community, CooperationAgreement, Delegation, Dialogue,
    DialogueCluster, DialogueOption, Document, Event, EventOutcome, EventSeries, EventSession, Fund, GoodPractice,
    HousingProject, Id, InKindContribution, Indicator, IndicatorPeriod, Kind, LocalAuthority, Membership, Narrative, NewsItem,
    Organisation, Outcome, ParticipantCount, Participation, Partnership, PartnershipParty, Programme, PublicRole, Recommendation,
    Record, Risk, RoadMapStep, SavingsGroup, SmallGrant, StatedFigure, Statement, SuccessionGraph, Transaction, Viewer,
};
use ketnoi_persistence::{Receipt, Signature, Stored, UnitOfWork};
use uuid::Uuid;

use super::{
    ImportError, Problem, SourceFile,
    build::{Batch, Built, Known, KnownCodes, build},
    locked::locked,
    shape::File,
};
use crate::{Error, Registry};

/// What an import did, or would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportReport {
    /// Whether nothing was written because nothing was to be.
    pub dry_run: bool,
    /// The sum over all kinds, and the revision.
    pub total: Receipt,
    /// By kind, those without any record left out.
    pub kinds: Vec<KindCounts>,
}

/// What an import did to one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindCounts {
    /// The kind.
    pub kind: Kind,
    /// How many of which.
    pub counts: Receipt,
}

/// How far an import has come: what is being done, how much of it, of how much.
pub type Progress<'p> = &'p (dyn Fn(&str, usize, usize) + Sync);

impl Registry {
    /// Imports files: all of them or none. With `dry_run` it only says what would change. Records that stand by themselves
    /// and are not in the files stay; parts of a record that are no longer in its file are taken away.
    pub async fn import(
        &self,
        viewer: &Viewer,
        files: &[SourceFile],
        dry_run: bool,
        progress: Progress<'_>,
    ) -> Result<ImportReport, ImportError> {
        if !viewer.may(Action::Write) {
            return Err(Error::Forbidden("only those who keep the registry import into it".into()).into());
        }
        let mut parsed = Vec::new();
        let mut problems = Vec::new();
        for (i, file) in files.iter().enumerate() {
            progress("reading", i + 1, files.len());
            match file.parse() {
                Ok(tables) => parsed.push((file.clone(), tables)),
                Err(problem) => problems.push(problem),
            }
        }
        refuse(problems)?;
        let mut unit = UnitOfWork::begin(&self.store).await?;
        let mut built = build(&parsed, &KnownCodes::new());
        if !built.missing.is_empty() {
            let known = Box::pin(look_up(&unit, &built)).await?;
            built = build(&parsed, &known);
        }
        refuse(std::mem::take(&mut built.problems))?;
        let mut batch = std::mem::take(&mut built.batch);
        let places = Places { files: &parsed, of: &built.places };
        places.refuse_circles(&batch.organisations, "parent", |o| o.parent)?;
        places.refuse_circles(&batch.authorities, "parent", |a| a.parent)?;
        places.refuse_circles(&batch.programmes, "parent", |p| p.parent)?;
        places.refuse_circles(&batch.results, "parent", |r| r.parent)?;
        let kept = Box::pin(locked(&unit, &batch)).await?;
        refuse(kept.iter().filter_map(|k| places.problem(k.kind, k.id, k.field, &k.message)).collect())?;
        parents_first(&mut batch);
        // Writing knows every kind; its future alone would fill the stack of a small thread.
        let kinds = Box::pin(write(&mut unit, &batch, progress)).await?;
        // Only now are those there that the registry had before: together with them a circle may close.
        places.refuse::<Organisation>("parent", &unit.parents::<Organisation>().await?)?;
        places.refuse::<LocalAuthority>("parent", &unit.parents::<LocalAuthority>().await?)?;
        places.refuse::<Programme>("parent", &unit.parents::<Programme>().await?)?;
        places.refuse::<Organisation>("successor_of", &unit.successions::<Organisation>().await?)?;
        places.refuse::<LocalAuthority>("successor_of", &unit.successions::<LocalAuthority>().await?)?;
        let detail = format!("{} files", files.len());
        let total = if dry_run {
            unit.roll_back().await?
        } else {
            let signature = Signature {
                entry: self.clock.new_id(),
                at: &self.clock.now(),
                actor: viewer.name(),
                account: viewer.account(),
                request: None,
                action: "import registry",
                detail: &detail,
            };
            unit.commit(&signature).await?
        };
        Ok(ImportReport { dry_run, total, kinds })
    }
}

fn refuse(mut problems: Vec<Problem>) -> Result<(), ImportError> {
    problems.sort();
    problems.dedup();
    if problems.is_empty() { Ok(()) } else { Err(ImportError::Refused(problems)) }
}

/// What the registry has of the codes that the files point at and do not hold.
async fn look_up(unit: &UnitOfWork, built: &Built) -> Result<KnownCodes, ImportError> {
    async fn of<T: Stored>(unit: &UnitOfWork, built: &Built, known: &mut KnownCodes) -> Result<(), ImportError> {
        let codes: Vec<&str> = built.missing.iter().filter(|(k, _)| *k == T::KIND).map(|(_, c)| c.as_str()).collect();
        if !codes.is_empty() {
            let heads = unit.heads_of::<T>(&codes).await?;
            known.extend(
                heads.into_iter().map(|h| ((T::KIND, h.code.to_string()), Known { id: h.id.uuid(), effective: h.effective })),
            );
        }
        Ok(())
    }
    let mut known = KnownCodes::new();
    of::<Organisation>(unit, built, &mut known).await?;
    of::<LocalAuthority>(unit, built, &mut known).await?;
    of::<Cluster>(unit, built, &mut known).await?;
    of::<Programme>(unit, built, &mut known).await?;
    of::<Fund>(unit, built, &mut known).await?;
    of::<Document>(unit, built, &mut known).await?;
    of::<EventSeries>(unit, built, &mut known).await?;
    of::<Event>(unit, built, &mut known).await?;
    of::<GoodPractice>(unit, built, &mut known).await?;
    of::<Recommendation>(unit, built, &mut known).await?;
    of::<Dialogue>(unit, built, &mut known).await?;
    of::<Partnership>(unit, built, &mut known).await?;
    of::<NewsItem>(unit, built, &mut known).await?;
    of::<Agreement>(unit, built, &mut known).await?;
    of::<CooperationAgreement>(unit, built, &mut known).await?;
    Ok(known)
}

/// Puts what others are a part of before them. There are no circles any more.
fn parents_first(batch: &mut Batch) {
    sort_tree(&mut batch.organisations, |o| o.parent);
    sort_tree(&mut batch.authorities, |a| a.parent);
    sort_tree(&mut batch.programmes, |p| p.parent);
    sort_tree(&mut batch.results, |r| r.parent);
}

fn sort_tree<T: Record>(records: &mut [T], parent: impl Fn(&T) -> Option<Id<T>>) {
    let parents: HashMap<Id<T>, Option<Id<T>>> = records.iter().map(|r| (r.head().id, parent(r))).collect();
    let depth = |record: &T| {
        let up = |at: &Id<T>| parents.get(at).copied().flatten();
        std::iter::successors(Some(record.head().id), up).count()
    };
    records.sort_by_cached_key(|r| (depth(r), r.head().code.clone()));
}

/// Where the records of the files stand, to say where a circle runs.
struct Places<'a> {
    files: &'a [(SourceFile, File)],
    of: &'a HashMap<(Kind, Uuid), (usize, Range<usize>)>,
}

impl Places<'_> {
    fn refuse_circles<T: Record>(
        &self,
        records: &[T],
        field: &str,
        parent: impl Fn(&T) -> Option<Id<T>>,
    ) -> Result<(), ImportError> {
        let pairs: Vec<_> = records.iter().filter_map(|r| Some((parent(r)?.uuid(), r.head().id.uuid()))).collect();
        self.refuse::<T>(field, &pairs)
    }

    /// Refuses (earlier, later) pairs that run in a circle, at each of its members that stands in the files.
    fn refuse<T: Record>(&self, field: &str, pairs: &[(Uuid, Uuid)]) -> Result<(), ImportError> {
        let Err(cycle) = SuccessionGraph::try_new(pairs.iter().copied()) else { return Ok(()) };
        let mut after: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for (earlier, later) in pairs {
            after.entry(*earlier).or_default().push(*later);
        }
        // What only comes after a circle is named with it and is innocent.
        let comes_back = |id: &Uuid| {
            let (mut seen, mut open) = (HashSet::new(), vec![*id]);
            while let Some(at) = open.pop() {
                open.extend(after.get(&at).into_iter().flatten().filter(|next| seen.insert(**next)));
            }
            seen.contains(id)
        };
        let kind = T::KIND.name().replace('_', " ");
        let message = match field {
            "parent" => {
                format!("this {kind} is a part of itself, by way of its parents: give one of them another parent, or none")
            }
            _ => format!("this {kind} follows itself, by way of those that it succeeded: nothing can come after itself"),
        };
        let problems: Vec<Problem> =
            cycle.0.iter().filter(|id| comes_back(id)).filter_map(|id| self.problem(T::KIND, *id, field, &message)).collect();
        // A circle of which nothing stands in the files was there before them.
        if problems.is_empty() { Ok(()) } else { refuse(problems) }
    }

    fn problem(&self, kind: Kind, id: Uuid, field: &str, message: &str) -> Option<Problem> {
        let (file, span) = self.of.get(&(kind, id))?;
        let problem = self.files.get(*file)?.0.problem(span.clone(), message.to_owned());
        // The place is that of the record's code or number, which is told apart from the field that is wrong.
        let record = problem.field.rsplit_once('.').map_or(problem.field.as_str(), |(record, _)| record);
        Some(Problem { field: format!("{record}.{field}"), ..problem })
    }
}

/// Writes every kind after those that it points at; then takes away the parts that are gone, the other way round.
async fn write(unit: &mut UnitOfWork, batch: &Batch, progress: Progress<'_>) -> Result<Vec<KindCounts>, ImportError> {
    let mut kinds: BTreeMap<Kind, Receipt> = BTreeMap::new();
    let mut step = 0usize;
    macro_rules! put {
        ($($list:ident),+ $(,)?) => { $({
            step += 1;
            progress("writing", step, Kind::ALL.len());
            let before = unit.receipt();
            unit.put(&batch.$list).await?;
            count(&mut kinds, &batch.$list, before, unit.receipt());
        })+ };
    }
    put!(organisations, authorities, clusters, partnerships);
    unit.put_partnership_lists(&batch.partnerships).await?;
    put!(programmes);
    unit.put_programme_lists(&batch.programmes).await?;
    put!(participations, agreements, budget_lines, transactions, rates, in_kind, results, indicators, indicator_periods);
    put!(funds, communities, savings_groups, grants, housing, memberships, event_series, events, documents);
    put!(sessions, delegations, participants, event_outcomes, practices, replications, recommendations, road_maps, steps);
    put!(dialogues, options, dialogue_clusters, ballots, actions, parties, cooperation_agreements, news, persons, roles);
    put!(statements, figures, risks, narratives);
    let organisations: Vec<Uuid> = batch.organisations.iter().map(|o| o.head.id.uuid()).collect();
    unit.put_successions(&organisations, &batch.organisation_successions).await?;
    let authorities: Vec<Uuid> = batch.authorities.iter().map(|a| a.head.id.uuid()).collect();
    unit.put_successions(&authorities, &batch.authority_successions).await?;

    let owners = |codes: Vec<&ketnoi_domain::Code>| codes.into_iter().map(|c| format!("{c}:")).collect::<Vec<_>>();
    let programmes = owners(batch.programmes.iter().map(|p| &p.head.code).collect());
    let funds = owners(batch.funds.iter().map(|f| &f.head.code).collect());
    let mut all =
        owners(batch.organisations.iter().map(|o| &o.head.code).chain(batch.authorities.iter().map(|a| &a.head.code)).collect());
    all.extend(owners(batch.clusters.iter().map(|c| &c.head.code).collect()));
    let events = owners(batch.events.iter().map(|e| &e.head.code).collect());
    let dialogues = owners(batch.dialogues.iter().map(|d| &d.head.code).collect());
    let recommendations = owners(batch.recommendations.iter().map(|r| &r.head.code).collect());
    let road_maps = owners(batch.road_maps.iter().map(|r| &r.head.code).collect());
    let partnerships = owners(batch.partnerships.iter().map(|p| &p.head.code).collect());
    let persons = owners(batch.persons.iter().map(|p| &p.head.code).collect());
    all.extend(owners(batch.event_series.iter().map(|s| &s.head.code).collect()));
    all.extend(owners(batch.practices.iter().map(|p| &p.head.code).collect()));
    all.extend(owners(batch.replications.iter().map(|r| &r.head.code).collect()));
    all.extend(owners(batch.news.iter().map(|n| &n.head.code).collect()));
    for parts in [&programmes, &funds, &events, &dialogues, &recommendations, &road_maps, &partnerships, &persons] {
        all.extend_from_slice(parts);
    }
    macro_rules! prune {
        ($($kind:ty: $list:ident below $owners:expr),+ $(,)?) => { $({
            let before = unit.receipt();
            prune::<$kind>(unit, &batch.$list, $owners).await?;
            count::<$kind>(&mut kinds, &[], before, unit.receipt());
        })+ };
    }
    prune! {
        Narrative: narratives below &programmes, Risk: risks below &programmes, StatedFigure: figures below &all,
        Statement: statements below &all,
        PublicRole: roles below &persons, CooperationAgreement: cooperation_agreements below &partnerships,
        PartnershipParty: parties below &partnerships, AdvocacyAction: actions below &recommendations,
        Ballot: ballots below &dialogues, DialogueCluster: dialogue_clusters below &dialogues, DialogueOption: options below &dialogues,
        RoadMapStep: steps below &road_maps, EventOutcome: event_outcomes below &events, ParticipantCount: participants below &events,
        Delegation: delegations below &events, EventSession: sessions below &events, Membership: memberships below &all,
        HousingProject: housing below &funds, SmallGrant: grants below &funds, SavingsGroup: savings_groups below &funds,
        Community: communities below &funds, IndicatorPeriod: indicator_periods below &programmes, Indicator: indicators below &programmes,
        Outcome: results below &programmes, InKindContribution: in_kind below &programmes, Transaction: transactions below &programmes,
        BudgetLine: budget_lines below &programmes, Agreement: agreements below &programmes, Participation: participations below &programmes,
    }
    unit.settle().await?;
    Ok(kinds.into_iter().map(|(kind, counts)| KindCounts { kind, counts }).collect())
}

fn count<T: Record>(kinds: &mut BTreeMap<Kind, Receipt>, _: &[T], before: Receipt, after: Receipt) {
    let added = Receipt {
        revision: after.revision,
        added: after.added - before.added,
        changed: after.changed - before.changed,
        unchanged: after.unchanged - before.unchanged,
        removed: after.removed - before.removed,
    };
    if added.added + added.changed + added.unchanged + added.removed > 0 {
        let sum = kinds.entry(T::KIND).or_default();
        sum.revision = added.revision;
        sum.added += added.added;
        sum.changed += added.changed;
        sum.unchanged += added.unchanged;
        sum.removed += added.removed;
    }
}

/// Takes away the parts of the imported records that their files no longer hold.
async fn prune<T: Stored>(unit: &mut UnitOfWork, kept: &[T], owners: &[String]) -> Result<(), ImportError> {
    let kept: HashSet<Uuid> = kept.iter().map(|r| r.head().id.uuid()).collect();
    let there = unit.ids_below::<T>(owners).await?;
    // Two kinds of owner may share a code; a part says in its own code of which kind its owner is, and so its id differs.
    let gone: Vec<Uuid> = there.into_iter().map(|(_, id)| id).filter(|id| !kept.contains(id)).collect();
    if !gone.is_empty() {
        unit.remove::<T>(&gone).await?;
    }
    Ok(())
}
