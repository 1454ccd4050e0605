//! `hjemmel demo`: a synthetic country, persons to be, and a time machine.

mod progress;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use register::{Clock, Register};

use super::opened::{not_open, to_keep, zone};
use crate::answer::{Answer, Failure};
use crate::demo::clock::DemoClock;
use crate::demo::country::{Country, Origin};
use crate::demo::state::{Folder, Growth, State};
use crate::demo::{self, TimeMachine};
use crate::machine::{SystemClock, SystemRandomness};
use crate::terminal::Terminal;

/// Grow a synthetic country and open its page
///
/// The country follows from the seed, the number of people and the day: the same three give the same country. If the folder holds a country, it goes on where it was left.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// How many people
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(100..=200_000))]
    people: u64,
    /// Folder of the country
    #[arg(long, value_name = "DIR", default_value = "target/demo")]
    data: PathBuf,
    /// Port of the page on this machine
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The day on which the country begins; without it today
    #[arg(long, value_name = "DAY")]
    today: Option<Date>,
    /// Grow the country and do not open the page
    #[arg(long)]
    grow_only: bool,
}

/// A country that runs.
struct Running {
    country: Country,
    register: Register,
    clock: Arc<DemoClock>,
    folder: Folder,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    let running = grow_or_continue(arguments, terminal)?;
    if arguments.grow_only {
        return Ok(Answer::Yes);
    }
    open_the_page(arguments, running, terminal)
}

fn grow_or_continue(arguments: &Arguments, terminal: &Terminal) -> Result<Running, Failure> {
    let folder = Folder::at(&arguments.data)?;
    let state = match folder.read()? {
        Some(state) => same_country(arguments, state)?,
        None => begin(arguments)?,
    };
    if state.growth == Growth::Begun {
        folder.forget()?;
        folder.write(&state)?;
    }
    let country = Country::grow(state.origin);
    let clock = Arc::new(DemoClock::at(state.now));
    let register = open(&folder, clock.clone())?;
    if state.growth == Growth::Begun {
        let mut progress = progress::Progress::of(terminal);
        let randomness = SystemRandomness::new();
        let records = demo::grow(&country, &register, &randomness, state.now, &mut |told| progress.tell(told))
            .map_err(|problem| Failure::cannot(format!("the country did not grow: {problem}"), "run the command again; it begins anew"))?;
        folder.write(&State { growth: Growth::Done, now: clock.now(), ..state })?;
        terminal.line(&format!("{} people, {records} records of medicine", country.people.len()));
    } else {
        terminal.line(&format!("going on with the country of seed {} on {}", state.origin.seed, clock.now().to_zoned(zone()).date()));
    }
    Ok(Running { country, register, clock, folder })
}

/// A new country on the day asked for.
fn begin(arguments: &Arguments) -> Result<State, Failure> {
    let today = arguments.today.unwrap_or_else(|| SystemClock::start().now().to_zoned(zone()).date());
    let people = usize::try_from(arguments.people).unwrap_or(usize::MAX);
    let now = morning(today).ok_or_else(|| Failure::usage(format!("`{today}` is out of the calendar"), "give a day of this century"))?;
    Ok(State { origin: Origin { seed: arguments.seed, people, today }, growth: Growth::Begun, now })
}

fn morning(day: Date) -> Option<Timestamp> {
    (2000..2100).contains(&day.year()).then(|| day.at(9, 0, 0, 0).to_zoned(zone()).ok()).flatten().map(|at| at.timestamp())
}

/// Goes on with the country of the folder; a day that was asked for must be its own.
fn same_country(arguments: &Arguments, state: State) -> Result<State, Failure> {
    let other_day = arguments.today.is_some_and(|today| today != state.origin.today);
    if state.growth == Growth::Done && other_day {
        return Err(Failure::usage(
            format!("`{}` holds a country that began on {}", arguments.data.display(), state.origin.today),
            "leave --today out, or give another folder with --data",
        ));
    }
    // A country that was never finished is begun again as it is asked for now.
    if state.growth == Growth::Begun { begin(arguments) } else { Ok(state) }
}

fn open(folder: &Folder, clock: Arc<DemoClock>) -> Result<Register, Failure> {
    let files = crate::corpus::built_in();
    let policy = Arc::new(crate::corpus::compile(&files)?);
    let config = register::Config::new(folder.database(), folder.keys(), zone());
    Register::open(&config, policy, to_keep(&files), clock, Arc::new(SystemRandomness::new())).map_err(|problem| not_open(&problem))
}

fn open_the_page(arguments: &Arguments, running: Running, terminal: &Terminal) -> Result<Answer, Failure> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port));
    let _ = (TimeMachine::new(running.register, running.clock, zone()), running.country, running.folder, address, terminal);
    Ok(Answer::Yes)
}
