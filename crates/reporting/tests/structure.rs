//! The tags of a file: content, structure tree and parent tree have to agree, and the text has to come out again.
//!
//! Validators miss a wrong number of marked content, so it is checked here; and that the check finds what it is for.

mod samples;
mod tags;

use ketnoi_domain::Lang;
use ketnoi_reporting::{Definition, Options, Shelf, Snapshot, SubjectKind, render};
use lopdf::{Dictionary, Document, Object, ObjectId, content::Operation};

fn document(definition: &Definition, snapshot: &Snapshot, lang: Lang) -> Document {
    let report = render(definition, snapshot, lang, &Options::default()).expect("the sample is sound");
    Document::load_mem(&report.pdf).expect("the file can be read")
}

fn summary(snapshot: &Snapshot, lang: Lang) -> Document {
    document(&Definition::builtin("programme-summary").expect("the definition is built in"), snapshot, lang)
}

#[test]
fn content_structure_and_parent_tree_agree() {
    for (name, snapshot) in samples::all() {
        let found = tags::audit(&summary(&snapshot, Lang::Vi));
        assert_eq!(found.faults, Vec::<String>::new(), "{name}");
        for role in ["Document", "Sect", "H1", "H2", "P", "Table", "TR", "TH", "TD"] {
            assert!(found.roles.contains(role), "{name} has no {role}");
        }
    }
}

#[test]
fn they_agree_in_every_report_of_a_programme() {
    let shelf = Shelf::builtin();
    let definitions = Definition::names(&shelf).into_iter().map(|name| Definition::load(&shelf, &name).unwrap());
    for definition in definitions.filter(|d| d.subject == SubjectKind::Programme) {
        for (name, snapshot) in samples::all() {
            if snapshot.subject.kind == SubjectKind::Programme {
                let faults = tags::audit(&document(&definition, &snapshot, Lang::Fr)).faults;
                assert_eq!(faults, Vec::<String>::new(), "{} of {name}", definition.name);
            }
        }
    }
}

/// A short report with a picture, a table and links.
fn sound() -> Document {
    let text = "title.en = \"Short\"\n[[section]]\nname = \"replication-stages\"\n[[section]]\nname = \"documents\"\n";
    let definition = Definition::parse("short", text).expect("the definition is sound");
    document(&definition, &samples::full(3, 3), Lang::En)
}

/// Plants a fault in a sound file: it has to be found, in these words.
#[track_caller]
fn found(plant: fn(&mut Document), said: &str) {
    let mut document = sound();
    assert_eq!(tags::audit(&document).faults, Vec::<String>::new());
    plant(&mut document);
    let faults = tags::audit(&document).faults;
    assert!(faults.iter().any(|fault| fault.contains(said)), "`{said}` is not in {faults:#?}");
}

/// Rewrites what a page draws.
fn rewrite(document: &mut Document, page: ObjectId, change: impl FnOnce(&mut Vec<Operation>)) {
    let mut content = document.get_and_decode_page_content(page).expect("the page can be read");
    change(&mut content.operations);
    let bytes = content.encode().expect("the page can be written");
    document.change_page_content(page, bytes).expect("the page is there");
}

fn first_page(document: &Document) -> ObjectId {
    document.get_pages()[&1]
}

/// What a page says of the marked content of this number.
fn properties(operations: &mut [Operation], number: i64) -> &mut Dictionary {
    let marks = operations.iter_mut().filter(|o| o.operator == "BDC");
    let mut properties = marks.filter_map(|o| o.operands.get_mut(1)?.as_dict_mut().ok());
    let found = properties.find(|p| p.get(b"MCID").and_then(Object::as_i64).is_ok_and(|n| n == number));
    found.expect("the page marks so much")
}

/// Takes the mark away that stands around the first of these operators, on whatever page it is.
fn unmark(document: &mut Document, operator: &str) {
    for page in document.get_pages().into_values() {
        let content = document.get_and_decode_page_content(page).expect("the page can be read");
        let Some(at) = content.operations.iter().position(|o| o.operator == operator) else { continue };
        let begin = content.operations[..at].iter().rposition(|o| o.operator == "BDC").expect("it is marked");
        let end = at + content.operations[at..].iter().position(|o| o.operator == "EMC").expect("the mark ends");
        return rewrite(document, page, |operations| {
            operations.remove(end);
            operations.remove(begin);
        });
    }
    panic!("no page has `{operator}`");
}

fn is_element(object: &Object, role: &str) -> bool {
    let Ok(own) = object.as_dict() else { return false };
    own.has(b"P") && own.get(b"S").and_then(Object::as_name).is_ok_and(|s| s == role.as_bytes())
}

/// The first element of a role.
fn element<'d>(document: &'d mut Document, role: &str) -> &'d mut Dictionary {
    let found = document.objects.values_mut().find(|object| is_element(object, role));
    found.and_then(|object| object.as_dict_mut().ok()).unwrap_or_else(|| panic!("there is no {role}"))
}

fn is_annotation(object: &Object) -> bool {
    object.as_dict().is_ok_and(|own| own.has_type(b"Annot"))
}

/// The first link.
fn link(document: &mut Document) -> &mut Dictionary {
    let found = document.objects.values_mut().find(|object| is_annotation(object));
    found.and_then(|object| object.as_dict_mut().ok()).expect("there is a link")
}

/// The structure's root.
fn root(document: &mut Document) -> &mut Dictionary {
    let root = document.catalog().and_then(|c| c.get(b"StructTreeRoot")).and_then(Object::as_reference);
    document.get_dictionary_mut(root.expect("there is a structure")).expect("it is there")
}

/// What the parent tree leads to from the content of the first page.
fn owners(document: &mut Document) -> &mut Vec<Object> {
    let tree = root(document).get(b"ParentTree").and_then(Object::as_reference).expect("there is a parent tree");
    let numbers = document.get_dictionary_mut(tree).and_then(|t| t.get_mut(b"Nums")).and_then(Object::as_array_mut);
    let owners = numbers.expect("it has numbers").get_mut(1).expect("the first page has an entry");
    owners.as_array_mut().expect("it has many entries")
}

#[test]
fn a_wrong_number_of_marked_content_is_found() {
    let renumber = |document: &mut Document| {
        let page = first_page(document);
        rewrite(document, page, |operations| properties(operations, 1).set("MCID", 900));
    };
    found(renumber, "page 1: content 900 has no owner");
    found(renumber, "page 1: content 1 is owned, and not marked");
    let double = |document: &mut Document| {
        let page = first_page(document);
        rewrite(document, page, |operations| properties(operations, 1).set("MCID", 0));
    };
    found(double, "page 1: content 0 is marked twice");
    let without = |document: &mut Document| {
        let page = first_page(document);
        rewrite(document, page, |operations| drop(properties(operations, 1).remove(b"MCID")));
    };
    found(without, "is marked without a number");
}

#[test]
fn a_parent_tree_that_is_missing_or_leads_astray_is_found() {
    found(|d| drop(root(d).remove(b"ParentTree")), "there is no parent tree");
    found(|d| owners(d).swap(0, 1), "page 1: the parent tree does not lead from content 0 to its owner");
    found(|d| drop(owners(d).pop()), "page 1: the parent tree has ");
}

#[test]
fn a_structure_that_does_not_hold_together_is_found() {
    found(|d| drop(element(d, "H1").remove(b"K")), "has no owner");
    found(|d| drop(element(d, "TD").remove(b"P")), "(TD) does not know its parent");
    found(|d| element(d, "H2").set("S", "P"), "is marked H2, its owner");
    found(|d| element(d, "Table").set("P", (1u32, 0u16)), "(Table) does not know its parent");
    found(|d| drop(d.catalog_mut().map(|c| c.remove(b"MarkInfo"))), "does not say that it is tagged");
    found(|d| drop(d.catalog_mut().map(|c| c.remove(b"StructTreeRoot"))), "there is no structure");
}

#[test]
fn a_picture_without_alternative_text_or_box_is_found() {
    found(|d| drop(element(d, "Figure").remove(b"Alt")), "has no alternative text");
    found(|d| element(d, "Figure").set("Alt", Object::string_literal("")), "has no alternative text");
    found(|d| drop(element(d, "Figure").remove(b"A")), "has no box");
}

#[test]
fn a_link_that_belongs_to_nothing_is_found() {
    found(|d| drop(link(d).remove(b"StructParent")), "has no number in the parent tree");
    found(|d| link(d).set("StructParent", 0), "the parent tree does not lead from annotation");
    found(|d| drop(link(d).remove(b"Contents")), "does not say what it is");
    found(|d| drop(element(d, "Link").remove(b"K")), "has no owner");
}

#[test]
fn what_is_drawn_without_a_mark_is_found() {
    found(|d| unmark(d, "c"), "`c` stands outside of every mark");
    found(|d| unmark(d, "re"), "`re` stands outside of every mark");
    found(|d| unmark(d, "TJ"), "`TJ` stands outside of every mark");
    let open = |document: &mut Document| {
        let page = first_page(document);
        rewrite(document, page, |operations| operations.retain(|o| o.operator != "EMC"));
    };
    found(open, "page 1: a mark begins within another");
}

#[test]
fn text_comes_out_as_it_went_in() {
    let document = summary(&samples::full(3, 3), Lang::Vi);
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    let text = document.extract_text(&pages).unwrap().replace('\n', "");
    for part in ["Ẫ Ễ Ỗ Ữ Ợ Ậ Ộ Ệ: dấu chồng phải đủ chỗ.", "10.000.000.000.000 VND", "chưa đặt mục tiêu", "[1]"]
    {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}
