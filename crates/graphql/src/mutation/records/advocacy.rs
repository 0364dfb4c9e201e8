//! Recommendations, road maps, and what is done to bring recommendations forward.

use async_graphql::ID;
use ketnoi_domain::{
    AdvocacyAction, AdvocacyKind, AdvocacyStatus, Recommendation, RecommendationStatus, RoadMap, RoadMapStep, StepStatus,
};

use super::{sources, writable};
use crate::{
    enums::E,
    mutation::input::{PeriodInput, TextInput},
    scalars::PartialDateInput,
};

writable! { AdvocacyMutations {
    Recommendation as recommendation "SaveRecommendationPayload" {
        /// Registers something that a study or a workshop recommends.
        create_recommendation "CreateRecommendationInput",
        /// Changes a recommendation.
        update_recommendation "UpdateRecommendationInput";
        fixed {}
        fields {
            /// Its number where it was made.
            number: Maybe String;
            /// What is recommended, in short, by language.
            title: Needed Vec<TextInput>;
            /// What is recommended, at length, by language.
            text: Maybe Vec<TextInput>;
            /// The study that makes it.
            document: Maybe ID;
            /// The event that makes it.
            event: Maybe ID;
            /// The programme that it came from.
            programme: Maybe ID;
            /// Whom it concerns.
            addressee: Maybe ID;
            /// Where it stands.
            status: Maybe E<RecommendationStatus>;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
    RoadMap as road_map "SaveRoadMapPayload" {
        /// Registers a road map along which recommendations are brought forward.
        create_road_map "CreateRoadMapInput",
        /// Changes a road map.
        update_road_map "UpdateRoadMapInput";
        fixed {}
        fields {
            /// What it is called, by language.
            title: Needed Vec<TextInput>;
            /// What it is about, by language.
            description: Maybe Vec<TextInput>;
            /// The programme that it belongs to.
            programme: Maybe ID;
            /// The event that agreed on it.
            event: Maybe ID;
            /// From when to when.
            period: Maybe PeriodInput;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
    RoadMapStep as road_map_step "SaveRoadMapStepPayload" {
        /// Adds a step to a road map.
        create_road_map_step "CreateRoadMapStepInput",
        /// Changes a step.
        update_road_map_step "UpdateRoadMapStepInput";
        fixed {
            /// The road map.
            road_map: ID;
        }
        fields {
            /// The recommendation that it brings forward.
            recommendation: Maybe ID;
            /// Its place on the road map, from 1.
            number: Needed i64;
            /// What is to be done, by language.
            title: Needed Vec<TextInput>;
            /// Who is to do it.
            responsible: Maybe ID;
            /// By when.
            due: Maybe PartialDateInput;
            /// When it was done.
            done: Maybe PartialDateInput;
            /// Where it stands.
            status: Needed E<StepStatus>;
        }
    }
    AdvocacyAction as advocacy_action "SaveAdvocacyActionPayload" {
        /// Notes something that is done to bring a recommendation forward.
        create_advocacy_action "CreateAdvocacyActionInput",
        /// Changes an advocacy action: its reply, where it stands.
        update_advocacy_action "UpdateAdvocacyActionInput";
        fixed {
            /// The recommendation.
            recommendation: ID;
        }
        fields {
            /// The dialogue whose result it carries.
            dialogue: Maybe ID;
            /// By what means.
            kind: Needed E<AdvocacyKind>;
            /// What it is called, by language.
            title: Needed Vec<TextInput>;
            /// The number of the letter.
            number: Maybe String;
            /// Its date.
            date: Maybe PartialDateInput;
            /// To whom it goes.
            addressee: Maybe ID;
            /// When they replied.
            replied: Maybe PartialDateInput;
            /// The number of the reply.
            reply_number: Maybe String;
            /// What they replied, by language.
            reply: Maybe Vec<TextInput>;
            /// Where it stands.
            status: Needed E<AdvocacyStatus>;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
} }
