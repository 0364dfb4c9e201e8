use ketnoi_domain::{Action, Viewer};
use ketnoi_persistence::{Signature, UnitOfWork};
use serde::{Serialize, de::DeserializeOwned};

use super::{Author, UserError, UserErrorCode, WriteError};
use crate::{Error, Registry, wording::say};

impl Registry {
    /// Makes one change: asks whether the author may, does the work in one unit, signs and commits it. What the work refuses
    /// leaves nothing.
    ///
    /// Under the same claim the work is done once. Whoever asks again gets the outcome of the first time, however long ago
    /// it was and whichever replica did it; so an outcome names what was made and never holds a secret.
    pub async fn change<R: Serialize + DeserializeOwned>(
        &self,
        author: &Author,
        action: Action,
        name: &'static str,
        work: impl AsyncFnOnce(&mut UnitOfWork) -> Result<R, WriteError>,
    ) -> Result<R, WriteError> {
        if !author.viewer.may(action) {
            return Err(Error::Forbidden(say(author.lang, "forbidden", &[("action", name)])).into());
        }
        let mut unit = UnitOfWork::begin(&self.store).await?;
        // Writers follow one another from here on, so of many retries the first finds no outcome and the others do.
        let owner = owner_of(author);
        if let Some(claim) = &author.claim
            && let Some((digest, outcome)) = unit.claimed(&owner, &claim.key).await?
        {
            unit.roll_back().await?;
            if digest != claim.digest {
                let message = say(author.lang, "key-reused", &[]);
                return Err(UserError::new(UserErrorCode::KeyReused, "", message).into());
            }
            return serde_json::from_str(&outcome).map_err(|e| Error::Outcome(e.to_string()).into());
        }
        let now = self.clock.now();
        let done = match work(&mut unit).await {
            Ok(done) => done,
            Err(refused) => {
                unit.roll_back().await?;
                return Err(crate::votes::told(refused, author.lang));
            }
        };
        if let Some(claim) = &author.claim {
            let outcome = serde_json::to_string(&done).map_err(|e| Error::Outcome(e.to_string()))?;
            unit.claim(&owner, &claim.key, &claim.digest, &outcome, &now).await?;
        }
        let detail = unit.noted().to_owned();
        let signature = Signature {
            entry: self.clock.new_id(),
            at: &now,
            actor: author.viewer.name(),
            account: author.viewer.account(),
            request: author.request.as_deref(),
            action: name,
            detail: &detail,
        };
        unit.commit(&signature).await?;
        Ok(done)
    }
}

/// Whose claims are told apart: those of each account, and of each key, from those of all others.
fn owner_of(author: &Author) -> String {
    match &author.viewer {
        Viewer::Known(who) => match &who.key {
            Some((key, _)) => format!("key {key}"),
            None => format!("account {}", who.account),
        },
        other => other.name().to_owned(),
    }
}
