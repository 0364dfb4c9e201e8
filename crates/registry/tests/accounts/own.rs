//! One's own account: another password, and an end to sessions.

use std::fmt::Debug;

use ketnoi_domain::{Account, AccountRole, Lang};
use ketnoi_registry::{AccountChange, NewAccount, Pass, PasswordChange, Registry, SignIn, UserErrorCode, WriteError};
use ketnoi_test_support::{Bulk, NOW, TestDb, on_both_databases, organisation};

use crate::support::{PASSWORD, anyone, code, new, operator, person, refusal, refusals, signed_in, timed};

const NEW: &str = "a new long password";

fn change<'a>(current: &'a str, code: Option<&'a str>, new: &'a str) -> PasswordChange<'a> {
    PasswordChange { current, code, new }
}

/// A funder, of whom no second factor is demanded, with a password.
async fn funder(db: &TestDb, registry: &Registry, name: &str) -> Account {
    let organisation = organisation("FUNDER", "Quỹ Đối tác");
    let id = organisation.head.id;
    db.put(&Bulk { organisations: vec![organisation], ..Bulk::default() }).await;
    let funder = NewAccount { organisation: Some(id), ..new(name, AccountRole::Funder) };
    let account = registry.create_account(&operator(), &funder).await.unwrap();
    let token = registry.issue_reset(&operator(), account.id).await.unwrap().token.unwrap();
    registry.reset(&anyone(), &token, PASSWORD).await.unwrap();
    account
}

/// All that is told of what was refused.
fn told<T: Debug>(done: Result<T, WriteError>) -> Vec<(String, UserErrorCode, String)> {
    match done.unwrap_err() {
        WriteError::Refused(errors) => errors.into_iter().map(|e| (e.path, e.code, e.message)).collect(),
        WriteError::Registry(error) => panic!("{error}"),
    }
}

async fn is_in(registry: &Registry, token: &str) -> bool {
    registry.by_session(token).await.unwrap().is_some()
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_it_and_of_their_sessions_this_one_goes_on_under_a_new_token() {
    on_both_databases(async |db: TestDb| {
        let (registry, time) = timed(&db);
        let jane = funder(&db, &registry, "jane").await;
        let (this, other) = (signed_in(&registry, "jane", None).await, signed_in(&registry, "jane", None).await);
        let link = registry.issue_reset(&operator(), jane.id).await.unwrap().token.unwrap();
        time.set("2026-11-22T10:05:00Z");
        let renewed = registry.change_password(&anyone(), &this.token, &change(PASSWORD, None, NEW)).await.unwrap();
        assert!(!is_in(&registry, &other.token).await && !is_in(&registry, &this.token).await);
        let visit = registry.by_session(&renewed.token).await.unwrap().unwrap();
        assert_eq!((visit.rotated, &visit.csrf), (None, &renewed.csrf));
        assert_ne!(renewed.csrf, this.csrf, "a form that was written before is good no longer");
        let open = registry.own_account(&renewed.token).await.unwrap().unwrap().sessions;
        let times = open.iter().map(|s| (s.is_this, s.began_at.as_str(), s.used_at.as_str(), s.expires_at.as_str()));
        assert_eq!(times.collect::<Vec<_>>(), [(true, NOW, "2026-11-22T10:05:00Z", this.expires_at.as_str())]);
        assert!(registry.reset(&anyone(), &link, PASSWORD).await.is_err(), "a link that lies about is good no longer");
        let socket = Pass::by_session(this.viewer.clone(), &this.csrf);
        assert_eq!(registry.still(&socket).await.unwrap(), None, "what was opened with the token of before ends");

        assert_eq!(registry.sign_in("jane", PASSWORD, None).await.unwrap(), SignIn::Refused);
        assert!(matches!(registry.sign_in("jane", NEW, None).await.unwrap(), SignIn::In(_)));
        let late = registry.change_password(&anyone(), &other.token, &change(NEW, None, PASSWORD)).await;
        assert_eq!(refusals(late), refusal("", UserErrorCode::State), "that session is over");
        let trail = db.sql("SELECT actor, action, detail FROM audit_entry WHERE action = 'change password'").await;
        assert_eq!(trail, [["jane", "change password", "account jane"]]);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_current_password_changes_nothing_and_a_refused_new_one_tells_nothing_of_it() {
    on_both_databases(async |db: TestDb| {
        let (registry, _) = timed(&db);
        funder(&db, &registry, "jane").await;
        let (this, other) = (signed_in(&registry, "jane", None).await, signed_in(&registry, "jane", None).await);
        let revision = db.administrator().revision().await.unwrap();
        let long = "x".repeat(5_000);
        let try_with =
            async |current: &str, new: &str| registry.change_password(&anyone(), &this.token, &change(current, None, new)).await;
        let wrong = told(try_with("not the password", NEW).await);
        assert_eq!((wrong[0].0.as_str(), wrong[0].1), ("current", UserErrorCode::Invalid));
        for current in ["", long.as_str(), NEW] {
            assert_eq!(told(try_with(current, NEW).await), wrong);
        }
        for weak in ["short", "matkhau12345", "jane jane jane"] {
            let refused = told(try_with(PASSWORD, weak).await);
            assert_eq!((refused[0].0.as_str(), refused[0].1), ("password", UserErrorCode::Invalid), "{weak}");
            assert_eq!(told(try_with("not the password", weak).await), refused, "{weak}");
        }
        assert_eq!(db.administrator().revision().await.unwrap(), revision);
        assert!(is_in(&registry, &this.token).await && is_in(&registry, &other.token).await);
        assert!(matches!(registry.sign_in("jane", PASSWORD, None).await.unwrap(), SignIn::In(_)));
    })
    .await;
}

#[tokio::test]
async fn a_code_is_wanted_where_there_is_a_second_factor_and_none_is_taken_twice() {
    on_both_databases(async |db: TestDb| {
        let (registry, time) = timed(&db);
        let officer = person(&registry, "binh", AccountRole::Officer).await;
        let first = signed_in(&registry, "binh", None).await;
        assert_eq!(registry.own_account(&first.token).await.unwrap(), None, "the second factor comes before anything else");
        let early = registry.change_password(&anyone(), &first.token, &change(PASSWORD, None, NEW)).await;
        assert_eq!(refusals(early), refusal("", UserErrorCode::State));
        let address = registry.begin_second_factor(&anyone(), officer.id).await.unwrap();
        registry.confirm_second_factor(&anyone(), officer.id, &code(&address, NOW)).await.unwrap();

        time.set("2026-11-22T10:00:30Z");
        let (now, soon) = (code(&address, "2026-11-22T10:00:30Z"), code(&address, "2026-11-22T10:01:00Z"));
        let (used, next) = (now.as_str(), soon.as_str());
        let this = signed_in(&registry, "binh", Some(used)).await;
        let try_with = async |current: &str, code: Option<&str>, new: &str| {
            registry.change_password(&anyone(), &this.token, &change(current, code, new)).await
        };
        let wrong = told(try_with(PASSWORD, Some(used), NEW).await);
        assert_eq!((wrong[0].0.as_str(), wrong[0].1), ("current", UserErrorCode::Invalid), "it was used to sign in");
        time.set("2026-11-22T10:01:00Z");
        for (current, code) in [(PASSWORD, None), (PASSWORD, Some("00000x")), ("not the password", Some(next))] {
            assert_eq!(told(try_with(current, code, NEW).await), wrong, "which of the two was wrong is not told");
        }
        assert_eq!(refusals(try_with(PASSWORD, Some(next), "short").await), refusal("password", UserErrorCode::Invalid));
        let renewed = try_with(PASSWORD, Some(next), NEW).await.unwrap();

        let replayed = change(NEW, Some(next), "yet another long password");
        assert_eq!(told(registry.change_password(&anyone(), &renewed.token, &replayed).await), wrong, "a replay");
        assert_eq!(registry.sign_in("binh", NEW, Some(next)).await.unwrap(), SignIn::Refused, "nor is it one to sign in with");
        assert!(is_in(&registry, &renewed.token).await && !is_in(&registry, &first.token).await);
    })
    .await;
}

#[tokio::test]
async fn open_sessions_are_ended_by_their_holder_alone() {
    on_both_databases(async |db: TestDb| {
        let (registry, time) = timed(&db);
        let jane = funder(&db, &registry, "jane").await;
        funder(&db, &registry, "mai").await;
        registry.link_subject(&operator(), jane.id, "https://issuer", "1").await.unwrap();
        let this = signed_in(&registry, "jane", None).await;
        let theirs = [signed_in(&registry, "mai", None).await, signed_in(&registry, "mai", None).await];
        time.set("2026-11-22T10:02:00Z");
        let other = signed_in(&registry, "jane", None).await;
        time.set("2026-11-22T10:03:00Z");
        let elsewhere = registry.sign_in_as("https://issuer", "1").await.unwrap().unwrap();
        let open = registry.own_account(&this.token).await.unwrap().unwrap().sessions;
        let shown: Vec<_> = open.iter().map(|s| (s.is_this, s.by_password, s.began_at.as_str())).collect();
        assert_eq!(shown, [(true, true, NOW), (false, false, "2026-11-22T10:03:00Z"), (false, true, "2026-11-22T10:02:00Z")]);
        for session in &open {
            let secrets = db.sql("SELECT hash, csrf FROM account_session").await.concat();
            assert!(!secrets.contains(&session.handle), "what a session is called by opens nothing");
        }

        let foreign = registry.own_account(&theirs[0].token).await.unwrap().unwrap().sessions;
        let unknown = told(registry.end_session(&anyone(), &this.token, "no handle").await);
        assert_eq!((unknown[0].0.as_str(), unknown[0].1), ("session", UserErrorCode::NotFound));
        let handles = foreign.iter().chain(open.iter().filter(|s| s.is_this)).map(|s| s.handle.clone()).collect::<Vec<_>>();
        for handle in handles {
            assert_eq!(told(registry.end_session(&anyone(), &this.token, &handle).await), unknown);
        }
        let stranger = registry.end_session(&anyone(), "no token", &open[1].handle).await;
        assert_eq!(refusals(stranger), refusal("", UserErrorCode::State));

        time.set("2026-11-22T10:20:00Z");
        let rotated = registry.by_session(&other.token).await.unwrap().unwrap().rotated.unwrap();
        registry.end_session(&anyone(), &this.token, &open[2].handle).await.unwrap();
        assert!(!is_in(&registry, &rotated).await, "it is called the same whatever its token");
        assert!(!is_in(&registry, &other.token).await);
        assert!(is_in(&registry, &this.token).await && is_in(&registry, &elsewhere.token).await);
        assert_eq!(told(registry.end_session(&anyone(), &this.token, &open[2].handle).await), unknown);
        registry.end_other_sessions(&anyone(), &this.token).await.unwrap();
        assert!(is_in(&registry, &this.token).await && !is_in(&registry, &elsewhere.token).await);
        for session in &theirs {
            assert!(is_in(&registry, &session.token).await, "nobody else's session ends");
        }
        let revision = db.administrator().revision().await.unwrap();
        registry.end_other_sessions(&anyone(), &this.token).await.unwrap();
        assert_eq!(db.administrator().revision().await.unwrap(), revision, "where there is none to end, nothing is done");
        let trail = "SELECT actor, action, detail FROM audit_entry WHERE action LIKE 'end %' ORDER BY revision";
        let ended = [["jane", "end session", "account jane"], ["jane", "end other sessions", "account jane"]];
        assert_eq!(db.sql(trail).await, ended);
    })
    .await;
}

#[tokio::test]
async fn an_account_is_shown_to_its_holder_with_the_sessions_that_hold() {
    on_both_databases(async |db: TestDb| {
        let (registry, time) = timed(&db);
        let jane = funder(&db, &registry, "jane").await;
        let first = signed_in(&registry, "jane", None).await;
        time.set("2026-11-22T10:25:00Z");
        let second = signed_in(&registry, "jane", None).await;
        let own = registry.own_account(&second.token).await.unwrap().unwrap();
        assert_eq!((own.account.name.as_str(), own.sessions.len()), ("jane", 2));
        assert_eq!(own.organisation.unwrap().in_lang(Lang::Vi), "Quỹ Đối tác");
        assert_eq!(own.authority, None);
        time.set("2026-11-22T10:40:00Z");
        assert_eq!(registry.own_account(&first.token).await.unwrap(), None, "unused for too long");
        assert_eq!(registry.own_account(&second.token).await.unwrap().unwrap().sessions.len(), 1);
        let shut = AccountChange { disabled: Some(true), ..AccountChange::default() };
        registry.update_account(&operator(), jane.id, &shut).await.unwrap();
        assert_eq!(registry.own_account(&second.token).await.unwrap(), None);
    })
    .await;
}
