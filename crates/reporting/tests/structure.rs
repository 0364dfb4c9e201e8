//! The tags of a file: content, structure tree and parent tree have to agree, and the text has to come out again.
//!
//! Validators miss a wrong number of marked content, so it is checked here.

mod samples;

use std::collections::{BTreeMap, BTreeSet};

use ketnoi_domain::Lang;
use ketnoi_reporting::{Definition, Options, render};
use lopdf::{Dictionary, Document, Object, ObjectId, content::Content};

/// The document of a report.
fn document(snapshot: &ketnoi_reporting::ProgrammeSnapshot, lang: Lang) -> Document {
    let definition = Definition::builtin("programme-summary").expect("the definition is built in");
    let report = render(&definition, snapshot, lang, &Options::default()).expect("the sample is sound");
    Document::load_mem(&report.pdf).expect("the file can be read")
}

fn dict<'d>(document: &'d Document, object: &'d Object) -> &'d Dictionary {
    let object = object.as_reference().map_or(object, |id| document.get_object(id).expect("the object is there"));
    object.as_dict().expect("it is a dictionary")
}

/// The numbers of marked content on a page, in order; every text and every rule is marked.
fn marked(document: &Document, page: ObjectId) -> Vec<i64> {
    let content = Content::decode(&document.get_page_content(page)).expect("it can be read");
    let (mut numbers, mut open) = (Vec::new(), false);
    for operation in content.operations {
        match operation.operator.as_str() {
            "BDC" => {
                assert!(!open, "marked content does not nest");
                open = true;
                let properties = operation.operands[1].as_dict().expect("it has properties");
                let artifact = operation.operands[0].as_name().expect("it has a tag") == b"Artifact";
                assert_eq!(artifact, !properties.has(b"MCID"));
                numbers.extend(properties.get(b"MCID").and_then(Object::as_i64));
            }
            "EMC" => open = false,
            "TJ" | "f" => assert!(open, "something is drawn without a mark"),
            _ => {}
        }
    }
    numbers
}

/// What the tree claims to own: marked content by page and number, annotations by their number in the parent tree.
#[derive(Default)]
struct Owned {
    content: BTreeMap<(ObjectId, i64), ObjectId>,
    links: BTreeMap<i64, ObjectId>,
    roles: BTreeSet<String>,
}

fn walk(document: &Document, element: ObjectId, owned: &mut Owned) {
    let own = document.get_dictionary(element).expect("the element is there");
    owned.roles.insert(String::from_utf8_lossy(own.get(b"S").and_then(Object::as_name).expect("it has a role")).into_owned());
    let page = own.get(b"Pg").and_then(Object::as_reference).ok();
    let kids = match own.get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(kid) => vec![kid.clone()],
        Err(_) => Vec::new(),
    };
    for kid in &kids {
        if let Ok(number) = kid.as_i64() {
            let before = owned.content.insert((page.expect("it has a page"), number), element);
            assert!(before.is_none(), "content has one owner");
            continue;
        }
        let of = dict(document, kid);
        match of.get(b"Type").and_then(Object::as_name) {
            Ok(b"MCR") => {
                let page = of.get(b"Pg").and_then(Object::as_reference).expect("it has a page");
                let number = of.get(b"MCID").and_then(Object::as_i64).expect("it has a number");
                assert!(owned.content.insert((page, number), element).is_none());
            }
            Ok(b"OBJR") => {
                let link = dict(document, of.get(b"Obj").expect("it has an object"));
                let number = link.get(b"StructParent").and_then(Object::as_i64).expect("it has a number");
                assert!(link.has(b"Contents"), "a link says what it is");
                owned.links.insert(number, element);
            }
            _ => {
                assert_eq!(of.get(b"P").and_then(Object::as_reference).ok(), Some(element), "a kid knows its parent");
                walk(document, kid.as_reference().expect("elements are indirect"), owned);
            }
        }
    }
}

#[test]
fn content_structure_and_parent_tree_agree() {
    for (name, snapshot) in samples::all() {
        let document = document(&snapshot, Lang::Vi);
        let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap();
        let root = dict(&document, root);
        let mut owned = Owned::default();
        walk(&document, root.get(b"K").unwrap().as_reference().unwrap(), &mut owned);
        for role in ["Document", "Sect", "H1", "H2", "P", "Table", "TR", "TH", "TD"] {
            assert!(owned.roles.contains(role), "{name} has no {role}");
        }
        let numbers = dict(&document, root.get(b"ParentTree").unwrap()).get(b"Nums").unwrap().as_array().unwrap();
        let parents: BTreeMap<i64, &Object> = numbers.chunks(2).map(|p| (p[0].as_i64().unwrap(), &p[1])).collect();
        for page in document.get_pages().into_values() {
            let own = document.get_dictionary(page).unwrap().get(b"StructParents").and_then(Object::as_i64).unwrap();
            let owners = parents[&own].as_array().unwrap();
            let marked = marked(&document, page);
            assert_eq!(marked.len(), owners.len());
            for number in marked {
                let owner = owned.content.remove(&(page, number)).unwrap();
                assert_eq!(owners[usize::try_from(number).unwrap()].as_reference().unwrap(), owner);
            }
        }
        assert!(owned.content.is_empty(), "{name}: the tree owns what no page shows: {:?}", owned.content);
        for (number, element) in owned.links {
            assert_eq!(parents[&number].as_reference().unwrap(), element);
        }
    }
}

#[test]
fn text_comes_out_as_it_went_in() {
    let document = document(&samples::full(3, 3), Lang::Vi);
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    let text = document.extract_text(&pages).unwrap().replace('\n', "");
    for part in ["Ẫ Ễ Ỗ Ữ Ợ Ậ Ộ Ệ: dấu chồng phải đủ chỗ.", "10.000.000.000.000 VND", "chưa đặt mục tiêu", "[1]"]
    {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}
