//! The registry as a GraphQL schema, and the HTTP handler that serves it.
//!
//! **For:** views written for their readers (`model`), lists with filters, orders and cursors (`list`), root fields
//! (`query`, `mutation`, `subscription`), and GraphQL over HTTP with its limits (`http`).
//! **Not for:** deciding who may see or do what (`registry`), or any SQL.
//!
//! **To add a field:** a method in the view's `fields`. **To add a nested list or a single thing:** a line in its `many` or
//! `one`; siblings are then loaded together. **To add a kind:** a view in `model`, its filter and order, a line in
//! `query`, and its table of fields in `mutation/records`. Then `make schema`.

mod batch;
mod check;
mod cursor;
mod enums;
mod error;
mod exec;
mod filter;
mod global_id;
pub mod http;
mod list;
mod model;
mod mutation;
mod query;
mod request;
mod scalars;
mod subscription;

pub use check::check_document;
pub use request::{RequestData, Schema, build, sdl};
