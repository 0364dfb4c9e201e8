//! Registered operations: the documents that clients may name by their hash.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use ketnoi_domain::Action;
use ketnoi_registry::{NewOperation, RegisteredOperation, UserErrorCode as Sort, say};

use super::payload::{UserError, settle};
use crate::{
    check_document,
    error::Result,
    exec::One,
    request::{author, lang, registry, session},
};

/// The mutations of registered operations.
#[derive(Debug, Default)]
pub(crate) struct Operations;

/// A document to register.
#[derive(InputObject, Debug)]
pub(crate) struct RegisterOperationInput {
    /// What it is called; that of its first operation where nothing is said.
    name: Option<String>,
    /// The document, byte for byte as clients hash it.
    document: String,
}

/// An operation to take away.
#[derive(InputObject, Debug)]
pub(crate) struct RemoveOperationInput {
    /// The SHA-256 of its document, in hexadecimal, with or without `sha256:` before it.
    hash: String,
}

/// A document that clients may name in place of sending it.
#[derive(SimpleObject, Debug)]
#[graphql(name = "RegisteredOperation")]
pub(crate) struct Registered {
    /// What clients send as `documentId`.
    document_id: String,
    /// The SHA-256 of the document, in hexadecimal.
    hash: String,
    /// What it is called.
    name: String,
    /// When it was registered.
    registered_at: String,
}

impl From<RegisteredOperation> for Registered {
    fn from(o: RegisteredOperation) -> Self {
        Self { document_id: format!("sha256:{}", o.hash), hash: o.hash, name: o.name, registered_at: o.registered_at }
    }
}

/// What came of registering an operation.
#[derive(SimpleObject, Debug)]
pub(crate) struct RegisterOperationPayload {
    /// The operation; null where it was refused.
    operation: Option<One<Registered>>,
    /// What the caller can mend.
    errors: Vec<UserError>,
}

/// What came of taking an operation away.
#[derive(SimpleObject, Debug)]
pub(crate) struct RemoveOperationPayload {
    /// The hash of the operation that is gone; null where it was refused.
    hash: Option<String>,
    /// What the caller can mend.
    errors: Vec<UserError>,
}

#[Object(name = "OperationMutations")]
impl Operations {
    /// Registers a document that clients may then name by the SHA-256 of its text. It must fit the schema, and each of its
    /// operations must have a name. For administrators.
    async fn register_operation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The document.")] input: RegisterOperationInput,
    ) -> Result<RegisterOperationPayload> {
        // To read a document is work: it is done for those who may register it.
        let may = session(ctx).viewer().may(Action::Administer);
        let checked = if may { check_document(&input.document).await } else { Ok(Vec::new()) };
        let names = match checked {
            Ok(names) => names,
            Err(problems) => {
                let told = |problem: String| {
                    let message = say(lang(ctx), "operation-wrong", &[("problem", &problem)]);
                    UserError::from(ketnoi_registry::UserError::new(Sort::Invalid, "document", message))
                };
                let errors = problems.into_iter().map(told).collect();
                return Ok(RegisterOperationPayload { operation: None, errors });
            }
        };
        let name = input.name.or_else(|| names.into_iter().next()).unwrap_or_default();
        let new = NewOperation { name, document: input.document };
        let (done, errors) = settle(registry(ctx).register_operations(&author(ctx), &[new]).await)?;
        let operation = done.and_then(|mut all| all.pop()).map(|o| One(Registered::from(o)));
        Ok(RegisterOperationPayload { operation, errors })
    }

    /// Takes a registered operation away, so that clients can no longer name it. For administrators.
    async fn remove_operation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: RemoveOperationInput,
    ) -> Result<RemoveOperationPayload> {
        let (hash, errors) = settle(registry(ctx).remove_operation(&author(ctx), &input.hash).await)?;
        Ok(RemoveOperationPayload { hash, errors })
    }
}
