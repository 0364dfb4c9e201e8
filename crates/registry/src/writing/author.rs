use std::sync::Arc;

use ketnoi_domain::{Lang, Viewer};

/// Who changes the registry, from which request, and in which language they are to be told what is wrong.
#[derive(Clone, Debug)]
pub struct Author {
    /// Who.
    pub viewer: Viewer,
    /// The id of the request, as the log has it; nothing for what no request asked for.
    pub request: Option<Arc<str>>,
    /// The language of messages.
    pub lang: Lang,
    /// What makes a retry of the request safe.
    pub claim: Option<Claim>,
}

/// The promise of a client that all requests under one key are the same request, and whether it keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The header `Idempotency-Key`, and which root field of the request.
    pub key: String,
    /// The SHA-256 of what was asked, in hexadecimal.
    pub digest: String,
}

impl Author {
    /// An author without a request: a command of the binary, a worker, a test.
    pub fn of(viewer: Viewer, lang: Lang) -> Self {
        Self { viewer, request: None, lang, claim: None }
    }
}
