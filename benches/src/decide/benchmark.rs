//! How long one decision takes with 10, 100 and 1,000 uses, and a list of 10,000 records.

use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use notice::{Facts, Policy, Reading};

use crate::decide::cedar::Cedar;
use crate::decide::corpus;
use crate::decide::questions::{Asked, Kind, Questions, ours};
use crate::decide::rego::Rego;
use crate::report::{Bar, Bars, Latencies, Report, Scale, Series, median};

/// Uses in the notices.
const SIZES: [usize; 3] = [10, 100, 1_000];
/// Records in the list.
const LIST: usize = 10_000;

/// How much is done.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Times that everything is repeated.
    pub runs: usize,
    /// Questions that all engines must answer alike before anything is timed, over all sizes.
    pub agreed: usize,
    /// Questions that are timed, for us; the others get a tenth.
    pub timed: usize,
}

/// Half and one in a hundred, in microseconds.
#[derive(Clone, Copy, Debug, Default)]
struct Times {
    p50: f64,
    p99: f64,
}

struct Size {
    uses: usize,
    ours: Times,
    cedar: Times,
    rego: Times,
}

/// Runs it and writes the report; whether every bar was reached.
///
/// # Errors
/// When an engine fails, or answers a question otherwise than we do.
pub fn run(effort: Effort) -> Result<bool> {
    let sizes = SIZES.into_iter().map(|uses| size(uses, effort)).collect::<Result<Vec<_>>>()?;
    let list = list(effort)?;
    let report = report(&sizes, &list, effort);
    report.write(&plot(&sizes))?;
    Ok(report.reached())
}

fn size(uses: usize, effort: Effort) -> Result<Size> {
    let policy = corpus::compiled(&corpus::made(uses as u64, uses))?;
    let (cedar, mut rego) = (Cedar::of(&policy)?, Rego::of(&policy)?);
    let asked = questions(&policy, effort.timed)?;
    agree(&policy, &cedar, &mut rego, effort.agreed / SIZES.len())?;
    let few = asked.get(..asked.len() / 10).unwrap_or(&asked);
    let mut runs = Vec::new();
    for run in 0..effort.runs {
        println!("{uses} uses, run {} of {}", run + 1, effort.runs);
        runs.push((
            time_ours(&policy, &asked),
            time_cedar(&policy, &cedar, few)?,
            time_rego(&mut rego, few)?,
        ));
    }
    Ok(Size {
        uses,
        ours: middle(runs.iter().map(|run| run.0)),
        cedar: middle(runs.iter().map(|run| run.1)),
        rego: middle(runs.iter().map(|run| run.2)),
    })
}

fn questions(policy: &Policy, number: usize) -> Result<Vec<Asked>> {
    let mut questions = Questions::new(policy, 5)?;
    (0..number).map(|_| questions.next_one().context("a policy without a use")).collect()
}

/// A run that answers one question wrongly has no time.
fn agree(policy: &Policy, cedar: &Cedar, rego: &mut Rego, number: usize) -> Result<()> {
    let mut questions = Questions::new(policy, 9)?;
    for _ in 0..number {
        let asked = questions.next_one().context("a policy without a use")?;
        let answer = ours(policy, &asked);
        ensure!(
            cedar.allows(&Cedar::prepare(policy, &asked)?) == answer,
            "Cedar answers otherwise: {asked:?}"
        );
        ensure!(rego.allows(Rego::prepare(&asked)?)? == answer, "Rego answers otherwise: {asked:?}");
    }
    Ok(())
}

fn time_ours(policy: &Policy, asked: &[Asked]) -> Times {
    timed(asked, |one| {
        black_box(ours(policy, black_box(one)));
    })
}

fn time_cedar(policy: &Policy, cedar: &Cedar, asked: &[Asked]) -> Result<Times> {
    let requests = asked.iter().map(|one| Cedar::prepare(policy, one)).collect::<Result<Vec<_>>>()?;
    Ok(timed(&requests, |request| {
        black_box(cedar.allows(black_box(request)));
    }))
}

fn time_rego(rego: &mut Rego, asked: &[Asked]) -> Result<Times> {
    let inputs = asked.iter().map(Rego::prepare).collect::<Result<Vec<_>>>()?;
    let mut failed = None;
    let times = timed(&inputs, |input| {
        // A clone of the input is a counted reference.
        if let Err(error) = rego.allows(input.clone()) {
            failed = Some(error);
        }
    });
    failed.map_or(Ok(times), Err)
}

/// Each one on its own, after a round that warms up.
fn timed<T>(items: &[T], mut operate: impl FnMut(&T)) -> Times {
    items.iter().take(items.len() / 10).for_each(&mut operate);
    let mut latencies = Latencies::default();
    for item in items {
        let begin = Instant::now();
        operate(item);
        latencies.add(begin.elapsed());
    }
    Times { p50: latencies.percentile_us(0.5), p99: latencies.percentile_us(0.99) }
}

fn middle(runs: impl Iterator<Item = Times>) -> Times {
    let (p50, p99): (Vec<f64>, Vec<f64>) = runs.map(|times| (times.p50, times.p99)).unzip();
    Times { p50: median(&p50), p99: median(&p99) }
}

/// A list of records, each with facts of its own: in one pass, and by a call of the engine a record.
struct List {
    ours_ms: f64,
    cedar_ms: f64,
    rego_ms: f64,
}

fn list(effort: Effort) -> Result<List> {
    let policy = corpus::compiled(&corpus::made(100, 100))?;
    let (cedar, mut rego) = (Cedar::of(&policy)?, Rego::of(&policy)?);
    let (asked, facts) = records(&policy)?;
    let one_by_one: Vec<Asked> = facts.iter().map(|own| with(&asked, *own)).collect();
    let (mut ours_ms, mut cedar_ms, mut rego_ms) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..effort.runs {
        let (time, allowed) =
            clocked(|| Ok(policy.filter::<Reading>(&asked.question, facts.iter().copied())))?;
        let (_grant, allowed) = allowed.map_err(|_| anyhow::anyhow!("the list was refused"))?;
        ours_ms.push(time);
        let requests =
            one_by_one.iter().map(|one| Cedar::prepare(&policy, one)).collect::<Result<Vec<_>>>()?;
        let (time, theirs) =
            clocked(|| Ok(requests.iter().map(|one| cedar.allows(one)).collect::<Vec<_>>()))?;
        cedar_ms.push(time);
        ensure!(theirs == allowed, "Cedar filters otherwise");
        let inputs = one_by_one.iter().map(Rego::prepare).collect::<Result<Vec<_>>>()?;
        let (time, theirs) =
            clocked(|| inputs.into_iter().map(|one| rego.allows(one)).collect::<Result<Vec<_>>>())?;
        rego_ms.push(time);
        ensure!(theirs == allowed, "Rego filters otherwise");
    }
    Ok(List { ours_ms: median(&ours_ms), cedar_ms: median(&cedar_ms), rego_ms: median(&rego_ms) })
}

fn clocked<T>(run: impl FnOnce() -> Result<T>) -> Result<(f64, T)> {
    let begin = Instant::now();
    let value = run()?;
    Ok((milliseconds(begin.elapsed()), value))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// A question to read that is not refused as a whole, and the facts of each record: some allowed, some not.
fn records(policy: &Policy) -> Result<(Asked, Vec<Facts>)> {
    let mut questions = Questions::new(policy, 21)?;
    for _ in 0..100_000 {
        let asked = questions.next_one().context("a policy without a use")?;
        let mut more = Questions::new(policy, 22)?;
        let facts: Vec<Facts> = (0..LIST)
            .filter_map(|_| more.next_one())
            .map(|other| other.question.facts.or(asked.question.facts))
            .collect();
        if asked.kind != Kind::Reading || !ours(policy, &asked) {
            continue;
        }
        let Ok((_grant, allowed)) = policy.filter::<Reading>(&asked.question, facts.iter().copied()) else {
            continue;
        };
        let many = allowed.iter().filter(|allowed| **allowed).count();
        // Facts on which the whole call hangs would make single calls differ from the list's one.
        let same =
            facts.iter().zip(&allowed).all(|(own, allowed)| ours(policy, &with(&asked, *own)) == *allowed);
        if same && many > LIST / 5 && many < LIST * 4 / 5 {
            return Ok((asked, facts));
        }
    }
    anyhow::bail!("no question gives a list of which some records may be read")
}

fn with(asked: &Asked, facts: Facts) -> Asked {
    let mut one = asked.clone();
    one.question.facts = facts;
    one
}

fn report(sizes: &[Size], list: &List, effort: Effort) -> Report {
    let us = |value: f64| format!("{value:.2}");
    let mut rows: Vec<Vec<String>> = sizes
        .iter()
        .map(|size| {
            vec![
                format!("one decision, {} uses", size.uses),
                format!("{} / {} µs", us(size.ours.p50), us(size.ours.p99)),
                format!("{} / {} µs", us(size.cedar.p50), us(size.cedar.p99)),
                format!("{} / {} µs", us(size.rego.p50), us(size.rego.p99)),
                format!("{:.0} times", size.cedar.p50 / size.ours.p50.max(0.001)),
            ]
        })
        .collect();
    rows.push(vec![
        format!("a list of {LIST} records, 100 uses"),
        format!("{:.2} ms", list.ours_ms),
        format!("{:.2} ms", list.cedar_ms),
        format!("{:.2} ms", list.rego_ms),
        format!("{:.0} times", list.cedar_ms / list.ours_ms.max(0.001)),
    ]);
    let worst = |pick: fn(&Times) -> f64| sizes.iter().map(|size| pick(&size.ours)).fold(0.0, f64::max);
    let (p50, p99) = (worst(|times| times.p50), worst(|times| times.p99));
    let flat = sizes.iter().map(|size| size.ours.p50).fold(f64::INFINITY, f64::min);
    Report {
        name: "decision".to_owned(),
        title: "One decision, and a list".to_owned(),
        method: format!(
            "The same questions to our compiled table, to Cedar and to regorus (Rego); notices made by chance. \
             All three gave the same answers to {} random questions before anything was timed. Half of the decisions \
             took at most the first time, 99 in 100 at most the second; {} runs, medians. The question is in each \
             engine's own form before the clock starts; the cost of reading the clock twice is in every number.",
            effort.agreed / SIZES.len() * SIZES.len(),
            effort.runs
        ),
        bars: vec![
            bar("p50 at most 2 µs", format!("{p50:.2} µs"), p50 <= 2.0),
            bar("p99 at most 5 µs", format!("{p99:.2} µs"), p99 <= 5.0),
            bar(
                "flat: p50 at 1,000 uses at most twice that at 10, or 0.1 µs more",
                format!("{flat:.2} to {p50:.2} µs"),
                p50 <= (flat * 2.0).max(flat + 0.1),
            ),
        ],
        head: ["", "Hjemmel", "Cedar", "regorus", "Cedar's time over ours"].map(str::to_owned).to_vec(),
        rows,
    }
}

fn bar(what: &str, measured: String, reached: bool) -> Bar {
    Bar { what: what.to_owned(), measured, reached }
}

fn plot(sizes: &[Size]) -> Bars {
    let series = |name: &str, pick: fn(&Size) -> f64| Series {
        name: name.to_owned(),
        values: sizes.iter().map(|size| Some(pick(size))).collect(),
    };
    Bars {
        title: "One decision, median".to_owned(),
        unit: "microseconds, logarithmic; groups: uses in the notices".to_owned(),
        groups: sizes.iter().map(|size| format!("{} uses", size.uses)).collect(),
        series: vec![
            series("Hjemmel", |size| size.ours.p50),
            series("Cedar", |size| size.cedar.p50),
            series("regorus", |size| size.rego.p50),
        ],
        scale: Scale::Logarithmic,
    }
}
