//! The binary `ketnoi`: commands, settings, the web server, and the wiring of all other crates.
//!
//! **For:** what a person starts. **Not for:** rules, reads or layout, which have crates of their own.
//! **To add a command:** a file in `commands/` with its options and `run`, and its line in `commands::Command`.

mod background;
mod commands;
mod config;
mod geojson;
mod hooks;
mod progress;
mod server;

use std::process::ExitCode;

use clap::Parser;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = commands::Cli::parse();
    match commands::run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(1)
        }
    }
}
