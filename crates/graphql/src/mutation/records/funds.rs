//! Funds, the communities that they serve, and who belongs to what.

use async_graphql::ID;
use ketnoi_domain::{Community, Fund, GrantStatus, HousingProject, Membership, SavingsGroup, SmallGrant};

use super::{sources, writable};
use crate::{
    enums::E,
    mutation::input::{MoneyInput, PeriodInput, TextInput},
    scalars::PartialDateInput,
};

writable! { FundMutations {
    Fund as fund "SaveFundPayload" {
        /// Registers a fund that makes small grants.
        create_fund "CreateFundInput",
        /// Changes a fund.
        update_fund "UpdateFundInput";
        fixed {}
        fields {
            /// Its name, by language.
            name: Needed Vec<TextInput>;
            /// What it does, by language.
            description: Maybe Vec<TextInput>;
            /// Who manages it.
            manager: Maybe ID;
            /// The programme that feeds it.
            programme: Maybe ID;
            /// Since when it exists.
            since: Maybe PartialDateInput;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
    Community as community "SaveCommunityPayload" {
        /// Registers a community that takes part in a fund.
        create_community "CreateCommunityInput",
        /// Changes a community.
        update_community "UpdateCommunityInput";
        fixed {
            /// The fund.
            fund: ID;
        }
        fields {
            /// Where it lives.
            authority: Needed ID;
            /// Its name, by language.
            name: Needed Vec<TextInput>;
            /// How many households.
            households: Maybe i64;
        }
    }
    SavingsGroup as savings_group "SaveSavingsGroupPayload" {
        /// Registers a savings group of a community.
        create_savings_group "CreateSavingsGroupInput",
        /// Changes a savings group.
        update_savings_group "UpdateSavingsGroupInput";
        fixed {
            /// The community.
            community: ID;
        }
        fields {
            /// Its name, by language.
            name: Needed Vec<TextInput>;
            /// Since when it saves.
            since: Maybe PartialDateInput;
            /// How many members.
            members: Maybe i64;
            /// How many of them are women.
            women: Maybe i64;
            /// What they have saved.
            savings: Maybe MoneyInput;
        }
        start { withheld: false }
    }
    SmallGrant as small_grant "SaveSmallGrantPayload" {
        /// Registers a small grant of a fund.
        create_small_grant "CreateSmallGrantInput",
        /// Changes a small grant.
        update_small_grant "UpdateSmallGrantInput";
        fixed {
            /// The fund.
            fund: ID;
        }
        fields {
            /// Where.
            authority: Needed ID;
            /// To which community of the fund.
            community: Maybe ID;
            /// What for, by language.
            title: Needed Vec<TextInput>;
            /// How much.
            value: Maybe MoneyInput;
            /// When it was granted.
            granted: Maybe PartialDateInput;
            /// How far it has come.
            status: Maybe E<GrantStatus>;
        }
    }
    HousingProject as housing_project "SaveHousingProjectPayload" {
        /// Registers a housing project that a fund supports.
        create_housing_project "CreateHousingProjectInput",
        /// Changes a housing project.
        update_housing_project "UpdateHousingProjectInput";
        fixed {
            /// The fund.
            fund: ID;
        }
        fields {
            /// Where.
            authority: Needed ID;
            /// The programme that pays for it.
            programme: Maybe ID;
            /// What it is, by language.
            title: Needed Vec<TextInput>;
            /// How many households it houses.
            households: Maybe i64;
            /// What it costs.
            value: Maybe MoneyInput;
            /// From when to when.
            period: Maybe PeriodInput;
            /// How far it has come.
            status: Maybe E<GrantStatus>;
        }
    }
    Membership as membership "SaveMembershipPayload" {
        /// Notes that an organisation or a local authority belongs to a network, a cluster or a fund.
        create_membership "CreateMembershipInput",
        /// Changes a membership.
        update_membership "UpdateMembershipInput";
        fixed {}
        fields {
            /// The member, if it is an organisation.
            organisation: Maybe ID;
            /// The member, if it is a local authority.
            authority: Maybe ID;
            /// The network.
            network: Maybe ID;
            /// The cluster.
            cluster: Maybe ID;
            /// The fund.
            fund: Maybe ID;
            /// From when to when.
            period: Maybe PeriodInput;
            /// What else is to be said, by language.
            note: Maybe Vec<TextInput>;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
} }
