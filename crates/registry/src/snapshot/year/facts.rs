//! What is told of a year besides what was done together with others.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use ketnoi_domain::{
    Agreement, CooperationAgreement, GoodPractice, Id, Indicator, IndicatorPeriod, LocalAuthority, Membership, NewsItem,
    PartialDate, Participation, Period, Programme, ProgrammeStatus, Role, Scheme, Text,
};
use ketnoi_reporting::{
    ClassifiedFacts, CooperationAgreementFacts, Course, DatedNewsFacts, YearAgreementFacts, YearFacts, YearMembershipFacts,
    YearPracticeFacts, YearProgrammeFacts, YearResultFacts,
};

use super::super::{
    order::{Piece, pieces},
    records::Records,
    sources::behind,
    told,
};
use super::{
    found::{Found, is_in},
    money,
};
use crate::{Error, codelists};

/// What became of a programme in a year; nothing if it did not run, or if nothing is known of when it did.
pub(super) fn course(p: &Programme, year: i32) -> Option<Course> {
    let runs = is_under_way(p);
    let end = p.end().filter(|_| !runs);
    match (p.start().map(PartialDate::year), end.map(PartialDate::year)) {
        (Some(from), Some(to)) if from > year || to < year => None,
        (Some(from), Some(to)) => Some(match (from == year, to == year) {
            (true, true) => Course::Within,
            (true, false) => Course::Started,
            (false, true) => Course::Ended,
            (false, false) => Course::WentOn,
        }),
        (Some(from), None) if from == year => Some(Course::Started),
        (Some(from), None) if from > year => None,
        (Some(_), None) if runs => Some(Course::WentOn),
        (None, Some(to)) if to == year => Some(Course::Ended),
        (None, Some(to)) if to < year => None,
        (None, None) => None,
        (Some(_), None) | (None, Some(_)) => Some(Course::MayHaveRun),
    }
}

/// Whether a programme has not ended by now, whatever was planned.
fn is_under_way(p: &Programme) -> bool {
    p.actual.to.is_none() && p.status == Some(ProgrammeStatus::Implementation)
}

impl Found {
    /// What became of a programme in the year. A part of which nobody knows the end does not outlast its whole.
    pub(super) fn course(&self, p: &Programme) -> Option<Course> {
        let over = |q: &Programme| !is_under_way(q) && q.end().is_some_and(|to| to.year() < self.year);
        course(p, self.year).filter(|c| *c != Course::MayHaveRun || !self.whole(p).is_some_and(over))
    }

    /// What a programme is a part of.
    fn whole(&self, p: &Programme) -> Option<&Programme> {
        p.parent.and_then(|id| self.programmes.iter().find(|q| q.head.id == id))
    }

    /// The year as a report tells it.
    pub(super) fn facts(&self, records: &Records) -> Result<YearFacts, Error> {
        let ran = self.in_tree();
        let totals = money::totals(self)?;
        Ok(YearFacts {
            year: self.year,
            programmes: ran.iter().map(|p| self.programme(records, p)).collect(),
            undated: self.programmes.iter().filter(|p| p.start().is_none() && p.end().is_none()).count(),
            agreements: self.agreements(records),
            cooperation_agreements: self.signed(records),
            money: money::lines(self)?,
            received: totals.received,
            spent: totals.spent,
            memberships: self.memberships(records),
            results: self.results(),
            practices: self.practices(records),
            news: self.news(records),
            left_out: self.left_out,
        })
    }

    /// The programmes that ran, each whole before its parts; wholes and parts by their starts.
    fn in_tree(&self) -> Vec<&Programme> {
        type Place = (bool, Option<PartialDate>, Vec<Piece>);
        let ran: BTreeMap<Id<Programme>, &Programme> =
            self.programmes.iter().filter(|p| self.course(p).is_some()).map(|p| (p.head.id, p)).collect();
        let place = |p: &Programme| -> Place { (p.start().is_none(), p.start(), pieces(p.head.code.as_str())) };
        // The way from the topmost programme down to each is what it is ordered by: a whole comes just before its parts.
        let way = |p: &Programme| {
            let (mut way, mut seen, mut next) = (vec![place(p)], BTreeSet::from([p.head.id]), p.parent);
            while let Some(parent) = next.and_then(|id| ran.get(&id)) {
                // Programmes that hold each other would never end.
                if !seen.insert(parent.head.id) {
                    break;
                }
                way.push(place(parent));
                next = parent.parent;
            }
            way.reverse();
            way
        };
        let mut all: Vec<&Programme> = ran.values().copied().collect();
        all.sort_by_cached_key(|p| way(p));
        all
    }

    fn programme(&self, records: &Records, p: &Programme) -> YearProgrammeFacts {
        let whole = self.whole(p).filter(|q| self.course(q).is_some());
        // A planned end that has passed unheeded is none.
        let end = p.end().filter(|to| !is_under_way(p) || to.year() > self.year);
        YearProgrammeFacts {
            code: p.head.code.to_string(),
            title: p.title.clone(),
            acronym: p.acronym.clone(),
            level: p.level,
            part_of: whole.map(|q| q.head.code.to_string()),
            course: self.course(p).unwrap_or(Course::MayHaveRun),
            period: Period { from: p.start(), to: end },
            status: p.status,
            funders: self.funders(records, p),
            sectors: p.classified(Scheme::Sector).map(|c| sector(&c.code)).collect(),
            sources: behind(records, &[p.head.id.uuid()], None),
        }
    }

    /// Who paid in the year, under the names of the time, so that each is counted once however sources call it; else under those
    /// that the sources give them.
    fn funders(&self, records: &Records, p: &Programme) -> Vec<Text> {
        let then =
            |period: Period| period.from.is_none_or(|d| d.year() <= self.year) && period.to.is_none_or(|d| d.year() >= self.year);
        let paying = |q: &&Participation| q.programme == p.head.id && q.role == Role::Funding && then(q.period);
        let mut own: Vec<&Participation> = self.participations.iter().filter(paying).collect();
        own.sort_by_cached_key(|q| (q.period.from, pieces(q.head.code.as_str())));
        let day = NaiveDate::from_ymd_opt(self.year, 1, 1);
        let mut names: Vec<Text> = Vec::new();
        for q in own {
            let name = records.name_on(q.organisation, day.max(q.period.from.map(PartialDate::from)));
            let name = if name.is_empty() { q.stated_name.clone() } else { name };
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    fn title(&self, id: Id<Programme>) -> Text {
        self.programmes.iter().find(|p| p.head.id == id).map(|p| p.title.clone()).unwrap_or_default()
    }

    fn agreements(&self, records: &Records) -> Vec<YearAgreementFacts> {
        let mut own: Vec<&Agreement> = self.agreements.iter().filter(|a| is_in(a.signed, self.year)).collect();
        own.sort_by_cached_key(|a| (a.signed, pieces(a.head.code.as_str())));
        let agreed = own.into_iter().filter_map(|a| {
            Some(YearAgreementFacts {
                programme: self.title(a.programme),
                funder: records.name_on(a.funder, a.signed.map(PartialDate::from)),
                reference: a.reference.clone(),
                signed: a.signed?,
                ceiling: a.current_ceiling(),
                sources: behind(records, &[a.head.id.uuid()], None),
            })
        });
        agreed.collect()
    }

    fn signed(&self, records: &Records) -> Vec<CooperationAgreementFacts> {
        let mut own: Vec<&CooperationAgreement> = self.signed.iter().collect();
        own.sort_by_cached_key(|a| (a.signed.or(a.reported), pieces(a.head.code.as_str())));
        let title = |a: &CooperationAgreement| self.partnerships.get(&a.partnership).map(|p| p.title.clone()).unwrap_or_default();
        own.into_iter().map(|a| told::agreement(records, a, title(a))).collect()
    }

    fn memberships(&self, records: &Records) -> Vec<YearMembershipFacts> {
        let mut own: Vec<&Membership> = self.memberships.iter().collect();
        own.sort_by_cached_key(|m| (m.period.from, pieces(m.head.code.as_str())));
        own.into_iter().filter_map(|m| self.membership(records, m)).collect()
    }

    /// One whose member or group the viewer may not see is left out.
    fn membership(&self, records: &Records, m: &Membership) -> Option<YearMembershipFacts> {
        let since = m.period.from?;
        let organisation = m.organisation.map(|id| records.name_on(id, Some(since.from())));
        let city = m.authority.and_then(|id| self.cities.get(&id)).map(|a| name_on(a, Some(since)));
        let network = m.network.and_then(|id| self.networks.get(&id)).and_then(|n| n.names.on(since.from()));
        let cluster = m.cluster.and_then(|id| self.clusters.get(&id)).map(|c| &c.name);
        let fund = m.fund.and_then(|id| self.funds.get(&id)).map(|f| &f.name);
        Some(YearMembershipFacts {
            member: organisation.filter(|n| !n.is_empty()).or(city)?,
            group: network.map(|n| &n.text).or(cluster).or(fund)?.clone(),
            since,
            note: m.note.clone(),
            sources: behind(records, &[m.head.id.uuid()], None),
        })
    }

    /// What was reached: by programme, then in the order of its framework.
    fn results(&self) -> Vec<YearResultFacts> {
        let mut own: Vec<(&IndicatorPeriod, &Indicator)> = Vec::new();
        own.extend(self.periods.iter().filter_map(|p| Some((p, self.indicators.get(&p.indicator)?))));
        let programme = |i: &Indicator| {
            let id = self.results.get(&i.result)?.programme;
            self.programmes.iter().find(|p| p.head.id == id)
        };
        own.sort_by_cached_key(|(p, i)| {
            let code = programme(i).map(|q| q.head.code.clone());
            (code, pieces(&i.number), p.period.from, p.period.to, pieces(p.head.code.as_str()))
        });
        let reached = own.into_iter().filter_map(|(p, i)| {
            Some(YearResultFacts {
                programme: programme(i)?.title.clone(),
                number: i.number.clone(),
                title: i.title.clone(),
                unit: i.unit.clone(),
                period: p.period,
                target: p.target.clone(),
                actual: p.actual.clone()?,
                cumulative: i.cumulative,
            })
        });
        reached.collect()
    }

    fn practices(&self, records: &Records) -> Vec<YearPracticeFacts> {
        let mut own: Vec<&GoodPractice> = self.practices.iter().collect();
        own.sort_by_cached_key(|p| (p.since, pieces(p.head.code.as_str())));
        let practice = |p: &GoodPractice| YearPracticeFacts {
            title: p.title.clone(),
            city: p.authority.and_then(|id| self.cities.get(&id)).map(|a| name_on(a, p.since)).unwrap_or_default(),
            since: p.since,
            sources: behind(records, &[p.head.id.uuid()], None),
        };
        own.into_iter().map(practice).collect()
    }

    fn news(&self, records: &Records) -> Vec<DatedNewsFacts> {
        let mut own: Vec<&NewsItem> = self.news.iter().collect();
        told::by_date(&mut own);
        let item = |n: &NewsItem| {
            let place = n.authority.and_then(|id| self.cities.get(&id)).map(|a| name_on(a, n.published)).unwrap_or_default();
            let event = records.cooperation.events.iter().find(|e| Some(e.head.id) == n.event).map(|e| e.title.clone());
            let about = n.programme.map(|id| self.title(id)).filter(|t| !t.is_empty()).or(event).unwrap_or_default();
            told::news(records, n, place, about)
        };
        own.into_iter().map(item).collect()
    }
}

fn sector(code: &str) -> ClassifiedFacts {
    ClassifiedFacts { code: code.to_owned(), name: codelists::sector(code), percentage: None, significance: None }
}

/// The name that an authority had on a day, else the one that it has now.
fn name_on(authority: &LocalAuthority, day: Option<PartialDate>) -> Text {
    let name = day.map_or_else(|| authority.names.current(), |day| authority.names.on(day.from()));
    name.map(|n| n.text.clone()).unwrap_or_default()
}
