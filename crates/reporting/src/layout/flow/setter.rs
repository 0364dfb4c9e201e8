//! Setting text: its words shaped and broken into lines.

use crate::{
    ReportError,
    layout::{
        fonts::Shaper,
        paragraph::{Line, wrap},
        style::{Setting, Sheet},
        text::{Shaped, shape},
    },
    model::Rich,
};

/// A text with its lines.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    /// The text.
    pub(crate) shaped: Shaped,
    /// Its lines.
    pub(crate) lines: Vec<Line>,
}

impl Lines {
    /// How high they are together.
    pub(crate) fn height(&self) -> f32 {
        self.lines.len() as f32 * self.leading()
    }

    /// From one line to the next.
    pub(crate) fn leading(&self) -> f32 {
        self.shaped.setting.leading
    }

    /// Sets the same lines in another size.
    pub(crate) fn scale(&mut self, by: f32) {
        self.shaped.scale(by);
        for line in &mut self.lines {
            line.width *= by;
            line.pieces.iter_mut().for_each(|piece| piece.x *= by);
        }
    }
}

/// Sets text: shapes it and breaks it into lines. Made once for a document, however often its pages are filled.
pub(crate) struct Setter {
    /// Shapes text.
    pub(crate) shaper: Shaper,
    /// How things look.
    pub(crate) sheet: Sheet,
}

impl Setter {
    /// A setter for a document in these colours.
    pub(crate) fn new(sheet: Sheet) -> Result<Self, ReportError> {
        Ok(Self { shaper: Shaper::new()?, sheet })
    }

    /// Shapes a text.
    pub(crate) fn shape(&mut self, rich: &Rich, setting: Setting) -> Result<Shaped, ReportError> {
        shape(&mut self.shaper, rich, setting, self.sheet.muted)
    }

    /// Shapes a text and breaks it into lines.
    pub(crate) fn lines(&mut self, rich: &Rich, setting: Setting, width: f32) -> Result<Lines, ReportError> {
        let shaped = self.shape(rich, setting)?;
        let lines = wrap(&shaped, width);
        Ok(Lines { shaped, lines })
    }
}
