use async_graphql::{Context, SimpleObject};
use ketnoi_domain::{
    AuthorityLevel, Cluster, Community, DialogueCluster, Event, GoodPractice, HousingProject, Id, Lang, LocalAuthority,
    Membership, NewsItem, PartnershipParty, Replication, SmallGrant, Succession, SuccessionKind, UrbanClass,
};

use super::{
    Around, CommunityFilter, CommunityOrder, DialogueClusterFilter, DialogueClusterOrder, EventFilter, EventOrder,
    GoodPracticeFilter, GoodPracticeOrder, HousingProjectFilter, HousingProjectOrder, MembershipFilter, MembershipOrder, Name,
    NewsItemFilter, NewsItemOrder, PartnershipPartyFilter, PartnershipPartyOrder, ReplicationFilter, ReplicationOrder,
    SmallGrantFilter, SmallGrantOrder, all_names, around, view,
};
use crate::{
    batch::View,
    enums::E,
    error::Result,
    exec::{Many, One},
    filter::{BodyFilter, CodeFilter, PeriodFilter, TextFilter, criteria, enum_filter},
    scalars::{Decimal, PartialDate, Period, Translation, date, period, served, told, translations},
};

enum_filter!(AuthorityLevelFilter of AuthorityLevel, UrbanClassFilter of UrbanClass);

criteria! { LocalAuthorityFilter, LocalAuthorityOrder by LocalAuthorityOrderField {
    /// Its level.
    level: AuthorityLevelFilter = "level",
    /// Its country, ISO 3166-1 alpha-2.
    country: TextFilter = "country",
    /// Its ISO 3166-2 code.
    subdivision: TextFilter = "subdivision",
    /// Its urban class.
    urban_class: UrbanClassFilter = "urbanClass",
    /// What it is a part of.
    parent: BodyFilter = "parent",
    /// When it existed.
    existence: PeriodFilter = "existence",
    /// The cluster that it belongs to.
    cluster: CodeFilter = "cluster",
    /// The fund that it is a member of.
    fund: CodeFilter = "fund",
} orders {
    /// Its last name, in the Vietnamese order.
    Name = "title",
    /// When it was established.
    Established = "established",
} }

/// One local authority followed another.
#[derive(SimpleObject)]
pub(crate) struct AuthoritySuccession {
    /// What was before.
    predecessor: Option<One<View<LocalAuthority>>>,
    /// What came after.
    successor: Option<One<View<LocalAuthority>>>,
    /// How.
    kind: E<SuccessionKind>,
    /// When.
    on: Option<One<PartialDate>>,
}

/// A point on the earth (WGS 84).
#[derive(SimpleObject)]
pub(crate) struct Coordinates {
    /// Degrees north.
    latitude: Decimal,
    /// Degrees east.
    longitude: Decimal,
}

view! {
    /// A local authority as it was over its own time; what became of it later is told by its successors.
    LocalAuthority as "LocalAuthority" {
        one {
            /// The authority that it is a part of.
            parent: LocalAuthority = |a| a.parent;
        }
        many {
            /// The clusters, networks and funds that it belongs to.
            memberships: Membership => "authority_id", MembershipFilter, MembershipOrder;
            /// Its parts.
            parts: LocalAuthority => "parent_id", LocalAuthorityFilter, LocalAuthorityOrder;
            /// The communities that live in it.
            communities: Community => "authority_id", CommunityFilter, CommunityOrder;
            /// The small grants made in it.
            small_grants: SmallGrant => "authority_id", SmallGrantFilter, SmallGrantOrder;
            /// The housing projects in it.
            housing_projects: HousingProject => "authority_id", HousingProjectFilter, HousingProjectOrder;
            /// The events held in it.
            events: Event => "authority_id", EventFilter, EventOrder;
            /// Its good practices.
            good_practices: GoodPractice => "authority_id", GoodPracticeFilter, GoodPracticeOrder;
            /// Its replications of others' practices.
            replications: Replication => "authority_id", ReplicationFilter, ReplicationOrder;
            /// Its parts in partnerships.
            partnership_parties: PartnershipParty => "authority_id", PartnershipPartyFilter, PartnershipPartyOrder;
            /// News of it.
            news: NewsItem => "authority_id", NewsItemFilter, NewsItemOrder;
        }
        fields {
            /// The last name that it had.
            async fn name(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                self.names.current().and_then(|n| told(ctx, lang, &n.text)).unwrap_or_default()
            }
            /// The language that `name` was served in.
            async fn name_lang(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<E<Lang>> {
                self.names.current().and_then(|n| served(ctx, lang, &n.text)).map(|(l, _)| E(l))
            }
            /// Every name that it has had.
            async fn names(&self) -> Many<Name> {
                all_names(&self.names)
            }
            /// Its level.
            async fn level(&self) -> E<AuthorityLevel> {
                E(self.level)
            }
            /// Its country, ISO 3166-1 alpha-2.
            async fn country(&self) -> &str {
                &self.country
            }
            /// Its ISO 3166-2 code.
            async fn subdivision(&self) -> Option<&str> {
                self.subdivision.as_deref()
            }
            /// Where it lies.
            async fn coordinates(&self) -> Option<One<Coordinates>> {
                self.coordinates.map(|c| One(Coordinates { latitude: Decimal(c.latitude), longitude: Decimal(c.longitude) }))
            }
            /// Its urban class.
            async fn urban_class(&self) -> Option<E<UrbanClass>> {
                self.urban_class.map(E)
            }
            /// From when to when it existed; an open end means that it still does.
            async fn existence(&self) -> One<Period> {
                period(self.existence)
            }
            /// What it succeeded.
            async fn predecessors(&self, ctx: &Context<'_>) -> Result<Many<AuthoritySuccession>> {
                let around = around(ctx, self).await?;
                let mine = around.successions.iter().filter(|s| s.successor == self.head.id);
                Ok(Many(mine.map(|s| authority_succession(&around, s)).collect()))
            }
            /// What became of it.
            async fn successors(&self, ctx: &Context<'_>) -> Result<Many<AuthoritySuccession>> {
                let around = around(ctx, self).await?;
                let mine = around.successions.iter().filter(|s| s.predecessor == self.head.id);
                Ok(Many(mine.map(|s| authority_succession(&around, s)).collect()))
            }
        }
    }
}

fn authority_succession(around: &Around<LocalAuthority>, s: &Succession<Id<LocalAuthority>>) -> AuthoritySuccession {
    AuthoritySuccession {
        predecessor: around.body(s.predecessor),
        successor: around.body(s.successor),
        kind: E(s.kind),
        on: date(s.on),
    }
}

criteria! { ClusterFilter, ClusterOrder by ClusterOrderField {} orders {
    /// Its name, in the Vietnamese order.
    Name = "title",
} }

view! {
    /// A cluster of member cities that meet and vote together.
    Cluster as "Cluster" {
        one {}
        many {
            /// Its members.
            members: Membership => "cluster_id", MembershipFilter, MembershipOrder;
            /// The events at which it met.
            events: Event => "cluster_id", EventFilter, EventOrder;
            /// Its parts in dialogues.
            dialogue_clusters: DialogueCluster => "cluster_id", DialogueClusterFilter, DialogueClusterOrder;
        }
        fields {
            /// Its name.
            async fn name(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.name).unwrap_or_default()
            }
            /// Its name, by language.
            async fn name_translations(&self) -> Many<Translation> {
                translations(&self.name)
            }
            /// What it is.
            async fn description(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.description)
            }
        }
    }
}
