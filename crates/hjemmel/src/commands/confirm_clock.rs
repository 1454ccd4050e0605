//! `hjemmel confirm-clock`: two persons say that the clock is right after a jump.

use register::Register;

use super::opened::Configured;
use super::two_persons::{TwoPersons, four_eyes};
use crate::answer::{Answer, Failure};
use crate::terminal::Terminal;

/// Confirm that the clock is right after a jump, so that sweeps run again
///
/// Two persons look at the clock and say so. The next sweep runs.
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
    register.confirm_clock(first, second).map_err(|problem| four_eyes(&problem))?;
    terminal.line("the clock is confirmed; the next sweep runs");
    Ok(Answer::Yes)
}
