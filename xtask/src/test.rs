//! Everything that must hold before a change goes in. CI runs this and nothing else.

use std::process::ExitCode;

use anyhow::Result;

use crate::check::{lint, tests};
use crate::places;
use crate::run::{cargo, command, overheard, succeeds};
use crate::setup::{Need, setup};
use crate::summary::{Outcome, Summary, outcome};
use crate::update;

/// What tests have beside: the radio of a Linux machine at a private bus, and programs of others.
///
/// Each step chooses all packages and all of this, so that cargo builds what they lean on once.
pub(crate) const BESIDE: &str = "server/peers,exposure/peers,phone-bindings/peers,phone/bus";

/// Whether the journeys in a browser run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Browser {
    /// They do.
    With,
    /// They do not.
    Without,
}

/// Runs every step, also after one that failed, and says what each took.
pub(crate) fn test(browser: Browser) -> Result<ExitCode> {
    let mut summary = Summary::default();
    let needs: &[Need] = match browser {
        Browser::With => &[Need::Compiler, Need::Look, Need::Peers, Need::Radio, Need::Browser],
        Browser::Without => &[Need::Compiler, Need::Look, Need::Peers, Need::Radio],
    };
    if !summary.step("setup", || setup(needs).map(|()| true)) {
        return Ok(summary.close());
    }
    let before = update::tree();
    lint(&mut summary);
    summary.step("tests", || tests(&[]));
    summary.step("examples in the documentation", documentation);
    let built = summary.step("build of the demo", build);
    summary.step("tests of the demo", demo_tests);
    if built {
        summary.step("generated pages", update::pages);
        if browser == Browser::With {
            summary.step("journeys in a browser", journeys);
        }
    }
    summary.step("nothing in the tree has changed", || update::unchanged(before));
    Ok(summary.close())
}

fn documentation() -> Result<Outcome> {
    let (good, lines) =
        overheard(&mut cargo(&["test", "--workspace", "--features", BESIDE, "--doc", "--quiet"]))?;
    Ok(outcome(good, &lines))
}

/// The one program, with the demo.
pub(crate) fn build() -> Result<bool> {
    let demo = ["--features", "hjemmel/demo", "--features", BESIDE];
    succeeds(cargo(&["build", "--quiet", "--workspace", "--bin", "hjemmel"]).args(demo))
}

/// The demo's own tests, and again those of every address and command, built with what only the demo has.
fn demo_tests() -> Result<Outcome> {
    let demo = ["--features", "hjemmel/demo"];
    if crate::run::exists("cargo-nextest") {
        return tests(&[&demo[..], &["--filterset", "package(hjemmel) | binary(surface)"]].concat());
    }
    tests(&demo)
}

/// Starts the demo and a login provider, walks through the pages as people would, stops both.
fn journeys() -> Result<Outcome> {
    let mut node = command("node", &["run.mjs"]);
    node.current_dir(places::journeys())
        .env("HJEMMEL", places::target().join("debug/hjemmel"))
        .env("PHONE", places::target().join("debug/phone"))
        .env("OUTPUT", places::target().join("e2e"));
    let (good, lines) = overheard(&mut node)?;
    Ok(outcome(good, &lines))
}
