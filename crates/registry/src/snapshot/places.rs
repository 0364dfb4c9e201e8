//! Places as they were, and what became of them.

use std::collections::BTreeSet;

use ketnoi_domain::{Id, LocalAuthority, PartialDate, Succession, SuccessionKind, Text};
use ketnoi_reporting::{BecameFacts, PlaceFacts};

use super::records::{ById, Records};
use crate::{Error, Session};

type Successions = [Succession<Id<LocalAuthority>>];

/// Authorities by their ids, and who followed whom among all of them.
pub(super) type Surroundings = (ById<LocalAuthority>, Vec<Succession<Id<LocalAuthority>>>);

/// The places of a programme, in its order; those that the viewer may not see are left out.
pub(super) fn places(records: &Records) -> Vec<PlaceFacts> {
    let start = records.start().map(PartialDate::from);
    let of_programme = records.programme.iter().flat_map(|p| &p.places);
    let seen = of_programme.filter_map(|p| Some((p, records.authorities.get(&p.authority)?)));
    let facts = seen.map(|(place, authority)| {
        let name = start.map_or_else(|| authority.names.current(), |day| authority.names.on(day));
        PlaceFacts {
            code: authority.head.code.to_string(),
            name: name.map(|n| n.text.clone()).unwrap_or_default(),
            level: authority.level,
            country: authority.country.clone(),
            coordinates: authority.coordinates,
            percentage: place.percentage,
            note: place.note.clone(),
            became: became(&records.successions, &records.authorities, authority),
        }
    });
    facts.collect()
}

/// The cities where the events were held, each once, in the order of the events; each bears the name of its first event's
/// day and is noted with what was held there.
pub(super) fn of_events(records: &Records) -> Vec<PlaceFacts> {
    let all = &records.cooperation;
    let mut facts: Vec<PlaceFacts> = Vec::new();
    for event in &all.events {
        let Some(city) = event.authority.and_then(|id| all.cities.get(&id)) else { continue };
        let code = city.head.code.to_string();
        if facts.iter().any(|f| f.code == code) {
            continue;
        }
        facts.push(PlaceFacts {
            code,
            name: all.city(city.head.id, event.period.from),
            level: city.level,
            country: city.country.clone(),
            coordinates: city.coordinates,
            percentage: None,
            note: event.title.clone(),
            became: None,
        });
    }
    facts
}

/// Those at the end of the successions that begin with an authority; none where nothing followed it.
fn last_successors(successions: &Successions, of: Id<LocalAuthority>) -> BTreeSet<Id<LocalAuthority>> {
    last_steps(successions, of).iter().map(|s| s.successor).collect()
}

/// The last step of each way from an authority to what it is in the end.
fn last_steps(successions: &Successions, of: Id<LocalAuthority>) -> Vec<&Succession<Id<LocalAuthority>>> {
    let (mut seen, mut open, mut last) = (BTreeSet::from([of]), vec![of], Vec::new());
    while let Some(at) = open.pop() {
        for step in successions.iter().filter(|s| s.predecessor == at) {
            if !successions.iter().any(|s| s.predecessor == step.successor) {
                last.push(step);
            } else if seen.insert(step.successor) {
                open.push(step.successor);
            }
        }
    }
    last.sort_by_key(|s| (s.successor, s.predecessor));
    last
}

/// Authorities with what became of them and what each of these is a part of, and all successions among authorities.
pub(super) async fn surroundings(
    session: &Session,
    places: impl IntoIterator<Item = Id<LocalAuthority>>,
) -> Result<Surroundings, Error> {
    let places: BTreeSet<Id<LocalAuthority>> = places.into_iter().collect();
    if places.is_empty() {
        return Ok((ById::new(), Vec::new()));
    }
    let successions = session.all_successions::<LocalAuthority>().await?;
    let mut known: ById<LocalAuthority> = session.found(places.into_iter()).await?;
    // A part of something that was followed belongs to what followed it: three steps reach from a city by its province
    // to what the province became.
    for _ in 0..2 {
        let followed = known.keys().flat_map(|id| last_successors(&successions, *id));
        let next: BTreeSet<Id<LocalAuthority>> = followed.chain(known.values().filter_map(|a| a.parent)).collect();
        let next: Vec<Id<LocalAuthority>> = next.into_iter().filter(|id| !known.contains_key(id)).collect();
        known.extend(session.found::<LocalAuthority>(next.into_iter()).await?);
    }
    Ok((known, successions))
}

/// What became of an authority; nothing while it lasts.
pub(super) fn became(successions: &Successions, known: &ById<LocalAuthority>, authority: &LocalAuthority) -> Option<BecameFacts> {
    let steps = last_steps(successions, authority.head.id);
    let mut followed: Vec<&LocalAuthority> =
        last_successors(successions, authority.head.id).iter().filter_map(|id| known.get(id)).collect();
    followed.sort_by(|a, b| a.head.code.cmp(&b.head.code));
    let mut dates: Vec<Option<PartialDate>> = steps.iter().map(|s| s.on).collect();
    dates.dedup();
    let since = if let [one] = dates.as_slice() { *one } else { None };
    let whole = |s: &&Succession<_>| matches!(s.kind, SuccessionKind::Renamed | SuccessionKind::Succeeded);
    match followed.as_slice() {
        [] => ended(successions, known, authority),
        [one] if steps.iter().all(whole) => Some(BecameFacts::Now { names: vec![name(one)], since }),
        [one] => Some(BecameFacts::PartOf { name: name(one), since }),
        // Parts of one and the same: its wards are in the province that they belong to now.
        [one, rest @ ..] => match one.parent.and_then(|p| known.get(&p)) {
            Some(holder) if rest.iter().all(|a| a.parent == one.parent) => {
                Some(BecameFacts::PartOf { name: name(holder), since })
            }
            _ => Some(BecameFacts::Now { names: followed.into_iter().map(name).collect(), since }),
        },
    }
}

/// What is said of an authority that nothing followed: nothing while it lasts, else when it ended and where it lies now.
fn ended(successions: &Successions, known: &ById<LocalAuthority>, authority: &LocalAuthority) -> Option<BecameFacts> {
    let on = authority.existence.to?;
    let parent = authority.parent.and_then(|p| known.get(&p));
    let holder = parent.and_then(|parent| {
        let next = last_successors(successions, parent.head.id);
        match next.iter().collect::<Vec<_>>().as_slice() {
            [] if parent.existence.to.is_none() => Some(parent),
            [one] => known.get(*one),
            _ => None,
        }
    });
    Some(BecameFacts::Ended { on, holder: holder.map(name) })
}

/// The name of today.
fn name(authority: &LocalAuthority) -> Text {
    authority.names.current().map(|n| n.text.clone()).unwrap_or_default()
}
