//! An organisation under all its names: who it is, what it did with the association, and what it pays for.

use ketnoi_domain::{
    Agreement, Document, Id, LocalAuthority, Membership, Moment, Organisation, Programme, Record as _, Role,
    query::{Filter, Scalar, Scope, Test},
};
use ketnoi_persistence::Stored;
use ketnoi_reporting::{ClassifiedFacts, PartnerFacts, Snapshot, SubjectFacts, SubjectKind};
use uuid::Uuid;

use super::{
    SnapshotOptions, family::Family, history, meetings::Meetings, portfolio::portfolio, programmes::Programmes, records::ById,
    sayings::Sayings,
};
use crate::{Error, Session, codelists};

/// The records that tell of an organisation, as far as the viewer may see them. Of a real organisation what was made up to
/// show the software is left out.
pub(super) struct Partner {
    pub(super) me: Organisation,
    pub(super) family: Family,
    pub(super) programmes: Programmes,
    /// Those in which it pays or is paid.
    pub(super) agreements: Vec<Agreement>,
    /// The programmes of the agreements.
    pub(super) paid_for: ById<Programme>,
    pub(super) memberships: Vec<Membership>,
    pub(super) meetings: Meetings,
    /// The histories of its bodies.
    pub(super) moments: Vec<(Id<Organisation>, Vec<Moment>)>,
    /// The organisations and the authorities that are named besides.
    pub(super) others: ById<Organisation>,
    pub(super) members: ById<LocalAuthority>,
    attached: Vec<Document>,
    told: Sayings,
    made_up: usize,
}

/// All that a report on an organisation may show.
pub(super) async fn snapshot(session: &Session, code: &str, options: &SnapshotOptions) -> Result<Snapshot, Error> {
    let organisation: Organisation = session.require(code).await?;
    let name = organisation.names.current();
    let subject = SubjectFacts {
        kind: SubjectKind::Organisation,
        key: code.to_owned(),
        title: name.map(|n| n.text.clone()).unwrap_or_default(),
        short: name.and_then(|n| n.short.clone()),
        illustrative: organisation.head.illustrative,
        period: options.period,
    };
    let partner = Partner::read(session, organisation).await?;
    let funding = partner.programmes.participations.iter();
    let pays = funding.filter(|p| p.role == Role::Funding).any(|p| partner.family.ids.contains(&p.organisation));
    let portfolio = if pays { Some(partner.portfolio(session).await?) } else { None };
    let figures = partner.family.bodies.iter().flat_map(|b| partner.told.figures_of(b.head.id.uuid()));
    Ok(Snapshot {
        portfolio,
        places: partner.programmes.places(),
        countries: partner.countries(),
        stated_figures: figures.collect(),
        statements: partner.told.statements(),
        documents: partner.told.documents(&partner.attached),
        partner: Some(partner.facts()),
        ..super::bare(session, subject, options).await?
    })
}

/// What points at any of these bodies.
fn pointing(field: &'static str, bodies: &[Organisation]) -> Filter {
    let codes = bodies.iter().map(|b| b.head.code.to_string()).collect();
    Filter::Field(field, Test::Refers { codes, scope: Scope::Itself })
}

/// What was made up, or what was not.
fn made_up(yes: bool) -> Filter {
    Filter::is_in("illustrative", [Scalar::Bool(yes)])
}

impl Partner {
    async fn read(session: &Session, me: Organisation) -> Result<Self, Error> {
        let family = Family::of(session, &me).await?;
        let own: Vec<Uuid> = family.ids.iter().map(|id| id.uuid()).collect();
        let taking_part = pointing("participant", &family.bodies);
        let made_up = left_out(session, &me, &taking_part).await?;
        let programmes = Programmes::read(session, &real(&me, taking_part)).await?;
        let mut memberships: Vec<Membership> = both(session, ["organisation_id", "network_id"], &own).await?;
        let mut agreements: Vec<Agreement> = both(session, ["funder_id", "recipient_id"], &own).await?;
        let mut paid_for: ById<Programme> = session.found(agreements.iter().map(|a| a.programme)).await?;
        paid_for.retain(|_, p| me.head.illustrative || !p.head.illustrative);
        agreements.retain(|a| paid_for.contains_key(&a.programme));
        memberships.retain(|m| me.head.illustrative || !m.head.illustrative);
        let meetings = Meetings::read(session, &me, &family, &programmes, pointing).await?;
        let mut timelines = session.timelines(&family.bodies).await?;
        let moments = family.ids.iter().filter_map(|id| Some((*id, timelines.remove(id)?))).collect();
        let named = memberships.iter().flat_map(|m| [m.organisation, m.network]).flatten().chain(me.parent);
        let named = named.chain(agreements.iter().flat_map(|a| [Some(a.funder), a.recipient]).flatten());
        let others = session.found(named.collect::<Vec<_>>().into_iter()).await?;
        let members = session.found(memberships.iter().filter_map(|m| m.authority).collect::<Vec<_>>().into_iter()).await?;
        let attached: Vec<Document> = session.all_children(("organisation_id", own.as_slice())).await?;
        let told = Sayings::read(session, subjects(&family, &memberships, &programmes, &agreements, &meetings)).await?;
        Ok(Self {
            me,
            family,
            programmes,
            agreements,
            paid_for,
            memberships,
            meetings,
            moments,
            others,
            members,
            attached,
            told,
            made_up,
        })
    }

    async fn portfolio(&self, session: &Session) -> Result<ketnoi_reporting::PortfolioFacts, Error> {
        let funded = pointing("funder", &self.family.bodies);
        let made_up = left_out(session, &self.me, &funded).await?;
        let filter = real(&self.me, funded);
        let facts = portfolio(session, &self.programmes, &filter, Some(&self.family.ids), &self.told).await?;
        Ok(ketnoi_reporting::PortfolioFacts { made_up, ..facts })
    }

    fn facts(&self) -> PartnerFacts {
        let told = &self.told;
        let mut sources: Vec<String> = Vec::new();
        for key in self.family.bodies.iter().flat_map(|b| told.behind(b.head.id.uuid())) {
            if !sources.contains(&key) {
                sources.push(key);
            }
        }
        let parent = self.me.parent.and_then(|id| self.others.get(&id));
        PartnerFacts {
            kind: Some(self.me.kind),
            country: self.me.country.clone(),
            seat: self.me.seat.clone(),
            profile: self.me.profile.clone(),
            website: self.me.website.clone().or_else(|| self.family.bodies.iter().rev().find_map(|b| b.website.clone())),
            parent: parent.and_then(|p| p.label()).cloned().unwrap_or_default(),
            iati_identifier: self.me.iati_identifier.clone(),
            existence: self.me.existence,
            partner: self.family.bodies.iter().any(|b| b.partner),
            since: self.family.since(),
            known_as: self.family.known_as(),
            names: self.family.names(),
            successions: self.family.successions(),
            history: history::history(self),
            memberships: history::memberships(self, told),
            parts: history::parts(self, told),
            agreements: history::agreements(self, told),
            events: self.meetings.facts(told),
            sources,
            made_up: self.made_up,
        }
    }

    /// The countries that its programmes benefit, by their codes.
    fn countries(&self) -> Vec<ClassifiedFacts> {
        let classified = self.programmes.all.iter().flat_map(|p| p.classified(ketnoi_domain::Scheme::Country));
        let codes: std::collections::BTreeSet<&str> = classified.map(|c| c.code.as_str()).collect();
        let facts = codes.into_iter().map(|code| ClassifiedFacts {
            code: code.to_owned(),
            name: codelists::country(code),
            percentage: None,
            significance: None,
        });
        facts.collect()
    }
}

/// What belongs to these bodies through either of two columns, each once.
async fn both<T: Stored>(session: &Session, columns: [&'static str; 2], own: &[Uuid]) -> Result<Vec<T>, Error> {
    let mut all: Vec<T> = session.all_children((columns[0], own)).await?;
    all.extend(session.all_children::<T>((columns[1], own)).await?);
    // Between two of the bodies it was found from both ends.
    all.sort_by_key(|r| r.head().id);
    all.dedup_by_key(|r| r.head().id);
    Ok(all)
}

/// For a real organisation what is real, for a made-up one everything.
fn real(me: &Organisation, filter: Filter) -> Filter {
    if me.head.illustrative { filter } else { filter.and(made_up(false)) }
}

/// How many made-up programmes a report on a real organisation leaves out.
async fn left_out(session: &Session, me: &Organisation, filter: &Filter) -> Result<usize, Error> {
    if me.head.illustrative {
        return Ok(0);
    }
    let count = session.count::<Programme>(&filter.clone().and(made_up(true))).await?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// What sources may speak of, in the order in which it is told, each with its name.
fn subjects(
    family: &Family,
    memberships: &[Membership],
    programmes: &Programmes,
    agreements: &[Agreement],
    meetings: &Meetings,
) -> Vec<(Uuid, ketnoi_domain::Text)> {
    let mut all: Vec<(Uuid, ketnoi_domain::Text)> =
        family.bodies.iter().map(|b| (b.head.id.uuid(), family.told_apart(b.head.id))).collect();
    all.extend(memberships.iter().map(|m| (m.head.id.uuid(), m.note.clone())));
    all.extend(programmes.subjects(&family.ids));
    // Those of programmes in which it takes no part itself.
    let told: std::collections::HashSet<Uuid> = all.iter().map(|(id, _)| *id).collect();
    let more = agreements.iter().map(|a| (a.head.id.uuid(), super::programmes::called(a)));
    all.extend(more.filter(|(id, _)| !told.contains(id)));
    all.extend(meetings.events.iter().map(|(_, e)| (e.head.id.uuid(), e.title.clone())));
    all
}
