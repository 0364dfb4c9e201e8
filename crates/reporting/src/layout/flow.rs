//! Filling pages from top to bottom: what stays together, and where a page may end.

mod prepared;
mod setter;

use super::{
    Canvas, PAGE_WIDTH, Rect, Role,
    canvas::Threads,
    figure::FigureBlock,
    fit::EarlyEnd,
    plan::Plan,
    style::{BOTTOM, LEFT, Setting, Sheet, TOP},
};
use crate::{ReportError, model::Rich};
pub(super) use prepared::{Dress, Prepared, TextBlock, height, need};
pub(super) use setter::{Lines, Setter};

/// Lines that no page begins or ends with fewer of, if the paragraph has them.
const KEPT: usize = 2;

/// Pages being filled.
pub(crate) struct Flow<'a> {
    /// Where boxes are written.
    pub(crate) canvas: Canvas,
    /// Sets the text that depends on the pages: numbers, the table of contents.
    pub(crate) setter: &'a mut Setter,
    /// How things look.
    pub(crate) sheet: Sheet,
    /// The page being filled, counted from nought.
    pub(crate) page: usize,
    /// How far it is filled.
    pub(crate) y: f32,
    /// The distance that what was placed last asks for below it.
    pub(crate) gap: f32,
    /// A page that ends before its foot.
    pub(crate) early: Option<EarlyEnd>,
    /// A picture that waits for the top of the next page, with its node in the structure.
    waiting: Option<(usize, FigureBlock)>,
}

impl<'a> Flow<'a> {
    /// Begins a document with its first page.
    pub(crate) fn new(mut canvas: Canvas, setter: &'a mut Setter) -> Self {
        let page = canvas.add_page();
        let sheet = setter.sheet.clone();
        Self { canvas, setter, sheet, page, y: TOP, gap: 0.0, early: None, waiting: None }
    }

    /// Begins a page, with the picture at its top that waited for it.
    pub(crate) fn break_page(&mut self) {
        self.page = self.canvas.add_page();
        self.y = TOP;
        self.gap = 0.0;
        if let Some((node, figure)) = self.waiting.take() {
            figure.place(self, node);
            self.y += figure.space().1;
        }
    }

    /// Whether nothing stands on the page yet.
    pub(crate) fn is_fresh(&self) -> bool {
        self.y <= TOP
    }

    /// Begins a page unless `height` fits below what stands on this one; another one if a picture has taken that.
    pub(crate) fn make_room(&mut self, height: f32) {
        while height > self.room() && !self.is_fresh() {
            self.break_page();
        }
    }

    /// The room that is left on the page.
    pub(crate) fn room(&self) -> f32 {
        let end = self.early.filter(|early| early.page == self.page).map_or(BOTTOM, |early| early.bottom);
        end - self.y
    }

    /// Shapes a text and breaks it into lines.
    pub(crate) fn lines(&mut self, rich: &Rich, setting: Setting, width: f32) -> Result<Lines, ReportError> {
        self.setter.lines(rich, setting, width)
    }

    /// Begins a page if these blocks are short and do not fit on what is left of this.
    pub(crate) fn keep_whole(&mut self, blocks: &[Prepared]) {
        let height = height(blocks);
        let above = self.gap.max(blocks.first().map_or(0.0, |b| b.space().0));
        if height <= (BOTTOM - TOP) * 0.38 {
            self.make_room(above + height);
        }
    }

    /// Places blocks under a node of the structure, one after the other.
    pub(crate) fn place(&mut self, parent: usize, blocks: &[Prepared]) -> Result<(), ReportError> {
        let mut plan = Plan::Usual;
        for (i, block) in blocks.iter().enumerate() {
            if !plan.reaches(i) {
                plan = Plan::at(self, blocks, i)?;
            }
            let Some(block) = plan.seen(i, block) else {
                self.postpone(parent, block);
                continue;
            };
            let need = need(plan.ahead(blocks, i));
            let (above, below) = block.space();
            let gap = self.gap_above(above);
            self.make_room(gap + need);
            if !self.is_fresh() {
                self.y += gap;
            }
            match block {
                Prepared::Text(text) => {
                    let node = self.canvas.node(parent, text.role);
                    self.place_text(node, text);
                }
                Prepared::List(items) => self.place_list(parent, items),
                Prepared::Table(table) => table.place(self, parent),
                Prepared::Figure(figure) => figure.place(self, parent),
            }
            self.gap = below;
        }
        if self.waiting.is_some() {
            self.break_page();
        }
        Ok(())
    }

    /// The distance to what stands above, for something that asks for so much.
    pub(crate) fn gap_above(&self, asked: f32) -> f32 {
        if self.is_fresh() { 0.0 } else { self.gap.max(asked) }
    }

    /// Lets a picture wait for the top of the next page. Its place in the structure is here: who listens hears no difference.
    fn postpone(&mut self, parent: usize, block: &Prepared) {
        if let Prepared::Figure(figure) = block {
            self.waiting = Some((self.canvas.node(parent, Role::Div), figure.clone()));
        }
    }

    /// Whether a picture waits.
    pub(crate) fn is_awaited(&self) -> bool {
        self.waiting.is_some()
    }

    fn place_list(&mut self, parent: usize, items: &[TextBlock]) {
        let numbered =
            items.iter().any(|i| i.label.as_ref().is_some_and(|l| l.shaped.text.contains(|c: char| c.is_ascii_digit())));
        let list = self.canvas.node(parent, Role::L { numbered });
        for (i, item) in items.iter().enumerate() {
            if i > 0 && !self.is_fresh() {
                self.y += item.space.0;
            }
            self.make_room(item.first());
            let li = self.canvas.node(list, Role::LI);
            if let Some(label) = &item.label {
                let node = self.canvas.node(li, Role::Lbl);
                for line in &label.lines {
                    self.canvas.line(self.page, node, &label.shaped, line, (LEFT, self.y), &mut Threads::default());
                }
            }
            let body = self.canvas.node(li, Role::LBody);
            self.place_text(body, item);
        }
    }

    /// Places a text from where the page is filled; it may go on over several pages.
    pub(crate) fn place_text(&mut self, node: usize, block: &TextBlock) {
        let (leading, (above, below)) = (block.text.leading(), block.dress.padding());
        if let Some(depth) = block.bookmark {
            self.canvas.bookmark(block.text.shaped.text.trim().to_owned(), depth, self.page, self.y);
        }
        if let Some(anchor) = &block.anchor {
            self.canvas.anchor(anchor, self.page, self.y);
        }
        let mut threads = Threads::default();
        let mut rest = block.text.lines.as_slice();
        loop {
            let room = ((self.room() - above - below + 0.01) / leading).floor().max(1.0) as usize;
            let fits = fitting(rest.len(), room);
            let (now, later) = rest.split_at(fits);
            let height = now.len() as f32 * leading + above + below;
            self.dress(block, height);
            for (i, line) in now.iter().enumerate() {
                let y = self.y + above + i as f32 * leading;
                self.canvas.line(self.page, node, &block.text.shaped, line, (LEFT + block.indent, y), &mut threads);
            }
            self.y += height;
            rest = later;
            if rest.is_empty() {
                return;
            }
            self.break_page();
        }
    }

    fn dress(&mut self, block: &TextBlock, height: f32) {
        let (page, y) = (self.page, self.y);
        let width = PAGE_WIDTH - 2.0 * LEFT;
        match block.dress {
            Dress::None => {}
            Dress::Bar => {
                let rect = Rect { x: LEFT, y: y + 2.0, width: 2.2, height: height - 4.0 };
                self.canvas.fill(page, rect, self.sheet.accent);
            }
            Dress::Rule => {
                self.canvas.fill(page, Rect { x: LEFT, y, width, height: 0.9 }, self.sheet.accent);
            }
            Dress::Warning => {
                self.canvas.fill(page, Rect { x: LEFT, y, width, height }, self.sheet.warning_tint);
                self.canvas.fill(page, Rect { x: LEFT, y, width: 3.0, height }, self.sheet.warning);
            }
        }
    }
}

/// How many of `count` lines to put where `room` fit, so that neither page has a lonely line.
fn fitting(count: usize, room: usize) -> usize {
    if count <= room {
        count
    } else if count - room < KEPT && room > KEPT {
        count - KEPT
    } else {
        room
    }
}

#[cfg(test)]
mod tests {
    use super::fitting;

    #[test]
    fn no_page_begins_or_ends_with_a_lonely_line() {
        assert_eq!(fitting(5, 9), 5);
        assert_eq!(fitting(5, 4), 3, "two lines go over, not one");
        assert_eq!(fitting(9, 4), 4);
        assert_eq!(fitting(3, 2), 2, "where three lines meet room for two, something has to give");
    }
}
