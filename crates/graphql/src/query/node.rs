use std::collections::{BTreeMap, HashMap};

use async_graphql::{Context, ID, Interface};
use ketnoi_domain::{
    AdvocacyAction, Agreement, Ballot, BudgetLine, Cluster, Community, CooperationAgreement, Delegation, Dialogue,
    DialogueCluster, DialogueOption, Document, Event, EventOutcome, EventSeries, EventSession, ExchangeRate, Fund, GoodPractice,
    HousingProject, InKindContribution, Indicator, IndicatorPeriod, Kind, LocalAuthority, Membership, Narrative, NewsItem,
    Organisation, Outcome, ParticipantCount, Participation, Partnership, PartnershipParty, Person, Programme, PublicRole,
    Recommendation, Record, Replication, Risk, RoadMap, RoadMapStep, SavingsGroup, SmallGrant, StatedFigure, Statement, Text,
    Transaction, Words,
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
            /// What people call it.
            pub(super) fn label(&self) -> Option<&Text> {
                match self { $(Self::$kind(view) => record_of(view).label()),+ }
            }

            /// The words that it is found by.
            pub(super) fn words(&self) -> Words<'_> {
                match self { $(Self::$kind(view) => record_of(view).words()),+ }
            }

            /// Its code.
            pub(super) fn code(&self) -> &str {
                match self { $(Self::$kind(view) => view.head.code.as_str()),+ }
            }

            /// The same record once more.
            pub(super) fn share(&self) -> Self {
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
    Narrative(Narrative), StatedFigure(StatedFigure), Statement(Statement), EventSeries(EventSeries), Event(Event), EventSession(EventSession),
    Delegation(Delegation), ParticipantCount(ParticipantCount), EventOutcome(EventOutcome), GoodPractice(GoodPractice),
    Replication(Replication), Recommendation(Recommendation), RoadMap(RoadMap), RoadMapStep(RoadMapStep),
    AdvocacyAction(AdvocacyAction), Dialogue(Dialogue), DialogueOption(DialogueOption), DialogueCluster(DialogueCluster),
    Ballot(Ballot), Partnership(Partnership), PartnershipParty(PartnershipParty), CooperationAgreement(CooperationAgreement),
    NewsItem(NewsItem), Person(Person), PublicRole(PublicRole),
}

/// The record behind a view: what is asked of it is the domain's, not the view's.
fn record_of<T: Record>(view: &View<T>) -> &T {
    view
}

/// The records of these opaque ids.
pub(crate) async fn nodes(ctx: &Context<'_>, ids: &[ID]) -> Result<Vec<Option<Node>>> {
    let wanted = ids.iter().map(|id| global_id::decode(id)).collect::<Result<Vec<_>>>()?;
    found(ctx, &wanted).await
}

/// The records of these kinds and ids, one statement for each kind among them.
pub(crate) async fn found(ctx: &Context<'_>, wanted: &[(Kind, Uuid)]) -> Result<Vec<Option<Node>>> {
    let mut by_kind: BTreeMap<Kind, Vec<Uuid>> = BTreeMap::new();
    for (kind, id) in wanted {
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
