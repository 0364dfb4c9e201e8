//! Partnerships between local authorities, what they signed, news, and people in public roles.

use async_graphql::ID;
use ketnoi_domain::{
    CooperationAgreement, NewsItem, Partnership, PartnershipKind, PartnershipParty, PartnershipStatus, Person, PublicRole,
    PublicRoleKind,
};
use ketnoi_registry::{Reading, each};

use super::{sources, writable};
use crate::{
    enums::E,
    mutation::input::{ContactInput, Input, PeriodInput, TextInput},
    scalars::PartialDateInput,
};

fn parties(_: &mut Partnership, given: Option<&[ID]>, reading: &mut Reading) {
    let authorities = each(given.unwrap_or_default(), reading, Input::read);
    reading.asked().parties = authorities;
}

writable! { PartnershipMutations {
    Partnership as partnership "SavePartnershipPayload" {
        /// Registers a partnership between local authorities of different countries, with those who take part.
        create_partnership "CreatePartnershipInput",
        /// Changes a partnership.
        update_partnership "UpdatePartnershipInput";
        fixed {}
        fields {
            /// What ties them.
            kind: Needed E<PartnershipKind>;
            /// What it is called, by language.
            title: Needed Vec<TextInput>;
            /// What it is about, by language.
            description: Maybe Vec<TextInput>;
            /// From when to when.
            period: Maybe PeriodInput;
            /// Whether it lives.
            status: Maybe E<PartnershipStatus>;
            /// The sectors that it works in, OECD DAC CRS purpose codes.
            sectors: Maybe Vec<String>;
        }
        once {
            /// The local authorities that take part: at least two, from at least two countries.
            parties: ID = parties;
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
    PartnershipParty as partnership_party "SavePartnershipPartyPayload" {
        /// Lets a further local authority take part in a partnership.
        create_partnership_party "CreatePartnershipPartyInput",
        /// Changes who takes part.
        update_partnership_party "UpdatePartnershipPartyInput";
        fixed {
            /// The partnership.
            partnership: ID;
        }
        fields {
            /// The local authority.
            authority: Needed ID;
        }
    }
    CooperationAgreement as cooperation_agreement "SaveCooperationAgreementPayload" {
        /// Registers what the parties of a partnership signed.
        create_cooperation_agreement "CreateCooperationAgreementInput",
        /// Changes what the parties signed.
        update_cooperation_agreement "UpdateCooperationAgreementInput";
        fixed {
            /// The partnership.
            partnership: ID;
        }
        fields {
            /// What it is called, by language.
            title: Needed Vec<TextInput>;
            /// Its number.
            reference: Maybe String;
            /// When it was signed.
            signed: Maybe PartialDateInput;
            /// When it was reported.
            reported: Maybe PartialDateInput;
            /// From when to when it holds.
            period: Maybe PeriodInput;
            /// The document.
            document: Maybe ID;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
    NewsItem as news_item "SaveNewsItemPayload" {
        /// Registers dated news.
        create_news_item "CreateNewsItemInput",
        /// Changes news.
        update_news_item "UpdateNewsItemInput";
        fixed {}
        fields {
            /// Its headline, in our words, by language.
            title: Needed Vec<TextInput>;
            /// What it says, in our words, by language.
            summary: Maybe Vec<TextInput>;
            /// When it was published.
            published: Maybe PartialDateInput;
            /// Who published it.
            publisher: Maybe ID;
            /// The page that it stands on.
            document: Maybe ID;
            /// The partnership that it is about.
            partnership: Maybe ID;
            /// The programme that it is about.
            programme: Maybe ID;
            /// The event that it is about.
            event: Maybe ID;
            /// The city that it is about.
            authority: Maybe ID;
            /// News that the publisher sets beside it.
            related: Maybe Vec<ID>;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
    Person as person "SavePersonPayload" {
        /// Registers a person whom a published source names.
        create_person "CreatePersonInput",
        /// Changes a person.
        update_person "UpdatePersonInput";
        fixed {}
        fields {
            /// The name, as the person writes it.
            name: Needed Vec<TextInput>;
            /// Titles that go before the name, by language.
            honorific: Maybe Vec<TextInput>;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
    PublicRole as public_role "SavePublicRolePayload" {
        /// Notes a role in which a published source names a person.
        create_public_role "CreatePublicRoleInput",
        /// Changes a public role.
        update_public_role "UpdatePublicRoleInput";
        fixed {
            /// Who.
            person: ID;
            /// The published source that names the person so.
            document: ID;
        }
        fields {
            /// In what role.
            kind: Needed E<PublicRoleKind>;
            /// The office, in words, by language.
            title: Needed Vec<TextInput>;
            /// For which organisation.
            organisation: Maybe ID;
            /// At which event.
            event: Maybe ID;
            /// In which session of that event.
            session: Maybe ID;
            /// In which programme.
            programme: Maybe ID;
            /// Of which agreement between local authorities.
            agreement: Maybe ID;
            /// From when to when.
            period: Maybe PeriodInput;
            /// What the person said, in our words, by language.
            said: Maybe Vec<TextInput>;
            /// How to reach the person in this role, as published.
            contacts: Maybe Vec<ContactInput>;
        }
    }
} }
