//! Three countries and the gateway between them, on this machine. Denmark is the demonstration's own register of
//! smitte|stop; the two others and the gateway have registers and key stores of their own.
//!
//! Invariant: nothing passes from one to another but over TLS, through the gateway.

mod journey;
mod keys;

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use exposure::revision::TokenKey;
use jiff::{SignedDuration, Timestamp};
use notice::{Actor, Policy};
use register::{Caller, Clock, Corpus, Personal, Randomness, Register, Unavailable};
use server::App;
use server::config::{FederationSettings, StatisticsSettings};
use server::demo::Neighbours;
use server::federation::Door;
use server::federation::client::Client;
use server::federation::rehearsal::{BadRehearsal, Ear, Misdeed, Outcome, Papers, Rehearsal};
use services::gateway_service::state;
use services::smittestop::gateway::Way;
use services::smittestop::keys::{ReportKind, publish};

use super::clock::DemoClock;
use super::counting::Counting;
use crate::machine::SystemRandomness;
use keys::{ABROAD, Abroad};

/// More keys of one country in a day wait for two persons: small, so that it can be seen.
const KEYS_PER_DAY_MAX: u64 = 5_000;
/// Keys of an honest mistake, and of a flood.
const FEW: usize = 40;
const MANY: usize = 6_000;
/// Days of which people at home have warned when the demonstration begins.
const DAYS_BEFORE: i64 = 10;
/// Hours before the first morning at which phones tell of their day; a day is counted two days after it is over.
const LIVED_HOURS: [i64; 6] = [101, 77, 53, 29, 5, 0];
/// From so many hours before on people warn and everybody exchanges too. What came at one hour is in the files of the next,
/// for files are made of hours that are over, and keys wait until nobody can imitate them.
const EXCHANGED_HOURS: i64 = 29;
const EVERY_SECONDS: u64 = 60;
const CLOSING_SECONDS: u64 = 3;

/// Why there are no neighbours.
#[derive(Debug, thiserror::Error)]
pub enum NoEurope {
    /// The gateway or a certificate.
    #[error(transparent)]
    Rehearsal(#[from] BadRehearsal),
    /// A key of our own servers.
    #[error(transparent)]
    Papers(#[from] server::rehearsal::BadRehearsal),
    /// A register.
    #[error("a register of a neighbour does not open: {0}")]
    Open(#[from] register::OpenError),
    /// A register does not answer.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// No thread, or no file.
    #[error("{0}")]
    System(#[from] std::io::Error),
}

/// A country abroad.
#[derive(Debug)]
struct Neighbour {
    register: Register,
    papers: Papers,
    client: Client,
}

/// The neighbours and the gateway. Clones share them.
#[derive(Clone, Debug)]
pub struct Europe(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    runtime: Mutex<Option<tokio::runtime::Runtime>>,
    handle: tokio::runtime::Handle,
    rehearsal: Rehearsal,
    gateway: Register,
    neighbours: Vec<Neighbour>,
    home: Home,
    counting: Counting,
    clock: Arc<DemoClock>,
    seed: u64,
    /// Held by whoever exchanges: a journey and the minute do not meet.
    alone: tokio::sync::Mutex<()>,
    misdeeds: AtomicU64,
    last: Mutex<Option<(Misdeed, Outcome)>>,
}

/// Denmark.
#[derive(Debug)]
struct Home {
    register: Register,
    papers: Papers,
    ear: Ear,
    /// Its server: its side of the gateway, and its key server.
    app: Mutex<Option<App>>,
    taking: publish::Settings,
}

/// What the neighbours need of the demonstration.
#[derive(Debug)]
pub struct Begin<'a> {
    /// Where they live.
    pub folder: &'a Path,
    /// What everything follows from.
    pub seed: u64,
    /// The demonstration's clock.
    pub clock: Arc<DemoClock>,
    /// The demonstration's own register.
    pub home: Register,
    /// The notices, which all run.
    pub corpus: Corpus,
}

impl Europe {
    /// Opens the registers, starts the gateway and admits the countries.
    ///
    /// # Errors
    /// [`NoEurope`].
    pub fn open(begin: &Begin<'_>) -> Result<Self, NoEurope> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let handle = runtime.handle().clone();
        let gateway = begin.register("gateway")?;
        let papers = begin.folder.join("papers");
        let rehearsal = handle.block_on(Rehearsal::start(begin.door(&gateway), &papers))?;
        let dk = rehearsal.admit("DK")?;
        let abroad = ABROAD.map(|of| Ok::<_, NoEurope>((of, rehearsal.admit(of.country)?)));
        let abroad: Vec<(Abroad, Papers)> = abroad.into_iter().collect::<Result<_, _>>()?;
        let mut all: Vec<&Papers> = abroad.iter().map(|(_, papers)| papers).collect();
        all.push(&dk);
        let mut neighbours = Vec::new();
        for (of, papers) in &abroad {
            let register = begin.register(of.country)?;
            let (seed, of) = (begin.seed, *of);
            let source = move |at: &services::Call<'_>, _: Timestamp, _: Timestamp| {
                Ok::<_, Unavailable>(keys::abroad(seed, of, at.now()))
            };
            let ear = handle.block_on(rehearsal.ear(of.country))?;
            let mut settings = rehearsal.settings_of(papers, &all);
            settings.callback = Some(ear.url.clone());
            let client =
                Client::of(begin.door(&register), &settings, Arc::new(source)).map_err(BadRehearsal::from)?;
            ear.belongs_to(client.clone());
            neighbours.push(Neighbour { register, papers: papers.clone(), client });
        }
        let ear = handle.block_on(rehearsal.ear("DK"))?;
        let counting = handle.block_on(Counting::open(
            &begin.folder.join("counting"),
            &begin.home,
            begin.corpus.clone(),
            begin.clock.clone(),
            begin.seed,
        ))?;
        let mut secret = [0; 32];
        SystemRandomness::new().fill(&mut secret);
        let taking = publish::Settings {
            accepts: vec![ReportKind::Confirmed],
            token_keys: TokenKey::new(&secret).into_iter().collect(),
            token_bound: b"demo".to_vec(),
        };
        let home = Home { register: begin.home.clone(), papers: dk, ear, app: Mutex::default(), taking };
        let shared = Shared {
            runtime: Mutex::new(Some(runtime)),
            handle,
            rehearsal,
            gateway,
            neighbours,
            home,
            counting,
            clock: begin.clock.clone(),
            seed: begin.seed,
            alone: tokio::sync::Mutex::default(),
            misdeeds: AtomicU64::new(0),
            last: Mutex::default(),
        };
        Ok(Self(Arc::new(shared)))
    }

    /// How Denmark takes part.
    #[must_use]
    pub fn settings(&self) -> FederationSettings {
        let others: Vec<&Papers> = self.0.neighbours.iter().map(|one| &one.papers).collect();
        let mut settings = self.0.rehearsal.settings_of(&self.0.home.papers, &others);
        settings.keys_per_day_max = KEYS_PER_DAY_MAX;
        settings.callback = Some(self.0.home.ear.url.clone());
        settings
    }

    /// How Denmark's server takes part in the private statistics.
    #[must_use]
    pub fn counting_settings(&self) -> StatisticsSettings {
        self.0.counting.settings()
    }

    /// Where a phone in Denmark tells of its day: at the leader, and where it fetches the key of the helper.
    #[must_use]
    pub fn counting_addresses(&self) -> [String; 2] {
        [self.0.counting.leader_address(), self.0.counting.helper_address()]
    }

    /// When the countries begin to live, if the first day of the demonstration begins at an instant.
    #[must_use]
    pub fn begins(morning: Timestamp) -> Timestamp {
        before(morning, LIVED_HOURS.into_iter().max().unwrap_or(0))
    }

    /// Lives through the days before the first morning, so that there are files to look at when it comes.
    ///
    /// # Errors
    /// A register does not answer.
    pub fn live_until(&self, morning: Timestamp, denmark: &App) -> Result<(), Unavailable> {
        self.0.home.is(denmark);
        for hours in LIVED_HOURS {
            // While others were waited for, the machine's own time went on.
            let stop = before(morning, hours).max(self.0.clock.now());
            // It moves on only, and this is no earlier.
            let _ = self.0.clock.advance(stop);
            if hours <= EXCHANGED_HOURS {
                self.0.warn_of_days_before()?;
                self.0.together();
            }
            self.0.count()?;
            self.0.sweep()?;
            self.0.home.register.sweep()?;
        }
        Ok(())
    }

    /// Denmark takes part: everybody exchanges once, and from then on what is due each minute.
    ///
    /// # Errors
    /// A register does not answer.
    pub fn join(&self, denmark: &App) -> Result<(), Unavailable> {
        self.0.home.is(denmark);
        self.0.warn_of_days_before()?;
        self.0.together();
        self.0.count()?;
        let shared = Arc::downgrade(&self.0);
        self.0.handle.spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_secs(EVERY_SECONDS)).await;
                let Some(shared) = shared.upgrade() else { return };
                shared.minute().await;
            }
        });
        Ok(())
    }

    /// Ends it: nobody is answered any more.
    pub fn stop(&self) {
        *self.0.home.app.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let runtime = self.0.runtime.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(runtime) = runtime {
            runtime.shutdown_timeout(Duration::from_secs(CLOSING_SECONDS));
        }
    }
}

impl Begin<'_> {
    fn register(&self, name: &str) -> Result<Register, register::OpenError> {
        let (database, keys) = (self.folder.join(name).join("database"), self.folder.join(name).join("keys"));
        let config = register::Config::new(database, keys, services::call::zone());
        let policy: Arc<Policy> = self.home.policy().clone();
        let randomness = Arc::new(SystemRandomness::new());
        Register::open(&config, policy, self.corpus.clone(), self.clock.clone(), randomness)
    }

    fn door(&self, register: &Register) -> Door {
        Door::new(register.clone(), self.clock.clone(), Arc::new(SystemRandomness::new()))
    }
}

impl Home {
    /// Who it is from now on.
    fn is(&self, app: &App) {
        if let Some(client) = app.federation() {
            self.ear.belongs_to(client.clone());
        }
        *self.app.lock().unwrap_or_else(PoisonError::into_inner) = Some(app.clone());
    }

    fn app(&self) -> Option<App> {
        self.app.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn before(at: Timestamp, hours: i64) -> Timestamp {
    at.checked_sub(SignedDuration::from_hours(hours)).unwrap_or(at)
}

impl Shared {
    /// At home files for phones are made, everybody sends, the gateway makes its batches, everybody fetches. What fails stands
    /// in the register of whom it failed for, and is tried again.
    async fn exchange(&self) {
        let home = self.home.app();
        if let Some(home) = &home {
            let _ = server::key_server::publish_all_due(home).await;
        }
        let denmark = home.as_ref().and_then(App::federation);
        let clients = || self.neighbours.iter().map(|one| &one.client).chain(denmark);
        for client in clients() {
            let _ = client.run(Way::Up).await;
        }
        let _ = self.rehearsal.gateway.run_due().await;
        for client in clients() {
            let _ = client.run(Way::Down).await;
        }
    }

    /// The same while nobody else does.
    fn together(&self) {
        self.handle.block_on(async {
            let _alone = self.alone.lock().await;
            self.exchange().await;
        });
    }

    /// The phones in Denmark tell of yesterday, and what is closed is counted.
    fn count(&self) -> Result<(), Unavailable> {
        match self.home.app() {
            Some(home) => self.handle.block_on(self.counting.day(&home, self.clock.now())),
            None => Ok(()),
        }
    }

    /// Those who warned at home in the days before.
    fn warn_of_days_before(&self) -> Result<(), Unavailable> {
        let now = self.clock.now();
        (0..DAYS_BEFORE).rev().try_for_each(|ago| self.warn_at_home(before(now, 24 * ago)))
    }

    /// What is due in a minute. Denmark's part is done by its own server.
    async fn minute(self: &Arc<Self>) {
        let Ok(_alone) = self.alone.try_lock() else { return };
        let _ = self.rehearsal.gateway.run_due().await;
        for neighbour in &self.neighbours {
            let _ = neighbour.client.run_due().await;
        }
        let shared = self.clone();
        let swept = tokio::task::spawn_blocking(move || {
            shared.warn_at_home(shared.clock.now())?;
            shared.count()?;
            shared.sweep()
        });
        if let Ok(Err(problem)) = swept.await {
            tracing::warn!(target: "technical", problem = %problem, "the neighbours could not be swept");
        }
    }

    fn registers(&self) -> impl Iterator<Item = &Register> {
        let others = [&self.gateway, self.counting.register()];
        others.into_iter().chain(self.neighbours.iter().map(|one| &one.register))
    }

    fn sweep(&self) -> Result<(), Unavailable> {
        self.registers().try_for_each(|register| register.sweep().map(drop))
    }

    /// Those who warn in Denmark on a day send what their phones have.
    fn warn_at_home(&self, day: Timestamp) -> Result<(), Unavailable> {
        let register = &self.home.register;
        let role = register.policy().role_id("system");
        let role = role.ok_or_else(|| Unavailable::Undeclared("system".to_owned()))?;
        let call = register.call(Caller {
            actor: Actor { person: None, role, organisation: None },
            name: Personal::new("key server".to_owned()),
            organisation_name: None,
            on_behalf_of: None,
            authenticated_at: None,
        });
        let randomness = SystemRandomness::new();
        let at = services::Call { register, call: &call, randomness: &randomness };
        keys::at_home(&at, &self.home.taking, self.seed, day)
    }
}

impl Neighbours for Europe {
    fn misbehave(&self, misdeed: Misdeed) -> Result<Outcome, Unavailable> {
        let shared = &self.0;
        let lost = || Unavailable::Undeclared("a neighbour".to_owned());
        let wrong = shared.neighbours.first().ok_or_else(lost)?;
        let other = shared.neighbours.last().ok_or_else(lost)?;
        let many = if misdeed == Misdeed::Flood { MANY } else { FEW };
        let now = shared.clock.now();
        let time = u64::try_from(now.as_second()).unwrap_or(0)
            ^ (shared.misdeeds.fetch_add(1, Ordering::Relaxed) << 40);
        let keys = keys::never_sent(shared.seed, &wrong.papers.country, many, time, now);
        shared.handle.block_on(async {
            let _alone = shared.alone.lock().await;
            let of = (&wrong.client, &wrong.papers, other.papers.country.as_str());
            let outcome = shared.rehearsal.misbehave(of, misdeed, keys).await;
            let outcome = outcome.map_err(|problem| Unavailable::Undeclared(problem.to_string()))?;
            if outcome.status == 201 {
                // What passed the gateway is judged when it is fetched: the next batch is five minutes away.
                let later = shared.clock.now().checked_add(SignedDuration::from_mins(5));
                let _ = later.map(|later| shared.clock.advance(later));
                shared.exchange().await;
            }
            *shared.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((misdeed, outcome.clone()));
            Ok(outcome)
        })
    }

    fn last(&self) -> Option<(Misdeed, Outcome)> {
        self.0.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn gateway(&self) -> Result<state::State, Unavailable> {
        let door = Door::new(self.0.gateway.clone(), self.0.clock.clone(), Arc::new(SystemRandomness::new()));
        let rules = self.0.rehearsal.rules();
        let found = door.act_here(|at| state::run(at, rules));
        found.map_err(|problem: state::Error| match problem {
            services::Error::Unavailable(problem) => problem,
            other => Unavailable::Undeclared(other.to_string()),
        })
    }
}
