//! The demo: build in release, then become `hjemmel demo`.

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::places;
use crate::run::{cargo, succeeds};
use crate::setup::{Need, setup};

/// Builds and runs the demo until it is stopped.
pub(crate) fn demo(arguments: &[String]) -> Result<ExitCode> {
    setup(&[Need::Compiler, Need::Look])?;
    println!("demo: building in release; the first time takes some minutes");
    if !succeeds(&mut cargo(&["build", "--release", "--package", "hjemmel", "--features", "demo"]))? {
        bail!("the demo could not be built; the reason stands above");
    }
    become_hjemmel(arguments)
}

#[cfg(unix)]
fn become_hjemmel(arguments: &[String]) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt as _;
    let program = places::target().join("release/hjemmel");
    let error =
        std::process::Command::new(&program).arg("demo").args(arguments).current_dir(places::root()).exec();
    bail!("cannot start {}: {error}", program.display())
}

#[cfg(not(unix))]
fn become_hjemmel(arguments: &[String]) -> Result<ExitCode> {
    let program = places::target().join("release/hjemmel.exe");
    let mut command = std::process::Command::new(program);
    let good = succeeds(command.arg("demo").args(arguments).current_dir(places::root()))?;
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
