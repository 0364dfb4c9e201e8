//! What a partner's portal relies on: every list, filter, order, cursor and id of the schema, plain refusals, and that
//! nobody finds what they may not see.

mod cursors;
mod hidden;
mod ids;
mod lists;
mod live;
mod mutations;
mod refusals;
mod rights;
