//! The programme's own facts: who takes part, what was agreed, what moved, what came of it.

use std::collections::HashMap;

use chrono::NaiveDate;
use ketnoi_domain::{
    Agreement, Coded, Id, Indicator, Money, Name, Organisation, Outcome, PartialDate, Participation, Programme, RateRule,
    RelationType, Scheme, Text, convert,
};
use ketnoi_reporting::{
    AgreementFacts, BudgetLineFacts, ClassifiedFacts, FinanceFacts, InKindFacts, IndicatorFacts, IndicatorPeriodFacts,
    NarrativeFacts, ParticipationFacts, ProgrammeFacts, RateFacts, RelatedFacts, Relationship, ResultFacts, RiskFacts,
    TransactionFacts,
};

use super::{order::pieces, records::Records};
use crate::codelists;

pub(super) fn programme(records: &Records) -> Option<ProgrammeFacts> {
    let p = records.programme.as_ref()?;
    let parent = p.parent.and_then(|id| records.others.get(&id));
    Some(ProgrammeFacts {
        code: p.head.code.to_string(),
        acronym: p.acronym.clone(),
        title: p.title.clone(),
        description: p.description.clone(),
        level: p.level,
        parent_title: parent.map(|q| q.title.clone()).unwrap_or_default(),
        status: p.status,
        planned: p.planned,
        actual: p.actual,
        iati_identifier: p.iati_identifier.clone(),
        illustrative: p.head.illustrative,
        reporting_organisation: p.reporting_organisation.map(|id| records.name(id)).unwrap_or_default(),
    })
}

impl Records {
    /// When the programme starts.
    pub(super) fn start(&self) -> Option<PartialDate> {
        self.programme.as_ref().and_then(Programme::start)
    }

    fn current(&self, id: Id<Organisation>) -> Option<&Name> {
        self.organisations.get(&id)?.names.current()
    }

    /// The name that an organisation has now.
    pub(super) fn name(&self, id: Id<Organisation>) -> Text {
        self.current(id).map(|n| n.text.clone()).unwrap_or_default()
    }

    /// The name that an organisation had on a day, else the one that it has now.
    pub(super) fn name_on(&self, id: Id<Organisation>, day: Option<NaiveDate>) -> Text {
        let dated = day.and_then(|day| self.organisations.get(&id)?.names.on(day));
        dated.map_or_else(|| self.name(id), |n| n.text.clone())
    }

    /// The day on which an agreement was made, as far as it is known.
    fn day_of(&self, agreement: &Agreement) -> Option<NaiveDate> {
        agreement.signed.or(agreement.period.from).or(self.start()).map(PartialDate::from)
    }
}

/// By role, then by when they joined.
pub(super) fn participations(records: &Records) -> Vec<ParticipationFacts> {
    let mut all: Vec<&Participation> = records.participations.iter().collect();
    all.sort_by_key(|p| (p.role, p.period.from, &p.head.code));
    all.into_iter().filter_map(|p| participation(records, p)).collect()
}

fn participation(records: &Records, p: &Participation) -> Option<ParticipationFacts> {
    let organisation = records.organisations.get(&p.organisation)?;
    let name = records.name(p.organisation);
    let agreed = records.agreements.iter().filter(|a| a.funder == p.organisation).filter_map(|a| records.day_of(a)).min();
    let day = agreed.or(p.period.from.or(records.start()).map(PartialDate::from));
    let of_the_time = if p.stated_name.is_empty() { records.name_on(p.organisation, day) } else { p.stated_name.clone() };
    let same = of_the_time.iter().all(|(lang, text)| name.get(lang) == Some(text));
    Some(ParticipationFacts {
        role: p.role,
        code: organisation.head.code.to_string(),
        stated_name: if same { Text::default() } else { of_the_time },
        name,
        short: records.current(p.organisation).and_then(|n| n.short.clone()),
        kind: Some(organisation.kind),
        via: p.via.map(|id| records.name(id)).unwrap_or_default(),
        period: p.period,
        note: p.note.clone(),
        country: organisation.country.clone(),
    })
}

/// The agreements in the order in which they were made.
pub(super) fn in_order(records: &Records) -> Vec<&Agreement> {
    let mut all: Vec<&Agreement> = records.agreements.iter().collect();
    all.sort_by_key(|a| (a.signed.or(a.period.from).is_none(), a.signed.or(a.period.from), pieces(a.head.code.as_str())));
    all
}

pub(super) fn agreements(records: &Records) -> Vec<AgreementFacts> {
    let facts = |a: &Agreement| AgreementFacts {
        code: a.head.code.to_string(),
        title: a.title.clone(),
        funder: records.name_on(a.funder, records.day_of(a)),
        recipient: a.recipient.map(|id| records.name_on(id, records.day_of(a))).unwrap_or_default(),
        reference: a.reference.clone(),
        signed: a.signed,
        period: a.period,
        current_end: a.current_end(),
        eligible_cost: a.eligible_cost,
        funder_share: a.funder_share,
        original_ceiling: a.ceiling,
        current_ceiling: a.current_ceiling(),
        rate_rule: a.rate_rule,
        amendments: a.amendments.clone(),
        instalments: a.instalments.clone(),
        reports_due: a.reports_due.clone(),
    };
    in_order(records).into_iter().map(facts).collect()
}

pub(super) fn finance(records: &Records) -> FinanceFacts {
    let agreement: HashMap<_, _> = records.agreements.iter().map(|a| (a.head.id, a.head.code.to_string())).collect();
    let line: HashMap<_, _> = records.budget_lines.iter().map(|b| (b.head.id, b.head.code.to_string())).collect();
    let mut budget_lines: Vec<_> = records.budget_lines.iter().collect();
    budget_lines.sort_by_key(|b| (pieces(&b.number), &b.head.code));
    let mut transactions: Vec<_> = records.transactions.iter().collect();
    transactions.sort_by_key(|t| (t.date, pieces(t.head.code.as_str())));
    let mut in_kind: Vec<_> = records.in_kind.iter().collect();
    in_kind.sort_by_key(|c| (c.date.is_none(), c.date, pieces(c.head.code.as_str())));
    FinanceFacts {
        budget_lines: budget_lines
            .into_iter()
            .map(|b| BudgetLineFacts {
                code: b.head.code.to_string(),
                number: b.number.clone(),
                title: b.title.clone(),
                kind: b.kind,
                status: b.status,
                period: b.period,
                value: b.value,
                eligible: b.eligible,
                agreement: b.agreement.and_then(|id| agreement.get(&id).cloned()),
                explanation: b.explanation.clone(),
                forecast: b.forecast,
            })
            .collect(),
        transactions: transactions
            .into_iter()
            .map(|t| TransactionFacts {
                kind: t.kind,
                date: t.date,
                value: t.value,
                provider: t.provider.map(|id| records.name_on(id, Some(t.date))).unwrap_or_default(),
                receiver: t.receiver.map(|id| records.name_on(id, Some(t.date))).unwrap_or_default(),
                description: t.description.clone(),
                voucher: t.voucher.clone(),
                agreement: t.agreement.and_then(|id| agreement.get(&id).cloned()),
                budget_line: t.budget_line.and_then(|id| line.get(&id).cloned()),
            })
            .collect(),
        in_kind: in_kind
            .into_iter()
            .map(|c| InKindFacts {
                contributor: records.name_on(c.contributor, c.date.map(PartialDate::from)),
                description: c.description.clone(),
                value: c.value,
                date: c.date,
                valuer: c.valuer.clone(),
                basis: c.basis.clone(),
            })
            .collect(),
        rates: rates(records),
    }
}

/// The rates by which what moved comes to the currency of its agreement, and to that of the budget line that it is booked on,
/// by the agreement's rule. Without a rule nothing is converted.
fn rates(records: &Records) -> Vec<RateFacts> {
    let agreements: HashMap<_, _> = records.agreements.iter().map(|a| (a.head.id, a)).collect();
    let lines: HashMap<_, _> = records.budget_lines.iter().map(|b| (b.head.id, b)).collect();
    let used = records.transactions.iter().flat_map(|t| {
        let line = t.budget_line.and_then(|id| lines.get(&id));
        let under = t.agreement.or(line.and_then(|l| l.agreement)).and_then(|id| agreements.get(&id));
        // The agreement of a line that says none is that of the movement, and the other way round.
        let of_line = line.and_then(|l| l.agreement.and_then(|id| agreements.get(&id))).or(under);
        let agreed = under.and_then(|a| a.ceiling.or(a.eligible_cost)).map(Money::currency);
        let budgeted = line.map(|l| l.value.currency());
        let pairs = [(under, agreed), (of_line, budgeted)];
        let rate = |(agreement, to): (Option<&&Agreement>, Option<_>)| {
            let on = match agreement?.rate_rule? {
                RateRule::TransactionDate => t.date,
                RateRule::ReportDate => records.today?.from(),
            };
            convert(t.value, to?, on, &records.rates)?.1
        };
        pairs.into_iter().filter_map(rate).collect::<Vec<_>>()
    });
    let mut used: Vec<_> = used.collect();
    used.sort_by_key(|r| (r.date, r.base, r.quote, &r.head.code));
    used.dedup_by_key(|r| r.head.id);
    let facts = used.into_iter().map(|r| RateFacts {
        base: r.base,
        quote: r.quote,
        date: r.date,
        rate: r.rate,
        source: r.source.clone(),
    });
    facts.collect()
}

pub(super) fn results(records: &Records) -> Vec<ResultFacts> {
    let mut all: Vec<&Outcome> = records.results.iter().collect();
    all.sort_by_key(|r| (pieces(&r.number), &r.head.code));
    let facts = |r: &Outcome| ResultFacts {
        level: r.level,
        number: r.number.clone(),
        title: r.title.clone(),
        description: r.description.clone(),
        assumption: r.assumption.clone(),
        indicators: indicators(records, r),
    };
    all.into_iter().map(facts).collect()
}

fn indicators(records: &Records, of: &Outcome) -> Vec<IndicatorFacts> {
    let mut all: Vec<&Indicator> = records.indicators.iter().filter(|i| i.result == of.head.id).collect();
    all.sort_by_key(|i| (pieces(&i.number), &i.head.code));
    let facts = |i: &Indicator| IndicatorFacts {
        number: i.number.clone(),
        title: i.title.clone(),
        measure: i.measure,
        unit: i.unit.clone(),
        cumulative: i.cumulative,
        ascending: i.ascending,
        verification: i.verification.clone(),
        baseline: i.baseline.clone(),
        periods: periods(records, i),
    };
    all.into_iter().map(facts).collect()
}

fn periods(records: &Records, of: &Indicator) -> Vec<IndicatorPeriodFacts> {
    let mut all: Vec<_> = records.periods.iter().filter(|p| p.indicator == of.head.id).collect();
    all.sort_by_key(|p| (p.period.from, p.period.to, &p.head.code));
    let facts =
        all.into_iter().map(|p| IndicatorPeriodFacts { period: p.period, target: p.target.clone(), actual: p.actual.clone() });
    facts.collect()
}

pub(super) fn sectors(records: &Records) -> Vec<ClassifiedFacts> {
    classified(records, Scheme::Sector, codelists::sector)
}
pub(super) fn countries(records: &Records) -> Vec<ClassifiedFacts> {
    classified(records, Scheme::Country, codelists::country)
}
pub(super) fn sdgs(records: &Records) -> Vec<ClassifiedFacts> {
    classified(records, Scheme::Sdg, codelists::sdg)
}
pub(super) fn policy_markers(records: &Records) -> Vec<ClassifiedFacts> {
    classified(records, Scheme::PolicyMarker, codelists::policy_marker)
}

fn classified(records: &Records, scheme: Scheme, name: fn(&str) -> Text) -> Vec<ClassifiedFacts> {
    let facts = records.programme.iter().flat_map(|p| p.classified(scheme)).map(|c| ClassifiedFacts {
        code: c.code.clone(),
        name: name(&c.code),
        percentage: c.percentage,
        significance: c.significance,
    });
    facts.collect()
}

/// What it is a part of, its parts, what it says that it is related to, and what says so of it; each other programme once.
pub(super) fn related(records: &Records) -> Vec<RelatedFacts> {
    let Some(me) = &records.programme else { return Vec::new() };
    let mut all: Vec<(&Programme, Relationship)> = Vec::new();
    all.extend(me.parent.and_then(|id| records.others.get(&id)).map(|p| (p, Relationship::Parent)));
    let mut parts: Vec<&Programme> = records.parts.iter().collect();
    parts.sort_by_key(|p| (p.start().is_none(), p.start(), &p.head.code));
    all.extend(parts.into_iter().map(|p| (p, Relationship::Part)));
    let recorded = me.relations.iter().filter_map(|r| Some((records.others.get(&r.programme)?, Relationship::Recorded(r.kind))));
    all.extend(recorded);
    for other in &records.relating {
        for relation in other.relations.iter().filter(|r| r.programme == me.head.id) {
            // Every other relation reads the same from both ends.
            let relationship = if relation.kind == RelationType::Precedes {
                Relationship::Follows
            } else {
                Relationship::Recorded(relation.kind)
            };
            all.push((other, relationship));
        }
    }
    let mut facts: Vec<RelatedFacts> = Vec::new();
    for (other, relation) in all {
        let code = other.head.code.to_string();
        if !facts.iter().any(|f| f.code == code) {
            facts.push(RelatedFacts { code, title: other.title.clone(), relation });
        }
    }
    facts
}

pub(super) fn risks(records: &Records) -> Vec<RiskFacts> {
    let mut all: Vec<_> = records.risks.iter().collect();
    all.sort_by_key(|r| pieces(r.head.code.as_str()));
    let facts = all.into_iter().map(|r| RiskFacts {
        title: r.title.clone(),
        likelihood: r.likelihood,
        impact: r.impact,
        mitigation: r.mitigation.clone(),
        owner: r.owner.map(|id| records.name(id)).unwrap_or_default(),
        status: r.status,
    });
    facts.collect()
}

/// By period, then in the order of a report's sections.
pub(super) fn narratives(records: &Records) -> Vec<NarrativeFacts> {
    let mut all: Vec<_> = records.narratives.iter().collect();
    all.sort_by_key(|n| (n.period.from, n.period.to, n.section, pieces(n.head.code.as_str())));
    all.into_iter().map(|n| NarrativeFacts { section: n.section, period: n.period, text: n.text.clone() }).collect()
}

/// A text that reads the same in every language.
pub(super) fn everywhere(text: &str) -> Text {
    ketnoi_domain::Lang::ALL.iter().map(|lang| (*lang, text)).collect()
}
