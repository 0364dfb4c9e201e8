//! The documents that facts come from, numbered: figures and statements elsewhere lead here.

use crate::{
    DocumentFacts,
    model::{Author, Block, Item, Rich, Style, Target, author::document_anchor},
};

/// A numbered list.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let documents = &author.snapshot.documents;
    if documents.is_empty() {
        return Vec::new();
    }
    let item = |(i, d): (usize, &DocumentFacts)| Item {
        label: format!("[{}]", i + 1),
        anchor: Some(document_anchor(&d.key)),
        text: entry(author, d),
    };
    vec![Block::List(documents.iter().enumerate().map(item).collect())]
}

/// A publisher's name in the reader's language where it is one of the organisations of the report; else as it is written.
fn publisher(author: &Author<'_>, written: &str) -> String {
    let snapshot = author.snapshot;
    let known = std::iter::once(&snapshot.publisher.name).chain(snapshot.participations.iter().map(|p| &p.name));
    // An acronym in brackets after the name stays as it is.
    let (name, acronym) = written.find(" (").map_or((written, ""), |at| written.split_at(at));
    let own = known.filter(|text| text.get(author.lang()).is_some()).find(|text| text.iter().any(|(_, n)| n == name));
    let Some(own) = own.map(|text| author.plain(text)) else { return written.to_owned() };
    if acronym.contains(&own) { own } else { format!("{own}{acronym}") }
}

fn entry(author: &Author<'_>, d: &DocumentFacts) -> Rich {
    let category = d.category.map(|c| author.coded("document", c).into()).unwrap_or_default();
    let publisher = d.publisher.as_deref().map(|p| Rich::from(publisher(author, p))).unwrap_or_default();
    let dated = |key: &str, date: String| Rich::from(author.say_with(key, &[("date", &date)]));
    let published = d.published.map(|p| dated("published-on", author.date(p))).unwrap_or_default();
    let modified = d.modified.map(|m| dated("modified-on", author.date(m))).unwrap_or_default();
    let language = d.language.filter(|l| *l != author.lang()).map(|l| author.coded("lang", l).into()).unwrap_or_default();
    let about = Rich::joined([publisher, category, published, modified, language], ", ");
    let note = author.text(&d.note);
    let url = d.url.as_deref().map(|u| Rich::link(u, Target::Url(u.to_owned()))).unwrap_or_default();
    let title = author.text_or_unknown(&d.title).restyled(Style::Strong);
    Rich::joined([title, about, note.restyled(Style::Faint), url], "\n")
}
