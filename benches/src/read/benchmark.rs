//! A lawful read against a bare read and a bare durable insert, both with one writer that commits in groups.

use std::time::Duration;

use anyhow::Result;

use crate::read::bare::{Bare, Client};
use crate::read::lawful::{Bytes, Lawful, TEXT_BYTES};
use crate::read::load::{Load, load};
use crate::report::{Bar, Bars, Latencies, Report, Scale, Series, median};

/// Clients at once.
const CLIENTS: [usize; 4] = [1, 16, 64, 256];
/// Records to choose from.
const RECORDS: u64 = 10_000;

/// Length of a turn.
const TURN: Duration = Duration::from_millis(500);

/// How long it runs.
#[derive(Clone, Copy, Debug)]
pub struct Length {
    /// Times that everything is repeated.
    pub runs: usize,
    /// Seconds a side and run.
    pub seconds: u64,
}

struct Row {
    clients: usize,
    lawful: Vec<Load>,
    bare: Vec<Load>,
}

/// Runs it and writes the report; whether every bar was reached.
///
/// # Errors
/// When a side fails, or a read does not bring what it should.
pub fn run(length: Length) -> Result<bool> {
    let folder = tempfile::tempdir_in(here()?)?;
    let lawful = Lawful::make(&folder.path().join("lawful"), RECORDS)?;
    // The bare rows hold as many bytes as the lawful ones do.
    let bytes = lawful.bytes()?;
    let bare = Bare::make(folder.path(), RECORDS, bytes.record)?;
    let mut rows = Vec::new();
    for clients in CLIENTS {
        rows.push(measure(clients, length, &lawful, &bare, bytes)?);
    }
    let report = report(&rows, length, bytes);
    report.write(&plot(&rows))?;
    Ok(report.reached())
}

/// On the disk of the build, not on one that lives in memory.
fn here() -> Result<std::path::PathBuf> {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), std::path::PathBuf::from);
    std::fs::create_dir_all(&target)?;
    Ok(target)
}

/// The sides take turns every half second, so that a disk or a machine that slows down slows both. The first turn of each is not counted.
fn measure(clients: usize, length: Length, lawful: &Lawful, bare: &Bare, bytes: Bytes) -> Result<Row> {
    let mut row = Row { clients, lawful: Vec::new(), bare: Vec::new() };
    let mut callers = vec![(); clients];
    let mut readers = (0..clients).map(|_| bare.client()).collect::<Result<Vec<Client>>>()?;
    let mut ours = || load(&mut callers, TURN, |(), number| lawful.read(number));
    let mut theirs = || {
        load(&mut readers, TURN, |client, number| {
            client.read(number % RECORDS, vec![7; bytes.line]).map(|_| ())
        })
    };
    for run in 0..length.runs {
        println!("{clients} clients, run {} of {}", run + 1, length.runs);
        ours()?;
        theirs()?;
        let (mut all_ours, mut all_theirs) = (Vec::new(), Vec::new());
        for _ in 0..length.seconds * 2 {
            all_ours.push(ours()?);
            all_theirs.push(theirs()?);
        }
        row.lawful.push(joined(all_ours));
        row.bare.push(joined(all_theirs));
    }
    Ok(row)
}

/// All turns of a side as one.
fn joined(turns: Vec<Load>) -> Load {
    let rates: Vec<f64> = turns.iter().map(|load| load.per_second).collect();
    let mut latencies = Latencies::default();
    let per_second = rates.iter().sum::<f64>() / rates.len().max(1) as f64;
    turns.into_iter().for_each(|load| latencies.join(load.latencies));
    Load { per_second, latencies }
}

fn middle(loads: &[Load], pick: impl Fn(&Load) -> f64) -> f64 {
    median(&loads.iter().map(pick).collect::<Vec<_>>())
}

fn rate(loads: &[Load]) -> f64 {
    middle(loads, |load| load.per_second)
}

/// Lawful over bare, run by run: the disk of one moment is compared with itself.
fn ratio(row: &Row) -> f64 {
    let ratios: Vec<f64> =
        row.lawful.iter().zip(&row.bare).map(|(lawful, bare)| lawful.per_second / bare.per_second).collect();
    median(&ratios)
}

fn latency_ms(loads: &[Load], share: f64) -> f64 {
    let of = |latencies: &Latencies| latencies.percentile_us(share) / 1_000.0;
    middle(loads, |load| of(&load.latencies))
}

fn report(rows: &[Row], length: Length, bytes: Bytes) -> Report {
    let at_64 = rows.iter().find(|row| row.clients == 64).map_or(0.0, ratio);
    let alone = rows.iter().find(|row| row.clients == 1).map_or(0.0, ratio);
    Report {
        name: "reading".to_owned(),
        title: "A lawful read against a bare one, on SQLite".to_owned(),
        method: format!(
            "Lawful: facts from the register, the decision, one sealed record of {TEXT_BYTES} bytes unsealed, its line \
             sealed and durable in the access log, then the answer. Bare: one row of {} bytes read by its key of 16 bytes, \
             one row of {} bytes inserted durably, then the answer; as many bytes as the lawful rows have; no decision, no \
             sealing, no index. Both with one writer thread that commits in groups, the write-ahead log, the same cache and a \
             full flush; {RECORDS} records; the sides take turns every half second, {} runs of {} s a side after a turn that \
             is not counted, medians.",
            bytes.record, bytes.line, length.runs, length.seconds
        ),
        bars: vec![
            Bar {
                what: "at least 0.8 of bare at 64 clients".to_owned(),
                measured: format!("{at_64:.2}"),
                reached: at_64 >= 0.8,
            },
            Bar {
                what: "one client bound by the flush alone: at least 0.8 of bare".to_owned(),
                measured: format!("{alone:.2}"),
                reached: alone >= 0.8,
            },
        ],
        head: [
            "clients",
            "lawful /s",
            "bare /s",
            "lawful over bare",
            "lawful p50 / p99 ms",
            "bare p50 / p99 ms",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows: rows.iter().map(cells).collect(),
    }
}

fn cells(row: &Row) -> Vec<String> {
    let times = |loads: &[Load]| format!("{:.2} / {:.2}", latency_ms(loads, 0.5), latency_ms(loads, 0.99));
    vec![
        row.clients.to_string(),
        format!("{:.0}", rate(&row.lawful)),
        format!("{:.0}", rate(&row.bare)),
        format!("{:.2}", ratio(row)),
        times(&row.lawful),
        times(&row.bare),
    ]
}

fn plot(rows: &[Row]) -> Bars {
    let series = |name: &str, pick: fn(&Row) -> &[Load]| Series {
        name: name.to_owned(),
        values: rows.iter().map(|row| Some(rate(pick(row)))).collect(),
    };
    Bars {
        title: "Reads a second, each with a durable line".to_owned(),
        unit: "a second; groups: clients at once".to_owned(),
        groups: rows.iter().map(|row| row.clients.to_string()).collect(),
        series: vec![series("lawful", |row| &row.lawful), series("bare", |row| &row.bare)],
        scale: Scale::Linear,
    }
}
