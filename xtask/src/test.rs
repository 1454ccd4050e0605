//! Everything that must hold before a change goes in. CI runs this and nothing else.

use std::process::ExitCode;

use anyhow::Result;

use crate::check::{lint, tests, tests_with};
use crate::places;
use crate::run::{cargo, command, overheard, succeeds};
use crate::setup::{Need, setup};
use crate::summary::{Outcome, Summary, outcome};
use crate::update;

/// The demo, and in its tests the programs of others.
pub(crate) const DEMO: &str = "hjemmel/demo,server/peers";

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
    summary.step("tests", || tests(&["--workspace"]));
    summary.step("programs of others on our wire formats", peers);
    summary.step("the phone driven from Python", bindings);
    summary.step("the phone's radio at a bus of its own", radio);
    summary.step("examples in the documentation", documentation);
    // Every step chooses the same packages, so that cargo builds what they lean on once.
    let built = summary.step("build of the demo", || {
        succeeds(&mut cargo(&["build", "--quiet", "--workspace", "--bin", "hjemmel", "--features", DEMO]))
    });
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
    let (good, lines) = overheard(&mut cargo(&["test", "--workspace", "--doc", "--quiet"]))?;
    Ok(outcome(good, &lines))
}

/// Files and signatures of ours in programs that we did not write, and theirs in ours.
fn peers() -> Result<Outcome> {
    let python = places::peers_python();
    let python = python.to_string_lossy();
    tests_with(
        &["--package", "exposure", "--features", "peers", "--test", "peers"],
        &[("PEERS_PYTHON", python.as_ref())],
    )
}

/// Our phone, driven from another language through its generated bindings.
fn bindings() -> Result<Outcome> {
    let python = places::peers_python();
    let python = python.to_string_lossy();
    tests_with(
        &["--package", "phone-bindings", "--features", "peers", "--test", "peers"],
        &[("PEERS_PYTHON", python.as_ref())],
    )
}

/// The radio of a Linux machine, at a private bus with a stand-in for BlueZ.
fn radio() -> Result<Outcome> {
    tests_with(&["--package", "phone", "--features", "bus", "--test", "bluez"], &[])
}

/// The demo's own tests: the same crates, built with what only the demo has.
///
/// Among them programs of others on what goes over the wire between countries: here nothing more is built for it.
fn demo_tests() -> Result<Outcome> {
    let python = places::peers_python();
    let python = python.to_string_lossy();
    let peers = [("PEERS_PYTHON", python.as_ref())];
    if crate::run::exists("cargo-nextest") {
        let chosen = "package(server) | package(hjemmel)";
        return tests_with(&["--workspace", "--features", DEMO, "--filterset", chosen], &peers);
    }
    tests_with(&["--package", "server", "--package", "hjemmel", "--features", DEMO], &peers)
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
