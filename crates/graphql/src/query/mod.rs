//! The root fields: a list and a single thing of every kind, any record by its id, and the portfolio.

mod node;
mod portfolio;

use async_graphql::{Context, ID, Object};
use ketnoi_domain::{
    Agreement, BudgetLine, Cluster, Community, Document, ExchangeRate, Fund, HousingProject, InKindContribution, Indicator,
    IndicatorPeriod, LocalAuthority, Membership, Organisation, Outcome, Participation, Programme, Risk, SavingsGroup, SmallGrant,
    StatedFigure, Statement, Transaction, portfolio::Dimension,
};

use crate::{
    batch::{Batch, View},
    enums::E,
    error::{Result, bad_input, from_registry},
    exec::One,
    list::{Connection, Paging, root},
    model::{
        AgreementFilter, AgreementOrder, BudgetLineFilter, BudgetLineOrder, ClusterFilter, ClusterOrder, CommunityFilter,
        CommunityOrder, DocumentFilter, DocumentOrder, ExchangeRateFilter, ExchangeRateOrder, FundFilter, FundOrder,
        HousingProjectFilter, HousingProjectOrder, InKindContributionFilter, InKindContributionOrder, IndicatorFilter,
        IndicatorOrder, IndicatorPeriodFilter, IndicatorPeriodOrder, LocalAuthorityFilter, LocalAuthorityOrder, MembershipFilter,
        MembershipOrder, OrganisationFilter, OrganisationOrder, ParticipationFilter, ParticipationOrder, ProgrammeFilter,
        ProgrammeOrder, ResultFilter, ResultOrder, RiskFilter, RiskOrder, SavingsGroupFilter, SavingsGroupOrder,
        SmallGrantFilter, SmallGrantOrder, StatedFigureFilter, StatedFigureOrder, StatementFilter, StatementOrder,
        TransactionFilter, TransactionOrder,
    },
    request::session,
};
pub(crate) use node::Node;
use portfolio::Portfolio;

/// The record of a kind that has a code.
async fn by_code<T: ketnoi_registry::Stored>(ctx: &Context<'_>, code: &str) -> Result<Option<One<View<T>>>> {
    let found = session(ctx).by_code::<T>(code).await.map_err(from_registry)?;
    Ok(found.map(|record| One(View::of(&Batch::new(vec![record]), 0))))
}

/// Declares the root: for every kind its list and its single thing.
macro_rules! roots {
    ($($(#[$doc:meta])+ $many:ident, $single:ident: $record:ty, $filter:ty, $order:ty;)+ fields { $($fields:tt)* }) => {
        /// What can be asked of the registry.
        #[derive(Debug, Default)]
        pub(crate) struct QueryRoot;

        /// What can be asked of the registry.
        #[Object(name = "Query")]
        impl QueryRoot {
            $(
                $(#[$doc])+
                #[expect(clippy::too_many_arguments, reason = "they are the arguments of a connection")]
                async fn $many(
                    &self,
                    ctx: &Context<'_>,
                    #[graphql(desc = "Only those that fulfil this.")] filter: Option<$filter>,
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
            #[graphql(desc = "Only the programmes that fulfil this.")] filter: Option<ProgrammeFilter>,
            #[graphql(desc = "By what they are grouped.")] by: E<Dimension>,
        ) -> Result<One<Portfolio>> {
            portfolio::portfolio(ctx, filter, by.0).await
        }
    }
}
