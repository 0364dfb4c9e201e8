//! The audit log, and what became of one record.

use std::collections::BTreeMap;

use ketnoi_domain::{Action, Kind, Visibility};
use ketnoi_persistence::{
    Operation,
    trail::{self, AuditEntry, EntryFilter, FieldChange, Past, PastState, Touched},
};
use uuid::Uuid;

use crate::{Error, Session};

/// A part of the audit log, the newest entries first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditPage {
    /// The entries.
    pub entries: Vec<AuditEntry>,
    /// Whether there are older ones.
    pub more: bool,
}

/// One change in the history of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The registry's revision that came of it.
    pub revision: i64,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What the author was called.
    pub actor: String,
    /// The author's account.
    pub account: Option<Uuid>,
    /// The request that asked for it.
    pub request: Option<String>,
    /// What was done in all.
    pub action: String,
    /// What was done with this record.
    pub operation: Operation,
    /// The record's version since.
    pub version: Option<i64>,
    /// Which fields changed, from what to what. Of kinds about persons only their names.
    pub fields: Vec<FieldChange>,
    /// Whether the fields are still kept.
    pub kept: bool,
}

/// How a record differs between two revisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Whether the record was there at the earlier one; nothing where that is not kept.
    pub was_there: Option<bool>,
    /// Whether it was there at the later one.
    pub is_there: Option<bool>,
    /// The fields that differ; none where either state is not kept.
    pub fields: Vec<FieldChange>,
}

impl Session {
    /// Audit entries, the newest first; those older than a revision, if one is given.
    pub async fn audit_entries(&self, filter: &EntryFilter, before: Option<i64>, first: u32) -> Result<AuditPage, Error> {
        self.may_audit()?;
        let mut entries = trail::entries(self.reader(), filter, before, first.saturating_add(1)).await?;
        let size = usize::try_from(first).unwrap_or(usize::MAX);
        let more = entries.len() > size;
        entries.truncate(size);
        Ok(AuditPage { entries, more })
    }

    /// Of each of these revisions the first records that it touched, and how many it touched in all.
    pub async fn touched(&self, revisions: &[i64], first: u32) -> Result<(Vec<Touched>, BTreeMap<i64, i64>), Error> {
        self.may_audit()?;
        Ok(trail::touched(self.reader(), revisions, first).await?)
    }

    /// The changes of one record, the newest first; those older than a revision, if one is given.
    pub async fn history(&self, kind: Kind, id: Uuid, before: Option<i64>, first: u32) -> Result<Vec<Revision>, Error> {
        self.may_audit()?;
        let all = trail::history(self.reader(), kind, id, before, first).await?;
        Ok(all.into_iter().map(|past| revision(kind, past)).collect())
    }

    /// How a record at one revision differs from what it was at another.
    pub async fn difference(&self, kind: Kind, id: Uuid, from: i64, to: i64) -> Result<Difference, Error> {
        self.may_audit()?;
        let nothing = Difference { was_there: None, is_there: None, fields: Vec::new() };
        if kind.is_personal() {
            // What such a record said is in no revision.
            return Ok(nothing);
        }
        let was = trail::past(self.reader(), kind, id, from).await?;
        let is = trail::past(self.reader(), kind, id, to).await?;
        let there = |state: &PastState| match state {
            PastState::Known(_) => Some(true),
            PastState::Absent => Some(false),
            PastState::Unknown => None,
        };
        let (was_there, is_there) = (there(&was), there(&is));
        let fields = match (&was, &is) {
            (PastState::Unknown, _) | (_, PastState::Unknown) => Vec::new(),
            (was, is) => trail::differing(text(was), text(is)),
        };
        Ok(Difference { was_there, is_there, fields })
    }

    /// What the trail says holds drafts too, so whoever reads it must see those.
    fn may_audit(&self) -> Result<(), Error> {
        let viewer = self.viewer();
        if viewer.may(Action::ReadAudit) && viewer.sees(Visibility::Draft) {
            return Ok(());
        }
        Err(Error::Forbidden(
            "the audit trail is for officers and administrators, and for their keys with the scope audit:read".into(),
        ))
    }
}

fn text(state: &PastState) -> Option<&str> {
    match state {
        PastState::Known(contents) => Some(contents),
        PastState::Absent | PastState::Unknown => None,
    }
}

fn revision(kind: Kind, past: Past) -> Revision {
    let fields = if kind.is_personal() {
        let names = past.after.as_deref().map(trail::changed_names).unwrap_or_default();
        names.into_iter().map(|field| FieldChange { field, before: None, after: None }).collect()
    } else {
        trail::differing(past.before.as_deref(), past.after.as_deref())
    };
    Revision {
        revision: past.revision,
        at: past.at,
        actor: past.actor,
        account: past.account,
        request: past.request,
        action: past.action,
        operation: past.operation,
        version: past.version,
        fields,
        kept: past.kept,
    }
}
