//! Whether somebody on the way can tell a decoy from a report, by status, size or time: real phones at our real servers
//! on this machine, as many reports as decoys, in turn. Run by hand on a quiet machine:
//!
//! ```sh
//! cargo run --release -p server --example decoys --features demo -- 60
//! ```
//!
//! The number is that of days; each has three reports, which is what one person may have.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]
#![allow(clippy::disallowed_methods, reason = "a measurement keeps the machine's time")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use phone::network::{Answer, HttpNetwork, Network, NetworkError, Question};
use phone::report::{Decoy, Details, Ending};
use phone::{MemoryVault, Phone, consent};
use register::testing::{SeededRandomness, house_corpus};
use register::{Clock, Cpr, Randomness as _};
use server::rehearsal::{AUTHORITY, Answers, Ground, Person, Smittestop};
use services::smittestop::positives::Positive;
use services::smittestop::verification::Form;

/// So many of each are not counted: before anybody reported, a server does not know how long a report takes.
const WARMING: usize = 10;

/// A calendar that is moved, and seconds that pass by themselves.
#[derive(Debug)]
struct Moved {
    wall: AtomicI64,
    passed: AtomicI64,
    began: Instant,
}

impl Moved {
    fn pass(&self, seconds: i64) {
        self.wall.fetch_add(seconds, Ordering::SeqCst);
        self.passed.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for Moved {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.wall.load(Ordering::SeqCst)).unwrap()
    }

    fn monotonic_seconds(&self) -> f64 {
        self.passed.load(Ordering::SeqCst) as f64 + self.began.elapsed().as_secs_f64()
    }
}

/// What is seen on the way.
#[derive(Default)]
struct Seen {
    milliseconds: Vec<f64>,
    bytes: Vec<usize>,
    statuses: BTreeMap<u16, usize>,
}

struct Timed {
    real: HttpNetwork,
    seen: BTreeMap<(String, bool), Seen>,
}

impl Network for Timed {
    fn ask(&mut self, question: &Question<'_>) -> Result<Answer, NetworkError> {
        let began = Instant::now();
        let answer = self.real.ask(question)?;
        let took = began.elapsed().as_secs_f64() * 1_000.0;
        let seen = self.seen.entry((question.path.to_owned(), question.is_decoy)).or_default();
        seen.milliseconds.push(took);
        seen.bytes.push(answer.body.len());
        *seen.statuses.entry(answer.status).or_default() += 1;
        Ok(answer)
    }
}

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    let days: i64 = std::env::args().nth(1).and_then(|days| days.parse().ok()).unwrap_or(20);
    let folder = tempfile::tempdir().unwrap();
    let start: Timestamp = "2026-11-20T09:00:00Z".parse().unwrap();
    let clock = Arc::new(Moved {
        wall: AtomicI64::new(start.as_second()),
        passed: AtomicI64::new(0),
        began: Instant::now(),
    });
    let (policy, corpus) = house_corpus();
    let ground = Ground {
        folder: folder.path().to_owned(),
        policy,
        corpus,
        clock: clock.clone(),
        randomness: Arc::new(SeededRandomness::new(3)),
    };
    let bodies = Smittestop::start(&ground).await.unwrap();
    let real = HttpNetwork::new(&bodies.keys_address(), &bodies.verification_address(), &[]).unwrap();
    let mut network = Timed { real, seen: BTreeMap::new() };
    let nancy = Person { cpr: "2512489996".into(), name: "Nancy Ann Berggren".into(), pid: "PID:1".into() };
    let dice = SeededRandomness::new(9);
    let mut random = |bytes: &mut [u8]| dice.fill(bytes);
    let zone = jiff::tz::TimeZone::UTC;
    for _ in 0..days {
        let positive = Positive {
            cpr: Cpr::parse(&nancy.cpr).unwrap(),
            test_time: clock.now() - SignedDuration::from_hours(12),
            onset: None,
        };
        bodies.lists(vec![positive]).await.unwrap();
        for round in 0..3 {
            let code = bodies.code(&nancy, Answers::Unsaid, Form::Digits).await.unwrap();
            let mut decoys = |network: &mut Timed| {
                let mut decoy = Decoy::first(clock.now(), &zone, &mut random);
                (0..3).for_each(|_| decoy = decoy.go_on(network, AUTHORITY, &zone, clock.now(), &mut random));
            };
            if round % 2 == 0 {
                tokio::task::block_in_place(|| decoys(&mut network));
            }
            tokio::task::block_in_place(|| report(&clock, &mut network, &code, &dice));
            if round % 2 == 1 {
                tokio::task::block_in_place(|| decoys(&mut network));
            }
            clock.pass(600);
        }
        // Until every check of today is forgotten (rule SS-42).
        clock.pass(86_400 + 60);
        bodies.run_due().await.unwrap();
    }
    tell(&mut network);
}

/// A phone of a fortnight warns others.
fn report(clock: &Moved, network: &mut Timed, code: &str, dice: &SeededRandomness) {
    let mut random = |bytes: &mut [u8]| dice.fill(bytes);
    let mut phone = Phone::open(MemoryVault).unwrap();
    let now = clock.now();
    phone.consents(consent::VERSION, now - SignedDuration::from_hours(24 * 14), &mut random).unwrap();
    for day in (0..14).rev() {
        phone.beacon(-20, now - SignedDuration::from_hours(24 * day), &mut random).unwrap();
    }
    phone.reports(code, Details::default(), now, &mut random).unwrap();
    while let Some(progress) = phone.report().unwrap() {
        let now = progress.next.max(clock.now());
        phone.reports_on(network, AUTHORITY, now, &mut random).unwrap();
    }
    assert_eq!(phone.outcome().map(|outcome| outcome.ending), Some(Ending::Sent));
}

fn tell(network: &mut Timed) {
    println!(
        "| question | who | statuses | bytes: least, mean, most | median ms | told apart by a threshold of time |"
    );
    println!("| --- | --- | --- | --- | --- | --- |");
    for path in ["/api/verify", "/api/certificate", "/v1/publish"] {
        let [real, decoy] = [false, true].map(|is_decoy| {
            let seen = network.seen.remove(&(path.to_owned(), is_decoy)).unwrap_or_default();
            let skip = WARMING.min(seen.bytes.len() / 2);
            (seen.statuses, seen.bytes[skip..].to_vec(), seen.milliseconds[skip..].to_vec())
        });
        let right = best_threshold(&real.2, &decoy.2);
        for (who, (statuses, bytes, times)) in [("report", &real), ("decoy", &decoy)] {
            let mean = bytes.iter().sum::<usize>() / bytes.len().max(1);
            println!(
                "| {path} | {who} | {statuses:?} | {}, {mean}, {} | {:.2} | {:.1} % of {} |",
                bytes.iter().min().unwrap_or(&0),
                bytes.iter().max().unwrap_or(&0),
                median(times),
                right * 100.0,
                times.len() * 2,
            );
        }
    }
}

fn median(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// How often whoever sets the best threshold afterwards is right; half of it is guessing.
fn best_threshold(one: &[f64], other: &[f64]) -> f64 {
    let mut all: Vec<(f64, bool)> =
        one.iter().map(|time| (*time, true)).chain(other.iter().map(|time| (*time, false))).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut best) = (0_i64, 0.5_f64);
    let others = i64::try_from(other.len()).unwrap();
    for (_, is_one) in &all {
        below += if *is_one { 1 } else { -1 };
        let right = (below + others) as f64 / all.len() as f64;
        best = best.max(right).max(1.0 - right);
    }
    best
}
