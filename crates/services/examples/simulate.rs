//! The simulation for as long as one likes: `cargo run --release -p services --example simulate -- --seed S --operations N`.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;

use services::testing::simulation;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let (Some(seed), Some(operations)) = (number(&arguments, "--seed"), number(&arguments, "--operations"))
    else {
        eprintln!("usage: simulate --seed S --operations N");
        return ExitCode::from(2);
    };
    println!("seed {seed}, {operations} operations");
    match simulation::run(seed, operations) {
        Ok(tally) => {
            println!("nothing forbidden happened: {tally:?}");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn number(arguments: &[String], name: &str) -> Option<u64> {
    let position = arguments.iter().position(|argument| argument == name)?;
    arguments.get(position + 1)?.parse().ok()
}
