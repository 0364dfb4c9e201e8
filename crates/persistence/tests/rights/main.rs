//! Who reaches what is for partners, how that follows every change, and what is put away.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

mod archive;
mod changes;
mod parties;
mod support;
