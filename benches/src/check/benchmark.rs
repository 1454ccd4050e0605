//! The five notices checked, a corpus of a thousand activities, and how many seeded faults are told.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Result, ensure};
use jiff::civil::{Date, date};
use notice::{Severity, SourceFile, compile};

use super::schema::Schema;
use super::{corpora, reading};
use crate::report::{Bar, Bars, Report, Scale, Series, median};

/// Activities of the large corpus.
const ACTIVITIES: usize = 1_000;
const AS_OF: Date = date(2026, 11, 21);

/// The times of one corpus in milliseconds, a run each.
struct Times {
    called: &'static str,
    bytes: usize,
    ours: f64,
    theirs: f64,
}

/// Runs it and writes the report; whether every bar was reached.
///
/// # Errors
/// When a corpus does not compile or a file cannot be read.
pub fn run(runs: usize) -> Result<bool> {
    let schema = Schema::new()?;
    let times = [
        timed("the notices that ship", &corpora::shipped()?, &schema, runs)?,
        timed("1,000 activities", &corpora::made(ACTIVITIES)?, &schema, runs)?,
    ];
    let seeded = seeded(&schema);
    let report = report(&times, &seeded, runs);
    report.write(&plot(&times))?;
    Ok(report.reached())
}

fn timed(called: &'static str, files: &[SourceFile], schema: &Schema, runs: usize) -> Result<Times> {
    ensure!(compile(files, AS_OF).policy.is_some(), "{called}: does not compile");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        ours.push(milliseconds(|| compile(files, AS_OF)));
        theirs.push(milliseconds(|| schema.faults(files)));
    }
    let bytes = files.iter().map(|file| file.text.len()).sum();
    Ok(Times { called, bytes, ours: median(&ours), theirs: median(&theirs) })
}

fn milliseconds<T>(work: impl FnOnce() -> T) -> f64 {
    let began = Instant::now();
    black_box(work());
    began.elapsed().as_secs_f64() * 1_000.0
}

/// How many seeded faults each side tells.
struct Seeded {
    all: usize,
    ours: usize,
    theirs: usize,
}

/// A fault counts for us if the code that it is named after refuses or warns; for the schema if it refuses at all.
fn seeded(schema: &Schema) -> Seeded {
    let mut seeded = Seeded { all: 0, ours: 0, theirs: 0 };
    for path in reading::cases("bad") {
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if name.starts_with('X') {
            continue;
        }
        let case = reading::read(&path);
        let told = compile(&case.files, AS_OF).diagnostics.iter().any(|finding| {
            name.starts_with(finding.code.id)
                && finding.severity != Severity::Note
                && !finding.help.en.is_empty()
        });
        seeded.all += 1;
        seeded.ours += usize::from(told);
        seeded.theirs += usize::from(schema.faults(&case.files) > 0);
    }
    seeded
}

fn report(times: &[Times; 2], seeded: &Seeded, runs: usize) -> Report {
    let share = |told: usize| told as f64 / seeded.all.max(1) as f64 * 100.0;
    let rows = times.iter().map(|it| {
        vec![
            it.called.to_owned(),
            it.bytes.to_string(),
            format!("{:.1} ms", it.ours),
            format!("{:.1} ms", it.theirs),
        ]
    });
    let told = vec![
        format!("{} seeded faults told", seeded.all),
        "-".to_owned(),
        format!("{} ({:.1} %)", seeded.ours, share(seeded.ours)),
        format!("{} ({:.1} %)", seeded.theirs, share(seeded.theirs)),
    ];
    let [shipped, large] = times;
    Report {
        name: "check".to_owned(),
        title: "The compiler of notices against a validator".to_owned(),
        method: format!(
            "From texts in memory to policy and findings, median of {runs} runs on one thread. The opponent reads the same TOML and validates it with the language's own JSON Schema; validators of other languages cannot be given the same files. A seeded fault counts for us only if its own code tells it with a remedy, for the opponent if anything does."
        ),
        bars: vec![
            bar("the notices that ship under 50 ms", format!("{:.1} ms", shipped.ours), shipped.ours < 50.0),
            bar("1,000 activities under 1 s", format!("{:.1} ms", large.ours), large.ours < 1_000.0),
            bar(
                "at least 95 % of 100 seeded faults",
                format!("{:.1} %", share(seeded.ours)),
                share(seeded.ours) >= 95.0,
            ),
        ],
        head: ["", "bytes", "hjemmel", "JSON Schema"].map(str::to_owned).to_vec(),
        rows: rows.chain([told]).collect(),
    }
}

fn bar(what: &str, measured: String, reached: bool) -> Bar {
    Bar { what: what.to_owned(), measured, reached }
}

fn plot(times: &[Times; 2]) -> Bars {
    let series = |name: &str, pick: fn(&Times) -> f64| Series {
        name: name.to_owned(),
        values: times.iter().map(|it| Some(pick(it))).collect(),
    };
    Bars {
        title: "Checking a corpus, median".to_owned(),
        unit: "milliseconds, logarithmic".to_owned(),
        groups: times.iter().map(|it| it.called.to_owned()).collect(),
        series: vec![series("Hjemmel", |it| it.ours), series("JSON Schema", |it| it.theirs)],
        scale: Scale::Logarithmic,
    }
}
