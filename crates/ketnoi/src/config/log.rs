//! Starts the log as the settings say.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use super::{ConfigError, LogFormat};

/// Writes the log to the standard error stream, which leaves standard output to what commands print. Called once.
pub(crate) fn start_log(filter: &str, format: LogFormat) -> Result<(), ConfigError> {
    let subscriber = tracing_subscriber::fmt().with_env_filter(parse(filter)?).with_writer(std::io::stderr);
    // A log that is started already, as in tests, is left as it is.
    _ = match format {
        LogFormat::Text => subscriber.with_ansi(std::io::stderr().is_terminal()).try_init(),
        LogFormat::Json => subscriber.json().flatten_event(true).try_init(),
    };
    Ok(())
}

pub(super) fn parse(filter: &str) -> Result<EnvFilter, ConfigError> {
    EnvFilter::builder().parse(filter).map_err(|error| ConfigError::Log { filter: filter.to_owned(), reason: error.to_string() })
}
