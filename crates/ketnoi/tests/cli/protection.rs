//! What keeps a server safe: nothing secret in its log, registered operations, and settings that are refused or named.

use serde_json::json;

use crate::support::{Place, Server};

/// Secrets that a client may send, each in its own place.
const SECRETS: [&str; 9] = [
    "kn_s3cret-key",
    "s3cret-session",
    "s3cret-csrf",
    "s3cret-password",
    "s3cret-code",
    "s3cret-link",
    "s3cret-variable",
    "s3cret-form",
    "s3cret-state",
];

fn send(server: &Server, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> u16 {
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", server.address);
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    server.raw(&head, body.as_bytes()).status
}

#[test]
fn nothing_secret_reaches_the_log() {
    let place = Place::new();
    place.run(&["migrate", "up"]).good();
    let server = place.serve_and_log(&["serve"], "debug");
    let (json_body, form) = (("Content-Type", "application/json"), ("Content-Type", "application/x-www-form-urlencoded"));
    let cookie = ("Cookie", "ketnoi=s3cret-session; ketnoi-form=s3cret-form; ketnoi-oidc=s3cret-state");
    let question =
        json!({ "query": "query Q($c: String!) { programme(code: $c) { code } }", "variables": { "c": "s3cret-variable" } });
    let wrong =
        json!({ "query": "query Q($c: String!) { programme(code: $c) { nothing } }", "variables": { "c": "s3cret-variable" } });
    let key = ("Authorization", "Bearer kn_s3cret-key");
    assert_eq!(send(&server, "POST", "/graphql", &[json_body, key], &question.to_string()), 401);
    let csrf = ("x-ketnoi-csrf", "s3cret-csrf");
    assert_eq!(send(&server, "POST", "/graphql", &[json_body, cookie, csrf], &question.to_string()), 200);
    send(&server, "POST", "/graphql", &[json_body, cookie, csrf], &wrong.to_string());
    assert_eq!(send(&server, "GET", "/map.geojson", &[key], ""), 401);
    assert_eq!(send(&server, "GET", "/auth/session", &[cookie], ""), 200);
    let attempt = "token=s3cret-form&name=an&password=s3cret-password&code=s3cret-code";
    assert_eq!(send(&server, "POST", "/auth/sign-in", &[form, cookie], attempt), 400);
    // This one gets as far as the registry: the form is ours.
    let token = "A".repeat(43);
    let ours = format!("ketnoi-form={token}");
    let attempt = format!("token={token}&name=an&password=s3cret-password&code=s3cret-code");
    assert_eq!(send(&server, "POST", "/auth/sign-in", &[form, ("Cookie", &ours)], &attempt), 403);
    let wish = format!("token={token}&password=s3cret-password&repeated=s3cret-password");
    assert_eq!(send(&server, "GET", "/auth/reset/s3cret-link", &[], ""), 200);
    assert_eq!(send(&server, "POST", "/auth/reset/s3cret-link", &[form, ("Cookie", &ours)], &wish), 422);
    assert_eq!(send(&server, "GET", "/auth/reset/s3cret-link/more", &[], ""), 404);

    let log = server.log();
    assert!(log.contains("/auth/reset/…") && log.contains("a key was refused"), "{log}");
    for secret in SECRETS {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
    }
    assert_eq!(server.terminate().0, Some(0));
}

#[test]
fn operations_are_registered_together_or_not_at_all() {
    let place = Place::new();
    place.run(&["migrate", "up"]).good();
    place.write("good/one.graphql", "query One($c: String!) { programme(code: $c) { code } }\n");
    place.write("good/more/two.graphql", "query Two { programmes { totalCount } }\n");
    place.write("good/notes.txt", "no document");
    place.write("bad/good.graphql", "query Good { __typename }\n");
    place.write("bad/wrong.graphql", "query Wrong {\n  programme(code: \"x\") { colour }\n}\n");
    place.write("bad/nameless.graphql", "{ __typename }\n");

    let bad = place.run(&["operations", "register", "bad"]);
    bad.failed(&[
        "bad/wrong.graphql: line 2",
        "colour",
        "bad/nameless.graphql: its operation has no name",
        "nothing is registered",
    ]);
    assert!(place.run(&["operations", "list"]).good().out.contains("no operation is registered"));

    let told = place.run(&["operations", "register", "good"]).good().out;
    assert!(told.contains(" One\n") && told.contains(" Two\n") && told.contains("2 operations are registered"), "{told}");
    let listed = place.run(&["operations", "list"]).good().out;
    let hash = listed.lines().find(|l| l.ends_with(" Two")).and_then(|l| l.split(' ').next()).unwrap().to_owned();

    let server =
        place.serve(&["serve", "--trusted-documents", "strangers", "--production", "--public-url", "https://registry.example"]);
    let ask = |body: serde_json::Value| server.post(&body.to_string());
    assert_eq!(ask(json!({ "documentId": hash })).json()["data"]["programmes"]["totalCount"], 0);
    let other = ask(json!({ "query": "{ programmes { totalCount } }" }));
    assert_eq!((other.status, other.code().as_str()), (403, "FORBIDDEN"));
    assert!(server.get("/healthz").head.contains("strict-transport-security: max-age=31536000"));
    drop(server);

    place.run(&["operations", "remove", &hash]).good();
    place.run(&["operations", "remove", &hash]).failed(&["No operation is registered under this hash."]);
    assert_eq!(place.run(&["operations", "list"]).good().out.lines().count(), 1);
}

#[test]
fn in_production_nobody_administers_by_being_here_and_strangers_learn_no_schema() {
    let place = Place::new();
    place.run(&["migrate", "up"]).good();
    let server = place.serve(&["serve", "--production", "--public-url", "https://registry.example"]);
    let asked = server.ask("{ __schema { queryType { name } } }");
    assert_eq!((asked.status, asked.code().as_str()), (400, "FORBIDDEN"), "{asked:?}");
    assert_eq!(server.get("/schema.graphql").status, 403);
    let change =
        server.ask("mutation { registerOperation(input: { document: \"query Q { __typename }\" }) { errors { code } } }");
    assert_eq!(change.code(), "FORBIDDEN", "{change:?}");
    let page = server.raw(
        &format!("GET /graphql HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAccept: text/html\r\n\r\n", server.address),
        b"",
    );
    assert!(!page.body.contains("<html"), "GraphiQL is off: {page:?}");
    let sign_in = server.get("/auth/sign-in");
    assert!(sign_in.status == 200 && sign_in.head.contains("set-cookie: __host-ketnoi-form="), "{}", sign_in.head);
}

#[test]
fn settings_under_which_it_is_not_safe_to_serve_are_refused_and_the_doctor_tells_the_same() {
    let place = Place::new();
    place.run(&["migrate", "up"]).good();
    let open = ["--listen", "0.0.0.0:0", "--cors-origins", "*"];
    place.run(&[&["serve"][..], &open].concat()).failed(&["it is not safe to serve so", "--public-url https://HOST"]);
    let told = place.run(&[&["doctor"][..], &open].concat());
    told.failed(&[]);
    for words in [
        "WRONG it is in production without an address",
        "note  no proxy is trusted",
        "note  every web page may use the API",
        "note  nobody can administer it",
        "note  strangers may send any query",
    ] {
        assert!(told.out.contains(words), "{words}: {}", told.out);
    }
}
