//! The bookmarks. printpdf's own are flat and point at whole pages.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::finish::{name, text};
use crate::layout::{Bookmark, PAGE_HEIGHT};

/// Adds the bookmarks and gives the outline's object; `None` where there are none.
pub(super) fn add(document: &mut Document, bookmarks: &[Bookmark], pages: &[ObjectId]) -> Option<ObjectId> {
    if bookmarks.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = bookmarks.iter().map(|_| document.new_object_id()).collect();
    let parents: Vec<Option<usize>> = (0..bookmarks.len()).map(|i| parent(bookmarks, i)).collect();
    let children = |of: Option<usize>| -> Vec<usize> { (0..ids.len()).filter(|i| parents[*i] == of).collect() };
    let family = |entry: &mut Dictionary, children: &[usize]| {
        if let (Some(first), Some(last)) = (children.first(), children.last()) {
            entry.set("First", ids[*first]);
            entry.set("Last", ids[*last]);
            entry.set("Count", children.len() as i64);
        }
    };
    for (i, bookmark) in bookmarks.iter().enumerate() {
        let siblings = children(parents[i]);
        let at = siblings.iter().position(|s| *s == i).unwrap_or_default();
        let above = (PAGE_HEIGHT - bookmark.y + 6.0).round();
        let place = vec![pages[bookmark.page].into(), name("XYZ"), Object::Null, above.into(), Object::Null];
        let mut entry = dictionary! {
            "Title" => text(&bookmark.title), "Parent" => parents[i].map_or(root, |p| ids[p]), "Dest" => place,
        };
        if let Some(previous) = at.checked_sub(1) {
            entry.set("Prev", ids[siblings[previous]]);
        }
        if let Some(next) = siblings.get(at + 1) {
            entry.set("Next", ids[*next]);
        }
        family(&mut entry, &children(Some(i)));
        document.set_object(ids[i], entry);
    }
    let mut outline = dictionary! { "Type" => "Outlines" };
    family(&mut outline, &children(None));
    // All entries are open, so the root counts every one that shows.
    outline.set("Count", bookmarks.len() as i64);
    document.set_object(root, outline);
    Some(root)
}

/// The bookmark that another stands below: the nearest one before it that is less deep.
fn parent(bookmarks: &[Bookmark], i: usize) -> Option<usize> {
    (0..i).rev().find(|j| bookmarks[*j].depth < bookmarks[i].depth)
}
