use async_graphql::{Context, SimpleObject};
use ketnoi_domain::{Coded, portfolio::Dimension, query::Filter};

use crate::{
    enums::E,
    error::{Result, from_registry},
    exec::{Many, One},
    filter::Lower,
    model::ProgrammeFilter,
    request::session,
    scalars::{MoneyTotals, told},
};

/// Counts and money over programmes, grouped. Currencies are never mixed, a tree of programmes is counted once, and what
/// cannot be attributed stands in the group without a key.
#[derive(SimpleObject)]
pub(crate) struct Portfolio {
    /// By what it is grouped.
    by: E<Dimension>,
    /// The groups in the order of their keys, what could not be attributed last.
    groups: Many<PortfolioGroup>,
}

/// One group of a portfolio.
#[derive(SimpleObject)]
pub(crate) struct PortfolioGroup {
    /// A code or a year; null for what could not be attributed, and for the total.
    key: Option<String>,
    /// What people call it, in the language of the request; null where the key says all.
    label: Option<String>,
    /// How many programmes, each tree counted once.
    programme_count: i32,
    /// How many of them have no agreed amount that the viewer may see: their money is unknown, not nought.
    without_amount_count: i32,
    /// The ceilings agreed, as amended.
    agreed: One<MoneyTotals>,
    /// What came in.
    received: One<MoneyTotals>,
    /// What was handed on.
    disbursed: One<MoneyTotals>,
    /// What was spent.
    spent: One<MoneyTotals>,
}

pub(super) async fn portfolio(ctx: &Context<'_>, filter: Option<Box<ProgrammeFilter>>, by: Dimension) -> Result<One<Portfolio>> {
    let filter = filter.map_or_else(|| Ok(Filter::all()), |f| f.lower())?;
    let found = session(ctx).portfolio(&filter, by).await.map_err(from_registry)?;
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    let shown = |g: ketnoi_registry::PortfolioGroup| {
        let label = told(ctx, None, &g.label).map(str::to_owned);
        PortfolioGroup {
            label: if by == Dimension::Status { g.key.as_deref().map(status_label) } else { label },
            key: g.key,
            programme_count: count(g.group.programmes),
            without_amount_count: count(g.group.without_amount),
            agreed: One(MoneyTotals(g.group.agreed)),
            received: One(MoneyTotals(g.group.received)),
            disbursed: One(MoneyTotals(g.group.disbursed)),
            spent: One(MoneyTotals(g.group.spent)),
        }
    };
    Ok(One(Portfolio { by: E(by), groups: Many(found.groups.into_iter().map(shown).collect()) }))
}

/// A status as the enum of the schema calls it.
fn status_label(name: &str) -> String {
    ketnoi_domain::ProgrammeStatus::from_name(name).map_or_else(|| name.to_owned(), |s| s.name().to_ascii_uppercase())
}
