//! A process that is killed anywhere loses nothing that was acknowledged and leaves nothing half done.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    missing_docs
)]

mod support;

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;

use jiff::tz::TimeZone;
use notice::Target;
use register::testing::{FixedClock, SeededRandomness, caller, cpr, house_corpus};
use register::{Change, Config, Randomness, Register};
use serde_json::json;
use support::*;

const FOLDER: &str = "REGISTER_CRASH_FOLDER";
const SEED: &str = "REGISTER_CRASH_SEED";

fn open(folder: &str, seed: u64) -> Register {
    let folder = std::path::Path::new(folder);
    let config = Config::new(folder.join("database"), folder.join("keys"), TimeZone::UTC);
    let (policy, corpus) = house_corpus();
    let clock = Arc::new(FixedClock::at("2026-11-21T09:00:00Z"));
    Register::open(&config, policy, corpus, clock, Arc::new(SeededRandomness::new(seed))).unwrap()
}

/// Two records in one change, so that half of one would show.
fn pair(register: &Register, name: &str) -> Result<(), register::ChangeError<()>> {
    let nancy = register.person(&cpr(NANCY));
    let call = register.call(caller(register.policy(), "system", None, None));
    let draft = |half: &str| {
        let mut draft =
            draft("nsp.appointment", "patient", nancy, json!({ "identifier": name, "place": half }));
        draft.events.push(("appointment.fulfilled".to_owned(), call.now));
        Change::Create(Box::new(draft))
    };
    write(register, &call, "nsp.import-appointments", Target::Person(nancy), vec![draft("a"), draft("b")])
}

fn found(register: &Register) -> (Vec<String>, usize) {
    let nancy = register.person(&cpr(NANCY));
    let call = register.call(caller(register.policy(), "citizen", Some(nancy), None));
    let grant = register.ask(&call, ask("nsp.read-own-appointments", Target::Person(nancy))).unwrap();
    let records = register.read(&call, grant).unwrap();
    let names =
        records.iter().map(|it| it.content.reveal()["identifier"].as_str().unwrap().to_owned()).collect();
    let grant = register.ask(&call, ask("nsp.read-own-log", Target::Person(nancy))).unwrap();
    let lines = register.lines_about(&call, grant, None, 1_000_000).unwrap();
    let imports =
        lines.iter().filter(|line| register.policy().use_name(line.use_id) == "nsp.import-appointments");
    (names, imports.count())
}

/// Not a test of its own: what the killed process does.
#[test]
fn the_process_that_is_killed() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let seed = std::env::var(SEED).unwrap().parse().unwrap();
    let register = open(&folder, seed);
    println!("ready");
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let register = &register;
            scope.spawn(move || {
                for number in 0.. {
                    let name = format!("{seed}-{thread}-{number}");
                    pair(register, &name).unwrap();
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "done {name}").unwrap();
                    out.flush().unwrap();
                }
            });
        }
    });
}

#[test]
fn what_was_acknowledged_before_a_kill_is_there_whole_and_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let mut acknowledged = Vec::new();
    let mut dice = [0];
    let randomness = SeededRandomness::new(41);
    for round in 0_u64..8 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "the_process_that_is_killed", "--nocapture"])
            .env(FOLDER, path)
            .env(SEED, (round + 10).to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.by_ref().any(|line| line.unwrap().contains("ready")));
        randomness.fill(&mut dice);
        let wait = 20 + u64::from(dice[0]);
        let killer = std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(wait));
            child.kill().unwrap();
            child.wait().unwrap();
        });
        acknowledged.extend(
            lines.map_while(Result::ok).filter_map(|line| line.strip_prefix("done ").map(str::to_owned)),
        );
        killer.join().unwrap();

        let register = open(path, 1_000 + round);
        let (mut names, lines) = found(&register);
        names.sort();
        let mut whole = names.clone();
        whole.dedup();
        assert_eq!(names.len(), whole.len() * 2, "no change is half there (round {round})");
        assert_eq!(lines, whole.len(), "every change has its line and every line its change");
        for name in &acknowledged {
            assert!(
                whole.binary_search(name).is_ok(),
                "`{name}` was acknowledged and is lost (round {round})"
            );
        }
    }
    assert!(acknowledged.len() > 20, "the test did something: {}", acknowledged.len());
}
