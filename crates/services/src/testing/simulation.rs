//! The simulation: random operations of all services over the real register under one clock, beside a slow plain model.
//!
//! What counts as a failure (each with its line of the design's *what must never happen*):
//! - a record is seen after its date, or is gone before it, on any card, list or plan;
//! - a look leaves no line in the log of its person, or a line stands for no look;
//! - an answer is given that the model would have refused, or refused that it would have given;
//! - a look is answered after a withdrawal, a block, an end of custody or of emergency access was acknowledged;
//! - a private medicine is seen by one who may not, or hidden from one who may;
//! - more is handed over than was prescribed; two writers overwrite one another;
//! - an unknown person is told from a refused one;
//! - a register that was dropped and opened again has lost or won anything;
//! - a clock that jumps erases anything;
//! - a name, number or medicine stands in clear in a file, an error or a debug text;
//! - the register cannot answer, or a sweep is stopped or braked without cause.

use std::fmt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use register::testing::{TestRegister, house_corpus, stands_in};

use super::Country;
use super::operations::World;

/// Where every world begins.
const BEGINS: &str = "2026-11-21T09:00:00Z";
/// Operations of one world; about ten years pass in it.
const OPERATIONS_A_WORLD: u64 = 2_000;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Operations.
    pub operations: u64,
    /// Answered or written.
    pub done: u64,
    /// Refused by the notices.
    pub refused: u64,
    /// Called off: conflicts, and states in which it cannot be done.
    pub called_off: u64,
    /// Records erased by the sweep.
    pub erased: u64,
    /// Times that the register was dropped and opened again.
    pub crashes: u64,
}

/// Something that must never happen, and how to see it again.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The seed of the world.
    pub seed: u64,
    /// Which of its operations.
    pub operation: u64,
    /// What happened.
    pub what: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, operation, what } = self;
        writeln!(f, "{what}")?;
        write!(
            f,
            "see it again: cargo run -p services --example simulate -- --seed {seed} --operations {}",
            operation + 1
        )
    }
}

/// Runs worlds one after another until so many operations are done.
///
/// # Errors
/// The first [`Failure`].
pub fn run(seed: u64, operations: u64) -> Result<Tally, Failure> {
    let mut tally = Tally::default();
    let mut world_seed = seed;
    while tally.operations < operations {
        let left = (operations - tally.operations).min(OPERATIONS_A_WORLD);
        tally = tally.and(world(world_seed, left)?);
        world_seed = world_seed.wrapping_add(1);
    }
    Ok(tally)
}

fn world(seed: u64, operations: u64) -> Result<Tally, Failure> {
    let folder = folder();
    let house = TestRegister::with(house_corpus(), BEGINS, |config| {
        if let Some(folder) = &folder {
            config.database = folder.path().join("database");
            config.keys = folder.path().join("keys");
        }
    });
    let files = folder.as_ref().map_or_else(|| house.folder().to_owned(), |folder| folder.path().to_owned());
    let mut world = World::new(Country::in_house(house), seed);
    for operation in 0..operations {
        world = world.step().map_err(|what| Failure { seed, operation, what })?;
    }
    let tally = world.tally();
    let canaries = world.canaries();
    let here = |what| Failure { seed, operation: operations.saturating_sub(1), what };
    nothing_in_clear(&files, &canaries).map_err(here)?;
    drop(world);
    nothing_in_clear(&files, &canaries).map_err(here)?;
    Ok(tally)
}

/// A folder in memory where there is one: the simulation looks for faults of thought, not of disks.
fn folder() -> Option<tempfile::TempDir> {
    tempfile::tempdir_in("/dev/shm").ok()
}

/// No name, number or medicine in any file.
fn nothing_in_clear(folder: &Path, canaries: &[String]) -> Result<(), String> {
    for path in files_below(folder) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        for canary in canaries {
            if stands_in(&bytes, canary) {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
                return Err(format!("`{canary}` stands in clear in `{}`", name.unwrap_or_default()));
            }
        }
    }
    Ok(())
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .flat_map(|entry| if entry.path().is_dir() { files_below(&entry.path()) } else { vec![entry.path()] })
        .collect()
}

impl Tally {
    fn and(self, other: Self) -> Self {
        Self {
            operations: self.operations + other.operations,
            done: self.done + other.done,
            refused: self.refused + other.refused,
            called_off: self.called_off + other.called_off,
            erased: self.erased + other.erased,
            crashes: self.crashes + other.crashes,
        }
    }
}

/// Where a world begins, for what counts days from it.
#[must_use]
pub fn begins() -> Timestamp {
    BEGINS.parse().unwrap()
}
