//! Measures lawful reads, also of people with nothing on file while the sweep erases, and the import of a feed on
//! this machine, with everything on.
//!
//! `cargo run --release -p register --example read_path --features testing [-- SECONDS]`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    missing_docs
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use jiff::ToSpan as _;
use notice::{Id, Target, Writing};
use register::{Change, Holder};
use serde_json::json;
use support::*;

const PEOPLE: u128 = 2_000;
const RECORDS: usize = 10;

fn main() {
    let seconds = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(3);
    let town = Town::new();
    let people: Vec<_> = (1..=PEOPLE)
        .map(|number| Id::from_bits(number.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)))
        .collect();
    import(&town, &people);
    for clients in [1, 4, 16, 64] {
        reads(&town, &people, clients, Duration::from_secs(seconds));
        beside_the_sweep(&town, clients, seconds);
    }
}

fn import(town: &Town, people: &[Id<notice::id::Person>]) {
    let relation = |person| {
        let mut relation = draft("nsp.treatment-relation", "patient", person, json!({ "kind": "A" }));
        relation.link = Some(link(Holder::Organisation(town.clinic), town.now(), None));
        vec![Change::Create(Box::new(relation))]
    };
    let call = town.system();
    let ask_import = |name| town.register().ask::<Writing>(&call, ask(name, Target::Query)).unwrap();
    let relations = people.iter().map(|person| (*person, relation(*person))).collect();
    town.register().import(&call, ask_import("nsp.import-relation"), relations).unwrap();

    let order = |person, number: usize| {
        let mut order = town.order(person, "Pinex Retard");
        order.content = content(json!({
            "identifier": number.to_string(), "drug-name": "Pinex Retard", "atc": "N02BE01", "form": "tablet",
            "strength": "500 mg", "indication": "pain", "dosage": { "unit": "tablet", "periods": [{ "morning": "1", "evening": "1" }] },
            "active-from": "2026-01-01", "created-by": "Dr Test", "created-by-organisation": "The clinic",
        }));
        Change::Create(Box::new(order))
    };
    let feed: Vec<_> = people
        .iter()
        .map(|person| (*person, (0..RECORDS).map(|number| order(*person, number)).collect()))
        .collect();
    let (started, used) = (Instant::now(), processor_seconds());
    let done = town.register().import(&call, ask_import("fmk.import"), feed).unwrap();
    let seconds = started.elapsed().as_secs_f64();
    let each = (processor_seconds() - used) * 1e6 / done as f64;
    println!(
        "import: {done} records in {seconds:.2} s, {:.0} records/s, {each:.0} µs of processor each",
        done as f64 / seconds
    );
    let size = std::fs::metadata(town.at.config.database.join("register.db")).unwrap().len();
    let keys = std::fs::metadata(town.at.config.keys.join("keys.db")).unwrap().len();
    println!("database {:.1} MB, keys {:.1} MB", size as f64 / 1e6, keys as f64 / 1e6);
}

/// Seconds of processor that this process has used: says what a read costs whatever else the machine does.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> =
        stat.rsplit(')').next().unwrap_or("").split_whitespace().filter_map(|it| it.parse().ok()).collect();
    fields.iter().skip(10).take(2).sum::<f64>() / 100.0
}

/// One sealed record, decision, durable line, answer.
fn reads(town: &Town, people: &[Id<notice::id::Person>], clients: usize, length: Duration) {
    let one: Vec<Target> = {
        let card = town.card(people[0]).unwrap();
        assert_eq!(card.len(), RECORDS);
        people
            .iter()
            .map(|person| Target::Record { person: *person, record: town.card(*person).unwrap()[0].id })
            .collect::<Vec<_>>()
    };
    for (what, whole) in [("one record", false), ("a card of 10", true)] {
        let (done, stop) = (AtomicU64::new(0), AtomicBool::new(false));
        let latencies = std::sync::Mutex::new(Vec::new());
        let used = processor_seconds();
        std::thread::scope(|scope| {
            for client in 0..clients {
                let (done, stop, one, latencies) = (&done, &stop, &one, &latencies);
                scope.spawn(move || {
                    let mut own = Vec::new();
                    let mut at = client * 31;
                    while !stop.load(Ordering::Relaxed) {
                        at = (at + 7) % one.len();
                        let target = if whole { Target::Person(people[at]) } else { one[at] };
                        let call = town.as_doctor();
                        let started = Instant::now();
                        let grant = town.register().ask(&call, ask("fmk.read-card", target)).unwrap();
                        let records = town.register().read(&call, grant).unwrap();
                        own.push(started.elapsed());
                        assert_eq!(records.len(), if whole { RECORDS } else { 1 });
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                    latencies.lock().unwrap().extend(own);
                });
            }
            std::thread::sleep(length);
            stop.store(true, Ordering::Relaxed);
        });
        let each = (processor_seconds() - used) * 1e6 / done.load(Ordering::Relaxed) as f64;
        let mut latencies = latencies.into_inner().unwrap();
        latencies.sort_unstable();
        let at = |share: f64| latencies[((latencies.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
        println!(
            "{clients:>3} clients, {what}: {:.0} reads/s, p50 {:.2} ms, p99 {:.2} ms, {each:.0} µs of processor each",
            done.load(Ordering::Relaxed) as f64 / length.as_secs_f64(),
            at(0.5),
            at(0.99)
        );
    }
}

/// Own looks of people of whom nothing is on file, so that nothing of them is remembered either. Each second something falls due and the sweep erases it.
fn beside_the_sweep(town: &Town, clients: usize, seconds: u64) {
    let kept = town.now().to_zoned(jiff::tz::TimeZone::UTC).checked_sub(2.years()).unwrap().timestamp();
    for number in 1..=seconds.cast_signed() {
        let identifier = json!({ "identifier": number.to_string() });
        let mut draft = draft("nsp.appointment", "patient", town.bruno, identifier);
        draft.events.push(("appointment.fulfilled".to_owned(), kept + number.seconds()));
        let create = Change::Create(Box::new(draft));
        town.write(&town.system(), "nsp.import-appointments", town.bruno, vec![create]).unwrap();
    }
    let (done, longest, stop) = (AtomicU64::new(0), AtomicU64::new(0), AtomicBool::new(false));
    let (mut erased, mut sweep) = (0, Duration::ZERO);
    let all = Instant::now();
    std::thread::scope(|scope| {
        for client in 1..=clients as u128 {
            let (done, longest, stop) = (&done, &longest, &stop);
            scope.spawn(move || {
                let mut number = client << 64;
                while !stop.load(Ordering::Relaxed) {
                    number += 1;
                    let somebody =
                        Id::from_bits(number.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835));
                    let started = Instant::now();
                    town.read(&town.as_citizen(somebody), "nsp.read-own-appointments", somebody).unwrap();
                    let micros = u64::try_from(started.elapsed().as_micros()).unwrap();
                    longest.fetch_max(micros, Ordering::Relaxed);
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for _ in 0..seconds {
            std::thread::sleep(Duration::from_secs(1));
            town.at.clock.pass(1.second());
            let started = Instant::now();
            erased += town.register().sweep().unwrap().acts.values().sum::<u64>();
            sweep = sweep.max(started.elapsed());
        }
        stop.store(true, Ordering::Relaxed);
    });
    let log = std::fs::metadata(town.at.config.database.join("register.db-wal")).map_or(0, |file| file.len());
    println!(
        "{clients:>3} clients, people with nothing on file: {:.0} reads/s, longest {:.1} ms; {erased} erased beside them, longest sweep {:.1} ms, log of {:.1} MB",
        done.load(Ordering::Relaxed) as f64 / all.elapsed().as_secs_f64(),
        longest.load(Ordering::Relaxed) as f64 / 1e3,
        sweep.as_secs_f64() * 1e3,
        log as f64 / 1e6
    );
}
