//! Organisations.

use async_graphql::ID;
use ketnoi_domain::{Organisation, OrganisationType};
use ketnoi_registry::Reading;

use super::{followed, sources, writable};
use crate::{
    enums::E,
    mutation::input::{ContactInput, NameInput, PeriodInput, SuccessionInput, TextInput},
    scalars::PartialDateInput,
};

fn successor_of(_: &mut Organisation, given: Option<&[SuccessionInput]>, reading: &mut Reading) {
    followed::<Organisation>(given, reading);
}

writable! { PartyMutations {
    Organisation as organisation "SaveOrganisationPayload" {
        /// Registers an organisation: a government, a funder, a network, an association, a partner.
        create_organisation "CreateOrganisationInput",
        /// Changes an organisation.
        update_organisation "UpdateOrganisationInput";
        fixed {}
        fields {
            /// What sort of body it is.
            kind: Needed E<OrganisationType>;
            /// Its names, the one in use now first.
            names: Needed Vec<NameInput>;
            /// Its country, ISO 3166-1 alpha-2.
            country: Maybe String;
            /// The body that it is a part of.
            parent: Maybe ID;
            /// Whether it is a network that others belong to; not, if nothing is said.
            network: Maybe bool;
            /// When it was founded and when it ended.
            existence: Maybe PeriodInput;
            /// Where it has its seat, by language.
            seat: Maybe Vec<TextInput>;
            /// What it is and does, by language.
            profile: Maybe Vec<TextInput>;
            /// Its web site.
            website: Maybe String;
            /// Its identifier in IATI.
            iati_identifier: Maybe String;
            /// Whether it is an international partner of the association; not, if nothing is said.
            partner: Maybe bool;
            /// Since when it has been a partner.
            partner_since: Maybe PartialDateInput;
            /// How to reach it.
            contacts: Maybe Vec<ContactInput>;
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
} }
