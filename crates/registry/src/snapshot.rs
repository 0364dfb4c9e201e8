//! What a report is made from: the facts of its subject, read for one viewer in a number of statements that does not depend
//! on how much there is.
//!
//! **To add a subject:** its kind in `ketnoi_reporting::SubjectKind`, a file here that reads it, its line in
//! [`Session::snapshot`]. A dialogue, a delegation and an event are read by themselves, with their programme beside ([`focus`]).
//! Two countries and a year belong to no programme; [`told`] is what both tell alike.
//!
//! The order of everything is fixed, so that the same registry gives the same report. Parts follow the framework's or the
//! template's numbers, movements of money their dates, places the programme. Documents are numbered in the order in which
//! they are first used: by the sources and statements of the programme, of its participations, of its agreements, of its
//! funds; then by stated figures, then by movements of money; those that are only attached come last, by their codes.

mod advocacy;
mod cooperation;
mod countries;
mod events;
mod facts;
mod family;
mod focus;
mod history;
mod meetings;
mod order;
mod partner;
mod places;
mod portfolio;
mod programmes;
mod records;
mod sayings;
mod sources;
mod told;
mod year;

use ketnoi_domain::{Delegation, Dialogue, Event, Organisation, Period, Programme, query::Filter};
use ketnoi_persistence::Stored;
use ketnoi_reporting::{Publisher, Snapshot, SubjectFacts, SubjectKind};

use crate::{Error, Session};
use records::Records;

/// What a snapshot says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotOptions {
    /// The instant, as the clock tells it: RFC 3339 in UTC. Exchange rates of later days are not used.
    pub taken: String,
    /// For whom the report is, by the deployment's name for them.
    pub audience: String,
    /// The code of the organisation that publishes. One that is not in the registry leaves the publisher without a name.
    pub publisher: String,
    /// The period that the report is about; unknown ends are open.
    pub period: Period,
}

impl SnapshotOptions {
    /// The organisation that keeps the registry, unless another is named.
    pub const PUBLISHER: &'static str = "ACVN";

    /// A snapshot published by the association.
    pub fn new(taken: &str, audience: &str) -> Self {
        let (taken, audience, publisher) = (taken.to_owned(), audience.to_owned(), Self::PUBLISHER.to_owned());
        Self { taken, audience, publisher, period: Period::default() }
    }
}

impl Session {
    /// All that a report on this subject may show to this viewer. Take the session from
    /// [`Registry::snapshot_session`](crate::Registry::snapshot_session), so that nothing changes between the reads.
    pub async fn snapshot(&self, kind: SubjectKind, key: &str, options: &SnapshotOptions) -> Result<Snapshot, Error> {
        match kind {
            SubjectKind::Programme => self.programme_snapshot(key, options).await,
            SubjectKind::Dialogue => focus::dialogue(self, key, options).await,
            SubjectKind::Delegation => focus::delegation(self, key, options).await,
            SubjectKind::Event => focus::event(self, key, options).await,
            SubjectKind::Organisation => partner::snapshot(self, key, options).await,
            SubjectKind::Countries => countries::snapshot(self, key, options).await,
            SubjectKind::Year => year::snapshot(self, key, options).await,
        }
    }

    /// The keys of everything of a kind that there is to report on, in their order.
    pub async fn subjects(&self, kind: SubjectKind) -> Result<Vec<String>, Error> {
        async fn codes<T: Stored>(session: &Session) -> Result<Vec<String>, Error> {
            Ok(session.all::<T>(&Filter::all()).await?.iter().map(|r| r.head().code.to_string()).collect())
        }
        match kind {
            SubjectKind::Programme => codes::<Programme>(self).await,
            SubjectKind::Organisation => codes::<Organisation>(self).await,
            SubjectKind::Dialogue => codes::<Dialogue>(self).await,
            SubjectKind::Delegation => codes::<Delegation>(self).await,
            SubjectKind::Event => codes::<Event>(self).await,
            SubjectKind::Countries => countries::keys(self).await,
            SubjectKind::Year => year::keys(self).await,
        }
    }

    async fn programme_snapshot(&self, code: &str, options: &SnapshotOptions) -> Result<Snapshot, Error> {
        let records = Records::read(self, code, options).await?;
        let said = sources::said(&records);
        let programme = facts::programme(&records);
        let subject = SubjectFacts {
            kind: SubjectKind::Programme,
            key: code.to_owned(),
            title: programme.as_ref().map(|p| p.title.clone()).unwrap_or_default(),
            short: programme.as_ref().and_then(|p| p.acronym.clone()),
            illustrative: programme.as_ref().is_some_and(|p| p.illustrative),
            period: options.period,
        };
        let publisher = publisher(records.publisher.as_ref());
        Ok(Snapshot {
            programme,
            participations: facts::participations(&records),
            agreements: facts::agreements(&records),
            finance: facts::finance(&records),
            results: facts::results(&records),
            places: places::places(&records),
            sectors: facts::sectors(&records),
            countries: facts::countries(&records),
            sdgs: facts::sdgs(&records),
            policy_markers: facts::policy_markers(&records),
            related: facts::related(&records),
            stated_figures: said.figures,
            documents: said.documents,
            statements: said.statements,
            risks: facts::risks(&records),
            events: events::events(&records),
            replications: events::replications(&records),
            recommendations: advocacy::recommendations(&records),
            road_maps: advocacy::road_maps(&records),
            dialogues: advocacy::dialogues(&records),
            narratives: facts::narratives(&records),
            ..Snapshot::of(subject, &options.taken, records.revision, &options.audience, publisher)
        })
    }
}

/// A snapshot that says what it is of, and nothing yet of its subject.
async fn bare(session: &Session, subject: SubjectFacts, options: &SnapshotOptions) -> Result<Snapshot, Error> {
    let organisation: Option<Organisation> = session.by_code(&options.publisher).await?;
    let revision = session.revision().await?;
    Ok(Snapshot::of(subject, &options.taken, revision, &options.audience, publisher(organisation.as_ref())))
}

fn publisher(organisation: Option<&Organisation>) -> Publisher {
    let Some(organisation) = organisation else { return Publisher::default() };
    let name = organisation.names.current();
    Publisher {
        name: name.map(|n| n.text.clone()).unwrap_or_default(),
        short: name.and_then(|n| n.short.clone()),
        website: organisation.website.clone(),
        contacts: organisation.contacts.clone(),
    }
}
