//! What becomes of a picture that does not fit on what is left of a page: a gap above it would be as high as the picture.

use super::{
    Role,
    figure::FigureBlock,
    flow::{Flow, Prepared, height, need},
};
use crate::ReportError;

/// How much smaller a map may be drawn, the largest first: its words keep their size, so that they can be read.
const SMALLER: [f32; 3] = [0.9, 0.8, 0.7];
/// A picture waits only if what comes after it fills at least this share of what would else stay white.
const WORTH: f32 = 0.4;

/// What becomes of one picture, known by its place among the blocks.
pub(super) enum Plan {
    /// It comes in its turn.
    Usual,
    /// It is drawn smaller.
    Smaller(usize, Box<Prepared>),
    /// It waits for the top of the next page, and what comes after it goes on here.
    Waits(usize),
}

impl Plan {
    /// The plan for the picture that the block at `i` is or leads to.
    pub(super) fn at(flow: &mut Flow<'_>, blocks: &[Prepared], i: usize) -> Result<Self, ReportError> {
        let Some((at, figure)) = picture(blocks, i) else { return Ok(Self::Usual) };
        if flow.is_awaited() {
            // Pictures keep their order.
            flow.break_page();
        }
        let all = flow.gap_above(blocks[i].space().0) + need(blocks[i..].iter());
        let words = all - figure.first();
        if all <= flow.room() || flow.is_fresh() {
            return Ok(Self::Usual);
        }
        for scale in SMALLER {
            if let Some(smaller) = figure.smaller(flow.setter, scale)?
                && words + smaller.first() <= flow.room()
            {
                return Ok(Self::Smaller(at, Box::new(Prepared::Figure(smaller))));
            }
        }
        let waits = Self::Waits(at);
        // Pictures keep their order: what leads to the next one waits as well, and fills nothing here.
        let end = (at + 1..blocks.len()).find(|k| picture(blocks, *k).is_some()).unwrap_or(blocks.len());
        let meanwhile = blocks.get(at + 1..end).unwrap_or_default();
        let can = !meanwhile.is_empty() && figure.can_wait() && may_part(&blocks[i..at], blocks.get(at + 1));
        let fits = flow.gap_above(blocks[i].space().0) + need(waits.ahead(blocks, i)) <= flow.room();
        let filled = words + height(meanwhile) >= WORTH * flow.room();
        Ok(if can && fits && filled { waits } else { Self::Usual })
    }

    /// Whether it says anything of the block at `i` or of a later one.
    pub(super) fn reaches(&self, i: usize) -> bool {
        matches!(self, Self::Smaller(at, _) | Self::Waits(at) if *at >= i)
    }

    /// The block at `i` as it is placed in its turn, if it is.
    pub(super) fn seen<'b>(&'b self, i: usize, block: &'b Prepared) -> Option<&'b Prepared> {
        match self {
            Self::Smaller(at, smaller) if *at == i => Some(smaller),
            Self::Waits(at) if *at == i => None,
            _ => Some(block),
        }
    }

    /// The blocks from `i` on, as they are placed.
    pub(super) fn ahead<'b>(&'b self, blocks: &'b [Prepared], i: usize) -> impl Iterator<Item = &'b Prepared> {
        blocks.iter().enumerate().skip(i).filter_map(|(k, block)| self.seen(k, block))
    }
}

/// The picture that the block at `i` is or leads to.
fn picture(blocks: &[Prepared], i: usize) -> Option<(usize, &FigureBlock)> {
    let at = (i..blocks.len()).find(|k| !blocks[*k].leads())?;
    match &blocks[at] {
        Prepared::Figure(figure) => Some((at, figure)),
        _ => None,
    }
}

/// Whether a picture may be parted from the words that lead to it: a heading has to have something else below it, and a
/// remark that explains the picture stays with it.
fn may_part(leading: &[Prepared], next: Option<&Prepared>) -> bool {
    let remark = |block: &Prepared| matches!(block, Prepared::Text(text) if text.role == Role::P);
    let heading = |block: &Prepared| matches!(block, Prepared::Text(text) if matches!(text.role, Role::H2 | Role::H3));
    next.is_some_and(|next| leading.is_empty() || !heading(next)) && !leading.iter().any(remark)
}
