use serde::{Deserialize, Serialize};

use crate::{
    Faults, Head, Id, Kind, Links, LocalAuthority, Organisation, PartialDate, Partnership, Percentage, Period, Record, Rule,
    Text, Words, coded::coded, organisation::require_whole,
};

coded! {
    /// Where an activity stands in its tree.
    pub enum ProgrammeLevel {
        /// A programme.
        Programme = "programme" / "programme",
        /// A project, alone or of a programme.
        Project = "project" / "project",
        /// A component of a programme or a project.
        Component = "component" / "component",
    }
}

coded! {
    /// How far an activity has come (IATI ActivityStatus).
    pub enum ProgrammeStatus {
        /// Being scoped or planned.
        Pipeline = "pipeline" / "1",
        /// Under way.
        Implementation = "implementation" / "2",
        /// Physically complete, accounts still open.
        Finalisation = "finalisation" / "3",
        /// Complete.
        Closed = "closed" / "4",
        /// Ended before its time.
        Cancelled = "cancelled" / "5",
        /// Suspended for a time.
        Suspended = "suspended" / "6",
    }
}

coded! {
    /// What an organisation does in an activity (IATI OrganisationRole).
    pub enum Role {
        /// Pays.
        Funding = "funding" / "1",
        /// Answers for it.
        Accountable = "accountable" / "2",
        /// Manages the money and the work on behalf of the funder.
        Extending = "extending" / "3",
        /// Carries it out.
        Implementing = "implementing" / "4",
    }
}

coded! {
    /// The list that a classification is taken from.
    pub enum Scheme {
        /// OECD DAC CRS purpose codes, five digits.
        Sector = "sector" / "sector",
        /// ISO 3166-1 alpha-2, the countries that benefit.
        Country = "country" / "country",
        /// The Sustainable Development Goals, 1 to 17.
        Sdg = "sdg" / "sdg",
        /// OECD DAC policy markers; the share is unused, the significance counts.
        PolicyMarker = "policy_marker" / "policy_marker",
    }
}

coded! {
    /// How two activities are related (IATI RelatedActivityType where it has one).
    pub enum RelationType {
        /// The other came before and this one carries on from it.
        Precedes = "precedes" / "precedes",
        /// The other has the same parent or is run beside this one.
        Sibling = "sibling" / "3",
        /// Both are paid for together.
        CoFunded = "co_funded" / "4",
        /// Another organisation reports the same activity.
        SameActivity = "same_activity" / "5",
    }
}

/// A code of a scheme, with its share of the activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classification {
    /// Which list.
    pub scheme: Scheme,
    /// The code in the list.
    pub code: String,
    /// The share; none where no source gives one.
    pub percentage: Option<Percentage>,
    /// For policy markers, 0 (not targeted) to 4 (IATI PolicySignificance).
    pub significance: Option<u8>,
}

/// A place where an activity happens, with its share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The local authority, as it was.
    pub authority: Id<LocalAuthority>,
    /// The share; none where no source gives one.
    pub percentage: Option<Percentage>,
    /// What happened there.
    pub note: Text,
}

/// A link from one activity to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// The other activity.
    pub programme: Id<Programme>,
    /// How they are related, seen from this one.
    pub kind: RelationType,
}

/// A programme, a project or a component: IATI calls each an activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    /// What every record has.
    pub head: Head<Self>,
    /// Where it stands in its tree.
    pub level: ProgrammeLevel,
    /// The partnership between local authorities that it belongs to.
    pub partnership: Option<Id<Partnership>>,
    /// The activity that it is a part of.
    pub parent: Option<Id<Programme>>,
    /// Its title.
    pub title: Text,
    /// Its acronym.
    pub acronym: Option<String>,
    /// What it is about.
    pub description: Text,
    /// Who reports it: the association's own activities are its to publish, others' are not.
    pub reporting_organisation: Option<Id<Organisation>>,
    /// How far it has come; none where no source says.
    pub status: Option<ProgrammeStatus>,
    /// The period that was planned.
    pub planned: Period,
    /// The period that it really took.
    pub actual: Period,
    /// Its identifier in IATI or at its funder.
    pub iati_identifier: Option<String>,
    /// Sectors, countries, goals and policy markers.
    pub classifications: Vec<Classification>,
    /// Where it happens.
    pub places: Vec<Place>,
    /// What it is related to.
    pub relations: Vec<Relation>,
}

impl Programme {
    /// When it starts: really if that is known, else as planned.
    pub fn start(&self) -> Option<PartialDate> {
        self.actual.from.or(self.planned.from)
    }

    /// When it ends: really if that is known, else as planned.
    pub fn end(&self) -> Option<PartialDate> {
        self.actual.to.or(self.planned.to)
    }

    /// The codes of one scheme.
    pub fn classified(&self, scheme: Scheme) -> impl Iterator<Item = &Classification> {
        self.classifications.iter().filter(move |c| c.scheme == scheme)
    }
}

impl Record for Programme {
    const KIND: Kind = Kind::Programme;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default()
            .maybe("partnership", self.partnership)
            .maybe("parent", self.parent)
            .maybe("reporting_organisation", self.reporting_organisation)
            .many("places", self.places.iter().map(|p| p.authority))
            .many("relations", self.relations.iter().map(|r| r.programme))
    }
    fn label(&self) -> Option<&Text> {
        Some(&self.title)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.title).called(self.acronym.as_deref()).told(&self.description)
    }
    fn when(&self) -> Period {
        Period { from: self.start(), to: self.end() }
    }
    fn places(&self) -> Vec<Id<LocalAuthority>> {
        self.places.iter().map(|p| p.authority).collect()
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(!self.title.is_empty(), "title", || "a programme needs a title".into());
        f.require(self.planned.is_ordered(), "planned", || "the planned end lies before the planned start".into());
        f.require(self.actual.is_ordered(), "actual", || "the actual end lies before the actual start".into());
        f.require(self.parent != Some(self.head.id), "parent", || "a programme is not a part of itself".into());
        let rooted = self.level != ProgrammeLevel::Component || self.parent.is_some();
        f.require(rooted, "parent", || "a component needs the programme or project that it is a part of".into());
        for (path, scheme) in [("sectors", Scheme::Sector), ("countries", Scheme::Country)] {
            require_whole(&mut f, path, &self.classified(scheme).map(|c| c.percentage).collect::<Vec<_>>());
        }
        require_whole(&mut f, "places", &self.places.iter().map(|p| p.percentage).collect::<Vec<_>>());
        for c in &self.classifications {
            let digits = |n: usize| c.code.len() == n && c.code.bytes().all(|b| b.is_ascii_digit());
            match c.scheme {
                Scheme::Sector => {
                    f.require(digits(5), "sectors", || {
                        Rule::of("`{code}` is no DAC purpose code: write five digits", [("code", c.code.clone())])
                    });
                }
                Scheme::Country => crate::organisation::require_country(&mut f, Some(&c.code)),
                Scheme::Sdg => {
                    let goal = c.code.parse::<u8>().is_ok_and(|n| (1..=17).contains(&n));
                    f.require(goal, "sdgs", || {
                        Rule::of("`{code}` is no goal: write a number from 1 to 17", [("code", c.code.clone())])
                    });
                }
                Scheme::PolicyMarker => {
                    let good =
                        c.code.parse::<u8>().is_ok_and(|n| (1..=12).contains(&n)) && c.significance.is_some_and(|s| s <= 4);
                    f.require(good, "policy_markers", || "write a marker from 1 to 12 with a significance from 0 to 4".into());
                }
            }
        }
        f
    }
}

/// An organisation's part in an activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participation {
    /// What every record has.
    pub head: Head<Self>,
    /// The activity.
    pub programme: Id<Programme>,
    /// The organisation.
    pub organisation: Id<Organisation>,
    /// What it does.
    pub role: Role,
    /// The name that the source gives it, which may be a former one.
    pub stated_name: Text,
    /// The organisation that its money or work passes through.
    pub via: Option<Id<Organisation>>,
    /// From when to when, where that differs from the activity's.
    pub period: Period,
    /// What else is to be said.
    pub note: Text,
}

impl Record for Participation {
    const KIND: Kind = Kind::Participation;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().one("programme", self.programme).one("organisation", self.organisation).maybe("via", self.via)
    }
    fn words(&self) -> Words<'_> {
        Words::named(&self.stated_name)
    }
    fn when(&self) -> Period {
        self.period
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(self.period.is_ordered(), "period", || "it ends before it starts".into());
        f.require(self.via != Some(self.organisation), "via", || {
            "money does not pass from an organisation through itself".into()
        });
        f
    }
}
