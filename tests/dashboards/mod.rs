//! What a dashboard relies on: the shipped operations answer, the same on both databases, in a fixed number of statements.

mod canada;
mod facts;
mod operations;
mod recount;
mod search;
mod statements;
mod wide;
