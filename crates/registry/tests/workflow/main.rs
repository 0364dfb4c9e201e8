//! Workflows: a focal point proposes for its own city and sees no other's, an approval writes exactly one amount, nobody approves
//! their own, what moved on is a conflict, a locked period stands as it is, what was published is not changed any more.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test where they stand")]

mod due;
mod locks;
mod proposals;
mod review;
mod support;
