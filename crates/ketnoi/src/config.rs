//! Settings, from the strongest to the weakest: flags, environment, the TOML file, defaults.
//!
//! Commands flatten [`CommonOptions`], and those that serve flatten [`ServeOptions`] too; clap reads flags and environment
//! into them. [`FileSettings`] is the file. [`Settings`] is what comes out, with nothing left open.
//!
//! To add a setting: a field in the options (with `env`), one in `FileSettings`, one in `Settings`, and its line in
//! `resolve`. The tests fail if an option has no environment variable or the file lacks a key.

mod database_url;
mod file;
mod log;
#[cfg(test)]
mod tests;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use ketnoi_graphql::http::Limits;

pub(crate) use database_url::DatabaseUrl;
pub(crate) use file::{ConfigError, FileSettings};
pub(crate) use log::start_log;

/// The file that is read when none is named, if it is there.
const USUAL_FILE: &str = "ketnoi.toml";
const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);
const DEFAULT_CACHE_MIB: usize = 32;

/// Options of every command.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct CommonOptions {
    /// Settings file [default: ketnoi.toml, if it exists]
    #[arg(long, env = "KETNOI_CONFIG", value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// Where the registry is: sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME [default: sqlite://ketnoi.db]
    #[arg(long, env = "KETNOI_DATABASE_URL", value_name = "URL", hide_env_values = true, global = true)]
    pub database_url: Option<DatabaseUrl>,
    /// What to log: error, warn, info, debug, trace, or one for each module [default: info]
    #[arg(long, env = "KETNOI_LOG", value_name = "LEVEL", global = true)]
    pub log: Option<String>,
    /// How to write the log [default: text]
    #[arg(long, env = "KETNOI_LOG_FORMAT", value_name = "FORMAT", global = true)]
    pub log_format: Option<LogFormat>,
}

/// How the log is written.
#[derive(clap::ValueEnum, serde::Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object on each line, for machines.
    Json,
}

/// Options of the commands that serve.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct ServeOptions {
    /// Address of the API [default: 127.0.0.1:8080]
    #[arg(long, env = "KETNOI_LISTEN", value_name = "ADDRESS:PORT")]
    pub listen: Option<SocketAddr>,
    /// Address of the figures for Prometheus; without it there are none
    #[arg(long, env = "KETNOI_METRICS_LISTEN", value_name = "ADDRESS:PORT")]
    pub metrics_listen: Option<SocketAddr>,
    /// Whether browsers get GraphiQL at /graphql [default: true]
    #[arg(long, env = "KETNOI_GRAPHIQL", value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    pub graphiql: Option<bool>,
    /// Origins whose pages may use the API, separated by commas, such as `https://portal.example`
    #[arg(long, env = "KETNOI_CORS_ORIGINS", value_name = "ORIGINS", value_delimiter = ',')]
    pub cors_origins: Option<Vec<String>>,
    /// Addresses of proxies whose X-Forwarded-For is believed, separated by commas
    #[arg(long, env = "KETNOI_TRUSTED_PROXIES", value_name = "ADDRESSES", value_delimiter = ',')]
    pub trusted_proxies: Option<Vec<IpAddr>>,
    /// Threads that answer requests [default: one for each processor]
    #[arg(long, env = "KETNOI_WORKERS", value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub workers: Option<u16>,
    /// Memory for whole answers, in MiB; 0 keeps none [default: 32]
    #[arg(long, env = "KETNOI_CACHE_MIB", value_name = "MIB")]
    pub cache_mib: Option<usize>,
    #[command(flatten)]
    pub limits: LimitOptions,
}

/// Limits on one request to the API.
#[derive(clap::Args, serde::Deserialize, Clone, Debug, Default, PartialEq, Eq)]
#[command(next_help_heading = "Limits on one request")]
#[serde(deny_unknown_fields, default)]
pub(crate) struct LimitOptions {
    /// Bytes of a body [default: 1048576]
    #[arg(long = "max-body-bytes", env = "KETNOI_MAX_BODY_BYTES", value_name = "BYTES")]
    pub body_bytes: Option<usize>,
    /// Tokens of a document [default: 15000]
    #[arg(long = "max-tokens", env = "KETNOI_MAX_TOKENS", value_name = "NUMBER")]
    pub tokens: Option<u64>,
    /// Fields inside one another [default: 12]
    #[arg(long = "max-depth", env = "KETNOI_MAX_DEPTH", value_name = "NUMBER")]
    pub depth: Option<u64>,
    /// Aliases of an operation [default: 30]
    #[arg(long = "max-aliases", env = "KETNOI_MAX_ALIASES", value_name = "NUMBER")]
    pub aliases: Option<u64>,
    /// Fields at the root of an operation [default: 20]
    #[arg(long = "max-root-fields", env = "KETNOI_MAX_ROOT_FIELDS", value_name = "NUMBER")]
    pub root_fields: Option<u64>,
    /// Directives on one field [default: 8]
    #[arg(long = "max-directives", env = "KETNOI_MAX_DIRECTIVES", value_name = "NUMBER")]
    pub directives: Option<u64>,
    /// Cost of an operation [default: 10000]
    #[arg(long = "max-cost", env = "KETNOI_MAX_COST", value_name = "NUMBER")]
    pub cost: Option<u64>,
    /// Milliseconds that an operation may run [default: 10000]
    #[arg(long = "max-time-ms", env = "KETNOI_MAX_TIME_MS", value_name = "MS")]
    pub time_ms: Option<u64>,
}

/// The settings that hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    pub database_url: DatabaseUrl,
    pub log: String,
    pub log_format: LogFormat,
    pub listen: SocketAddr,
    pub metrics_listen: Option<SocketAddr>,
    pub graphiql: bool,
    pub cors_origins: Vec<String>,
    pub trusted_proxies: Vec<IpAddr>,
    pub workers: usize,
    pub cache_bytes: usize,
    pub limits: Limits,
}

impl Settings {
    /// Reads the file, if there is one, and lays the options over it.
    pub(crate) fn load(common: &CommonOptions, serve: &ServeOptions) -> Result<Self, ConfigError> {
        let file = match &common.config {
            Some(path) => FileSettings::read(path)?,
            None if Path::new(USUAL_FILE).exists() => FileSettings::read(Path::new(USUAL_FILE))?,
            None => FileSettings::default(),
        };
        Self::resolve(common, serve, file)
    }

    /// Options over file over defaults.
    pub(crate) fn resolve(common: &CommonOptions, serve: &ServeOptions, file: FileSettings) -> Result<Self, ConfigError> {
        let common = common.clone();
        let serve = serve.clone();
        let processors = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let cors_origins = serve.cors_origins.or(file.cors_origins).unwrap_or_default();
        Ok(Self {
            database_url: common.database_url.or(file.database_url).unwrap_or_default(),
            log: common.log.or(file.log).unwrap_or_else(|| "info".to_owned()),
            log_format: common.log_format.or(file.log_format).unwrap_or_default(),
            listen: serve.listen.or(file.listen).unwrap_or(DEFAULT_LISTEN),
            metrics_listen: serve.metrics_listen.or(file.metrics_listen),
            graphiql: serve.graphiql.or(file.graphiql).unwrap_or(true),
            cors_origins: cors_origins.into_iter().map(|origin| checked_origin(&origin)).collect::<Result<_, _>>()?,
            trusted_proxies: serve.trusted_proxies.or(file.trusted_proxies).unwrap_or_default(),
            workers: serve.workers.or(file.workers.map(std::num::NonZero::get)).map_or_else(processors, usize::from),
            cache_bytes: serve.cache_mib.or(file.cache_mib).unwrap_or(DEFAULT_CACHE_MIB).saturating_mul(1024 * 1024),
            limits: limits(&serve.limits, &file.limits),
        })
    }
}

fn limits(options: &LimitOptions, file: &LimitOptions) -> Limits {
    let usual = Limits::default();
    let time = options.time_ms.or(file.time_ms).map_or(usual.time, Duration::from_millis);
    Limits {
        body_bytes: options.body_bytes.or(file.body_bytes).unwrap_or(usual.body_bytes),
        tokens: options.tokens.or(file.tokens).unwrap_or(usual.tokens),
        depth: options.depth.or(file.depth).unwrap_or(usual.depth),
        aliases: options.aliases.or(file.aliases).unwrap_or(usual.aliases),
        root_fields: options.root_fields.or(file.root_fields).unwrap_or(usual.root_fields),
        directives: options.directives.or(file.directives).unwrap_or(usual.directives),
        cost: options.cost.or(file.cost).unwrap_or(usual.cost),
        time,
        ..usual
    }
}

/// An origin as browsers send it: scheme, host and perhaps a port, nothing after. One that is written otherwise would
/// never match, and nobody would know why.
fn checked_origin(origin: &str) -> Result<String, ConfigError> {
    let wrong = || ConfigError::Origin { origin: origin.to_owned() };
    if origin == "*" {
        return Ok(origin.to_owned());
    }
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")).ok_or_else(wrong)?;
    if host.is_empty() || host.contains(['/', '?', '#', '@', ' ', '*']) { Err(wrong()) } else { Ok(origin.to_lowercase()) }
}
