//! Benchmarks: each runs both sides in one run and writes a table and a plot under `target/bench`.

use std::process::ExitCode;

use anyhow::Result;

use crate::run::{cargo, succeeds};
use crate::setup::{Need, setup};

/// Runs one benchmark, or all.
pub(crate) fn bench(name: Option<&str>, arguments: &[String]) -> Result<ExitCode> {
    setup(&[Need::Compiler, Need::Look, Need::OpenSsl])?;
    let mut command = cargo(&[
        "run",
        "--release",
        "--quiet",
        "--package",
        "benches",
        "--features",
        "demo",
        "--",
        name.unwrap_or("all"),
    ]);
    let good = succeeds(command.args(arguments))?;
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
