//! The words of the command line.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::answer::{Answer, Failure, exit_code};
use crate::commands;
use crate::terminal::Terminal;

/// The privacy notice is the program
#[derive(Debug, Parser)]
#[command(name = "hjemmel", version, max_term_width = 100, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes: 0 yes, or done; 1 no, or there are errors; 2 wrong use; 3 something needed cannot be read or written.
`NO_COLOR` is honoured. Numbers of persons are never arguments.";

#[derive(Debug, Subcommand)]
enum Command {
    Check(commands::check::Arguments),
    Show(commands::show::Arguments),
    When(commands::when::Arguments),
    Explain(commands::explain::Arguments),
    Promises(commands::promises::Arguments),
    Export(commands::export::Arguments),
    Serve(commands::serve::Arguments),
    Sweep(commands::sweep::Arguments),
    Due(commands::due::Arguments),
    ConfirmClock(commands::confirm_clock::Arguments),
    ReleaseBrake(commands::release_brake::Arguments),
    #[cfg(feature = "demo")]
    Demo(commands::demo::Arguments),
}

/// Runs the command of a command line.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(words) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help that was asked for goes to standard output, everything else to standard error; a closed pipe is no failure.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let terminal = Terminal::of_process();
    let result = perform(&arguments.command, &terminal);
    if let Err(failure) = &result {
        terminal.failure(failure);
    }
    exit_code(&result)
}

fn perform(command: &Command, terminal: &Terminal) -> Result<Answer, Failure> {
    match command {
        Command::Check(arguments) => commands::check::run(arguments, terminal),
        Command::Show(arguments) => commands::show::run(arguments, terminal),
        Command::When(arguments) => commands::when::run(arguments, terminal),
        Command::Explain(arguments) => commands::explain::run(arguments, terminal),
        Command::Promises(arguments) => commands::promises::run(arguments, terminal),
        Command::Export(arguments) => commands::export::run(arguments, terminal),
        Command::Serve(arguments) => commands::serve::run(arguments, terminal),
        Command::Sweep(arguments) => commands::sweep::run(arguments, terminal),
        Command::Due(arguments) => commands::due::run(arguments, terminal),
        Command::ConfirmClock(arguments) => commands::confirm_clock::run(arguments, terminal),
        Command::ReleaseBrake(arguments) => commands::release_brake::run(arguments, terminal),
        #[cfg(feature = "demo")]
        Command::Demo(arguments) => commands::demo::run(arguments, terminal),
    }
}
