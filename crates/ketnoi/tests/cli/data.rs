//! Migrations, imports, and the databases that a command refuses.

use std::fs;

use rusqlite::Connection;

use crate::support::{Place, acvn};

#[test]
fn migrations_go_up_and_down_and_tell_their_state() {
    let place = Place::new();
    place.run(&["migrate", "status"]).failed(&["there is no registry at sqlite://ketnoi.db"]);
    assert!(!place.path("ketnoi.db").exists(), "a look makes nothing");
    let up = place.run(&["migrate", "up"]).good().out;
    let count = up.lines().filter(|line| line.starts_with("applied m0")).count();
    assert!(count > 0 && up.contains("sqlite://ketnoi.db is up to date"), "{up}");
    let again = place.run(&["migrate", "up"]).good().out;
    assert_eq!(again, "sqlite://ketnoi.db is up to date\n");
    let status = place.run(&["migrate", "status"]).good().out;
    assert_eq!(status.lines().filter(|line| line.starts_with("applied ")).count(), count);

    place.run(&["migrate", "down"]).failed(&["loses what their tables hold: say --yes if you mean it"]);
    assert_eq!(place.run(&["migrate", "status"]).good().out, status);
    place.run(&["migrate", "down", "--yes"]).good();
    let after = place.run(&["migrate", "status"]).good().out;
    assert_eq!(after.lines().filter(|line| line.starts_with("missing ")).count(), 1, "{after}");
    place.run(&["import", "registry", &acvn()]).failed(&["1 migrations have not been applied", "run `ketnoi migrate up`"]);
    place.run(&["migrate", "up"]).good();
    assert_eq!(place.run(&["migrate", "status"]).good().out, status);
}

#[test]
fn importing_the_public_facts_twice_is_the_same_as_once() {
    let place = Place::new();
    place.run(&["migrate", "up"]).good();
    let total = |out: &str| -> Vec<u64> {
        let line = out.lines().find(|line| line.starts_with("all ")).unwrap_or_else(|| panic!("{out}"));
        line.split_whitespace().skip(1).map(|n| n.parse().unwrap()).collect()
    };
    let dry = place.run(&["import", "registry", "--dry-run", &acvn()]).good().out;
    assert!(dry.contains("dry run: nothing was written"), "{dry}");
    let first = place.run(&["import", "registry", &acvn()]).good().out;
    let [added, changed, unchanged, removed] = total(&first)[..] else { panic!("{first}") };
    assert!(added > 500 && (changed, unchanged, removed) == (0, 0, 0), "{first}");
    assert_eq!(total(&dry), total(&first));
    assert!(first.contains("the registry is at revision 1"), "{first}");
    let second = place.run(&["import", "registry", &acvn()]).good().out;
    assert_eq!(total(&second), [0, 0, added, 0]);
    assert!(second.contains("the registry is at revision 1"), "{second}");
}

#[test]
fn a_wrong_file_is_named_with_line_and_field_and_nothing_is_written() {
    let place = Place::new();
    place.run(&["migrate", "up"]).good();
    place.write("files/good.toml", "[[organisation]]\ncode = \"GOOD\"\ntype = \"other\"\nname = [{ vi = \"Tốt\" }]\n");
    let wrong = "[[programme]]\ncode = \"A\"\nlevel = \"project\"\ntitle = { vi = \"a\" }\nplanned = { from = \"2010-13\" }\n";
    place.write("files/wrong.toml", wrong);
    place
        .run(&["import", "registry", "files"])
        .failed(&["files/wrong.toml:5: programme[0].planned.from: `2010-13` is not a date", "1 problem; nothing was written"]);
    let dangling = "[[programme]]\ncode = \"A\"\nlevel = \"project\"\ntitle = { vi = \"a\" }\n\n[[programme.participation]]\norganisation = \"NOBODY\"\nrole = \"funding\"\n";
    place.write("files/wrong.toml", dangling);
    place.run(&["import", "registry", "files"]).failed(&["files/wrong.toml:7: ", "NOBODY", "nothing was written"]);
    place.run(&["import", "registry", "no-such-folder"]).failed(&["no-such-folder cannot be read"]);
    let doctor = place.run(&["doctor", "--listen", "127.0.0.1:0"]).good().out;
    assert!(doctor.contains("the registry is at revision 0"), "{doctor}");
}

#[test]
fn an_import_without_a_registry_says_how_to_make_one_and_makes_no_file() {
    let place = Place::new();
    let outcome = place.run(&["import", "registry", &acvn()]);
    outcome.failed(&["there is no registry at sqlite://ketnoi.db: make one with `ketnoi migrate up`"]);
    assert!(place.names().is_empty(), "{:?}", place.names());
}

#[test]
fn the_demonstration_refuses_every_database_that_it_did_not_make() {
    let place = Place::new();
    // A registry that someone else made.
    place.run(&["migrate", "up", "--database-url", "sqlite://own.db"]).good();
    place
        .run(&["demo", "--database-url", "sqlite://own.db"])
        .failed(&["sqlite://own.db is a registry that the demonstration did not make", "Serve it with `ketnoi serve`"]);
    let doctor = place.run(&["doctor", "--listen", "127.0.0.1:0", "--database-url", "sqlite://own.db"]).good().out;
    assert!(doctor.contains("the registry is at revision 0"), "{doctor}");
    // A server.
    place.run(&["demo", "--database-url", "postgres://keeper@127.0.0.1:1/registry"]).failed(&[
        "the demonstration lives in an embedded database, not in postgres://127.0.0.1:1/registry",
        "write sqlite://FILE",
    ]);
    // A file that is something else.
    place.write("letter.db", "Dear all, this is a letter and no database at all.\n");
    place
        .run(&["demo", "--database-url", "sqlite://letter.db"])
        .failed(&["sqlite://letter.db", "the file is no SQLite database; name another file"]);
    assert_eq!(fs::read_to_string(place.path("letter.db")).unwrap(), "Dear all, this is a letter and no database at all.\n");
    // A database of something else.
    let other = Connection::open(place.path("other.db")).unwrap();
    other.execute_batch("CREATE TABLE recipe (name TEXT); INSERT INTO recipe VALUES ('phở')").unwrap();
    drop(other);
    place
        .run(&["demo", "--database-url", "sqlite://other.db"])
        .failed(&["tables that are not a registry's (recipe)", "name another"]);
    let other = Connection::open(place.path("other.db")).unwrap();
    let tables: i64 = other.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get(0)).unwrap();
    assert_eq!(tables, 1);
}

#[test]
fn a_database_of_a_newer_version_is_refused_by_every_command() {
    let place = Place::new();
    place.run(&["migrate", "up"]).good();
    let database = Connection::open(place.path("ketnoi.db")).unwrap();
    database.execute("INSERT INTO seaql_migrations VALUES ('m9999_of_tomorrow', 1)", []).unwrap();
    drop(database);
    let folder = acvn();
    for command in [
        &["migrate", "up"][..],
        &["migrate", "status"],
        &["migrate", "down", "--yes"],
        &["import", "registry", &folder],
        &["serve", "--listen", "127.0.0.1:0"],
        &["demo", "--listen", "127.0.0.1:0"],
        &["report", "programme-summary", "--programme", "MPED", "--out", "x.pdf"],
    ] {
        place
            .run(command)
            .failed(&["was made by a newer version (it knows the migration m9999_of_tomorrow)", "run that version"]);
    }
    assert_eq!(place.run(&["doctor", "--listen", "127.0.0.1:0"]).status, Some(1));
}
