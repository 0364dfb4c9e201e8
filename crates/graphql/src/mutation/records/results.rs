//! Results, what they are measured by, targets and actuals.

use async_graphql::ID;
use ketnoi_domain::{Indicator, IndicatorMeasure, IndicatorPeriod, Outcome, ResultLevel};

use super::writable;
use crate::{
    enums::E,
    mutation::input::{MeasurementInput, PeriodInput, TextInput},
};

writable! { ResultMutations {
    Outcome as result "SaveResultPayload" {
        /// Adds a result to the framework of a programme.
        create_result "CreateResultInput",
        /// Changes a result.
        update_result "UpdateResultInput";
        fixed {
            /// The programme.
            programme: ID;
        }
        fields {
            /// The result of the same programme that it contributes to.
            parent: Maybe ID;
            /// How far up the chain.
            level: Needed E<ResultLevel>;
            /// Its place in the framework, such as 1.2.
            number: Needed String;
            /// What is to be reached, by language.
            title: Needed Vec<TextInput>;
            /// In more words, by language.
            description: Maybe Vec<TextInput>;
            /// What must hold for it to lead to the next, by language.
            assumption: Maybe Vec<TextInput>;
        }
    }
    Indicator as indicator "SaveIndicatorPayload" {
        /// Adds an indicator to a result.
        create_indicator "CreateIndicatorInput",
        /// Changes an indicator.
        update_indicator "UpdateIndicatorInput";
        fixed {
            /// The result.
            result: ID;
        }
        fields {
            /// Its place in the framework, such as 1.2.a.
            number: Needed String;
            /// What is measured, by language.
            title: Needed Vec<TextInput>;
            /// What it counts in.
            measure: Needed E<IndicatorMeasure>;
            /// The unit in words, by language.
            unit: Maybe Vec<TextInput>;
            /// Whether each actual holds all that came before it; not, if nothing is said.
            cumulative: Maybe bool;
            /// Whether more is better.
            ascending: Needed bool;
            /// Where the figures come from, by language.
            verification: Maybe Vec<TextInput>;
            /// What it was at the beginning.
            baseline: Maybe MeasurementInput;
        }
    }
    IndicatorPeriod as indicator_period "SaveIndicatorPeriodPayload" {
        /// Adds a period to an indicator.
        create_indicator_period "CreateIndicatorPeriodInput",
        /// Changes the target or the actual of an indicator in a period.
        update_indicator_period "UpdateIndicatorPeriodInput";
        fixed {
            /// The indicator.
            indicator: ID;
        }
        fields {
            /// The period.
            period: Needed PeriodInput;
            /// What is to be reached.
            target: Maybe MeasurementInput;
            /// What was reached.
            actual: Maybe MeasurementInput;
        }
    }
} }
