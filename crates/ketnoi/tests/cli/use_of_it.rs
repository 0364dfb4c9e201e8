//! Help, wrong use, the schema, and the doctor.

use std::net::TcpListener;

use crate::support::Place;

#[test]
fn help_teaches_what_to_try_first_and_names_every_command() {
    let place = Place::new();
    let help = place.run(&["--help"]).good().out;
    assert!(help.contains("Try it: `ketnoi demo`"), "{help}");
    for command in ["demo", "serve", "migrate", "import", "export", "report", "schema", "doctor"] {
        assert!(help.contains(&format!("\n  {command} ")), "{command}: {help}");
        let own = place.run(&[command, "--help"]).good().out;
        assert!(own.contains("Usage: ketnoi"), "{own}");
    }
    let serve = place.run(&["serve", "--help"]).good().out;
    for name in ["--listen", "KETNOI_LISTEN", "--max-cost", "[default: 10000]", "--database-url", "KETNOI_DATABASE_URL"] {
        assert!(serve.contains(name), "{name}: {serve}");
    }
    assert!(place.names().is_empty(), "help leaves nothing behind: {:?}", place.names());
}

#[test]
fn wrong_use_is_status_2_with_the_way_out() {
    let place = Place::new();
    for wrong in [
        &["--no-such-option"][..],
        &["no-such-command"],
        &[],
        &["migrate"],
        &["serve", "--listen", "nowhere"],
        &["report"],
        &["report", "programme-summary", "--programme", "MPED", "--event", "X"],
        &["report", "programme-summary", "--programme", "MPED", "--lang", "nl", "--out", "x.pdf"],
        &["migrate", "down", "--steps", "0"],
    ] {
        let outcome = place.run(wrong);
        assert_eq!(outcome.status, Some(2), "{wrong:?}: {}{}", outcome.out, outcome.err);
        assert!(outcome.err.contains("--help") || outcome.err.contains("Usage:"), "{wrong:?}: {}", outcome.err);
    }
    assert!(place.names().is_empty(), "{:?}", place.names());
}

#[test]
fn the_schema_is_printed_as_it_is_served() {
    let place = Place::new();
    assert_eq!(place.run(&["schema"]).good().out, ketnoi_graphql::sdl());
    assert!(place.names().is_empty(), "{:?}", place.names());
}

#[test]
fn the_doctor_says_what_is_wrong_and_what_to_do_and_changes_nothing() {
    let place = Place::new();
    let ill = place.run(&["doctor", "--listen", "127.0.0.1:0"]);
    ill.failed(&["1 of these are wrong"]);
    assert!(
        ill.out.contains("WRONG there is no registry at sqlite://ketnoi.db: make one with `ketnoi migrate up`"),
        "{}",
        ill.out
    );
    assert!(place.names().is_empty(), "{:?}", place.names());

    place.run(&["migrate", "up"]).good();
    let well = place.run(&["doctor", "--listen", "127.0.0.1:0"]).good();
    assert!(well.out.contains("ok    all migrations are applied"), "{}", well.out);
    assert!(!well.out.contains("WRONG"), "{}", well.out);

    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let busy = place.run(&["doctor", "--listen", &address]);
    busy.failed(&[]);
    assert!(busy.out.contains(&format!("WRONG {address} cannot be listened on")), "{}", busy.out);
    assert!(busy.out.contains("choose another with --listen"), "{}", busy.out);
}

#[test]
fn no_message_shows_a_password() {
    let place = Place::new();
    let url = "postgres://keeper:hunter2@127.0.0.1:1/registry";
    for command in [&["doctor", "--listen", "127.0.0.1:0"][..], &["migrate", "status"], &["demo"], &["serve"]] {
        let outcome = place.run(&[command, &["--database-url", url]].concat());
        assert_eq!(outcome.status, Some(1), "{command:?}");
        let said = outcome.out + &outcome.err;
        assert!(!said.contains("hunter2"), "{said}");
        assert!(said.contains("127.0.0.1:1/registry"), "{said}");
    }
}
