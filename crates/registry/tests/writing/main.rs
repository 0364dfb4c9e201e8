//! Writing: everything wrong is told at once, two officers do not overwrite each other, a retry changes nothing twice, and
//! what would break the registry is refused with the field and the rule.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

mod bulk;
mod records;
mod retries;
mod rules;
mod several;
mod support;
