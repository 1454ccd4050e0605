//! The quick part of `test`, and the steps that both share.

use std::process::ExitCode;

use anyhow::Result;

use crate::places;
use crate::run::{cargo, exists, overheard, succeeds};
use crate::setup::{Need, setup};
use crate::summary::{Outcome, Summary, outcome};
use crate::test::BESIDE;

/// Format, lints, unit tests.
pub(crate) fn check() -> Result<ExitCode> {
    let mut summary = Summary::default();
    if !summary
        .step("setup", || setup(&[Need::Compiler, Need::Look, Need::Peers, Need::Radio]).map(|()| true))
    {
        return Ok(summary.close());
    }
    lint(&mut summary);
    summary.step("unit tests", || tests(&["--lib", "--bins"]));
    Ok(summary.close())
}

/// Format, and lints twice: all code under the workspace's lints, and product code under the bans of `clippy.toml` too.
///
/// Tests may read the environment and the clock; the bans are there for what runs in an authority.
pub(crate) fn lint(summary: &mut Summary) {
    summary.step("format", || succeeds(&mut cargo(&["fmt", "--all", "--check"])));
    summary.step("lints", || {
        clippy(&["--all-targets"], &["-D", "warnings", "-A", "clippy::disallowed_methods"])
    });
    summary.step("bans in product code", || clippy(&["--lib", "--bins"], &["-D", "warnings"]));
    summary.step("lints of the demo", || {
        clippy(&["--lib", "--bins", "--features", "hjemmel/demo,benches/demo"], &["-D", "warnings"])
    });
}

fn clippy(scope: &[&str], lints: &[&str]) -> Result<bool> {
    let all = ["clippy", "--quiet", "--workspace", "--features", BESIDE];
    succeeds(cargo(&all).args(scope).arg("--").args(lints))
}

/// Runs tests of all packages with nextest where it is installed, else with cargo's own runner.
pub(crate) fn tests(chosen: &[&str]) -> Result<Outcome> {
    let python = places::peers_python();
    let python = python.to_string_lossy();
    let scope = [&["--workspace", "--features", BESIDE], chosen].concat();
    tests_with(&scope, &[("PEERS_PYTHON", python.as_ref())])
}

/// Runs tests with variables that they read.
pub(crate) fn tests_with(scope: &[&str], variables: &[(&str, &str)]) -> Result<Outcome> {
    let runner: &[&str] = if exists("cargo-nextest") {
        &["nextest", "run", "--no-fail-fast"]
    } else {
        &["test", "--no-fail-fast"]
    };
    let arguments: Vec<&str> = runner.iter().chain(scope).copied().collect();
    let mut command = cargo(&arguments);
    command.env("CARGO_TERM_COLOR", "never").envs(variables.iter().copied());
    let (good, lines) = overheard(&mut command)?;
    Ok(outcome(good, &lines))
}
