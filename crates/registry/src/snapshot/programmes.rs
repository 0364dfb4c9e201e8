//! Several programmes together, with those who take part, the money and the places, each kind read at once.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use ketnoi_domain::{
    Agreement, Id, LocalAuthority, Organisation, PartialDate, Participation, Programme, Text, Transaction, query::Filter,
};
use ketnoi_reporting::PlaceFacts;
use uuid::Uuid;

use super::{
    facts::everywhere,
    order::pieces,
    places::{Surroundings, became, surroundings},
    records::{ById, uuids},
};
use crate::{Error, Session};

/// The programmes that a filter lets pass, as far as the viewer may see them.
pub(super) struct Programmes {
    /// In the order in which they began, the undated last.
    pub(super) all: Vec<Programme>,
    pub(super) participations: Vec<Participation>,
    pub(super) agreements: Vec<Agreement>,
    pub(super) transactions: Vec<Transaction>,
    /// Those who take part or pay.
    pub(super) organisations: ById<Organisation>,
    /// Their parts at any depth that did not pass themselves, each with the programme above it that did.
    parts: Vec<(Id<Programme>, Programme)>,
    surroundings: Surroundings,
}

impl Programmes {
    pub(super) async fn read(session: &Session, filter: &Filter) -> Result<Self, Error> {
        let mut all: Vec<Programme> = session.all(filter).await?;
        all.sort_by_cached_key(|p| (p.start().is_none(), p.start(), pieces(p.head.code.as_str())));
        let ids = uuids(&all);
        let of_all = ("programme_id", ids.as_slice());
        let participations: Vec<Participation> = session.all_children(of_all).await?;
        let agreements: Vec<Agreement> = session.all_children(of_all).await?;
        let transactions: Vec<Transaction> = session.all_children(of_all).await?;
        let parts = parts(session, &all).await?;
        let places = all.iter().chain(parts.iter().map(|(_, p)| p)).flat_map(|p| &p.places).map(|p| p.authority);
        let places: Vec<Id<LocalAuthority>> = places.collect();
        let surroundings = surroundings(session, places).await?;
        // Places that the viewer may not see are in no group either.
        for programme in &mut all {
            programme.places.retain(|p| surroundings.0.contains_key(&p.authority));
        }
        let named = participations.iter().flat_map(|p| [Some(p.organisation), p.via]).flatten();
        let named = named.chain(agreements.iter().flat_map(|a| [Some(a.funder), a.recipient]).flatten());
        let named = named.chain(transactions.iter().filter_map(|t| t.provider));
        let named: Vec<Id<Organisation>> = named.collect();
        let organisations: ById<Organisation> = session.found(named.into_iter()).await?;
        Ok(Self { all, participations, agreements, transactions, organisations, parts, surroundings })
    }

    /// The programme of this id.
    pub(super) fn get(&self, id: Id<Programme>) -> Option<&Programme> {
        self.all.iter().find(|p| p.head.id == id)
    }

    /// The name that an organisation had on a day, else the one that it has now.
    pub(super) fn name_on(&self, id: Id<Organisation>, day: Option<NaiveDate>) -> Text {
        let Some(organisation) = self.organisations.get(&id) else { return Text::default() };
        let name = day.map_or_else(|| organisation.names.current(), |day| organisation.names.on(day));
        name.map(|n| n.text.clone()).unwrap_or_default()
    }

    /// What a source calls an organisation that takes part, else its name on the day of its agreement or of its beginning.
    pub(super) fn called(&self, p: &Participation) -> Text {
        if !p.stated_name.is_empty() {
            return p.stated_name.clone();
        }
        let own = self.agreements.iter().filter(|a| a.programme == p.programme && a.funder == p.organisation);
        let agreed = own.filter_map(|a| a.signed.or(a.period.from)).map(PartialDate::from).min();
        let began = p.period.from.or_else(|| self.get(p.programme)?.start()).map(PartialDate::from);
        self.name_on(p.organisation, agreed.or(began))
    }

    /// The authority of this id, if the viewer may see it and something happens there.
    pub(super) fn authority(&self, id: Id<LocalAuthority>) -> Option<&LocalAuthority> {
        self.surroundings.0.get(&id)
    }

    /// What sources may speak of, in the order of the programmes, each with its name: the programmes, the parts that these
    /// organisations take in them, the agreements in which they pay or are paid.
    pub(super) fn subjects(&self, own: &BTreeSet<Id<Organisation>>) -> Vec<(Uuid, Text)> {
        let mut subjects = Vec::new();
        for p in &self.all {
            subjects.push((p.head.id.uuid(), p.title.clone()));
            let parts = self.participations.iter().filter(|q| q.programme == p.head.id && own.contains(&q.organisation));
            subjects.extend(parts.map(|q| (q.head.id.uuid(), of(&p.title, &self.called(q)))));
            let concerned = |a: &&Agreement| own.contains(&a.funder) || a.recipient.is_some_and(|r| own.contains(&r));
            let agreements = self.agreements.iter().filter(|a| a.programme == p.head.id).filter(concerned);
            subjects.extend(agreements.map(|a| (a.head.id.uuid(), of(&p.title, &called(a)))));
        }
        subjects
    }

    /// A programme with the places of its parts as its own, where its own have no shares. One place alone is left out: it
    /// would be taken for that of the whole.
    pub(super) fn with_places_of_parts(&self, programme: &Programme) -> Programme {
        let mut all = programme.clone();
        if programme.places.iter().any(|p| p.percentage.is_some()) {
            return all;
        }
        let parts = self.parts.iter().filter(|(above, _)| *above == programme.head.id).flat_map(|(_, part)| &part.places);
        for place in parts.filter(|p| self.authority(p.authority).is_some()) {
            if !all.places.iter().any(|p| p.authority == place.authority) {
                all.places.push(ketnoi_domain::Place { percentage: None, ..place.clone() });
            }
        }
        if all.places.len() > 1 { all } else { programme.clone() }
    }

    /// The codes of the places of a programme and of its parts.
    pub(super) fn places_of(&self, programme: &Programme) -> Vec<String> {
        let mut codes = Vec::new();
        for id in self.authorities_of(programme) {
            if let Some(code) = self.authority(id).map(|a| a.head.code.to_string())
                && !codes.contains(&code)
            {
                codes.push(code);
            }
        }
        codes
    }

    /// All places in the order of the programmes, each once, under its name of the time, noted with the codes of the programmes
    /// that happen there, they or their parts.
    pub(super) fn places(&self) -> Vec<PlaceFacts> {
        let (authorities, successions) = &self.surroundings;
        let mut found: Vec<(Id<LocalAuthority>, Option<NaiveDate>, Vec<String>)> = Vec::new();
        let mut at: HashMap<Id<LocalAuthority>, usize> = HashMap::new();
        for programme in &self.all {
            let code = programme.head.code.to_string();
            for id in self.authorities_of(programme) {
                let place = *at.entry(id).or_insert_with(|| {
                    found.push((id, programme.start().map(PartialDate::from), Vec::new()));
                    found.len() - 1
                });
                if let Some((_, _, codes)) = found.get_mut(place)
                    && !codes.contains(&code)
                {
                    codes.push(code.clone());
                }
            }
        }
        let facts = found.into_iter().filter_map(|(id, day, codes)| {
            let authority = authorities.get(&id)?;
            let name = day.map_or_else(|| authority.names.current(), |day| authority.names.on(day));
            Some(PlaceFacts {
                code: authority.head.code.to_string(),
                name: name.map(|n| n.text.clone()).unwrap_or_default(),
                level: authority.level,
                country: authority.country.clone(),
                coordinates: authority.coordinates,
                percentage: None,
                note: everywhere(&codes.join(", ")),
                became: became(successions, authorities, authority),
            })
        });
        facts.collect()
    }

    fn authorities_of<'s>(&'s self, programme: &'s Programme) -> impl Iterator<Item = Id<LocalAuthority>> + 's {
        let id = programme.head.id;
        let parts = self.parts.iter().filter(move |(above, _)| *above == id).flat_map(|(_, part)| &part.places);
        programme.places.iter().chain(parts).map(|p| p.authority)
    }
}

/// What people call an agreement: its title, else the funder's reference, else its code.
pub(super) fn called(a: &Agreement) -> Text {
    if a.title.is_empty() { everywhere(a.reference.as_deref().unwrap_or(a.head.code.as_str())) } else { a.title.clone() }
}

/// The name of something of a programme, in the languages of the programme's title.
fn of(title: &Text, part: &Text) -> Text {
    title.iter().map(|(lang, text)| (lang, format!("{text} – {}", part.in_lang(lang)))).collect()
}

/// The parts of programmes at any depth that are not among them: a statement for each storey. A real programme has no made-up
/// parts.
async fn parts(session: &Session, programmes: &[Programme]) -> Result<Vec<(Id<Programme>, Programme)>, Error> {
    let mut above: HashMap<Id<Programme>, Id<Programme>> = programmes.iter().map(|p| (p.head.id, p.head.id)).collect();
    let made_up: BTreeSet<Id<Programme>> = programmes.iter().filter(|p| p.head.illustrative).map(|p| p.head.id).collect();
    let mut parts = Vec::new();
    let mut storey = uuids(programmes);
    while !storey.is_empty() {
        let next: Vec<Programme> = session.all_children(("parent_id", storey.as_slice())).await?;
        storey.clear();
        for part in next {
            let Some(top) = part.parent.and_then(|id| above.get(&id).copied()) else { continue };
            // Parts that hold each other would never end.
            if above.contains_key(&part.head.id) || (part.head.illustrative && !made_up.contains(&top)) {
                continue;
            }
            above.insert(part.head.id, top);
            storey.push(part.head.id.uuid());
            parts.push((top, part));
        }
    }
    Ok(parts)
}
