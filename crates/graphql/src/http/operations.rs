//! Registered operations: documents that a client names by their hash in place of sending them, by the appendix on persisted
//! documents of GraphQL over HTTP (`documentId`) or in the way of Apollo (`extensions.persistedQuery.sha256Hash`).
//!
//! A hash is that of the text alone, so a document that is sent whole can be looked for as well: who may send only what is
//! registered may send it either way.

use std::fmt::Write as _;

use actix_web::http::StatusCode;
use async_graphql::parser::parse_query;
use sha2::{Digest as _, Sha256};

use super::error::{Code, Refusal};
use super::hooks::Hooks;
use super::limits::Limits;
use super::params::Params;
use super::{scan, shape};

/// The SHA-256 of a document's text, in lower-case hexadecimal: what it is registered under.
pub fn hash_of(document: &str) -> String {
    hexadecimal(&Sha256::digest(document.as_bytes()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing into a text cannot fail.
        _ = write!(text, "{byte:02x}");
    }
    text
}

/// Whether a document can be parsed and validated in bounded time, before anyone does; else what is too much. What it costs
/// and how large it may be is asked when it runs.
pub(crate) fn unfolds(document: &str) -> Result<(), String> {
    let told = |refusal: Refusal| refusal.message();
    let limits = Limits { depth: u64::MAX, aliases: u64::MAX, root_fields: u64::MAX, ..Limits::default() };
    shape::within("its nesting is", scan::scan(document).nesting, limits.nesting).map_err(told)?;
    // What does not parse is told by whoever parses it next.
    let Ok(document) = parse_query(document) else { return Ok(()) };
    for (_, operation) in document.operations.iter() {
        shape::check(&document, &operation.node, &limits).map_err(told)?;
    }
    Ok(())
}

/// Puts the document in the place of its name. Where only registered documents may be sent, any other is refused.
pub(super) async fn resolve<H: Hooks>(
    hooks: &H,
    mut params: Params,
    any_document: bool,
    correlation_id: &str,
) -> Result<Params, Refusal> {
    let fault = |reason: String| Refusal::internal(correlation_id, &reason);
    let named = named(&params)?;
    if params.query.is_empty()
        && let Some(named) = named
    {
        let Some(document) = hooks.document(&named.hash).await.map_err(fault)? else { return Err(named.unknown()) };
        params.query = document.to_string();
        return Ok(params);
    }
    if any_document && named.is_none() {
        return Ok(params);
    }
    let hash = hash_of(&params.query);
    if named.is_some_and(|named| named.hash != hash) {
        return Err(unreadable("The document that was sent is not the one that was named: its SHA-256 is another."));
    }
    if !any_document && hooks.document(&hash).await.map_err(fault)?.is_none() {
        let message =
            "This registry answers you registered operations only: name one by `documentId`, or sign in or bring a key.";
        return Err(Refusal::http(StatusCode::FORBIDDEN, Code::Forbidden, message));
    }
    Ok(params)
}

/// A document as a client names it.
struct Named {
    hash: String,
    apollo: bool,
}

impl Named {
    fn unknown(&self) -> Refusal {
        if self.apollo {
            // Clients of Apollo know these very words, and send the whole document next.
            return Refusal::new(Code::NotFound, "PersistedQueryNotFound");
        }
        Refusal::new(Code::NotFound, format!("No operation is registered under sha256:{}.", self.hash))
    }
}

fn named(params: &Params) -> Result<Option<Named>, Refusal> {
    let (text, apollo) = match (params.document_id.as_deref(), params.apollo_hash()) {
        (Some(id), _) => (id.strip_prefix("sha256:").unwrap_or(id), false),
        (None, Some(hash)) => (hash, true),
        (None, None) => return Ok(None),
    };
    let hexadecimal = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !hexadecimal {
        return Err(unreadable(
            "A document is named by the SHA-256 of its text: `sha256:` and 64 hexadecimal digits in lower case.",
        ));
    }
    Ok(Some(Named { hash: text.to_owned(), apollo }))
}

fn unreadable(message: &str) -> Refusal {
    Refusal::http(StatusCode::BAD_REQUEST, Code::BadUserInput, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_that_of_the_appendix() {
        let document = "query($id:ID!){user(id:$id){name}}";
        assert_eq!(hash_of(document), "71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b");
    }
}
