//! Good practices and their replications.

use async_graphql::ID;
use ketnoi_domain::{GoodPractice, PracticeTheme, Replication};

use super::{sources, writable};
use crate::{
    enums::E,
    mutation::input::{StageReachedInput, TextInput},
    scalars::PartialDateInput,
};

writable! { PracticeMutations {
    GoodPractice as good_practice "SaveGoodPracticePayload" {
        /// Registers a practice of one city that is worth taking over by others.
        create_good_practice "CreateGoodPracticeInput",
        /// Changes a good practice.
        update_good_practice "UpdateGoodPracticeInput";
        fixed {}
        fields {
            /// Its title, by language.
            title: Needed Vec<TextInput>;
            /// What it does, by language.
            description: Maybe Vec<TextInput>;
            /// What it is about.
            theme: Maybe E<PracticeTheme>;
            /// The city whose practice it is.
            authority: Maybe ID;
            /// The programme that documented it.
            programme: Maybe ID;
            /// Since when the city has it.
            since: Maybe PartialDateInput;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
    Replication as replication "SaveReplicationPayload" {
        /// Registers a city's replication of another's practice.
        create_replication "CreateReplicationInput",
        /// Changes a replication.
        update_replication "UpdateReplicationInput";
        fixed {}
        fields {
            /// What is replicated.
            practice: Maybe ID;
            /// The city that replicates it; another than the practice's own.
            authority: Needed ID;
            /// The programme that supports it.
            programme: Maybe ID;
            /// What the city does, by language.
            title: Needed Vec<TextInput>;
            /// What has come of it, by language.
            result: Maybe Vec<TextInput>;
            /// The stages that it reached, the first one first.
            stages: Maybe Vec<StageReachedInput>;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
} }
