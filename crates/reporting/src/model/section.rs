//! The library of sections. Each file writes one; an empty list of blocks means that there is nothing to say. `budget` is a
//! part of `finance`; `cited` and `counted` are what several sections share.

mod acknowledgement;
mod budget;
mod cited;
mod classification;
mod conflicts;
mod counted;
mod dialogue;
mod documents;
mod events;
mod figures;
mod finance;
mod key_data;
mod participants;
mod places;
mod provenance;
mod recommendations;
mod replications;
mod results;
mod risks;

use super::{Author, Block, build::body};
use crate::{
    ReportError,
    definition::{SectionName, SectionSpec},
};

/// What a section says.
pub(super) fn blocks(author: &Author<'_>, spec: &SectionSpec) -> Result<Vec<Block>, ReportError> {
    match spec.name {
        SectionName::KeyData => Ok(key_data::blocks(author)),
        SectionName::Acknowledgement => Ok(acknowledgement::blocks(author)),
        SectionName::Description => Ok(description(author)),
        SectionName::Participants => Ok(participants::blocks(author)),
        SectionName::Places => Ok(places::blocks(author)),
        SectionName::Classification => Ok(classification::blocks(author)),
        SectionName::Results => Ok(results::blocks(author, spec)),
        SectionName::Events => events::blocks(author),
        SectionName::Replications => replications::blocks(author),
        SectionName::Recommendations => recommendations::blocks(author),
        SectionName::Dialogue => dialogue::blocks(author),
        SectionName::Finance => finance::blocks(author, spec),
        SectionName::StatedFigures => figures::blocks(author),
        SectionName::Conflicts => conflicts::blocks(author),
        SectionName::Risks => Ok(risks::blocks(author)),
        SectionName::Documents => Ok(documents::blocks(author)),
        SectionName::Provenance => Ok(provenance::blocks(author)),
    }
}

/// The programme's description, a paragraph for each of its paragraphs.
fn description(author: &Author<'_>) -> Vec<Block> {
    let text = author.text(&author.snapshot.programme.description);
    let [words, mark @ ..] = text.0.as_slice() else { return Vec::new() };
    let paragraphs: Vec<&str> = words.text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()).collect();
    let last = paragraphs.len().saturating_sub(1);
    let paragraph = |(i, text): (usize, &str)| {
        let mut spans = vec![super::Span { text: text.to_owned(), ..words.clone() }];
        if i == last {
            spans.extend(mark.iter().cloned());
        }
        body(super::Rich(spans))
    };
    paragraphs.into_iter().enumerate().map(paragraph).collect()
}
