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

use std::panic;
use std::process::{self, ExitCode};

use clap::Parser;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    end_where_nobody_reads_on();
    let cli = commands::Cli::parse();
    match commands::run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(1)
        }
    }
}

/// Whoever reads only the beginning of what is printed, as `ketnoi schema | head` does, has what they want: no fault is told.
fn end_where_nobody_reads_on() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panicked| {
        let said = panicked.payload().downcast_ref::<String>().map_or("", String::as_str);
        if said.starts_with("failed printing to stdout") && said.contains("Broken pipe") {
            process::exit(0);
        }
        usual(panicked);
    }));
}
