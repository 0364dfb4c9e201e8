//! People's data from the command line: who is kept, what is handed out, and that the erased are gone.

use std::fs;

use serde_json::Value;

use crate::support::{Place, acvn};

fn registry() -> Place {
    let place = Place::new();
    place.run(&["migrate", "up"]).good();
    place.run(&["import", "registry", &acvn()]).good();
    place
}

#[test]
fn everything_that_is_kept_is_written_in_the_language_asked_for() {
    let place = registry();
    let list = place.run(&["person", "list"]).good().out;
    assert!(list.contains("do-hau") && list.contains("lawful_publication"), "{list}");
    assert_eq!(place.run(&["person", "list", "--name", "do hau"]).good().out.lines().count(), 2);
    let told = place.run(&["person", "export", "--name", "Đỗ Hậu", "--lang", "fr", "--out", "hau.json"]).good().out;
    assert!(told.contains("hau.json holds everything that is kept"), "{told}");
    let export: Value = serde_json::from_str(&fs::read_to_string(place.path("hau.json")).unwrap()).unwrap();
    assert_eq!(export["persons"]["entries"][0]["code"], "do-hau");
    assert_eq!(export["persons"]["entries"][0]["legal_basis"]["code"], "lawful_publication");
    assert!(export["about"].as_str().unwrap().starts_with("Voici tout"), "{export}");
    let printed = place.run(&["person", "export", "do-hau"]).good().out;
    assert!(printed.contains("toàn bộ dữ liệu về bạn"), "{printed}");

    place.run(&["person", "export", "nobody", "--lang", "en"]).failed(&["people.0:", "Nobody is kept"]);
    place.run(&["person", "export", "--name", "Nobody At All"]).failed(&["nobody of whom data are kept"]);
    assert_eq!(place.run(&["person", "export"]).status, Some(2));
    assert_eq!(place.run(&["person", "set", "do-hau", "--purpose", "fun"]).status, Some(2));
}

#[test]
fn who_was_erased_is_gone_and_an_import_does_not_bring_them_back() {
    let place = registry();
    place.run(&["person", "erase", "do-hau", "--reason", "Đỗ Hậu asked"]).failed(&["reason:", "names the person"]);
    let erased = place.run(&["person", "erase", "do-hau", "--reason", "asked by letter"]).good().out;
    assert!(erased.contains("erased: persons 1, roles 2"), "{erased}");
    assert!(erased.contains("no text of the registry names them any more"), "{erased}");
    let import = place.run(&["import", "registry", &acvn()]).good();
    assert!(import.err.contains("a record of a person who was erased is left out"), "{}", import.err);
    assert!(!place.run(&["person", "list"]).good().out.contains("do-hau"));
    place.run(&["person", "export", "do-hau"]).failed(&["people.0:"]);
    place.run(&["check", "audit"]).good();
}

#[test]
fn a_sweep_says_whom_it_would_end_before_it_does() {
    let place = registry();
    let set = place.run(&["person", "set", "do-hau", "--until", "2020"]).good().out;
    assert_eq!(set, "kept for public_role by lawful_publication, until: 2020-12-31\n");
    let due = place.run(&["person", "list", "--due"]).good().out;
    assert!(due.contains("do-hau") && due.lines().count() == 2, "{due}");
    let dry = place.run(&["person", "sweep", "--dry-run"]).good().out;
    assert!(dry.ends_with("1 would be swept\n"), "{dry}");
    let swept = place.run(&["person", "sweep"]).good().out;
    assert!(swept.starts_with("entries of participants taken away: 0; persons erased: 1\n"), "{swept}");
    assert!(place.run(&["person", "sweep"]).good().out.starts_with("entries of participants taken away: 0; persons erased: 0"));
}
