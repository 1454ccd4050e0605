//! `hjemmel demo`: a synthetic country, persons to be, and a time machine.

mod progress;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use register::{Clock, Register, Report, Unavailable};
use server::{App, Config, Parts, SecurityLog};

use super::opened::{not_open, to_keep, zone};
use super::serving::serve_until_stopped;
use crate::answer::{Answer, Failure};
use crate::demo::clock::DemoClock;
use crate::demo::country::{Country, Origin};
use crate::demo::europe::{Begin, Europe, NoEurope};
use crate::demo::smittestop::{self, Smittestop};
use crate::demo::state::{Folder, Growth, State};
use crate::demo::{self, JourneyError, TimeMachine};
use crate::machine::{SystemClock, SystemRandomness};
use crate::signing::{KeyError, PrivateKey, Sheet, Signer, verify};
use crate::terminal::Terminal;

/// Grow a synthetic country and open its page
///
/// The country follows from the seed, the number of people and the day: the same three give the same country. If the folder holds a country, it goes on where it was left.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// How many people
    #[arg(long, value_parser = clap::value_parser!(u64).range(100..=200_000), help = "How many people [default: 10000]")]
    people: Option<u64>,
    /// Folder of the country
    #[arg(long, value_name = "DIR", default_value = "target/demo")]
    data: PathBuf,
    /// Port of the page on this machine
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Seed
    #[arg(long, help = "Seed [default: 1]")]
    seed: Option<u64>,
    /// The day on which the country begins; without it today
    #[arg(long, value_name = "DAY")]
    today: Option<Date>,
    /// Grow the country and do not open the page
    #[arg(long)]
    grow_only: bool,
}

const PEOPLE: u64 = 10_000;
const SEED: u64 = 1;
const MEMORY_SECONDS: u64 = 20;
/// All came on the first morning, and is in no plan of the day before: one record for so many people more may go at once.
const UNPLANNED_ONE_IN: usize = 50;

/// A country that runs, with its neighbours.
struct Running {
    country: Country,
    register: Register,
    clock: Arc<DemoClock>,
    folder: Folder,
    state: State,
    smittestop: Smittestop,
    europe: Europe,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    let running = grow_or_continue(arguments, terminal)?;
    if arguments.grow_only {
        running.europe.stop();
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
    let is_new = state.growth == Growth::Begun;
    let clock = Arc::new(DemoClock::at(if is_new { Europe::begins(state.now) } else { state.now }));
    let register = open(&folder, clock.clone(), state.origin.people)?;
    let smittestop = Smittestop::open(&folder.smittestop(), arguments.port, &SystemRandomness::new())
        .map_err(|problem| no_europe(&problem.into()))?;
    let europe = Europe::open(&Begin {
        folder: &folder.europe(),
        seed: state.origin.seed,
        clock: clock.clone(),
        home: register.clone(),
        corpus: to_keep(&crate::corpus::built_in()),
    })
    .map_err(|problem| no_europe(&problem))?;
    let running = Running { country, register, clock, folder, state, smittestop, europe };
    if is_new {
        running.grow(arguments, terminal)?;
    } else {
        terminal.line(&format!(
            "going on with the country of seed {} on {}",
            state.origin.seed,
            running.clock.now().to_zoned(zone()).date()
        ));
    }
    Ok(running)
}

impl Running {
    /// The days before the first morning with the neighbours, and then the country on that morning.
    fn grow(&self, arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
        let mut progress = progress::Progress::of(terminal);
        progress.tell(demo::Told::Begins("neighbours", 1));
        let before = self.app(self.configuration(arguments), SecurityLog::default(), None)?;
        self.europe.live_until(self.state.now, &before).map_err(|problem| no_europe(&problem.into()))?;
        progress.tell(demo::Told::Done(1));
        progress.tell(demo::Told::Ends);
        let randomness = SystemRandomness::new();
        let tell = &mut |told| progress.tell(told);
        let records = demo::grow(&self.country, &self.register, &randomness, self.state.now, tell).map_err(
            |problem| {
                Failure::cannot(
                    format!("the country did not grow: {problem}"),
                    "run the command again; it begins anew",
                )
            },
        )?;
        self.folder.write(&State { growth: Growth::Done, now: self.clock.now(), ..self.state })?;
        terminal.line(&format!("{} people, {records} records of medicine", self.country.people.len()));
        Ok(())
    }

    /// A server on this machine only.
    fn configuration(&self, arguments: &Arguments) -> Config {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port));
        let mut config = Config::loopback(address, SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), "sds");
        config.site.origin = format!("http://{address}");
        config.log.security = Some(arguments.data.join("security.log"));
        config.federation = Some(self.europe.settings());
        config.statistics = Some(self.europe.counting_settings());
        self.smittestop.switch_on(&mut config);
        config
    }

    fn app(
        &self,
        config: Config,
        security_log: SecurityLog,
        demo: Option<server::demo::Demo>,
    ) -> Result<App, Failure> {
        let parts = Parts {
            register: self.register.clone(),
            clock: self.clock.clone(),
            randomness: Arc::new(SystemRandomness::new()),
            config,
            security_log,
            proofs: super::promises::proofs(),
            demo,
        };
        App::new(parts).map_err(|problem| Failure::cannot(problem.to_string(), "try again"))
    }
}

/// A new country on the day asked for.
fn begin(arguments: &Arguments) -> Result<State, Failure> {
    let today = arguments.today.unwrap_or_else(|| SystemClock::start().now().to_zoned(zone()).date());
    let people = usize::try_from(arguments.people.unwrap_or(PEOPLE)).unwrap_or(usize::MAX);
    let now = State::morning(today).ok_or_else(|| {
        Failure::usage(format!("`{today}` is out of the calendar"), "give a day of this century")
    })?;
    Ok(State {
        origin: Origin { seed: arguments.seed.unwrap_or(SEED), people, today },
        growth: Growth::Begun,
        now,
    })
}

/// Goes on with the country of the folder; what was asked for must be its own.
fn same_country(arguments: &Arguments, state: State) -> Result<State, Failure> {
    // A country that was never finished is begun again as it is asked for now.
    if state.growth == Growth::Begun {
        return begin(arguments);
    }
    let Origin { seed, people, today } = state.origin;
    let other = arguments.today.is_some_and(|asked| asked != today)
        || arguments.seed.is_some_and(|asked| asked != seed)
        || arguments.people.is_some_and(|asked| usize::try_from(asked) != Ok(people));
    if other {
        return Err(Failure::usage(
            format!(
                "`{}` holds a country of {people} people with seed {seed} that began on {today}",
                arguments.data.display()
            ),
            "leave --people, --seed and --today out to go on with it, or give another folder with --data",
        ));
    }
    Ok(state)
}

fn open(folder: &Folder, clock: Arc<DemoClock>, people: usize) -> Result<Register, Failure> {
    let files = crate::corpus::built_in();
    let policy = Arc::new(crate::corpus::compile(&files)?);
    sign_and_verify(&policy, clock.now())?;
    let mut config = register::Config::new(folder.database(), folder.keys(), zone());
    config.guard.brake_floor += u64::try_from(people / UNPLANNED_ONE_IN).unwrap_or(0);
    Register::open(&config, policy, to_keep(&files), clock, Arc::new(SystemRandomness::new()))
        .map_err(|problem| not_open(&problem))
}

/// The demonstration signs its own notices, with two keys that are made at the start and end with the process.
fn sign_and_verify(policy: &notice::Policy, now: Timestamp) -> Result<(), Failure> {
    let digest = policy.version.to_string();
    let mut sheet = Sheet::new(&digest, now);
    let mut signers = Vec::new();
    for name in ["the lawyer of the demonstration", "the doctor of the demonstration"] {
        let not_made = |problem: KeyError| Failure::cannot(problem.to_string(), "try again");
        let key = PrivateKey::make(&SystemRandomness::new()).map_err(not_made)?;
        sheet.sign(name, &key, now);
        signers.push(Signer { name: name.to_owned(), key: key.public().map_err(not_made)? });
    }
    verify(&sheet, &digest, &signers, now)
        .map(|_| ())
        .map_err(|refused| Failure::cannot(refused.to_string(), refused.help()))
}

fn open_the_page(arguments: &Arguments, running: Running, terminal: &Terminal) -> Result<Answer, Failure> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(tracing::Level::WARN).init();
    server::print_places_only();
    let config = running.configuration(arguments);
    let origin = config.site.origin.clone();
    let security_log = SecurityLog::open(config.log.security.as_deref())
        .map_err(|problem| not_written("the security log", &problem))?;
    let phones = running.smittestop.set_up_phones(
        &running.folder.phones(),
        &origin,
        &running.europe.counting_addresses(),
        arguments.port,
    );
    let phones = phones.map_err(|problem| not_written("the settings of a phone", &problem))?;
    let keeper =
        Keeper { folder: running.folder.clone(), state: running.state, clock: running.clock.clone() };
    keeper.remember()?;
    let app = running.app(config, security_log, Some(demo_of(&running, &keeper)))?;
    // What the country was grown from is no longer needed: the register has it.
    let Running { europe, smittestop, country, .. } = running;
    drop(country);
    europe.join(&app).map_err(|problem| no_europe(&problem.into()))?;
    let beat = keeper.clone();
    let (tell, told) = std::sync::mpsc::channel::<()>();
    let heart = std::thread::spawn(move || beat.remember_each_minute(&told));
    let served = serve_until_stopped(app, || {
        terminal.line(&format!("the page: {origin}/"));
        terminal.line(&format!("the key server: {}/exports/all/index.txt", smittestop.address()));
        for settings in &phones {
            terminal.line(&format!(
                "a phone: cargo run --release -p phone -- --config {} run",
                settings.display()
            ));
        }
    });
    drop(tell);
    let _ = heart.join();
    europe.stop();
    keeper.remember()?;
    served.map(|()| Answer::Yes)
}

/// Whom one may be, the time machine and the neighbours.
fn demo_of(running: &Running, keeper: &Keeper) -> server::demo::Demo {
    let Running { country, register, clock, europe, .. } = running;
    let time = TimeMachine::new(register.clone(), clock.clone(), zone()).with(Arc::new(europe.clone()));
    server::demo::Demo {
        personas: demo::personas(country, register)
            .into_iter()
            .filter_map(|persona| persona.to_server(register))
            .collect(),
        time: Arc::new(Remembering { time, keeper: keeper.clone() }),
        journey: Arc::default(),
        neighbours: Some(Arc::new(europe.clone())),
    }
}

fn not_written(what: &str, problem: &std::io::Error) -> Failure {
    Failure::cannot(format!("{what} cannot be written: {problem}"), "give another folder with --data")
}

fn no_europe(problem: &NoEurope) -> Failure {
    Failure::cannot(
        format!("the countries of the demonstration cannot begin: {problem}"),
        "give another folder with --data",
    )
}

/// Remembers what the clock shows: time stands still while nobody runs the demonstration.
#[derive(Clone, Debug)]
struct Keeper {
    folder: Folder,
    state: State,
    clock: Arc<DemoClock>,
}

impl Keeper {
    fn remember(&self) -> Result<(), Failure> {
        let now = self.clock.now();
        let ahead = now.duration_since(SystemClock::start().now());
        // Phones whose folder is gone are nobody's.
        let _ = smittestop::tell_phones(&self.folder.phones(), ahead);
        self.folder.write(&State { growth: Growth::Done, now, ..self.state })
    }

    fn remember_each_minute(&self, told: &std::sync::mpsc::Receiver<()>) {
        while told.recv_timeout(std::time::Duration::from_secs(MEMORY_SECONDS))
            == Err(std::sync::mpsc::RecvTimeoutError::Timeout)
        {
            // Tried again in a minute.
            let _ = self.remember();
        }
    }
}

/// A time machine whose goal is remembered.
#[derive(Debug)]
struct Remembering {
    time: TimeMachine,
    keeper: Keeper,
}

impl server::demo::TimeMachine for Remembering {
    fn began(&self) -> Timestamp {
        self.keeper.state.began().unwrap_or(self.keeper.state.now)
    }

    fn travel(&self, to: Timestamp) -> Result<Vec<Report>, Unavailable> {
        let journey = self.time.travel(to, |_| {});
        // The journey counts; the memory of it is written again within a minute.
        let _ = self.keeper.remember();
        match journey {
            Ok(journey) => Ok(journey.reports),
            // The page offers later days only; an earlier one is no journey.
            Err(JourneyError::Backwards(_)) => Ok(Vec::new()),
            Err(JourneyError::Stopped(report)) => Ok(vec![*report]),
            Err(JourneyError::Unavailable(unavailable)) => Err(unavailable),
        }
    }
}
