//! What a run of many steps comes to: the time of each, and how many tests passed and failed.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;

/// Tests of a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

/// How a step ended.
pub(crate) struct Outcome {
    pub(crate) good: bool,
    pub(crate) tally: Tally,
}

impl From<bool> for Outcome {
    /// A step that is not made of tests counts as one.
    fn from(good: bool) -> Self {
        let tally = if good { Tally { passed: 1, failed: 0 } } else { Tally { passed: 0, failed: 1 } };
        Self { good, tally }
    }
}

struct Step {
    name: String,
    time: Duration,
    outcome: Outcome,
}

/// The steps so far.
#[derive(Default)]
pub(crate) struct Summary {
    steps: Vec<Step>,
}

impl Summary {
    /// Runs a step and takes its time; an error counts as a failure and the next step still runs.
    pub(crate) fn step<O: Into<Outcome>>(&mut self, name: &str, run: impl FnOnce() -> Result<O>) -> bool {
        println!("\n== {name}");
        let begin = Instant::now();
        let outcome = match run() {
            Ok(outcome) => outcome.into(),
            Err(error) => {
                println!("error: {error:#}");
                false.into()
            }
        };
        let time = begin.elapsed();
        println!("== {name}: {} in {:.1} s", verdict(&outcome), time.as_secs_f64());
        let good = outcome.good;
        self.steps.push(Step { name: name.to_owned(), time, outcome });
        good
    }

    /// Prints the times and closes with the plain line.
    pub(crate) fn close(self) -> ExitCode {
        println!();
        for step in &self.steps {
            println!("{:>8.1} s  {:<7} {}", step.time.as_secs_f64(), verdict(&step.outcome), step.name);
        }
        let total: Duration = self.steps.iter().map(|step| step.time).sum();
        println!("{:>8.1} s  in all", total.as_secs_f64());
        let tally = self.steps.iter().fold(Tally::default(), |sum, step| Tally {
            passed: sum.passed + step.outcome.tally.passed,
            failed: sum.failed + step.outcome.tally.failed,
        });
        println!("\n{} passed, {} failed", tally.passed, tally.failed);
        if self.steps.iter().all(|step| step.outcome.good) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

fn verdict(outcome: &Outcome) -> &'static str {
    if outcome.good { "good" } else { "FAILED" }
}

/// The outcome of a test runner: its exit code, and the counts in what it printed.
///
/// A runner that failed without naming a failed test still counts as one failure.
pub(crate) fn outcome(good: bool, lines: &[String]) -> Outcome {
    let mut tally = lines.iter().filter_map(|line| counted(line)).fold(Tally::default(), |sum, next| Tally {
        passed: sum.passed + next.passed,
        failed: sum.failed + next.failed,
    });
    if !good && tally.failed == 0 {
        tally.failed = 1;
    }
    Outcome { good, tally }
}

/// Reads one line of cargo test, nextest or node's test runner, if it holds a count.
fn counted(line: &str) -> Option<Tally> {
    // What a failed test printed is shown again, set in: the same words there are no count of a runner's.
    if let Some(rest) = line.strip_prefix("test result:") {
        return Some(Tally { passed: before(rest, "passed")?, failed: before(rest, "failed")? });
    }
    if line.trim_start().starts_with("Summary [") {
        let rest = line.split_once("run:")?.1;
        let failed = before(rest, "failed").unwrap_or(0) + before(rest, "timed out").unwrap_or(0);
        return Some(Tally { passed: before(rest, "passed").unwrap_or(0), failed });
    }
    if let Some(count) = line.strip_prefix("# pass ") {
        return Some(Tally { passed: count.parse().ok()?, failed: 0 });
    }
    let count = line.strip_prefix("# fail ")?;
    Some(Tally { passed: 0, failed: count.parse().ok()? })
}

/// The number that stands before a word: `12 passed`.
fn before(text: &str, word: &str) -> Option<u64> {
    let (head, _) = text.split_once(&format!(" {word}"))?;
    head.rsplit([' ', ';', ',']).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Tally, counted, outcome};

    #[test]
    fn the_counts_of_each_runner_are_read() {
        let lines = [
            ("test result: ok. 3 passed; 1 failed; 0 ignored; 0 measured", Some((3, 1))),
            ("     Summary [   1.004s] 12 tests run: 10 passed (1 slow), 2 failed, 0 skipped", Some((10, 2))),
            ("     Summary [   1.004s] 12 tests run: 12 passed, 3 skipped", Some((12, 0))),
            ("# pass 7", Some((7, 0))),
            ("# fail 2", Some((0, 2))),
            ("12 passed by the window", None),
            ("    test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured", None),
        ];
        for (line, expected) in lines {
            let expected = expected.map(|(passed, failed)| Tally { passed, failed });
            assert_eq!(counted(line), expected, "{line}");
        }
    }

    #[test]
    fn a_runner_that_broke_off_counts_as_a_failure() {
        assert_eq!(outcome(false, &[]).tally, Tally { passed: 0, failed: 1 });
    }
}
