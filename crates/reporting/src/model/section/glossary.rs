//! The acronyms that a report uses, with what they stand for: only those that occur in it.

use std::collections::BTreeMap;

use ketnoi_domain::{Text, sort_key};

use crate::model::{Author, Block, Cell, Column, Rich, Row, Section, Table};

/// Terms that everyone in the field writes short, by the keys of their wording; each message reads `EU = European Union`, with
/// the acronym of its language.
const TERMS: [&str; 7] = ["eu", "gac", "iati", "ngo", "oecd", "sdg", "un"];

/// A table of the acronyms that occur in what the other sections say.
pub(super) fn blocks(author: &Author<'_>, told: &[&Section]) -> Vec<Block> {
    let words: Vec<String> = told.iter().flat_map(|section| section.blocks.iter().flat_map(words)).collect();
    let occurs = |acronym: &str| words.iter().any(|text| holds(text, acronym));
    let mut entries: Vec<(String, Text)> = meanings(author).into_iter().filter(|(acronym, _)| occurs(acronym)).collect();
    if entries.is_empty() {
        return Vec::new();
    }
    entries.sort_by_cached_key(|(acronym, _)| sort_key(acronym));
    let columns = vec![Column::names(author.say("column-acronym")), Column::text(author.say("column-meaning"))];
    let rows =
        entries.into_iter().map(|(acronym, meaning)| Row::plain(vec![Cell::text(acronym), Cell::text(author.text(&meaning))]));
    vec![Block::Table(Table { caption: String::new(), columns, rows: rows.collect() })]
}

/// What each acronym stands for; what the registry says of one comes before what the wording says.
fn meanings(author: &Author<'_>) -> BTreeMap<String, Text> {
    let snapshot = author.snapshot;
    let mut meanings = BTreeMap::new();
    let mut add = |acronym: Option<&str>, meaning: &Text| {
        let Some(acronym) = acronym.map(str::trim).filter(|a| !a.is_empty()) else { return };
        if !meaning.is_empty() && author.plain(meaning) != acronym {
            meanings.entry(acronym.to_owned()).or_insert_with(|| meaning.clone());
        }
    };
    let subject = &snapshot.subject;
    add(subject.short.as_deref(), &subject.title);
    if let Some(programme) = &snapshot.programme {
        add(programme.acronym.as_deref(), &programme.title);
    }
    add(snapshot.publisher.short.as_deref(), &snapshot.publisher.name);
    for p in &snapshot.participations {
        add(p.short.as_deref(), &p.name);
    }
    for term in TERMS {
        let entry = author.say(&format!("glossary-{term}"));
        if let Some((acronym, meaning)) = entry.split_once(" = ") {
            add(Some(acronym), &Text::new(author.lang(), meaning));
        }
    }
    meanings
}

/// Whether an acronym stands in a text as a word of its own, in just these letters.
fn holds(text: &str, acronym: &str) -> bool {
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let alone =
        |(at, found): (usize, &str)| apart(text[..at].chars().next_back()) && apart(text[at + found.len()..].chars().next());
    text.match_indices(acronym).any(alone)
}

/// All that a block says.
fn words(block: &Block) -> Vec<String> {
    match block {
        Block::Heading(text) | Block::Paragraph { text, .. } => vec![text.plain()],
        Block::Facts(facts) => {
            let values = facts.iter().flat_map(|f| &f.values).map(Rich::plain);
            facts.iter().map(|f| f.label.clone()).chain(values).collect()
        }
        Block::List(items) => items.iter().map(|i| i.text.plain()).collect(),
        Block::Table(table) => {
            let headings = table.columns.iter().map(|c| c.heading.clone());
            let cells = table.rows.iter().flat_map(|r| &r.cells).map(|c| c.text.plain());
            std::iter::once(table.caption.clone()).chain(headings).chain(cells).collect()
        }
        // What a picture shows stands in its alternative text.
        Block::Figure(figure) => vec![figure.caption.clone(), figure.alternative.clone(), figure.note.plain()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acronym_is_a_word_of_its_own() {
        assert!(holds("the EU, and others", "EU") && holds("EU", "EU") && holds("(MH-ĐTXVN)", "MH-ĐTXVN"));
        assert!(!holds("EUR 100", "EU") && !holds("NEU", "EU") && !holds("eu", "EU") && !holds("ĐEU", "EU"));
    }
}
