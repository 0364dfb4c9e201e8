//! Publications: what a record and its parts held when it was published, as nobody changes it any more, and how two of them
//! differ.

use std::collections::BTreeMap;

use ketnoi_domain::{Kind, Visibility};
use ketnoi_persistence::{
    UnitOfWork, trail,
    trail::FieldChange,
    workflow::{self, Publication, Review},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{Error, Session};

/// For whom a record is published, and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publishing {
    /// Who sees it from now on.
    pub visibility: Visibility,
    /// What is said of it, for those who look for it later.
    pub note: String,
}

/// What a publication holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// The record.
    pub record: ToldRecord,
    /// Its parts, as deep as they go, by kind and code.
    pub parts: Vec<ToldRecord>,
}

/// A record in a publication. Of one about a person nothing is kept but that it was there, so that it can be erased.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToldRecord {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: Uuid,
    /// Its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What it said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contents: Option<Value>,
}

/// What became of a record between two publications.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartChange {
    /// It is only in the later one.
    Added,
    /// It is in both, and not the same.
    Changed,
    /// It is only in the earlier one.
    Removed,
}

/// How a record differs between two publications.
#[derive(Clone, Debug, PartialEq)]
pub struct PartDifference {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: Uuid,
    /// Its code; nothing for kinds about persons.
    pub code: Option<String>,
    /// What became of it.
    pub change: PartChange,
    /// The fields that differ.
    pub fields: Vec<FieldChange>,
}

impl Session {
    /// The publications of a record, the newest first; none of a record that the viewer may not see. Those who do not keep the
    /// registry are told of publications for them, and neither by whom nor why.
    pub async fn publications(&self, kind: Kind, id: Uuid) -> Result<Vec<Publication>, Error> {
        let viewer = self.viewer();
        let keeps = self.keeps();
        if !keeps && !trail::seen_now(self.reader(), viewer, &[(kind, id)]).await?.contains(&id) {
            return Ok(Vec::new());
        }
        let mut all = workflow::publications(self.reader(), id).await?;
        all.retain(|publication| publication.kind == kind);
        if !keeps {
            let theirs = viewer.parties().is_some();
            all.retain(|p| viewer.sees(p.visibility) || (theirs && p.visibility == Visibility::Partners));
            for publication in &mut all {
                publication.account = None;
                publication.actor.clear();
                publication.note.clear();
            }
        }
        Ok(all)
    }

    /// What a publication holds, for those who keep the registry: it holds parts that may have been withdrawn since, and counts
    /// however small.
    pub async fn publication(&self, kind: Kind, id: Uuid, number: i64) -> Result<Option<(Publication, Told)>, Error> {
        self.require_keeping()?;
        let all = workflow::publications(self.reader(), id).await?;
        let Some(publication) = all.into_iter().find(|p| p.kind == kind && p.number == number) else { return Ok(None) };
        let contents = workflow::publication_contents(self.reader(), id, number).await?.unwrap_or_default();
        let told = serde_json::from_str(&contents).map_err(|e| Error::Outcome(e.to_string()))?;
        Ok(Some((publication, told)))
    }

    /// How two publications of a record differ, the record itself first; nothing where there is no such publication.
    pub async fn publication_difference(
        &self,
        kind: Kind,
        id: Uuid,
        (from, to): (i64, i64),
    ) -> Result<Option<Vec<PartDifference>>, Error> {
        let (Some((_, before)), Some((_, after))) =
            (self.publication(kind, id, from).await?, self.publication(kind, id, to).await?)
        else {
            return Ok(None);
        };
        Ok(Some(differing(&before, &after)))
    }
}

/// What a record and its parts hold by now, of what those see for whom it is published.
pub(super) async fn contents(
    unit: &UnitOfWork,
    (kind, id): (Kind, Uuid),
    visibility: Visibility,
) -> Result<String, ketnoi_persistence::Error> {
    let parts = unit.parts_of(kind, id, visibility).await?;
    let open: Vec<(Kind, Uuid)> = parts.iter().copied().chain([(kind, id)]).filter(|(kind, _)| !kind.is_personal()).collect();
    let said = unit.told_of(&open).await?;
    let told = |(kind, id): (Kind, Uuid)| {
        let one = said.get(&id);
        let contents = one.and_then(|(_, contents)| serde_json::from_str(contents).ok());
        ToldRecord { kind, id, code: one.map(|(code, _)| code.clone()), contents }
    };
    let mut parts: Vec<ToldRecord> = parts.into_iter().map(told).collect();
    parts.sort_by(|a, b| (a.kind, &a.code, a.id).cmp(&(b.kind, &b.code, b.id)));
    let told = Told { record: told((kind, id)), parts };
    // Texts, numbers and maps with text keys: none of them can fail.
    Ok(serde_json::to_string(&told).unwrap_or_default())
}

/// The publication that a step makes.
pub(super) fn of(step: &Review, (number, visibility): (i64, Visibility), contents: &str) -> Publication {
    let review = step.clone();
    Publication {
        record: review.record,
        kind: review.kind,
        number,
        revision: review.revision,
        at: review.at,
        account: review.account,
        actor: review.actor,
        visibility,
        note: review.why,
        digest: Sha256::digest(contents).iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

/// How two publications differ, as they are kept; what cannot be read differs in nothing.
pub(super) fn differences(before: &str, after: &str) -> Vec<PartDifference> {
    let read = |text: &str| serde_json::from_str::<Told>(text).ok();
    read(before).zip(read(after)).map(|(before, after)| differing(&before, &after)).unwrap_or_default()
}

fn differing(before: &Told, after: &Told) -> Vec<PartDifference> {
    let by_id = |told: &'_ Told| -> BTreeMap<Uuid, ToldRecord> {
        told.parts.iter().chain([&told.record]).map(|one| (one.id, one.clone())).collect()
    };
    let (old, new) = (by_id(before), by_id(after));
    let mut all: Vec<PartDifference> = Vec::new();
    for one in old.values().filter(|one| !new.contains_key(&one.id)).chain(new.values()) {
        let (was, is) = (old.get(&one.id), new.get(&one.id));
        let text = |told: Option<&ToldRecord>| told.and_then(|t| t.contents.as_ref()).map(Value::to_string);
        let change = match (was, is) {
            (None, _) => PartChange::Added,
            (_, None) => PartChange::Removed,
            (Some(_), Some(_)) => PartChange::Changed,
        };
        let fields = trail::differing(text(was).as_deref(), text(is).as_deref());
        if change != PartChange::Changed || !fields.is_empty() {
            all.push(PartDifference { kind: one.kind, id: one.id, code: one.code.clone(), change, fields });
        }
    }
    let itself = after.record.id;
    all.sort_by(|a, b| (a.id != itself, a.kind, &a.code, a.id).cmp(&(b.id != itself, b.kind, &b.code, b.id)));
    all
}
