use super::*;
use clap::{Args, CommandFactory, Parser};

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    common: CommonOptions,
    #[command(flatten)]
    serve: ServeOptions,
}

fn settings(flags: &[&str], file: &str) -> Result<Settings, String> {
    let command = Command::try_parse_from(std::iter::once(&"ketnoi").chain(flags)).map_err(|error| error.to_string())?;
    let file = FileSettings::parse(Path::new("ketnoi.toml"), file).map_err(|error| error.to_string())?;
    Settings::resolve(&command.common, &command.serve, file).map_err(|error| error.to_string())
}

#[test]
fn nothing_said_gives_the_documented_defaults() {
    let settings = settings(&[], "").unwrap();
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(settings.database_url.expose(), "sqlite://ketnoi.db");
    assert_eq!(settings.metrics_listen, None);
    assert!(settings.graphiql);
    assert!(settings.cors_origins.is_empty());
    assert!(settings.workers >= 1);
    assert_eq!(settings.cache_bytes, 32 * 1024 * 1024);
    assert_eq!(settings.limits, Limits::default());
}

#[test]
fn flags_are_stronger_than_the_file_and_the_file_than_defaults() {
    let file = "listen = \"0.0.0.0:80\"\nlog = \"debug\"\ngraphiql = false\nworkers = 3\n[limits]\ndepth = 9\ncost = 500\ntime_ms = 250\n";
    let settings =
        settings(&["--listen", "127.0.0.1:9000", "--max-depth", "7", "--graphiql", "--log-format", "json"], file).unwrap();
    assert_eq!(settings.listen.port(), 9000);
    assert_eq!((settings.limits.depth, settings.limits.cost), (7, 500));
    assert_eq!(settings.limits.time, Duration::from_millis(250));
    assert_eq!((settings.log.as_str(), settings.log_format), ("debug", LogFormat::Json));
    assert!(settings.graphiql);
    assert_eq!(settings.workers, 3);
}

#[test]
fn a_key_that_is_not_known_is_named_with_its_line() {
    let error = settings(&[], "log = \"info\"\n\nlistne = \"127.0.0.1:1\"\n").unwrap_err();
    assert!(error.starts_with("ketnoi.toml, line 3: unknown field `listne`, expected one of"), "{error}");
    let error = settings(&[], "[limits]\ndepth = 9\ndeepness = 3\n").unwrap_err();
    assert!(error.starts_with("ketnoi.toml, line 3: unknown field `deepness`"), "{error}");
}

#[test]
fn a_value_that_is_not_understood_is_named_with_its_line() {
    let error = settings(&[], "log = \"info\"\nlisten = \"nowhere\"\n").unwrap_err();
    assert!(error.starts_with("ketnoi.toml, line 2: "), "{error}");
    assert!(settings(&[], "workers = 0").unwrap_err().starts_with("ketnoi.toml, line 1: "));
    assert!(settings(&[], "listen = ").unwrap_err().starts_with("ketnoi.toml, line 1: "));
    let error = settings(&[], "database_url = \"mysql://root:s3cret@host/x\"").unwrap_err();
    assert!(error.starts_with("ketnoi.toml, line 1: database_url is wrong: mysql://"), "{error}");
    assert!(!error.contains("s3cret"));
    assert!(settings(&["--trusted-proxies", "10.0.0.1,proxy"], "").is_err());
    assert!(settings(&["--workers", "0"], "").is_err());
    assert!(settings(&["--listen", "8080"], "").is_err());
}

#[test]
fn a_file_that_is_named_must_be_there() {
    let common = CommonOptions { config: Some("does/not/exist.toml".into()), ..CommonOptions::default() };
    let error = Settings::load(&common, &ServeOptions::default()).unwrap_err().to_string();
    assert!(error.starts_with("the settings file does/not/exist.toml cannot be read"), "{error}");
}

#[test]
fn origins_are_as_browsers_send_them() {
    let settings = |origins: &str| settings(&["--cors-origins", origins], "");
    let allowed = settings("https://Portal.example,http://localhost:3000").unwrap().cors_origins;
    assert_eq!(allowed, ["https://portal.example", "http://localhost:3000"]);
    for wrong in ["portal.example", "https://portal.example/", "https://", "https://*.example", "null"] {
        assert!(settings(wrong).unwrap_err().contains("is not an origin"), "{wrong}");
    }
}

#[test]
fn a_filter_for_the_log_is_understood_or_refused() {
    assert!(log::parse("info,ketnoi::access=off").is_ok());
    let error = log::parse("ketnoi=loud").unwrap_err().to_string();
    assert!(error.starts_with("\"ketnoi=loud\" does not say what to log"), "{error}");
}

#[test]
fn every_option_has_an_environment_variable_of_its_name() {
    for argument in Command::command().get_arguments().filter(|argument| argument.get_id() != "help") {
        let flag = argument.get_long().unwrap();
        let expected = format!("KETNOI_{}", flag.to_uppercase().replace('-', "_"));
        assert_eq!(argument.get_env().unwrap().to_str(), Some(expected.as_str()), "--{flag}");
    }
}

#[test]
fn every_option_is_a_key_of_the_file() {
    let keys = |id: &str| {
        let error = FileSettings::parse(Path::new("f"), id).unwrap_err().to_string();
        error.split('`').skip(3).step_by(2).map(str::to_owned).collect::<Vec<_>>()
    };
    let (top, limits) = (keys("not_a_key = 1"), keys("[limits]\nnot_a_key = 1"));
    let limit_ids: Vec<String> = LimitOptions::augment_args(clap::Command::new("x"))
        .get_arguments()
        .map(|argument| argument.get_id().to_string())
        .collect();
    for argument in Command::command().get_arguments() {
        let id = argument.get_id().to_string();
        if limit_ids.contains(&id) {
            assert!(limits.contains(&id), "{id} is not in [limits]: {limits:?}");
        } else if id != "config" && id != "help" {
            assert!(top.contains(&id), "{id} is not in the file: {top:?}");
        }
    }
}

#[test]
fn production_is_what_strangers_meet_and_closes_what_is_not_for_them() {
    let mode = |flags: &[&str]| {
        let settings = settings(flags, "").unwrap();
        (settings.production, settings.graphiql)
    };
    assert_eq!(mode(&[]), (false, true));
    assert_eq!(mode(&["--public-url", "https://registry.example"]), (true, false));
    assert_eq!(mode(&["--listen", "0.0.0.0:80"]), (true, false));
    assert_eq!(mode(&["--listen", "0.0.0.0:80", "--production", "false"]), (false, true));
    assert_eq!(mode(&["--production", "--graphiql"]), (true, true));
    assert!(settings(&["--public-url", "registry.example"], "").is_err());
}

#[test]
fn what_is_unsafe_is_refused_or_named_and_what_is_safe_is_not_told_of() {
    let told = |flags: &[&str], file: &str, administrator| {
        let found = findings(&settings(flags, file).unwrap(), administrator);
        let of = |weight| found.iter().filter(|f| f.weight == weight).map(|f| f.what.clone()).collect::<Vec<_>>().join("\n");
        (of(Weight::Refused), of(Weight::Named))
    };
    assert_eq!(told(&[], "", None), (String::new(), String::new()));
    let good = ["--public-url", "https://registry.example", "--trusted-proxies", "127.0.0.1", "--trusted-documents", "strangers"];
    assert_eq!(told(&good, "", Some(true)), (String::new(), String::new()));

    let open = told(&["--listen", "0.0.0.0:80", "--cors-origins", "*"], "", Some(false));
    assert!(open.0.contains("--public-url"), "{open:?}");
    for words in ["--trusted-proxies", "CORS origin is `*`", "ketnoi user", "--trusted-documents"] {
        assert!(open.1.contains(words), "{words}: {open:?}");
    }
    let plain = told(&["--public-url", "http://registry.example"], "", None).0;
    assert!(plain.contains("https://"), "{plain}");
    let default = told(&good, "database_url = \"postgres://postgres:postgres@db/ketnoi\"", None).0;
    assert!(default.contains("everyone tries first") && !default.contains("postgres:postgres"), "{default}");
    let lost = "[[oidc]]\nname = \"gov\"\nissuer = \"https://id.example\"\nclient_id = \"k\"\nclient_secret_file = \"no/such\"\n";
    assert!(told(&good, lost, None).0.contains("no/such"));
}

#[test]
fn providers_are_told_apart_and_reached_safely() {
    let provider = |name: &str, issuer: &str| format!("[[oidc]]\nname = \"{name}\"\nissuer = \"{issuer}\"\nclient_id = \"k\"\n");
    let good = settings(&[], &provider("gov", "https://id.example/realm")).unwrap().providers;
    assert_eq!((good[0].shown(), good[0].algorithm), ("gov", Algorithm::Rs256));
    assert!(settings(&[], &provider("gov", "http://127.0.0.1:9/x")).is_ok());
    let twice = provider("gov", "https://id.example").repeat(2);
    for wrong in [provider("Gov", "https://id.example"), provider("gov", "http://id.example"), provider("", "https://a"), twice] {
        assert!(settings(&[], &wrong).unwrap_err().starts_with("[[oidc]]"), "{wrong}");
    }
}
