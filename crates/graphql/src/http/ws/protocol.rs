//! The messages of graphql-transport-ws.

use std::fmt;

use async_graphql::ServerError;
use serde::Deserialize;
use serde_json::Value;

use super::super::params::Params;

/// The longest id of an operation.
const LONGEST_ID: usize = 256;

/// Why a socket is closed.
pub(super) mod close {
    /// The client said farewell.
    pub(in super::super) const NORMAL: u16 = 1000;
    /// The server stops.
    pub(in super::super) const GOING_AWAY: u16 = 1001;
    /// What came is not WebSocket.
    pub(in super::super) const PROTOCOL: u16 = 1002;
    /// A text is no UTF-8.
    pub(in super::super) const NOT_TEXT: u16 = 1007;
    /// A message is too large.
    pub(in super::super) const TOO_LARGE: u16 = 1009;
    /// Try again later.
    pub(in super::super) const AGAIN: u16 = 1013;
    /// A message that is not of the protocol.
    pub(in super::super) const BAD_REQUEST: u16 = 4400;
    /// An operation before the client has begun.
    pub(in super::super) const UNAUTHORIZED: u16 = 4401;
    /// What the client came with does not hold, or no longer.
    pub(in super::super) const FORBIDDEN: u16 = 4403;
    /// The client does not speak the protocol.
    pub(in super::super) const SUBPROTOCOL: u16 = 4406;
    /// The client did not begin.
    pub(in super::super) const TIMEOUT: u16 = 4408;
    /// An id that is in use.
    pub(in super::super) const IN_USE: u16 = 4409;
    /// The client began twice.
    pub(in super::super) const TWICE: u16 = 4429;
    /// A fault of ours.
    pub(in super::super) const INTERNAL: u16 = 4500;
}

/// What a client says of itself when it begins: `connection_init`. Its payload has the names of the headers.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Introduction {
    /// `authorization`: `Bearer` and a key, in the place of the header, which browsers cannot send with a handshake.
    pub authorization: Option<String>,
    /// `x-ketnoi-csrf`: the token of the session whose cookie came with the handshake, without which it changes nothing.
    pub csrf: Option<String>,
}

impl fmt::Debug for Introduction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Introduction").finish_non_exhaustive()
    }
}

/// What a client says.
#[derive(Debug)]
pub(super) enum Message {
    Begin(Introduction),
    Ping(Option<Value>),
    Pong,
    Subscribe { id: String, params: Params },
    Complete { id: String },
}

/// A message that is not of the protocol; the sentence is the reason of the close.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed(pub(super) String);

#[derive(Deserialize)]
struct Written {
    r#type: String,
    id: Option<String>,
    payload: Option<Value>,
}

/// Reads a message.
pub(super) fn read(text: &str) -> Result<Message, Malformed> {
    let malformed = |what: &str| Malformed(format!("Invalid message: {what}"));
    // serde would take an array for a struct written as a sequence.
    if !text.trim_start().starts_with('{') {
        return Err(malformed("it is no JSON object"));
    }
    let Written { r#type, id, payload } = serde_json::from_str(text).map_err(|error| malformed(&error.to_string()))?;
    let named = |id: Option<String>| match id {
        Some(id) if (1..=LONGEST_ID).contains(&id.len()) => Ok(id),
        _ => Err(malformed("`id` is a text of 1 to 256 bytes")),
    };
    match (r#type.as_str(), payload) {
        ("connection_init", None) => Ok(Message::Begin(Introduction::default())),
        ("connection_init", Some(Value::Object(members))) => {
            let member = |wanted: &str| {
                let of_the_name = members.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
                of_the_name.map(|(_, value)| value.as_str().unwrap_or_default().to_owned())
            };
            Ok(Message::Begin(Introduction { authorization: member("authorization"), csrf: member("x-ketnoi-csrf") }))
        }
        ("ping", payload @ (None | Some(Value::Object(_)))) => Ok(Message::Ping(payload)),
        ("pong", None | Some(Value::Object(_))) => Ok(Message::Pong),
        ("subscribe", Some(payload @ Value::Object(_))) => {
            let params = serde_json::from_value(payload).map_err(|error| malformed(&error.to_string()))?;
            Ok(Message::Subscribe { id: named(id)?, params })
        }
        ("complete", _) => Ok(Message::Complete { id: named(id)? }),
        ("connection_init" | "ping" | "pong" | "subscribe", _) => Err(malformed("`payload` is no object")),
        _ => Err(malformed("its `type` is not known")),
    }
}

/// `connection_ack`.
pub(super) fn acknowledged() -> String {
    r#"{"type":"connection_ack"}"#.to_owned()
}

/// `pong`, with what the ping brought.
pub(super) fn pong(payload: Option<&Value>) -> String {
    match payload {
        Some(payload) => format!(r#"{{"type":"pong","payload":{payload}}}"#),
        None => r#"{"type":"pong"}"#.to_owned(),
    }
}

/// `next`, with an answer as it is written for HTTP.
pub(super) fn next(id: &str, answer: &[u8]) -> String {
    let id = quoted(id);
    let mut text = String::with_capacity(answer.len() + id.len() + 40);
    text.push_str(r#"{"id":"#);
    text.push_str(&id);
    text.push_str(r#","type":"next","payload":"#);
    // What we write is JSON, and so UTF-8; a byte that is not would be a fault that clients must not stumble over.
    text.push_str(&String::from_utf8_lossy(answer));
    text.push('}');
    text
}

/// `error`: the operation did not run, or ended by these.
pub(super) fn error(id: &str, errors: &[ServerError]) -> String {
    let errors = serde_json::to_string(errors).unwrap_or_else(|_| r#"[{"message":"internal error"}]"#.to_owned());
    format!(r#"{{"id":{},"type":"error","payload":{errors}}}"#, quoted(id))
}

/// `complete`.
pub(super) fn complete(id: &str) -> String {
    format!(r#"{{"id":{},"type":"complete"}}"#, quoted(id))
}

fn quoted(id: &str) -> String {
    Value::from(id).to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(message: &Value) -> Message {
        read(&message.to_string()).unwrap()
    }

    #[test]
    fn a_client_introduces_itself_by_the_names_of_headers() {
        assert!(matches!(read(r#" {"type":"connection_init"}"#), Ok(Message::Begin(said)) if said == Introduction::default()));
        let payload = json!({ "Authorization": "Bearer k", "x-ketnoi-csrf": "t", "other": [1] });
        let Message::Begin(known) = said(&json!({ "type": "connection_init", "payload": payload })) else { panic!() };
        assert_eq!((known.authorization.as_deref(), known.csrf.as_deref()), (Some("Bearer k"), Some("t")));
        let Message::Begin(odd) = said(&json!({ "type": "connection_init", "payload": { "authorization": 7 } })) else {
            panic!()
        };
        assert_eq!(odd.authorization.as_deref(), Some(""), "what is no text is given, and does not hold");
    }

    #[test]
    fn an_operation_is_named_and_has_a_document() {
        let message = json!({ "id": "1", "type": "subscribe", "payload": { "query": "{ a }", "variables": { "n": 1 } } });
        let Message::Subscribe { id, params } = said(&message) else { panic!() };
        assert_eq!((id.as_str(), params.query.as_str(), params.variables.len()), ("1", "{ a }", 1));
        assert!(matches!(said(&json!({ "id": "1", "type": "complete" })), Message::Complete { id } if id == "1"));
        assert!(matches!(said(&json!({ "type": "ping", "payload": { "n": 1 } })), Message::Ping(Some(_))));
    }

    #[test]
    fn what_is_not_of_the_protocol_is_told_with_the_reason() {
        for wrong in [
            "",
            "ping",
            "[\"ping\", null, null]",
            "{}",
            r#"{"type":"start"}"#,
            r#"{"type":"subscribe","payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":"","payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":1,"payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","id":"1","payload":{}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":1}}"#,
            r#"{"type":"subscribe","id":"1","payload":[{"query":"{a}"}]}"#,
            r#"{"type":"connection_init","payload":"Bearer k"}"#,
            r#"{"type":"complete"}"#,
            r#"{"type":"ping","payload":1}"#,
        ] {
            assert!(read(wrong).unwrap_err().0.starts_with("Invalid message: "), "{wrong}");
        }
        let long = format!(r#"{{"type":"complete","id":"{}"}}"#, "x".repeat(257));
        assert!(read(&long).is_err());
    }

    #[test]
    fn messages_are_json_whatever_the_id() {
        let id = "a\"b\\\n";
        for (text, kind) in [
            (next(id, br#"{"data":{"a":1}}"#), "next"),
            (error(id, &[ServerError::new("no", None)]), "error"),
            (complete(id), "complete"),
        ] {
            let message: Value = serde_json::from_str(&text).unwrap();
            assert_eq!((message["id"].as_str(), message["type"].as_str()), (Some(id), Some(kind)), "{text}");
        }
        assert_eq!(pong(Some(&json!({ "n": 1 }))), r#"{"type":"pong","payload":{"n":1}}"#);
    }
}
