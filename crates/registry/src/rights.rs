//! What there is beside what a viewer may see: others' money as one total, and records that are put away.

use std::collections::HashMap;

use ketnoi_domain::{Action, Agreement, Kind, Text, Totals, Transaction, TransactionType};
use ketnoi_persistence::{ArchivedRecord, Stored};
use uuid::Uuid;

use crate::{Error, Session};

/// The money of others in one programme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OthersMoney {
    /// The ceilings that they agreed, as amended.
    pub agreed: Totals,
    /// What was spent of their agreements, and of money that no agreement of the viewer covers.
    pub spent: Totals,
}

impl Session {
    /// For each of these programmes in which the viewer's party takes part, the money that is for partners and not in its
    /// reach, as one total. Nothing of other programmes, and nothing at all for those who are no party.
    pub async fn others_money(&self, programmes: &[Uuid]) -> Result<HashMap<Uuid, OthersMoney>, Error> {
        let own = ketnoi_persistence::taken_part_in(self.reader(), self.viewer(), programmes).await?;
        let mut all: HashMap<Uuid, OthersMoney> = own.iter().map(|id| (*id, OthersMoney::default())).collect();
        if all.is_empty() {
            return Ok(all);
        }
        let agreements: Vec<Agreement> = ketnoi_persistence::beyond_reach(self.reader(), self.viewer(), &own).await?;
        for agreement in &agreements {
            if let Some(ceiling) = agreement.current_ceiling() {
                all.entry(agreement.programme.uuid()).or_default().agreed.add(ceiling)?;
            }
        }
        let transactions: Vec<Transaction> = ketnoi_persistence::beyond_reach(self.reader(), self.viewer(), &own).await?;
        for transaction in transactions.iter().filter(|t| t.kind == TransactionType::Expenditure) {
            all.entry(transaction.programme.uuid()).or_default().spent.add(transaction.value)?;
        }
        Ok(all)
    }

    /// The records of a kind that are put away, the last first, for those who may bring them back: at most so many, behind one
    /// that was put away at an instant.
    pub async fn archived(&self, kind: Kind, first: u32, after: Option<(&str, Uuid)>) -> Result<Vec<ArchivedRecord>, Error> {
        self.require_keeper()?;
        Ok(ketnoi_persistence::archived_records(self.reader(), kind, first, after).await?)
    }

    /// A record as it was put away, for those who may bring it back; nothing where it is not put away.
    pub async fn archived_record<T: Stored>(&self, id: Uuid) -> Result<Option<T>, Error> {
        self.require_keeper()?;
        Ok(ketnoi_persistence::archived_record(self.reader(), id).await?)
    }

    /// What people call records of a kind that are put away, for those who may bring them back; what has no name of its own is
    /// left out.
    pub async fn archived_labels(&self, kind: Kind, ids: &[Uuid]) -> Result<HashMap<Uuid, Text>, Error> {
        self.require_keeper()?;
        Ok(ketnoi_persistence::archived_labels(self.reader(), kind, ids).await?)
    }

    /// Who put these records away the last time, as they were called then: for those who may bring them back. The trail alone
    /// knows, so nobody is named to those of them who may not read it.
    pub async fn archived_by(&self, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, Error> {
        self.require_keeper()?;
        if !self.viewer().may(Action::ReadAudit) {
            return Ok(HashMap::new());
        }
        Ok(ketnoi_persistence::archived_by(self.reader(), ids).await?)
    }

    /// Whether the viewer keeps the registry: sees all of it and writes it.
    pub(crate) fn is_keeper(&self) -> bool {
        // Who writes without reading, as a key may, is shown no records.
        self.viewer().sees(ketnoi_domain::Visibility::Draft) && self.viewer().may(Action::Write)
    }

    fn require_keeper(&self) -> Result<(), Error> {
        if self.is_keeper() {
            return Ok(());
        }
        Err(Error::Forbidden("only those who keep the registry see what is put away".into()))
    }
}
