//! `hjemmel serve`: the server, with a sweep each minute.

use std::sync::Arc;

use server::{App, SecurityLog};

use super::opened::{Configured, not_open, open_configured};
use super::serving::serve_until_stopped;
use crate::answer::{Answer, Failure};
use crate::machine::{SystemClock, SystemRandomness};
use crate::terminal::Terminal;

/// Run the server, with a sweep each minute
///
/// Stops in order when it is told to (SIGTERM, SIGINT). After a crash it starts again on the same files; nothing that was acknowledged is lost. An unsafe setting or an unknown key in the file stops it from starting.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    configured: Configured,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    let config = arguments.configured.read()?;
    // The technical log: one JSON object a line, fields by allow-list, nothing personal.
    tracing_subscriber::fmt().json().with_writer(std::io::stderr).with_max_level(tracing::Level::INFO).init();
    server::print_places_only();
    let clock = Arc::new(SystemClock::start());
    let randomness = Arc::new(SystemRandomness::new());
    let register = open_configured(&config, &clock, &randomness)?.map_err(|problem| not_open(&problem))?;
    #[cfg(unix)]
    let _at_hand =
        super::at_hand::listen(&config.register.database, register.clone()).map_err(|problem| {
            Failure::cannot(
                format!("commands cannot be listened for: {problem}"),
                "see the folder of the database",
            )
        })?;
    let security_log = SecurityLog::open(config.log.security.as_deref()).map_err(|problem| {
        Failure::cannot(
            format!("the security log cannot be written: {problem}"),
            "see `log.security` in the configuration",
        )
    })?;
    let (origin, operations) = (config.site.origin.clone(), config.listen.operations);
    let app = App::new(server::Parts {
        register,
        clock,
        randomness,
        config,
        security_log,
        proofs: super::promises::proofs(),
        #[cfg(feature = "demo")]
        demo: None,
    })
    .map_err(|problem| Failure::cannot(problem.to_string(), "see the keys that the configuration names"))?;
    serve_until_stopped(app, || terminal.line(&format!("serving {origin}, operations on {operations}")))?;
    terminal.line("stopped");
    Ok(Answer::Yes)
}
