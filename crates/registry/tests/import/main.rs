//! Importing: all or nothing, twice the same as once, and a mistake is named with its place.

mod changes;
mod refused;
mod seen;
mod support;
