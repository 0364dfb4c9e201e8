//! What a report on one programme is made from: its facts, read for one viewer in a number of statements that does not
//! depend on how much there is.
//!
//! The order of everything is fixed, so that the same registry gives the same report. Parts follow the framework's or the
//! template's numbers, movements of money their dates, places the programme. Documents are numbered in the order in which
//! they are first used: by the sources and statements of the programme, of its participations, of its agreements, of its
//! funds; then by stated figures, then by movements of money; those that are only attached come last, by their codes.

mod advocacy;
mod cooperation;
mod events;
mod facts;
mod order;
mod places;
mod records;
mod sources;

use ketnoi_reporting::{ProgrammeSnapshot, Publisher};

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
}

impl SnapshotOptions {
    /// The organisation that keeps the registry, unless another is named.
    pub const PUBLISHER: &'static str = "ACVN";

    /// A snapshot published by the association.
    pub fn new(taken: &str, audience: &str) -> Self {
        Self { taken: taken.to_owned(), audience: audience.to_owned(), publisher: Self::PUBLISHER.to_owned() }
    }
}

impl Session {
    /// [`Session::programme_snapshot_with`], published by the association.
    pub async fn programme_snapshot(&self, code: &str, taken: &str, audience: &str) -> Result<ProgrammeSnapshot, Error> {
        self.programme_snapshot_with(code, &SnapshotOptions::new(taken, audience)).await
    }

    /// All that a report on one programme may show to this viewer. Take the session from
    /// [`Registry::snapshot_session`](crate::Registry::snapshot_session), so that nothing changes between the reads.
    pub async fn programme_snapshot_with(&self, code: &str, options: &SnapshotOptions) -> Result<ProgrammeSnapshot, Error> {
        let records = Records::read(self, code, options).await?;
        let said = sources::said(&records);
        Ok(ProgrammeSnapshot {
            taken: options.taken.clone(),
            revision: records.revision,
            audience: options.audience.clone(),
            publisher: publisher(&records),
            programme: facts::programme(&records),
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
        })
    }
}

fn publisher(records: &Records) -> Publisher {
    let Some(organisation) = &records.publisher else { return Publisher::default() };
    let name = organisation.names.current();
    Publisher {
        name: name.map(|n| n.text.clone()).unwrap_or_default(),
        short: name.and_then(|n| n.short.clone()),
        website: organisation.website.clone(),
        contacts: organisation.contacts.clone(),
    }
}
