//! What stands below a news release for those who print it: the programme in small type, who carries it out, what its funders
//! ask to be said with their emblems, and whom to ask.

use super::{about_programme, acknowledgement, contact};
use crate::{
    ReportError,
    model::{Author, Block, Voice, build::note},
};

/// All of it under one heading.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let mut blocks: Vec<Block> = about_programme::in_short(author).into_iter().map(small).collect();
    blocks.extend(acknowledgement::blocks(author)?);
    blocks.extend(contact::blocks(author));
    Ok(blocks)
}

/// Running text in small type.
fn small(block: Block) -> Block {
    match block {
        Block::Paragraph { voice: Voice::Body, text } => note(text),
        other => other,
    }
}
