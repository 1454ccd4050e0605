//! The words of the command line.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use register::{OpenError, Register};

use crate::answer::{Answer, Failure, exit_code};
use crate::commands;
use crate::commands::opened::{Opened, not_open};
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
    #[command(flatten)]
    Plain(Plain),
    #[command(flatten)]
    OnRegister(OnRegister),
}

#[derive(Debug, Subcommand)]
enum Plain {
    New(commands::new::Arguments),
    Check(commands::check::Arguments),
    Show(commands::show::Arguments),
    Diff(commands::diff::Arguments),
    Sign(commands::sign::Arguments),
    When(commands::when::Arguments),
    Explain(commands::explain::Arguments),
    Promises(commands::promises::Arguments),
    Export(commands::export::Arguments),
    Exposure(commands::exposure::Arguments),
    Schema(commands::schema::Arguments),
    Lsp(commands::lsp::Arguments),
    Try(commands::r#try::Arguments),
    Serve(commands::serve::Arguments),
    #[cfg(feature = "demo")]
    Demo(commands::demo::Arguments),
    #[cfg(feature = "demo")]
    Town(commands::town::Arguments),
}

/// What needs an open register; a running server does it for others.
#[derive(Debug, Subcommand)]
enum OnRegister {
    Sweep(commands::sweep::Arguments),
    Due(commands::due::Arguments),
    ConfirmClock(commands::confirm_clock::Arguments),
    ReleaseBrake(commands::release_brake::Arguments),
    CloseApp(commands::close_app::Arguments),
    Federation(commands::federation::Arguments),
    Gateway(commands::gateway::Arguments),
}

/// Runs the command of a command line.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let words: Vec<OsString> = words.into_iter().collect();
    let arguments = match Arguments::try_parse_from(&words) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help that was asked for goes to standard output, everything else to standard error; a closed pipe is no failure.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let terminal = Terminal::of_process();
    ExitCode::from(match arguments.command {
        Command::OnRegister(command) => open_and_perform(&command, &words, &terminal),
        Command::Plain(command) => told(&perform(&command, &terminal), &terminal),
    })
}

/// The exit code of a result; a failure is told first.
fn told(result: &Result<Answer, Failure>, terminal: &Terminal) -> u8 {
    if let Err(failure) = result {
        terminal.failure(failure);
    }
    exit_code(result)
}

fn perform(command: &Plain, terminal: &Terminal) -> Result<Answer, Failure> {
    match command {
        Plain::New(arguments) => commands::new::run(arguments, terminal),
        Plain::Check(arguments) => commands::check::run(arguments, terminal),
        Plain::Show(arguments) => commands::show::run(arguments, terminal),
        Plain::Diff(arguments) => commands::diff::run(arguments, terminal),
        Plain::Sign(arguments) => commands::sign::run(arguments, terminal),
        Plain::When(arguments) => commands::when::run(arguments, terminal),
        Plain::Explain(arguments) => commands::explain::run(arguments, terminal),
        Plain::Promises(arguments) => commands::promises::run(arguments, terminal),
        Plain::Export(arguments) => commands::export::run(arguments, terminal),
        Plain::Exposure(arguments) => commands::exposure::run(arguments, terminal),
        Plain::Schema(arguments) => commands::schema::run(arguments, terminal),
        Plain::Lsp(arguments) => commands::lsp::run(arguments, terminal),
        Plain::Try(arguments) => commands::r#try::run(arguments, terminal),
        Plain::Serve(arguments) => commands::serve::run(arguments, terminal),
        #[cfg(feature = "demo")]
        Plain::Demo(arguments) => commands::demo::run(arguments, terminal),
        #[cfg(feature = "demo")]
        Plain::Town(arguments) => commands::town::run(arguments, terminal),
    }
}

fn perform_on(register: &Register, command: &OnRegister, terminal: &Terminal) -> Result<Answer, Failure> {
    match command {
        OnRegister::Sweep(arguments) => commands::sweep::run(arguments, register, terminal),
        OnRegister::Due(arguments) => commands::due::run(arguments, register, terminal),
        OnRegister::ConfirmClock(arguments) => commands::confirm_clock::run(arguments, register, terminal),
        OnRegister::ReleaseBrake(arguments) => commands::release_brake::run(arguments, register, terminal),
        OnRegister::CloseApp(arguments) => commands::close_app::run(arguments, register, terminal),
        OnRegister::Federation(arguments) => commands::federation::run(arguments, register, terminal),
        OnRegister::Gateway(arguments) => commands::gateway::run(arguments, register, terminal),
    }
}

fn open_and_perform(command: &OnRegister, words: &[OsString], terminal: &Terminal) -> u8 {
    let configured = match command {
        OnRegister::Sweep(arguments) => &arguments.configured,
        OnRegister::Due(arguments) => &arguments.configured,
        OnRegister::ConfirmClock(arguments) => &arguments.configured,
        OnRegister::ReleaseBrake(arguments) => &arguments.configured,
        OnRegister::CloseApp(arguments) => &arguments.configured,
        OnRegister::Federation(arguments) => &arguments.configured,
        OnRegister::Gateway(arguments) => &arguments.configured,
    };
    match configured.open() {
        Ok(Opened::Here(register)) => told(&perform_on(&register, command, terminal), terminal),
        Ok(Opened::InUse(database)) => ask_the_server(&database, words, terminal),
        Err(failure) => told(&Err(failure), terminal),
    }
}

#[cfg(unix)]
fn ask_the_server(database: &Path, words: &[OsString], terminal: &Terminal) -> u8 {
    let words: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    match commands::at_hand::ask(database, &words) {
        Some(done) => {
            terminal.repeat(&done.said);
            done.code
        }
        None => told(&Err(not_open(&OpenError::InUse)), terminal),
    }
}

#[cfg(not(unix))]
fn ask_the_server(_: &Path, _: &[OsString], terminal: &Terminal) -> u8 {
    told(&Err(not_open(&OpenError::InUse)), terminal)
}

/// Runs the command of another process on a register that is open here. Only commands on a register are run.
#[cfg(unix)]
pub(crate) fn perform_for(words: &[String], register: &Register) -> commands::at_hand::Done {
    let terminal = Terminal::keeping();
    let result = match Arguments::try_parse_from(words).map(|arguments| arguments.command) {
        Ok(Command::OnRegister(command)) => perform_on(register, &command, &terminal),
        Ok(Command::Plain(_)) | Err(_) => {
            Err(Failure::usage("this is no command on a register", "use the same release as the server"))
        }
    };
    let code = told(&result, &terminal);
    commands::at_hand::Done { code, said: terminal.kept() }
}
