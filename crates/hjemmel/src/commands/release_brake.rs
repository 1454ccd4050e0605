//! `hjemmel release-brake`: two persons let go what was held back as more than planned.

use register::{FourEyes, Register};

use super::opened::Configured;
use crate::answer::{Answer, Failure};
use crate::terminal::Terminal;

/// Release what the brake held back because it was more than planned
///
/// Two persons look at the numbers of `hjemmel due` first. The next sweep acts.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) configured: Configured,
    /// The first person
    #[arg(long, value_name = "NAME")]
    first: String,
    /// The second person
    #[arg(long, value_name = "NAME")]
    second: String,
}

pub(crate) fn run(
    arguments: &Arguments,
    register: &Register,
    terminal: &Terminal,
) -> Result<Answer, Failure> {
    let records =
        register.release_brake(&arguments.first, &arguments.second).map_err(|problem| four_eyes(&problem))?;
    terminal.line(&format!("{records} records are released; the next sweep acts"));
    Ok(Answer::Yes)
}

/// What to tell when two persons were not enough.
pub(crate) fn four_eyes(problem: &FourEyes) -> Failure {
    match problem {
        FourEyes::Unavailable(unavailable) => super::opened::not_answered(unavailable),
        FourEyes::NotTwo => {
            Failure::usage(problem.to_string(), "give two different names with --first and --second")
        }
    }
}
