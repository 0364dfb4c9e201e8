//! What the programme tells in words, by section and then by period, read from a small markup.

use ketnoi_domain::{Coded as _, NarrativeSection};

use super::asked::Asked;
use crate::{
    NarrativeFacts,
    definition::SectionSpec,
    model::{
        Author, Block, Item, Rich,
        build::{body, heading, note},
        markup::{self, Piece},
    },
};

/// The narratives of the period that was asked for, those of the parts that the definition names. A part has a heading where
/// there are several; a narrative says its period where that is not the one that the report is on.
pub(super) fn blocks(author: &Author<'_>, spec: &SectionSpec) -> Vec<Block> {
    let asked = Asked::of(author);
    let told = author.snapshot.narratives.iter().filter(|n| asked.meets(n.period) && spec.wants(n.section.name()));
    let told: Vec<&NarrativeFacts> = told.collect();
    let alone = only_part(spec).is_some();
    let mut blocks = Vec::new();
    for section in NarrativeSection::ALL {
        let own: Vec<&&NarrativeFacts> = told.iter().filter(|n| n.section == *section).collect();
        if !own.is_empty() && !alone {
            blocks.push(heading(author.coded("narrative", *section)));
        }
        for narrative in own {
            if !asked.is_same(narrative.period) {
                blocks.extend(author.period(narrative.period).map(note));
            }
            blocks.extend(text(author, narrative));
        }
    }
    blocks
}

/// The part that a definition asks for, if it is one alone: the section then bears its name.
pub(super) fn only_part(spec: &SectionSpec) -> Option<NarrativeSection> {
    match spec.parts.as_deref() {
        Some([part]) => NarrativeSection::from_name(part),
        _ => None,
    }
}

/// A narrative in the reader's language, else in another, whose mark follows its last word.
fn text(author: &Author<'_>, narrative: &NarrativeFacts) -> Vec<Block> {
    let served = author.text(&narrative.text);
    let [words, mark @ ..] = served.0.as_slice() else { return Vec::new() };
    let mut pieces = markup::parse(&words.text);
    let texts = pieces.iter_mut().flat_map(|piece| match piece {
        Piece::Paragraph(text) => std::slice::from_mut(text).iter_mut(),
        Piece::List(items) => items.iter_mut(),
    });
    let mut last: Option<&mut Rich> = None;
    for text in texts {
        for span in &mut text.0 {
            span.lang = words.lang;
        }
        last = Some(text);
    }
    if let Some(last) = last {
        last.0.extend(mark.iter().cloned());
    }
    let block = |piece: Piece| match piece {
        Piece::Paragraph(text) => body(text),
        Piece::List(items) => Block::List(items.into_iter().map(item).collect()),
    };
    pieces.into_iter().map(block).collect()
}

fn item(text: Rich) -> Item {
    Item { label: "•".to_owned(), anchor: None, text }
}
