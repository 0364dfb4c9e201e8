//! The files of a registry as people write them. A key that is not here is refused with its line.

use chrono::NaiveDate;
use ketnoi_domain::{
    AdvocacyKind, AdvocacyStatus, Amendment, AuthorityLevel, BudgetStatus, BudgetType, Contact, Currency, Decimal,
    DialogueStatus, DocumentCategory, EventKind, GrantStatus, IndicatorMeasure, Instalment, Lang, Likelihood, Measurement, Money,
    NarrativeSection, OrganisationType, OutcomeKind, PartialDate, ParticipantCategory, PartnershipKind, PartnershipStatus,
    Percentage, Period, PracticeTheme, ProgrammeLevel, ProgrammeStatus, PublicRoleKind, Qualifier, RateRule,
    RecommendationStatus, RelationType, ReportDue, ResultLevel, RiskStatus, Role, Secrecy, SessionFormat, StageReached,
    StepStatus, SuccessionKind, Text, TieRule, TransactionType, UrbanClass, Visibility,
};
use serde::Deserialize;
use toml::Spanned;

/// A code of another record, with its place in the file.
pub(super) type Ref = Spanned<String>;
/// A record with its place in the file.
pub(super) type Listed<T> = Vec<Spanned<T>>;

/// Declares the tables of a file: the keys before the semicolon must be there, those after it may be.
macro_rules! shapes {
    ($($name:ident { $($must:ident: $must_ty:ty),*; $($may:ident: $may_ty:ty),* $(,)? })+) => { $(
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            $(pub(super) $must: $must_ty,)*
            $(#[serde(default)] pub(super) $may: $may_ty,)*
        }
    )+ };
}

shapes! {
    File {;
        illustrative: bool, sources: Vec<Ref>,
        document: Listed<DocumentShape>, organisation: Listed<OrganisationShape>, local_authority: Listed<AuthorityShape>,
        cluster: Listed<ClusterShape>, programme: Listed<ProgrammeShape>, fund: Listed<FundShape>,
        exchange_rate: Listed<RateShape>, event_series: Listed<SeriesShape>, event: Listed<EventShape>,
        good_practice: Listed<PracticeShape>, replication: Listed<ReplicationShape>, recommendation: Listed<RecommendationShape>,
        road_map: Listed<RoadMapShape>, dialogue: Listed<DialogueShape>, partnership: Listed<PartnershipShape>,
        news: Listed<NewsShape>, person: Listed<PersonShape>,
    }
    DocumentShape { code: Ref, title: Text, category: DocumentCategory;
        publisher: Option<String>, published: Option<PartialDate>, modified: Option<PartialDate>, url: Option<String>,
        language: Option<Lang>, note: Text, programme: Option<Ref>, organisation: Option<Ref>, event: Option<Ref>, visibility: Option<Visibility>,
    }
    NameShape {;
        vi: Option<String>, en: Option<String>, fr: Option<String>, de: Option<String>, short: Option<String>,
        from: Option<PartialDate>, to: Option<PartialDate>,
    }
    StatedShape { measure: String, label: Text, value: Decimal, source: Ref;
        qualifier: Option<Qualifier>, as_of: Option<PartialDate>,
    }
    StatementShape { property: String, source: Ref;
        value: Text, raw: Option<String>, current: bool, locator: Option<String>, stated: Option<PartialDate>, note: Text,
    }
    MemberShape {;
        network: Option<Ref>, cluster: Option<Ref>, from: Option<PartialDate>, to: Option<PartialDate>, note: Text, sources: Vec<Ref>,
    }
    OrganisationSuccession { organisation: Ref, how: SuccessionKind; on: Option<PartialDate> }
    AuthoritySuccession { authority: Ref, how: SuccessionKind; on: Option<PartialDate> }
    OrganisationShape { code: Ref, r#type: OrganisationType, name: Vec<NameShape>;
        country: Option<String>, parent: Option<Ref>, network: bool, founded: Option<PartialDate>, dissolved: Option<PartialDate>,
        seat: Text, profile: Text, website: Option<String>, iati_identifier: Option<String>, partner: bool,
        partner_since: Option<PartialDate>, contact: Vec<Contact>, successor_of: Vec<OrganisationSuccession>,
        member_of: Listed<MemberShape>, stated: Listed<StatedShape>, statement: Listed<StatementShape>, sources: Vec<Ref>,
        visibility: Option<Visibility>,
    }
    AuthorityShape { code: Ref, level: AuthorityLevel, country: String, name: Vec<NameShape>;
        subdivision: Option<String>, parent: Option<Ref>, latitude: Option<Decimal>, longitude: Option<Decimal>,
        urban_class: Option<UrbanClass>, established: Option<PartialDate>, abolished: Option<PartialDate>,
        successor_of: Vec<AuthoritySuccession>, member_of: Listed<MemberShape>, stated: Listed<StatedShape>,
        statement: Listed<StatementShape>, sources: Vec<Ref>, visibility: Option<Visibility>,
    }
    ClusterShape { code: Ref, name: Text; description: Text, sources: Vec<Ref>, visibility: Option<Visibility> }
    ShareShape { code: String; percentage: Option<Percentage> }
    MarkerShape { marker: u8, significance: u8; }
    PlaceShape { authority: Ref; percentage: Option<Percentage>, note: Text }
    RelatedShape { programme: Ref, how: RelationType; }
    ParticipationShape { organisation: Ref, role: Role;
        stated_name: Text, via: Option<Ref>, from: Option<PartialDate>, to: Option<PartialDate>, note: Text, sources: Vec<Ref>,
    }
    AgreementShape { code: Ref, funder: Ref;
        recipient: Option<Ref>, title: Text, reference: Option<String>, signed: Option<PartialDate>, from: Option<PartialDate>,
        to: Option<PartialDate>, eligible_cost: Option<Money>, funder_share: Option<Percentage>, ceiling: Option<Money>,
        rate_rule: Option<RateRule>, instalments: Vec<Instalment>, amendments: Vec<Amendment>, reports_due: Vec<ReportDue>,
        sources: Vec<Ref>, statement: Listed<StatementShape>,
    }
    BudgetShape { number: Ref, title: Text, value: Money;
        agreement: Option<Ref>, r#type: Option<BudgetType>, status: Option<BudgetStatus>, from: Option<PartialDate>,
        to: Option<PartialDate>, eligible: Option<bool>, explanation: Text, forecast: Option<Money>,
    }
    TransactionShape { code: Ref, r#type: TransactionType, date: Day, value: Money;
        provider: Option<Ref>, receiver: Option<Ref>, agreement: Option<Ref>, budget_line: Option<Ref>, description: Text,
        voucher: Option<String>, document: Option<Ref>,
    }
    InKindShape { code: Ref, contributor: Ref, description: Text;
        value: Option<Money>, date: Option<PartialDate>, valuer: Text, basis: Text,
    }
    ResultShape { number: Ref, level: ResultLevel, title: Text;
        description: Text, assumption: Text, parent: Option<Ref>, indicator: Listed<IndicatorShape>,
    }
    IndicatorShape { number: Ref, title: Text, measure: IndicatorMeasure;
        unit: Text, cumulative: bool, ascending: Option<bool>, verification: Text, baseline: Option<Measurement>,
        period: Listed<PeriodShape>,
    }
    PeriodShape { from: PartialDate, to: PartialDate; target: Option<Measurement>, actual: Option<Measurement> }
    RiskShape { code: Ref, title: Text, likelihood: Likelihood, impact: Likelihood, status: RiskStatus;
        mitigation: Text, owner: Option<Ref>,
    }
    NarrativeShape { code: Ref, section: NarrativeSection, from: PartialDate, to: PartialDate, text: Text;
        sources: Vec<Ref>, visibility: Option<Visibility>,
    }
    ProgrammeShape { code: Ref, level: ProgrammeLevel, title: Text;
        parent: Option<Ref>, partnership: Option<Ref>, acronym: Option<String>, description: Text, reporting_organisation: Option<Ref>,
        status: Option<ProgrammeStatus>, planned: Period, actual: Period, iati_identifier: Option<String>,
        sectors: Vec<ShareShape>, countries: Vec<ShareShape>, sdgs: Vec<u8>, policy_markers: Vec<MarkerShape>,
        place: Vec<PlaceShape>, related: Vec<RelatedShape>, participation: Listed<ParticipationShape>,
        agreement: Listed<AgreementShape>, budget_line: Listed<BudgetShape>, transaction: Listed<TransactionShape>,
        in_kind: Listed<InKindShape>, result: Listed<ResultShape>, risk: Listed<RiskShape>, narrative: Listed<NarrativeShape>,
        stated: Listed<StatedShape>, statement: Listed<StatementShape>, sources: Vec<Ref>, visibility: Option<Visibility>,
    }
    FundMemberShape { authority: Ref; from: Option<PartialDate>, to: Option<PartialDate>, note: Text, sources: Vec<Ref> }
    SavingsShape { code: Ref, name: Text;
        since: Option<PartialDate>, members: Option<i64>, women: Option<i64>, savings: Option<Money>,
    }
    CommunityShape { code: Ref, authority: Ref, name: Text; households: Option<i64>, savings_group: Listed<SavingsShape> }
    GrantShape { code: Ref, authority: Ref, title: Text;
        community: Option<Ref>, value: Option<Money>, granted: Option<PartialDate>, status: Option<GrantStatus>,
    }
    HousingShape { code: Ref, authority: Ref, title: Text;
        programme: Option<Ref>, households: Option<i64>, value: Option<Money>, from: Option<PartialDate>, to: Option<PartialDate>,
        status: Option<GrantStatus>,
    }
    FundShape { code: Ref, name: Text;
        description: Text, manager: Option<Ref>, programme: Option<Ref>, since: Option<PartialDate>, member: Listed<FundMemberShape>,
        community: Listed<CommunityShape>, grant: Listed<GrantShape>, housing: Listed<HousingShape>, stated: Listed<StatedShape>,
        statement: Listed<StatementShape>, sources: Vec<Ref>, visibility: Option<Visibility>,
    }
    RateShape { base: Currency, quote: Currency, date: Day, rate: Decimal; source: Text }
    SeriesShape { code: Ref, name: Text;
        description: Text, organiser: Option<Ref>, programme: Option<Ref>, stated: Listed<StatedShape>,
        statement: Listed<StatementShape>, sources: Vec<Ref>, visibility: Option<Visibility>,
    }
    SessionShape { number: Spanned<i64>, format: SessionFormat, title: Text;
        topic: Text, date: Option<PartialDate>, counterparts: Vec<Ref>, statement: Listed<StatementShape>, sources: Vec<Ref>,
    }
    ParticipantShape { category: ParticipantCategory;
        organisation: Option<Ref>, session: Option<Spanned<i64>>, women: Option<i64>, men: Option<i64>, total: Option<i64>,
        sources: Vec<Ref>,
    }
    EventOutcomeShape { kind: OutcomeKind, title: Text; sources: Vec<Ref> }
    DelegationShape { code: Ref, title: Text;
        description: Text, organiser: Option<Ref>, programme: Option<Ref>, agreement: Option<Ref>, country: Option<String>,
        attended: Vec<Spanned<i64>>, participants: Listed<ParticipantShape>, outcome: Listed<EventOutcomeShape>,
        stated: Listed<StatedShape>, statement: Listed<StatementShape>, sources: Vec<Ref>,
    }
    EventShape { code: Ref, kind: EventKind, title: Text;
        series: Option<Ref>, number: Option<i64>, motto: Text, description: Text, organiser: Option<Ref>, co_organisers: Vec<Ref>,
        programme: Option<Ref>, authority: Option<Ref>, country: Option<String>, venue: Text, cluster: Option<Ref>,
        from: Option<PartialDate>, to: Option<PartialDate>, session: Listed<SessionShape>, delegation: Listed<DelegationShape>,
        participants: Listed<ParticipantShape>, outcome: Listed<EventOutcomeShape>, stated: Listed<StatedShape>,
        statement: Listed<StatementShape>, sources: Vec<Ref>, visibility: Option<Visibility>,
    }
    PracticeShape { code: Ref, title: Text;
        description: Text, theme: Option<PracticeTheme>, authority: Option<Ref>, programme: Option<Ref>, since: Option<PartialDate>,
        stated: Listed<StatedShape>, statement: Listed<StatementShape>, sources: Vec<Ref>, visibility: Option<Visibility>,
    }
    ReplicationShape { code: Ref, title: Text, authority: Ref;
        practice: Option<Ref>, programme: Option<Ref>, result: Text, stages: Vec<StageReached>, stated: Listed<StatedShape>,
        statement: Listed<StatementShape>, sources: Vec<Ref>, visibility: Option<Visibility>,
    }
    ActionShape { code: Ref, kind: AdvocacyKind, title: Text, status: AdvocacyStatus;
        dialogue: Option<Ref>, number: Option<String>, date: Option<PartialDate>, addressee: Option<Ref>,
        replied: Option<PartialDate>, reply_number: Option<String>, reply: Text, sources: Vec<Ref>,
    }
    RecommendationShape { code: Ref, title: Text;
        number: Option<String>, text: Text, document: Option<Ref>, event: Option<Ref>, programme: Option<Ref>,
        addressee: Option<Ref>, status: Option<RecommendationStatus>, action: Listed<ActionShape>,
        statement: Listed<StatementShape>, sources: Vec<Ref>, visibility: Option<Visibility>,
    }
    StepShape { number: Spanned<i64>, title: Text, status: StepStatus;
        recommendation: Option<Ref>, responsible: Option<Ref>, due: Option<PartialDate>, done: Option<PartialDate>,
    }
    RoadMapShape { code: Ref, title: Text;
        description: Text, programme: Option<Ref>, event: Option<Ref>, from: Option<PartialDate>, to: Option<PartialDate>,
        step: Listed<StepShape>, statement: Listed<StatementShape>, sources: Vec<Ref>, visibility: Option<Visibility>,
    }
    RuleShape { minimum: i64, maximum: i64, secrecy: Secrecy, places: i64, tie: TieRule; }
    OptionShape { number: Spanned<i64>, recommendation: Ref; }
    BallotShape {; authority: Option<Ref>, choices: Vec<Spanned<i64>>, spoiled: bool }
    DialogueClusterShape { cluster: Ref;
        event: Option<Ref>, eligible: Option<i64>, on: Option<PartialDate>, ballot: Listed<BallotShape>, sources: Vec<Ref>,
    }
    DialogueShape { code: Ref, title: Text, status: DialogueStatus;
        question: Text, programme: Option<Ref>, study: Option<Ref>, voters: Text, rule: Option<RuleShape>,
        opened: Option<PartialDate>, closed: Option<PartialDate>, option: Listed<OptionShape>, cluster: Listed<DialogueClusterShape>,
        stated: Listed<StatedShape>, statement: Listed<StatementShape>, sources: Vec<Ref>, visibility: Option<Visibility>,
    }
    CooperationShape { code: Ref, title: Text;
        reference: Option<String>, signed: Option<PartialDate>, reported: Option<PartialDate>, from: Option<PartialDate>,
        to: Option<PartialDate>, document: Option<Ref>, statement: Listed<StatementShape>, sources: Vec<Ref>,
    }
    PartnershipShape { code: Ref, kind: PartnershipKind, title: Text, party: Spanned<Vec<Ref>>;
        description: Text, from: Option<PartialDate>, to: Option<PartialDate>, status: Option<PartnershipStatus>,
        sectors: Vec<String>, agreement: Listed<CooperationShape>, stated: Listed<StatedShape>, statement: Listed<StatementShape>,
        sources: Vec<Ref>, visibility: Option<Visibility>,
    }
    NewsShape { code: Ref, title: Text;
        summary: Text, published: Option<PartialDate>, publisher: Option<Ref>, document: Option<Ref>, partnership: Option<Ref>,
        programme: Option<Ref>, event: Option<Ref>, authority: Option<Ref>, related: Vec<Ref>,
        statement: Listed<StatementShape>, sources: Vec<Ref>, visibility: Option<Visibility>,
    }
    RoleShape { kind: PublicRoleKind, title: Text, document: Ref;
        organisation: Option<Ref>, event: Option<Ref>, session: Option<Spanned<i64>>, programme: Option<Ref>,
        agreement: Option<Ref>, from: Option<PartialDate>, to: Option<PartialDate>, said: Text, contact: Vec<Contact>,
    }
    PersonShape { code: Ref, name: Text;
        honorific: Text, role: Listed<RoleShape>, statement: Listed<StatementShape>, sources: Vec<Ref>,
        visibility: Option<Visibility>,
    }
}

/// A full date in quotes; one without quotes is another type in TOML and is refused with the reason.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day(pub(super) NaiveDate);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        text.parse()
            .map(Self)
            .map_err(|_| serde::de::Error::custom(format!("`{text}` is no full date: write it as \"2024-06-30\"")))
    }
}
