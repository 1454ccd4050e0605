//! What people and CI run: `cargo xtask demo | test | check | bench | update`, and `setup` that they share.
//!
//! Everything longer than a line that a build needs stands here in Rust, and in no script.

mod bench;
mod check;
mod demo;
mod places;
mod run;
mod setup;
mod summary;
mod test;
mod update;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "What people and CI run", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build in release and open the demo: a synthetic country, a login by choosing a person, a time machine
    Demo {
        /// Handed on to `hjemmel demo`, such as `--people 1000 --port 8080 --seed 7`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Install what is missing for the rest: packages of the pages, and those of the browser tests
    Setup,
    /// Everything that must hold before a change goes in: format, lints, tests, generated files, journeys in a browser
    Test {
        /// Leave the browser out
        #[arg(long)]
        no_browser: bool,
    },
    /// The quick part of `test`: format, lints, unit tests
    Check,
    /// Benchmarks with an opponent in the same run; writes tables and plots under `target/bench`
    Bench {
        /// Which; all of them if left out
        name: Option<String>,
        /// Handed on to the benchmark, such as `--runs 5`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Write expected outputs and generated pages anew
    Update,
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Demo { arguments } => demo::demo(&arguments),
        Command::Setup => setup::everything(),
        Command::Test { no_browser: false } => test::test(test::Browser::With),
        Command::Test { no_browser: true } => test::test(test::Browser::Without),
        Command::Check => check::check(),
        Command::Bench { name, arguments } => bench::bench(name.as_deref(), &arguments),
        Command::Update => update::update(),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
