//! Local authorities and their clusters.

use async_graphql::ID;
use ketnoi_domain::{AuthorityLevel, Cluster, LocalAuthority, UrbanClass};
use ketnoi_registry::Reading;

use super::{followed, sources, writable};
use crate::{
    enums::E,
    mutation::input::{CoordinatesInput, NameInput, PeriodInput, SuccessionInput, TextInput},
};

fn successor_of(_: &mut LocalAuthority, given: Option<&[SuccessionInput]>, reading: &mut Reading) {
    followed::<LocalAuthority>(given, reading);
}

writable! { AuthorityMutations {
    LocalAuthority as local_authority "SaveLocalAuthorityPayload" {
        /// Registers a local authority, as it is or was. What became of it later is a record of its own, which succeeded it.
        create_local_authority "CreateLocalAuthorityInput",
        /// Changes a local authority.
        update_local_authority "UpdateLocalAuthorityInput";
        fixed {}
        fields {
            /// Its level.
            level: Needed E<AuthorityLevel>;
            /// Its names, the last one first.
            names: Needed Vec<NameInput>;
            /// Its country, ISO 3166-1 alpha-2.
            country: Needed String;
            /// Its ISO 3166-2 code, such as VN-DN.
            subdivision: Maybe String;
            /// The authority that it is a part of.
            parent: Maybe ID;
            /// Where it lies.
            coordinates: Maybe CoordinatesInput;
            /// Its urban class.
            urban_class: Maybe E<UrbanClass>;
            /// From when to when it existed; an open end means that it still does.
            existence: Maybe PeriodInput;
        }
        through {
            /// What it succeeded, in the place of what was known so far.
            successor_of: SuccessionInput = successor_of;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
    Cluster as cluster "SaveClusterPayload" {
        /// Registers a cluster of cities.
        create_cluster "CreateClusterInput",
        /// Changes a cluster.
        update_cluster "UpdateClusterInput";
        fixed {}
        fields {
            /// Its name, by language.
            name: Needed Vec<TextInput>;
            /// What it is, by language.
            description: Maybe Vec<TextInput>;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
} }
