//! `cargo xtask bench`: each benchmark runs both sides in one run and leaves a table and a plot.

use std::process::ExitCode;

use anyhow::Result;
use benches::check::benchmark as checking;
use benches::decide::benchmark::{self as decision, Effort};
use benches::exposure::{export, matching};
#[cfg(feature = "demo")]
use benches::keys::day;
use benches::keys::exported;
use benches::read::benchmark::{self as reading, Length};
use clap::{Parser, Subcommand};

/// As in `hjemmel`.
#[cfg(target_os = "linux")]
#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

#[derive(Parser)]
#[command(about = "Benchmarks with an opponent in the same run")]
struct Arguments {
    #[command(subcommand)]
    which: Which,
}

#[derive(Subcommand)]
enum Which {
    /// All of them
    All,
    /// One decision with 10, 100 and 1,000 uses, and a list of 10,000 records
    Decision {
        /// Times that everything is repeated
        #[arg(long, default_value_t = 3)]
        runs: usize,
        /// Questions that all engines must answer alike first
        #[arg(long, default_value_t = 100_000)]
        agreed: usize,
    },
    /// A lawful read against a bare read and a bare durable insert
    Reading {
        /// Times that everything is repeated
        #[arg(long, default_value_t = 3)]
        runs: usize,
        /// Seconds a side and run
        #[arg(long, default_value_t = 5)]
        seconds: u64,
    },
    /// The notices that ship and 1,000 activities checked; how many seeded faults are told
    Check {
        /// Times that everything is repeated
        #[arg(long, default_value_t = 9)]
        runs: usize,
    },
    /// Exposure matching against the straight way and what the processor can do
    Matching {
        /// Times that everything is repeated
        #[arg(long, default_value_t = 3)]
        runs: usize,
    },
    /// An export straight from the register, with the uploads before it
    Exported {
        /// Keys
        #[arg(long, default_value_t = 500_000)]
        keys: usize,
        /// Times that everything is repeated
        #[arg(long, default_value_t = 3)]
        runs: usize,
    },
    /// Hours of both bodies of smitte|stop over HTTP: reports, and phones that look
    #[cfg(feature = "demo")]
    Keys {
        /// Hours
        #[arg(long, default_value_t = 6)]
        hours: u32,
        /// Reports an hour
        #[arg(long, default_value_t = 10_000)]
        uploads: u32,
        /// Phones
        #[arg(long, default_value_t = 2_000)]
        phones: usize,
    },
    /// An export of 500,000 keys, and a batch of 5,000 between countries
    Export {
        /// Times that everything is repeated
        #[arg(long, default_value_t = 3)]
        runs: usize,
    },
}

fn main() -> Result<ExitCode> {
    let reached = match Arguments::parse().which {
        Which::All => {
            let decided = decision::run(Effort { runs: 3, agreed: 100_000, timed: 100_000 })?;
            let read = reading::run(Length { runs: 3, seconds: 5 })?;
            let matched = matching::run(3)?;
            let checked = checking::run(9)?;
            let served = exported::run(500_000, 3)? && keys()?;
            export::run(3)? && served && checked && matched && read && decided
        }
        Which::Decision { runs, agreed } => decision::run(Effort { runs, agreed, timed: 100_000 })?,
        Which::Reading { runs, seconds } => reading::run(Length { runs, seconds })?,
        Which::Check { runs } => checking::run(runs)?,
        Which::Matching { runs } => matching::run(runs)?,
        Which::Exported { keys, runs } => exported::run(keys, runs)?,
        #[cfg(feature = "demo")]
        Which::Keys { hours, uploads, phones } => day::run(day::Load { hours, uploads, phones })?,
        Which::Export { runs } => export::run(runs)?,
    };
    Ok(if reached { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(feature = "demo")]
fn keys() -> Result<bool> {
    day::run(day::Load { hours: 6, uploads: 10_000, phones: 2_000 })
}

#[cfg(not(feature = "demo"))]
fn keys() -> Result<bool> {
    anyhow::bail!("`keys` needs both servers on one machine: build with `--features demo`")
}
