//! The root fields: a list and a single thing of every kind, any record by its id, and the portfolio.

mod accounts;
mod archived;
mod bilateral;
mod jobs;
mod node;
pub(crate) mod people;
mod portfolio;
mod search;
mod summaries;
mod trail;
mod workflow;

use async_graphql::{Context, ID, MergedObject, Object};
use ketnoi_domain::{
    AdvocacyAction, Agreement, Ballot, BudgetLine, Cluster, Community, CooperationAgreement, Delegation, Dialogue,
    DialogueCluster, DialogueOption, Document, Event, EventOutcome, EventSeries, EventSession, ExchangeRate, Fund, GoodPractice,
    HousingProject, InKindContribution, Indicator, IndicatorPeriod, Kind, LocalAuthority, Membership, Narrative, NewsItem,
    Organisation, Outcome, ParticipantCount, Participation, Partnership, PartnershipParty, Person, Programme, PublicRole,
    Recommendation, Replication, Risk, RoadMap, RoadMapStep, SavingsGroup, SmallGrant, StatedFigure, Statement, Transaction,
    portfolio::Dimension,
};

use crate::{
    batch::{Batch, View},
    enums::E,
    error::{Result, bad_input, from_registry},
    exec::{Many, One},
    list::{Connection, Paging, root},
    model::{
        AdvocacyActionFilter, AdvocacyActionOrder, AgreementFilter, AgreementOrder, BallotFilter, BallotOrder, BudgetLineFilter,
        BudgetLineOrder, ClusterFilter, ClusterOrder, CommunityFilter, CommunityOrder, CooperationAgreementFilter,
        CooperationAgreementOrder, DelegationFilter, DelegationOrder, DialogueClusterFilter, DialogueClusterOrder,
        DialogueFilter, DialogueOptionFilter, DialogueOptionOrder, DialogueOrder, DocumentFilter, DocumentOrder, EventFilter,
        EventOrder, EventOutcomeFilter, EventOutcomeOrder, EventSeriesFilter, EventSeriesOrder, EventSessionFilter,
        EventSessionOrder, ExchangeRateFilter, ExchangeRateOrder, FundFilter, FundOrder, GoodPracticeFilter, GoodPracticeOrder,
        HousingProjectFilter, HousingProjectOrder, InKindContributionFilter, InKindContributionOrder, IndicatorFilter,
        IndicatorOrder, IndicatorPeriodFilter, IndicatorPeriodOrder, LocalAuthorityFilter, LocalAuthorityOrder, MembershipFilter,
        MembershipOrder, NarrativeFilter, NarrativeOrder, NewsItemFilter, NewsItemOrder, OrganisationFilter, OrganisationOrder,
        ParticipantCountFilter, ParticipantCountOrder, ParticipationFilter, ParticipationOrder, PartnershipFilter,
        PartnershipOrder, PartnershipPartyFilter, PartnershipPartyOrder, PersonFilter, PersonOrder, ProgrammeFilter,
        ProgrammeOrder, PublicRoleFilter, PublicRoleOrder, RecommendationFilter, RecommendationOrder, ReplicationFilter,
        ReplicationOrder, ResultFilter, ResultOrder, RiskFilter, RiskOrder, RoadMapFilter, RoadMapOrder, RoadMapStepFilter,
        RoadMapStepOrder, SavingsGroupFilter, SavingsGroupOrder, SmallGrantFilter, SmallGrantOrder, StatedFigureFilter,
        StatedFigureOrder, StatementFilter, StatementOrder, TransactionFilter, TransactionOrder,
    },
    request::session,
};
use bilateral::Bilateral;
pub(crate) use jobs::ReportJob;
pub(crate) use node::{Node, found, nodes};
use portfolio::Portfolio;
use search::{SearchConnection, SearchFilter, Suggestion};
use summaries::{
    AttendanceDimension, AttendanceGroup, CalendarMonth, MapFeature, PartnershipDimension, PartnershipGroup,
    ReplicationDimension, ReplicationGroup,
};
pub(crate) use trail::{ChangeOperation, written as feed_cursor};
pub(crate) use workflow::{PeriodLock, Proposal, Publication, proposals_by_ids};

/// What can be asked of the registry.
#[derive(MergedObject, Debug, Default)]
#[graphql(name = "Query")]
pub(crate) struct QueryRoot(
    Records,
    accounts::Accounts,
    trail::Trail,
    archived::Archived,
    workflow::Workflow,
    jobs::Jobs,
    people::People,
);

/// The record of a kind that has a code.
async fn by_code<T: ketnoi_registry::Stored>(ctx: &Context<'_>, code: &str) -> Result<Option<One<View<T>>>> {
    let found = session(ctx).by_code::<T>(code).await.map_err(from_registry)?;
    Ok(found.map(|record| One(View::of(&Batch::new(vec![record]), 0))))
}

/// Declares the root: for every kind its list and its single thing.
macro_rules! roots {
    ($($(#[$doc:meta])+ $many:ident, $single:ident: $record:ty, $filter:ty, $order:ty;)+ fields { $($fields:tt)* }) => {
        /// The records, and what is counted of them.
        #[derive(Debug, Default)]
        pub(crate) struct Records;

        #[Object]
        impl Records {
            $(
                $(#[$doc])+
                #[expect(clippy::too_many_arguments, reason = "they are the arguments of a connection")]
                async fn $many(
                    &self,
                    ctx: &Context<'_>,
                    #[graphql(desc = "Only those that fulfil this.")] filter: Option<Box<$filter>>,
                    #[graphql(desc = "In which order.")] order_by: Option<$order>,
                    #[graphql(desc = "The first so many, 1 to 100; 20 where neither is given.")] first: Option<i32>,
                    #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
                    #[graphql(desc = "The last so many, 1 to 100.")] last: Option<i32>,
                    #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
                ) -> Result<One<Connection<$record>>> {
                    root(ctx, filter, order_by, Paging { first, after, last, before }).await
                }
                /// The one with this code; null where there is none, or none that the viewer may see.
                async fn $single(&self, ctx: &Context<'_>, #[graphql(desc = "Its code, such as PMI-LED.")] code: String) -> Result<Option<One<View<$record>>>> {
                    by_code(ctx, &code).await
                }
            )+
            $($fields)*
        }
    };
}

roots! {
    /// Organisations: governments, funders, networks, associations, partners.
    organisations, organisation: Organisation, OrganisationFilter, OrganisationOrder;
    /// Local authorities, those that have ceased to exist among them.
    local_authorities, local_authority: LocalAuthority, LocalAuthorityFilter, LocalAuthorityOrder;
    /// Clusters of member cities.
    clusters, cluster: Cluster, ClusterFilter, ClusterOrder;
    /// Who belongs to a network, a cluster or a fund.
    memberships, membership: Membership, MembershipFilter, MembershipOrder;
    /// Programmes, projects and components.
    programmes, programme: Programme, ProgrammeFilter, ProgrammeOrder;
    /// The parts that organisations take in programmes.
    participations, participation: Participation, ParticipationFilter, ParticipationOrder;
    /// Agreements between funders and those they pay.
    agreements, agreement: Agreement, AgreementFilter, AgreementOrder;
    /// Lines of budgets.
    budget_lines, budget_line: BudgetLine, BudgetLineFilter, BudgetLineOrder;
    /// Movements of money.
    transactions, transaction: Transaction, TransactionFilter, TransactionOrder;
    /// Dated exchange rates.
    exchange_rates, exchange_rate: ExchangeRate, ExchangeRateFilter, ExchangeRateOrder;
    /// Contributions in kind.
    in_kind_contributions, in_kind_contribution: InKindContribution, InKindContributionFilter, InKindContributionOrder;
    /// Results that programmes aim at.
    results, result: Outcome, ResultFilter, ResultOrder;
    /// What results are measured by.
    indicators, indicator: Indicator, IndicatorFilter, IndicatorOrder;
    /// Targets and actuals of indicators by period.
    indicator_periods, indicator_period: IndicatorPeriod, IndicatorPeriodFilter, IndicatorPeriodOrder;
    /// Funds that make small grants.
    funds, fund: Fund, FundFilter, FundOrder;
    /// Communities that funds serve.
    communities, community: Community, CommunityFilter, CommunityOrder;
    /// Groups of people who save together.
    savings_groups, savings_group: SavingsGroup, SavingsGroupFilter, SavingsGroupOrder;
    /// Small grants.
    small_grants, small_grant: SmallGrant, SmallGrantFilter, SmallGrantOrder;
    /// Housing projects.
    housing_projects, housing_project: HousingProject, HousingProjectFilter, HousingProjectOrder;
    /// Documents, cited or attached.
    documents, document: Document, DocumentFilter, DocumentOrder;
    /// What sources say of properties of records.
    statements, statement: Statement, StatementFilter, StatementOrder;
    /// Figures that sources state.
    stated_figures, stated_figure: StatedFigure, StatedFigureFilter, StatedFigureOrder;
    /// Risks.
    risks, risk: Risk, RiskFilter, RiskOrder;
    /// What programmes tell their funders in words.
    narratives, narrative: Narrative, NarrativeFilter, NarrativeOrder;
    /// Series of events that come again.
    event_series_list, event_series: EventSeries, EventSeriesFilter, EventSeriesOrder;
    /// Events.
    events, event: Event, EventFilter, EventOrder;
    /// Sessions of events.
    event_sessions, event_session: EventSession, EventSessionFilter, EventSessionOrder;
    /// Those who went to events together.
    delegations, delegation: Delegation, DelegationFilter, DelegationOrder;
    /// How many came to events, on which side.
    participant_counts, participant_count: ParticipantCount, ParticipantCountFilter, ParticipantCountOrder;
    /// What came of events.
    event_outcomes, event_outcome: EventOutcome, EventOutcomeFilter, EventOutcomeOrder;
    /// Good practices of cities.
    good_practices, good_practice: GoodPractice, GoodPracticeFilter, GoodPracticeOrder;
    /// Replications of good practices by other cities.
    replications, replication: Replication, ReplicationFilter, ReplicationOrder;
    /// What studies and workshops recommend.
    recommendations, recommendation: Recommendation, RecommendationFilter, RecommendationOrder;
    /// Road maps along which recommendations are brought forward.
    road_maps, road_map: RoadMap, RoadMapFilter, RoadMapOrder;
    /// Steps of road maps.
    road_map_steps, road_map_step: RoadMapStep, RoadMapStepFilter, RoadMapStepOrder;
    /// What is done to bring recommendations forward.
    advocacy_actions, advocacy_action: AdvocacyAction, AdvocacyActionFilter, AdvocacyActionOrder;
    /// Policy dialogues, in which cities vote on priorities.
    dialogues, dialogue: Dialogue, DialogueFilter, DialogueOrder;
    /// Recommendations that are voted on.
    dialogue_options, dialogue_option: DialogueOption, DialogueOptionFilter, DialogueOptionOrder;
    /// The parts that clusters take in dialogues.
    dialogue_clusters, dialogue_cluster: DialogueCluster, DialogueClusterFilter, DialogueClusterOrder;
    /// Ballots.
    ballots, ballot: Ballot, BallotFilter, BallotOrder;
    /// Partnerships between local authorities of different countries.
    partnerships, partnership: Partnership, PartnershipFilter, PartnershipOrder;
    /// The parts that local authorities take in partnerships.
    partnership_parties, partnership_party: PartnershipParty, PartnershipPartyFilter, PartnershipPartyOrder;
    /// What the parties of partnerships signed.
    cooperation_agreements, cooperation_agreement: CooperationAgreement, CooperationAgreementFilter, CooperationAgreementOrder;
    /// Dated news.
    news_items, news_item: NewsItem, NewsItemFilter, NewsItemOrder;
    /// People whom published sources name.
    people, person: Person, PersonFilter, PersonOrder;
    /// Roles in which published sources name people.
    public_roles, public_role: PublicRole, PublicRoleFilter, PublicRoleOrder;

    fields {
        /// Any record by its opaque id; null where there is none, or none that the viewer may see.
        async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "An id as an answer gave it.")] id: ID) -> Result<Option<Node>> {
            Ok(node::nodes(ctx, &[id]).await?.pop().flatten())
        }
        /// Any records by their opaque ids, at most 100, in the order asked.
        async fn nodes(&self, ctx: &Context<'_>, #[graphql(desc = "Ids as answers gave them.")] ids: Vec<ID>) -> Result<Vec<Option<Node>>> {
            if ids.len() > 100 {
                return Err(bad_input(format!("`ids` has {} ids: ask for at most 100", ids.len())));
            }
            node::nodes(ctx, &ids).await
        }
        /// Counts and money over the programmes that the filter lets pass, grouped.
        async fn portfolio(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Only the programmes that fulfil this.")] filter: Option<Box<ProgrammeFilter>>,
            #[graphql(desc = "By what they are grouped.")] by: E<Dimension>,
        ) -> Result<One<Portfolio>> {
            portfolio::portfolio(ctx, filter, by.0).await
        }
        /// Records of any kind that hold these words, whatever their case and accents, the best first: those that are called
        /// just so, those whose name begins so, those whose names hold the words, those of which such words are told. Within
        /// each of these come first the kinds that people look for most, then the Vietnamese order.
        async fn search(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Words; the last one need not be typed to its end.")] query: String,
            #[graphql(desc = "What the search is narrowed to.")] filter: Option<Box<SearchFilter>>,
            #[graphql(desc = "The first so many, 1 to 100.", default = 20)] first: i32,
            #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        ) -> Result<One<SearchConnection>> {
            search::search(ctx, query, filter, first, after).await
        }
        /// Names that begin with what was typed so far, each once, the best first.
        async fn suggest(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "What was typed so far.")] query: String,
            #[graphql(desc = "Only of these kinds.")] kinds: Option<Vec<E<Kind>>>,
            #[graphql(desc = "At most so many, 1 to 100.", default = 10)] first: i32,
        ) -> Result<Many<Suggestion>> {
            search::suggest(ctx, query, kinds, first).await
        }
        /// How many replications there are, by one of their sides.
        async fn replication_summary(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Only the replications that fulfil this.")] filter: Option<Box<ReplicationFilter>>,
            #[graphql(desc = "By what they are counted.")] by: ReplicationDimension,
        ) -> Result<Many<ReplicationGroup>> {
            summaries::replications(ctx, filter, by).await
        }
        /// How many partnerships there are, by one of their sides, with what belongs to them.
        async fn partnership_summary(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Only the partnerships that fulfil this.")] filter: Option<Box<PartnershipFilter>>,
            #[graphql(desc = "By what they are counted.")] by: PartnershipDimension,
        ) -> Result<Many<PartnershipGroup>> {
            summaries::partnerships(ctx, filter, by).await
        }
        /// How many people came to events, by one of their sides. Counts of single sessions are left out: who sat in a session
        /// came to the event.
        async fn attendance(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Only the events that fulfil this.")] filter: Option<Box<EventFilter>>,
            #[graphql(desc = "By what they are counted.")] by: AttendanceDimension,
            #[graphql(desc = "Those who came with delegations, or all others.", default)] delegations: bool,
        ) -> Result<Many<AttendanceGroup>> {
            summaries::attendance(ctx, filter, by, delegations).await
        }
        /// The events of a year by month, those of which only the year is known last.
        async fn calendar(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "The year.")] year: i32,
            #[graphql(desc = "Only the events that fulfil this.")] filter: Option<Box<EventFilter>>,
        ) -> Result<Many<CalendarMonth>> {
            summaries::calendar(ctx, year, filter).await
        }
        /// Everything that has a place with known coordinates, a feature for each of its places.
        async fn map(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Only of these kinds; none given, of all that have places.")] kinds: Option<Vec<E<Kind>>>,
        ) -> Result<Many<MapFeature>> {
            summaries::map(ctx, kinds).await
        }
        /// The cooperation between the local authorities of two countries.
        async fn bilateral(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "The two countries, ISO 3166-1 alpha-2.")] countries: Vec<String>,
        ) -> Result<One<Bilateral>> {
            bilateral::bilateral(ctx, countries).await
        }
    }
}
