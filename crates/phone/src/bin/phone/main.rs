//! The program `phone`: one smitte|stop phone with a page for its owner, or without one.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod commands;
mod config;
mod door;
mod machine;
mod run;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// A smitte|stop phone: it warns its owner of exposure to infection, and lets its owner warn others.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// The settings.
    #[arg(long, value_name = "FILE", default_value = "phone.toml", global = true)]
    config: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the phone and its page until it is stopped.
    Run,
    /// Says what stands: consent, warnings, what is stored.
    Status,
    /// Warns others with the code from the authority.
    Warn {
        /// 8 digits, or 16 letters and digits.
        code: String,
        /// The first day of symptoms, such as 2026-11-20. Voluntary.
        #[arg(long, value_name = "DATE")]
        symptoms: Option<String>,
        /// Countries of the last 14 days, such as SE,DE. Voluntary.
        #[arg(long, value_name = "COUNTRIES", value_delimiter = ',')]
        visited: Vec<String>,
    },
    /// Shows the words of the consent, and takes it with `--yes`.
    Consent {
        /// You have read them and agree.
        #[arg(long)]
        yes: bool,
    },
    /// Shows the words of the statistics; takes part with `--yes`, stops with `--no`.
    Statistics {
        /// You have read them and take part.
        #[arg(long, conflicts_with = "no")]
        yes: bool,
        /// You take no part any more.
        #[arg(long)]
        no: bool,
    },
    /// Withdraws the consent: everything that the phone keeps is erased at once.
    Withdraw,
    /// Erases everything, the folder and the settings.
    Uninstall,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = config::read(&arguments.config).and_then(|config| match arguments.command {
        Command::Run => run::run(&config),
        Command::Status => commands::status(&config),
        Command::Warn { code, symptoms, visited } => {
            commands::warn(&config, &code, symptoms.as_deref(), visited)
        }
        Command::Consent { yes } => commands::consent(&config, yes),
        Command::Statistics { yes: true, .. } => commands::takes_part(&config),
        Command::Statistics { no: true, .. } => commands::takes_no_part(&config),
        Command::Statistics { .. } => commands::statistics(&config),
        Command::Withdraw => commands::withdraw(&config),
        Command::Uninstall => commands::uninstall(&config),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            machine::complain(&failure.0);
            ExitCode::FAILURE
        }
    }
}

/// Why the program stops, in words for its owner.
#[derive(Debug)]
struct Failure(String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}
