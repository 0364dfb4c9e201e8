//! Requests that mean harm, or were written by a broken program: each gets a status, a code and a sentence, and the server
//! goes on as before.

use serde_json::json;

use crate::support::{Answer, Place, Server};

fn ask(query: &str) -> String {
    json!({ "query": query }).to_string()
}

/// What hostile clients send, with the status and code of the answer.
fn attacks() -> Vec<(&'static str, String, u16, &'static str)> {
    let aliases: String = (0..2000).map(|i| format!("a{i}: __typename ")).collect();
    let directives = "@include(if: true) ".repeat(2000);
    let fragments: String = (0..60).map(|i| format!("fragment f{i} on Query {{ ...f{} ...f{} }} ", i + 1, i + 1)).collect();
    let lists =
        "programmes(first: 100) { nodes { components(first: 100) { nodes { components(first: 100) { nodes { code } } } } } }";
    vec![
        ("nothing", String::new(), 400, "BAD_USER_INPUT"),
        ("no JSON", "{\"query\": ".into(), 400, "BAD_USER_INPUT"),
        ("JSON of another shape", "[1, 2, 3]".into(), 400, "BAD_USER_INPUT"),
        ("a batch", format!("[{0}, {0}]", ask("{ __typename }")), 400, "BAD_USER_INPUT"),
        ("brackets inside one another", "[".repeat(200_000), 400, "BAD_USER_INPUT"),
        ("malformed GraphQL", ask("{ programmes( "), 400, "BAD_USER_INPUT"),
        ("an empty document", ask(""), 400, "BAD_USER_INPUT"),
        ("an unknown field", ask("{ passwords { hash } }"), 400, "BAD_USER_INPUT"),
        ("an unknown operation", json!({ "query": "{ __typename }", "operationName": "X" }).to_string(), 400, "BAD_USER_INPUT"),
        ("a missing variable", ask("query($c: String!) { programme(code: $c) { code } }"), 400, "BAD_USER_INPUT"),
        ("600 levels", ask(&format!("{}code{}", "{ parent ".repeat(600), "}".repeat(600))), 400, "TOO_COMPLEX"),
        (
            "20 levels",
            ask(&format!("{{ programme(code: \"MPED\") {}{{ code }}{} }}", "{ parent ".repeat(18), "}".repeat(18))),
            400,
            "TOO_COMPLEX",
        ),
        ("2,000 aliases", ask(&format!("{{ {aliases} }}")), 400, "TOO_COMPLEX"),
        ("2,000 directives", ask(&format!("{{ __typename {directives} }}")), 400, "TOO_COMPLEX"),
        (
            "fragments that double",
            ask(&format!("{{ ...f0 }} {fragments} fragment f60 on Query {{ __typename }}")),
            400,
            "TOO_COMPLEX",
        ),
        (
            "a fragment in a circle",
            ask("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }"),
            400,
            "BAD_USER_INPUT",
        ),
        ("large pages inside one another", ask(&format!("{{ {lists} }}")), 400, "TOO_COMPLEX"),
        ("100,000 tokens", ask(&format!("{{ {} }}", "a ".repeat(100_000))), 400, "TOO_COMPLEX"),
        ("a mutation where there is none", ask("mutation { drop }"), 400, "BAD_USER_INPUT"),
        ("3 MB", ask(&format!("{{ programme(code: \"{}\") {{ code }} }}", "x".repeat(3_000_000))), 413, "BAD_USER_INPUT"),
    ]
}

fn told_well(name: &str, answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status, answer.code().as_str()), (status, code), "{name}: {answer:?}");
    let body = answer.json();
    let message = body["errors"][0]["message"].as_str().unwrap();
    assert!(message.len() > 10 && message.len() < 1000, "{name}: {message}");
    let said = answer.body.to_lowercase();
    for word in ["select ", "sqlite", "panick", "stack", ".rs:", "ketnoi-cli-"] {
        assert!(!said.contains(word), "{name}: {}", answer.body);
    }
    assert!(body.get("data").is_none(), "{name}: nothing ran");
}

fn alive(server: &Server) {
    let answer = server.ask("{ programme(code: \"MPED\") { acronym } }");
    assert_eq!(answer.json()["data"]["programme"]["acronym"], "MPED", "{answer:?}");
}

#[test]
fn hostile_requests_get_a_status_a_code_and_a_sentence_and_the_server_lives_on() {
    let place = Place::new();
    let server = place.serve(&["demo"]);
    for (name, body, status, code) in attacks() {
        told_well(name, &server.post(&body), status, code);
        alive(&server);
    }
    let log = server.log();
    assert!(!log.contains("panicked") && !log.contains("ERROR"), "{log}");
    assert_eq!(server.terminate().0, Some(0));
}

#[test]
fn what_is_not_quite_http_is_turned_away_and_the_server_lives_on() {
    let place = Place::new();
    let server = place.serve(&["demo"]);
    let host = server.address.clone();
    for (head, status) in [
        (
            format!(
                "POST /graphql HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n"
            ),
            415,
        ),
        (format!("POST /graphql HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: 2\r\n\r\n"), 415),
        (format!("PUT /graphql HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: 2\r\n\r\n"), 405),
        (format!("GET /graphql?query=mutation%7Bx%7D HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), 405),
        (format!("GET /graphql HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), 400),
        ("NONSENSE\r\n\r\n".to_owned(), 400),
    ] {
        let answer = server.raw(&head, if head.contains("Content-Length: 2") { b"{}" } else { b"" });
        assert_eq!(answer.status, status, "{head}{answer:?}");
        alive(&server);
    }
    assert_eq!(server.terminate().0, Some(0));
}
