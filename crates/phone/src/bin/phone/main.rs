//! The program `phone`: one smitte|stop phone with a page for its owner, or without one.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod commands;
mod config;
mod door;
mod machine;
mod run;
mod status;
mod warn;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use phone::language::Bilingual;
use phone::{InBoth, Language};

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
    Run {
        /// Without a page: what it would show, the other commands say.
        #[arg(long)]
        headless: bool,
    },
    /// Says what stands: consent, warnings, what the phone did last, what is stored.
    Status,
    /// Shows the messages, and marks them as read.
    Read,
    /// Warns others with the code from the authority.
    Warn {
        /// 8 digits, or 16 letters and digits; with `-` it is read from the standard input and stays out of the history of
        /// the shell.
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
    let config = match config::read(&arguments.config) {
        Ok(config) => config,
        Err(failure) => return failure.complain(config::language_of(&arguments.config)),
    };
    let done = match arguments.command {
        Command::Run { headless } => {
            run::run(&config, if headless { run::Face::Headless } else { run::Face::Page })
        }
        Command::Status => status::status(&config),
        Command::Read => status::read(&config),
        Command::Warn { code, symptoms, visited } => warn::warn(&config, code, symptoms.as_deref(), visited),
        Command::Consent { yes } => commands::consent(&config, yes),
        Command::Statistics { yes: true, .. } => commands::takes_part(&config),
        Command::Statistics { no: true, .. } => commands::takes_no_part(&config),
        Command::Statistics { .. } => commands::statistics(&config),
        Command::Withdraw => commands::withdraw(&config),
        Command::Uninstall => commands::uninstall(&config),
    };
    done.map_or_else(|failure| failure.complain(Some(config.language)), |()| ExitCode::SUCCESS)
}

/// Why the program stops, in words for its owner.
#[derive(Debug)]
struct Failure(Bilingual<String>);

impl Failure {
    fn new(da: impl Into<String>, en: impl Into<String>) -> Self {
        Self(Bilingual { da: da.into(), en: en.into() })
    }

    /// Says it in the owner's language; in both if the settings do not tell which that is.
    fn complain(&self, language: Option<Language>) -> ExitCode {
        let languages = language.map_or(Language::ALL.to_vec(), |one| vec![one]);
        languages.into_iter().for_each(|language| machine::complain(self.0.of(language)));
        ExitCode::FAILURE
    }
}

impl<E: InBoth> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.in_both())
    }
}
