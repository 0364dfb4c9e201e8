//! Accounts and keys from the command line: the first administrator, and emergencies.

use crate::support::{Place, acvn};

fn registry() -> Place {
    let place = Place::new();
    place.run(&["migrate", "up"]).good();
    place
}

/// The last line of what a command printed.
fn last(out: &str) -> &str {
    out.lines().last().unwrap_or_default()
}

#[test]
fn the_first_administrator_gets_a_link_and_no_password_is_ever_an_argument() {
    let place = registry();
    let made = place.run(&["user", "add", "Mai", "--role", "administrator"]).good().out;
    assert!(made.contains("made the account mai (administrator)"), "{made}");
    assert!(last(&made).starts_with("/auth/reset/"), "{made}");
    let known = place.run(&["user", "reset-link", "mai", "--public-url", "https://registry.example"]).good().out;
    assert!(last(&known).starts_with("https://registry.example/auth/reset/"), "{known}");
    let list = place.run(&["user", "list"]).good().out;
    assert_eq!(list.lines().count(), 2, "{list}");
    assert!(list.contains("mai ") && list.contains("administrator"), "{list}");
    // A new link takes the place of the old one.
    let again = place.run(&["user", "reset-link", "mai"]).good().out;
    assert_ne!(last(&again), last(&made));
    let help = place.run(&["user", "add", "--help"]).good().out;
    assert!(!help.contains("--password") && help.contains("history of the shell"), "{help}");
}

#[test]
fn what_is_wrong_with_an_account_is_said_with_what_to_do() {
    let place = registry();
    place.run(&["user", "add", "x", "--role", "officer"]).failed(&["name:", "3 to 64 characters"]);
    place.run(&["user", "add", "stranger", "--role", "officer"]).failed(&["The trail uses this name itself"]);
    place.run(&["user", "add", "jane", "--role", "funder"]).failed(&["organisation:", "say which"]);
    place
        .run(&["user", "add", "jane", "--role", "funder", "--organisation", "NOBODY"])
        .failed(&["there is no organisation `NOBODY`"]);
    let wrong = place.run(&["user", "add", "jane", "--role", "queen"]);
    assert_eq!(wrong.status, Some(2));
    assert!(wrong.err.contains("the roles are administrator, officer, focal_point, funder, partner"), "{}", wrong.err);
    place.run(&["user", "show", "jane"]).failed(&["there is no account `jane`", "ketnoi user list"]);
    assert_eq!(place.run(&["user", "list"]).good().out.lines().count(), 1);
}

#[test]
fn the_last_administrator_cannot_be_shut_out() {
    let place = registry();
    place.run(&["user", "add", "mai", "--role", "administrator"]).good();
    place.run(&["user", "disable", "mai"]).failed(&["disabled:", "the last administrator"]);
    place.run(&["user", "set", "mai", "--role", "officer"]).failed(&["role:", "the last administrator"]);
    place.run(&["user", "add", "lan", "--role", "administrator"]).good();
    let shut = place.run(&["user", "disable", "mai"]).good().out;
    assert!(shut.contains("changed mai: administrator, disabled"), "{shut}");
    assert_eq!(place.run(&["user", "disable", "mai"]).good().out, "mai is as it was\n");
    place.run(&["user", "reset-link", "mai"]).failed(&["This account is disabled"]);
    place.run(&["user", "enable", "mai"]).good();
}

#[test]
fn a_key_is_shown_once_and_can_be_revoked_by_what_is_at_hand() {
    let place = registry();
    place.run(&["import", "registry", &acvn()]).good();
    place.run(&["user", "add", "fcm-portal", "--role", "partner", "--organisation", "FCM"]).good();
    let issue = ["key", "issue", "fcm-portal", "--label", "portal", "--scope", "registry:read", "--scope", "iati:read"];
    let key = last(&place.run(&issue).good().out).to_owned();
    assert!(key.starts_with("kn_") && key.len() == 55, "{key}");
    let list = place.run(&["key", "list", "fcm-portal"]).good().out;
    assert!(list.contains(&key[..11]) && !list.contains(&key), "{list}");
    assert!(list.contains("registry:read,iati:read") && list.contains("portal"), "{list}");
    let shown = place.run(&["user", "show", "fcm-portal"]).good().out;
    assert!(shown.contains("organisation   FCM") && shown.contains(&key[..11]), "{shown}");

    assert_eq!(place.run(&["key", "revoke", &key[..11]]).good().out, "the key is revoked\n");
    assert_eq!(place.run(&["key", "revoke", &key]).good().out, "the key had been revoked before\n");
    place.run(&["key", "revoke", "kn_nosuchky"]).failed(&["there is no such key"]);
    let past = [&issue[..], &["--expires", "2020-01-01"]].concat();
    place.run(&past).failed(&["expiresAt:", "Write a day to come"]);
    let wrong = place.run(&["key", "issue", "fcm-portal", "--label", "x", "--scope", "everything"]);
    assert_eq!(wrong.status, Some(2));
    assert!(wrong.err.contains("the scopes are registry:read, registry:write"), "{}", wrong.err);
}

#[test]
fn roles_and_scopes_are_explained() {
    let place = Place::new();
    let roles = place.run(&["role", "list"]).good().out;
    for words in ["administrator", "focal_point", "needs --authority", "needs --organisation", "events:people", "second factor"] {
        assert!(roles.contains(words), "`{words}` is not in:\n{roles}");
    }
    assert!(place.names().is_empty(), "{:?}", place.names());
}
