//! Whether the tags of a file hold together: what its pages mark, what its structure owns, and the way back from the one to
//! the other (ISO 32000-1, 14.7 and 14.8). Validators miss a wrong number of marked content and a parent tree that leads
//! astray.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{
    Dictionary, Document, Object, ObjectId,
    content::{Content, Operation},
};

/// What draws, or prepares what is drawn: it has to stand in marked content.
const DRAWS: [&str; 24] = [
    "Tj", "TJ", "'", "\"", "m", "l", "c", "v", "y", "h", "re", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "BI",
    "EI",
];

/// What was found in a file.
pub(crate) struct Found {
    /// What is wrong, a line each; nothing in a sound file.
    pub(crate) faults: Vec<String>,
    /// The roles of its elements.
    pub(crate) roles: BTreeSet<String>,
}

/// Looks at a file.
pub(crate) fn audit(document: &Document) -> Found {
    let pages = document.get_pages().into_iter().map(|(number, id)| (id, number)).collect();
    let mut audit =
        Audit { document, pages, content: BTreeMap::new(), links: BTreeMap::new(), roles: BTreeMap::new(), faults: Vec::new() };
    audit.whole();
    Found { faults: audit.faults, roles: audit.roles.into_values().collect() }
}

struct Audit<'d> {
    document: &'d Document,
    /// The pages' numbers.
    pages: BTreeMap<ObjectId, u32>,
    /// Which element owns which content, by page and number.
    content: BTreeMap<(ObjectId, i64), ObjectId>,
    /// Which element owns which annotation.
    links: BTreeMap<ObjectId, ObjectId>,
    /// The role of each element.
    roles: BTreeMap<ObjectId, String>,
    faults: Vec<String>,
}

/// The way back: from the numbers of pages and annotations to their owners.
type Parents<'d> = BTreeMap<i64, &'d Object>;

impl<'d> Audit<'d> {
    fn fault(&mut self, fault: impl Into<String>) {
        self.faults.push(fault.into());
    }

    fn dict(&self, object: &'d Object) -> Option<&'d Dictionary> {
        self.document.dereference(object).ok()?.1.as_dict().ok()
    }

    fn whole(&mut self) {
        let document = self.document;
        let Ok(catalog) = document.catalog() else { return self.fault("there is no catalog") };
        let marked = catalog.get_deref(b"MarkInfo", document).and_then(Object::as_dict).and_then(|m| m.get(b"Marked"));
        if !marked.and_then(Object::as_bool).unwrap_or(false) {
            self.fault("the file does not say that it is tagged");
        }
        let Ok(id) = catalog.get(b"StructTreeRoot").and_then(Object::as_reference) else {
            return self.fault("there is no structure");
        };
        let Ok(root) = document.get_dictionary(id) else { return self.fault("there is no structure") };
        for kid in several(root, b"K") {
            match kid.as_reference() {
                Ok(kid) => self.element(kid, id),
                Err(_) => self.fault("an element is not an object of its own"),
            }
        }
        let parents = self.parents(root);
        let mut placed = BTreeSet::new();
        for (page, shown) in self.pages.clone() {
            self.page(page, shown, &parents);
            self.annotations(page, shown, &parents, &mut placed);
        }
        let lost: Vec<ObjectId> = self.links.keys().copied().filter(|link| !placed.contains(link)).collect();
        for link in lost {
            self.fault(format!("the structure owns annotation {}, which is on no page", link.0));
        }
    }

    /// The parent tree as a map.
    fn parents(&mut self, root: &'d Dictionary) -> Parents<'d> {
        let mut parents = Parents::new();
        let tree = root.get_deref(b"ParentTree", self.document).and_then(Object::as_dict);
        let Ok(numbers) = tree.and_then(|t| t.get(b"Nums")).and_then(Object::as_array) else {
            self.fault("there is no parent tree");
            return parents;
        };
        for pair in numbers.chunks(2) {
            let [key, value] = pair else {
                self.fault("the parent tree ends with a number that leads nowhere");
                continue;
            };
            let Ok(key) = key.as_i64() else {
                self.fault("the parent tree has a key that is no number");
                continue;
            };
            if parents.insert(key, value).is_some() {
                self.fault(format!("the parent tree has two entries {key}"));
            }
        }
        parents
    }

    /// An element and all below it.
    fn element(&mut self, id: ObjectId, parent: ObjectId) {
        let document = self.document;
        let Ok(own) = document.get_dictionary(id) else { return self.fault(format!("element {} is not there", id.0)) };
        let role = name(own, b"S");
        if role.is_empty() {
            self.fault(format!("element {} has no role", id.0));
        }
        if reference(own, b"P") != Some(parent) {
            self.fault(format!("element {} ({role}) does not know its parent {}", id.0, parent.0));
        }
        if role == "Figure" {
            self.figure(id, own);
        }
        if self.roles.insert(id, role).is_some() {
            return self.fault(format!("element {} stands in the structure twice", id.0));
        }
        let page = reference(own, b"Pg");
        for kid in several(own, b"K") {
            self.kid(kid, id, page);
        }
    }

    fn kid(&mut self, kid: &'d Object, element: ObjectId, page: Option<ObjectId>) {
        if let Ok(number) = kid.as_i64() {
            return self.own(page, Some(number), element);
        }
        let Some(of) = self.dict(kid) else { return self.fault(format!("element {} has a kid that is not there", element.0)) };
        match (name(of, b"Type").as_str(), kid.as_reference()) {
            ("MCR", _) => self.own(reference(of, b"Pg").or(page), integer(of, b"MCID"), element),
            ("OBJR", _) => match reference(of, b"Obj") {
                Some(link) if self.links.insert(link, element).is_none() => {}
                Some(link) => self.fault(format!("annotation {} has two owners", link.0)),
                None => self.fault(format!("element {} owns an object without naming it", element.0)),
            },
            (_, Ok(id)) => self.element(id, element),
            (_, Err(_)) => self.fault(format!("element {} has a kid that is not an object of its own", element.0)),
        }
    }

    fn own(&mut self, page: Option<ObjectId>, number: Option<i64>, element: ObjectId) {
        let known = page.and_then(|page| Some((page, *self.pages.get(&page)?)));
        let (Some((page, shown)), Some(number)) = (known, number) else {
            return self.fault(format!("element {} owns content of no page, or without its number", element.0));
        };
        if let Some(other) = self.content.insert((page, number), element) {
            self.fault(format!("page {shown}: content {number} has two owners, elements {} and {}", other.0, element.0));
        }
    }

    /// A picture says what it shows, and where it is.
    fn figure(&mut self, id: ObjectId, own: &'d Dictionary) {
        // Two bytes are the mark of UTF-16 alone.
        if !own.get(b"Alt").and_then(Object::as_str).is_ok_and(|alt| alt.len() > 2) {
            self.fault(format!("figure {} has no alternative text", id.0));
        }
        let has_box = |a: &Dictionary| a.get(b"BBox").and_then(Object::as_array).is_ok_and(|corners| corners.len() == 4);
        let boxed = several(own, b"A").into_iter().filter_map(|a| self.dict(a)).any(has_box);
        if !boxed {
            self.fault(format!("figure {} has no box", id.0));
        }
    }

    /// What a page marks has an owner, is owned once, and the parent tree leads to this owner.
    fn page(&mut self, page: ObjectId, shown: u32, parents: &Parents<'d>) {
        let document = self.document;
        let Ok(content) = Content::decode(&document.get_page_content(page)) else {
            return self.fault(format!("page {shown}: its content cannot be read"));
        };
        let marks = self.marks(shown, &content.operations);
        let key = document.get_dictionary(page).ok().and_then(|p| integer(p, b"StructParents"));
        let owners = key.and_then(|key| parents.get(&key)).and_then(|o| o.as_array().ok());
        let owners: &[Object] = owners.map(Vec::as_slice).unwrap_or_default();
        let mut seen = BTreeSet::new();
        for (number, tag) in &marks {
            if !seen.insert(*number) {
                self.fault(format!("page {shown}: content {number} is marked twice"));
                continue;
            }
            let Some(owner) = self.content.get(&(page, *number)).copied() else {
                self.fault(format!("page {shown}: content {number} has no owner"));
                continue;
            };
            if self.roles.get(&owner) != Some(tag) {
                self.fault(format!("page {shown}: content {number} is marked {tag}, its owner {} is something else", owner.0));
            }
            let back = usize::try_from(*number).ok().and_then(|n| owners.get(n)?.as_reference().ok());
            if back != Some(owner) {
                self.fault(format!("page {shown}: the parent tree does not lead from content {number} to its owner {}", owner.0));
            }
        }
        let lost: Vec<i64> =
            self.content.keys().filter(|(of, number)| *of == page && !seen.contains(number)).map(|(_, number)| *number).collect();
        for number in lost {
            self.fault(format!("page {shown}: content {number} is owned, and not marked"));
        }
        if owners.len() != seen.len() {
            self.fault(format!("page {shown}: the parent tree has {} entries for {} marks", owners.len(), seen.len()));
        }
    }

    /// The numbers of marked content on a page with their tags, in order.
    fn marks(&mut self, shown: u32, operations: &[Operation]) -> Vec<(i64, String)> {
        let (mut marks, mut unmarked, mut open) = (Vec::new(), BTreeSet::new(), false);
        for operation in operations {
            match operation.operator.as_str() {
                "BDC" | "BMC" => {
                    if open {
                        self.fault(format!("page {shown}: a mark begins within another"));
                    }
                    open = true;
                    marks.extend(self.mark(shown, &operation.operands));
                }
                "EMC" if open => open = false,
                "EMC" => self.fault(format!("page {shown}: a mark ends that did not begin")),
                draws if !open && DRAWS.contains(&draws) => {
                    unmarked.insert(draws.to_owned());
                }
                _ => {}
            }
        }
        if open {
            self.fault(format!("page {shown}: a mark does not end"));
        }
        for operator in unmarked {
            self.fault(format!("page {shown}: `{operator}` stands outside of every mark"));
        }
        marks
    }

    /// One mark: real content has a number, what is beside the content has none.
    fn mark(&mut self, shown: u32, operands: &[Object]) -> Option<(i64, String)> {
        let tag = operands.first().and_then(|t| t.as_name().ok()).map(lossy).unwrap_or_default();
        let number = operands.get(1).and_then(|p| integer(p.as_dict().ok()?, b"MCID"));
        match (tag == "Artifact", number) {
            (false, Some(number)) => return Some((number, tag)),
            (true, None) => {}
            (true, Some(number)) => self.fault(format!("page {shown}: an artifact has the number {number}")),
            (false, None) => self.fault(format!("page {shown}: {tag} is marked without a number")),
        }
        None
    }

    /// Every annotation belongs to an element, the parent tree leads to it, and it says what it is.
    fn annotations(&mut self, page: ObjectId, shown: u32, parents: &Parents<'d>, placed: &mut BTreeSet<ObjectId>) {
        let document = self.document;
        let own = document.get_dictionary(page).ok();
        let annotations = own.and_then(|p| p.get_deref(b"Annots", document).ok()?.as_array().ok());
        for annotation in annotations.into_iter().flatten() {
            let (Ok(id), Some(own)) = (annotation.as_reference(), self.dict(annotation)) else {
                self.fault(format!("page {shown}: an annotation is not an object of its own"));
                continue;
            };
            placed.insert(id);
            if !own.get(b"Contents").and_then(Object::as_str).is_ok_and(|said| said.len() > 2) {
                self.fault(format!("page {shown}: annotation {} does not say what it is", id.0));
            }
            let Some(owner) = self.links.get(&id).copied() else {
                self.fault(format!("page {shown}: annotation {} has no owner", id.0));
                continue;
            };
            let Some(number) = integer(own, b"StructParent") else {
                self.fault(format!("page {shown}: annotation {} has no number in the parent tree", id.0));
                continue;
            };
            if parents.get(&number).and_then(|o| o.as_reference().ok()) != Some(owner) {
                self.fault(format!("page {shown}: the parent tree does not lead from annotation {} to its owner", id.0));
            }
        }
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn name(dictionary: &Dictionary, key: &[u8]) -> String {
    dictionary.get(key).and_then(Object::as_name).map(lossy).unwrap_or_default()
}

fn reference(dictionary: &Dictionary, key: &[u8]) -> Option<ObjectId> {
    dictionary.get(key).and_then(Object::as_reference).ok()
}

fn integer(dictionary: &Dictionary, key: &[u8]) -> Option<i64> {
    dictionary.get(key).and_then(Object::as_i64).ok()
}

/// One or many, as PDF writes them.
fn several<'d>(dictionary: &'d Dictionary, key: &[u8]) -> Vec<&'d Object> {
    match dictionary.get(key) {
        Ok(Object::Array(all)) => all.iter().collect(),
        Ok(one) => vec![one],
        Err(_) => Vec::new(),
    }
}
