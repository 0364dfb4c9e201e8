//! Registered operations: documents that clients may name by their hash, and that are all that some callers may send.

use ketnoi_domain::Action;
use ketnoi_persistence::StoredOperation;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{Author, Error, Registry, UserError, UserErrorCode, WriteError, wording::say};

/// A document that someone wants to register. Whether it fits the schema is asked where the schema is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOperation {
    /// What it is called.
    pub name: String,
    /// Its text; its bytes are what the hash is of.
    pub document: String,
}

/// A document that is registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisteredOperation {
    /// The SHA-256 of its text, in lower-case hexadecimal.
    pub hash: String,
    /// What it is called.
    pub name: String,
    /// When it was registered, RFC 3339 in UTC.
    pub registered_at: String,
}

/// The longest name of an operation.
const LONGEST_NAME: usize = 100;

impl Registry {
    /// Registers documents, all of them or none. What is registered already keeps its hash and takes the new name.
    pub async fn register_operations(
        &self,
        author: &Author,
        new: &[NewOperation],
    ) -> Result<Vec<RegisteredOperation>, WriteError> {
        let at = self.clock().now();
        self.change(author, Action::Administer, "register operation", async |unit| {
            let unnamed = |(_, o): &(usize, &NewOperation)| o.name.trim().is_empty() || o.name.chars().count() > LONGEST_NAME;
            let faults: Vec<UserError> = new
                .iter()
                .enumerate()
                .filter(unnamed)
                .map(|(i, _)| {
                    let path = if new.len() == 1 { "name".to_owned() } else { format!("{i}.name") };
                    let limit = LONGEST_NAME.to_string();
                    UserError::new(UserErrorCode::Invalid, path, say(author.lang, "operation-name", &[("limit", &limit)]))
                })
                .collect();
            if !faults.is_empty() {
                return Err(WriteError::Refused(faults));
            }
            let mut done = Vec::with_capacity(new.len());
            for NewOperation { name, document } in new {
                let registered =
                    RegisteredOperation { hash: hash(document), name: name.trim().to_owned(), registered_at: at.clone() };
                // What stays as it is leaves no trace in the trail.
                if unit.name_of_operation(&registered.hash).await?.as_deref() != Some(registered.name.as_str()) {
                    let RegisteredOperation { hash, name, registered_at } = registered.clone();
                    let account = author.viewer.account();
                    let document = document.clone();
                    unit.put_operation(&StoredOperation { hash, name, document, registered_at, account }).await?;
                }
                done.push(registered);
            }
            Ok(done)
        })
        .await
    }

    /// Takes a registered operation away, so that clients can no longer name it.
    pub async fn remove_operation(&self, author: &Author, hash: &str) -> Result<String, WriteError> {
        let hash = hash.strip_prefix("sha256:").unwrap_or(hash);
        self.change(author, Action::Administer, "remove operation", async |unit| {
            if unit.remove_operation(hash).await? {
                return Ok(hash.to_owned());
            }
            let message = say(author.lang, "operation-unknown", &[]);
            Err(UserError::new(UserErrorCode::NotFound, "hash", message).into())
        })
        .await
    }

    /// All registered operations, by name.
    pub async fn operations(&self) -> Result<Vec<RegisteredOperation>, Error> {
        let stored = ketnoi_persistence::operations(self.store.reader()).await?;
        let registered = |o: StoredOperation| RegisteredOperation { hash: o.hash, name: o.name, registered_at: o.registered_at };
        Ok(stored.into_iter().map(registered).collect())
    }

    /// The document that is registered under a hash.
    pub async fn operation(&self, hash: &str) -> Result<Option<String>, Error> {
        Ok(ketnoi_persistence::operation(self.store.reader(), hash).await?.map(|o| o.document))
    }

    /// Whether anyone can administer the registry by signing in.
    pub async fn has_administrator(&self) -> Result<bool, Error> {
        Ok(ketnoi_persistence::has_administrator(self.store.reader()).await?)
    }
}

/// The hash of a document, as the gateway computes it.
fn hash(document: &str) -> String {
    Sha256::digest(document.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
