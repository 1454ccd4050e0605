//! The private statistics of the demonstration: its own server takes the reports, a helper with a register of its own counts
//! with it, and more than a hundred simulated phones tell of their day. They are real reports, split and sealed as a phone's.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use register::{Corpus, Randomness as _, Register, Unavailable};
use server::App;
use server::config::StatisticsSettings;
use server::rehearsal::{BadRehearsal, Body, CountingPapers, Ground};
use services::smittestop::statistics::day_of;
use statistics::told::Happened;
use statistics::{Day, Report, Told, split};
use tokio::task::JoinSet;

use super::clock::DemoClock;
use super::dice::Dice;
use crate::machine::SystemRandomness;

/// Phones that tell of a day: from, to.
const PHONES: (i64, i64) = (106, 124);
/// Of a hundred phones: installed on that day, warned, warned others.
const OF_A_HUNDRED: [i64; 3] = [6, 5, 2];
/// Fewer reports than this are never shown: the least that a body may be set to.
const REPORTS_MIN: u64 = 100;
/// Purpose of the dice.
const TOLD: u32 = 95;

/// Both bodies: one is the demonstration's own server.
#[derive(Debug)]
pub(super) struct Counting {
    papers: CountingPapers,
    helper: Body,
    address: SocketAddr,
    seed: u64,
    /// The days of which somebody told without a gap: the first and the last.
    told: Mutex<Option<(Day, Day)>>,
}

impl Counting {
    /// Makes keys and starts the helper, on the runtime that it is called on.
    pub(super) async fn open(
        folder: &Path,
        home: &Register,
        corpus: Corpus,
        clock: Arc<DemoClock>,
        seed: u64,
    ) -> Result<Self, BadRehearsal> {
        let ground = Ground {
            folder: folder.to_owned(),
            policy: home.policy().clone(),
            corpus,
            clock,
            randomness: Arc::new(SystemRandomness::new()),
        };
        let papers = CountingPapers::of(folder, REPORTS_MIN, &*ground.randomness)?;
        let helper = papers.start_helper(&ground).await?;
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        Ok(Self { papers, helper, address, seed, told: Mutex::default() })
    }

    /// How the demonstration's own server takes part.
    pub(super) fn settings(&self) -> StatisticsSettings {
        self.papers.leader(self.address, self.helper_address())
    }

    /// Where a phone sends its report, and where it fetches the other key.
    pub(super) fn leader_address(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(super) fn helper_address(&self) -> String {
        format!("http://{}", self.helper.own)
    }

    /// The register of the helper, for the sweep.
    pub(super) fn register(&self) -> &Register {
        self.helper.app.register()
    }

    /// The phones tell of yesterday, and the days that are closed are counted. Who has told of a day does so once.
    pub(super) async fn day(&self, home: &App, now: Timestamp) -> Result<(), Unavailable> {
        let about = day_of(now).minus(1);
        if self.is_news(about) {
            let mut under_way = JoinSet::new();
            for report in self.reports(about)? {
                let home = home.clone();
                under_way.spawn(async move { server::statistics::taken(&home, report).await });
            }
            while let Some(taken) = under_way.join_next().await {
                match taken {
                    // What is not taken was taken before, or comes too late.
                    Ok(Ok(()) | Err(services::Error::Not(_) | services::Error::Conflict(_))) => {}
                    Ok(Err(services::Error::Unavailable(problem))) => return Err(problem),
                    Ok(Err(other)) => return Err(Unavailable::Undeclared(other.to_string())),
                    Err(_) => return Err(Unavailable::Closing),
                }
            }
        }
        // Days before the first of which somebody told would be counted as days without figures.
        if self.told().is_some_and(|(first, _)| first.counted_until() <= day_of(now)) {
            // What could not be counted is counted within a minute, or on the next day.
            let _ = server::statistics::count_due(home).await;
        }
        Ok(())
    }

    /// Whether nobody has told of a day yet. After days of which nobody told, a new row of days begins.
    fn is_news(&self, about: Day) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let before = *told;
        *told = match before {
            Some((first, last)) if about <= last.plus(1) => Some((first, last.max(about))),
            Some(_) | None => Some((about, about)),
        };
        before.is_none_or(|(_, last)| last < about)
    }

    fn told(&self) -> Option<(Day, Day)> {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reports(&self, about: Day) -> Result<Vec<Report>, Unavailable> {
        let mut dice = Dice::of(self.seed, TOLD, about.begins_unix_seconds());
        let phones = dice.between(PHONES.0, PHONES.1);
        let randomness = SystemRandomness::new();
        let one = |_| {
            let told = told(&mut dice);
            // The number of a report follows from the seed, so that nobody tells twice; nothing else of it does.
            let mut number = true;
            let mut fill = |bytes: &mut [u8]| {
                if std::mem::take(&mut number) { dice.fill(bytes) } else { randomness.fill(bytes) }
            };
            split::report(self.papers.bodies(), about, told, &mut fill)
        };
        let reports: Result<Vec<Report>, split::NotSplit> = (0..phones).map(one).collect();
        reports.map_err(|problem| Unavailable::Undeclared(problem.to_string()))
    }
}

/// What happened to a phone on a day.
fn told(dice: &mut Dice) -> Told {
    let [installed, warned, warned_others] =
        OF_A_HUNDRED.map(|of_a_hundred| dice.between(1, 100) <= of_a_hundred);
    Told::of(Happened { installed, warned, warned_others })
}
