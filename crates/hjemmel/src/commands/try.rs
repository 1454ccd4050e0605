//! `hjemmel try`: a notice served on one's own machine, where one goes in by saying who one is. Decision 012.
//!
//! Invariant: it reads no configuration, so that no setting can turn a real server into a trial; and a database of a
//! trial is marked, so that it never becomes a real one, nor a real one a trial.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use register::Register;
use server::{App, Config, Parts, SecurityLog};

use super::opened::{not_open, to_keep, zone};
use super::serving::serve_until_stopped;
use crate::answer::{Answer, Failure};
use crate::corpus;
use crate::machine::{SystemClock, SystemRandomness};
use crate::terminal::Terminal;

/// Try a notice on your own machine, without a login broker
///
/// Serves the registers of the notice that name the form of their entries. Whoever sits at the machine goes in by saying who she is, so it listens on this machine alone, takes no configuration, and keeps what is written in a folder of its own that no real server opens. Stop it with Ctrl-C; the next time it goes on where it was.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the notices
    #[arg(default_value = "notices")]
    notices: PathBuf,
    /// Port of the page on this machine
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Folder for what is written during the trial
    #[arg(long, value_name = "DIR", default_value = "hjemmel-trial")]
    data: PathBuf,
}

/// Stands in the folder of a database that is a trial's.
const MARK: &str = "this-is-a-trial.txt";
const MARK_TEXT: &str =
    "Whoever sat at the machine could be anybody in this database. No real server opens it.\n";

/// Whether a database is a trial's.
pub(crate) fn is_trial(database: &Path) -> bool {
    database.join(MARK).exists()
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    let files = corpus::From::Path(arguments.notices.clone()).read()?;
    let policy = Arc::new(corpus::compile(&files)?);
    let controller = controller(&policy).ok_or_else(|| {
        Failure::cannot(
            format!("no register in `{}` names the form of its entries", arguments.notices.display()),
            "write `schema = \"NAME.schema.json\"` in the register, and put the file beside the notice",
        )
    })?;
    let (database, keys) = (arguments.data.join("database"), arguments.data.join("keys"));
    mark(&arguments.data, &database)?;
    tracing_subscriber::fmt().json().with_writer(std::io::stderr).with_max_level(tracing::Level::WARN).init();
    server::print_places_only();
    let (clock, randomness) = (Arc::new(SystemClock::start()), Arc::new(SystemRandomness::new()));
    let lives = register::Config::new(&database, &keys, zone());
    let register = Register::open(&lives, policy, to_keep(&files), clock.clone(), randomness.clone())
        .map_err(|problem| not_open(&problem))?;
    let here = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut config =
        Config::loopback(here(arguments.port), here(operations_port(arguments.port)), &controller);
    config.register.notices.clone_from(&arguments.notices);
    (config.register.database, config.register.keys) = (database, keys);
    let origin = config.site.origin.clone();
    let app = App::trial(Parts {
        register,
        clock,
        randomness,
        config,
        security_log: SecurityLog::default(),
        proofs: super::promises::proofs(),
        #[cfg(feature = "demo")]
        demo: None,
    })
    .map_err(|problem| Failure::cannot(problem.to_string(), "see the form of the register"))?;
    serve_until_stopped(app, || {
        terminal.line(&format!("open {origin}/ in a browser; stop with Ctrl-C"));
        terminal.line("a trial: whoever sits here can be anybody; write nothing about real people");
    })?;
    terminal.line("stopped");
    Ok(Answer::Yes)
}

/// The controller of the first register with a form.
fn controller(policy: &notice::Policy) -> Option<String> {
    let register = policy.registers.iter().find(|register| register.schema.is_some())?;
    policy.notice(register.notice).map(|notice| notice.controller.clone())
}

/// Health and metrics lie beside the page.
const fn operations_port(port: u16) -> u16 {
    if port == u16::MAX { port - 1 } else { port + 1 }
}

/// Marks a new folder; takes one that is marked; touches no other.
fn mark(data: &Path, database: &Path) -> Result<(), Failure> {
    if is_trial(database) {
        return Ok(());
    }
    let is_free = match std::fs::read_dir(data) {
        Ok(mut entries) => entries.next().is_none(),
        Err(problem) => problem.kind() == std::io::ErrorKind::NotFound,
    };
    if !is_free {
        return Err(Failure::usage(
            format!("`{}` holds something that is no trial", data.display()),
            "name a folder that is not there yet; a real database is never opened for a trial",
        ));
    }
    std::fs::create_dir_all(database).and_then(|()| std::fs::write(database.join(MARK), MARK_TEXT)).map_err(
        |problem| {
            Failure::cannot(
                format!("`{}` cannot be written: {problem}", database.display()),
                "name another folder with --data, or make room for it",
            )
        },
    )
}
