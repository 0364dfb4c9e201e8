//! What people said in the roles in which published sources name them. The registry keeps it in its own words, so it is told
//! and never put between quotation marks.

use crate::{
    EventFacts, PersonFacts,
    model::{Author, Block, Rich, Style, Voice, build::note},
};

/// A statement for each who said something, and a remark that these are not their very words.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let said: Vec<&PersonFacts> = author.snapshot.events.iter().flat_map(people).filter(|p| !p.said.is_empty()).collect();
    if said.is_empty() {
        return Vec::new();
    }
    let mut blocks: Vec<Block> =
        said.into_iter().map(|p| Block::Paragraph { voice: Voice::Statement, text: statement(author, p) }).collect();
    blocks.push(note(author.say("voices-note")));
    blocks
}

/// Those who are named at the event and in its sessions.
fn people(e: &EventFacts) -> impl Iterator<Item = &PersonFacts> {
    e.people.iter().chain(e.sessions.iter().flat_map(|s| &s.people))
}

fn statement(author: &Author<'_>, p: &PersonFacts) -> Rich {
    let name = Rich::styled(author.plain(&p.name), Style::Strong);
    Rich::joined([name, author.text(&p.office)], ", ").then(author.say("colon")).then(author.text(&p.said))
}
