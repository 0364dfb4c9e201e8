//! The chain: each audit entry carries a digest over itself, the changes of its commit, and the entry before.
//!
//! What is hashed is written so that no two different rows give the same bytes: every value with its length before it, and a
//! mark of its own for what is not there.

use sea_orm::{
    ConnectionTrait, DatabaseTransaction,
    sea_query::{Expr, ExprTrait, Order, Query},
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{Error, Signature};

/// Takes values in, one after another.
struct Canon(Sha256);

impl Canon {
    /// A digest of one sort of thing: digests of different sorts never meet.
    fn of(sort: &str) -> Self {
        Self(Sha256::new()).text(Some(sort))
    }
    fn bytes(mut self, bytes: Option<&[u8]>) -> Self {
        match bytes {
            None => self.0.update([0]),
            Some(bytes) => {
                self.0.update([1]);
                self.0.update((bytes.len() as u64).to_be_bytes());
                self.0.update(bytes);
            }
        }
        self
    }
    fn text(self, text: Option<&str>) -> Self {
        self.bytes(text.map(str::as_bytes))
    }
    fn number(self, number: Option<i64>) -> Self {
        self.bytes(number.map(i64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice))
    }
    fn id(self, id: Option<Uuid>) -> Self {
        self.bytes(id.as_ref().map(|id| id.as_bytes().as_slice()))
    }
    fn digest(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The digest of what a change says; nothing where it says nothing. It is kept beside the contents, and stays when they go.
pub(crate) fn contents_digest(before: Option<&str>, after: Option<&str>) -> Option<String> {
    let says = before.is_some() || after.is_some();
    says.then(|| hex(&Canon::of("contents").text(before).text(after).digest()))
}

/// All that a row of the feed is hashed over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RowFacts<'r> {
    pub(crate) revision: i64,
    pub(crate) position: i64,
    pub(crate) kind: &'r str,
    pub(crate) record: Uuid,
    pub(crate) operation: &'r str,
    pub(crate) code: Option<&'r str>,
    pub(crate) version: Option<i64>,
    pub(crate) effective: (Option<i64>, Option<i64>),
    pub(crate) contents: Option<&'r str>,
}

impl RowFacts<'_> {
    pub(crate) fn digest(&self) -> [u8; 32] {
        Canon::of("change")
            .number(Some(self.revision))
            .number(Some(self.position))
            .text(Some(self.kind))
            .id(Some(self.record))
            .text(Some(self.operation))
            .text(self.code)
            .number(self.version)
            .number(self.effective.0)
            .number(self.effective.1)
            .text(self.contents)
            .digest()
    }
}

/// All that an entry is hashed over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EntryFacts<'e> {
    pub(crate) previous: Option<&'e str>,
    pub(crate) id: Uuid,
    pub(crate) revision: i64,
    pub(crate) at: &'e str,
    pub(crate) actor: &'e str,
    pub(crate) account: Option<Uuid>,
    pub(crate) request: Option<&'e str>,
    pub(crate) action: &'e str,
    pub(crate) detail: &'e str,
    pub(crate) changes: &'e [u8; 32],
}

impl EntryFacts<'_> {
    pub(crate) fn hash(&self) -> String {
        let digest = Canon::of("entry")
            .text(self.previous)
            .id(Some(self.id))
            .number(Some(self.revision))
            .text(Some(self.at))
            .text(Some(self.actor))
            .id(self.account)
            .text(self.request)
            .text(Some(self.action))
            .text(Some(self.detail))
            .bytes(Some(self.changes.as_slice()))
            .digest();
        hex(&digest)
    }
}

/// Writes the audit entry of a unit as the next link. Writers follow one another, so the last entry is the one before.
pub(crate) async fn sign(
    transaction: &DatabaseTransaction,
    signature: &Signature<'_>,
    revision: i64,
    changes: &[u8; 32],
) -> Result<(), Error> {
    let mut last = Query::select();
    last.column("hash").from("audit_entry").and_where(Expr::col("hash").is_not_null());
    last.order_by("revision", Order::Desc).limit(1);
    let row = transaction.query_one(&last).await?;
    let previous: Option<String> = row.map(|row| row.try_get("", "hash")).transpose()?;
    let Signature { entry, at, actor, account, request, action, detail } = *signature;
    let previous_hash = previous.as_deref();
    let facts = EntryFacts { previous: previous_hash, id: entry, revision, at, actor, account, request, action, detail, changes };
    let hash = facts.hash();
    let columns = ["id", "revision", "at", "actor", "account", "request", "action", "detail", "previous", "hash"];
    let values = [
        entry.into(),
        revision.into(),
        at.into(),
        actor.into(),
        account.into(),
        request.map(str::to_owned).into(),
        action.into(),
        detail.into(),
        previous.into(),
        hash.into(),
    ];
    let insert = Query::insert().into_table("audit_entry").columns(columns).values_panic(values).to_owned();
    transaction.execute(&insert).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_run_together_alike_are_told_apart() {
        let of = |a: Option<&str>, b: Option<&str>| contents_digest(a, b);
        let all = [
            of(Some("ab"), Some("c")),
            of(Some("a"), Some("bc")),
            of(Some("abc"), None),
            of(None, Some("abc")),
            of(Some(""), None),
        ];
        for (i, one) in all.iter().enumerate() {
            assert!(one.is_some() && all[i + 1..].iter().all(|other| other != one));
        }
        assert_eq!(of(None, None), None);
    }
}
