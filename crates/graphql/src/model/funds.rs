use async_graphql::Context;
use ketnoi_domain::{
    Cluster, Community, Fund, GrantStatus, HousingProject, Lang, LocalAuthority, Membership, Organisation, Programme,
    SavingsGroup, SmallGrant,
};

use super::view;
use crate::{
    enums::E,
    exec::{Many, One},
    filter::{BodyFilter, CodeFilter, PeriodFilter, criteria, enum_filter},
    scalars::{Money, PartialDate, Period, Translation, date, money, period, told, translations},
};

enum_filter!(GrantStatusFilter of GrantStatus);

criteria! { FundFilter, FundOrder by FundOrderField {
    /// Who manages it.
    manager: BodyFilter = "manager",
    /// The programme that feeds it.
    programme: CodeFilter = "programme",
} orders {
    /// Its name, in the Vietnamese order.
    Name = "title",
    /// Since when it exists.
    Since = "since",
} }

view! {
    /// A fund from which communities receive small grants and loans.
    Fund as "Fund" {
        one {
            /// Who manages it.
            manager: Organisation = |f| f.manager;
            /// The programme that feeds it.
            programme: Programme = |f| f.programme;
        }
        many {
            /// The cities and organisations that belong to it.
            members: Membership => "fund_id", MembershipFilter, MembershipOrder;
            /// The communities that it serves.
            communities: Community => "fund_id", CommunityFilter, CommunityOrder;
            /// Its small grants.
            small_grants: SmallGrant => "fund_id", SmallGrantFilter, SmallGrantOrder;
            /// The housing projects that it supports.
            housing_projects: HousingProject => "fund_id", HousingProjectFilter, HousingProjectOrder;
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
            /// What it does.
            async fn description(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.description)
            }
            /// Since when it exists.
            async fn since(&self) -> Option<One<PartialDate>> {
                date(self.since)
            }
        }
    }
}

criteria! { CommunityFilter, CommunityOrder by CommunityOrderField {
    /// The fund.
    fund: CodeFilter = "fund",
    /// Where it lives.
    authority: BodyFilter = "authority",
} orders {
    /// Its name, in the Vietnamese order.
    Name = "title",
    /// How many households it has.
    Households = "households",
} }

view! {
    /// A community that takes part in a fund.
    Community as "Community" {
        one {
            /// The fund.
            fund: Fund = |c| Some(c.fund);
            /// Where it lives.
            authority: LocalAuthority = |c| Some(c.authority);
        }
        many {
            /// Its savings groups.
            savings_groups: SavingsGroup => "community_id", SavingsGroupFilter, SavingsGroupOrder;
            /// The small grants that it received.
            small_grants: SmallGrant => "community_id", SmallGrantFilter, SmallGrantOrder;
        }
        fields {
            /// Its name.
            async fn name(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.name).unwrap_or_default()
            }
            /// How many households; null where not known.
            async fn households(&self) -> Option<i64> {
                self.households
            }
        }
    }
}

criteria! { SavingsGroupFilter, SavingsGroupOrder by SavingsGroupOrderField {
    /// The community.
    community: CodeFilter = "community",
} orders {
    /// Its name, in the Vietnamese order.
    Name = "title",
    /// How many members it has.
    Members = "members",
    /// Its savings as a bare number, whatever the currency.
    Savings = "savings",
} }

view! {
    /// A group of people who save together.
    SavingsGroup as "SavingsGroup" {
        one {
            /// The community.
            community: Community = |g| Some(g.community);
        }
        many {}
        fields {
            /// Its name.
            async fn name(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.name).unwrap_or_default()
            }
            /// Since when it saves.
            async fn since(&self) -> Option<One<PartialDate>> {
                date(self.since)
            }
            /// How many members; null where not known, or withheld.
            async fn members(&self) -> Option<i64> {
                self.members
            }
            /// How many of them are women; null where not known, or withheld.
            async fn women(&self) -> Option<i64> {
                self.women
            }
            /// Whether counts are null because they are of fewer than five people, or would tell of them, and you may not see people.
            async fn withheld(&self) -> bool {
                self.withheld
            }
            /// What they have saved; null where not known.
            async fn savings(&self) -> Option<One<Money>> {
                money(self.savings)
            }
        }
    }
}

criteria! { SmallGrantFilter, SmallGrantOrder by SmallGrantOrderField {
    /// The fund.
    fund: CodeFilter = "fund",
    /// Where.
    authority: BodyFilter = "authority",
    /// To which community.
    community: CodeFilter = "community",
    /// How far it has come.
    status: GrantStatusFilter = "status",
    /// When it was granted.
    granted: PeriodFilter = "granted",
} orders {
    /// What it is for, in the Vietnamese order.
    Title = "title",
    /// When it was granted.
    Granted = "granted",
    /// Its value as a bare number, whatever the currency.
    Value = "value",
} }

view! {
    /// A small grant of a fund.
    SmallGrant as "SmallGrant" {
        one {
            /// The fund.
            fund: Fund = |g| Some(g.fund);
            /// Where.
            authority: LocalAuthority = |g| Some(g.authority);
            /// To which community.
            community: Community = |g| g.community;
        }
        many {}
        fields {
            /// What for.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.title).unwrap_or_default()
            }
            /// How much; null where no source says.
            async fn value(&self) -> Option<One<Money>> {
                money(self.value)
            }
            /// When it was granted.
            async fn granted(&self) -> Option<One<PartialDate>> {
                date(self.granted)
            }
            /// How far it has come.
            async fn status(&self) -> Option<E<GrantStatus>> {
                self.status.map(E)
            }
        }
    }
}

criteria! { HousingProjectFilter, HousingProjectOrder by HousingProjectOrderField {
    /// The fund.
    fund: CodeFilter = "fund",
    /// Where.
    authority: BodyFilter = "authority",
    /// The programme that pays for it.
    programme: CodeFilter = "programme",
    /// How far it has come.
    status: GrantStatusFilter = "status",
    /// When.
    period: PeriodFilter = "period",
} orders {
    /// What it is, in the Vietnamese order.
    Title = "title",
    /// When it starts.
    Start = "start",
    /// How many households it houses.
    Households = "households",
} }

view! {
    /// A housing project that a fund supports.
    HousingProject as "HousingProject" {
        one {
            /// The fund.
            fund: Fund = |h| Some(h.fund);
            /// Where.
            authority: LocalAuthority = |h| Some(h.authority);
            /// The programme that pays for it.
            programme: Programme = |h| h.programme;
        }
        many {}
        fields {
            /// What it is.
            async fn title(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> &str {
                told(ctx, lang, &self.title).unwrap_or_default()
            }
            /// How many households it houses; null where not known.
            async fn households(&self) -> Option<i64> {
                self.households
            }
            /// What it costs; null where no source says.
            async fn value(&self) -> Option<One<Money>> {
                money(self.value)
            }
            /// From when to when.
            async fn period(&self) -> One<Period> {
                period(self.period)
            }
            /// How far it has come.
            async fn status(&self) -> Option<E<GrantStatus>> {
                self.status.map(E)
            }
        }
    }
}

criteria! { MembershipFilter, MembershipOrder by MembershipOrderField {
    /// The member, if it is an organisation.
    organisation: BodyFilter = "organisation",
    /// The member, if it is a local authority.
    authority: BodyFilter = "authority",
    /// The network.
    network: BodyFilter = "network",
    /// The cluster.
    cluster: CodeFilter = "cluster",
    /// The fund.
    fund: CodeFilter = "fund",
    /// When.
    period: PeriodFilter = "period",
} orders {
    /// When it began.
    Start = "start",
} }

view! {
    /// Who belongs to what: an organisation or an authority to a network, a cluster or a fund.
    Membership as "Membership" {
        one {
            /// The member, if it is an organisation.
            organisation: Organisation = |m| m.organisation;
            /// The member, if it is a local authority.
            authority: LocalAuthority = |m| m.authority;
            /// The network.
            network: Organisation = |m| m.network;
            /// The cluster.
            cluster: Cluster = |m| m.cluster;
            /// The fund.
            fund: Fund = |m| m.fund;
        }
        many {}
        fields {
            /// From when to when.
            async fn period(&self) -> One<Period> {
                period(self.period)
            }
            /// What else is to be said.
            async fn note(&self, ctx: &Context<'_>, #[graphql(desc = "The language wanted; else that of the request.")] lang: Option<E<Lang>>) -> Option<&str> {
                told(ctx, lang, &self.note)
            }
        }
    }
}
