//! The verification server and the key server of the town: the real ones over real sockets, each with its register, on the town's clock.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use exposure::export::TrustedKey;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use phone::Country;
use phone::many::{Bundle, Fetcher};
use phone::network::HttpNetwork;
use register::Cpr;
use server::rehearsal::{Answers, Ground, Person, Smittestop, number_of_nobody};
use services::smittestop::positives::Positive as Listed;
use services::smittestop::verification::Form;

use super::chance::{Chance, For};
use super::life::Positive;
use super::machine::{NotServing, TownClock, TownRandomness, stopped};
use crate::commands::opened::{to_keep, zone};
use crate::corpus;

/// Who tested positive stays on the institute's list for so long.
const LISTED_DAYS: i64 = 14;
/// The uses whose registers hold what these two servers hold.
const HELD_BY: [(&str, &[&str]); 2] = [
    ("verification", &["sst.verify", "sst.issue-code"]),
    ("keys", &["sst.receive-keys", "sst.publish-keys"]),
];

/// Both servers.
pub(super) struct Bodies {
    pub(super) runtime: tokio::runtime::Runtime,
    clock: Arc<TownClock>,
    smittestop: Smittestop,
    /// The way that phones take.
    pub(super) network: HttpNetwork,
    pub(super) country: Country,
    fetcher: Fetcher,
    /// The dice of both servers.
    pub(super) dice: Arc<TownRandomness>,
    listed: Vec<(Timestamp, Listed)>,
    most: BTreeMap<String, u64>,
}

impl Bodies {
    /// Starts both, on files below a folder.
    pub(super) fn open(seed: u64, clock: Arc<TownClock>, folder: &Path) -> Result<Self, NotServing> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(stopped)?;
        let files = corpus::built_in();
        let policy = corpus::compile(&files).map_err(|problem| stopped(format!("{problem:?}")))?;
        let dice = Arc::new(TownRandomness::new(Chance::of(seed, For::Servers, 3)));
        let ground = Ground {
            folder: folder.to_owned(),
            policy: Arc::new(policy),
            corpus: to_keep(&files),
            clock: clock.clone(),
            randomness: dice.clone(),
        };
        let smittestop = runtime.block_on(Smittestop::start(&ground)).map_err(stopped)?;
        let network = HttpNetwork::new(&smittestop.keys_address(), &smittestop.verification_address(), &[])
            .map_err(stopped)?;
        let trusted = TrustedKey::from_der(&smittestop.export_key).map_err(stopped)?.named("238", "v1");
        let country = Country { root: "dk".to_owned(), region: "DK".to_owned(), trusted: vec![trusted] };
        Ok(Self {
            runtime,
            clock,
            smittestop,
            network,
            fetcher: Fetcher::new(country.clone()),
            country,
            dice,
            listed: Vec::new(),
            most: BTreeMap::new(),
        })
    }

    /// The institute sends its list of the day: who tested positive in the last two weeks, and nobody else.
    pub(super) fn lists(
        &mut self,
        now: Timestamp,
        begin: Timestamp,
        positives: &[Positive],
    ) -> Result<(), NotServing> {
        self.clock.advance(now);
        for positive in positives {
            let test_time = after(begin, positive.tested);
            let listed = Listed {
                cpr: Cpr::parse(&number_of_nobody(positive.who)).map_err(stopped)?,
                test_time,
                onset: positive.onset.map(|onset| civil(after(begin, onset))),
            };
            self.listed.push((test_time, listed));
        }
        let oldest = now.checked_sub(SignedDuration::from_hours(24 * LISTED_DAYS)).unwrap_or(Timestamp::MIN);
        self.listed.retain(|(tested, _)| *tested > oldest);
        let people = self.listed.iter().map(|(_, listed)| listed.clone()).collect();
        self.runtime.block_on(self.smittestop.lists(people)).map_err(stopped)
    }

    /// Somebody logs in, answers the questions of the page and reads her code.
    pub(super) fn code(
        &self,
        now: Timestamp,
        begin: Timestamp,
        positive: &Positive,
    ) -> Result<String, NotServing> {
        self.clock.advance(now);
        let person = Person {
            cpr: number_of_nobody(positive.who),
            name: format!("Borger {}", positive.who),
            pid: format!("PID:9208-2002-2-{:012}", positive.who),
        };
        let answers = positive
            .onset
            .map_or(Answers::NoSymptoms, |onset| Answers::SymptomsSince(civil(after(begin, onset))));
        self.runtime.block_on(self.smittestop.code(&person, answers, Form::Digits)).map_err(stopped)
    }

    /// Where phones ask the verification server, and the key server.
    pub(super) fn addresses(&self) -> [String; 2] {
        [self.smittestop.verification_address(), self.smittestop.keys_address()]
    }

    /// It is so late now.
    pub(super) fn arrive(&self, now: Timestamp) {
        self.clock.advance(now);
    }

    /// Time has come so far: what is due is done, published and swept.
    pub(super) fn run_due(&mut self, now: Timestamp) -> Result<(), NotServing> {
        self.clock.advance(now);
        self.runtime.block_on(self.smittestop.run_due()).map_err(stopped)
    }

    /// What is new among the published files, verified.
    pub(super) fn fetch(&mut self, now: Timestamp) -> Result<Bundle, NotServing> {
        self.clock.advance(now);
        let bundle = self.fetcher.fetch(&mut self.network, now).map_err(stopped)?;
        if bundle.refused.is_empty() && !bundle.is_more {
            return Ok(bundle);
        }
        Err(stopped("a published file is not believed"))
    }

    /// Looks into the registers: the most of each kind counts for the day.
    pub(super) fn count(&mut self) -> Result<(), NotServing> {
        let bodies = [&self.smittestop.verification, &self.smittestop.keys];
        for ((name, uses), body) in HELD_BY.into_iter().zip(bodies) {
            for (register, records) in body.holds(uses).map_err(stopped)? {
                let register = register.trim_start_matches("sst.");
                let most = self.most.entry(format!("{register} ({name})")).or_default();
                *most = (*most).max(records);
            }
        }
        Ok(())
    }

    /// Records that the brake holds back; nobody of the town releases them.
    pub(super) fn late(&self) -> u64 {
        let bodies = [&self.smittestop.verification, &self.smittestop.keys];
        let late = bodies.into_iter().filter_map(|body| body.app.register().late().ok());
        late.flat_map(|late| late.into_values()).sum()
    }

    /// The most records by register since this was last asked.
    pub(super) fn held(&mut self) -> BTreeMap<String, u64> {
        std::mem::take(&mut self.most)
    }
}

/// A moment, in days of the town.
fn after(begin: Timestamp, days: f64) -> Timestamp {
    let since = SignedDuration::try_from_secs_f64(days * 86_400.0).unwrap_or(SignedDuration::ZERO);
    begin.checked_add(since).unwrap_or(begin)
}

fn civil(at: Timestamp) -> Date {
    at.to_zoned(zone()).date()
}
