//! Signing in, sessions, second factors, reset links.

use std::collections::BTreeSet;

use ketnoi_domain::{AccountRole, Action, Visibility};
use ketnoi_registry::{AccountChange, NewAccount, SignIn, UserErrorCode};
use ketnoi_test_support::{Bulk, NOW, TestDb, on_both_databases, organisation};

use crate::support::{PASSWORD, anyone, code, identity, new, operator, person, refusal, refusals, signed_in, timed};

#[tokio::test]
async fn a_refusal_is_the_same_whatever_was_wrong() {
    on_both_databases(async |db: TestDb| {
        let (registry, _) = timed(&db);
        person(&registry, "jane", AccountRole::Administrator).await;
        let shut = person(&registry, "shut", AccountRole::Officer).await;
        let change = AccountChange { disabled: Some(true), ..AccountChange::default() };
        registry.update_account(&operator(), shut.id, &change).await.unwrap();
        registry.create_account(&operator(), &new("fresh", AccountRole::Officer)).await.unwrap();
        let long = "x".repeat(5_000);
        for (name, password) in [
            ("jane", "not her password"),
            ("jane", ""),
            ("jane", long.as_str()),
            ("nobody", PASSWORD),
            ("shut", PASSWORD),
            ("fresh", ""),
            ("no name\u{0}", PASSWORD),
        ] {
            assert_eq!(registry.sign_in(name, password, None).await.unwrap(), SignIn::Refused, "{name}");
        }
        assert!(matches!(registry.sign_in("JANE", PASSWORD, None).await.unwrap(), SignIn::In(_)));
    })
    .await;
}

#[tokio::test]
async fn who_can_change_the_registry_sets_up_a_second_factor_first_and_no_code_is_accepted_twice() {
    on_both_databases(async |db: TestDb| {
        let (registry, time) = timed(&db);
        let officer = person(&registry, "binh", AccountRole::Officer).await;
        let first = signed_in(&registry, "binh", None).await;
        assert!(first.must_enrol);
        assert!(Action::ALL.iter().all(|action| !first.viewer.may(*action)));
        assert_eq!((first.viewer.floor(), first.viewer.account()), (Visibility::Public, Some(officer.id)));

        let address = registry.begin_second_factor(&anyone(), officer.id).await.unwrap();
        assert!(address.starts_with("otpauth://totp/"), "{address}");
        let unlike = registry.confirm_second_factor(&anyone(), officer.id, "000000x").await;
        assert_eq!(refusals(unlike), refusal("code", UserErrorCode::Invalid));
        let now = code(&address, NOW);
        let spaced = format!("{} {}", &now[..3], &now[3..]);
        registry.confirm_second_factor(&anyone(), officer.id, &spaced).await.unwrap();
        let visit = registry.by_session(&first.token).await.unwrap().unwrap();
        assert!(!visit.must_enrol && visit.viewer.may(Action::Write) && visit.account.has_second_factor);
        let second = registry.begin_second_factor(&anyone(), officer.id).await;
        assert_eq!(refusals(second), refusal("", UserErrorCode::State), "one is enough");

        assert_eq!(registry.sign_in("binh", PASSWORD, None).await.unwrap(), SignIn::NeedsCode);
        assert_eq!(registry.sign_in("binh", "wrong password", None).await.unwrap(), SignIn::Refused);
        assert_eq!(registry.sign_in("binh", PASSWORD, Some(&now)).await.unwrap(), SignIn::Refused, "it was used to confirm");
        time.set("2026-11-22T10:00:30Z");
        let next = code(&address, "2026-11-22T10:00:30Z");
        let wrong = if next == "000000" { "000001" } else { "000000" };
        assert_eq!(registry.sign_in("binh", PASSWORD, Some(wrong)).await.unwrap(), SignIn::Refused);
        assert!(!signed_in(&registry, "binh", Some(&next)).await.must_enrol);
        assert_eq!(registry.sign_in("binh", PASSWORD, Some(&next)).await.unwrap(), SignIn::Refused, "a replay");

        let lost = AccountChange { drop_second_factor: true, ..AccountChange::default() };
        registry.update_account(&operator(), officer.id, &lost).await.unwrap();
        assert_eq!(registry.by_session(&first.token).await.unwrap(), None, "sessions end with it");
        assert!(signed_in(&registry, "binh", None).await.must_enrol);
    })
    .await;
}

#[tokio::test]
async fn the_token_of_a_session_changes_and_the_one_before_is_good_until_the_new_one_is_seen() {
    on_both_databases(async |db: TestDb| {
        let (registry, time) = timed(&db);
        let organisation = organisation("FUNDER", "Nhà tài trợ");
        let id = organisation.head.id;
        db.put(&Bulk { organisations: vec![organisation], ..Bulk::default() }).await;
        let funder = NewAccount { organisation: Some(id), ..new("jane", AccountRole::Funder) };
        let account = registry.create_account(&operator(), &funder).await.unwrap();
        registry.link_subject(&operator(), account.id, "https://issuer", "jane").await.unwrap();
        let session = registry.sign_in_as("https://issuer", "jane").await.unwrap().unwrap();
        assert!(!session.must_enrol, "a funder needs no second factor");
        assert_eq!(identity(&session.viewer).parties, BTreeSet::from([id.uuid()]));

        time.set("2026-11-22T10:14:59Z");
        let visit = registry.by_session(&session.token).await.unwrap().unwrap();
        assert_eq!((visit.rotated, visit.csrf.as_str(), visit.account.id), (None, session.csrf.as_str(), account.id));
        time.set("2026-11-22T10:16:00Z");
        let rotated = registry.by_session(&session.token).await.unwrap().unwrap().rotated.unwrap();
        assert_ne!(rotated, session.token);
        let visit = registry.by_session(&rotated).await.unwrap().unwrap();
        assert_eq!((visit.rotated, visit.csrf.as_str()), (None, session.csrf.as_str()));
        time.set("2026-11-22T10:17:00Z");
        let other_tab = registry.by_session(&session.token).await.unwrap().unwrap();
        assert_eq!(other_tab.rotated, None, "only the newest token is changed");
        time.set("2026-11-22T10:25:00Z");
        assert!(registry.by_session(&session.token).await.unwrap().is_some(), "the answer with the new one may be lost");
        assert!(registry.by_session(&rotated).await.unwrap().is_some());
        assert_eq!(registry.by_session(&session.token).await.unwrap(), None, "it was not");
        assert!(registry.by_session(&rotated).await.unwrap().is_some());
        assert!(registry.sign_out(&rotated).await.unwrap());
        assert_eq!(registry.by_session(&rotated).await.unwrap(), None);
        assert!(!registry.sign_out(&rotated).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_nobody_uses_it_and_after_half_a_day_in_any_case() {
    on_both_databases(async |db: TestDb| {
        let (registry, time) = timed(&db);
        let account = registry.create_account(&operator(), &new("binh", AccountRole::Officer)).await.unwrap();
        registry.link_subject(&operator(), account.id, "https://issuer", "binh").await.unwrap();
        let idle = registry.sign_in_as("https://issuer", "binh").await.unwrap().unwrap();
        time.set("2026-11-22T10:29:59Z");
        let mut token = registry.by_session(&idle.token).await.unwrap().unwrap().rotated.unwrap();
        time.set("2026-11-22T10:59:59Z");
        assert_eq!(registry.by_session(&token).await.unwrap(), None, "unused for half an hour");
        assert_eq!(registry.by_session(&idle.token).await.unwrap(), None, "and by the token before no longer");

        time.set("2026-11-22T11:00:00Z");
        let session = registry.sign_in_as("https://issuer", "binh").await.unwrap().unwrap();
        assert_eq!(session.expires_at, "2026-11-22T23:00:00Z");
        token = session.token;
        for third in 1..36 {
            time.set(&format!("2026-11-22T{:02}:{:02}:00Z", 11 + third / 3, third % 3 * 20));
            let visit = registry.by_session(&token).await.unwrap().unwrap_or_else(|| panic!("it ended at step {third}"));
            token = visit.rotated.unwrap_or(token);
        }
        time.set("2026-11-22T23:00:00Z");
        assert_eq!(registry.by_session(&token).await.unwrap(), None, "used as it was");
        assert_eq!(registry.by_session("no token").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_reset_link_is_good_once_and_for_a_day_and_ends_all_sessions() {
    on_both_databases(async |db: TestDb| {
        let (registry, time) = timed(&db);
        let mai = person(&registry, "mai", AccountRole::Administrator).await;
        let session = signed_in(&registry, "mai", None).await;
        let old = registry.issue_reset(&operator(), mai.id).await.unwrap().token.unwrap();
        let link = registry.issue_reset(&operator(), mai.id).await.unwrap();
        assert_eq!(link.expires_at, "2026-11-23T10:00:00Z");
        let token = link.token.unwrap();
        let over = || refusal("token", UserErrorCode::State);
        let refused = refusal("password", UserErrorCode::Invalid);
        assert_eq!(refusals(registry.reset(&anyone(), &old, "a new long password").await), over(), "a later one took its place");
        assert_eq!(refusals(registry.reset(&anyone(), "forged", "a new long password").await), over());
        for weak in ["short", "password1234", "mai mai mai mai"] {
            assert_eq!(refusals(registry.reset(&anyone(), &token, weak).await), refused, "{weak}");
        }
        assert_eq!(registry.reset_account(&token).await.unwrap().unwrap().id, mai.id, "a refused password uses nothing up");
        registry.reset(&anyone(), &token, "a new long password").await.unwrap();
        assert_eq!(refusals(registry.reset(&anyone(), &token, "another long password").await), over());
        assert_eq!(registry.by_session(&session.token).await.unwrap(), None);
        assert_eq!(registry.sign_in("mai", PASSWORD, None).await.unwrap(), SignIn::Refused);
        assert!(matches!(registry.sign_in("mai", "a new long password", None).await.unwrap(), SignIn::In(_)));

        let late = registry.issue_reset(&operator(), mai.id).await.unwrap().token.unwrap();
        time.set("2026-11-23T10:00:00Z");
        assert_eq!(refusals(registry.reset(&anyone(), &late, "another long password").await), over());
    })
    .await;
}

#[tokio::test]
async fn whom_an_issuer_vouches_for_signs_in_as_one_account_only() {
    on_both_databases(async |db: TestDb| {
        let (registry, _) = timed(&db);
        let an = registry.create_account(&operator(), &new("binh", AccountRole::Officer)).await.unwrap();
        let lan = registry.create_account(&operator(), &new("lan", AccountRole::Officer)).await.unwrap();
        registry.link_subject(&operator(), an.id, "https://issuer", "1").await.unwrap();
        let taken = registry.link_subject(&operator(), lan.id, "https://issuer", "1").await;
        assert_eq!(refusals(taken), refusal("subject", UserErrorCode::Taken));
        let empty = registry.link_subject(&operator(), lan.id, "https://issuer", " ").await;
        assert_eq!(refusals(empty), refusal("subject", UserErrorCode::Invalid));
        let session = registry.sign_in_as("https://issuer", "1").await.unwrap().unwrap();
        assert_eq!((session.account.id, session.must_enrol), (an.id, false), "the issuer answers for the second factor");
        assert_eq!(registry.sign_in_as("https://other", "1").await.unwrap(), None);
        let shut = AccountChange { disabled: Some(true), ..AccountChange::default() };
        registry.update_account(&operator(), an.id, &shut).await.unwrap();
        assert_eq!(registry.by_session(&session.token).await.unwrap(), None);
        assert_eq!(registry.sign_in_as("https://issuer", "1").await.unwrap(), None);
    })
    .await;
}
