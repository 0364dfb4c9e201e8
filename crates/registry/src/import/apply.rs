use std::collections::{BTreeMap, HashMap, HashSet};

use ketnoi_domain::{
    Action, Agreement, BudgetLine, Cluster, Coded, Community, Document, Fund, HousingProject, Id, InKindContribution, Indicator,
    IndicatorPeriod, Kind, LocalAuthority, Membership, Organisation, Outcome, Participation, Programme, Record, Risk, SavingsGroup, SmallGrant,
    StatedFigure, Statement, SuccessionGraph, Transaction, Viewer, Visibility, may,
};
use ketnoi_persistence::{Receipt, Stored, UnitOfWork};
use uuid::Uuid;

use super::{
    ImportError, Problem, SourceFile,
    build::{Batch, Built, Known, KnownCodes, build},
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
    pub async fn import(&self, viewer: &Viewer, files: &[SourceFile], dry_run: bool, progress: Progress<'_>) -> Result<ImportReport, ImportError> {
        if !may(viewer, Action::Write, Visibility::Draft) {
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
            let known = look_up(&unit, &built).await?;
            built = build(&parsed, &known);
        }
        refuse(std::mem::take(&mut built.problems))?;
        let mut batch = built.batch;
        parents_first(&mut batch)?;
        let kinds = write(&mut unit, &batch, progress).await?;
        check_successions::<Organisation>(&unit).await?;
        check_successions::<LocalAuthority>(&unit).await?;
        let detail = format!("{} files", files.len());
        let total = if dry_run {
            unit.roll_back().await?
        } else {
            unit.commit(self.clock.new_id(), &self.clock.now(), viewer.class(), "import registry", &detail).await?
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
            known.extend(heads.into_iter().map(|h| ((T::KIND, h.code.to_string()), Known { id: h.id.uuid(), effective: h.effective })));
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
    Ok(known)
}

/// Puts what others are a part of before them, and refuses circles.
fn parents_first(batch: &mut Batch) -> Result<(), ImportError> {
    sort_tree(&mut batch.organisations, |o| o.parent)?;
    sort_tree(&mut batch.authorities, |a| a.parent)?;
    sort_tree(&mut batch.programmes, |p| p.parent)?;
    sort_tree(&mut batch.results, |r| r.parent)
}

fn sort_tree<T: Record>(records: &mut Vec<T>, parent: impl Fn(&T) -> Option<Id<T>>) -> Result<(), ImportError> {
    let parents: HashMap<Id<T>, Option<Id<T>>> = records.iter().map(|r| (r.head().id, parent(r))).collect();
    let depth = |record: &T| {
        let mut at = record.head().id;
        let mut depth = 0usize;
        while let Some(Some(up)) = parents.get(&at) {
            depth += 1;
            if depth > parents.len() {
                return None;
            }
            at = *up;
        }
        Some(depth)
    };
    let mut depths: HashMap<Id<T>, usize> = HashMap::with_capacity(records.len());
    for record in records.iter() {
        let Some(depth) = depth(record) else {
            let message = format!("the {} `{}` is a part of itself, by way of its parents", T::KIND.name().replace('_', " "), record.head().code);
            return Err(ImportError::Refused(vec![Problem { file: "the files".into(), line: 0, field: "parent".into(), message }]));
        };
        depths.insert(record.head().id, depth);
    }
    records.sort_by_key(|r| (depths.get(&r.head().id).copied(), r.head().code.clone()));
    Ok(())
}

/// Writes every kind after those that it points at; then takes away the parts that are gone, the other way round.
async fn write(unit: &mut UnitOfWork, batch: &Batch, progress: Progress<'_>) -> Result<Vec<KindCounts>, ImportError> {
    let mut kinds: BTreeMap<Kind, Receipt> = BTreeMap::new();
    let mut step = 0usize;
    macro_rules! put {
        ($($list:ident),+ $(,)?) => { $({
            step += 1;
            progress("writing", step, 23);
            let before = unit.receipt();
            unit.put(&batch.$list).await?;
            count(&mut kinds, &batch.$list, before, unit.receipt());
        })+ };
    }
    put!(organisations, authorities, clusters, programmes);
    unit.put_programme_lists(&batch.programmes).await?;
    put!(participations, agreements, budget_lines, transactions, rates, in_kind, results, indicators, indicator_periods);
    put!(funds, communities, savings_groups, grants, housing, memberships, documents, statements, figures, risks);
    let organisations: Vec<Uuid> = batch.organisations.iter().map(|o| o.head.id.uuid()).collect();
    unit.put_successions(&organisations, &batch.organisation_successions).await?;
    let authorities: Vec<Uuid> = batch.authorities.iter().map(|a| a.head.id.uuid()).collect();
    unit.put_successions(&authorities, &batch.authority_successions).await?;

    let owners = |codes: Vec<&ketnoi_domain::Code>| codes.into_iter().map(|c| format!("{c}:")).collect::<Vec<_>>();
    let programmes = owners(batch.programmes.iter().map(|p| &p.head.code).collect());
    let funds = owners(batch.funds.iter().map(|f| &f.head.code).collect());
    let mut all = owners(batch.organisations.iter().map(|o| &o.head.code).chain(batch.authorities.iter().map(|a| &a.head.code)).collect());
    all.extend(owners(batch.clusters.iter().map(|c| &c.head.code).collect()));
    all.extend(programmes.iter().chain(&funds).cloned());
    macro_rules! prune {
        ($($kind:ty: $list:ident below $owners:expr),+ $(,)?) => { $({
            let before = unit.receipt();
            prune::<$kind>(unit, &batch.$list, $owners).await?;
            count::<$kind>(&mut kinds, &[], before, unit.receipt());
        })+ };
    }
    prune! {
        Risk: risks below &programmes, StatedFigure: figures below &all, Statement: statements below &all, Membership: memberships below &all,
        HousingProject: housing below &funds, SmallGrant: grants below &funds, SavingsGroup: savings_groups below &funds,
        Community: communities below &funds, IndicatorPeriod: indicator_periods below &programmes, Indicator: indicators below &programmes,
        Outcome: results below &programmes, InKindContribution: in_kind below &programmes, Transaction: transactions below &programmes,
        BudgetLine: budget_lines below &programmes, Agreement: agreements below &programmes, Participation: participations below &programmes,
    }
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

async fn check_successions<T: Record>(unit: &UnitOfWork) -> Result<(), ImportError> {
    let pairs = unit.successions::<T>().await?;
    SuccessionGraph::try_new(pairs).map(|_| ()).map_err(|cycle| {
        let kind = T::KIND.name().replace('_', " ");
        let message = format!("{} {kind} records follow one another in a circle: nothing can follow itself", cycle.0.len());
        ImportError::Refused(vec![Problem { file: "the files".into(), line: 0, field: "successor_of".into(), message }])
    })
}
