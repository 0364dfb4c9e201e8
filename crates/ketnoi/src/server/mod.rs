//! The web server: every route around `/graphql`, what happens to each request on its way in and out, and the two
//! listeners.
//!
//! - `site` what is served · `app` the routes and layers put together · `routes` the small answers, `ranges` parts of them · `explorer` GraphiQL
//! - `access` one line of log, an id and the figures for each request · `metrics` those figures for Prometheus
//! - `listen` binding, serving, stopping · `local` who counts as the person at this machine · `client` whose address counts
//! - `caller` who asks, on every path alike · `keeper` those who know · `cookies` · `limits` how much in a minute
//! - `pages` the frame of pages for people · `start` the first of them · `auth` signing in · `trusted` registered operations that were asked for lately
//! - `vote` the voting page
//!
//! To add a route: write its handler in the room it belongs to and register it in `app`; the layers come by themselves.

mod access;
mod app;
pub(crate) mod auth;
pub(crate) mod caller;
mod client;
pub(crate) mod cookies;
mod explorer;
pub(crate) mod keeper;
pub(crate) mod limits;
mod listen;
mod local;
mod metrics;
pub(crate) mod pages;
mod ranges;
mod routes;
mod site;
mod start;
#[cfg(test)]
mod tests;
pub(crate) mod trusted;
pub(crate) mod vote;

pub(crate) use explorer::page;
pub(crate) use listen::{Addresses, serve};
pub(crate) use site::{MapRefusal, Site};
