//! The ways from a record to the parties that it is in the reach of: organisations and local authorities.

use ketnoi_domain::Kind;

use super::belongs::table_of;

/// Parties that belong together, found from the records of one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Group {
    /// Those in whose reach a record of this kind is.
    Of(Kind),
    /// The organisations that take part in a programme or in what it is a part of: not the places where it happens.
    ProgrammeOrganisations,
    /// The organisations that answer for the money of a programme that no agreement covers: not its funders, who see their own
    /// agreements and not each other's.
    ProgrammeKeepers,
    /// Who manages a fund, with the organisations of the programme that it belongs to: not its members, who see their own
    /// grants and not each other's.
    FundKeepers,
}

/// One way to parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// The record is a party.
    Itself,
    /// A column holds a party, or nothing.
    Party(&'static str),
    /// A column holds a list of parties.
    Parties(&'static str),
    /// All of a group of the record that a column points at, or of none.
    Of(&'static str, Group),
    /// Where the first column points at nothing, all of a group of the record that the second one points at.
    Unless(&'static str, &'static str, Group),
    /// All of the same group of the record that a column points at: parts have what the whole has.
    Whole(&'static str),
    /// All of another group of the same record.
    Same(Group),
    /// All that the record has that a source speaks of.
    Subject,
    /// Rows that point back hold the parties.
    Rows(Rows),
}

/// Rows of another table that point back at a record and hold parties of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rows {
    /// The kind of the rows; nothing for rows that are no records.
    pub(super) kind: Option<Kind>,
    /// Their table.
    pub(super) table: &'static str,
    /// The column that points back.
    pub(super) back: &'static str,
    /// The columns that hold parties, or nothing.
    pub(super) parties: &'static [&'static str],
    /// A column that must hold one of these values.
    pub(super) only: Option<(&'static str, &'static [&'static str])>,
}

/// All groups but those of the kinds.
const OTHERS: [Group; 3] = [Group::ProgrammeOrganisations, Group::ProgrammeKeepers, Group::FundKeepers];

const PROGRAMME: Group = Group::Of(Kind::Programme);
const EVENT: Group = Group::Of(Kind::Event);

impl Group {
    /// All groups.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        <Kind as ketnoi_domain::Coded>::ALL.iter().map(|kind| Self::Of(*kind)).chain(OTHERS)
    }

    /// The kind of the records that it is found from.
    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Of(kind) => kind,
            Self::ProgrammeOrganisations | Self::ProgrammeKeepers => Kind::Programme,
            Self::FundKeepers => Kind::Fund,
        }
    }

    /// Their table.
    pub(super) fn table(self) -> &'static str {
        table_of(self.kind())
    }

    /// The ways to its parties.
    pub(super) fn ways(self) -> &'static [Way] {
        match self {
            Self::Of(kind) => ways_of(kind),
            Self::ProgrammeOrganisations => &[
                Way::Whole("parent_id"),
                Way::Party("reporting_organisation_id"),
                Way::Rows(Rows {
                    kind: Some(Kind::Participation),
                    table: "participation",
                    back: "programme_id",
                    parties: &["organisation_id", "via_id"],
                    only: None,
                }),
                Way::Rows(Rows {
                    kind: Some(Kind::Agreement),
                    table: "agreement",
                    back: "programme_id",
                    parties: &["funder_id", "recipient_id"],
                    only: None,
                }),
            ],
            Self::ProgrammeKeepers => &[
                Way::Whole("parent_id"),
                // Accountable, extending, implementing.
                Way::Rows(Rows {
                    kind: Some(Kind::Participation),
                    table: "participation",
                    back: "programme_id",
                    parties: &["organisation_id"],
                    only: Some(("role", &["2", "3", "4"])),
                }),
            ],
            Self::FundKeepers => &[Way::Party("manager_id"), Way::Of("programme_id", Self::ProgrammeOrganisations)],
        }
    }

    /// The groups that are found through this one, each with its way.
    pub(super) fn leads_to(self) -> impl Iterator<Item = (Self, Way)> {
        Self::all().flat_map(|group| group.ways().iter().map(move |way| (group, *way))).filter(move |(group, way)| match way {
            Way::Of(_, through) | Way::Unless(_, _, through) | Way::Same(through) => *through == self,
            Way::Whole(_) => *group == self,
            Way::Subject => matches!(self, Self::Of(kind) if super::belongs::is_spoken_of(kind)),
            Way::Itself | Way::Party(_) | Way::Parties(_) | Way::Rows(_) => false,
        })
    }
}

const OF_PROGRAMME: &[Way] = &[Way::Of("programme_id", PROGRAMME)];
const OF_EVENT: &[Way] = &[Way::Of("event_id", EVENT)];
const OF_EVENT_OR_DELEGATION: &[Way] = &[Way::Of("event_id", EVENT), Way::Of("delegation_id", Group::Of(Kind::Delegation))];
const OF_PARTNERSHIP: &[Way] = &[Way::Of("partnership_id", Group::Of(Kind::Partnership))];
const OF_DIALOGUE: &[Way] = &[Way::Of("dialogue_id", Group::Of(Kind::Dialogue))];
const MEMBERS: &[&str] = &["organisation_id", "authority_id"];

/// The rows of what has members.
const fn members(back: &'static str) -> Way {
    Way::Rows(Rows { kind: Some(Kind::Membership), table: "membership", back, parties: MEMBERS, only: None })
}

fn ways_of(kind: Kind) -> &'static [Way] {
    match kind {
        Kind::Organisation | Kind::LocalAuthority => &[Way::Itself],
        Kind::Cluster => const { &[members("cluster_id")] },
        Kind::Membership => &[
            Way::Party("organisation_id"),
            Way::Party("authority_id"),
            Way::Party("network_id"),
            Way::Of("fund_id", Group::FundKeepers),
        ],
        Kind::Programme => &[
            Way::Same(Group::ProgrammeOrganisations),
            Way::Whole("parent_id"),
            Way::Rows(Rows {
                kind: None,
                table: "programme_place",
                back: "programme_id",
                parties: &["authority_id"],
                only: None,
            }),
        ],
        Kind::Participation | Kind::InKindContribution | Kind::Outcome | Kind::Risk | Kind::Narrative | Kind::Dialogue => {
            OF_PROGRAMME
        }
        Kind::Indicator => &[Way::Of("result_id", Group::Of(Kind::Outcome))],
        Kind::IndicatorPeriod => &[Way::Of("indicator_id", Group::Of(Kind::Indicator))],
        Kind::Agreement => &[Way::Party("funder_id"), Way::Party("recipient_id")],
        Kind::BudgetLine => &[
            Way::Of("agreement_id", Group::Of(Kind::Agreement)),
            Way::Unless("agreement_id", "programme_id", Group::ProgrammeKeepers),
        ],
        Kind::Transaction => &[
            Way::Of("agreement_id", Group::Of(Kind::Agreement)),
            Way::Unless("agreement_id", "programme_id", Group::ProgrammeKeepers),
            Way::Party("provider_id"),
            Way::Party("receiver_id"),
        ],
        Kind::Fund => const { &[Way::Same(Group::FundKeepers), members("fund_id")] },
        Kind::Community => &[Way::Party("authority_id"), Way::Of("fund_id", Group::FundKeepers)],
        Kind::SavingsGroup => &[Way::Of("community_id", Group::Of(Kind::Community))],
        Kind::SmallGrant => &[Way::Party("authority_id"), Way::Of("fund_id", Group::FundKeepers)],
        Kind::HousingProject => &[
            Way::Party("authority_id"),
            Way::Of("fund_id", Group::FundKeepers),
            Way::Of("programme_id", Group::ProgrammeOrganisations),
        ],
        Kind::Document => &[Way::Party("organisation_id"), Way::Of("programme_id", PROGRAMME), Way::Of("event_id", EVENT)],
        Kind::Statement | Kind::StatedFigure => &[Way::Subject],
        Kind::EventSeries => &[Way::Party("organiser_id"), Way::Of("programme_id", PROGRAMME)],
        Kind::Event => &[Way::Party("organiser_id"), Way::Parties("co_organisers"), Way::Of("programme_id", PROGRAMME)],
        Kind::EventSession => OF_EVENT,
        Kind::Delegation => &[Way::Of("event_id", EVENT), Way::Party("organiser_id"), Way::Of("programme_id", PROGRAMME)],
        Kind::ParticipantCount | Kind::EventOutcome => OF_EVENT_OR_DELEGATION,
        Kind::GoodPractice => &[Way::Party("authority_id"), Way::Of("programme_id", PROGRAMME)],
        Kind::Replication => &[Way::Party("authority_id"), Way::Of("programme_id", Group::ProgrammeOrganisations)],
        Kind::Recommendation | Kind::RoadMap => &[Way::Of("programme_id", PROGRAMME), Way::Of("event_id", EVENT)],
        Kind::RoadMapStep => &[Way::Of("road_map_id", Group::Of(Kind::RoadMap)), Way::Party("responsible_id")],
        Kind::AdvocacyAction => {
            &[Way::Of("recommendation_id", Group::Of(Kind::Recommendation)), Way::Of("dialogue_id", Group::Of(Kind::Dialogue))]
        }
        Kind::DialogueOption | Kind::DialogueCluster => OF_DIALOGUE,
        Kind::Partnership => &[Way::Rows(Rows {
            kind: Some(Kind::PartnershipParty),
            table: "partnership_party",
            back: "partnership_id",
            parties: &["authority_id"],
            only: None,
        })],
        Kind::PartnershipParty | Kind::CooperationAgreement => OF_PARTNERSHIP,
        Kind::NewsItem => &[
            Way::Party("publisher_id"),
            Way::Party("authority_id"),
            Way::Of("programme_id", PROGRAMME),
            Way::Of("event_id", EVENT),
            Way::Of("partnership_id", Group::Of(Kind::Partnership)),
        ],
        // Rates are nobody's. How one voted and who a person is, is for no partner, whatever else they see.
        Kind::ExchangeRate | Kind::Ballot | Kind::Person | Kind::PublicRole => &[],
    }
}
