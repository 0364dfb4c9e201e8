//! Dependencies point inwards: domain <- {persistence with migrations, reporting, interchange} <- registry <- graphql <-
//! ketnoi. What is only for tests is known to tests alone, as a dev-dependency.

use std::{collections::BTreeMap, path::Path, process::Command};

use serde_json::Value;

/// Each crate, and the crates of ours that it may know.
const MAY_KNOW: [(&str, &[&str]); 8] = [
    ("ketnoi-domain", &[]),
    ("ketnoi-migrations", &[]),
    ("ketnoi-persistence", &["ketnoi-domain", "ketnoi-migrations"]),
    ("ketnoi-reporting", &["ketnoi-domain"]),
    ("ketnoi-interchange", &["ketnoi-domain"]),
    ("ketnoi-registry", &["ketnoi-domain", "ketnoi-persistence", "ketnoi-reporting", "ketnoi-interchange"]),
    ("ketnoi-graphql", &["ketnoi-domain", "ketnoi-registry"]),
    (
        "ketnoi",
        &[
            "ketnoi-domain",
            "ketnoi-persistence",
            "ketnoi-reporting",
            "ketnoi-interchange",
            "ketnoi-registry",
            "ketnoi-graphql",
            "ketnoi-migrations",
        ],
    ),
];

/// Crates that are built for tests and measurements only: they may know everything.
const ONLY_FOR_TESTS: [&str; 3] = ["ketnoi-test-support", "ketnoi-tests", "ketnoi-race"];

/// An edge between two crates of ours.
#[derive(Debug, PartialEq, Eq)]
struct Edge {
    from: String,
    to: String,
    /// Whether only the tests of `from` need it.
    dev: bool,
}

fn edges(metadata: &Value) -> (Vec<String>, Vec<Edge>) {
    let text = |of: &Value| of.as_str().unwrap_or_default().to_owned();
    let packages = metadata["packages"].as_array().expect("metadata lists packages");
    let names: Vec<String> = packages.iter().map(|p| text(&p["name"])).collect();
    let mut edges = Vec::new();
    for package in packages {
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let to = text(&dependency["name"]);
            if names.contains(&to) {
                edges.push(Edge { from: text(&package["name"]), to, dev: dependency["kind"] == "dev" });
            }
        }
    }
    (names, edges)
}

/// What is wrong with the crates and their edges, a sentence each.
fn wrong(names: &[String], edges: &[Edge]) -> Vec<String> {
    let may_know: BTreeMap<&str, &[&str]> = MAY_KNOW.into_iter().collect();
    let only_for_tests = |name: &str| ONLY_FOR_TESTS.contains(&name);
    let mut wrong = Vec::new();
    for name in names.iter().filter(|n| !only_for_tests(n) && !may_know.contains_key(n.as_str())) {
        wrong.push(format!("{name} has no place yet: say in tests/house/dependencies.rs whom it may know"));
    }
    for Edge { from, to, dev } in edges.iter().filter(|e| !only_for_tests(&e.from)) {
        let allowed = may_know.get(from.as_str()).is_some_and(|known| known.contains(&to.as_str()));
        // Tests look at their crate from wherever they like; they are not shipped.
        if !allowed && !dev {
            wrong.push(format!("{from} must not know {to}, but it depends on it"));
        }
    }
    wrong
}

#[test]
fn no_crate_knows_what_lies_outside_of_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata = serde_json::from_slice(&output.stdout).expect("metadata is JSON");
    let (names, edges) = edges(&metadata);
    assert!(names.iter().any(|n| n == "ketnoi-domain") && edges.iter().any(|e| e.from == "ketnoi"), "{names:?}");
    assert_eq!(wrong(&names, &edges), Vec::<String>::new());
}

#[test]
fn a_forbidden_edge_is_named() {
    let edge = |from: &str, to: &str, dev| Edge { from: from.into(), to: to.into(), dev };
    let names = ["ketnoi-domain", "ketnoi-graphql", "ketnoi-new"].map(String::from);
    let edges = [
        edge("ketnoi-domain", "ketnoi-registry", false),
        edge("ketnoi-graphql", "ketnoi-persistence", false),
        edge("ketnoi-graphql", "ketnoi-test-support", false),
        edge("ketnoi-graphql", "ketnoi-test-support", true),
        edge("ketnoi-graphql", "ketnoi-registry", false),
        edge("ketnoi-reporting", "ketnoi-persistence", true),
        edge("ketnoi-tests", "ketnoi", false),
    ];
    assert_eq!(
        wrong(&names, &edges),
        [
            "ketnoi-new has no place yet: say in tests/house/dependencies.rs whom it may know",
            "ketnoi-domain must not know ketnoi-registry, but it depends on it",
            "ketnoi-graphql must not know ketnoi-persistence, but it depends on it",
            "ketnoi-graphql must not know ketnoi-test-support, but it depends on it",
        ]
    );
}
