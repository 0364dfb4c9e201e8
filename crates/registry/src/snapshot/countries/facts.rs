//! What is told of the cooperation of two countries, from its records.

use std::collections::BTreeSet;

use ketnoi_domain::{
    Coded, CooperationAgreement, EventSeries, Id, Lang, LocalAuthority, NewsItem, PartialDate, Partnership, Period, Programme,
    StatedFigure, Text,
};
use ketnoi_reporting::{
    BilateralFacts, ClassifiedFacts, CooperationProjectFacts, EventSeriesFacts, PartnershipFacts, PartyFacts, PlaceFacts,
    StatedFigureFacts, StatementFacts,
};

use super::super::{
    order::pieces,
    places::became,
    records::Records,
    sources::{behind, figure, stated_of},
    told::{self, said_of},
};
use super::found::Found;
use crate::codelists;

impl Found {
    /// The cooperation as a report tells it.
    pub(super) fn facts(&self, records: &Records, countries: &[String; 2]) -> BilateralFacts {
        let mut partnerships: Vec<&Partnership> = self.bilateral.partnerships.iter().collect();
        partnerships.sort_by_cached_key(|p| {
            let known = self.first_known(p);
            (known.is_none(), known, pieces(p.head.code.as_str()))
        });
        let mut news: Vec<&NewsItem> = self.news.iter().collect();
        told::by_date(&mut news);
        let mut series: Vec<&EventSeries> = self.series.values().collect();
        series.sort_by(|a, b| a.head.code.cmp(&b.head.code));
        BilateralFacts {
            countries: countries.clone(),
            partnerships: partnerships.into_iter().map(|p| self.partnership(records, countries, p)).collect(),
            series: series.into_iter().map(|s| one_series(records, s)).collect(),
            news: news.into_iter().map(|n| told::news(records, n, self.city_of(n), self.about(records, n))).collect(),
            left_out: self.left_out,
        }
    }

    fn partnership(&self, records: &Records, countries: &[String; 2], p: &Partnership) -> PartnershipFacts {
        let me = p.head.id;
        let mut agreements: Vec<&CooperationAgreement> =
            self.bilateral.agreements.iter().filter(|a| a.partnership == me).collect();
        agreements.sort_by_cached_key(|a| {
            let on = a.signed.or(a.reported);
            (on.is_none(), on, pieces(a.head.code.as_str()))
        });
        let mut projects: Vec<&Programme> = self.bilateral.projects.iter().filter(|q| q.partnership == Some(me)).collect();
        projects.sort_by_cached_key(|q| (q.start().is_none(), q.start(), pieces(q.head.code.as_str())));
        PartnershipFacts {
            code: p.head.code.to_string(),
            title: p.title.clone(),
            kind: p.kind,
            description: p.description.clone(),
            parties: self.parties(countries, p),
            sectors: p.sectors.iter().map(|code| sector(code)).collect(),
            period: p.period,
            status: p.status,
            agreements: agreements.into_iter().map(|a| told::agreement(records, a, p.title.clone())).collect(),
            projects: projects.into_iter().map(|q| project(records, q)).collect(),
            said: said_of(records, me.uuid(), &p.title),
            stated: stated_of(records, me.uuid()),
            sources: behind(records, &[me.uuid()], None),
        }
    }

    /// The parties by country, then by code, under the names that they had when the partnership is first known of.
    fn parties(&self, countries: &[String; 2], p: &Partnership) -> Vec<PartyFacts> {
        let day = self.first_known(p);
        let own = self.parties.iter().filter(|q| q.partnership == p.head.id);
        let mut own: Vec<&LocalAuthority> = own.filter_map(|q| self.authorities.get(&q.authority)).collect();
        let place = |a: &LocalAuthority| countries.iter().position(|c| *c == a.country).unwrap_or(countries.len());
        own.sort_by(|a, b| (place(a), &a.head.code).cmp(&(place(b), &b.head.code)));
        let party = |a: &LocalAuthority| PartyFacts {
            code: a.head.code.to_string(),
            name: name_on(a, day),
            level: a.level,
            country: a.country.clone(),
            coordinates: a.coordinates,
        };
        own.into_iter().map(party).collect()
    }

    /// When a partnership is first known of: its start, else what happened in it first.
    fn first_known(&self, p: &Partnership) -> Option<PartialDate> {
        let me = p.head.id;
        let signed = self.bilateral.agreements.iter().filter(|a| a.partnership == me);
        let signed = signed.filter_map(|a| a.signed.or(a.reported));
        let projects = self.bilateral.projects.iter().filter(|q| q.partnership == Some(me)).filter_map(Programme::start);
        let news = self.news.iter().filter(|n| n.partnership == Some(me)).filter_map(|n| n.published);
        p.period.from.or_else(|| signed.chain(projects).chain(news).min())
    }

    /// Each party once, with the partnerships that it has and what became of it.
    pub(super) fn places(&self) -> Vec<PlaceFacts> {
        let mut all: Vec<PlaceFacts> = Vec::new();
        let mut own: Vec<&LocalAuthority> = self.parties.iter().filter_map(|q| self.authorities.get(&q.authority)).collect();
        own.sort_by(|a, b| (&a.country, &a.head.code).cmp(&(&b.country, &b.head.code)));
        own.dedup_by_key(|a| a.head.id);
        for a in own {
            let first = self.parties.iter().filter(|q| q.authority == a.head.id);
            let with: BTreeSet<Id<Partnership>> = first.map(|q| q.partnership).collect();
            let with: Vec<&Partnership> = self.bilateral.partnerships.iter().filter(|p| with.contains(&p.head.id)).collect();
            let day = with.iter().filter_map(|p| self.first_known(p)).min();
            all.push(PlaceFacts {
                code: a.head.code.to_string(),
                name: name_on(a, day),
                level: a.level,
                country: a.country.clone(),
                coordinates: a.coordinates,
                percentage: None,
                note: joined(&with.iter().map(|p| &p.title).collect::<Vec<_>>()),
                became: became(&self.successions, &self.authorities, a),
            });
        }
        all
    }

    /// The figures of the conferences. Beside each that counts the same, what the registry counts.
    pub(super) fn stated_figures(&self, records: &Records, facts: &BilateralFacts) -> Vec<StatedFigureFacts> {
        let mut own: Vec<&StatedFigure> =
            records.figures.iter().filter(|f| self.series.keys().any(|s| s.uuid() == f.subject.id)).collect();
        own.sort_by_cached_key(|f| (f.subject.id, pieces(f.head.code.as_str())));
        let told = own.into_iter().filter_map(|f| {
            let registered = registered(&f.measure, facts).and_then(|n| i64::try_from(n).ok()).map(Into::into);
            Some(StatedFigureFacts { registered, ..figure(records, f)? })
        });
        told.collect()
    }

    /// What sources say of properties, so that it is seen where they disagree.
    pub(super) fn statements(&self, records: &Records, facts: &BilateralFacts) -> Vec<StatementFacts> {
        let mut all: Vec<StatementFacts> = Vec::new();
        for p in &facts.partnerships {
            all.extend(p.said.iter().cloned());
            all.extend(p.agreements.iter().flat_map(|a| a.said.iter().cloned()));
        }
        let mut series: Vec<&EventSeries> = self.series.values().collect();
        series.sort_by(|a, b| a.head.code.cmp(&b.head.code));
        all.extend(series.into_iter().flat_map(|s| said_of(records, s.head.id.uuid(), &s.name)));
        let events = &records.cooperation.events;
        all.extend(events.iter().flat_map(|e| said_of(records, e.head.id.uuid(), &e.title)));
        all.extend(facts.news.iter().flat_map(|n| n.said.iter().cloned()));
        all
    }

    fn city_of(&self, n: &NewsItem) -> Text {
        n.authority.and_then(|id| self.authorities.get(&id)).map(|a| name_on(a, n.published)).unwrap_or_default()
    }

    /// What news are about: the partnership, else the project, else the event.
    fn about(&self, records: &Records, n: &NewsItem) -> Text {
        let partnership = self.bilateral.partnerships.iter().find(|p| Some(p.head.id) == n.partnership).map(|p| &p.title);
        let project = self.bilateral.projects.iter().find(|p| Some(p.head.id) == n.programme).map(|p| &p.title);
        let event = records.cooperation.events.iter().find(|e| Some(e.head.id) == n.event).map(|e| &e.title);
        partnership.or(project).or(event).cloned().unwrap_or_default()
    }
}

/// How many of what a figure counts are registered, where the registry counts the same.
fn registered(measure: &str, facts: &BilateralFacts) -> Option<usize> {
    let projects = || facts.partnerships.iter().flat_map(|p| p.projects.iter().map(|q| q.code.as_str())).collect::<BTreeSet<_>>();
    let localities = |country: &str| {
        let parties = facts.partnerships.iter().flat_map(|p| &p.parties).filter(|a| a.country == country);
        parties.map(|a| a.code.as_str()).collect::<BTreeSet<_>>().len()
    };
    match measure {
        "partnerships" => Some(facts.partnerships.len()),
        "agreements" => Some(facts.partnerships.iter().map(|p| p.agreements.len()).sum()),
        "projects" => Some(projects().len()),
        "french_localities" => Some(localities("FR")),
        "vietnamese_localities" => Some(localities("VN")),
        // Others are counted under `localities_` and the country's code.
        other => Some(localities(&other.strip_prefix("localities_")?.to_ascii_uppercase())),
    }
}

/// Several titles in one, in every language that has them all; the first alone where there is no such language.
fn joined(titles: &[&Text]) -> Text {
    let all = |lang: Lang| titles.iter().map(|t| t.get(lang)).collect::<Option<Vec<_>>>().map(|own| own.join("; "));
    let whole: Text = Lang::ALL.iter().filter_map(|lang| Some((*lang, all(*lang)?))).collect();
    if whole.is_empty() { titles.first().map(|t| (*t).clone()).unwrap_or_default() } else { whole }
}

fn sector(code: &str) -> ClassifiedFacts {
    ClassifiedFacts { code: code.to_owned(), name: codelists::sector(code), percentage: None, significance: None }
}

fn project(records: &Records, p: &Programme) -> CooperationProjectFacts {
    CooperationProjectFacts {
        code: p.head.code.to_string(),
        title: p.title.clone(),
        status: p.status,
        period: Period { from: p.start(), to: p.end() },
        sources: behind(records, &[p.head.id.uuid()], None),
    }
}

fn one_series(records: &Records, s: &EventSeries) -> EventSeriesFacts {
    EventSeriesFacts {
        code: s.head.code.to_string(),
        name: s.name.clone(),
        description: s.description.clone(),
        sources: behind(records, &[s.head.id.uuid()], None),
    }
}

/// The name that an authority had on a day, else the one that it has now.
fn name_on(authority: &LocalAuthority, day: Option<PartialDate>) -> Text {
    let name = day.map_or_else(|| authority.names.current(), |day| authority.names.on(day.from()));
    name.map(|n| n.text.clone()).unwrap_or_default()
}
