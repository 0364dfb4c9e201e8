//! Records counted by one of their sides, a calendar, and a map.

use std::collections::BTreeMap;

use async_graphql::{Context, Enum, SimpleObject};
use ketnoi_domain::{Event, Headcount, Kind, query::Filter};
use ketnoi_registry::{Grouped, PLACED, Placed};

use crate::{
    batch::{Batch, View},
    enums::E,
    error::{Result, bad_input, from_registry},
    exec::{Many, One},
    filter::Lower,
    model::{EventFilter, PartnershipFilter, ReplicationFilter},
    request::session,
    scalars::{Decimal, PartialDate, date, told},
};

/// By which of their sides replications are counted.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "ketnoi_registry::ReplicationsBy")]
pub(crate) enum ReplicationDimension {
    /// By what is replicated.
    Practice,
    /// By the country of the city that replicates.
    Country,
    /// By the last stage reached.
    Stage,
}

/// By which of their sides partnerships are counted.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "ketnoi_registry::PartnershipsBy")]
pub(crate) enum PartnershipDimension {
    /// By the two countries, such as `FR-VN`; a partnership of three counts in each of their pairs.
    CountryPair,
    /// By local authority.
    Authority,
    /// By sector.
    Sector,
}

/// By which of their sides participants are counted.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "ketnoi_registry::AttendanceBy")]
pub(crate) enum AttendanceDimension {
    /// By the side on which they came.
    Category,
    /// By the organisation that they came from.
    Organisation,
    /// By the event.
    Event,
    /// By the delegation.
    Delegation,
}

/// Replications in a group.
#[derive(SimpleObject)]
pub(crate) struct ReplicationGroup {
    /// A code, a country or a stage; null for what could not be attributed.
    key: Option<String>,
    /// What people call it, in the language of the request; null where the key says all.
    label: Option<String>,
    /// How many replications.
    replication_count: i32,
    /// In how many cities.
    city_count: i32,
}

/// Partnerships in a group, with what belongs to them.
#[derive(SimpleObject)]
pub(crate) struct PartnershipGroup {
    /// A country pair, a code or a sector; null for what could not be attributed.
    key: Option<String>,
    /// What people call it, in the language of the request; null where the key says all.
    label: Option<String>,
    /// How many partnerships.
    partnership_count: i32,
    /// How many agreements.
    agreement_count: i32,
    /// How many projects.
    project_count: i32,
    /// How many news.
    news_count: i32,
}

/// People who came, in a group.
#[derive(SimpleObject)]
pub(crate) struct AttendanceGroup {
    /// A category or a code; null for what could not be attributed.
    key: Option<String>,
    /// What people call it, in the language of the request; null where the key says all.
    label: Option<String>,
    /// How many women are known of.
    women: i64,
    /// How many men are known of.
    men: i64,
    /// How many are known of without their sex, or of whom it is withheld.
    unstated: i64,
    /// How many people are known of.
    people: i64,
    /// How many groups came of which no number is known, or none that you may see.
    uncounted_groups: i64,
    /// Whether counts of fewer than five people are left out of these numbers, because you may not see people.
    withheld: bool,
}

fn lowered<F: Lower>(filter: Option<Box<F>>) -> Result<Filter> {
    filter.map_or_else(|| Ok(Filter::all()), |f| f.lower())
}

fn small(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

fn label<T>(ctx: &Context<'_>, group: &Grouped<T>) -> Option<String> {
    told(ctx, None, &group.label).map(str::to_owned)
}

/// A value of a closed list as its enum in the schema calls it.
fn enum_name(key: Option<String>) -> Option<String> {
    key.map(|k| k.to_ascii_uppercase())
}

pub(super) async fn replications(
    ctx: &Context<'_>,
    filter: Option<Box<ReplicationFilter>>,
    by: ReplicationDimension,
) -> Result<Many<ReplicationGroup>> {
    let groups = session(ctx).replications(&lowered(filter)?, by.into()).await.map_err(from_registry)?;
    let shown = |g: Grouped<ketnoi_registry::ReplicationGroup>| ReplicationGroup {
        label: label(ctx, &g),
        key: if by == ReplicationDimension::Stage { enum_name(g.key) } else { g.key },
        replication_count: small(g.counted.replications),
        city_count: small(g.counted.cities),
    };
    Ok(Many(groups.into_iter().map(shown).collect()))
}

pub(super) async fn partnerships(
    ctx: &Context<'_>,
    filter: Option<Box<PartnershipFilter>>,
    by: PartnershipDimension,
) -> Result<Many<PartnershipGroup>> {
    let groups = session(ctx).partnerships(&lowered(filter)?, by.into()).await.map_err(from_registry)?;
    let shown = |g: Grouped<ketnoi_registry::PartnershipGroup>| PartnershipGroup {
        label: label(ctx, &g),
        key: g.key,
        partnership_count: small(g.counted.partnerships),
        agreement_count: small(g.counted.agreements),
        project_count: small(g.counted.projects),
        news_count: small(g.counted.news),
    };
    Ok(Many(groups.into_iter().map(shown).collect()))
}

pub(super) async fn attendance(
    ctx: &Context<'_>,
    filter: Option<Box<EventFilter>>,
    by: AttendanceDimension,
    delegations: bool,
) -> Result<Many<AttendanceGroup>> {
    let groups = session(ctx).attendance(&lowered(filter)?, by.into(), delegations).await.map_err(from_registry)?;
    let shown = |g: Grouped<Headcount>| AttendanceGroup {
        label: label(ctx, &g),
        key: if by == AttendanceDimension::Category { enum_name(g.key) } else { g.key },
        women: g.counted.women,
        men: g.counted.men,
        unstated: g.counted.unstated + g.counted.undivided,
        people: g.counted.people(),
        uncounted_groups: g.counted.uncounted,
        withheld: g.counted.is_withheld(),
    };
    Ok(Many(groups.into_iter().map(shown).collect()))
}

/// The events of a year, by the month in which they begin.
#[derive(SimpleObject)]
pub(crate) struct CalendarMonth {
    /// The month, 1 to 12; null for events of which only the year is known.
    month: Option<i32>,
    /// Its events, by their day and code.
    events: Many<View<Event>>,
}

pub(super) async fn calendar(ctx: &Context<'_>, year: i32, filter: Option<Box<EventFilter>>) -> Result<Many<CalendarMonth>> {
    let span: ketnoi_domain::PartialDate =
        format!("{year:04}").parse().map_err(|_| bad_input(format!("`year` is {year}: write a year of four digits")))?;
    let within = Filter::Field("period", ketnoi_domain::query::Test::Overlaps { from: Some(span), to: Some(span) });
    let mut events: Vec<Event> = session(ctx).all(&lowered(filter)?.and(within)).await.map_err(from_registry)?;
    // One that began earlier belongs into the calendar of the year in which it began.
    events.retain(|e| e.period.from.or(e.period.to).is_some_and(|d| d.year() == year));
    let month = |e: &Event| {
        let date = e.period.from.or(e.period.to)?;
        let known = date.precision() != ketnoi_domain::Precision::Year;
        known.then(|| chrono::Datelike::month(&date.from()).cast_signed())
    };
    events.sort_by(|a, b| (a.period.from, &a.head.code).cmp(&(b.period.from, &b.head.code)));
    let mut months: BTreeMap<(bool, Option<i32>), Vec<usize>> = BTreeMap::new();
    for (i, event) in events.iter().enumerate() {
        let month = month(event);
        months.entry((month.is_none(), month)).or_default().push(i);
    }
    let batch = Batch::new(events);
    let shown = |((_, month), own): ((bool, Option<i32>), Vec<usize>)| CalendarMonth {
        month,
        events: Many(own.into_iter().map(|i| View::of(&batch, i)).collect()),
    };
    Ok(Many(months.into_iter().map(shown).collect()))
}

/// A record at one of its places, for a map. `/map.geojson` gives the same as GeoJSON.
#[derive(SimpleObject)]
pub(crate) struct MapFeature {
    /// Its kind.
    kind: E<Kind>,
    /// Its opaque id.
    node_id: async_graphql::ID,
    /// Its code.
    code: String,
    /// What people call it, in the language of the request.
    title: String,
    /// When it began.
    start: Option<One<PartialDate>>,
    /// When it ended.
    end: Option<One<PartialDate>>,
    /// Whether it exists only to show a feature.
    illustrative: bool,
    /// The code of the local authority where it is.
    place: String,
    /// What that is called, in the language of the request.
    place_name: String,
    /// Its country, ISO 3166-1 alpha-2.
    country: String,
    /// Degrees north.
    latitude: Decimal,
    /// Degrees east.
    longitude: Decimal,
}

pub(super) async fn map(ctx: &Context<'_>, kinds: Option<Vec<E<Kind>>>) -> Result<Many<MapFeature>> {
    let kinds: Vec<Kind> = kinds.unwrap_or_default().into_iter().map(|k| k.0).collect();
    if let Some(unplaced) = kinds.iter().find(|k| !PLACED.contains(k)) {
        let name = ketnoi_domain::Coded::name(*unplaced).to_ascii_uppercase();
        let known: Vec<String> = PLACED.iter().map(|k| ketnoi_domain::Coded::name(*k).to_ascii_uppercase()).collect();
        return Err(bad_input(format!("{name} has no place of its own: ask for {}", known.join(", "))));
    }
    let shown = |p: Placed| MapFeature {
        kind: E(p.kind),
        node_id: crate::global_id::encode(p.kind, p.id),
        title: told(ctx, None, &p.label).map_or_else(|| p.code.clone(), str::to_owned),
        code: p.code,
        start: date(p.when.from),
        end: date(p.when.to),
        illustrative: p.illustrative,
        place_name: told(ctx, None, &p.authority_name).map_or_else(|| p.authority.clone(), str::to_owned),
        place: p.authority,
        country: p.country,
        latitude: Decimal(p.coordinates.latitude),
        longitude: Decimal(p.coordinates.longitude),
    };
    let all = session(ctx).placed(&kinds).await.map_err(from_registry)?;
    Ok(Many(all.into_iter().map(shown).collect()))
}
