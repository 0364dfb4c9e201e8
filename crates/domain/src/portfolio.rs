//! Counts and money over many programmes, grouped: what "all that Canada paid, by year" comes to.
//!
//! Three rules keep the sums honest. Currencies are never mixed. A tree is counted once: of a programme and its parts
//! only the topmost in a group counts, and an amount below one of the same kind by the same funder is a part of it.
//! What cannot be attributed (no share given, no date known) stands in the group without a key instead of being spread.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use uuid::Uuid;

use crate::{
    Agreement, Coded, Id, Money, MoneyError, Organisation, Participation, Percentage, Programme, Role, Scheme, Totals,
    Transaction, TransactionType, coded::coded, split,
};

coded! {
    /// By what a portfolio is grouped.
    pub enum Dimension {
        /// Everything in one group.
        Total = "total" / "total",
        /// By funder, as it was then.
        Funder = "funder" / "funder",
        /// By funder, predecessors counting as the body that they became.
        FunderSuccession = "funder_succession" / "funder_succession",
        /// By year: programmes in every year that they run, money in the year that it moved or was agreed.
        Year = "year" / "year",
        /// By sector, divided by the shares.
        Sector = "sector" / "sector",
        /// By country that benefits, divided by the shares.
        Country = "country" / "country",
        /// By local authority, divided by the shares.
        Authority = "authority" / "authority",
        /// By status.
        Status = "status" / "status",
    }
}

/// What a group is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupKey {
    /// A year.
    Year(i32),
    /// A code of a list: sector, country, status.
    Code(String),
    /// An organisation or an authority.
    Record(Uuid),
    /// What could not be attributed, and the whole of [`Dimension::Total`].
    None,
}

/// What a portfolio is made from: everything that the viewer may see of the selected programmes.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The programmes.
    pub programmes: &'a [Programme],
    /// Who takes part in them.
    pub participations: &'a [Participation],
    /// What was agreed for them.
    pub agreements: &'a [Agreement],
    /// What moved for them.
    pub transactions: &'a [Transaction],
    /// For each funder that was followed, the body it became in the end.
    pub became: &'a HashMap<Id<Organisation>, Id<Organisation>>,
}

/// One group of a portfolio.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// How many programmes, each tree counted once.
    pub programmes: usize,
    /// The ceilings agreed, as amended.
    pub agreed: Totals,
    /// What came in.
    pub received: Totals,
    /// What was handed on.
    pub disbursed: Totals,
    /// What was spent.
    pub spent: Totals,
    /// How many of the programmes have no agreed amount that the viewer may see: their money is unknown, not nought.
    pub without_amount: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Measure {
    Agreed,
    Received,
    Disbursed,
    Spent,
}

/// An amount with where it belongs.
struct Amount {
    measure: Measure,
    programme: Id<Programme>,
    funder: Option<Id<Organisation>>,
    year: Option<i32>,
    value: Money,
}

/// The groups of a portfolio in the order of their keys, what could not be attributed last.
pub fn portfolio(facts: Facts<'_>, by: Dimension) -> Result<BTreeMap<GroupKey, Group>, MoneyError> {
    let tree = Tree::new(facts.programmes);
    let amounts = topmost(amounts(facts), &tree);
    let mut groups: BTreeMap<GroupKey, Group> = BTreeMap::new();
    let mut members: BTreeMap<GroupKey, BTreeSet<Id<Programme>>> = BTreeMap::new();
    let funders = funders(facts, by);
    for programme in facts.programmes {
        for key in keys_of(programme, &funders, by) {
            members.entry(key).or_default().insert(programme.head.id);
        }
    }
    // A programme has an amount if it or any of its parts has one.
    let agreed = amounts.iter().filter(|a| a.measure == Measure::Agreed).map(|a| a.programme);
    let priced: HashSet<Id<Programme>> = agreed.flat_map(|p| std::iter::once(p).chain(tree.ancestors(p))).collect();
    for (key, ids) in members {
        let roots: Vec<_> = ids.iter().filter(|id| !tree.ancestors(**id).any(|a| ids.contains(&a))).copied().collect();
        let group = groups.entry(key).or_default();
        group.programmes = roots.len();
        group.without_amount = roots.iter().filter(|r| !priced.contains(r)).count();
    }
    for amount in amounts {
        let Some(programme) = tree.programmes.get(&amount.programme) else { continue };
        for (key, part) in shares_of(&amount, programme, facts, by) {
            let group = groups.entry(key).or_default();
            match amount.measure {
                Measure::Agreed => group.agreed.add(part)?,
                Measure::Received => group.received.add(part)?,
                Measure::Disbursed => group.disbursed.add(part)?,
                Measure::Spent => group.spent.add(part)?,
            }
        }
    }
    Ok(groups)
}

/// The programmes by id, to climb from a part to what it is a part of.
struct Tree<'a> {
    programmes: HashMap<Id<Programme>, &'a Programme>,
}

impl<'a> Tree<'a> {
    fn new(programmes: &'a [Programme]) -> Self {
        Self { programmes: programmes.iter().map(|p| (p.head.id, p)).collect() }
    }

    /// What a programme is a part of, the nearest first. Ends at what is not selected; a circle ends where it closes.
    fn ancestors(&self, of: Id<Programme>) -> impl Iterator<Item = Id<Programme>> {
        let mut seen = HashSet::from([of]);
        let mut at = of;
        std::iter::from_fn(move || {
            at = self.programmes.get(&at)?.parent?;
            seen.insert(at).then_some(at)
        })
    }
}

fn amounts(facts: Facts<'_>) -> Vec<Amount> {
    let start: HashMap<_, _> = facts.programmes.iter().map(|p| (p.head.id, p.start())).collect();
    let funder_of: HashMap<_, _> = facts.agreements.iter().map(|a| (a.head.id, a.funder)).collect();
    let agreed = facts.agreements.iter().filter_map(|a| {
        let dated = a.signed.or(a.period.from).or(start.get(&a.programme).copied().flatten());
        let year = dated.map(crate::PartialDate::year);
        Some(Amount {
            measure: Measure::Agreed,
            programme: a.programme,
            funder: Some(a.funder),
            year,
            value: a.current_ceiling()?,
        })
    });
    let moved = facts.transactions.iter().filter_map(|t| {
        let measure = match t.kind {
            TransactionType::IncomingFunds => Measure::Received,
            TransactionType::Disbursement => Measure::Disbursed,
            TransactionType::Expenditure => Measure::Spent,
            _ => return None,
        };
        let payer = t.agreement.and_then(|a| funder_of.get(&a).copied());
        let giver = if measure == Measure::Received { t.provider } else { None };
        let year = Some(crate::PartialDate::day(t.date).year());
        Some(Amount { measure, programme: t.programme, funder: payer.or(giver), year, value: t.value })
    });
    agreed.chain(moved).collect()
}

/// Without the amounts that are a part of one further up: same measure, same funder.
fn topmost(amounts: Vec<Amount>, tree: &Tree<'_>) -> Vec<Amount> {
    let at: HashSet<_> = amounts.iter().map(|a| (a.measure, a.funder, a.programme)).collect();
    let above = |a: &Amount| tree.ancestors(a.programme).any(|up| at.contains(&(a.measure, a.funder, up)));
    amounts.into_iter().filter(|a| !above(a)).collect()
}

/// The funders of each programme, as groups are named.
fn funders(facts: Facts<'_>, by: Dimension) -> HashMap<Id<Programme>, Vec<GroupKey>> {
    let mut funders: HashMap<Id<Programme>, Vec<GroupKey>> = HashMap::new();
    for part in facts.participations.iter().filter(|p| p.role == Role::Funding) {
        funders.entry(part.programme).or_default().push(funder_key(part.organisation, facts, by));
    }
    funders
}

/// The groups that a programme is counted in.
fn keys_of(programme: &Programme, funders: &HashMap<Id<Programme>, Vec<GroupKey>>, by: Dimension) -> Vec<GroupKey> {
    let or_none = |keys: Vec<GroupKey>| if keys.is_empty() { vec![GroupKey::None] } else { keys };
    let codes = |scheme| or_none(programme.classified(scheme).map(|c| GroupKey::Code(c.code.clone())).collect());
    match by {
        Dimension::Total => vec![GroupKey::None],
        Dimension::Funder | Dimension::FunderSuccession => or_none(funders.get(&programme.head.id).cloned().unwrap_or_default()),
        Dimension::Year => match (programme.start(), programme.end()) {
            (Some(from), Some(to)) => (from.year()..=to.year().max(from.year())).map(GroupKey::Year).collect(),
            (Some(one), None) | (None, Some(one)) => vec![GroupKey::Year(one.year())],
            (None, None) => vec![GroupKey::None],
        },
        Dimension::Sector => codes(Scheme::Sector),
        Dimension::Country => codes(Scheme::Country),
        Dimension::Authority => or_none(programme.places.iter().map(|p| GroupKey::Record(p.authority.uuid())).collect()),
        Dimension::Status => vec![programme.status.map_or(GroupKey::None, |s| GroupKey::Code(s.name().to_owned()))],
    }
}

fn funder_key(funder: Id<Organisation>, facts: Facts<'_>, by: Dimension) -> GroupKey {
    let became = (by == Dimension::FunderSuccession).then(|| facts.became.get(&funder)).flatten();
    GroupKey::Record(became.copied().unwrap_or(funder).uuid())
}

/// The parts of an amount by group.
fn shares_of(amount: &Amount, programme: &Programme, facts: Facts<'_>, by: Dimension) -> Vec<(GroupKey, Money)> {
    let whole = |key| vec![(key, amount.value)];
    let divided = |keys: Vec<(GroupKey, Option<Percentage>)>| match keys.as_slice() {
        [(key, _)] => whole(key.clone()),
        keys => {
            let weights: Option<Vec<u64>> =
                keys.iter().map(|(_, p)| p.and_then(|p| u64::try_from(p.millionths()).ok())).collect();
            let parts = weights.map(|w| split(amount.value, &w)).unwrap_or_default();
            if parts.is_empty() { whole(GroupKey::None) } else { keys.iter().map(|(k, _)| k.clone()).zip(parts).collect() }
        }
    };
    let classified =
        |scheme| divided(programme.classified(scheme).map(|c| (GroupKey::Code(c.code.clone()), c.percentage)).collect());
    match by {
        Dimension::Total => whole(GroupKey::None),
        Dimension::Funder | Dimension::FunderSuccession => {
            whole(amount.funder.map_or(GroupKey::None, |f| funder_key(f, facts, by)))
        }
        Dimension::Year => whole(amount.year.map_or(GroupKey::None, GroupKey::Year)),
        Dimension::Sector => classified(Scheme::Sector),
        Dimension::Country => classified(Scheme::Country),
        Dimension::Authority => {
            divided(programme.places.iter().map(|p| (GroupKey::Record(p.authority.uuid()), p.percentage)).collect())
        }
        Dimension::Status => whole(programme.status.map_or(GroupKey::None, |s| GroupKey::Code(s.name().to_owned()))),
    }
}

#[cfg(test)]
mod tests;
