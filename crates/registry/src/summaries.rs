//! What dashboards ask for in one go: records counted by one of their sides.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ketnoi_domain::{
    Code, Coded, CooperationAgreement, Delegation, Event, GoodPractice, Headcount, Id, LocalAuthority, NewsItem, Organisation,
    ParticipantCount, Partnership, PartnershipParty, Programme, Record, Replication, Text, attendance, query::Filter,
};
use ketnoi_persistence::Stored;
use uuid::Uuid;

use crate::{Error, Session, codelists};

/// By which of their sides replications are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplicationsBy {
    /// By what is replicated.
    Practice,
    /// By the country of the city that replicates.
    Country,
    /// By the last stage reached.
    Stage,
}

/// By which of their sides partnerships are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartnershipsBy {
    /// By the two countries; a partnership of three counts in each of their pairs.
    CountryPair,
    /// By local authority.
    Authority,
    /// By sector.
    Sector,
}

/// By which of their sides participants are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttendanceBy {
    /// By the side on which they came.
    Category,
    /// By the organisation that they came from.
    Organisation,
    /// By the event.
    Event,
    /// By the delegation.
    Delegation,
}

/// A group, by a code or a name from a closed list; nothing for what could not be attributed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouped<T> {
    /// The key.
    pub key: Option<String>,
    /// What people call it.
    pub label: Text,
    /// What was counted.
    pub counted: T,
}

/// Replications in a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReplicationGroup {
    /// How many.
    pub replications: usize,
    /// In how many cities.
    pub cities: usize,
}

/// Partnerships in a group, with what belongs to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartnershipGroup {
    /// How many.
    pub partnerships: usize,
    /// How many agreements.
    pub agreements: usize,
    /// How many projects.
    pub projects: usize,
    /// How many news.
    pub news: usize,
}

impl Session {
    /// How many replications there are, by one of their sides.
    pub async fn replications(&self, filter: &Filter, by: ReplicationsBy) -> Result<Vec<Grouped<ReplicationGroup>>, Error> {
        let all: Vec<Replication> = self.all(filter).await?;
        let mut groups: BTreeMap<Option<String>, Vec<&Replication>> = BTreeMap::new();
        let mut labels: HashMap<String, Text> = HashMap::new();
        match by {
            ReplicationsBy::Stage => {
                for r in &all {
                    groups.entry(r.stage().map(|s| s.name().to_owned())).or_default().push(r);
                }
            }
            ReplicationsBy::Practice => {
                let practices = self.named::<GoodPractice>(all.iter().filter_map(|r| r.practice)).await?;
                for r in &all {
                    let practice = r.practice.and_then(|p| practices.get(&p));
                    groups.entry(note(&mut labels, practice)).or_default().push(r);
                }
            }
            ReplicationsBy::Country => {
                let cities = self.found::<LocalAuthority>(all.iter().map(|r| r.authority)).await?;
                for r in &all {
                    let country = cities.get(&r.authority).map(|a| a.country.clone());
                    groups.entry(country).or_default().push(r);
                }
            }
        }
        let counted = |rs: Vec<&Replication>| {
            let cities: BTreeSet<_> = rs.iter().map(|r| r.authority).collect();
            ReplicationGroup { replications: rs.len(), cities: cities.len() }
        };
        Ok(grouped(groups, |key| label(&labels, key, (by == ReplicationsBy::Country).then_some(codelists::country)), counted))
    }

    /// How many partnerships there are, by one of their sides.
    pub async fn partnerships(&self, filter: &Filter, by: PartnershipsBy) -> Result<Vec<Grouped<PartnershipGroup>>, Error> {
        let all: Vec<Partnership> = self.all(filter).await?;
        let ids: Vec<Uuid> = all.iter().map(|p| p.head.id.uuid()).collect();
        let parties: Vec<PartnershipParty> = self.all_children(("partnership_id", &ids)).await?;
        let cities = self.found::<LocalAuthority>(parties.iter().map(|p| p.authority)).await?;
        let agreements =
            per(&self.all_children::<CooperationAgreement>(("partnership_id", &ids)).await?, |a| Some(a.partnership));
        let projects = per(&self.all_children::<Programme>(("partnership_id", &ids)).await?, |p| p.partnership);
        let news = per(&self.all_children::<NewsItem>(("partnership_id", &ids)).await?, |n| n.partnership);
        let mut groups: BTreeMap<Option<String>, Vec<&Partnership>> = BTreeMap::new();
        let mut labels: HashMap<String, Text> = HashMap::new();
        for p in &all {
            let own: Vec<&LocalAuthority> =
                parties.iter().filter(|q| q.partnership == p.head.id).filter_map(|q| cities.get(&q.authority)).collect();
            let keys: BTreeSet<Option<String>> = match by {
                PartnershipsBy::Sector => p.sectors.iter().cloned().map(Some).collect(),
                PartnershipsBy::Authority => {
                    own.iter().map(|a| note(&mut labels, Some(&(a.head.code.clone(), shown(*a))))).collect()
                }
                PartnershipsBy::CountryPair => pairs(&own),
            };
            // What has no side to be counted by stands in the group without a key, so that no partnership is lost.
            let keys = if keys.is_empty() { BTreeSet::from([None]) } else { keys };
            for key in keys {
                groups.entry(key).or_default().push(p);
            }
        }
        let sum = |counts: &HashMap<Id<Partnership>, usize>, ps: &[&Partnership]| {
            ps.iter().map(|p| counts.get(&p.head.id).copied().unwrap_or(0)).sum()
        };
        let counted = |ps: Vec<&Partnership>| PartnershipGroup {
            partnerships: ps.len(),
            agreements: sum(&agreements, &ps),
            projects: sum(&projects, &ps),
            news: sum(&news, &ps),
        };
        let list: Option<fn(&str) -> Text> = match by {
            PartnershipsBy::Sector => Some(codelists::sector),
            PartnershipsBy::CountryPair => Some(country_pair),
            PartnershipsBy::Authority => None,
        };
        Ok(grouped(groups, |key| label(&labels, key, list), counted))
    }

    /// How many people came to these events, by one of their sides: with delegations, or apart from them.
    pub async fn attendance(
        &self,
        events: &Filter,
        by: AttendanceBy,
        delegations: bool,
    ) -> Result<Vec<Grouped<Headcount>>, Error> {
        let events: Vec<Event> = self.all(events).await?;
        let ids: Vec<Uuid> = events.iter().map(|e| e.head.id.uuid()).collect();
        let counts: Vec<ParticipantCount> = self.all_children(("event_id", &ids)).await?;
        let counts: Vec<&ParticipantCount> = counts.iter().filter(|c| c.delegation.is_some() == delegations).collect();
        let mut labels: HashMap<String, Text> = HashMap::new();
        let keys: Vec<Option<String>> = match by {
            AttendanceBy::Category => counts.iter().map(|c| Some(c.category.name().to_owned())).collect(),
            AttendanceBy::Organisation => {
                let known = self.named::<Organisation>(counts.iter().filter_map(|c| c.organisation)).await?;
                counts.iter().map(|c| note(&mut labels, c.organisation.and_then(|o| known.get(&o)))).collect()
            }
            AttendanceBy::Event => {
                let known: HashMap<_, _> = events.iter().map(|e| (e.head.id, (e.head.code.clone(), shown(e)))).collect();
                counts.iter().map(|c| note(&mut labels, known.get(&c.event))).collect()
            }
            AttendanceBy::Delegation => {
                let known = self.named::<Delegation>(counts.iter().filter_map(|c| c.delegation)).await?;
                counts.iter().map(|c| note(&mut labels, c.delegation.and_then(|d| known.get(&d)))).collect()
            }
        };
        let groups = attendance(keys.into_iter().zip(counts));
        Ok(grouped(groups, |key| label(&labels, key, None), |headcount| headcount))
    }

    /// Records by their ids.
    pub(crate) async fn found<T: Stored>(&self, ids: impl Iterator<Item = Id<T>>) -> Result<HashMap<Id<T>, T>, Error> {
        let mut ids: Vec<Uuid> = ids.map(Id::uuid).collect();
        ids.sort_unstable();
        ids.dedup();
        Ok(self.by_ids::<T>(&ids).await?.into_iter().map(|r| (r.head().id, r)).collect())
    }

    /// The codes and names of records by their ids.
    async fn named<T: Stored>(&self, ids: impl Iterator<Item = Id<T>>) -> Result<HashMap<Id<T>, (Code, Text)>, Error> {
        Ok(self.found(ids).await?.into_iter().map(|(id, r)| (id, (r.head().code.clone(), shown(&r)))).collect())
    }
}

/// What people call a record.
fn shown<T: Record>(record: &T) -> Text {
    record.label().cloned().unwrap_or_default()
}

/// The key of a named record, whose name is noted.
fn note(labels: &mut HashMap<String, Text>, named: Option<&(Code, Text)>) -> Option<String> {
    let (code, name) = named?;
    labels.entry(code.to_string()).or_insert_with(|| name.clone());
    Some(code.to_string())
}

fn label(labels: &HashMap<String, Text>, key: &str, list: Option<fn(&str) -> Text>) -> Text {
    labels.get(key).cloned().or_else(|| list.map(|name| name(key))).unwrap_or_default()
}

/// Groups in the order of their keys, what could not be attributed last.
fn grouped<V, T>(groups: BTreeMap<Option<String>, V>, label: impl Fn(&str) -> Text, counted: impl Fn(V) -> T) -> Vec<Grouped<T>> {
    let one = |(key, values): (Option<String>, V)| Grouped {
        label: key.as_deref().map(&label).unwrap_or_default(),
        key,
        counted: counted(values),
    };
    let mut all: Vec<Grouped<T>> = groups.into_iter().map(one).collect();
    all.sort_by_key(|g| g.key.is_none());
    all
}

/// How many belong to each partnership.
fn per<T>(all: &[T], of: impl Fn(&T) -> Option<Id<Partnership>>) -> HashMap<Id<Partnership>, usize> {
    let mut counts = HashMap::new();
    for partnership in all.iter().filter_map(of) {
        *counts.entry(partnership).or_default() += 1;
    }
    counts
}

/// The pairs of countries that these authorities come from, each as `FR-VN`.
fn pairs(authorities: &[&LocalAuthority]) -> BTreeSet<Option<String>> {
    let countries: BTreeSet<&str> = authorities.iter().map(|a| a.country.as_str()).collect();
    let later = |a: &str| countries.iter().copied().filter(move |b| a < *b).collect::<Vec<_>>();
    countries.iter().flat_map(|a| later(a).into_iter().map(move |b| Some(format!("{a}-{b}")))).collect()
}

/// The name of a country pair, in every language that names both.
fn country_pair(key: &str) -> Text {
    let Some((a, b)) = key.split_once('-') else { return Text::default() };
    let (a, b) = (codelists::country(a), codelists::country(b));
    a.iter().filter_map(|(lang, a)| Some((lang, format!("{a} – {}", b.get(lang)?)))).collect()
}
