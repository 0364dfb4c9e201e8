//! Settings, from the strongest to the weakest: flags, environment, the TOML file, defaults.
//!
//! Commands flatten [`CommonOptions`], and those that serve flatten [`ServeOptions`] too; clap reads flags and environment
//! into them. [`FileSettings`] is the file. [`Settings`] is what comes out, with nothing left open.
//!
//! To add a setting: a field in the options (with `env`), one in `FileSettings`, one in `Settings`, and its line in
//! `resolve`. The tests fail if an option has no environment variable or the file lacks a key.

mod database_url;
mod file;
mod findings;
mod log;
mod provider;
mod public_url;
#[cfg(test)]
mod tests;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ketnoi_graphql::http::Limits;

pub(crate) use database_url::DatabaseUrl;
pub(crate) use file::{ConfigError, FileSettings};
pub(crate) use findings::{Weight, findings};
pub(crate) use log::start_log;
pub(crate) use provider::{Algorithm, Provider};
pub(crate) use public_url::PublicUrl;

/// The file that is read when none is named, if it is there.
const USUAL_FILE: &str = "ketnoi.toml";
/// The migrations of a new registry would be fifty lines before the first that says anything.
const USUAL_LOG: &str = "info,sea_orm_migration=warn";
const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);
const DEFAULT_CACHE_MIB: usize = 32;
const DEFAULT_SOCKETS_PER_ADDRESS: NonZero<u32> = at_least_one(256);
const DEFAULT_COST_PER_MINUTE: NonZero<u32> = at_least_one(200_000);
const DEFAULT_STRANGER_COST_PER_MINUTE: NonZero<u32> = at_least_one(60_000);

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
    /// The address under which the world reaches it, such as `https://registry.example`
    #[arg(long, env = "KETNOI_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<PublicUrl>,
    /// Whether strangers meet it: unsafe settings are refused or named, strangers may not ask about the schema, GraphiQL is off
    /// unless asked for, nobody is an administrator without signing in [default: true where there is a public URL, or it listens
    /// beyond this machine]
    #[arg(long, env = "KETNOI_PRODUCTION", value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    pub production: Option<bool>,
    /// Who may send only registered operations (`ketnoi operations`): off, strangers, everyone [default: off]
    #[arg(long, env = "KETNOI_TRUSTED_DOCUMENTS", value_name = "WHO")]
    pub trusted_documents: Option<TrustedDocuments>,
    /// Cost that an account or a key may spend each minute [default: 200000]
    #[arg(long, env = "KETNOI_COST_PER_MINUTE", value_name = "NUMBER")]
    pub cost_per_minute: Option<NonZero<u32>>,
    /// Cost that strangers from one address may spend each minute [default: 60000]
    #[arg(long, env = "KETNOI_STRANGER_COST_PER_MINUTE", value_name = "NUMBER")]
    pub stranger_cost_per_minute: Option<NonZero<u32>>,
    /// Sockets (GraphQL over WebSocket) that may be open from one address [default: 256]
    #[arg(long, env = "KETNOI_SOCKETS_PER_ADDRESS", value_name = "NUMBER")]
    pub sockets_per_address: Option<NonZero<u32>>,
    /// Whether browsers get GraphiQL at /graphql [default: true, in production false]
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
    /// A folder of definitions, brands and wording of reports, beside or in place of those built in
    #[arg(long, env = "KETNOI_REPORTS", value_name = "FOLDER")]
    pub reports: Option<PathBuf>,
    /// Memory for whole answers, in MiB; 0 keeps none [default: 32]
    #[arg(long, env = "KETNOI_CACHE_MIB", value_name = "MIB")]
    pub cache_mib: Option<usize>,
    #[command(flatten)]
    pub limits: LimitOptions,
}

/// Who may send only registered operations.
#[derive(clap::ValueEnum, serde::Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TrustedDocuments {
    /// Nobody: any document is taken.
    #[default]
    Off,
    /// Those who neither sign in nor bring a key.
    Strangers,
    /// All but the administrator at this machine.
    Everyone,
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
    pub public_url: Option<PublicUrl>,
    pub production: bool,
    pub trusted_documents: TrustedDocuments,
    pub cost_per_minute: NonZero<u32>,
    pub stranger_cost_per_minute: NonZero<u32>,
    pub sockets_per_address: NonZero<u32>,
    pub providers: Vec<Provider>,
    pub graphiql: bool,
    pub reports: Option<PathBuf>,
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
        let listen = serve.listen.or(file.listen).unwrap_or(DEFAULT_LISTEN);
        let public_url = serve.public_url.or(file.public_url);
        // Who says how the world reaches it, or lets it, has strangers to meet.
        let met = public_url.is_some() || !listen.ip().is_loopback();
        let production = serve.production.or(file.production).unwrap_or(met);
        Ok(Self {
            database_url: common.database_url.or(file.database_url).unwrap_or_default(),
            log: common.log.or(file.log).unwrap_or_else(|| USUAL_LOG.to_owned()),
            log_format: common.log_format.or(file.log_format).unwrap_or_default(),
            listen,
            metrics_listen: serve.metrics_listen.or(file.metrics_listen),
            public_url,
            production,
            trusted_documents: serve.trusted_documents.or(file.trusted_documents).unwrap_or_default(),
            cost_per_minute: serve.cost_per_minute.or(file.cost_per_minute).unwrap_or(DEFAULT_COST_PER_MINUTE),
            stranger_cost_per_minute: serve
                .stranger_cost_per_minute
                .or(file.stranger_cost_per_minute)
                .unwrap_or(DEFAULT_STRANGER_COST_PER_MINUTE),
            sockets_per_address: serve.sockets_per_address.or(file.sockets_per_address).unwrap_or(DEFAULT_SOCKETS_PER_ADDRESS),
            providers: provider::checked(file.oidc)?,
            graphiql: serve.graphiql.or(file.graphiql).unwrap_or(!production),
            reports: serve.reports.clone().or(file.reports),
            cors_origins: cors_origins.into_iter().map(|origin| checked_origin(&origin)).collect::<Result<_, _>>()?,
            trusted_proxies: serve.trusted_proxies.or(file.trusted_proxies).unwrap_or_default(),
            workers: serve.workers.or(file.workers.map(std::num::NonZero::get)).map_or_else(processors, usize::from),
            cache_bytes: serve.cache_mib.or(file.cache_mib).unwrap_or(DEFAULT_CACHE_MIB).saturating_mul(1024 * 1024),
            limits: limits(&serve.limits, &file.limits),
        })
    }
}

/// A number as one that is not zero.
const fn at_least_one(number: u32) -> NonZero<u32> {
    match NonZero::new(number) {
        Some(number) => number,
        None => NonZero::<u32>::MIN,
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
