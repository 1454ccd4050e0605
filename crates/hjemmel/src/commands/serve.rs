//! `hjemmel serve`: the server, with a sweep each minute.

use super::opened::Configured;
use crate::answer::{Answer, Failure};
use crate::terminal::Terminal;

/// Run the server, with a sweep each minute
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    configured: Configured,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    let _ = (arguments, terminal);
    Ok(Answer::Yes)
}
