//! `cargo xtask bench`: each benchmark runs both sides in one run and leaves a table and a plot.

use std::process::ExitCode;

use anyhow::Result;
use benches::decide::benchmark::{self as decision, Effort};
use benches::read::benchmark::{self as reading, Length};
use clap::{Parser, Subcommand};

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
    /// Benchmark 1: one decision with 10, 100 and 1,000 uses, and a list of 10,000 records
    Decision {
        /// Times that everything is repeated
        #[arg(long, default_value_t = 3)]
        runs: usize,
        /// Questions that all engines must answer alike first
        #[arg(long, default_value_t = 100_000)]
        agreed: usize,
    },
    /// Benchmark 2: a lawful read against a bare read and a bare durable insert
    Reading {
        /// Times that everything is repeated
        #[arg(long, default_value_t = 3)]
        runs: usize,
        /// Seconds a side and run
        #[arg(long, default_value_t = 5)]
        seconds: u64,
    },
}

fn main() -> Result<ExitCode> {
    let reached = match Arguments::parse().which {
        Which::All => {
            let decided = decision::run(Effort { runs: 3, agreed: 100_000, timed: 100_000 })?;
            reading::run(Length { runs: 3, seconds: 5 })? && decided
        }
        Which::Decision { runs, agreed } => decision::run(Effort { runs, agreed, timed: 100_000 })?,
        Which::Reading { runs, seconds } => reading::run(Length { runs, seconds })?,
    };
    Ok(if reached { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
