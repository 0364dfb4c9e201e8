//! Checks of the audit log and of the registry.

use std::fs;

use rusqlite::Connection;

use crate::support::{Place, acvn};

const ORGANISATION: &str = "[[organisation]]\ncode = \"ONE\"\ntype = \"other\"\nname = [{ vi = \"Một\" }]\n";

fn registry() -> Place {
    let place = Place::new();
    place.run(&["migrate", "up"]).good();
    place.write("files/one.toml", ORGANISATION);
    place.run(&["import", "registry", "files"]).good();
    place
}

fn alter(place: &Place, sql: &str) {
    Connection::open(place.path("ketnoi.db")).unwrap().execute_batch(sql).unwrap();
}

#[test]
fn an_audit_log_that_nobody_altered_holds() {
    let place = registry();
    place.write("files/one.toml", &ORGANISATION.replace("Một", "Hai"));
    place.run(&["import", "registry", "files"]).good();
    let said = place.run(&["check", "audit"]).good().out;
    assert!(said.starts_with("2 entries with 2 changes fit, up to revision 2: "), "{said}");
}

#[test]
fn what_was_altered_is_named_with_its_revision() {
    let place = registry();
    alter(&place, "UPDATE audit_entry SET actor = 'somebody else'");
    place.run(&["check", "audit"]).failed(&["the audit log does not hold at revision 1, entry ", "was altered"]);
}

#[test]
fn an_anchor_is_met_and_shows_a_chain_that_was_written_anew() {
    let place = registry();
    let written = place.run(&["check", "audit", "--write-anchor", "anchor.json"]).good().out;
    assert!(written.contains("anchor.json: the anchor of revision 1, not signed: give --signing-key-file"), "{written}");
    let met = place.run(&["check", "audit", "--anchor", "anchor.json"]).good().out;
    assert!(met.contains("the anchor of revision 1, taken "), "{met}");
    assert!(met.contains("was met; it is not signed"), "{met}");
    // Another registry, whole in itself.
    fs::remove_file(place.path("ketnoi.db")).unwrap();
    place.run(&["migrate", "up"]).good();
    place.write("files/one.toml", &ORGANISATION.replace("Một", "Khác"));
    place.run(&["import", "registry", "files"]).good();
    place.run(&["check", "audit"]).good();
    place.run(&["check", "audit", "--anchor", "anchor.json"]).failed(&["it is not the one that the anchor was taken of"]);
}

#[test]
fn a_signed_anchor_is_believed_only_by_its_key() {
    let place = registry();
    place.write("key", &format!("{}\n", "1f".repeat(32)));
    place.write("other", &format!("{}\n", "2e".repeat(32)));
    place.run(&["check", "audit", "--write-anchor", "anchor.json", "--signing-key-file", "key"]).good();
    let met = place.run(&["check", "audit", "--anchor", "anchor.json", "--signing-key-file", "key"]).good().out;
    assert!(met.contains("was met; it is signed by the key "), "{met}");
    assert!(place.run(&["check", "audit", "--anchor", "anchor.json"]).good().out.contains("compare it with the registry's"));
    let other = place.run(&["check", "audit", "--anchor", "anchor.json", "--signing-key-file", "other"]);
    other.failed(&["anchor.json", "the anchor was signed by another key than the one given"]);
    let text = fs::read_to_string(place.path("anchor.json")).unwrap();
    place.write("forged.json", &text.replace("\"revision\": 1", "\"revision\": 2"));
    place.run(&["check", "audit", "--anchor", "forged.json"]).failed(&["the signature of the anchor does not hold"]);
    place.write("nonsense", "not a key");
    place.run(&["check", "audit", "--signing-key-file", "nonsense"]).failed(&["this is no signing key", "openssl rand -hex 32"]);
    place.run(&["check", "audit", "--anchor", "no-such-file"]).failed(&["no-such-file cannot be read"]);
}

#[test]
fn an_empty_registry_has_nothing_to_anchor() {
    let place = Place::new();
    place.run(&["migrate", "up"]).good();
    assert_eq!(place.run(&["check", "audit"]).good().out, "no entry is chained so far\n");
    place.run(&["check", "audit", "--write-anchor", "a.json"]).failed(&["there is nothing to take an anchor of"]);
    assert!(!place.path("a.json").exists());
}

#[test]
fn a_registry_as_its_writers_leave_it_is_consistent_and_what_is_not_is_named() {
    let place = Place::new();
    place.run(&["migrate", "up"]).good();
    place.run(&["import", "registry", &acvn()]).good();
    assert_eq!(place.run(&["check", "registry"]).good().out, "the registry is as its writers leave it\n");
    for (altered, said) in [
        ("UPDATE programme SET effective = 0 WHERE code = 'MPED'", "programme MPED: its effective visibility is 0"),
        (
            "DELETE FROM search_entry WHERE record_id = (SELECT id FROM organisation WHERE code = 'ACVN')",
            "organisation ACVN: the search does not know it",
        ),
        (
            "UPDATE participation SET code = 'NOBODY:funding:X' WHERE code = 'ACCA:funding:ACHR'",
            "participation NOBODY:funding:X: its code is below",
        ),
    ] {
        alter(&place, altered);
        let outcome = place.run(&["check", "registry"]);
        outcome.failed(&["not as a writer leaves them"]);
        assert!(outcome.out.contains(said), "{}", outcome.out);
    }
    // It says what is wrong, and leaves it so.
    let again = place.run(&["check", "registry"]);
    assert!(again.out.contains("programme MPED: its effective visibility is 0"), "{}", again.out);
}
