//! People in reports that were handed out: the model that each file carries is read, whichever version made it.

use std::collections::HashMap;

use ketnoi_domain::Called;
use ketnoi_persistence::{
    UnitOfWork,
    people::{KeptReportHead, kept_report_file, kept_report_heads},
};
use uuid::Uuid;

use crate::{Error, Registry};

/// Which reports name someone, of those that were looked at. A file that is kept never changes.
pub(super) type Looked = HashMap<Uuid, bool>;

/// Whether a report names someone for sure. To read a file is work of the processor, which must not hold up what else runs on
/// this thread.
async fn names(pdf: Option<Vec<u8>>, called: &Called) -> bool {
    let called = called.clone();
    let look = move || {
        let model = pdf.and_then(|pdf| ketnoi_reporting::attached(&pdf));
        model.is_some_and(|model| called.is_surely_in(&model))
    };
    match tokio::task::spawn_blocking(look).await {
        Ok(named) => named,
        Err(error) => {
            tracing::warn!(%error, "a kept report cannot be read: it is taken for one that names nobody");
            false
        }
    }
}

impl Registry {
    /// The kept reports that name someone, the oldest first.
    pub(super) async fn reports_naming(&self, called: &Called) -> Result<Vec<KeptReportHead>, Error> {
        let mut all = Vec::new();
        if called.is_empty() {
            return Ok(all);
        }
        for report in kept_report_heads(self.store.reader()).await? {
            if names(kept_report_file(self.store.reader(), report.id).await?, called).await {
                all.push(report);
            }
        }
        Ok(all)
    }

    /// Looks at all kept reports before a unit begins: while a unit is open nobody else can write.
    pub(super) async fn look_at_reports(&self, called: &Called) -> Result<Looked, Error> {
        let mut looked = Looked::new();
        if called.is_empty() {
            return Ok(looked);
        }
        for report in kept_report_heads(self.store.reader()).await? {
            let named = names(kept_report_file(self.store.reader(), report.id).await?, called).await;
            looked.insert(report.id, named);
        }
        Ok(looked)
    }
}

/// The reports that name someone, within a unit: those that were kept in the meantime are looked at as well.
pub(super) async fn naming(unit: &UnitOfWork, called: &Called, looked: &Looked) -> Result<Vec<KeptReportHead>, Error> {
    let mut all = Vec::new();
    if called.is_empty() {
        return Ok(all);
    }
    for report in unit.kept_report_heads().await? {
        let named = match looked.get(&report.id) {
            Some(named) => *named,
            None => names(unit.kept_report_file(report.id).await?, called).await,
        };
        if named {
            all.push(report);
        }
    }
    Ok(all)
}
