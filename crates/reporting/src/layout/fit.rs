//! Setting a document closer, step by step, where that saves a last page with little on it; and else giving that page more.

use super::{
    Layout, Mark, Shape,
    flow::{Lines, Prepared, Setter, TextBlock},
    style::{BOTTOM, TOP},
};
use crate::ReportError;

/// How much closer things are set than the step before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    /// Of the space between blocks, between lines, and within the rows of tables, so much is left.
    space: f32,
    leading: f32,
    padding: f32,
    /// The size of maps, beside the usual.
    maps: f32,
    /// The size of what is said at the end, beside the step before: it may be set as small as an imprint.
    end: f32,
}

/// The steps: the first is hardly seen, the last is what a reader still finds comfortable.
pub(crate) const STEPS: [Step; 3] = [
    Step { space: 0.86, leading: 0.99, padding: 0.92, maps: 1.0, end: 1.0 },
    Step { space: 0.86, leading: 0.985, padding: 0.9, maps: 0.9, end: 1.0 },
    Step { space: 0.82, leading: 0.98, padding: 0.9, maps: 0.8, end: 0.88 },
];

/// Up to this share of its height, what stands on the last page is worth an attempt.
const LITTLE: f32 = 0.36;
/// Up to this share, it is too little to stand alone.
const LONELY: f32 = 0.3;
/// The shares of its height by which the page before may end early, to give company to what is alone on the last.
const EARLY: [f32; 4] = [0.08, 0.16, 0.24, 0.32];
/// So much of the page before has to be filled still.
const FULL: f32 = 0.55;
/// Stacked diacritics touch the line above where lines are closer than this, in sizes of the letters.
const CLOSEST: f32 = 1.35;

/// A page that ends before its foot.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EarlyEnd {
    pub(crate) page: usize,
    pub(crate) bottom: f32,
}

/// Whether the last of several pages is nearly empty.
pub(crate) fn ends_in_little(layout: &Layout) -> bool {
    layout.pages.len() > 1 && filled(layout, layout.pages.len() - 1) < LITTLE
}

/// Where the page before a lonely last one could end.
pub(crate) fn early_ends(layout: &Layout) -> impl Iterator<Item = EarlyEnd> {
    let last = layout.pages.len() - 1;
    let lonely = last > 0 && filled(layout, last) < LONELY;
    let ends = if lonely { EARLY.as_slice() } else { &[] };
    ends.iter().map(move |share| EarlyEnd { page: last - 1, bottom: BOTTOM - (BOTTOM - TOP) * share })
}

/// Whether a last page that was lonely has company now, and the one before is still well filled.
pub(crate) fn is_balanced(layout: &Layout, before: &Layout) -> bool {
    let last = layout.pages.len() - 1;
    last + 1 == before.pages.len() && filled(layout, last) >= LONELY && filled(layout, last - 1) >= FULL
}

/// How far down a page is filled, as a share of its height.
fn filled(layout: &Layout, page: usize) -> f32 {
    let content = layout.pages[page].boxes.iter().filter(|b| matches!(b.mark, Mark::Content(_)));
    let lowest = content.map(|b| match &b.shape {
        Shape::Text(run) => run.baseline,
        Shape::Fill { rect, .. } => rect.y + rect.height,
        Shape::Path { .. } => TOP,
    });
    (lowest.fold(TOP, f32::max) - TOP) / (BOTTOM - TOP)
}

impl Step {
    /// Sets all blocks closer.
    pub(crate) fn take(self, setter: &mut Setter, sections: &mut [Vec<Prepared>]) -> Result<(), ReportError> {
        let end = sections.len().saturating_sub(1);
        for (i, section) in sections.iter_mut().enumerate() {
            for block in section {
                self.block(setter, block, if i == end { self.end } else { 1.0 })?;
            }
        }
        Ok(())
    }

    fn block(self, setter: &mut Setter, block: &mut Prepared, size: f32) -> Result<(), ReportError> {
        match block {
            Prepared::Text(text) => self.text(text, size),
            Prepared::List(items) => items.iter_mut().for_each(|item| self.text(item, size)),
            Prepared::Table(table) => table.closer(self.padding, self.space, |lines| self.lines(lines, size)),
            Prepared::Figure(figure) => {
                if let Some(smaller) = figure.smaller(setter, self.maps)?.filter(|_| self.maps < 1.0) {
                    *figure = smaller;
                }
                figure.closer(self.space);
            }
        }
        Ok(())
    }

    fn text(self, block: &mut TextBlock, size: f32) {
        block.space = (block.space.0 * self.space, block.space.1 * self.space);
        self.lines(&mut block.text, size);
        block.label.iter_mut().for_each(|label| self.lines(label, size));
    }

    fn lines(self, lines: &mut Lines, size: f32) {
        if size < 1.0 {
            lines.scale(size);
        }
        let setting = &mut lines.shaped.setting;
        let closest = (setting.size * CLOSEST).min(setting.leading);
        setting.leading = (setting.leading * self.leading).max(closest);
    }
}
