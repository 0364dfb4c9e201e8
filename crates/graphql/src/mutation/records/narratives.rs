//! What programmes tell their funders in words.

use async_graphql::ID;
use ketnoi_domain::{Narrative, NarrativeSection};

use super::{sources, writable};
use crate::{
    enums::E,
    mutation::input::{PeriodInput, TextInput},
};

writable! { NarrativeMutations {
    Narrative as narrative "SaveNarrativePayload" {
        /// Tells of a period of a programme in words, in one section of a report.
        create_narrative "CreateNarrativeInput",
        /// Changes what is told.
        update_narrative "UpdateNarrativeInput";
        fixed {
            /// The programme.
            programme: ID;
        }
        fields {
            /// The section of a report that it belongs to.
            section: Needed E<NarrativeSection>;
            /// The period that it is about.
            period: Needed PeriodInput;
            /// What is told, by language, in the small markup of narratives.
            text: Needed Vec<TextInput>;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
} }
