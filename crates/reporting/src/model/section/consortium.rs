//! Who carries a programme out, in one sentence: funders ask that all who do be named wherever they are themselves.

use ketnoi_domain::Role;

use super::acknowledgement::{list, name};
use crate::model::{Author, Block, Voice};

/// One statement; nothing where no source says who carries it out.
pub(super) fn blocks(author: &Author<'_>) -> Vec<Block> {
    let said = sentence(author).map(|said| Block::Paragraph { voice: Voice::Statement, text: said.into() });
    said.into_iter().collect()
}

/// That these carry it out.
pub(super) fn sentence(author: &Author<'_>) -> Option<String> {
    let carries_out = |role: Role| matches!(role, Role::Extending | Role::Implementing);
    let mut names: Vec<String> = Vec::new();
    for p in author.snapshot.participations.iter().filter(|p| carries_out(p.role)) {
        let name = name(author, p);
        // Who manages the money often does the work as well.
        let named = match &p.short {
            Some(short) if *short != name => format!("{name} ({short})"),
            _ => name,
        };
        if !names.contains(&named) {
            names.push(named);
        }
    }
    let key = match names.len() {
        0 => return None,
        1 => "carried-out-by",
        _ => "consortium-of",
    };
    // A name such as `e. V.` brings the full stop with it.
    Some(author.say_with(key, &[("members", list(author, &names).trim_end_matches('.'))]))
}
