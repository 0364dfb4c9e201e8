//! Accounts are made, changed and shut by administrators, and the trail has it.

use ketnoi_domain::{AccountRole, Code, Coded as _, Id, KeyScope, Lang, Viewer};
use ketnoi_registry::{AccountChange, Author, Error, NewAccount, UserErrorCode, WriteError};
use ketnoi_test_support::{TestDb, on_both_databases};

use crate::support::{PASSWORD, anyone, key, new, operator, person, refusal, refusals, signed_in, timed};

#[tokio::test]
async fn accounts_are_made_with_what_their_role_needs_and_all_that_is_wrong_is_told_at_once() {
    on_both_databases(async |db: TestDb| {
        let (registry, _) = timed(&db);
        let made = registry.create_account(&operator(), &new("Mai", AccountRole::Administrator)).await.unwrap();
        assert_eq!((made.name.as_str(), made.has_password, made.version), ("mai", false, 1));
        let taken = registry.create_account(&operator(), &new("MAI", AccountRole::Officer)).await;
        assert_eq!(refusals(taken), refusal("name", UserErrorCode::Taken));
        let wrong = registry.create_account(&operator(), &new("x", AccountRole::Funder)).await;
        let both = [("organisation".to_owned(), UserErrorCode::Invalid), ("name".to_owned(), UserErrorCode::Invalid)];
        assert_eq!(refusals(wrong), both);
        let nobody = NewAccount {
            organisation: Some(Id::of_code(&"NOBODY".parse::<Code>().unwrap())),
            ..new("jane", AccountRole::Funder)
        };
        assert_eq!(
            refusals(registry.create_account(&operator(), &nobody).await),
            refusal("organisation", UserErrorCode::NotFound)
        );
        assert_eq!(registry.accounts(&operator()).await.unwrap(), [made]);
    })
    .await;
}

#[tokio::test]
async fn only_administrators_keep_accounts_and_no_key_does() {
    on_both_databases(async |db: TestDb| {
        let (registry, _) = timed(&db);
        let officer = person(&registry, "binh", AccountRole::Officer).await;
        let admin = person(&registry, "mai", AccountRole::Administrator).await;
        let issued = registry.issue_key(&operator(), &key(&admin, KeyScope::ALL, None)).await.unwrap();
        let by_key = registry.by_key(&issued.token.unwrap()).await.unwrap().unwrap();
        for viewer in [Viewer::Stranger, by_key] {
            let author = Author::of(viewer, Lang::En);
            let forbidden = |done: Result<(), WriteError>| {
                assert!(matches!(done, Err(WriteError::Registry(Error::Forbidden(_)))), "{done:?}");
            };
            forbidden(registry.create_account(&author, &new("eve", AccountRole::Administrator)).await.map(|_| ()));
            forbidden(registry.update_account(&author, officer.id, &AccountChange::default()).await.map(|_| ()));
            forbidden(registry.issue_reset(&author, officer.id).await.map(|_| ()));
            forbidden(registry.issue_key(&author, &key(&officer, KeyScope::ALL, None)).await.map(|_| ()));
            forbidden(registry.revoke_key(&author, issued.key.id).await.map(|_| ()));
            forbidden(registry.link_subject(&author, officer.id, "https://issuer", "eve").await.map(|_| ()));
            forbidden(registry.accounts(&author).await.map(|_| ()).map_err(WriteError::from));
            forbidden(registry.keys_of(&author, officer.id).await.map(|_| ()).map_err(WriteError::from));
        }
    })
    .await;
}

#[tokio::test]
async fn the_last_administrator_stays_and_a_stale_version_is_a_conflict() {
    on_both_databases(async |db: TestDb| {
        let (registry, _) = timed(&db);
        let mai = registry.create_account(&operator(), &new("mai", AccountRole::Administrator)).await.unwrap();
        let shut = AccountChange { disabled: Some(true), ..AccountChange::default() };
        let lower = AccountChange { role: Some(AccountRole::Officer), ..AccountChange::default() };
        assert_eq!(
            refusals(registry.update_account(&operator(), mai.id, &shut).await),
            refusal("disabled", UserErrorCode::State)
        );
        assert_eq!(refusals(registry.update_account(&operator(), mai.id, &lower).await), refusal("role", UserErrorCode::State));
        let lan = registry.create_account(&operator(), &new("lan", AccountRole::Administrator)).await.unwrap();
        let changed = registry.update_account(&operator(), mai.id, &lower).await.unwrap();
        assert_eq!((changed.role, changed.version), (AccountRole::Officer, 2));
        assert_eq!(
            refusals(registry.update_account(&operator(), lan.id, &shut).await),
            refusal("disabled", UserErrorCode::State)
        );
        let stale = AccountChange { expected_version: Some(1), ..shut };
        let WriteError::Refused(errors) = registry.update_account(&operator(), mai.id, &stale).await.unwrap_err() else {
            panic!("a conflict is for the caller to mend");
        };
        assert_eq!((errors[0].code, errors[0].current_version), (UserErrorCode::Conflict, Some(2)));
        let revision = db.administrator().revision().await.unwrap();
        let same = registry.update_account(&operator(), mai.id, &lower).await.unwrap();
        assert_eq!((same, db.administrator().revision().await.unwrap()), (changed, revision), "the same again is no change");
    })
    .await;
}

#[tokio::test]
async fn the_trail_names_accounts_and_keys_and_no_table_holds_a_secret_that_was_shown() {
    let trail = on_both_databases(async |db: TestDb| {
        let (registry, _) = timed(&db);
        let mai = registry.create_account(&operator(), &new("mai", AccountRole::Administrator)).await.unwrap();
        let link = registry.issue_reset(&operator(), mai.id).await.unwrap().token.unwrap();
        registry.reset(&anyone(), &link, PASSWORD).await.unwrap();
        let session = signed_in(&registry, "mai", None).await;
        let issued = registry.issue_key(&operator(), &key(&mai, &[KeyScope::RegistryRead], None)).await.unwrap();
        let token = issued.token.unwrap();
        registry.revoke_key(&operator(), issued.key.id).await.unwrap();
        let secrets = [link.as_str(), PASSWORD, session.token.as_str(), token.as_str(), &token[12..]];
        for table in ["account", "account_session", "api_key", "reset_link", "audit_entry"] {
            for row in db.sql(&format!("SELECT * FROM {table}")).await {
                for secret in secrets {
                    assert!(row.iter().all(|cell| !cell.contains(secret)), "{table}: {row:?}");
                }
            }
        }
        let prefix = issued.key.prefix;
        let entries = db.sql("SELECT actor, action, detail FROM audit_entry ORDER BY revision").await;
        entries.into_iter().map(|row| row.join(" | ").replace(&prefix, "PREFIX")).collect::<Vec<_>>()
    })
    .await;
    assert_eq!(
        trail,
        [
            "local-administrator | create account | account mai",
            "local-administrator | issue reset link | account mai",
            "mai | reset password | account mai",
            "local-administrator | issue key | key PREFIX of mai: registry:read",
            "local-administrator | revoke key | key PREFIX",
        ]
    );
}
