//! The structure tree, the way back from content to it, and the links that are a part of it.

use std::collections::BTreeMap;

use ketnoi_domain::Coded;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::finish::{name, text};
use crate::{
    ReportError,
    layout::{Destination, Kid, Layout, Link, Node, PAGE_HEIGHT, Rect, Role, Scope},
};

/// Adds the links and the structure; gives the structure's root.
pub(super) fn add(document: &mut Document, layout: &Layout, pages: &[ObjectId]) -> Result<ObjectId, ReportError> {
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = layout.nodes.iter().map(|_| document.new_object_id()).collect();
    let mut parents = Parents { numbers: Vec::new(), next: layout.pages.len() as i64 };
    for (index, page) in layout.pages.iter().enumerate() {
        let owners: Vec<Object> = page.owners.iter().map(|node| ids[*node].into()).collect();
        parents.numbers.extend([(index as i64).into(), Object::Array(owners)]);
    }
    let mut links = Vec::with_capacity(layout.pages.len());
    for (page, id) in layout.pages.iter().zip(pages) {
        let placed: Vec<ObjectId> = page.links.iter().map(|l| parents.link(document, l, pages, &ids)).collect();
        let dict = document.get_dictionary_mut(*id).map_err(|e| ReportError::Pdf(e.to_string()))?;
        dict.set("StructParents", links.len() as i64);
        dict.set("Tabs", name("S"));
        dict.remove(b"Annots");
        if !placed.is_empty() {
            dict.set("Annots", placed.iter().map(|l| Object::from(*l)).collect::<Vec<_>>());
        }
        links.push(placed);
    }
    let mut attributes = BTreeMap::new();
    for (index, node) in layout.nodes.iter().enumerate() {
        let mut element = element(node, &ids, pages, &links);
        element.set("P", if index == 0 { root } else { ids[node.parent] });
        if let Some(picture) = &node.picture {
            element.set("Alt", text(&picture.alternative));
            let bounds = dictionary! { "O" => "Layout", "Placement" => name("Block"), "BBox" => corners(picture.rect) };
            element.set("A", bounds);
        } else if let Some(shared) = attribute(document, &mut attributes, node) {
            element.set("A", shared);
        }
        document.set_object(ids[index], element);
    }
    let next = parents.next;
    let tree = document.add_object(dictionary! { "Nums" => parents.numbers });
    let dict = dictionary! { "Type" => "StructTreeRoot", "K" => ids[0], "ParentTree" => tree, "ParentTreeNextKey" => next };
    document.set_object(root, dict);
    Ok(root)
}

/// A rectangle by its corners, from the foot of the page.
fn corners(r: Rect) -> Vec<Object> {
    let corners = [r.x, PAGE_HEIGHT - r.y - r.height, r.x + r.width, PAGE_HEIGHT - r.y];
    corners.iter().map(|c| Object::Real(*c)).collect()
}

/// The parent tree in the making: from the numbers of pages and links to the elements that own them.
struct Parents {
    numbers: Vec<Object>,
    next: i64,
}

impl Parents {
    fn link(&mut self, document: &mut Document, link: &Link, pages: &[ObjectId], ids: &[ObjectId]) -> ObjectId {
        let mut dict = dictionary! {
            "Type" => "Annot", "Subtype" => "Link", "F" => 4,
            "Rect" => corners(link.rect),
            "Border" => vec![0.into(), 0.into(), 0.into()],
            "StructParent" => self.next,
        };
        match &link.to {
            Destination::Url(url) => {
                dict.set("Contents", text(&format!("{} ({url})", link.text)));
                dict.set("A", dictionary! { "S" => "URI", "URI" => Object::string_literal(ascii(url)) });
            }
            Destination::Place { page, y } => {
                dict.set("Contents", text(&link.text));
                let above = (PAGE_HEIGHT - y + 6.0).round();
                let place: Vec<Object> = vec![pages[*page].into(), name("XYZ"), Object::Null, above.into(), Object::Null];
                dict.set("Dest", place);
            }
        }
        self.numbers.extend([self.next.into(), ids[link.node].into()]);
        self.next += 1;
        document.add_object(dict)
    }
}

/// An address as PDF wants it: 7-bit ASCII, everything else percent-encoded.
fn ascii(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A structure element without its parent and attributes.
fn element(node: &Node, ids: &[ObjectId], pages: &[ObjectId], links: &[Vec<ObjectId>]) -> Dictionary {
    let mut element = dictionary! { "S" => name(node.role.name()) };
    let home = node.kids.iter().find_map(|kid| match kid {
        Kid::Content { page, .. } | Kid::Link { page, .. } => Some(*page),
        Kid::Node(_) => None,
    });
    let kid = |kid: &Kid| -> Object {
        match kid {
            Kid::Node(id) => ids[*id].into(),
            Kid::Content { page, id } if Some(*page) == home => (*id as i64).into(),
            Kid::Content { page, id } => dictionary! { "Type" => "MCR", "Pg" => pages[*page], "MCID" => *id as i64 }.into(),
            Kid::Link { page, link } => {
                dictionary! { "Type" => "OBJR", "Pg" => pages[*page], "Obj" => links[*page][*link] }.into()
            }
        }
    };
    let mut kids: Vec<Object> = node.kids.iter().map(kid).collect();
    if kids.len() == 1 {
        element.set("K", kids.remove(0));
    } else if !kids.is_empty() {
        element.set("K", kids);
    }
    if let Some(page) = home {
        element.set("Pg", pages[page]);
    }
    if let Some(lang) = node.lang {
        element.set("Lang", Object::string_literal(lang.code()));
    }
    element
}

/// A node's attributes. There are few different ones, so each is one object that many elements share.
fn attribute(document: &mut Document, known: &mut BTreeMap<(u8, usize), ObjectId>, node: &Node) -> Option<ObjectId> {
    let kind = match node.role {
        Role::TH(Scope::Column) => 1,
        Role::TH(Scope::Row) => 2,
        Role::TD if node.span > 1 => 3,
        Role::L { numbered: true } => 4,
        Role::L { numbered: false } => 5,
        _ => return None,
    };
    let make = || {
        let mut dict = dictionary! { "O" => if kind < 4 { "Table" } else { "List" } };
        match kind {
            1 => dict.set("Scope", "Column"),
            2 => dict.set("Scope", "Row"),
            4 => dict.set("ListNumbering", "Decimal"),
            5 => dict.set("ListNumbering", "Disc"),
            _ => {}
        }
        if node.span > 1 {
            dict.set("ColSpan", node.span as i64);
        }
        document.add_object(dict)
    };
    Some(*known.entry((kind, node.span)).or_insert_with(make))
}
