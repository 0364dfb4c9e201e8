//! Reports from the command line: whole files or none.

use std::fs;

use crate::support::{Place, acvn};

fn filled() -> Place {
    let place = Place::new();
    place.run(&["migrate", "up"]).good();
    place.run(&["import", "registry", &acvn()]).good();
    place
}

#[test]
fn a_summary_of_a_programme_is_written_in_vietnamese_and_in_english() {
    let place = filled();
    for lang in ["vi", "en"] {
        let file = format!("mped-{lang}.pdf");
        let told = place.run(&["report", "programme-summary", "--programme", "MPED", "--lang", lang, "--out", &file]).good().out;
        let bytes = fs::read(place.path(&file)).unwrap();
        assert!(bytes.starts_with(b"%PDF-") && bytes.len() > 20_000, "{} bytes", bytes.len());
        assert!(told.starts_with(&format!("{file}: ")) && told.contains("pages") && told.contains("model SHA-256 "), "{told}");
    }
    let model = |lang: &str| {
        let file = format!("{lang}.json");
        place
            .run(&["report", "programme-summary", "--programme", "MPED", "--format", "json", "--lang", lang, "--out", &file])
            .good();
        fs::read_to_string(place.path(&file)).unwrap()
    };
    assert!(model("vi").contains("Đối tác đô thị phát triển kinh tế"));
    assert!(model("en").contains("Municipal Partners for Economic Development"));
}

#[test]
fn a_report_that_cannot_be_written_is_named_and_leaves_nothing_behind() {
    let place = filled();
    let before = place.names();
    let report = |out: &str| place.run(&["report", "programme-summary", "--programme", "MPED", "--out", out]);
    report("no/such/folder/mped.pdf").failed(&["no/such/folder/mped.pdf cannot be written"]);
    assert_eq!(place.names(), before);
    // A folder stands where the file should come.
    fs::create_dir(place.path("taken.pdf")).unwrap();
    report("taken.pdf").failed(&["taken.pdf cannot be written"]);
    let after: Vec<_> = place.names().into_iter().filter(|name| name != "taken.pdf").collect();
    assert_eq!(after, before);
    assert_eq!(fs::read_dir(place.path("taken.pdf")).unwrap().count(), 0);
    place
        .run(&["report", "programme-summary", "--programme", "NO-SUCH", "--out", "x.pdf"])
        .failed(&["there is no programme `NO-SUCH`"]);
    assert!(!place.path("x.pdf").exists());
}

#[test]
fn a_report_that_fails_leaves_the_one_before_it_as_it_was() {
    let place = filled();
    place.write("mped.pdf", "the report of last year");
    place.run(&["report", "programme-summary", "--programme", "NO-SUCH", "--out", "mped.pdf"]).failed(&[]);
    assert_eq!(fs::read_to_string(place.path("mped.pdf")).unwrap(), "the report of last year");
}
