//! A fact that changes in the files changes the answer, once they are imported again.

use std::{fs, path::Path};

use ketnoi_domain::Viewer;
use ketnoi_registry::import::files_of;
use ketnoi_test_support::{TestDb, data_folder, on_both_databases};
use serde_json::{Value, json};

use super::operations::shipped;
use crate::support::Portal;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

async fn import(db: &TestDb, folder: &Path) {
    let files = files_of(folder).unwrap();
    db.registry().import(&Viewer::LocalAdministrator, &files, false, &|_, _, _| ()).await.unwrap();
}

fn mped(data: &Value) -> (&str, &str, &Value) {
    let programmes = data["programmes"]["nodes"].as_array().unwrap();
    let mped = programmes.iter().find(|p| p["code"] == "MPED").unwrap();
    let amount = mped["agreements"]["nodes"][0]["currentCeiling"]["amount"].as_str().unwrap();
    (
        amount,
        mped["funders"][0]["name"].as_str().unwrap(),
        &data["bySuccession"]["groups"][2]["agreed"]["byCurrency"][0]["amount"],
    )
}

#[actix_web::test]
async fn a_fact_changed_in_a_copy_of_the_data_changes_the_answer() {
    on_both_databases(async |db: TestDb| {
        let folder = tempfile::tempdir().unwrap();
        copy(&data_folder(), folder.path());
        import(&db, folder.path()).await;
        // The portal keeps answers, so this is also a test that it does not keep them too long.
        let portal = Portal::with_cache(&db);
        let ask = || portal.ask(shipped("s4_canada_portfolio"), json!({}));
        let before = ask().await;
        assert_eq!(
            mped(before.data()),
            ("18458189.00", "Canadian International Development Agency (CIDA)", &json!("18458189.00"))
        );

        let file = folder.path().join("acvn/programmes/mped.toml");
        let text = fs::read_to_string(&file).unwrap();
        let changed = text.replace("ceiling = \"18458189.00 CAD\"", "ceiling = \"19000000.50 CAD\"").replacen(
            "en = \"Canadian International Development Agency (CIDA)\"",
            "en = \"CIDA, as it was\"",
            1,
        );
        assert_ne!(text, changed);
        fs::write(&file, changed).unwrap();
        import(&db, folder.path()).await;
        let after = ask().await;
        assert_eq!(mped(after.data()), ("19000000.50", "CIDA, as it was", &json!("19000000.50")));
        assert_eq!(after.text, ask().await.text);
    })
    .await;
}
