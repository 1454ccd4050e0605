//! `hjemmel exposure`: for people who must look inside what phones and countries exchange.

mod canonical;
mod file;
mod identifiers;
mod show;
mod verify;

use clap::Subcommand;

use crate::answer::{Answer, Failure};
use crate::terminal::Terminal;

/// Look inside exposure notification: identifiers, export files, batches between countries
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Identifiers(identifiers::Arguments),
    Show(show::Arguments),
    Canonical(canonical::Arguments),
    Verify(verify::Arguments),
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    match &arguments.what {
        What::Identifiers(arguments) => identifiers::run(arguments, terminal),
        What::Show(arguments) => show::run(arguments, terminal),
        What::Canonical(arguments) => canonical::run(arguments, terminal),
        What::Verify(arguments) => verify::run(arguments, terminal),
    }
}

/// What was asked about is not what it should be: an answer, not a failure to answer.
fn no(terminal: &Terminal, sentence: &str, help: &str) -> Result<Answer, Failure> {
    terminal.error_line(&format!("error: {sentence}\n  help: {help}"));
    Ok(Answer::No)
}
