//! Tells Cargo to build the crate again when a file under `reports/` comes, goes or changes: all of them are built in.

fn main() {
    println!("cargo::rerun-if-changed=../../reports");
}
