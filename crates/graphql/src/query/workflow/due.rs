//! The calendar of reports that agreements ask for.

use async_graphql::{Context, Object, SimpleObject};
use ketnoi_domain::Agreement;
use ketnoi_registry::workflow::{DueWanted, KeptAnswer};

use crate::{
    batch::View,
    error::{Result, from_registry},
    exec::{Many, One},
    list::sized,
    model::accounts::parties,
    request::{registry, session, volatile},
    scalars::{PartialDate, PartialDateInput, Period, Translation, date, period, told, translations},
};

/// A report that an agreement asks for.
#[derive(SimpleObject)]
pub(crate) struct DueReport {
    /// The agreement.
    agreement: Option<One<View<Agreement>>>,
    /// Which report, in the language of the request.
    title: String,
    /// Which report, by language.
    title_translations: Many<Translation>,
    /// When it falls due.
    due: Option<One<PartialDate>>,
    /// When it was delivered; null while it is not.
    delivered: Option<One<PartialDate>>,
    /// Whether it should have been delivered by today and was not.
    overdue: bool,
    /// The reports on the programme that were made here and answer it, the oldest first.
    answers: Many<DueReportAnswer>,
}

/// A report that was made here.
#[derive(SimpleObject)]
pub(crate) struct DueReportAnswer {
    /// The report's name, as in `reportDefinitions`.
    report: String,
    /// Its language, as a code.
    lang: String,
    /// Where the file is to be fetched: a path on this server.
    path: String,
    /// When the registry was read for it, RFC 3339 in UTC.
    taken_at: String,
    /// The period that it is about; open where none was asked for.
    period: One<Period>,
}

impl From<KeptAnswer> for DueReportAnswer {
    fn from(answer: KeptAnswer) -> Self {
        Self {
            report: answer.definition,
            lang: answer.lang,
            path: format!("/reports/{}.pdf", answer.id),
            taken_at: answer.taken,
            period: period(answer.period),
        }
    }
}

/// The reports that fall due.
#[derive(SimpleObject)]
pub(crate) struct DueReports {
    /// The reports, by when they fall due.
    reports: Many<DueReport>,
    /// How many there are in all, those that were not asked for among them.
    total_count: i64,
    /// How many of all are overdue.
    overdue_count: i64,
}

/// What is due.
#[derive(Debug, Default)]
pub(crate) struct Due;

#[Object(name = "DueQueries")]
impl Due {
    /// The calendar of reports: those that the agreements ask for which the viewer may see, by when they fall due.
    async fn reports_due(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that may fall due on this day, month or year, and later.")] from: Option<PartialDateInput>,
        #[graphql(desc = "Only those that may fall due until this day, month or year.")] to: Option<PartialDateInput>,
        #[graphql(desc = "Only those for the funder with this code, under all the names that it had.")] funder: Option<String>,
        #[graphql(desc = "Only those that are overdue, or only those that are not.")] overdue: Option<bool>,
        #[graphql(desc = "The first so many, 1 to 100.", default = 20)] first: i32,
    ) -> Result<One<DueReports>> {
        // What is overdue changes with the day, and reports are kept without a new revision.
        volatile(ctx);
        let size = usize::try_from(sized("first", first)?).unwrap_or(usize::MAX);
        let wanted = DueWanted { from: from.map(|d| d.0), to: to.map(|d| d.0), funder, overdue };
        let now = registry(ctx).clock().now();
        let today: chrono::NaiveDate = now.get(..10).and_then(|day| day.parse().ok()).unwrap_or_default();
        let mut all = session(ctx).reports_due(&wanted, today).await.map_err(from_registry)?;
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let (total_count, overdue_count) = (count(all.len()), count(all.iter().filter(|one| one.overdue).count()));
        all.truncate(size);
        let agreements = parties(ctx, all.iter().map(|one| one.agreement)).await?;
        let shown = all.into_iter().map(|one| DueReport {
            agreement: agreements.get(&one.agreement).cloned().map(One),
            title: told(ctx, None, &one.report.title).unwrap_or_default().to_owned(),
            title_translations: translations(&one.report.title),
            due: date(Some(one.report.due)),
            delivered: date(one.report.delivered),
            overdue: one.overdue,
            answers: Many(one.answers.into_iter().map(DueReportAnswer::from).collect()),
        });
        Ok(One(DueReports { reports: Many(shown.collect()), total_count, overdue_count }))
    }
}
