//! Reports that are made in the background.

use crate::coded::coded;

coded! {
    /// How far a report that was asked for has come.
    pub enum ReportJobState {
        /// It waits for a worker.
        Queued = "queued" / "queued",
        /// A worker makes it.
        Running = "running" / "running",
        /// It is there to be fetched.
        Done = "done" / "done",
        /// It could not be made; the problem says why.
        Failed = "failed" / "failed",
        /// Whoever asked for it no longer wants it.
        Cancelled = "cancelled" / "cancelled",
    }
}

coded! {
    /// What is being done for a report.
    pub enum ReportJobStage {
        /// Nothing yet.
        Waiting = "waiting" / "waiting",
        /// The registry is read.
        Reading = "reading" / "reading",
        /// Its pages are set.
        Setting = "setting" / "setting",
        /// The file is kept.
        Keeping = "keeping" / "keeping",
        /// Nothing more.
        Ended = "ended" / "ended",
    }
}

impl ReportJobStage {
    /// How far this is, in hundredths of the whole.
    pub fn percent(self) -> i64 {
        match self {
            Self::Waiting => 0,
            Self::Reading => 10,
            Self::Setting => 40,
            Self::Keeping => 90,
            Self::Ended => 100,
        }
    }
}

coded! {
    /// For whom a report is made: it holds what they may see.
    pub enum ReportAudience {
        /// Everyone.
        Public = "public" / "public",
        /// The organisation of whoever asks: what is public, and what partners see of what it takes part in.
        Partner = "partner" / "partner",
        /// The association.
        Internal = "internal" / "internal",
    }
}
