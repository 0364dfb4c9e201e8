//! Events: series, sessions, who came, what came of them.

use serde::{Deserialize, Serialize};

use crate::{
    Agreement, Cluster, Faults, Head, Id, Kind, Links, LocalAuthority, Organisation, PartialDate, Period, Programme, Record,
    Rule, Text, Told, Words, coded::coded, organisation::require_country,
};

coded! {
    /// What an event is.
    pub enum EventKind {
        /// A conference.
        Conference = "conference" / "conference",
        /// A workshop.
        Workshop = "workshop" / "workshop",
        /// A training course.
        Training = "training" / "training",
        /// A meeting.
        Meeting = "meeting" / "meeting",
        /// A study tour.
        StudyTour = "study_tour" / "study_tour",
        /// A visit that monitors or accompanies work.
        Visit = "visit" / "visit",
        /// A signing or another ceremony.
        Ceremony = "ceremony" / "ceremony",
        /// Something else.
        Other = "other" / "other",
    }
}

coded! {
    /// The form of a session.
    pub enum SessionFormat {
        /// The opening of the event.
        Opening = "opening" / "opening",
        /// A session of the programme.
        Session = "session" / "session",
        /// A part of a day that belongs to civil society.
        CivilSocietyDay = "civil_society_day" / "civil_society_day",
        /// A high-level round table.
        RoundTable = "round_table" / "round_table",
        /// A meeting beside the official programme.
        SideMeeting = "side_meeting" / "side_meeting",
        /// A meeting with one other body.
        Meeting = "meeting" / "meeting",
        /// A visit to a place.
        SiteVisit = "site_visit" / "site_visit",
        /// The closing of the event.
        Closing = "closing" / "closing",
    }
}

coded! {
    /// On whose side participants came.
    pub enum ParticipantCategory {
        /// Ministries and other bodies of a national government.
        NationalGovernment = "national_government" / "national_government",
        /// Cities, provinces and other local governments.
        LocalGovernment = "local_government" / "local_government",
        /// Associations of local governments.
        Association = "association" / "association",
        /// Civil society.
        CivilSociety = "civil_society" / "civil_society",
        /// Universities, academies and institutes.
        Academia = "academia" / "academia",
        /// The press.
        Press = "press" / "press",
        /// Funders, embassies and international organisations.
        Funder = "funder" / "funder",
        /// Firms.
        PrivateSector = "private_sector" / "private_sector",
        /// Experts invited for what they know.
        Expert = "expert" / "expert",
        /// The staff of those who organise.
        Staff = "staff" / "staff",
        /// Others, and those of whom nothing is said.
        Other = "other" / "other",
    }
}

coded! {
    /// What sort of thing came of an event.
    pub enum OutcomeKind {
        /// Something was decided.
        Decision = "decision" / "decision",
        /// Something was agreed with others.
        Agreement = "agreement" / "agreement",
        /// Something was learnt.
        Lesson = "lesson" / "lesson",
        /// Those who came judged it.
        Assessment = "assessment" / "assessment",
        /// Something is to be done next.
        NextStep = "next_step" / "next_step",
    }
}

/// Events that belong together and come again: the workshops of a project, a conference held every other year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventSeries {
    /// What every record has.
    pub head: Head<Self>,
    /// What it is called.
    pub name: Text,
    /// What it is about.
    pub description: Text,
    /// Who holds it.
    pub organiser: Option<Id<Organisation>>,
    /// The programme that it belongs to.
    pub programme: Option<Id<Programme>>,
}

impl Record for EventSeries {
    const KIND: Kind = Kind::EventSeries;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().maybe("organiser", self.organiser).maybe("programme", self.programme)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.name)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.name).told(&self.description)
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.name.is_empty(), "name", || "a series needs a name".into());
        f
    }
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// What every record has.
    pub head: Head<Self>,
    /// The series that it belongs to.
    pub series: Option<Id<EventSeries>>,
    /// Which one of its series, from 1.
    pub number: Option<i64>,
    /// What it is.
    pub kind: EventKind,
    /// What it is called.
    pub title: Text,
    /// The message that it was held under.
    pub motto: Text,
    /// What it was about.
    pub description: Text,
    /// Who held it.
    pub organiser: Option<Id<Organisation>>,
    /// Who held it with them.
    pub co_organisers: Vec<Id<Organisation>>,
    /// The programme that it belongs to.
    pub programme: Option<Id<Programme>>,
    /// The city where it was held.
    pub authority: Option<Id<LocalAuthority>>,
    /// The country where it was held, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The house where it was held.
    pub venue: Text,
    /// The cluster of cities that met.
    pub cluster: Option<Id<Cluster>>,
    /// From when to when.
    pub period: Period,
}

impl Record for Event {
    const KIND: Kind = Kind::Event;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default()
            .maybe("series", self.series)
            .maybe("organiser", self.organiser)
            .many("co_organisers", self.co_organisers.iter().copied())
            .maybe("programme", self.programme)
            .maybe("authority", self.authority)
            .maybe("cluster", self.cluster)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.title).told(&self.motto).told(&self.description).told(&self.venue)
    }
    fn when(&self) -> Period {
        self.period
    }
    fn places(&self) -> Vec<Id<LocalAuthority>> {
        self.authority.into_iter().collect()
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.title.is_empty(), "title", || "an event needs a title".into());
        f.require(self.period.is_ordered(), "period", || "it ends before it starts".into());
        f.require(self.number.is_none_or(|n| n > 0), "number", || "events of a series are counted from 1".into());
        f.require(self.number.is_none() || self.series.is_some(), "number", || {
            "only an event of a series has a number in it: name the series".into()
        });
        require_country(&mut f, self.country.as_deref());
        f
    }
}

/// A session of an event, or a meeting held beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventSession {
    /// What every record has.
    pub head: Head<Self>,
    /// The event.
    pub event: Id<Event>,
    /// Its place among the event's sessions, from 1.
    pub number: i64,
    /// Its form.
    pub format: SessionFormat,
    /// What it is called, in our reading; a corrupted text is kept by a statement on `title`.
    pub title: Text,
    /// What it was about.
    pub topic: Text,
    /// When.
    pub date: Option<PartialDate>,
    /// Whom those who went met there.
    pub counterparts: Vec<Id<Organisation>>,
}

impl Record for EventSession {
    const KIND: Kind = Kind::EventSession;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().one("event", self.event).many("counterparts", self.counterparts.iter().copied())
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.title).told(&self.topic)
    }
    fn when(&self) -> Period {
        Period { from: self.date, to: self.date }
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.title.is_empty(), "title", || "a session needs a title".into());
        f.require(self.number > 0, "number", || "sessions are counted from 1".into());
        f
    }
}

impl EventSession {
    /// The rules between a session and its event.
    pub fn faults_within(&self, event: &Event) -> Faults {
        let mut f = Faults::default();
        let outside = self.date.is_some_and(|d| {
            event.period.from.is_some_and(|from| d.to() < from.from()) || event.period.to.is_some_and(|to| to.to() < d.from())
        });
        f.require(!outside, "date", || "the session lies outside its event: mend one of the two dates".into());
        f
    }
}

/// Those who went to an event together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// What every record has.
    pub head: Head<Self>,
    /// Where they went.
    pub event: Id<Event>,
    /// What the delegation is called.
    pub title: Text,
    /// Who they were and what for.
    pub description: Text,
    /// Who sent them.
    pub organiser: Option<Id<Organisation>>,
    /// The programme that they went for.
    pub programme: Option<Id<Programme>>,
    /// The agreement that paid.
    pub agreement: Option<Id<Agreement>>,
    /// The country that they came from, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The sessions that they attended.
    pub attended: Vec<Id<EventSession>>,
}

impl Record for Delegation {
    const KIND: Kind = Kind::Delegation;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default()
            .one("event", self.event)
            .maybe("organiser", self.organiser)
            .maybe("programme", self.programme)
            .maybe("agreement", self.agreement)
            .many("attended", self.attended.iter().copied())
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.title).told(&self.description)
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.title.is_empty(), "title", || "a delegation needs a title".into());
        let mut twice = self.attended.clone();
        twice.sort_unstable();
        twice.dedup();
        f.require(twice.len() == self.attended.len(), "attended", || "the same session stands there twice".into());
        require_country(&mut f, self.country.as_deref());
        f
    }
}

/// How many came on one side: to an event, with a delegation, or to one session. People are never named here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParticipantCount {
    /// What every record has.
    pub head: Head<Self>,
    /// The event.
    pub event: Id<Event>,
    /// The delegation that they belonged to.
    pub delegation: Option<Id<Delegation>>,
    /// The session, where only it was counted.
    pub session: Option<Id<EventSession>>,
    /// On whose side they came.
    pub category: ParticipantCategory,
    /// The organisation that they came from.
    pub organisation: Option<Id<Organisation>>,
    /// How many women.
    pub women: Option<i64>,
    /// How many men.
    pub men: Option<i64>,
    /// How many in all; unknown where the source only says that they came.
    pub total: Option<i64>,
    /// Whether numbers were left out because they are so small: then what is unknown may be known to others.
    #[serde(skip)]
    pub withheld: bool,
}

impl ParticipantCount {
    /// How many in all, as far as is known: the total, else women and men together if both are known.
    pub fn people(&self) -> Option<i64> {
        self.total.or_else(|| Some(self.women? + self.men?))
    }
}

impl Record for ParticipantCount {
    const KIND: Kind = Kind::ParticipantCount;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn withhold(&mut self) {
        let told = Told::of([self.women, self.men], self.total);
        ([self.women, self.men], self.total) = (told.parts, told.total);
        self.withheld |= told.withheld;
    }
    fn is_withheld(&self) -> bool {
        self.withheld
    }
    fn links(&self) -> Links {
        Links::default()
            .one("event", self.event)
            .maybe("delegation", self.delegation)
            .maybe("session", self.session)
            .maybe("organisation", self.organisation)
    }
    fn faults(&self) -> Faults {
        const MOST: i64 = 10_000_000;
        let mut f = Faults::default();
        for (path, count) in [("women", self.women), ("men", self.men), ("total", self.total)] {
            f.require(count.is_none_or(|n| (0..=MOST).contains(&n)), path, || {
                Rule::of("a count lies between 0 and {most}", [("most", MOST.to_string())])
            });
        }
        let parts = self.women.unwrap_or(0).saturating_add(self.men.unwrap_or(0));
        f.require(self.total.is_none_or(|t| parts <= t), "total", || {
            Rule::of("women and men make {parts}, which is more than the total", [("parts", parts.to_string())])
        });
        f
    }
}

/// Something that came of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventOutcome {
    /// What every record has.
    pub head: Head<Self>,
    /// The event.
    pub event: Id<Event>,
    /// The delegation that says so.
    pub delegation: Option<Id<Delegation>>,
    /// What sort of thing.
    pub kind: OutcomeKind,
    /// What came of it.
    pub title: Text,
}

impl Record for EventOutcome {
    const KIND: Kind = Kind::EventOutcome;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().one("event", self.event).maybe("delegation", self.delegation)
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.title.is_empty(), "title", || "say what came of it".into());
        f
    }
}
