//! Serving: it answers, tells where, and stops when it is told to.

use std::net::TcpListener;

use crate::support::{Place, acvn};

#[test]
fn a_served_registry_answers_over_http_until_it_is_told_to_stop() {
    let place = Place::new();
    place.run(&["migrate", "up"]).good();
    place.run(&["import", "registry", &acvn()]).good();
    let server = place.serve(&["serve"]);
    let answer = server.ask("{ organisation(code: \"FCM\") { shortName partnerSince { value } } }");
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.json()["data"]["organisation"]["partnerSince"]["value"], "1998");
    assert!(answer.head.contains("content-type: application/graphql-response+json"), "{}", answer.head);
    assert_eq!(server.get("/healthz").status, 200);
    assert_eq!(server.get("/readyz").status, 200);
    assert_eq!(server.get("/schema.graphql").body, ketnoi_graphql::sdl());
    assert_eq!(server.get("/no/such/path").status, 404);
    let by_get = server.get("/graphql?query=%7Bprogramme(code:%22MPED%22)%7Bacronym%7D%7D");
    assert_eq!(by_get.json()["data"]["programme"]["acronym"], "MPED");

    let (status, printed) = server.terminate();
    assert_eq!((status, printed.as_str()), (Some(0), ""));
}

#[test]
fn the_demonstration_starts_from_nothing_and_starts_again_on_what_it_made() {
    let place = Place::new();
    let question = "{ programmes { totalCount } }";
    let server = place.serve(&["demo"]);
    let first = server.ask(question).json()["data"]["programmes"]["totalCount"].as_u64().unwrap();
    assert!(first > 20, "{first}");
    assert_eq!(server.terminate().0, Some(0));
    let server = place.serve(&["demo"]);
    assert_eq!(server.ask(question).json()["data"]["programmes"]["totalCount"], first);
    assert_eq!(server.terminate().0, Some(0));
}

#[test]
fn the_map_is_geojson_of_everything_that_has_a_place_and_ballots_can_be_counted_again() {
    let place = Place::new();
    let server = place.serve(&["demo"]);
    let map = server.get("/map.geojson");
    assert!(map.head.contains("content-type: application/geo+json"), "{}", map.head);
    let features = map.json()["features"].as_array().unwrap().clone();
    let kinds: std::collections::BTreeSet<_> = features.iter().map(|f| f["properties"]["kind"].as_str().unwrap()).collect();
    assert!(kinds.is_superset(&["event", "programme", "replication", "local_authority"].into()), "{kinds:?}");
    for feature in &features {
        let at = feature["geometry"]["coordinates"].as_array().unwrap();
        assert_eq!((feature["type"].as_str(), feature["geometry"]["type"].as_str()), (Some("Feature"), Some("Point")));
        // GeoJSON has the longitude first.
        assert!((-180.0..=180.0).contains(&at[0].as_f64().unwrap()) && (-90.0..=90.0).contains(&at[1].as_f64().unwrap()));
    }
    let events = server.get("/map.geojson?kinds=event,%20replication").json()["features"].as_array().unwrap().len();
    assert!((1..features.len()).contains(&events), "{events}");
    let refused = server.get("/map.geojson?kinds=event,transaction");
    assert_eq!((refused.status, refused.code().as_str()), (400, "BAD_USER_INPUT"));
    let tag = map.head.lines().find_map(|l| l.strip_prefix("etag: ")).unwrap().to_owned();
    let again = server.raw(
        &format!(
            "GET /map.geojson HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nIf-None-Match: {}\r\n\r\n",
            server.address,
            tag.replace("w/", "W/")
        ),
        b"",
    );
    assert_eq!((again.status, again.body.as_str()), (304, ""));

    let ballots = place.run(&["export", "ballots", "--dialogue", "MH-DT-2023"]).good().out;
    let lines: Vec<&str> = ballots.lines().collect();
    assert_eq!(lines[0], "cluster,spoiled,choices,city");
    assert!(lines.len() > 50, "{ballots}");
    place.run(&["export", "ballots", "--dialogue", "MH-DT-2023", "--out", "ballots.csv"]).good();
    assert_eq!(std::fs::read_to_string(place.path("ballots.csv")).unwrap(), ballots);
    place.run(&["export", "ballots", "--dialogue", "NONE"]).failed(&["there is no dialogue `NONE`"]);
}

#[test]
fn a_port_in_use_is_named_with_the_way_out() {
    let place = Place::new();
    place.run(&["migrate", "up"]).good();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let expected = format!("address {address} is in use: choose another with --listen");
    place.run(&["serve", "--listen", &address]).failed(&[&expected]);
    let expected = format!("address {address} is in use: choose another with --metrics-listen");
    place.run(&["serve", "--listen", "127.0.0.1:0", "--metrics-listen", &address]).failed(&[&expected]);
}

#[test]
fn serving_without_a_registry_says_how_to_make_one() {
    let place = Place::new();
    place
        .run(&["serve"])
        .failed(&["there is no registry at sqlite://ketnoi.db: make one with `ketnoi migrate up`, or try `ketnoi demo`"]);
    assert!(place.names().is_empty(), "{:?}", place.names());
}

#[test]
fn a_report_that_was_kept_is_served_to_those_who_may_see_what_is_in_it() {
    let place = Place::new();
    let server = place.serve(&["demo"]);
    let keep = |audience: &str| {
        let made = ["report", "programme-summary", "--programme", "MPED", "--audience", audience, "--keep", "--out", "mped.pdf"];
        let told = place.run(&made).good().out;
        told.lines().find_map(|l| l.strip_prefix("kept: ")).expect("it says where it is kept").to_owned()
    };
    let (public, internal) = (keep("public"), keep("internal"));
    // Whoever comes under another name than this machine's is a stranger.
    let ask = |host: &str, path: &str, more: &str| {
        server.raw(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n"), b"")
    };
    let local = server.address.clone();
    for (host, path, status) in [
        (local.as_str(), &public, 200),
        (local.as_str(), &internal, 200),
        ("portal.example", &public, 200),
        ("portal.example", &internal, 404),
    ] {
        let answer = ask(host, path, "");
        assert_eq!(answer.status, status, "{host} {path}: {}", answer.head);
        assert_eq!(answer.head.contains("content-type: application/pdf"), status == 200, "{}", answer.head);
        assert_eq!(answer.body.starts_with("%PDF-1.7"), status == 200);
    }
    let head = ask(&local, &public, "").head;
    assert!(head.contains("inline; filename=\"programme-summary-mped-vi.pdf\""), "{head}");
    let tag = head.lines().find_map(|l| l.strip_prefix("etag: ")).expect("it has a tag").to_owned();
    let again = ask("portal.example", &public, &format!("If-None-Match: {tag}\r\n"));
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    // Whoever was cut off goes on where they were, if it is the same file still.
    let part = ask("portal.example", &public, &format!("Range: bytes=0-7\r\nIf-Range: {tag}\r\n"));
    assert_eq!((part.status, part.body.as_str()), (206, "%PDF-1.7"));
    assert!(part.head.contains("content-range: bytes 0-7/"), "{}", part.head);
    let other = ask("portal.example", &public, "Range: bytes=0-7\r\nIf-Range: \"other\"\r\n");
    assert_eq!(other.status, 200);
    assert_eq!(ask("portal.example", &public, "Range: bytes=999999999-\r\n").status, 416);
    // What a stranger may not see is told like what there is not, whatever tag they bring.
    let guess = ask("portal.example", &internal, "If-None-Match: *\r\n");
    let none = ask("portal.example", "/reports/00000000-0000-0000-0000-000000000000.pdf", "");
    assert_eq!((guess.status, none.status), (404, 404));
    assert_eq!(ask(&local, "/reports/nonsense.pdf", "").status, 404);
}
