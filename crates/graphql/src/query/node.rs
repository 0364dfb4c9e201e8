use std::collections::HashMap;

use async_graphql::{Context, ID, Interface};
use ketnoi_domain::{
    Agreement, BudgetLine, Cluster, Community, Document, ExchangeRate, Fund, HousingProject, InKindContribution, Indicator,
    IndicatorPeriod, Kind, LocalAuthority, Membership, Organisation, Outcome, Participation, Programme, Risk, SavingsGroup,
    SmallGrant, StatedFigure, Statement, Transaction,
};
use uuid::Uuid;

use crate::{
    batch::{Batch, View},
    error::{Result, from_registry},
    global_id,
    request::session,
};

macro_rules! nodes {
    ($($kind:ident($record:ident)),+ $(,)?) => {
        /// Anything that has an opaque id.
        #[derive(Interface)]
        #[graphql(field(name = "id", ty = "ID", desc = "The opaque id."))]
        pub(crate) enum Node {
            $($kind(View<$record>)),+
        }

        impl Node {
            /// The same record once more.
            fn share(&self) -> Self {
                match self { $(Self::$kind(view) => Self::$kind(view.clone())),+ }
            }
        }

        async fn load(ctx: &Context<'_>, kind: Kind, ids: &[Uuid]) -> Result<HashMap<Uuid, Node>> {
            match kind { $(
                Kind::$kind => {
                    let batch = Batch::new(session(ctx).by_ids::<$record>(ids).await.map_err(from_registry)?);
                    let views = View::all(&batch, 0..batch.len());
                    Ok(views.into_iter().map(|v| (v.head.id.uuid(), Node::$kind(v))).collect())
                }
            )+ }
        }
    };
}

nodes! {
    Organisation(Organisation), LocalAuthority(LocalAuthority), Cluster(Cluster), Membership(Membership), Programme(Programme),
    Participation(Participation), Agreement(Agreement), BudgetLine(BudgetLine), Transaction(Transaction), ExchangeRate(ExchangeRate),
    InKindContribution(InKindContribution), Outcome(Outcome), Indicator(Indicator), IndicatorPeriod(IndicatorPeriod), Fund(Fund),
    Community(Community), SavingsGroup(SavingsGroup), SmallGrant(SmallGrant), HousingProject(HousingProject), Document(Document), Risk(Risk),
    StatedFigure(StatedFigure), Statement(Statement),
}

/// The records of these ids, one statement for each kind among them.
pub(super) async fn nodes(ctx: &Context<'_>, ids: &[ID]) -> Result<Vec<Option<Node>>> {
    let wanted = ids.iter().map(|id| global_id::decode(id)).collect::<Result<Vec<_>>>()?;
    let mut by_kind: HashMap<Kind, Vec<Uuid>> = HashMap::new();
    for (kind, id) in &wanted {
        by_kind.entry(*kind).or_default().push(*id);
    }
    let mut found: HashMap<(Kind, Uuid), Node> = HashMap::new();
    for (kind, ids) in by_kind {
        found.extend(load(ctx, kind, &ids).await?.into_iter().map(|(id, node)| ((kind, id), node)));
    }
    // The same id may be asked for twice.
    let node = |key: &(Kind, Uuid)| found.get(key).map(Node::share);
    Ok(wanted.iter().map(node).collect())
}
