//! The calendar of reports that agreements ask for, and the reports that answer them.

use std::collections::HashMap;

use chrono::NaiveDate;
use ketnoi_domain::{
    Agreement, Id, PartialDate, Programme, ReportDue,
    query::{Filter, Scope, Test},
    workflow::is_overdue,
};
use ketnoi_persistence::workflow::{self, KeptAnswer};
use uuid::Uuid;

use crate::{Error, Session};

/// Which reports are wanted; all that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueWanted {
    /// Only those that may fall due on this day, month or year, and later.
    pub from: Option<PartialDate>,
    /// Only those that may fall due until this day, month or year.
    pub to: Option<PartialDate>,
    /// Only those for this funder, by its code, under all the names that it had.
    pub funder: Option<String>,
    /// Only those that are overdue, or that are not.
    pub overdue: Option<bool>,
}

/// A report that an agreement asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueReport {
    /// The agreement.
    pub agreement: Id<Agreement>,
    /// Which of its reports, from 0.
    pub index: usize,
    /// What is asked for.
    pub report: ReportDue,
    /// Whether it should have been delivered and was not.
    pub overdue: bool,
    /// The reports on the programme that were kept and answer it.
    pub answers: Vec<KeptAnswer>,
}

impl Session {
    /// The reports that the agreements ask for which the viewer may see, by when they fall due.
    ///
    /// A kept report answers the one that is due next after the end of its period, or after its snapshot where no period was
    /// asked for: it lies behind the report before of the same agreement, and not behind the day on which this one is due.
    pub async fn reports_due(&self, wanted: &DueWanted, today: NaiveDate) -> Result<Vec<DueReport>, Error> {
        let filter = match &wanted.funder {
            Some(code) => Filter::Field("funder", Test::Refers { codes: vec![code.clone()], scope: Scope::Succession }),
            None => Filter::all(),
        };
        let agreements: Vec<Agreement> = self.all(&filter).await?;
        let ids: Vec<Uuid> = agreements.iter().map(|a| a.programme.uuid()).collect();
        let programmes: Vec<Programme> = if ids.is_empty() { Vec::new() } else { self.by_ids(&ids).await? };
        let codes: HashMap<Id<Programme>, String> = programmes.iter().map(|p| (p.head.id, p.head.code.to_string())).collect();
        let mut all: Vec<String> = codes.values().cloned().collect();
        all.sort_unstable();
        let kept = workflow::kept_answers(self.reader(), self.viewer(), &all).await?;
        let mut due: Vec<DueReport> = Vec::new();
        for agreement in &agreements {
            let code = codes.get(&agreement.programme);
            let answers: Vec<&KeptAnswer> = kept.iter().filter(|k| Some(&k.programme) == code).collect();
            due.extend(of_agreement(agreement, &answers, today).into_iter().filter(|one| is_wanted(one, wanted)));
        }
        due.sort_by_key(|a| (a.report.due.to(), a.agreement, a.index));
        Ok(due)
    }
}

fn is_wanted(one: &DueReport, wanted: &DueWanted) -> bool {
    wanted.from.is_none_or(|from| from.from() <= one.report.due.to())
        && wanted.to.is_none_or(|to| one.report.due.from() <= to.to())
        && wanted.overdue.is_none_or(|overdue| overdue == one.overdue)
}

/// The reports of an agreement, each with what answers it.
fn of_agreement(agreement: &Agreement, kept: &[&KeptAnswer], today: NaiveDate) -> Vec<DueReport> {
    let last_day = |answer: &KeptAnswer| -> Option<NaiveDate> {
        let taken = answer.taken.get(..10).and_then(|day| day.parse().ok());
        answer.period.to.map(PartialDate::to).or(taken)
    };
    let one = |(index, report): (usize, &ReportDue)| {
        let by = report.due.to();
        // Reports stand in whatever order the agreement has them.
        let before = agreement.reports_due.iter().map(|other| other.due.to()).filter(|other| *other < by).max();
        let answers =
            |answer: &KeptAnswer| last_day(answer).is_some_and(|day| day <= by && before.is_none_or(|before| before < day));
        DueReport {
            agreement: agreement.head.id,
            index,
            report: report.clone(),
            overdue: is_overdue(report.due, report.delivered, today),
            answers: kept.iter().filter(|k| answers(k)).map(|k| (*k).clone()).collect(),
        }
    };
    agreement.reports_due.iter().enumerate().map(one).collect()
}
