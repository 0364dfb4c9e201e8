//! Slips of paper with voting codes, ten on a page, to be cut apart and handed out.
//!
//! They are no report: nothing is told by them, nothing of them is kept, and they are for paper alone.

use ketnoi_domain::Lang;

use crate::{ReportError, layout, pdf};

/// The slips of a vote, with the words that stand on each.
#[derive(Clone, Debug)]
pub struct SlipSheet {
    /// The language of the words.
    pub lang: Lang,
    /// What the dialogue is called.
    pub title: String,
    /// What stands above the code.
    pub label: String,
    /// What to do with it, and that it votes once.
    pub how: String,
    /// The slips, in the order in which they are printed.
    pub slips: Vec<Slip>,
}

/// A slip for one person.
#[derive(Clone)]
pub struct Slip {
    /// The cluster.
    pub cluster: String,
    /// Whose it is: the city, and which of its delegates.
    pub whose: String,
    /// The code, as it is to be typed.
    pub code: String,
    /// The address at which one types it; nothing where it is not known.
    pub address: Option<String>,
    /// The address with the code in it, for a camera.
    pub link: Option<String>,
}

/// A code is a secret: no log shows it.
impl std::fmt::Debug for Slip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Slip").field("cluster", &self.cluster).field("whose", &self.whose).finish_non_exhaustive()
    }
}

/// Prints slips as PDF on A4.
pub fn sheets(sheet: &SlipSheet) -> Result<Vec<u8>, ReportError> {
    pdf::write_plain(&layout::slips(sheet)?)
}
