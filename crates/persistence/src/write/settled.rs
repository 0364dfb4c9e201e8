//! Who may see what a unit touched, and what belongs to it, in truth.

use ketnoi_domain::Kind;
use uuid::Uuid;

use super::{MANY, UnitOfWork};
use crate::{
    Error,
    settle::{self, Moved, Settled, Touches},
    trail::{Change, Operation, contents_of, with_level},
};

impl UnitOfWork {
    /// Finds out who may see the records of this unit, and what belongs to them, in truth. Done by every commit; earlier by
    /// who wants to know what it changes.
    pub async fn settle(&mut self) -> Result<(), Error> {
        // The search keeps a level beside each entry, which is settled as well.
        self.write_entries().await?;
        let unsettled = std::mem::take(&mut self.unsettled);
        if unsettled.is_empty() {
            return Ok(());
        }
        let settled = settle::settle(&self.transaction, &unsettled).await?;
        self.note_settled(&settled).await
    }

    /// Settles every record there is, whatever this unit touched: to check a registry, and to mend one.
    pub async fn settle_all(&mut self) -> Result<(), Error> {
        self.unsettled = Touches::default();
        self.write_entries().await?;
        let settled = settle::settle_all(&self.transaction).await?;
        self.note_settled(&settled).await
    }

    /// Tells the feed what settling did: which records more or fewer may see than before, and which stayed at their level but
    /// came into the reach of someone or went out of it.
    async fn note_settled(&mut self, settled: &Settled) -> Result<(), Error> {
        self.receipt.changed += settled.moved.len();
        let all: Vec<&Moved> = settled.moved.iter().chain(&settled.reached).collect();
        for part in all.chunks(MANY) {
            let contents = contents_of(&self.transaction, part.iter().map(|m| (m.kind, m.id))).await?;
            for m in part {
                let now = contents.get(&m.id).cloned().unwrap_or_default();
                let (before, after) = (with_level(now.contents.as_deref(), m.before), now.contents);
                let effective = (Some(m.before), Some(m.after));
                let (operation, code, version) = (Operation::Changed, now.code, now.version);
                let change = Change { kind: m.kind, id: m.id, operation, before, after, effective, code, version };
                self.feed.note(&self.transaction, change).await?;
            }
        }
        Ok(())
    }

    /// Notes what happened to a record that another way than [`UnitOfWork::put`] has written: who archives or restores it says
    /// so here. Levels are those that decide who may see it, nothing where there is no record.
    pub async fn touch(
        &mut self,
        kind: Kind,
        id: Uuid,
        operation: Operation,
        effective: (Option<i64>, Option<i64>),
    ) -> Result<(), Error> {
        self.unsettled.touch(kind, id);
        let now = contents_of(&self.transaction, [(kind, id)]).await?.remove(&id).unwrap_or_default();
        let before = effective.0.and_then(|level| with_level(now.contents.as_deref(), level));
        let after = effective.1.and_then(|level| with_level(now.contents.as_deref(), level));
        let change = Change { kind, id, operation, before, after, effective, code: now.code, version: now.version };
        self.feed.note(&self.transaction, change).await
    }
}
