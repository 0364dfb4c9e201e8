use serde::{Deserialize, Serialize};

use crate::{Faults, Head, Id, Kind, Links, Period, Programme, Record, Text, Words, coded::coded};

coded! {
    /// The section of a report to funders that a narrative belongs to, as the European Union and Global Affairs Canada ask.
    pub enum NarrativeSection {
        /// The whole in short.
        Summary = "summary" / "summary",
        /// What was done.
        Activities = "activities" / "activities",
        /// What came of it, beside the figures.
        Results = "results" / "results",
        /// How those who take part work together, and with others.
        Partners = "partners" / "partners",
        /// How funders were made visible.
        Visibility = "visibility" / "visibility",
        /// What was learnt.
        Lessons = "lessons" / "lessons",
        /// What went wrong or may go wrong, and what is done about it.
        Risks = "risks" / "risks",
        /// What comes next.
        NextSteps = "next_steps" / "next_steps",
        /// Something else.
        Other = "other" / "other",
    }
}

/// What a programme tells its funders in words about a period, in one section of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Narrative {
    /// What every record has.
    pub head: Head<Self>,
    /// The activity.
    pub programme: Id<Programme>,
    /// The section of a report that it belongs to.
    pub section: NarrativeSection,
    /// The period that it is about.
    pub period: Period,
    /// What is told, in a small markup: blank lines part paragraphs, lines that start with `- ` are the items of a list,
    /// and `**strong**` and `*emphasis*` stand out. There is nothing else: no headings, no links, no pictures, no HTML;
    /// what looks like one of these is plain text.
    pub text: Text,
}

impl Record for Narrative {
    const KIND: Kind = Kind::Narrative;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().one("programme", self.programme)
    }
    fn words(&self) -> Words<'_> {
        Words::default().told(&self.text)
    }
    fn when(&self) -> Period {
        self.period
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.text.is_empty(), "text", || "a narrative says something: write its text, or leave it out".into());
        f.require(self.period.is_ordered(), "period", || "it ends before it starts".into());
        f.require(!self.period.is_unknown(), "period", || "a narrative is about a period: give its start and its end".into());
        f
    }
}
