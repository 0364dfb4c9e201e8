//! Files to import, and a small registry of them.

use ketnoi_domain::Viewer;
use ketnoi_registry::import::{ImportError, ImportReport, SourceFile};
use ketnoi_test_support::TestDb;

pub(crate) async fn import(db: &TestDb, files: &[SourceFile]) -> Result<ImportReport, ImportError> {
    db.registry().import(&Viewer::LocalAdministrator, files, false, &|_, _, _| ()).await
}

pub(crate) fn file(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.into(), text: text.into() }
}

/// A small registry: a document, two organisations, a programme with two participations.
pub(crate) fn small() -> SourceFile {
    file("small.toml", SMALL)
}
pub(crate) const SMALL: &str = r#"
sources = ["page"]

[[document]]
code = "page"
title = { vi = "Trang" }
category = "web_page"

[[organisation]]
code = "ONE"
type = "government"
name = [{ vi = "Một" }]

[[organisation]]
code = "TWO"
type = "foundation"
name = [{ vi = "Hai" }]

[[programme]]
code = "PRO"
level = "programme"
title = { vi = "Chương trình" }

[[programme.participation]]
organisation = "ONE"
role = "funding"

[[programme.participation]]
organisation = "TWO"
role = "funding"
"#;
