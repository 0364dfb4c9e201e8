//! Programmes as a portfolio: a line for each, and the sums that the registry makes of them by its own rules.
//!
//! The sums come from [`ketnoi_domain::portfolio`], what all of them come to from [`Session::portfolio`], the lines from the
//! records: a report compares the three before it prints any of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ketnoi_domain::{
    Agreement, Id, MoneyError, Organisation, Participation, Programme, Role, Scheme, Text, Totals, Transaction, TransactionType,
    portfolio::{Dimension, Facts, Group, GroupKey, portfolio as grouped},
    query::Filter,
};
use ketnoi_reporting::{
    ClassifiedFacts, GroupedBy, PortfolioAmountFacts, PortfolioDimension, PortfolioFacts, PortfolioFunderFacts,
    PortfolioGroupFacts, PortfolioLineFacts, PortfolioMeasure, PortfolioSums,
};

use super::{programmes::Programmes, sayings::Sayings};
use crate::{Error, Session, codelists};

/// The portfolio of the programmes that the filter lets pass, all of which have to be among those that were read. Where
/// certain payers are named it is what they pay for, and their money alone.
pub(super) async fn portfolio(
    session: &Session,
    programmes: &Programmes,
    filter: &Filter,
    payers: Option<&BTreeSet<Id<Organisation>>>,
    told: &Sayings,
) -> Result<PortfolioFacts, Error> {
    let selected = Selected::of(programmes, payers);
    let by = if payers.is_some() { Dimension::Funder } else { Dimension::Total };
    let kept = session.portfolio(filter, by).await?;
    let codes = payers.into_iter().flatten().filter_map(|id| programmes.organisations.get(id));
    let codes: BTreeSet<String> = codes.map(|o| o.head.code.to_string()).collect();
    let mine = |key: Option<&str>| payers.is_none() || key.is_some_and(|key| codes.contains(key));
    let of = |mine: bool, group: &Group| mine.then(|| group.clone());
    let own: Vec<Group> = kept.groups.iter().filter_map(|g| of(mine(g.key.as_deref()), &g.group)).collect();
    let nobodys: Vec<Group> = kept.groups.iter().filter_map(|g| of(payers.is_some() && g.key.is_none(), &g.group)).collect();
    // A programme of several payers would be counted with each of them: the count is that of the whole.
    let whole = selected.groups(Dimension::Total)?.remove(&GroupKey::None).unwrap_or_default();
    let total = Group { programmes: whole.programmes, without_amount: whole.without_amount, ..merged(&own)? };
    let mut groups = Vec::with_capacity(GroupedBy::ALL.len());
    for by in GroupedBy::ALL {
        groups.push(dimension(programmes, &selected, by)?);
    }
    Ok(PortfolioFacts {
        payers: codes.into_iter().collect(),
        programmes: lines(programmes, &selected, payers, told)?,
        total: sums(&total),
        groups,
        unattributed: sums(&Group { programmes: 0, without_amount: 0, ..merged(&nobodys)? }),
        made_up: 0,
    })
}

/// What a portfolio is made from.
struct Selected {
    programmes: Vec<Programme>,
    /// Who pays for them, of those who are asked for.
    participations: Vec<Participation>,
    agreements: Vec<Agreement>,
    transactions: Vec<Transaction>,
    /// Who pays under each agreement.
    payer_of: HashMap<Id<Agreement>, Id<Organisation>>,
}

impl Selected {
    fn of(programmes: &Programmes, payers: Option<&BTreeSet<Id<Organisation>>>) -> Self {
        let counts = |payer: Option<Id<Organisation>>| payers.is_none_or(|own| payer.is_some_and(|id| own.contains(&id)));
        let funding = programmes.participations.iter().filter(|p| p.role == Role::Funding && counts(Some(p.organisation)));
        let participations: Vec<Participation> = funding.cloned().collect();
        let funded: BTreeSet<Id<Programme>> = participations.iter().map(|p| p.programme).collect();
        let chosen = |id: &Id<Programme>| payers.is_none() || funded.contains(id);
        let payer_of: HashMap<_, _> = programmes.agreements.iter().map(|a| (a.head.id, a.funder)).collect();
        let agreements = programmes.agreements.iter().filter(|a| chosen(&a.programme) && counts(Some(a.funder)));
        let moved = programmes.transactions.iter().filter(|t| chosen(&t.programme) && counts(payer(t, &payer_of)));
        Self {
            programmes: programmes.all.iter().filter(|p| chosen(&p.head.id)).cloned().collect(),
            agreements: agreements.cloned().collect(),
            transactions: moved.cloned().collect(),
            participations,
            payer_of,
        }
    }

    fn groups(&self, by: Dimension) -> Result<BTreeMap<GroupKey, Group>, MoneyError> {
        self.groups_of(&self.programmes, by)
    }

    fn groups_of(&self, programmes: &[Programme], by: Dimension) -> Result<BTreeMap<GroupKey, Group>, MoneyError> {
        // Nobody is counted as what became of them: the report is by the names of the time.
        let became = HashMap::new();
        let facts = Facts {
            programmes,
            participations: &self.participations,
            agreements: &self.agreements,
            transactions: &self.transactions,
            became: &became,
        };
        grouped(facts, by)
    }
}

/// Who paid what moved: the funder of its agreement, else for what came in the one who gave it.
fn payer(t: &Transaction, payer_of: &HashMap<Id<Agreement>, Id<Organisation>>) -> Option<Id<Organisation>> {
    let agreed = t.agreement.and_then(|id| payer_of.get(&id).copied());
    agreed.or(t.provider.filter(|_| t.kind == TransactionType::IncomingFunds))
}

fn dimension(programmes: &Programmes, selected: &Selected, by: GroupedBy) -> Result<PortfolioDimension, Error> {
    let dimension = match by {
        GroupedBy::Year => Dimension::Year,
        GroupedBy::Sector => Dimension::Sector,
        GroupedBy::City => Dimension::Authority,
        GroupedBy::Country => Dimension::Country,
        GroupedBy::Status => Dimension::Status,
        GroupedBy::Funder => Dimension::Funder,
    };
    let named = |(key, group): (GroupKey, Group)| {
        let (key, label) = match key {
            GroupKey::Year(year) => (Some(year.to_string()), Text::default()),
            GroupKey::Code(code) => {
                let label = match by {
                    GroupedBy::Sector => codelists::sector(&code),
                    GroupedBy::Country => codelists::country(&code),
                    _ => Text::default(),
                };
                (Some(code), label)
            }
            GroupKey::Record(id) => record(programmes, by, id),
            GroupKey::None => (None, Text::default()),
        };
        PortfolioGroupFacts { key, label, sums: sums(&group) }
    };
    let found = if by == GroupedBy::City {
        // A programme happens where its parts do, as its line says too.
        let placed: Vec<Programme> = selected.programmes.iter().map(|p| programmes.with_places_of_parts(p)).collect();
        selected.groups_of(&placed, dimension)?
    } else {
        selected.groups(dimension)?
    };
    let mut groups: Vec<PortfolioGroupFacts> = found.into_iter().map(named).collect();
    groups.sort_by_cached_key(|g| (g.key.is_none(), g.key.clone()));
    Ok(PortfolioDimension { by, groups })
}

/// The code and the name of a city or a funder; nothing where the viewer may not see it.
fn record(programmes: &Programmes, by: GroupedBy, id: uuid::Uuid) -> (Option<String>, Text) {
    let known = if by == GroupedBy::City {
        programmes.authority(Id::from_uuid(id)).map(|a| (a.head.code.to_string(), &a.names))
    } else {
        programmes.organisations.get(&Id::from_uuid(id)).map(|o| (o.head.code.to_string(), &o.names))
    };
    match known {
        Some((code, names)) => (Some(code), names.current().map(|n| n.text.clone()).unwrap_or_default()),
        None => (None, Text::default()),
    }
}

/// The money of several groups together.
fn merged(groups: &[Group]) -> Result<Group, MoneyError> {
    let mut all = Group::default();
    for group in groups {
        add(&mut all.agreed, &group.agreed)?;
        add(&mut all.received, &group.received)?;
        add(&mut all.disbursed, &group.disbursed)?;
        add(&mut all.spent, &group.spent)?;
    }
    Ok(all)
}

fn add(sum: &mut Totals, more: &Totals) -> Result<(), MoneyError> {
    more.iter().try_for_each(|money| sum.add(money))
}

fn sums(group: &Group) -> PortfolioSums {
    PortfolioSums {
        programmes: group.programmes,
        without_amount: group.without_amount,
        agreed: group.agreed.iter().collect(),
        received: group.received.iter().collect(),
        disbursed: group.disbursed.iter().collect(),
        spent: group.spent.iter().collect(),
    }
}

/// The sums of one programme by what they are and who paid.
type Paid = BTreeMap<(PortfolioMeasure, Option<Id<Organisation>>), Totals>;

fn lines(
    programmes: &Programmes,
    selected: &Selected,
    payers: Option<&BTreeSet<Id<Organisation>>>,
    told: &Sayings,
) -> Result<Vec<PortfolioLineFacts>, Error> {
    let mut paid = paid(selected)?;
    let line = |p: &Programme| {
        let amounts = paid.remove(&p.head.id).map(|own| amounts(programmes, own)).unwrap_or_default();
        let above = p.parent.and_then(|id| selected.programmes.iter().find(|q| q.head.id == id));
        let own = |q: &&Participation| payers.is_none_or(|own| own.contains(&q.organisation));
        PortfolioLineFacts {
            code: p.head.code.to_string(),
            title: p.title.clone(),
            acronym: p.acronym.clone(),
            level: p.level,
            parent: above.map(|q| q.head.code.to_string()),
            status: p.status,
            period: ketnoi_domain::Period { from: p.start(), to: p.end() },
            funders: funders(programmes, p, own),
            co_funders: funders(programmes, p, |q| !own(q)),
            sectors: classified(p, Scheme::Sector, codelists::sector),
            countries: classified(p, Scheme::Country, codelists::country),
            places: programmes.places_of(p),
            amounts,
            stated: told.figures_of(p.head.id.uuid()),
            illustrative: p.head.illustrative,
            sources: told.behind(p.head.id.uuid()),
        }
    };
    Ok(selected.programmes.iter().map(line).collect())
}

fn paid(selected: &Selected) -> Result<HashMap<Id<Programme>, Paid>, MoneyError> {
    let mut all: HashMap<Id<Programme>, Paid> = HashMap::new();
    for a in &selected.agreements {
        if let Some(ceiling) = a.current_ceiling() {
            let own = all.entry(a.programme).or_default();
            own.entry((PortfolioMeasure::Agreed, Some(a.funder))).or_default().add(ceiling)?;
        }
    }
    for t in &selected.transactions {
        let measure = match t.kind {
            TransactionType::IncomingFunds => PortfolioMeasure::Received,
            TransactionType::Disbursement => PortfolioMeasure::Disbursed,
            TransactionType::Expenditure => PortfolioMeasure::Spent,
            _ => continue,
        };
        let own = all.entry(t.programme).or_default();
        own.entry((measure, payer(t, &selected.payer_of))).or_default().add(t.value)?;
    }
    Ok(all)
}

fn amounts(programmes: &Programmes, own: Paid) -> Vec<PortfolioAmountFacts> {
    let mut all: Vec<PortfolioAmountFacts> = Vec::new();
    for ((measure, payer), totals) in own {
        let payer = payer.and_then(|id| programmes.organisations.get(&id)).map(|o| o.head.code.to_string());
        all.extend(totals.iter().map(|value| PortfolioAmountFacts { measure, payer: payer.clone(), value }));
    }
    all.sort_by_cached_key(|a| (a.measure, a.payer.clone(), a.value.currency()));
    all
}

/// Those who pay for a programme, by when they joined.
fn funders(programmes: &Programmes, of: &Programme, wanted: impl Fn(&&Participation) -> bool) -> Vec<PortfolioFunderFacts> {
    let funding = programmes.participations.iter().filter(|q| q.programme == of.head.id && q.role == Role::Funding);
    let mut funding: Vec<&Participation> = funding.filter(wanted).collect();
    funding.sort_by_key(|q| (q.period.from, &q.head.code));
    let facts = funding.into_iter().filter_map(|q| {
        Some(PortfolioFunderFacts {
            code: programmes.organisations.get(&q.organisation)?.head.code.to_string(),
            name: in_full(programmes, q),
            via: q.via.map(|id| programmes.name_on(id, None)).unwrap_or_default(),
            period: q.period,
        })
    });
    facts.collect()
}

/// What a source calls who pays; where it gives only the acronym, the name that this stands for with it.
fn in_full(programmes: &Programmes, q: &Participation) -> Text {
    let called = programmes.called(q);
    let current = programmes.organisations.get(&q.organisation).and_then(|o| o.names.current());
    match current.and_then(|name| Some((&name.text, name.short.as_deref()?))) {
        Some((name, short)) if called.iter().all(|(_, told)| told == short) => {
            name.iter().map(|(lang, text)| (lang, format!("{text} ({short})"))).collect()
        }
        _ => called,
    }
}

fn classified(p: &Programme, scheme: Scheme, name: fn(&str) -> Text) -> Vec<ClassifiedFacts> {
    let facts = p.classified(scheme).map(|c| ClassifiedFacts {
        code: c.code.clone(),
        name: name(&c.code),
        percentage: c.percentage,
        significance: c.significance,
    });
    facts.collect()
}
