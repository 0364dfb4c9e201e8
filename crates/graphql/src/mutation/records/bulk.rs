//! What people write many of at once.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use ketnoi_domain::{IndicatorPeriod, Measurement, ParticipantCategory, ParticipantCount, Period};
use ketnoi_registry::{Actual, Count, Reading};

use super::shown;
use crate::{
    batch::View,
    enums::E,
    error::Result,
    exec::{Many, One},
    mutation::{
        input::{BreakdownInput, Input, MeasuredInput, Optional, TextInput, reference},
        payload::{UserError, settle},
    },
    request::{author, registry},
    scalars::PartialDateInput,
};

/// What was reached in a period, by the indicators of a programme.
#[derive(InputObject, Debug)]
pub(crate) struct ReportActualsInput {
    /// The programme: its id or its code.
    programme: ID,
    /// The first day, month or year of the period.
    period_from: PartialDateInput,
    /// The last day, month or year of the period.
    period_to: PartialDateInput,
    /// The actuals, at most 500. All of them are written or none.
    actuals: Vec<ReportedActualInput>,
}

/// What was reached by one indicator. Name either the indicator or its very period.
#[derive(InputObject, Debug)]
pub(crate) struct ReportedActualInput {
    /// The indicator: its period is found by the period that is reported on, and made if there is none.
    indicator: Option<ID>,
    /// The period of an indicator. It lies within the one that is reported on.
    indicator_period: Option<ID>,
    /// The version of that period that was read, if changes since then matter.
    expected_version: Option<i64>,
    /// The whole.
    value: MeasuredInput,
    /// When it was measured.
    on: Option<PartialDateInput>,
    /// The parts: those by sex, and those by city, sum to the whole.
    breakdown: Option<Vec<BreakdownInput>>,
    /// What is to be said of it, by language.
    note: Option<Vec<TextInput>>,
}

impl ReportedActualInput {
    fn read(&self, reading: &mut Reading) -> Actual {
        Actual {
            indicator: reading.at("indicator", |r| Optional::read_some(self.indicator.as_ref(), r)),
            indicator_period: reading.at("indicator_period", |r| Optional::read_some(self.indicator_period.as_ref(), r)),
            expected: self.expected_version,
            value: Measurement {
                value: reading.at("value", |r| self.value.read(r)),
                on: self.on.map(|date| date.0),
                breakdown: reading.at("breakdown", |r| Optional::read_some(self.breakdown.as_ref(), r)),
                note: reading.at("note", |r| Optional::read_some(self.note.as_ref(), r)),
            },
        }
    }
}

/// What came of it.
#[derive(SimpleObject)]
pub(crate) struct ReportActualsPayload {
    /// The periods as they are now; none where something was wrong.
    indicator_periods: Many<View<IndicatorPeriod>>,
    /// What was wrong, all of it, at paths such as `actuals.3.value`; none where all went well.
    errors: Many<UserError>,
}

/// How many came to an event.
#[derive(InputObject, Debug)]
pub(crate) struct RecordParticipantCountsInput {
    /// The event: its id or its code.
    event: ID,
    /// The counts, at most 500. All of them are written or none.
    counts: Vec<CountedParticipantsInput>,
}

/// How many came on one side.
#[derive(InputObject, Debug)]
pub(crate) struct CountedParticipantsInput {
    /// With which delegation.
    delegation: Option<ID>,
    /// To which session, where only it was counted.
    session: Option<ID>,
    /// On whose side they came.
    category: E<ParticipantCategory>,
    /// From which organisation.
    organisation: Option<ID>,
    /// How many women.
    women: Option<i64>,
    /// How many men.
    men: Option<i64>,
    /// How many in all.
    total: Option<i64>,
}

impl CountedParticipantsInput {
    fn read(&self, reading: &mut Reading) -> Count {
        Count {
            delegation: reading.at("delegation", |r| Optional::read_some(self.delegation.as_ref(), r)),
            session: reading.at("session", |r| Optional::read_some(self.session.as_ref(), r)),
            category: self.category.0,
            organisation: reading.at("organisation", |r| Optional::read_some(self.organisation.as_ref(), r)),
            women: self.women,
            men: self.men,
            total: self.total,
        }
    }
}

/// What came of it.
#[derive(SimpleObject)]
pub(crate) struct RecordParticipantCountsPayload {
    /// The counts as they are now; none where something was wrong.
    participant_counts: Many<View<ParticipantCount>>,
    /// What was wrong, all of it, at paths such as `counts.3.total`; none where all went well.
    errors: Many<UserError>,
}

#[derive(Debug, Default)]
pub(crate) struct BulkMutations;

#[Object]
impl BulkMutations {
    /// Reports what a programme reached in a period, all indicators at once.
    async fn report_actuals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was reached, in which period.")] input: Box<ReportActualsInput>,
    ) -> Result<One<ReportActualsPayload>> {
        let period = Period { from: Some(input.period_from.0), to: Some(input.period_to.0) };
        let (programme, count) = (reference(&input.programme), input.actuals.len());
        let read = |i: usize, reading: &mut Reading| input.actuals[i].read(reading);
        let done = Box::pin(registry(ctx).report_actuals(&author(ctx), &programme, period, count, read)).await;
        let (saved, errors) = settle(done)?;
        let ids: Vec<_> = saved.iter().flatten().map(|saved| saved.id).collect();
        Ok(One(ReportActualsPayload { indicator_periods: Many(shown(ctx, &ids).await?), errors: Many(errors) }))
    }
    /// Records how many came to an event, all sides at once. What was counted before of the same side, organisation, delegation
    /// and session is changed; all else is added.
    async fn record_participant_counts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many came, to which event.")] input: Box<RecordParticipantCountsInput>,
    ) -> Result<One<RecordParticipantCountsPayload>> {
        let (event, count) = (reference(&input.event), input.counts.len());
        let read = |i: usize, reading: &mut Reading| input.counts[i].read(reading);
        let done = Box::pin(registry(ctx).record_participant_counts(&author(ctx), &event, count, read)).await;
        let (saved, errors) = settle(done)?;
        let ids: Vec<_> = saved.iter().flatten().map(|saved| saved.id).collect();
        Ok(One(RecordParticipantCountsPayload { participant_counts: Many(shown(ctx, &ids).await?), errors: Many(errors) }))
    }
}
