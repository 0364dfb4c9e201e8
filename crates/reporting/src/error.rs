//! What can go wrong on the way from a snapshot to a file.

use ketnoi_domain::{Coded, Lang, MoneyError};

/// Why a report was not made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// Nobody wrote such a report.
    #[error("there is no report `{name}`: choose one of {known}, or write reports/{name}.toml")]
    UnknownReport {
        /// The name that was asked for.
        name: String,
        /// The reports there are.
        known: String,
    },
    /// No such brand.
    #[error("there is no brand `{name}`: choose one of {known}, or write reports/brands/{name}.toml")]
    UnknownBrand {
        /// The name that was asked for.
        name: String,
        /// The brands there are.
        known: String,
    },
    /// A file under `reports/` cannot be read.
    #[error("{file}: {reason}")]
    File {
        /// The file, as it is called under `reports/`.
        file: String,
        /// What is wrong, with line and key where they are known.
        reason: String,
    },
    /// A language that no wording was written for.
    #[error("there is no wording in `{code}`: write reports/wording/{code}.ftl, or ask for one of {known}", code = lang.code())]
    NoWording {
        /// The language that was asked for.
        lang: Lang,
        /// The languages there are.
        known: String,
    },
    /// Words that the report needs and its language lacks.
    #[error("reports/wording/{lang}.ftl lacks or misuses {keys}: write these messages there")]
    Wording {
        /// The language.
        lang: String,
        /// The messages' keys.
        keys: String,
    },
    /// The parts do not make the whole.
    #[error("{subject}: the lines sum to {sum}, the total says {total}; correct the figures before printing them")]
    Unbalanced {
        /// Which total.
        subject: String,
        /// What the lines come to.
        sum: String,
        /// What is stated.
        total: String,
    },
    /// A sum cannot be made.
    #[error("{subject}: {source}")]
    Money {
        /// Which sum.
        subject: String,
        /// Why not.
        source: MoneyError,
    },
    /// A fact points at something that the snapshot does not hold.
    #[error("{subject} names {what} `{key}`, which the snapshot does not hold: take the snapshot again")]
    Dangling {
        /// What points.
        subject: String,
        /// At what sort of thing.
        what: &'static str,
        /// By which key.
        key: String,
    },
    /// The snapshot's instant is no instant.
    #[error("the snapshot says it was taken at `{0}`: give an instant in UTC such as 2026-11-22T10:00:00Z")]
    Instant(String),
    /// A font cannot be used.
    #[error("the font {0} cannot be read: put a TrueType file of that name under reports/fonts and build again")]
    Font(&'static str),
    /// A text cannot be shaped.
    #[error("the text `{text}` cannot be set: {reason}")]
    Shaping {
        /// The beginning of the text.
        text: String,
        /// Why not.
        reason: String,
    },
    /// The model cannot be written down.
    #[error("the report's figures cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The workbook library found fault with a table.
    #[error("the workbook cannot be made: {0}")]
    Xlsx(String),
    /// A file that is said to be a report and is none, or is not as it was made.
    #[error("{0}")]
    Altered(String),
    /// The PDF library found fault with the pages, or left something out that a tagged file needs.
    #[error("the pages cannot be written as PDF: {0}")]
    Pdf(String),
}
