//! Slips with voting codes: two columns of five on a page, with lines to cut along.

use qrcode::{Color, EcLevel, QrCode};

use super::{
    Artifact, Canvas, Face, Layout, PAGE_HEIGHT, PAGE_WIDTH, Rect, fonts::Shaper, paragraph::wrap, style::Setting, text,
};
use crate::{
    ReportError,
    brand::Colour,
    model::Rich,
    sheets::{Slip, SlipSheet},
};

const COLUMNS: usize = 2;
const ROWS: usize = 5;
const WIDTH: f32 = PAGE_WIDTH / COLUMNS as f32;
const HEIGHT: f32 = PAGE_HEIGHT / ROWS as f32;
/// From the cut to the text. Printers leave as much of a page blank.
const MARGIN: f32 = 18.0;
/// The square for the camera, with the white around it that it needs.
const SQUARE: f32 = 104.0;
const INK: Colour = Colour([0, 0, 0]);
const FAINT: Colour = Colour([90, 90, 90]);
const CUT: Colour = Colour([150, 150, 150]);

/// Lays the slips out.
pub(crate) fn slips(sheet: &SlipSheet) -> Result<Layout, ReportError> {
    let mut pen = Pen { canvas: Canvas::new(sheet.lang, sheet.title.clone()), shaper: Shaper::new()?, page: 0 };
    for slips in sheet.slips.chunks(COLUMNS * ROWS) {
        pen.page = pen.canvas.add_page();
        pen.cuts();
        for (place, slip) in slips.iter().enumerate() {
            pen.slip(sheet, slip, ((place % COLUMNS) as f32 * WIDTH, (place / COLUMNS) as f32 * HEIGHT))?;
        }
    }
    Ok(pen.canvas.finish())
}

struct Pen {
    canvas: Canvas,
    shaper: Shaper,
    page: usize,
}

impl Pen {
    fn cuts(&mut self) {
        const LINE: f32 = 0.4;
        for column in 1..COLUMNS {
            let rect = Rect { x: column as f32 * WIDTH, y: 0.0, width: LINE, height: PAGE_HEIGHT };
            self.canvas.fill(self.page, rect, CUT);
        }
        for row in 1..ROWS {
            let rect = Rect { x: 0.0, y: row as f32 * HEIGHT, width: PAGE_WIDTH, height: LINE };
            self.canvas.fill(self.page, rect, CUT);
        }
    }

    fn slip(&mut self, sheet: &SlipSheet, slip: &Slip, (x, y): (f32, f32)) -> Result<(), ReportError> {
        let square = slip.link.as_ref().map_or(0.0, |_| SQUARE);
        let (left, width) = (x + MARGIN, WIDTH - 2.0 * MARGIN - square);
        let whole = WIDTH - 2.0 * MARGIN;
        let mut top = y + MARGIN;
        top = self.text(&sheet.title, Face::SansStrong, 9.5, INK, 2, (left, top, whole))?;
        let whose = if slip.cluster.is_empty() { slip.whose.clone() } else { format!("{} · {}", slip.cluster, slip.whose) };
        top = self.text(&whose, Face::Sans, 8.5, INK, 1, (left, top, whole))? + 6.0;
        if let Some(link) = &slip.link {
            self.square(link, (x + WIDTH - MARGIN - SQUARE, y + HEIGHT - MARGIN - SQUARE + 8.0))?;
        }
        top = self.text(&sheet.label, Face::Sans, 7.5, FAINT, 1, (left, top, width))?;
        // As large as a code of the widest letters has room for beside the square, in one line.
        top = self.text(&slip.code, Face::SansStrong, 17.0, INK, 1, (left, top, width))? + 2.0;
        if let Some(address) = &slip.address {
            top = self.text(address, Face::SansStrong, 8.5, INK, 2, (left, top, width))?;
        }
        self.text(&sheet.how, Face::Sans, 7.0, FAINT, 5, (left, top, width))?;
        Ok(())
    }

    /// Sets a text in at most so many lines; gives where it ends.
    fn text(
        &mut self,
        text: &str,
        face: Face,
        size: f32,
        colour: Colour,
        lines: usize,
        (x, mut y, width): (f32, f32, f32),
    ) -> Result<f32, ReportError> {
        let leading = size * 1.36;
        let setting = Setting { face, strong: face, emphasis: face, size, leading, colour, tabular: true };
        let shaped = text::shape(&mut self.shaper, &Rich::from(text.to_owned()), setting, FAINT)?;
        for line in wrap(&shaped, width).iter().take(lines) {
            self.canvas.furniture(self.page, Artifact::Decoration, &shaped, line, (x, y));
            y += leading;
        }
        Ok(y)
    }

    /// Draws an address for a camera: in each row, neighbours that are dark are one rectangle.
    fn square(&mut self, link: &str, (x, y): (f32, f32)) -> Result<(), ReportError> {
        /// Modules of white around it, by the standard.
        const QUIET: usize = 4;
        let code = QrCode::with_error_correction_level(link, EcLevel::M).map_err(|e| ReportError::Pdf(e.to_string()))?;
        let (across, colours) = (code.width(), code.to_colors());
        let module = SQUARE / (across + 2 * QUIET) as f32;
        let at = |n: usize| (n + QUIET) as f32 * module;
        for (row, cells) in colours.chunks(across).enumerate() {
            let mut column = 0;
            for same in cells.chunk_by(|a, b| a == b) {
                if same[0] == Color::Dark {
                    let rect = Rect { x: x + at(column), y: y + at(row), width: same.len() as f32 * module, height: module };
                    self.canvas.fill(self.page, rect, INK);
                }
                column += same.len();
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ketnoi_domain::Lang;

    use super::*;
    use crate::layout::Shape;

    fn sheet(n: usize) -> SlipSheet {
        let slip = |i: usize| Slip {
            cluster: "Cụm Đông Bắc".into(),
            whose: format!("Thái Nguyên, đại biểu {i}"),
            code: "01234-T8YZG".into(),
            address: Some("https://ketnoi.example/vote".into()),
            link: Some("https://ketnoi.example/vote?code=01234T8YZG".into()),
        };
        SlipSheet {
            lang: Lang::Vi,
            title: "Đối thoại chính sách về phát triển kinh tế địa phương".into(),
            label: "Mã bỏ phiếu".into(),
            how: "Mỗi mã chỉ bỏ phiếu một lần.".into(),
            slips: (0..n).map(slip).collect(),
        }
    }

    #[test]
    fn ten_slips_stand_on_a_page_and_each_keeps_within_its_cuts() {
        let layout = slips(&sheet(11)).unwrap();
        assert_eq!(layout.pages.len(), 2);
        for placed in &layout.pages[1].boxes {
            let right = match &placed.shape {
                // The cuts run over the whole page.
                Shape::Fill { rect, .. } if rect.width < WIDTH && rect.height < PAGE_HEIGHT => rect.x + rect.width,
                Shape::Text(run) => run.x + run.width(),
                _ => continue,
            };
            assert!(right <= WIDTH - MARGIN / 2.0, "{placed:?}");
        }
        let codes = layout.pages[0].boxes.iter().filter(|b| matches!(&b.shape, Shape::Text(run) if run.text == "01234-T8YZG"));
        assert_eq!(codes.count(), 10, "each code is whole on its line");
    }

    #[test]
    fn a_sheet_is_a_pdf() {
        let pdf = crate::sheets::sheets(&sheet(3)).unwrap();
        assert!(pdf.starts_with(b"%PDF-1.7"));
    }
}
