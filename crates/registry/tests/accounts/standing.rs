//! Whether what someone came with still holds.

use ketnoi_domain::{AccountRole, KeyScope, Viewer};
use ketnoi_registry::{AccountChange, Pass};
use ketnoi_test_support::{NOW, TestDb, on_both_databases};

use crate::support::{anyone, code, identity, key, new, operator, person, signed_in, timed};

#[tokio::test]
async fn a_session_holds_while_it_is_used_whatever_its_token_and_until_it_is_signed_out() {
    on_both_databases(async |db: TestDb| {
        let (registry, time) = timed(&db);
        person(&registry, "an-le", AccountRole::Officer).await;
        let first = signed_in(&registry, "an-le", None).await;
        let address = registry.begin_second_factor(&anyone(), first.viewer.account().unwrap()).await.unwrap();
        registry.confirm_second_factor(&anyone(), first.viewer.account().unwrap(), &code(&address, NOW)).await.unwrap();
        let session = registry.by_session(&first.token).await.unwrap().unwrap();
        let pass = Pass::by_session(session.viewer.clone(), &session.csrf);
        assert_eq!(registry.still(&pass).await.unwrap(), Some(session.viewer.clone()));
        assert!(pass.is_proven_by(&session.csrf) && !pass.is_proven_by("other") && !Pass::of(Viewer::Stranger).is_proven_by(""));

        time.set("2026-11-22T10:20:00Z");
        let rotated = registry.by_session(&first.token).await.unwrap().unwrap().rotated.unwrap();
        time.set("2026-11-22T10:45:00Z");
        assert!(registry.still(&pass).await.unwrap().is_some(), "its token has changed since");
        time.set("2026-11-22T10:51:00Z");
        assert_eq!(registry.still(&pass).await.unwrap(), None, "nobody has used it for half an hour, and asking is no use");

        let again = signed_in(&registry, "an-le", Some(&code(&address, "2026-11-22T10:51:00Z"))).await;
        let pass = Pass::by_session(again.viewer, &again.csrf);
        assert!(registry.still(&pass).await.unwrap().is_some());
        registry.sign_out(&again.token).await.unwrap();
        assert_eq!(registry.still(&pass).await.unwrap(), None);
        assert_ne!(rotated, first.token);
    })
    .await;
}

#[tokio::test]
async fn a_key_holds_until_it_is_revoked_or_expires_or_its_account_is_shut() {
    on_both_databases(async |db: TestDb| {
        let (registry, time) = timed(&db);
        let account = registry.create_account(&operator(), &new("portal", AccountRole::Officer)).await.unwrap();
        let came = async |expires_at: Option<&str>| {
            let issued = registry.issue_key(&operator(), &key(&account, &[KeyScope::ChangesRead], expires_at)).await.unwrap();
            let viewer = registry.by_key(&issued.token.unwrap()).await.unwrap().unwrap();
            (issued.key.id, Pass::of(viewer))
        };
        let ((id, revoked), (_, short), (_, long)) =
            (came(None).await, came(Some("2026-11-22T11:00:00Z")).await, came(None).await);
        for pass in [&revoked, &short, &long] {
            let viewer = registry.still(pass).await.unwrap().unwrap();
            assert_eq!(identity(&viewer).account, account.id);
        }
        registry.revoke_key(&operator(), id).await.unwrap();
        time.set("2026-11-22T11:00:00Z");
        assert_eq!(registry.still(&revoked).await.unwrap(), None);
        assert_eq!(registry.still(&short).await.unwrap(), None);
        assert!(registry.still(&long).await.unwrap().is_some());
        let shut = AccountChange { disabled: Some(true), ..AccountChange::default() };
        registry.update_account(&operator(), account.id, &shut).await.unwrap();
        assert_eq!(registry.still(&long).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn those_without_an_account_are_who_they_were() {
    on_both_databases(async |db: TestDb| {
        for viewer in [Viewer::Stranger, Viewer::LocalAdministrator] {
            assert_eq!(db.registry().still(&Pass::of(viewer.clone())).await.unwrap(), Some(viewer));
        }
    })
    .await;
}
