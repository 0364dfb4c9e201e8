//! How a record comes to be published, what cities propose of their own figures, and what a locked period keeps.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    Breakdown, Coded, Community, Dimension, Fund, GrantStatus, HousingProject, Id, Kind, Lang, LocalAuthority, Measured,
    Measurement, Money, PartialDate, Period, Programme, SmallGrant, StageReached, Text, Visibility, coded::coded,
    results::cumulate,
};

coded! {
    /// How far a record that stands by itself has come.
    pub enum RecordState {
        /// It is being written.
        Draft = "draft" / "draft",
        /// It waits for an officer to publish it or to send it back.
        InReview = "in_review" / "in_review",
        /// Others than the association see it.
        Published = "published" / "published",
        /// It is put away, itself or with what it belongs to.
        Archived = "archived" / "archived",
    }
}

coded! {
    /// A step of a record towards its publication, or back.
    pub enum ReviewStep {
        /// It was handed in for review.
        Submitted = "submitted" / "submitted",
        /// It was sent back to be mended.
        SentBack = "sent_back" / "sent_back",
        /// It was published.
        Published = "published" / "published",
        /// It was taken back from those who saw it.
        Withdrawn = "withdrawn" / "withdrawn",
    }
}

coded! {
    /// How far a proposal has come.
    pub enum ProposalState {
        /// It waits to be decided.
        Proposed = "proposed" / "proposed",
        /// It was approved and stands in its record.
        Approved = "approved" / "approved",
        /// It was refused.
        Refused = "refused" / "refused",
        /// Whoever proposed it took it back.
        Withdrawn = "withdrawn" / "withdrawn",
    }
}

coded! {
    /// What is proposed.
    pub enum ProposalKind {
        /// What was reached of an indicator in a period.
        Actual = "actual" / "actual",
        /// A stage that a replication reached.
        ReplicationStage = "replication_stage" / "replication_stage",
        /// A small grant, new or changed.
        SmallGrant = "small_grant" / "small_grant",
        /// A housing project, new or changed.
        HousingProject = "housing_project" / "housing_project",
    }
}

impl RecordState {
    /// The state of a record, by what is known of it: whether it is put away, who may see it by its own setting, and the last
    /// step that it took.
    pub fn of(archived: bool, visibility: Visibility, last: Option<ReviewStep>) -> Self {
        match (archived, visibility, last) {
            (true, ..) => Self::Archived,
            (_, Visibility::Partners | Visibility::Public, _) => Self::Published,
            (.., Some(ReviewStep::Submitted)) => Self::InReview,
            (false, Visibility::Draft | Visibility::Internal, _) => Self::Draft,
        }
    }
}

/// Whether records of a kind stand by themselves: they are reviewed and published, and what belongs to them goes with them.
pub fn stands_alone(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Organisation
            | Kind::LocalAuthority
            | Kind::Cluster
            | Kind::Programme
            | Kind::Fund
            | Kind::Document
            | Kind::Narrative
            | Kind::EventSeries
            | Kind::Event
            | Kind::GoodPractice
            | Kind::Replication
            | Kind::Recommendation
            | Kind::RoadMap
            | Kind::Dialogue
            | Kind::Partnership
            | Kind::NewsItem
            | Kind::Person
    )
}

/// What a city proposes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proposed {
    /// What was reached of an indicator in a period.
    Actual(ProposedActual),
    /// A stage that a replication reached.
    ReplicationStage(StageReached),
    /// A small grant.
    SmallGrant(ProposedGrant),
    /// A housing project.
    HousingProject(ProposedGrant),
}

impl Proposed {
    /// Which sort of proposal it is.
    pub fn kind(&self) -> ProposalKind {
        match self {
            Self::Actual(_) => ProposalKind::Actual,
            Self::ReplicationStage(_) => ProposalKind::ReplicationStage,
            Self::SmallGrant(_) => ProposalKind::SmallGrant,
            Self::HousingProject(_) => ProposalKind::HousingProject,
        }
    }
}

impl fmt::Display for Proposed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Actual(actual) => actual.measurement.value.fmt(f),
            Self::ReplicationStage(reached) => f.write_str(reached.stage.name()),
            Self::SmallGrant(grant) | Self::HousingProject(grant) => f.write_str(&grant_told(grant.value, grant.status)),
        }
    }
}

/// What a grant or a housing project comes to, in short: its value and how far it has come.
pub fn grant_told(value: Option<Money>, status: Option<GrantStatus>) -> String {
    let parts = [value.map(|v| v.to_string()), status.map(|s| s.name().to_owned())];
    let told: Vec<String> = parts.into_iter().flatten().collect();
    if told.is_empty() { "–".to_owned() } else { told.join(", ") }
}

/// What was reached: in all, or by one city of those that the figure is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedActual {
    /// The code of the city whose part it is; nothing for the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// What was reached.
    pub measurement: Measurement,
}

impl ProposedActual {
    /// Whether the actual of a period is made of the parts of cities: as it stands, else as its target is.
    pub fn is_by_city(actual: Option<&Measurement>, target: Option<&Measurement>) -> bool {
        actual.or(target).is_some_and(|m| m.breakdown.iter().any(|b| b.by == Dimension::City))
    }

    /// What stands by now in the place of what is proposed.
    pub fn standing(&self, actual: Option<&Measurement>) -> Option<Measured> {
        match &self.city {
            None => actual.map(|m| m.value.clone()),
            Some(city) => actual?.breakdown.iter().find(|b| is_part_of(b, city)).map(|b| b.value.clone()),
        }
    }

    /// The actual that comes of it. The part of a city takes the place of what was that city's part, and the whole is the sum
    /// of the cities' parts. Nothing where the parts are of different sorts.
    pub fn onto(&self, before: Option<&Measurement>) -> Option<Measurement> {
        let Some(city) = &self.city else { return Some(self.measurement.clone()) };
        let mut breakdown: Vec<Breakdown> = before.map(|m| m.breakdown.clone()).unwrap_or_default();
        let value = self.measurement.value.clone();
        match breakdown.iter_mut().find(|b| is_part_of(b, city)) {
            Some(part) => part.value = value,
            None => breakdown.push(Breakdown { by: Dimension::City, category: city.clone(), value }),
        }
        let parts = breakdown.iter().filter(|b| b.by == Dimension::City).map(|b| &b.value);
        Some(Measurement {
            value: cumulate(parts, false)?,
            // The whole is no older than its newest part.
            on: self.measurement.on.max(before.and_then(|m| m.on)),
            note: noted(before.map(|m| &m.note), city, &self.measurement.note),
            breakdown,
        })
    }
}

fn is_part_of(part: &Breakdown, city: &str) -> bool {
    part.by == Dimension::City && part.category == city
}

/// What is said of a whole, with what one city says now in the place of what it said before: a line for each city.
fn noted(before: Option<&Text>, city: &str, now: &Text) -> Text {
    let begin = format!("{city}: ");
    let told = |lang: Lang| {
        let old = before.and_then(|text| text.get(lang)).unwrap_or_default();
        let mut lines: Vec<String> = old.lines().filter(|line| !line.starts_with(&begin)).map(str::to_owned).collect();
        lines.extend(now.get(lang).map(|text| format!("{begin}{}", text.replace('\n', " "))));
        (lang, lines.join("\n"))
    };
    Lang::ALL.iter().copied().map(told).collect()
}

/// A small grant or a housing project: all that a new one needs, or of one that there is what changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProposedGrant {
    /// Of a new one: the fund.
    pub fund: Option<Id<Fund>>,
    /// Of a new small grant: the community that receives it.
    pub community: Option<Id<Community>>,
    /// Of a new housing project: the programme that pays for it.
    pub programme: Option<Id<Programme>>,
    /// What it is; empty where that stays as it is.
    pub title: Text,
    /// How much.
    pub value: Option<Money>,
    /// How far it has come.
    pub status: Option<GrantStatus>,
    /// Of a small grant: when it was granted.
    pub granted: Option<PartialDate>,
    /// Of a housing project: from when to when.
    pub period: Period,
    /// Of a housing project: how many households it houses.
    pub households: Option<i64>,
}

impl ProposedGrant {
    /// Changes a small grant: what is not proposed stays.
    pub fn change_grant(&self, grant: &mut SmallGrant) {
        if !self.title.is_empty() {
            grant.title.clone_from(&self.title);
        }
        grant.community = self.community.or(grant.community);
        grant.value = self.value.or(grant.value);
        grant.status = self.status.or(grant.status);
        grant.granted = self.granted.or(grant.granted);
    }

    /// Changes a housing project: what is not proposed stays.
    pub fn change_housing(&self, project: &mut HousingProject) {
        if !self.title.is_empty() {
            project.title.clone_from(&self.title);
        }
        project.programme = self.programme.or(project.programme);
        project.value = self.value.or(project.value);
        project.status = self.status.or(project.status);
        project.households = self.households.or(project.households);
        project.period.from = self.period.from.or(project.period.from);
        project.period.to = self.period.to.or(project.period.to);
    }

    /// The small grant that is made of it, in the place of this authority.
    pub fn grant(&self, head: crate::Head<SmallGrant>, fund: Id<Fund>, authority: Id<LocalAuthority>) -> SmallGrant {
        SmallGrant {
            head,
            fund,
            authority,
            community: self.community,
            title: self.title.clone(),
            value: self.value,
            granted: self.granted,
            status: self.status,
        }
    }

    /// The housing project that is made of it.
    pub fn housing(&self, head: crate::Head<HousingProject>, fund: Id<Fund>, authority: Id<LocalAuthority>) -> HousingProject {
        HousingProject {
            head,
            fund,
            authority,
            programme: self.programme,
            title: self.title.clone(),
            households: self.households,
            value: self.value,
            period: self.period,
            status: self.status,
        }
    }
}

/// Whether a lock from one date to another keeps what is told of a period: if that ends within it. So of locks that follow one
/// another each figure belongs to one: that of a year is not kept by a lock of its first half, nor twice by two halves. What
/// has no known end is kept by the lock in which it begins.
pub fn keeps(from: PartialDate, to: PartialDate, period: Period) -> bool {
    let end = period.to.map(PartialDate::to).or(period.from.map(PartialDate::from));
    end.is_some_and(|end| from.from() <= end && end <= to.to())
}

/// Whether a report should have been delivered by a day and was not.
pub fn is_overdue(due: PartialDate, delivered: Option<PartialDate>, today: NaiveDate) -> bool {
    delivered.is_none() && due.to() < today
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(n: i64) -> Measured {
        Measured::Number(n.into())
    }

    fn whole(value: i64, parts: &[(&str, i64)]) -> Measurement {
        let part = |(city, n): &(&str, i64)| Breakdown { by: Dimension::City, category: (*city).into(), value: number(*n) };
        let breakdown = parts.iter().map(part).collect();
        Measurement { value: number(value), on: None, breakdown, note: Text::default() }
    }

    fn part(city: &str, n: i64, note: &str) -> ProposedActual {
        let note = Text::new(Lang::Vi, note);
        ProposedActual { city: Some(city.into()), measurement: Measurement { note, ..whole(n, &[]) } }
    }

    #[test]
    fn the_part_of_a_city_changes_the_whole_and_no_other_part() {
        let before = whole(7, &[("hue", 3), ("vinh", 4)]);
        let after = part("hue", 5, "mưa lũ").onto(Some(&before)).unwrap();
        assert_eq!((after.value.clone(), after.incomplete()), (number(9), Vec::new()));
        assert_eq!(part("vinh", 0, "").standing(Some(&after)), Some(number(4)));
        let more = part("da-nang", 1, "").onto(Some(&after)).unwrap();
        assert_eq!((more.value.clone(), more.note.in_lang(Lang::Vi)), (number(10), "hue: mưa lũ"));
        let again = part("hue", 6, "đã sửa").onto(Some(&more)).unwrap();
        assert_eq!(again.note.in_lang(Lang::Vi), "hue: đã sửa");
        assert_eq!(part("hue", 2, "").onto(None).unwrap().value, number(2));
    }

    #[test]
    fn a_figure_is_by_city_as_it_stands_else_as_its_target_is() {
        let (by_city, plain) = (whole(3, &[("hue", 3)]), whole(3, &[]));
        assert!(ProposedActual::is_by_city(None, Some(&by_city)));
        assert!(!ProposedActual::is_by_city(Some(&plain), Some(&by_city)));
        assert!(!ProposedActual::is_by_city(None, None));
    }

    #[test]
    fn a_lock_keeps_what_ends_within_it() {
        let date = |s: &str| s.parse::<PartialDate>().unwrap();
        let locked = |from: &str, to: &str| {
            let period = Period { from: Some(date(from)), to: Some(date(to)) };
            keeps(date("2024-01"), date("2024-06"), period)
        };
        assert!(locked("2024-03-01", "2024-03-01") && locked("2023", "2024-06-30"));
        assert!(!locked("2024", "2024") && !locked("2024-06", "2024-07") && !locked("2023", "2023"));
        let open = Period { from: Some(date("2024-02")), to: None };
        assert!(keeps(date("2024-01"), date("2024-06"), open));
        assert!(!keeps(date("2024-01"), date("2024-06"), Period::default()));
    }

    #[test]
    fn a_state_is_read_from_what_there_is() {
        use RecordState as S;
        assert_eq!(S::of(false, Visibility::Internal, Some(ReviewStep::Submitted)), S::InReview);
        assert_eq!(S::of(false, Visibility::Draft, Some(ReviewStep::SentBack)), S::Draft);
        assert_eq!(S::of(false, Visibility::Public, Some(ReviewStep::Withdrawn)), S::Published);
        assert_eq!(S::of(true, Visibility::Public, None), S::Archived);
    }

    #[test]
    fn a_proposal_comes_back_as_it_was_written() {
        let actual = Proposed::Actual(part("hue", 5, "x"));
        let grant = Proposed::SmallGrant(ProposedGrant { status: Some(GrantStatus::Ongoing), ..ProposedGrant::default() });
        for one in [actual, grant] {
            let text = serde_json::to_string(&one).unwrap();
            assert_eq!(serde_json::from_str::<Proposed>(&text).unwrap(), one);
        }
    }
}
