use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use ketnoi_domain::{
    Agreement, Coded, Currency, ExchangeRate, Id, LocalAuthority, Money, Organisation, Participation, Programme, SuccessionGraph,
    Text, Totals, Transaction, convert,
    portfolio::{Dimension, Facts, Group, GroupKey, portfolio},
    query::Filter,
};
use uuid::Uuid;

use crate::{Error, Session, codelists};

/// Counts and money over the programmes that a filter lets pass, grouped.
#[derive(Clone, Debug)]
pub struct Portfolio {
    /// The groups in their order, what could not be attributed last.
    pub groups: Vec<PortfolioGroup>,
}

/// One group.
#[derive(Clone, Debug)]
pub struct PortfolioGroup {
    /// A code, a year, or nothing for what could not be attributed.
    pub key: Option<String>,
    /// What people call it.
    pub label: Text,
    /// Counts and sums.
    pub group: Group,
}

/// A total in one currency, and what could not be brought into it.
#[derive(Clone, Debug)]
pub struct Converted {
    /// The sum of what could be converted; nothing where none could.
    pub total: Option<Money>,
    /// What no rate is known for.
    pub unconverted: Totals,
    /// The rates used.
    pub rates: Vec<ExchangeRate>,
}

impl Converted {
    /// A total by the last rates on or before a day.
    pub fn of(totals: &Totals, to: Currency, on: NaiveDate, rates: &[ExchangeRate]) -> Result<Self, Error> {
        let mut converted = Self { total: None, unconverted: Totals::default(), rates: Vec::new() };
        for money in totals.iter() {
            match convert(money, to, on, rates) {
                Some((value, rate)) => {
                    converted.total = Some(converted.total.map_or(Ok(value), |sum| sum.checked_add(value))?);
                    converted.rates.extend(rate.cloned());
                }
                None => converted.unconverted.add(money)?,
            }
        }
        Ok(converted)
    }
}

impl Session {
    /// The portfolio of the programmes that the filter lets pass, in a number of statements that does not depend on it.
    pub async fn portfolio(&self, filter: &Filter, by: Dimension) -> Result<Portfolio, Error> {
        let mut programmes: Vec<Programme> = self.all(filter).await?;
        if by == Dimension::Authority {
            self.drop_hidden_places(&mut programmes).await?;
        }
        let ids: Vec<Uuid> = programmes.iter().map(|p| p.head.id.uuid()).collect();
        let participations: Vec<Participation> = self.all_children(("programme_id", &ids)).await?;
        let agreements: Vec<Agreement> = self.all_children(("programme_id", &ids)).await?;
        let transactions: Vec<Transaction> = self.all_children(("programme_id", &ids)).await?;
        let became = if by == Dimension::FunderSuccession { self.last_successors().await? } else { HashMap::new() };
        let facts = Facts {
            programmes: &programmes,
            participations: &participations,
            agreements: &agreements,
            transactions: &transactions,
            became: &became,
        };
        let groups: Vec<(GroupKey, Group)> = portfolio(facts, by)?.into_iter().collect();
        let records: Vec<Uuid> =
            groups.iter().filter_map(|(k, _)| if let GroupKey::Record(id) = k { Some(*id) } else { None }).collect();
        let labels = self.labels(by, &records).await?;
        let named = |(key, group): (GroupKey, Group)| {
            let (key, label) = match key {
                GroupKey::Year(y) => (Some(y.to_string()), Text::default()),
                GroupKey::Code(c) => (Some(c.clone()), code_label(by, &c)),
                GroupKey::Record(id) => {
                    labels.get(&id).cloned().map_or((None, Text::default()), |(code, name)| (Some(code), name))
                }
                GroupKey::None => (None, Text::default()),
            };
            PortfolioGroup { key, label, group }
        };
        let mut groups: Vec<PortfolioGroup> = groups.into_iter().map(named).collect();
        groups.sort_by_key(|g| (g.key.is_none(), g.key.clone()));
        Ok(Portfolio { groups })
    }

    /// For each organisation that was followed, the one that it is today.
    async fn last_successors(&self) -> Result<HashMap<Id<Organisation>, Id<Organisation>>, Error> {
        let all = self.all_successions::<Organisation>().await?;
        // A successor that the viewer may not see is not followed: its existence is not theirs to know.
        let ends: Vec<Uuid> = all.iter().flat_map(|s| [s.predecessor.uuid(), s.successor.uuid()]).collect();
        let seen: HashSet<Id<Organisation>> = self.by_ids::<Organisation>(&ends).await?.iter().map(|o| o.head.id).collect();
        let all: Vec<_> = all.into_iter().filter(|s| seen.contains(&s.predecessor) && seen.contains(&s.successor)).collect();
        let Ok(graph) = SuccessionGraph::try_new(all.iter().map(|s| (s.predecessor, s.successor))) else {
            // Imports refuse circles; were there one, nobody would be followed.
            return Ok(HashMap::new());
        };
        let last = |from| graph.with_successors(from).into_iter().find(|b| graph.with_successors(*b).len() == 1);
        Ok(all.iter().filter_map(|s| last(s.predecessor).map(|l| (s.predecessor, l))).collect())
    }

    /// Leaves out the places that the viewer may not see, so that no group counts them.
    async fn drop_hidden_places(&self, programmes: &mut [Programme]) -> Result<(), Error> {
        let mut ids: Vec<Uuid> = programmes.iter().flat_map(|p| &p.places).map(|p| p.authority.uuid()).collect();
        ids.sort_unstable();
        ids.dedup();
        let seen: HashSet<Id<LocalAuthority>> = self.by_ids::<LocalAuthority>(&ids).await?.iter().map(|a| a.head.id).collect();
        for programme in programmes {
            programme.places.retain(|p| seen.contains(&p.authority));
        }
        Ok(())
    }

    async fn labels(&self, by: Dimension, ids: &[Uuid]) -> Result<HashMap<Uuid, (String, Text)>, Error> {
        let name = |names: &ketnoi_domain::Names| names.current().map(|n| n.text.clone()).unwrap_or_default();
        Ok(if by == Dimension::Authority {
            let all: Vec<LocalAuthority> = self.by_ids(ids).await?;
            all.iter().map(|a| (a.head.id.uuid(), (a.head.code.to_string(), name(&a.names)))).collect()
        } else {
            let all: Vec<Organisation> = self.by_ids(ids).await?;
            all.iter().map(|o| (o.head.id.uuid(), (o.head.code.to_string(), name(&o.names)))).collect()
        })
    }
}

fn code_label(by: Dimension, code: &str) -> Text {
    match by {
        Dimension::Sector => codelists::sector(code),
        Dimension::Country => codelists::country(code),
        Dimension::Status => {
            let known = <ketnoi_domain::ProgrammeStatus as Coded>::from_name(code);
            known.map(|s| Text::new(ketnoi_domain::Lang::En, s.name())).unwrap_or_default()
        }
        _ => Text::default(),
    }
}
