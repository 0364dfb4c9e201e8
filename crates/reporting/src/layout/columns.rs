//! How wide the columns of a table are, and how large its letters, so that no word has to be broken.

use super::{style::WIDTH, text::Shaped};
use crate::model::{Align, Table};

/// Between columns.
pub(super) const GUTTER: f32 = 11.0;
/// The least width of a column of words, if it has so much to say and there is room.
const NARROWEST: f32 = 58.0;
/// A word that is longer than this share of the table may be broken: most are addresses.
const LONGEST: f32 = 0.3;
/// The sizes of the letters, beside the usual: the smallest is what small print on paper has.
const SIZES: [f32; 3] = [1.0, 0.93, 0.86];
/// Between columns where the letters are small.
const CLOSE: f32 = 8.0;

/// The columns of a table.
pub(super) struct Columns {
    /// Where each begins, and how wide it is.
    pub(super) places: Vec<(f32, f32)>,
    /// The size of the letters, beside the usual.
    pub(super) size: f32,
}

/// What columns ask for at the usual size.
struct Wishes {
    /// The longest of what cannot be broken.
    least: Vec<f32>,
    /// The longest line.
    most: Vec<f32>,
    /// Which columns are of words.
    words: Vec<bool>,
}

impl Columns {
    /// Columns at the largest size that leaves room to read in; else at the largest that lets every word and every figure stand
    /// unbroken; at the smallest if none does.
    pub(super) fn of(table: &Table, headings: &[Shaped], rows: &[Vec<Shaped>]) -> Self {
        let wishes = Wishes::of(table, headings, rows);
        let available = |gutter: f32| WIDTH - gutter * table.columns.len().saturating_sub(1) as f32;
        let gutter = |size: f32| if size < 1.0 { CLOSE } else { GUTTER };
        let holds = |size: f32, widths: &[f32]| widths.iter().sum::<f32>() <= available(gutter(size));
        let roomy = SIZES.into_iter().find(|size| holds(*size, &wishes.scaled(*size).wider(*size)));
        let unbroken = || SIZES.into_iter().find(|size| holds(*size, &wishes.scaled(*size).least));
        let size = roomy.or_else(unbroken).unwrap_or(SIZES[SIZES.len() - 1]);
        let mut x = 0.0;
        let place = |width: f32| {
            let at = x;
            x += width + gutter(size);
            (at, width)
        };
        Self { places: wishes.scaled(size).widths(available(gutter(size)), size).into_iter().map(place).collect(), size }
    }
}

impl Wishes {
    fn of(table: &Table, headings: &[Shaped], rows: &[Vec<Shaped>]) -> Self {
        let words: Vec<bool> = table.columns.iter().map(|c| c.align == Align::Start).collect();
        let (mut least, mut most): (Vec<f32>, Vec<f32>) = headings.iter().map(Shaped::widths).unzip();
        for (row, shaped) in table.rows.iter().zip(rows) {
            let mut at = 0;
            for (cell, shaped) in row.cells.iter().zip(shaped) {
                if cell.span == 1 && at < words.len() {
                    let (piece, line) = shaped.widths();
                    // Figures are not broken over lines if that can be helped.
                    let whole = !words[at] && line < WIDTH / 4.0;
                    least[at] = least[at].max(if whole { line } else { piece });
                    most[at] = most[at].max(line);
                }
                at += cell.span.max(1);
            }
        }
        for i in (0..words.len()).filter(|i| words[*i]) {
            least[i] = least[i].min(WIDTH * LONGEST);
        }
        Self { least, most, words }
    }

    /// What they ask for in another size.
    fn scaled(&self, size: f32) -> Self {
        let scaled = |widths: &[f32]| widths.iter().map(|w| w * size).collect();
        Self { least: scaled(&self.least), most: scaled(&self.most), words: self.words.clone() }
    }

    /// The width of each column: as wide as its longest line if there is room, else its longest word and a fair part of what
    /// is left. Columns of figures give way last.
    fn widths(mut self, available: f32, size: f32) -> Vec<f32> {
        for i in (0..self.words.len()).filter(|i| self.words[*i]) {
            self.most[i] = self.most[i].min(available);
        }
        let wider = self.wider(size);
        if wider.iter().sum::<f32>() <= available {
            self.least = wider;
        }
        self.share(available)
    }

    /// What columns ask for at the least if none of words may be narrow that has much to say.
    fn wider(&self, size: f32) -> Vec<f32> {
        let wide = |i: usize| self.least[i].max((NARROWEST * size).min(self.most[i]));
        (0..self.least.len()).map(|i| if self.words[i] { wide(i) } else { self.least[i] }).collect()
    }

    /// Shares the available width out.
    fn share(&self, available: f32) -> Vec<f32> {
        let Self { least, most, words } = self;
        let (sum_least, sum_most): (f32, f32) = (least.iter().sum(), most.iter().sum());
        let spread = |base: &[f32], surplus: f32, weight: &dyn Fn(usize) -> f32| -> Vec<f32> {
            let total: f32 = (0..base.len()).map(weight).sum();
            let part = |i: usize| if total > 0.0 { surplus * weight(i) / total } else { surplus / base.len().max(1) as f32 };
            base.iter().enumerate().map(|(i, w)| w + part(i)).collect()
        };
        if sum_most <= available {
            // What is left over goes to the words, so that figures stand at the right edge.
            return spread(most, available - sum_most, &|i| if words[i] { most[i].max(1.0) } else { 0.0 });
        }
        if sum_least <= available {
            return spread(least, available - sum_least, &|i| most[i] - least[i]);
        }
        let figures: f32 = (0..least.len()).filter(|i| !words[*i]).map(|i| least[i]).sum();
        let letters = sum_least - figures;
        let room = (available - figures).max(available * 0.2);
        if letters > room {
            let scaled: Vec<f32> =
                least.iter().enumerate().map(|(i, w)| if words[i] { w * room / letters } else { *w }).collect();
            let sum: f32 = scaled.iter().sum();
            return scaled.iter().map(|w| w * (available / sum).min(1.0)).collect();
        }
        least.iter().map(|w| w * available / sum_least).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wishes(columns: &[(f32, f32, bool)]) -> Wishes {
        let part = |of: fn(&(f32, f32, bool)) -> f32| columns.iter().map(of).collect();
        Wishes { least: part(|c| c.0), most: part(|c| c.1), words: columns.iter().map(|c| c.2).collect() }
    }

    #[test]
    fn no_word_is_broken_where_all_of_them_have_room() {
        let asked = wishes(&[(50.0, 300.0, true), (40.0, 200.0, true), (30.0, 400.0, true), (120.0, 120.0, false)]);
        for available in [245.0, 300.0, 420.0] {
            let least = asked.least.clone();
            let widths = asked.scaled(1.0).widths(available, 1.0);
            assert!(widths.iter().zip(&least).all(|(width, least)| width >= least), "{widths:?} of {available}");
            assert!((widths.iter().sum::<f32>() - available).abs() < 0.1);
        }
    }

    #[test]
    fn figures_stay_whole_where_words_cannot() {
        let widths = wishes(&[(100.0, 300.0, true), (100.0, 100.0, false), (100.0, 100.0, false)]).widths(250.0, 1.0);
        assert_eq!(widths[1..], [100.0, 100.0]);
    }
}
