//! Reports from the command line: whole files or none.

use std::{fs, process::Command};

use serde_json::Value;

use crate::support::{Outcome, Place, acvn};

fn filled() -> Place {
    let place = Place::new();
    place.run(&["migrate", "up"]).good();
    place.run(&["import", "registry", &acvn()]).good();
    place
}

#[test]
fn a_summary_of_a_programme_is_written_in_vietnamese_and_in_english() {
    let place = filled();
    for lang in ["vi", "en"] {
        let file = format!("mped-{lang}.pdf");
        let told = place.run(&["report", "programme-summary", "--programme", "MPED", "--lang", lang, "--out", &file]).good().out;
        let bytes = fs::read(place.path(&file)).unwrap();
        assert!(bytes.starts_with(b"%PDF-") && bytes.len() > 20_000, "{} bytes", bytes.len());
        assert!(told.starts_with(&format!("{file}: ")) && told.contains("pages") && told.contains("model SHA-256 "), "{told}");
    }
    let model = |lang: &str| {
        let file = format!("{lang}.json");
        place
            .run(&["report", "programme-summary", "--programme", "MPED", "--format", "json", "--lang", lang, "--out", &file])
            .good();
        fs::read_to_string(place.path(&file)).unwrap()
    };
    assert!(model("vi").contains("Đối tác đô thị phát triển kinh tế"));
    assert!(model("en").contains("Municipal Partners for Economic Development"));
}

#[test]
fn a_report_that_cannot_be_written_is_named_and_leaves_nothing_behind() {
    let place = filled();
    let before = place.names();
    let report = |out: &str| place.run(&["report", "programme-summary", "--programme", "MPED", "--out", out]);
    report("no/such/folder/mped.pdf").failed(&["no/such/folder/mped.pdf cannot be written"]);
    assert_eq!(place.names(), before);
    // A folder stands where the file should come.
    fs::create_dir(place.path("taken.pdf")).unwrap();
    report("taken.pdf").failed(&["taken.pdf cannot be written"]);
    let after: Vec<_> = place.names().into_iter().filter(|name| name != "taken.pdf").collect();
    assert_eq!(after, before);
    assert_eq!(fs::read_dir(place.path("taken.pdf")).unwrap().count(), 0);
    place
        .run(&["report", "programme-summary", "--programme", "NO-SUCH", "--out", "x.pdf"])
        .failed(&["there is no programme `NO-SUCH`"]);
    assert!(!place.path("x.pdf").exists());
}

#[test]
fn a_report_that_fails_leaves_the_one_before_it_as_it_was() {
    let place = filled();
    place.write("mped.pdf", "the report of last year");
    place.run(&["report", "programme-summary", "--programme", "NO-SUCH", "--out", "mped.pdf"]).failed(&[]);
    assert_eq!(fs::read_to_string(place.path("mped.pdf")).unwrap(), "the report of last year");
}

/// A registry of one programme, which helps so many cities.
fn of_ones_own(cities: &str) -> Place {
    let place = Place::new();
    place.run(&["migrate", "up"]).good();
    import(&place, cities);
    place
}

fn import(place: &Place, cities: &str) {
    let organisation =
        "[[organisation]]\ncode = \"ACVN\"\ntype = \"national_ngo\"\nname = [{ vi = \"Hiệp hội\", en = \"Association\" }]\n";
    let programme = "[[programme]]\ncode = \"OWN\"\nlevel = \"project\"\ntitle = { vi = \"Của mình\", en = \"Our own\" }\n";
    let description = format!("description = {{ vi = \"Mô tả\", en = \"It helps {cities} cities.\" }}\n");
    place.write("facts/own.toml", &[organisation, programme, &description].concat());
    place.run(&["import", "registry", "facts"]).good();
}

/// The summary of the programme of one's own, with more options.
fn own(place: &Place, options: &[&str]) -> Outcome {
    place.run(&[&["report", "programme-summary", "--programme", "OWN", "--lang", "en"][..], options].concat())
}

#[test]
fn what_reports_there_are_is_listed_and_explained_without_a_registry() {
    let place = Place::new();
    let list = place.run(&["report", "list"]).good().out;
    let line = list.lines().find(|line| line.starts_with("programme-summary ")).unwrap_or_else(|| panic!("{list}"));
    assert!(line.contains(" --programme "), "{line}");
    assert!(list.contains("`ketnoi report explain NAME` tells more"), "{list}");
    for name in list.lines().take_while(|line| !line.is_empty()).map(|line| line.split(' ').next().unwrap()) {
        let explained = place.run(&["report", "explain", name]).good().out;
        assert!(explained.starts_with(&format!("{name}: ")), "{explained}");
        assert!(
            explained.contains(&format!("ketnoi report {name} --")) && explained.contains("Sections, in order:"),
            "{explained}"
        );
    }
    let explained = place.run(&["report", "explain", "programme-summary"]).good().out;
    for part in
        ["\n  key-data", "\n  results  (breakdown = false", "transactions = 0", "empty = say", "reports/programme-summary.toml"]
    {
        assert!(explained.contains(part), "{part} is not in {explained}");
    }
    place.run(&["report", "explain", "nope"]).failed(&["there is no report `nope`: choose one of ", "programme-summary"]);
    assert!(place.run(&["report", "check"]).good().out.contains("all of them sound"));
    assert!(place.names().is_empty(), "{:?}", place.names());
}

#[test]
fn what_is_wrong_in_files_of_ones_own_is_told_with_file_line_and_key() {
    let place = of_ones_own("three");
    place.write("mine/broken.toml", "title.en = \"Mine\"\n[[section]]\nname = \"finanse\"\n");
    place.write("mine/misplaced.toml", "title.en = \"Mine\"\n[[section]]\nname = \"places\"\nperiods = true\n");
    place.write("mine/brands/city.toml", "[colours]\nink = \"#000000\"\nmuted = \"red\"\n");
    place.write("mine/wording/en.ftl", "unknown = unknown\n= nothing\n");
    let check = place.run(&["report", "check", "--reports", "mine"]);
    check.failed(&[
        "broken.toml: ",
        "line 3",
        "finanse",
        "misplaced.toml: line 2: section `places`: `periods` is an option of section `results`",
        "brands/city.toml: ",
        "`red` is not a colour",
        "wording/en.ftl: line ",
        "4 files cannot be used as they are",
    ]);
    // Asking for the report says the same, and leaves nothing behind.
    let before = place.names();
    let broken = place.run(&["report", "broken", "--programme", "OWN", "--reports", "mine", "--out", "x.pdf"]);
    broken.failed(&["broken.toml: ", "line 3", "finanse"]);
    place.run(&["report", "list", "--reports", "nowhere"]).failed(&["there is no folder nowhere"]);
    assert_eq!(place.names(), before);
}

#[test]
fn a_report_that_is_only_a_file_is_listed_explained_and_made() {
    let place = of_ones_own("three");
    place.write(
        "mine/short.toml",
        "[title]\nvi = \"Ngắn\"\nen = \"Short\"\n[purpose]\nen = \"What we do, in a few words.\"\n[[section]]\nname = \"description\"\n[[section]]\nname = \"documents\"\nempty = \"say\"\ntitle.en = \"Where it is written\"\n",
    );
    let mine = ["--reports", "mine"];
    let list = place.run(&[&["report", "list"][..], &mine].concat()).good().out;
    assert!(list.lines().any(|line| line.starts_with("short ") && line.ends_with("What we do, in a few words.")), "{list}");
    let explained = place.run(&[&["report", "explain", "short"][..], &mine].concat()).good().out;
    assert!(explained.contains("documents  (headed \"Where it is written\", empty = say)"), "{explained}");

    let short = ["report", "short", "--programme", "OWN", "--lang", "en"];
    place.run(&short).failed(&["there is no report `short`"]);
    place.run(&[&short[..], &mine, &["--format", "json", "--out", "short.json"]].concat()).good();
    let model: Value = serde_json::from_str(&fs::read_to_string(place.path("short.json")).unwrap()).unwrap();
    let sections: Vec<_> = model["sections"].as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap()).collect();
    assert_eq!((model["definition"].as_str(), sections), (Some("short"), vec!["description", "documents"]));
    assert_eq!(model["sections"][1]["title"], "Where it is written");
    // Where no file is named, the name says what it is.
    place.run(&[&short[..], &mine].concat()).good();
    assert!(fs::read(place.path("short-OWN-en.pdf")).unwrap().starts_with(b"%PDF-"));
    let verified = place.run(&[&["report", "verify", "short-OWN-en.pdf"][..], &mine].concat()).good().out;
    assert!(verified.contains("every byte is as `short` made it") && verified.contains("says the same today"), "{verified}");
}

#[test]
fn an_emblem_is_a_small_picture_of_outlines_or_the_report_says_what_is_wrong_with_it() {
    let place = of_ones_own("three");
    let brand = "[colours]\nink = \"#000000\"\nmuted = \"#555555\"\nhairline = \"#CCCCCC\"\naccent = \"#005500\"\n[emblem]\nfile = \"city.svg\"\nname = { vi = \"Biểu trưng\", en = \"Emblem\" }\n";
    place.write("mine/brands/city.toml", brand);
    let with = |emblem: &str| {
        place.write("mine/brands/emblems/city.svg", emblem);
        own(&place, &["--reports", "mine", "--brand", "city", "--out", "x.pdf"])
    };
    with("\u{89}PNG\r\n").failed(&["brands/emblems/city.svg: this is no SVG picture"]);
    with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>").failed(&["city.svg: the picture is empty"]);
    let large = format!("<svg>{}</svg>", " ".repeat(2 * 1024 * 1024));
    with(&large).failed(&["city.svg has 2097163 bytes: files of reports have at most 1048576"]);
    assert!(!place.path("x.pdf").exists());
    let flag = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"20\"><rect width=\"30\" height=\"10\" fill=\"#003399\"/></svg>";
    with(flag).good();
    assert!(fs::read(place.path("x.pdf")).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn several_reports_at_once_for_one_file_leave_one_whole_file() {
    let place = &of_ones_own("three");
    std::thread::scope(|scope| {
        let start = || scope.spawn(move || own(place, &["--out", "same.pdf"]));
        let at_work: Vec<_> = std::iter::repeat_with(start).take(4).collect();
        for one in at_work {
            one.join().unwrap().good();
        }
    });
    let verified = place.run(&["report", "verify", "--alone", "same.pdf"]).good().out;
    assert!(verified.starts_with("same.pdf: every byte is as `programme-summary` made it"), "{verified}");
    assert!(!place.names().iter().any(|name| name.ends_with(".part")), "{:?}", place.names());
}

#[test]
fn a_report_can_be_verified_and_compared_with_the_registry_of_today() {
    let place = of_ones_own("three");
    own(&place, &["--out", "own.pdf"]).good();
    let verified = place.run(&["report", "verify", "own.pdf"]).good().out;
    for part in
        ["own.pdf: every byte is as `programme-summary` made it", "about programme OWN, at revision 1 of ", "says the same today"]
    {
        assert!(verified.contains(part), "{part} is not in {verified}");
    }

    import(&place, "four");
    let verified = place.run(&["report", "verify", "own.pdf"]).good().out;
    assert!(verified.contains("every byte is as") && verified.contains("the registry says something else today:"), "{verified}");
    let difference = "About the programme: “It helps three cities.” then, “It helps four cities.” now";
    assert!(verified.contains(difference), "{verified}");
    let alone = place.run(&["report", "verify", "--alone", "own.pdf"]).good().out;
    assert!(!alone.contains("today"), "{alone}");

    let sound = fs::read(place.path("own.pdf")).unwrap();
    for at in [sound.len() / 4, sound.len() / 2, sound.len() * 3 / 4] {
        let mut altered = sound.clone();
        altered[at] ^= 1;
        fs::write(place.path("altered.pdf"), altered).unwrap();
        place.run(&["report", "verify", "altered.pdf"]).failed(&["altered.pdf is not as it was made: "]);
    }
    fs::write(place.path("half.pdf"), &sound[..sound.len() / 2]).unwrap();
    place.run(&["report", "verify", "half.pdf"]).failed(&["half.pdf is not as it was made: it is no PDF that can be read"]);
    place.run(&["report", "verify", "facts/own.toml"]).failed(&["it is no PDF that can be read"]);
    place.run(&["report", "verify", "no-such.pdf"]).failed(&["no-such.pdf cannot be read"]);
}

#[test]
fn a_report_comes_as_a_workbook_or_as_its_model_too() {
    let place = of_ones_own("three");
    let told = own(&place, &["--format", "xlsx", "--out", "own.xlsx"]).good().out;
    assert!(told.starts_with("own.xlsx: workbook, "), "{told}");
    assert!(fs::read(place.path("own.xlsx")).unwrap().starts_with(b"PK"));
    let told = own(&place, &["--format", "json"]).good().out;
    assert!(told.starts_with("programme-summary-OWN-en.json: model, "), "{told}");
    let model: Value = serde_json::from_str(&fs::read_to_string(place.path("programme-summary-OWN-en.json")).unwrap()).unwrap();
    assert_eq!(
        (model["subject"].as_str(), model["lang"].as_str(), model["revision"].as_i64()),
        (Some("OWN"), Some("en"), Some(1))
    );
    let wrong = own(&place, &["--format", "docx"]);
    assert!(wrong.status == Some(2) && wrong.err.contains("[possible values: pdf, xlsx, json]"), "{}", wrong.err);
}

#[test]
fn what_a_report_is_about_has_to_fit_it() {
    let place = of_ones_own("three");
    let about = |options: &[&str]| place.run(&[&["report", "programme-summary"][..], options].concat());
    about(&["--organisation", "ACVN"]).failed(&["the subject of report `programme-summary` is not --", "give --programme"]);
    about(&[]).failed(&["report `programme-summary` needs a subject: give --programme"]);
    let both = about(&["--programme", "OWN", "--year", "2017"]);
    assert!(both.status == Some(2) && both.err.contains("cannot be used with"), "{}", both.err);
    let lang = about(&["--programme", "OWN", "--lang", "ja"]);
    assert!(lang.status == Some(2) && lang.err.contains("write vi, en, fr or de"), "{}", lang.err);
    place.run(&["report", "nope", "--programme", "OWN"]).failed(&["there is no report `nope`: choose one of "]);
    let brand = about(&["--programme", "OWN", "--brand", "nobody"]);
    brand.failed(&["there is no brand `nobody`: choose one of ", "neutral"]);
    assert!(!place.names().iter().any(|name| name.ends_with(".pdf")), "{:?}", place.names());
}

#[test]
fn a_disk_that_is_full_is_told_and_leaves_no_half_of_a_file() {
    let place = filled();
    place.write("mped.pdf", "the report of last year");
    let before = place.names();
    // No disk is small enough to be filled here, but the system can refuse to let any file grow beyond 40 kB.
    let output = Command::new("sh")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 80; exec \"$0\" \"$@\"",
            env!("CARGO_BIN_EXE_ketnoi"),
            "report",
            "programme-summary",
        ])
        .args(["--programme", "MPED", "--out", "mped.pdf", "--database-url", "sqlite://ketnoi.db"])
        .current_dir(place.path("."))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && said.contains("error: mped.pdf cannot be written: "), "{said}");
    assert_eq!(place.names(), before);
    assert_eq!(fs::read_to_string(place.path("mped.pdf")).unwrap(), "the report of last year");
}

#[test]
fn reports_that_are_kept_are_listed_and_can_be_removed() {
    let place = of_ones_own("12");
    assert!(place.run(&["report", "kept", "list"]).good().out.starts_with("no report is kept"));
    let keep = |audience: &str| {
        let made = ["report", "programme-summary", "--programme", "OWN", "--audience", audience, "--keep", "--out", "own.pdf"];
        let told = place.run(&made).good().out;
        told.lines().find_map(|l| l.strip_prefix("kept: ")).expect("it says where it is kept").to_owned()
    };
    let (public, internal) = (keep("public"), keep("internal"));
    let listed = place.run(&["report", "kept", "list"]).good().out;
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(lines.len(), 2, "{listed}");
    assert!(lines[0].starts_with(&public) && lines[1].starts_with(&internal), "the oldest comes first: {listed}");
    for part in ["programme-summary OWN vi", "public", "internal", "page"] {
        assert!(listed.contains(part), "{part}: {listed}");
    }
    let told = place.run(&["report", "kept", "remove", &public]).good().out;
    assert_eq!(told.trim_end(), format!("removed: {public}"));
    let left = place.run(&["report", "kept", "list"]).good().out;
    assert!(!left.contains(&public) && left.contains(&internal), "{left}");
    place.run(&["report", "kept", "remove", &public]).failed(&["there is no kept report `"]);
    let wrong = place.run(&["report", "kept", "remove", "own.pdf"]);
    assert!(wrong.status == Some(2) && wrong.err.contains("ketnoi report kept list"), "{}", wrong.err);
}

#[test]
fn help_names_what_can_be_done_with_reports() {
    let place = Place::new();
    let help = place.run(&["report", "--help"]).good().out;
    for part in ["list", "explain", "check", "batch", "kept", "verify"] {
        assert!(help.contains(&format!("\n  {part} ")), "{part}: {help}");
        let own = place.run(&["report", part, "--help"]).good().out;
        assert!(own.contains(&format!("Usage: ketnoi report {part}")), "{own}");
    }
    for part in
        ["--programme", "--organisation", "--countries", "--year", "--lang", "--format", "--audience", "--reports", "--keep"]
    {
        assert!(help.contains(part), "{part}: {help}");
    }
    assert!(help.contains("ketnoi report programme-summary --programme PMI-LED"), "{help}");
    let none = place.run(&["report"]);
    assert!(matches!(none.status, Some(1 | 2)) && none.err.contains("report"), "{}{}", none.out, none.err);
    assert!(place.names().is_empty(), "{:?}", place.names());
}
