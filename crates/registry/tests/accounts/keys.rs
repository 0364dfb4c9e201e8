//! Keys of programs, and for whom they speak.

use std::collections::BTreeSet;

use ketnoi_domain::{AccountRole, Action, Coded as _, Id, KeyScope, LocalAuthority, Organisation, Visibility};
use ketnoi_registry::{AccountChange, NewAccount, UserErrorCode};
use ketnoi_test_support::{Bulk, NOW, TestDb, on_both_databases, on_both_databases_with_demo, organisation};

use crate::support::{identity, key, new, operator, refusal, refusals, timed};

#[tokio::test]
async fn a_key_opens_what_its_scopes_name_and_only_the_right_one_opens_anything() {
    on_both_databases(async |db: TestDb| {
        let (registry, time) = timed(&db);
        let officer = registry.create_account(&operator(), &new("binh", AccountRole::Officer)).await.unwrap();
        let issued = registry
            .issue_key(&operator(), &key(&officer, &[KeyScope::RegistryRead, KeyScope::ReportsRun], Some("2026-12-01")))
            .await
            .unwrap();
        let token = issued.token.unwrap();
        let viewer = registry.by_key(&token).await.unwrap().unwrap();
        assert_eq!(viewer.floor(), Visibility::Draft);
        assert!(viewer.may(Action::RunReports) && !viewer.may(Action::Write));
        let who = identity(&viewer);
        assert_eq!((who.account, who.key.as_ref().map(|k| k.0)), (officer.id, Some(issued.key.id)));

        let mut forged = token.clone();
        let end = if forged.pop() == Some('A') { 'B' } else { 'A' };
        forged.push(end);
        for wrong in [forged.as_str(), "", "kn_", &token[..54], &token.replace("kn_", "xx_"), &token[3..]] {
            assert_eq!(registry.by_key(wrong).await.unwrap(), None, "{wrong}");
        }
        assert!(registry.by_key(&token).await.unwrap().is_some(), "a forged key does not hurt the right one");
        let used = registry.keys_of(&operator(), officer.id).await.unwrap()[0].used_at.clone();
        assert_eq!(used.as_deref(), Some(NOW));

        time.set("2026-12-01T23:59:58Z");
        assert!(registry.by_key(&token).await.unwrap().is_some());
        time.set("2026-12-01T23:59:59Z");
        assert_eq!(registry.by_key(&token).await.unwrap(), None, "it has expired");
        let past = registry.issue_key(&operator(), &key(&officer, &[KeyScope::RegistryRead], Some("2026-11-30"))).await;
        assert_eq!(refusals(past), refusal("expiresAt", UserErrorCode::Invalid));
        let nothing = registry.issue_key(&operator(), &key(&officer, &[], None)).await;
        assert_eq!(refusals(nothing), refusal("scopes", UserErrorCode::Invalid));
    })
    .await;
}

#[tokio::test]
async fn a_key_that_is_revoked_or_whose_account_is_shut_opens_nothing_from_then_on() {
    on_both_databases(async |db: TestDb| {
        let (registry, time) = timed(&db);
        let officer = registry.create_account(&operator(), &new("binh", AccountRole::Officer)).await.unwrap();
        let mut tokens = Vec::new();
        for _ in 0..3 {
            let issued = registry.issue_key(&operator(), &key(&officer, &[KeyScope::RegistryRead], None)).await.unwrap();
            tokens.push((issued.key.id, issued.token.unwrap()));
        }
        for (_, token) in &tokens {
            assert!(registry.by_key(token).await.unwrap().is_some());
        }
        assert!(registry.revoke_key(&operator(), tokens[0].0).await.unwrap());
        assert!(!registry.revoke_key(&operator(), tokens[0].0).await.unwrap(), "once is enough");
        assert_eq!(registry.by_key(&tokens[0].1).await.unwrap(), None);
        assert!(registry.by_key(&tokens[1].1).await.unwrap().is_some());

        // Another process revokes one: nobody tells this one, so it looks.
        let id = tokens[1].1[3..11].to_owned();
        db.sql(&format!(
            "UPDATE api_key SET revoked_at = '{NOW}' WHERE prefix = '{id}'; UPDATE registry SET revision = revision + 1; SELECT 1"
        ))
        .await;
        time.set("2026-11-22T10:00:05Z");
        assert_eq!(registry.by_key(&tokens[1].1).await.unwrap(), None);

        let shut = AccountChange { disabled: Some(true), ..AccountChange::default() };
        registry.update_account(&operator(), officer.id, &shut).await.unwrap();
        assert_eq!(registry.by_key(&tokens[2].1).await.unwrap(), None);
        let open = AccountChange { disabled: Some(false), ..AccountChange::default() };
        registry.update_account(&operator(), officer.id, &open).await.unwrap();
        assert!(registry.by_key(&tokens[2].1).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_key_costs_no_statement_while_nothing_changes() {
    on_both_databases(async |db: TestDb| {
        let (registry, _) = timed(&db);
        let officer = registry.create_account(&operator(), &new("binh", AccountRole::Officer)).await.unwrap();
        let issued = registry.issue_key(&operator(), &key(&officer, &[KeyScope::RegistryRead], None)).await.unwrap();
        let token = issued.token.unwrap();
        registry.by_key(&token).await.unwrap();
        // From here on this process has been told of everything that was committed so far.
        let revision = db.administrator().revision().await.unwrap();
        registry.store().revisions().wait_for(|told| *told >= revision).await.unwrap();
        registry.by_key(&token).await.unwrap();
        let before = registry.store().reader().statements();
        for _ in 0..5 {
            assert!(registry.by_key(&token).await.unwrap().is_some());
        }
        assert_eq!(registry.store().reader().statements(), before);
        db.put(&Bulk { organisations: vec![organisation("NEW", "Mới")], ..Bulk::default() }).await;
        registry.store().revisions().wait_for(|told| *told > revision).await.unwrap();
        assert!(registry.by_key(&token).await.unwrap().is_some());
        assert!(registry.store().reader().statements() > before, "who follows whom may have changed");
    })
    .await;
}

#[tokio::test]
async fn an_account_speaks_for_its_organisation_under_all_its_names_and_its_authority_with_all_before_it() {
    on_both_databases_with_demo(async |db: TestDb| {
        let (registry, _) = timed(&db);
        let organisation = |code: &str| Id::<Organisation>::of_code(&code.parse().unwrap());
        let authority = |code: &str| Id::<LocalAuthority>::of_code(&code.parse().unwrap());
        let funder = NewAccount { organisation: Some(organisation("CIDA")), ..new("cida", AccountRole::Funder) };
        let funder = registry.create_account(&operator(), &funder).await.unwrap();
        let focal = NewAccount { authority: Some(authority("ho-chi-minh")), ..new("hcm", AccountRole::FocalPoint) };
        let focal = registry.create_account(&operator(), &focal).await.unwrap();
        let part = NewAccount { authority: Some(authority("tinh-binh-duong")), ..new("binh-duong", AccountRole::FocalPoint) };
        let part = registry.create_account(&operator(), &part).await.unwrap();
        let mut viewers = Vec::new();
        for account in [&funder, &focal, &part] {
            let issued = registry.issue_key(&operator(), &key(account, KeyScope::ALL, None)).await.unwrap();
            viewers.push(registry.by_key(&issued.token.unwrap()).await.unwrap().unwrap());
        }
        let canada: BTreeSet<_> = ["CIDA", "DFAIT", "DFATD", "GAC"].map(|code| organisation(code).uuid()).into();
        assert_eq!(identity(&viewers[0]).parties, canada);
        assert_eq!(identity(&viewers[0]).organisation, Some(organisation("GAC").uuid()), "its name today");
        let city = ["ho-chi-minh", "tinh-binh-duong", "tinh-ba-ria-vung-tau"].map(|code| authority(code).uuid());
        assert_eq!(identity(&viewers[1]).parties, BTreeSet::from(city));
        assert_eq!(identity(&viewers[2]).parties, BTreeSet::from([city[1]]), "a part does not speak for the whole");
    })
    .await;
}
