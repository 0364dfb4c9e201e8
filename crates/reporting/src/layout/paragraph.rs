//! Breaking shaped text into lines.

use super::{Glyph, breaks::Ending, text::Shaped};

/// A line of a paragraph: stretches of glyphs, from left to right.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Its pieces.
    pub(crate) pieces: Vec<Piece>,
    /// How wide it is, without the spaces at its end.
    pub(crate) width: f32,
}

/// A part of a line in one font and one look.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// The stretch of the shaped text.
    pub(crate) stretch: usize,
    /// Where it starts, from the start of the line.
    pub(crate) x: f32,
    /// What it says. The space at a line's end is kept: a program that reads the text aloud needs it.
    pub(crate) text: String,
    /// Its glyphs, their ranges counted within `text`.
    pub(crate) glyphs: Vec<Glyph>,
}

/// Breaks a text into lines no wider than `width`: at the last place where a line may end, else at the last where it rather
/// would not, and within a word or an address only where that is wider than a whole line.
pub(crate) fn wrap(shaped: &Shaped, width: f32) -> Vec<Line> {
    /// Rounding of widths that were themselves measured from the text.
    const SLACK: f32 = 0.01;
    let mut lines = Vec::new();
    let mut breaks = shaped.breaks.iter().copied().peekable();
    let (mut first, mut used) = (0usize, 0.0f32);
    // The last glyph before which the line may end, or rather does not, and how much of the line lies before it.
    let mut allowed: Option<(usize, f32)> = None;
    let mut tolerated: Option<(usize, f32)> = None;
    let mut k = 0;
    while k < shaped.glyphs.len() {
        let start = shaped.glyphs[k].0.start as usize;
        let mut forced = false;
        while let Some((at, ending)) = breaks.next_if(|(at, _)| *at <= start) {
            if at == start && k > first {
                *(if ending == Ending::Rather { &mut tolerated } else { &mut allowed }) = Some((k, used));
                forced |= ending == Ending::Must;
            }
        }
        let advance = shaped.advance(k);
        let full = used + advance > width + SLACK && k > first && !shaped.is_space(k);
        if forced || full {
            let after = |from: usize| move |(at, _): &(usize, f32)| *at > from;
            let (end, before) = allowed.take().or(tolerated).filter(after(first)).unwrap_or((k, used));
            lines.push(cut(shaped, first, end));
            first = end;
            used -= before;
            // What lies behind the cut is measured from the start of the new line.
            tolerated = tolerated.filter(after(end)).map(|(at, ahead)| (at, ahead - before));
            if forced {
                used = 0.0;
            }
            // The rest of an over-long word may itself be wider than a line: look at this glyph again.
            if used + advance > width + SLACK && k > first && !shaped.is_space(k) {
                continue;
            }
        }
        used += advance;
        k += 1;
    }
    if first < shaped.glyphs.len() || lines.is_empty() {
        lines.push(cut(shaped, first, shaped.glyphs.len()));
    }
    lines
}

/// The glyphs from `first` up to `end` as a line.
fn cut(shaped: &Shaped, first: usize, end: usize) -> Line {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut x, mut width) = (0.0f32, 0.0f32);
    for k in first..end {
        let (glyph, stretch) = shaped.glyphs[k];
        let stretch = usize::from(stretch);
        if pieces.last().is_none_or(|p| p.stretch != stretch) {
            pieces.push(Piece { stretch, x, text: String::new(), glyphs: Vec::new() });
        }
        if let Some(piece) = pieces.last_mut() {
            let start = piece.text.len();
            piece.text.push_str(&shaped.text[glyph.start as usize..glyph.end as usize]);
            let at = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            piece.glyphs.push(Glyph { start: at(start), end: at(piece.text.len()), ..glyph });
        }
        x += shaped.advance(k);
        if !shaped.is_space(k) {
            width = x;
        }
    }
    for piece in &mut pieces {
        if piece.text.contains('\n') {
            piece.text = piece.text.replace('\n', " ");
        }
    }
    Line { pieces, width }
}
