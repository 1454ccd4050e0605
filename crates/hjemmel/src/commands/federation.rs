//! `hjemmel federation`: how the exchange of keys with other countries stands, and what to do with what waits.

use std::sync::Arc;

use jiff::civil::Date;
use notice::Lang;
use register::Register;
use server::federation::Door;
use services::Explain as _;
use services::smittestop::gateway::release::Decision;
use services::smittestop::gateway::{Reason, Way, release, state};

use super::opened::Configured;
use super::two_persons::{NOT_TWO, TwoPersons};
use crate::answer::{Answer, Failure};
use crate::machine::{SystemClock, SystemRandomness};
use crate::terminal::Terminal;

/// Show how the exchange with other countries stands; decide on what waits
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) configured: Configured,
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// The last runs, what came from which country, what waits
    Status,
    /// Let phones have what was held; two persons agree
    Release(Which),
    /// Leave what was held to be erased on its day; two persons agree
    Discard(Which),
}

#[derive(Debug, clap::Args)]
struct Which {
    /// The country, two capital letters
    #[arg(long)]
    country: String,
    /// The day of the batch
    #[arg(long, value_name = "YYYY-MM-DD")]
    day: Date,
    /// The tag of the batch
    #[arg(long)]
    tag: String,
    #[command(flatten)]
    persons: TwoPersons,
}

pub(crate) fn run(
    arguments: &Arguments,
    register: &Register,
    terminal: &Terminal,
) -> Result<Answer, Failure> {
    let clock = Arc::new(SystemClock::start());
    let door = Door::new(register.clone(), clock, Arc::new(SystemRandomness::new()));
    match &arguments.act {
        Act::Status => status(&door, terminal),
        Act::Release(which) => decide(&door, which, Decision::Release, terminal),
        Act::Discard(which) => decide(&door, which, Decision::Discard, terminal),
    }
}

fn status(door: &Door, terminal: &Terminal) -> Result<Answer, Failure> {
    let state = door.act_here(state::run).map_err(not_done)?;
    for (way, name) in [(Way::Up, "upload"), (Way::Down, "download")] {
        match state.runs.get(&way) {
            Some((at, outcome)) => terminal.line(&format!("last {name}: {at}, {outcome}")),
            None => terminal.line(&format!("last {name}: none in two weeks")),
        }
    }
    terminal.line(&format!("ours: {} keys uploaded, {} refused", state.uploaded, state.refused));
    for (country, one) in &state.countries {
        let last = one.last.map(|at| at.to_string()).unwrap_or_default();
        terminal.line(&format!(
            "{country}: {} keys sent, {} for phones here, {} batches not believed, last {last}",
            one.sent, one.accepted, one.unsigned
        ));
    }
    for one in &state.held {
        terminal.line(&format!(
            "held: --country {} --day {} --tag {} ({} keys)",
            one.country, one.day, one.tag, one.sent
        ));
    }
    Ok(Answer::Yes)
}

fn decide(door: &Door, which: &Which, decision: Decision, terminal: &Terminal) -> Result<Answer, Failure> {
    let request = release::Request {
        country: which.country.clone(),
        day: which.day,
        tag: which.tag.clone(),
        decision,
        by: which.persons.names(),
    };
    let keys = door.act_here(|at| release::run(at, &request)).map_err(|error| match error {
        services::Error::Not(Reason::NotTwo) => Failure::usage(Reason::NotTwo.words(Lang::En), NOT_TWO),
        other => not_done(other),
    })?;
    let word = match decision {
        Decision::Release => "released",
        Decision::Discard => "left to be erased",
    };
    terminal.line(&format!("{keys} keys are {word}"));
    Ok(Answer::Yes)
}

fn not_done<Own: services::Explain>(error: services::Error<Own>) -> Failure {
    match error {
        services::Error::Not(reason) => {
            Failure::cannot(reason.words(Lang::En), "see `hjemmel federation status`")
        }
        other => Failure::cannot(other.to_string(), "nothing was changed"),
    }
}
