//! Dialogues as they are prepared. Opening, voting, closing and publishing are use cases of the vote.

use async_graphql::ID;
use ketnoi_domain::{Dialogue, DialogueCluster, DialogueOption, DialogueStatus};

use super::{sources, writable};
use crate::{
    mutation::input::{BallotRuleInput, PeriodInput, TextInput},
    scalars::PartialDateInput,
};

writable! { DialogueMutations {
    Dialogue as dialogue "SaveDialoguePayload" {
        /// Prepares a policy dialogue.
        create_dialogue "CreateDialogueInput",
        /// Changes a dialogue, while it is being prepared.
        update_dialogue "UpdateDialogueInput";
        fixed {}
        fields {
            /// What it is called, by language.
            title: Needed Vec<TextInput>;
            /// What is asked, by language.
            question: Maybe Vec<TextInput>;
            /// The programme that holds it.
            programme: Maybe ID;
            /// The study whose recommendations are voted on.
            study: Maybe ID;
            /// Who may vote, in words, by language.
            voters: Maybe Vec<TextInput>;
            /// How ballots are filled in and counted.
            rule: Maybe BallotRuleInput;
            /// From the opening of the vote to its close.
            period: Maybe PeriodInput;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
        start { status: DialogueStatus::Preparing }
    }
    DialogueOption as dialogue_option "SaveDialogueOptionPayload" {
        /// Puts a recommendation to the vote, while the dialogue is being prepared.
        create_dialogue_option "CreateDialogueOptionInput",
        /// Changes what is voted on, while the dialogue is being prepared.
        update_dialogue_option "UpdateDialogueOptionInput";
        fixed {
            /// The dialogue.
            dialogue: ID;
        }
        fields {
            /// The recommendation.
            recommendation: Needed ID;
            /// Its number on the ballot, from 1.
            number: Needed i64;
        }
    }
    DialogueCluster as dialogue_cluster "SaveDialogueClusterPayload" {
        /// Lets a cluster take part in a dialogue, while it is being prepared.
        create_dialogue_cluster "CreateDialogueClusterInput",
        /// Changes how a cluster takes part, while the dialogue is being prepared.
        update_dialogue_cluster "UpdateDialogueClusterInput";
        fixed {
            /// The dialogue.
            dialogue: ID;
        }
        fields {
            /// The cluster.
            cluster: Needed ID;
            /// The event at which it votes.
            event: Maybe ID;
            /// How many may vote there.
            eligible: Maybe i64;
            /// When it votes.
            on: Maybe PartialDateInput;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
} }
