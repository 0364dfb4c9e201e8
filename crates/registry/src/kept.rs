//! Reports that are kept as they were handed out.

use ketnoi_domain::{Action, Viewer, Visibility};
use ketnoi_persistence::{KeptEntry, KeptReport};
use ketnoi_reporting::Rendered;
use uuid::Uuid;

use crate::{Error, Registry, Session};

/// The audience of reports that everyone may read.
pub const PUBLIC: &str = "public";

impl Registry {
    /// Keeps a report and gives the id by which it is found again. One made for everyone may be seen by everyone; any other
    /// by the association alone.
    pub async fn keep(&self, rendered: &Rendered) -> Result<Uuid, Error> {
        let (report, visibility) = self.to_keep(rendered, None);
        ketnoi_persistence::keep(&self.store, &report, visibility, None).await?;
        Ok(report.id)
    }

    /// A report as it is to be kept, and who may see it. One that holds what a party may see is, besides those who see
    /// everything, for that party alone, under any of its names. One made for everyone stays everyone's.
    pub(crate) fn to_keep(&self, rendered: &Rendered, party: Option<Uuid>) -> (KeptReport, Visibility) {
        let model = &rendered.model;
        let report = KeptReport {
            id: self.clock.new_id(),
            definition: model.definition.clone(),
            subject_kind: model.subject_kind.name().to_owned(),
            subject: model.subject.clone(),
            lang: ketnoi_domain::Coded::code(model.lang).to_owned(),
            audience: model.audience.clone(),
            brand: model.brand.clone(),
            taken: model.taken.clone(),
            revision: model.revision,
            pages: i64::try_from(rendered.pages).unwrap_or(i64::MAX),
            digest: rendered.digest.clone(),
            pdf: rendered.pdf.clone(),
        };
        let visibility = match party {
            _ if model.audience == PUBLIC => Visibility::Public,
            Some(_) => Visibility::Partners,
            None => Visibility::Internal,
        };
        (report, visibility)
    }

    /// Removes a report that was kept: its address then leads nowhere. Only those who keep the registry may.
    pub async fn remove_kept(&self, viewer: &Viewer, id: Uuid) -> Result<(), Error> {
        if !viewer.may(Action::Write) {
            return Err(Error::Forbidden("only those who keep the registry remove reports from it".into()));
        }
        if ketnoi_persistence::remove_kept(&self.store, viewer, id).await? {
            return Ok(());
        }
        Err(Error::NotFound { kind: "kept report", code: id.to_string() })
    }
}

impl Session {
    /// The reports that were kept, the oldest first; none that the viewer may not see.
    pub async fn kept_reports(&self) -> Result<Vec<KeptEntry>, Error> {
        Ok(ketnoi_persistence::list_kept(self.reader(), self.viewer()).await?)
    }

    /// A report that was kept; none that the viewer may not see.
    pub async fn kept_report(&self, id: Uuid) -> Result<Option<KeptReport>, Error> {
        Ok(ketnoi_persistence::kept(self.reader(), self.viewer(), id).await?)
    }
}
