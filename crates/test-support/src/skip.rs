use std::{
    collections::HashSet,
    env,
    fs::OpenOptions,
    io::Write as _,
    sync::{Mutex, PoisonError},
};

static SAID: Mutex<Option<HashSet<String>>> = Mutex::new(None);

/// Says, once in a process, that something is not tested here, and why: on standard error, and in the file that
/// `KETNOI_TEST_SKIPS` names.
///
/// # Panics
///
/// Where `CI` is `true`: there nothing is skipped.
pub fn skipped(what: &str) {
    let line = format!("skipped: {what}");
    assert!(env::var("CI").as_deref() != Ok("true"), "{line}; nothing may be skipped where CI is true");
    if !SAID.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default().insert(line.clone()) {
        return;
    }
    // Not by `eprintln!`, which the test runner keeps to itself while a test passes.
    let _ = writeln!(std::io::stderr(), "{line}");
    if let Some(path) = env::var_os("KETNOI_TEST_SKIPS") {
        let written = OpenOptions::new().create(true).append(true).open(&path).and_then(|mut file| writeln!(file, "{line}"));
        assert!(written.is_ok(), "{} cannot be written: {written:?}", path.display());
    }
}
