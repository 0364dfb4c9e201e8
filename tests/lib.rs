//! Tests of the whole: what dashboards and partner portals rely on, asked through the real gateway.
//!
//! **For:** promises that no single crate can keep alone. **Not for:** the rules of one crate, which stand in its own tests.
//! There is nothing here to use: the tests are in `end_to_end.rs` and the folders beside it.
//!
//! - `operations/` the documents that we ship, each to be run as it stands
//! - `dashboards/` what those operations answer, on both databases, and how many statements they take
//! - `partner_portals/` every list, filter, order, cursor and id of the schema; what is refused; what a stranger never sees
//! - `association/` a day at the association from end to end, and the matrix of rights over every root field
//! - `house/` which crate may know which, and whether the committed schema is the true one
//! - `support/` a portal: the gateway before a registry of the test's own
//!
//! **To ship an operation:** a file in `operations/` and a line in `dashboards::operations::SHIPPED`.
