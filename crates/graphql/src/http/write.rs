//! Writes a response as JSON, straight from its values to bytes.

use async_graphql::{Response, Value};
use serde::Serialize;

/// Answers are rarely smaller, and a buffer that need not grow is not copied.
const USUAL_ANSWER: usize = 16 * 1024;

/// The body of an answer. `executed` says whether the request ran; one that did not has no member `data`.
pub(super) fn to_bytes(response: &Response, executed: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(if executed { USUAL_ANSWER } else { 512 });
    out.push(b'{');
    if executed {
        out.extend_from_slice(b"\"data\":");
        value(&response.data, &mut out);
    }
    let mut member = |name: &str, write: &dyn Fn(&mut Vec<u8>)| {
        if out.len() > 1 {
            out.push(b',');
        }
        plain(name, &mut out);
        out.push(b':');
        write(&mut out);
    };
    if !response.errors.is_empty() {
        member("errors", &|out| plain(&response.errors, out));
    }
    if !response.extensions.is_empty() {
        member("extensions", &|out| plain(&response.extensions, out));
    }
    out.push(b'}');
    out
}

fn value(of: &Value, out: &mut Vec<u8>) {
    match of {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Boolean(true) => out.extend_from_slice(b"true"),
        Value::Boolean(false) => out.extend_from_slice(b"false"),
        Value::String(text) => string(text, out),
        Value::Enum(name) => string(name, out),
        Value::Number(number) => plain(number, out),
        Value::List(items) => {
            out.push(b'[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(b',');
                }
                value(item, out);
            }
            out.push(b']');
        }
        Value::Object(members) => {
            out.push(b'{');
            for (place, (name, member)) in members.iter().enumerate() {
                if place > 0 {
                    out.push(b',');
                }
                // A name in GraphQL holds nothing that JSON would escape.
                out.push(b'"');
                out.extend_from_slice(name.as_bytes());
                out.extend_from_slice(b"\":");
                value(member, out);
            }
            out.push(b'}');
        }
        Value::Binary(bytes) => plain(bytes, out),
    }
}

/// Most strings hold nothing to escape, and are copied whole. The search for such a byte does not end at the first, since
/// then the processor looks at many at a time.
fn string(text: &str, out: &mut Vec<u8>) {
    if text.bytes().fold(false, |found, byte| found | (byte < 0x20) | (byte == b'"') | (byte == b'\\')) {
        return plain(text, out);
    }
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}

fn plain<T: Serialize + ?Sized>(of: &T, out: &mut Vec<u8>) {
    let before = out.len();
    if serde_json::to_writer(&mut *out, of).is_err() {
        // Only a map with keys that are no strings can fail, and none comes here; the answer must stay JSON all the same.
        out.truncate(before);
        out.extend_from_slice(b"null");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::{ServerError, value};
    use serde_json::json;

    #[test]
    fn what_is_written_reads_back_as_what_serde_writes() {
        let data = value!({
            "text": "Đà Nẵng \"quoted\" \\ \n \u{1} 🏃",
            "number": -12,
            "fraction": 1.5,
            "large": 18446744073709551615u64,
            "list": [1, null, true, false, [], {}],
            "object": { "nested": { "inner": "x" } },
        });
        let data = match data {
            Value::Object(mut members) => {
                members.insert(async_graphql::Name::new("role"), Value::Enum(async_graphql::Name::new("OFFICER")));
                Value::Object(members)
            }
            other => other,
        };
        let response = Response::new(data).extension("cost", value!({ "requested": 1 }));
        let written = String::from_utf8(to_bytes(&response, true)).unwrap();
        let expected = serde_json::to_value(&response).unwrap();
        assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), expected);
        assert_eq!(
            written,
            format!(r#"{{"data":{},"extensions":{{"cost":{{"requested":1}}}}}}"#, serde_json::to_string(&response.data).unwrap())
        );
    }

    #[test]
    fn a_request_that_did_not_run_has_no_data() {
        let response = Response::from_errors(vec![ServerError::new("no", None)]);
        assert_eq!(to_bytes(&response, false), br#"{"errors":[{"message":"no"}]}"#);
        let written: serde_json::Value = serde_json::from_slice(&to_bytes(&response, true)).unwrap();
        assert_eq!(written, json!({"data": null, "errors": [{"message": "no"}]}));
    }
}
