//! Importing a registry that people keep as files: all or nothing, and twice is the same as once.

mod apply;
mod build;
mod locked;
mod problem;
mod read;
mod shape;

pub use apply::{ImportReport, KindCounts, Progress};
pub use problem::{ImportError, Problem};
pub use read::{SourceFile, files_of};
