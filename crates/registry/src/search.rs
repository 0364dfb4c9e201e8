//! Search over every kind, as a reader uses it: pages of hits, how many there are, what to type next.

use ketnoi_persistence::{HitPosition, Hits, Search};

use crate::{Error, Session};

impl Session {
    /// A part of what is found, the best first.
    pub async fn search(&self, wanted: &Search, size: u32, after: Option<&HitPosition>) -> Result<Hits, Error> {
        Ok(ketnoi_persistence::search(self.reader(), self.viewer(), wanted, size, after).await?)
    }

    /// How much is found.
    pub async fn search_count(&self, wanted: &Search) -> Result<i64, Error> {
        Ok(ketnoi_persistence::search_count(self.reader(), self.viewer(), wanted).await?)
    }
}
