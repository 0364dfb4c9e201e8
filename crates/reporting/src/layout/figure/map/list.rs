//! The list of the places: number, name, figure, in narrow columns.

use std::ops::Range;

use crate::{
    ReportError,
    layout::{
        figure::Sketch,
        flow::{Lines, Setter},
        style::Setting,
    },
    model::{MapPlace, Rich, Style},
};

/// Between two entries.
const APART: f32 = 1.6;
/// Between a number and its name.
const GAP: f32 = 5.0;

/// An entry, broken into lines.
struct Entry {
    number: Option<Lines>,
    text: Lines,
}

/// The entries.
pub(super) struct List {
    entries: Vec<Entry>,
    /// The room that the numbers take.
    indent: f32,
}

/// A line of the list: the entry, and which of its lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cursor {
    entry: usize,
    line: usize,
}

/// Room for a part of the list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) x: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
}

/// Lines of one entry with their place.
struct Chunk {
    entry: usize,
    lines: Range<usize>,
    at: (f32, f32),
}

/// What columns took of the list.
pub(super) struct Filled {
    chunks: Vec<Chunk>,
    /// What comes next.
    pub(super) next: Cursor,
    /// Where the longest column ends.
    pub(super) lowest: f32,
}

impl List {
    /// The list of these places in columns of a width. Numbers are for those who look for a mark: where the map bears names,
    /// there are none.
    pub(super) fn new(setter: &mut Setter, places: &[MapPlace], numbered: bool, width: f32) -> Result<Self, ReportError> {
        let (setting, marking) = (setter.sheet.cell(), setter.sheet.column().coloured(setter.sheet.accent));
        // Both are set with the same leading, so that they stand on one line.
        let marking = Setting { size: setting.size, leading: setting.leading, ..marking };
        let mut entries = Vec::with_capacity(places.len());
        let mut indent = 0.0f32;
        if numbered {
            // Figures are equally wide: the last number is the widest.
            let last = setter.lines(&places.len().to_string().into(), marking, f32::MAX)?;
            indent = last.lines.iter().map(|l| l.width).fold(0.0, f32::max) + GAP;
        }
        for (i, place) in places.iter().enumerate() {
            let number = numbered.then(|| setter.lines(&(i + 1).to_string().into(), marking, f32::MAX)).transpose()?;
            let figure = Rich::styled(place.figure.as_str(), Style::Faint);
            let text = setter.lines(&Rich::joined([place.label.clone(), figure], "  "), setting, width - indent)?;
            entries.push(Entry { number, text });
        }
        Ok(Self { entries, indent })
    }

    /// Whether nothing comes after this.
    pub(super) fn ends(&self, at: Cursor) -> bool {
        at.entry >= self.entries.len()
    }

    /// How high it would be in one column, from a line on.
    pub(super) fn height(&self, from: Cursor) -> f32 {
        let done = self.entries.get(from.entry).map_or(0.0, |e| from.line as f32 * e.text.leading());
        self.entries.iter().skip(from.entry).map(|e| e.text.height() + APART).sum::<f32>() - done
    }

    /// Fills columns, one after the other. An entry is kept whole unless it is longer than a column.
    pub(super) fn fill(&self, from: Cursor, columns: &[Column]) -> Filled {
        let (mut chunks, mut next, mut lowest) = (Vec::new(), from, 0.0f32);
        for column in columns {
            let mut y = column.top;
            while let Some(entry) = self.entries.get(next.entry) {
                let leading = entry.text.leading();
                let room = |height: f32| ((height + 0.01) / leading).floor().max(0.0) as usize;
                let left = entry.text.lines.len().saturating_sub(next.line);
                let fits = room(column.bottom - y);
                let waits = fits < left && y > column.top && left <= room(column.bottom - column.top);
                let taken = if waits { 0 } else { fits.min(left) };
                if taken == 0 {
                    break;
                }
                chunks.push(Chunk { entry: next.entry, lines: next.line..next.line + taken, at: (column.x, y) });
                y += taken as f32 * leading;
                lowest = lowest.max(y);
                y += APART;
                if taken < left {
                    next.line += taken;
                    break;
                }
                next = Cursor { entry: next.entry + 1, line: 0 };
            }
        }
        Filled { chunks, next, lowest }
    }

    /// Draws what columns took.
    pub(super) fn draw(&self, sketch: &mut Sketch, filled: &Filled) {
        for chunk in &filled.chunks {
            let (Entry { number, text }, (x, y)) = (&self.entries[chunk.entry], chunk.at);
            if let Some(number) = number.as_ref().filter(|_| chunk.lines.start == 0) {
                let width = number.lines.iter().map(|l| l.width).fold(0.0, f32::max);
                sketch.text(number.clone(), x + self.indent - GAP - width, y);
            }
            let lines = Lines { shaped: text.shaped.clone(), lines: text.lines[chunk.lines.clone()].to_vec() };
            sketch.text(lines, x + self.indent, y);
        }
    }
}
