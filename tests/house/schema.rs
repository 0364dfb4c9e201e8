//! The committed schema is the one that is served.

use std::{fs, path::Path};

#[test]
fn the_committed_schema_is_the_one_that_the_gateway_serves() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/graphql/schema.graphql");
    let committed = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}; write it with `make schema`", path.display()));
    let served = ketnoi_graphql::sdl();
    if let Some((line, (committed, served))) = committed.lines().zip(served.lines()).enumerate().find(|(_, (c, s))| c != s) {
        panic!("line {}: committed `{committed}`, served `{served}`; run `make schema`", line + 1);
    }
    assert_eq!(committed.len(), served.len(), "one of them goes on; run `make schema`");
}
