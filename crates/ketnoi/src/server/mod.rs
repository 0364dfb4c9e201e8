//! The web server: every route around `/graphql`, what happens to each request on its way in and out, and the two
//! listeners.
//!
//! - `site` what is served · `app` the routes and layers put together · `routes` the small answers · `explorer` GraphiQL
//! - `access` one line of log, an id and the figures for each request · `metrics` those figures for Prometheus
//! - `listen` binding, serving, stopping · `local` who counts as the person at this machine · `client` whose address counts
//!
//! To add a route: write its handler in the room it belongs to and register it in `app`; the layers come by themselves.

mod access;
mod app;
mod client;
mod explorer;
mod listen;
mod local;
mod metrics;
mod routes;
mod site;
#[cfg(test)]
mod tests;

pub(crate) use explorer::page;
pub(crate) use listen::{Addresses, serve};
pub(crate) use local::is_local;
pub(crate) use site::{MapRefusal, Site};
