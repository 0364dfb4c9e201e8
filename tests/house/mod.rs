//! Who may know whom, and whether what is committed is true.

mod dependencies;
mod schema;
