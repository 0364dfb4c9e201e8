//! What moved in a year: by programme, and in all.
//!
//! Both are counted by the rule of portfolios: an amount below one of the same kind by the same funder is a part of it. The
//! totals are the portfolio's own, so that a report on a year and the gateway say the same.

use std::collections::{BTreeMap, HashMap, HashSet};

use ketnoi_domain::{
    Id, Money, Organisation, PartialDate, Programme, Totals, Transaction, TransactionType,
    portfolio::{Dimension, Facts, GroupKey, portfolio},
};
use ketnoi_reporting::YearMoneyFacts;

use super::found::Found;
use crate::Error;

/// What came in and what was handed on or paid.
#[derive(Default)]
pub(super) struct Moved {
    pub(super) received: Vec<Money>,
    pub(super) spent: Vec<Money>,
}

/// What moved in the year in all.
pub(super) fn totals(found: &Found) -> Result<Moved, Error> {
    let became = HashMap::new();
    let facts = Facts {
        programmes: &found.programmes,
        participations: &[],
        agreements: &found.agreements,
        transactions: &found.transactions,
        became: &became,
    };
    let mut groups = portfolio(facts, Dimension::Year)?;
    let Some(group) = groups.remove(&GroupKey::Year(found.year)) else { return Ok(Moved::default()) };
    let spent = Totals::of(group.disbursed.iter().chain(group.spent.iter()))?;
    Ok(Moved { received: group.received.iter().collect(), spent: spent.iter().collect() })
}

/// A line for each programme for which something moved, in the order of the programmes' codes.
pub(super) fn lines(found: &Found) -> Result<Vec<YearMoneyFacts>, Error> {
    let mut own: BTreeMap<Id<Programme>, (Totals, Totals)> = BTreeMap::new();
    for t in counted(found) {
        let (received, spent) = own.entry(t.programme).or_default();
        let sum = if t.kind == TransactionType::IncomingFunds { received } else { spent };
        sum.add(t.value)?;
    }
    let mut programmes: Vec<&Programme> = found.programmes.iter().filter(|p| own.contains_key(&p.head.id)).collect();
    programmes.sort_by(|a, b| a.head.code.cmp(&b.head.code));
    let line = |p: &Programme| {
        let (received, spent) = own.get(&p.head.id)?;
        Some(YearMoneyFacts { programme: p.title.clone(), received: received.iter().collect(), spent: spent.iter().collect() })
    };
    Ok(programmes.into_iter().filter_map(line).collect())
}

/// What tells movements of one sort by one funder for one programme.
type Sort = (TransactionType, Option<Id<Organisation>>, Id<Programme>);

/// The movements of the year that are no part of one further up.
fn counted(found: &Found) -> Vec<&Transaction> {
    let funders: HashMap<_, _> = found.agreements.iter().map(|a| (a.head.id, a.funder)).collect();
    let sort = |t: &Transaction| -> Option<Sort> {
        let moves =
            matches!(t.kind, TransactionType::IncomingFunds | TransactionType::Disbursement | TransactionType::Expenditure);
        let payer = t.agreement.and_then(|a| funders.get(&a).copied());
        let giver = if t.kind == TransactionType::IncomingFunds { t.provider } else { None };
        moves.then_some((t.kind, payer.or(giver), t.programme))
    };
    let at: HashSet<Sort> = found.transactions.iter().filter_map(&sort).collect();
    let parents: HashMap<Id<Programme>, Id<Programme>> =
        found.programmes.iter().filter_map(|p| Some((p.head.id, p.parent?))).collect();
    let above = |(kind, funder, programme): Sort| {
        let (mut seen, mut next) = (HashSet::from([programme]), parents.get(&programme).copied());
        // Programmes that hold each other would never end.
        while let Some(up) = next.filter(|up| seen.insert(*up)) {
            if at.contains(&(kind, funder, up)) {
                return true;
            }
            next = parents.get(&up).copied();
        }
        false
    };
    let of_year = found.transactions.iter().filter(|t| PartialDate::day(t.date).year() == found.year);
    of_year.filter(|t| sort(t).is_some_and(|s| !above(s))).collect()
}
