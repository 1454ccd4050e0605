//! All keys of a day against what a phone heard in two weeks, on one thread.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Result, ensure};
use exposure::DiagnosisKey;
use exposure::matching::{Matcher, plain};

use super::bound::Bound;
use super::phone;
use super::straight::{Straight, of_the_bar, of_today};
use crate::report::{Bar, Bars, Report, Scale, Series, median};

/// Keys that all of Europe publishes in a day.
const KEYS: usize = 100_000;
/// Keys of one turn.
const TURN_KEYS: usize = 1_000;
/// Keys that are also put to the plain version, which is slow.
const PLAIN_KEYS: usize = 20_000;
/// Turns of each side in a run; the fastest counts, because what slows one down is somebody else.
const TURNS: usize = 1_000;

#[derive(Default)]
struct Rates {
    ours: Vec<f64>,
    of_the_bar: Vec<f64>,
    of_today: Vec<f64>,
    bound: Vec<f64>,
}

/// Runs it and writes the report; whether every bar was reached.
///
/// # Errors
/// When a side finds something else than another, or `openssl` is missing.
pub fn run(runs: usize) -> Result<bool> {
    let keys = phone::keys(KEYS, 11);
    let sightings = phone::sightings(&keys, 12);
    let ours = Matcher::new(&sightings);
    let (bar, today) = (Straight::new(&sightings, of_the_bar), Straight::new(&sightings, of_today));
    let found = ours.matches(&keys);
    ensure!(found.len() >= KEYS / 500, "only {} of the planted keys were found", found.len());
    ensure!(found == today.matches(&keys), "the straight version finds something else");
    ensure!(found == bar.matches(&keys), "the older straight version finds something else");
    let few = &keys[..PLAIN_KEYS];
    ensure!(ours.matches(few) == plain::matches(&sightings, few), "the plain version finds something else");
    let mut rates = Rates::default();
    for run in 1..=runs {
        println!("matching, run {run} of {runs}");
        let mut bound = Bound::measure()?.keys_per_second();
        let (mut fast, mut older, mut newer) = (0.0_f64, 0.0_f64, 0.0_f64);
        for few in keys.chunks(TURN_KEYS).cycle().take(TURNS) {
            fast = fast.max(rate(few, |few| ours.matches(few).len()));
            older = older.max(rate(few, |few| bar.matches(few).len()));
            newer = newer.max(rate(few, |few| today.matches(few).len()));
        }
        // Before and after, and the better counts, as with the sides.
        bound = bound.max(Bound::measure()?.keys_per_second());
        rates.bound.push(bound);
        rates.ours.push(fast);
        rates.of_the_bar.push(older);
        rates.of_today.push(newer);
    }
    let ready = Instant::now();
    black_box(Matcher::new(&sightings));
    let ready_ms = ready.elapsed().as_secs_f64() * 1_000.0;
    let report = report(&rates, sightings.len(), ready_ms);
    report.write(&plot(&rates))?;
    Ok(report.reached())
}

fn rate(keys: &[DiagnosisKey], turn: impl FnOnce(&[DiagnosisKey]) -> usize) -> f64 {
    let begun = Instant::now();
    black_box(turn(black_box(keys)));
    keys.len() as f64 / begun.elapsed().as_secs_f64()
}

fn ratio(ours: &[f64], theirs: &[f64]) -> f64 {
    let ratios: Vec<f64> = ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs).collect();
    median(&ratios)
}

fn report(rates: &Rates, sightings: usize, ready_ms: f64) -> Report {
    let (over, near) = (ratio(&rates.ours, &rates.of_the_bar), ratio(&rates.ours, &rates.bound));
    let row = |name: &str, rates: &[f64]| {
        let rate = median(rates);
        let fortnight = 14.0 * KEYS as f64 / rate;
        vec![name.to_owned(), format!("{rate:.0}"), format!("{:.2}", 1e6 / rate), format!("{fortnight:.2}")]
    };
    Report {
        name: "matching".to_owned(),
        title: "Exposure matching on one thread".to_owned(),
        method: format!(
            "{KEYS} keys of two weeks, 144 identifiers each, against {sightings} sightings of a phone; one key of five \
             hundred was heard. Making the sightings ready took {ready_ms:.1} ms and is done once. Straight: hkdf, aes \
             and a bitmap of 2^24 bits, key by key, with the versions with which the bar was set (hkdf 0.12, sha2 0.10, \
             aes 0.8) and with those of today. Bound: 144 AES blocks and 6 compressions of SHA-256 at the rates of \
             `openssl speed` in the same run, and nothing else. All sides found the same keys first. The best of \
             {TURNS} turns of {TURN_KEYS} keys a run, medians of {} runs.",
            rates.ours.len()
        ),
        bars: vec![
            Bar {
                what: "at least 3 times the straight version of the bar".to_owned(),
                measured: format!("{over:.2}"),
                reached: over >= 3.0,
            },
            Bar {
                what: "at least 0.8 of the bound".to_owned(),
                measured: format!("{near:.2}"),
                reached: near >= 0.8,
            },
        ],
        head: ["", "keys/s", "µs a key", "s for a fortnight of 1.4 million keys"].map(str::to_owned).to_vec(),
        rows: vec![
            row("ours", &rates.ours),
            row("straight, versions of the bar", &rates.of_the_bar),
            row("straight, versions of today", &rates.of_today),
            row("bound", &rates.bound),
        ],
    }
}

fn plot(rates: &Rates) -> Bars {
    let million = |rates: &[f64]| Some(median(rates) / 1e6);
    Bars {
        title: "Keys a second on one thread".to_owned(),
        unit: "million a second".to_owned(),
        groups: ["straight, of the bar", "straight, of today", "ours", "bound"].map(str::to_owned).to_vec(),
        series: vec![Series {
            name: "keys".to_owned(),
            values: [&rates.of_the_bar, &rates.of_today, &rates.ours, &rates.bound]
                .map(|one| million(one))
                .to_vec(),
        }],
        scale: Scale::Linear,
    }
}
