//! `hjemmel release-brake`: two persons let go what was held back as more than planned.

use register::Register;

use super::opened::Configured;
use super::two_persons::{TwoPersons, four_eyes};
use crate::answer::{Answer, Failure};
use crate::terminal::Terminal;

/// Release what the brake held back because it was more than planned
///
/// Two persons look at the numbers of `hjemmel due` first. The next sweep acts.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) configured: Configured,
    #[command(flatten)]
    persons: TwoPersons,
}

pub(crate) fn run(
    arguments: &Arguments,
    register: &Register,
    terminal: &Terminal,
) -> Result<Answer, Failure> {
    let (first, second) = arguments.persons.each();
    let records = register.release_brake(first, second).map_err(|problem| four_eyes(&problem))?;
    terminal.line(&format!("{records} records are released; the next sweep acts"));
    Ok(Answer::Yes)
}
