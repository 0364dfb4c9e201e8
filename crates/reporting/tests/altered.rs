//! Whether a file is the report that it claims to be: what was changed in it is found, and what two reports differ in.

mod samples;

use std::collections::BTreeMap;

use ketnoi_domain::{Lang, Text};
use ketnoi_reporting::{Definition, Difference, Options, ReportModel, Snapshot, differences, model, render, verify};
use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, content::Operation};

fn summary() -> Definition {
    Definition::builtin("programme-summary").expect("the definition is built in")
}

fn made(snapshot: &Snapshot, lang: Lang) -> Vec<u8> {
    render(&summary(), snapshot, lang, &Options::default()).expect("the sample is sound").pdf
}

/// The bytes of a file after a change.
fn changed(pdf: &[u8], change: impl FnOnce(&mut Document)) -> Vec<u8> {
    let mut document = Document::load_mem(pdf).expect("the file can be read");
    change(&mut document);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("the file can be written");
    bytes
}

/// Why a file is refused.
#[track_caller]
fn refusal(pdf: &[u8]) -> String {
    verify(pdf).expect_err("the file was changed").to_string()
}

#[test]
fn a_fresh_file_passes_and_tells_what_it_is_of() {
    for (name, snapshot) in samples::all() {
        let report = render(&summary(), &snapshot, Lang::De, &Options::default()).unwrap();
        let model = verify(&report.pdf).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(model, report.model, "{name}");
    }
}

/// The digits of each font of a page, by their codes.
fn digits(document: &Document, page: ObjectId) -> BTreeMap<Vec<u8>, Vec<Vec<u8>>> {
    let fonts = document.get_page_fonts(page).expect("the page has fonts");
    let digits_of = |font: &Dictionary| {
        let encoding = font.get_font_encoding(document).expect("the font has an encoding");
        let is_digit = |code: &Vec<u8>| {
            let text = Document::decode_text(&encoding, code).unwrap_or_default();
            text.len() == 1 && text.chars().all(|c| c.is_ascii_digit())
        };
        (0..1000u16).map(|code| code.to_be_bytes().to_vec()).filter(is_digit).collect::<Vec<_>>()
    };
    fonts.into_iter().map(|(name, font)| (name, digits_of(font))).collect()
}

/// Prints another digit in place of the first one that stands in these operations.
fn change_digit(operations: &mut [Operation], digits: &BTreeMap<Vec<u8>, Vec<Vec<u8>>>) -> bool {
    let mut known: &[Vec<u8>] = &[];
    for operation in operations {
        if operation.operator == "Tf" {
            let font = operation.operands.first().and_then(|f| f.as_name().ok());
            known = font.and_then(|f| digits.get(f)).map(Vec::as_slice).unwrap_or_default();
        }
        let Some(Object::Array(shown)) = operation.operands.first_mut().filter(|_| operation.operator == "TJ") else { continue };
        for object in shown {
            let Object::String(code, _) = &*object else { continue };
            let Some(at) = known.iter().position(|digit| digit == code) else { continue };
            let Some(other) = known.get(at + 1).or(known.first()).filter(|other| *other != code) else { continue };
            *object = Object::String(other.clone(), StringFormat::Hexadecimal);
            return true;
        }
    }
    false
}

#[test]
fn one_printed_digit_that_was_changed_is_found_with_its_page() {
    let pdf = made(&samples::mped(), Lang::Vi);
    for page in [1, 2] {
        let forged = changed(&pdf, |document| {
            let id = document.get_pages()[&page];
            let digits = digits(document, id);
            let mut content = document.get_and_decode_page_content(id).unwrap();
            assert!(change_digit(&mut content.operations, &digits), "page {page} has a digit that it can print otherwise");
            document.change_page_content(id, content.encode().unwrap()).unwrap();
        });
        let refusal = refusal(&forged);
        let said = format!("it differs from what its attached figures give: page {page} prints something else");
        assert!(refusal.contains(&said), "{refusal}");
    }
}

#[test]
fn a_file_that_was_only_written_anew_is_no_longer_the_one_that_was_made() {
    let pdf = made(&samples::mped(), Lang::En);
    let refusal = refusal(&changed(&pdf, |_| {}));
    assert!(refusal.contains("the pages print the same, but what surrounds them was changed"), "{refusal}");
}

#[test]
fn a_page_that_was_taken_out_is_found() {
    let pdf = made(&samples::mped(), Lang::En);
    let refusal = refusal(&changed(&pdf, |document| document.delete_pages(&[2])));
    assert!(refusal.contains("pages, and should have "), "{refusal}");
}

/// The attachment, for a change.
fn attach(document: &mut Document, change: impl FnOnce(String) -> String) {
    let embedded = |object: &Object| object.as_stream().is_ok_and(|s| s.dict.has_type(b"EmbeddedFile"));
    let id = document.objects.iter().find(|(_, object)| embedded(object)).map(|(id, _)| *id).expect("something is attached");
    let stream = document.get_object_mut(id).and_then(Object::as_stream_mut).expect("it is a stream");
    let json = String::from_utf8(stream.decompressed_content().expect("it can be read")).expect("it is text");
    stream.set_plain_content(change(json).into_bytes());
}

#[test]
fn figures_that_were_changed_in_the_attachment_are_found() {
    let pdf = made(&samples::mped(), Lang::En);
    let refusal_of = |from: &str, to: &str| {
        refusal(&changed(&pdf, |document| {
            attach(document, |json| {
                let forged = json.replace(from, to);
                assert_ne!(forged, json, "`{from}` is attached");
                forged
            });
        }))
    };
    let figure = refusal_of("18,458,189", "18,458,198");
    assert!(figure.contains("it differs from what its attached figures give: page "), "{figure}");
    let shape = refusal_of("\"sections\":", "\"chapters\":");
    assert!(shape.contains("its attachment is no model of a report of this version"), "{shape}");
    // Nothing else than the model that was printed goes through, not even the same in other bytes.
    let spaced = refusal_of("\"sections\":", "\"sections\": ");
    assert!(spaced.contains("was changed") || spaced.contains("prints something else"), "{spaced}");
}

#[test]
fn what_is_no_report_or_only_a_part_of_one_is_refused() {
    let pdf = made(&samples::mped(), Lang::En);
    for part in [0, 9, pdf.len() / 3, pdf.len() / 2, pdf.len() - 40] {
        let refusal = refusal(&pdf[..part]);
        assert!(refusal.starts_with("it "), "{part} bytes of {}: {refusal}", pdf.len());
    }
    assert!(refusal(b"").starts_with("it is no PDF that can be read: "));
    assert!(refusal("A letter to the funder.\n".repeat(99).as_bytes()).starts_with("it is no PDF that can be read: "));
    let bare = changed(&pdf, |document| {
        document.objects.retain(|_, object| !object.as_stream().is_ok_and(|s| s.dict.has_type(b"EmbeddedFile")));
    });
    assert_eq!(refusal(&bare), "no figures of a report are attached to it");
}

#[test]
fn a_file_of_another_version_is_named_with_the_program_that_made_it() {
    let pdf = made(&samples::mped(), Lang::En);
    let by = |producer: Option<&str>| {
        let other = changed(&pdf, |document| {
            let info = document.trailer.get(b"Info").and_then(Object::as_reference).unwrap();
            let info = document.get_dictionary_mut(info).unwrap();
            match producer {
                Some(producer) => info.set("Producer", Object::string_literal(producer)),
                None => drop(info.remove(b"Producer")),
            }
        });
        refusal(&other)
    };
    let older = by(Some("Ket Noi 0.0.1"));
    assert!(
        older.starts_with("it was made by Ket Noi 0.0.1, and only the same version can make it again; this is Kết Nối "),
        "{older}"
    );
    assert!(by(None).starts_with("it was made by an unknown program, "));
}

/// A report of places and documents only.
fn short(snapshot: &Snapshot) -> ReportModel {
    let text = "title.en = \"Short\"\n[[section]]\nname = \"places\"\n[[section]]\nname = \"documents\"\n[[section]]\nname = \"provenance\"\n";
    let definition = Definition::parse("short", text).expect("the definition is sound");
    model::build(&definition, snapshot, Lang::En, &Options::default()).expect("the sample is sound")
}

#[test]
fn two_models_differ_in_the_section_and_the_line_that_changed() {
    let before = samples::mped();
    let mut after = before.clone();
    after.places[0].name = Text::new(Lang::Vi, "Hải Phòng");
    let found = differences(&short(&before), &short(&after));
    let [only] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(only.section, "Places");
    assert!(only.before.len() == 1 && only.before[0].contains("Hà Tĩnh"), "{only}");
    assert!(only.after.len() == 1 && only.after[0].contains("Hải Phòng"), "{only}");
    let said = only.to_string();
    assert!(said.starts_with("Places: “") && said.contains("” then, “") && said.ends_with("” now"), "{said}");

    after = before.clone();
    after.places.clear();
    let found = differences(&short(&before), &short(&after));
    let gone = found.iter().find(|d| d.section == "Places").unwrap_or_else(|| panic!("{found:?}"));
    assert!(gone.before.len() >= 4 && gone.to_string().ends_with("then, nothing now"), "{gone}");

    after = before.clone();
    after.documents[2].title = Text::new(Lang::Vi, "Tài liệu khác");
    let found = differences(&short(&before), &short(&after));
    assert!(found.iter().any(|d| d.before.iter().any(|line| line.contains("Các đối tác quốc tế"))), "{found:?}");
}

#[test]
fn that_a_report_was_made_at_another_time_is_no_difference() {
    let before = samples::mped();
    let mut after = before.clone();
    after.revision += 7;
    after.taken = "2027-02-03T04:05:06Z".into();
    assert_eq!(differences(&short(&before), &short(&after)), Vec::<Difference>::new());
}
