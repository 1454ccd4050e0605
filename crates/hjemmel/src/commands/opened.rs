//! The register of a configuration file, opened.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;
use notice::SourceFile;
use register::{Corpus, OpenError, Register};

use crate::answer::Failure;
use crate::corpus;
use crate::machine::{SystemClock, SystemRandomness};

/// Where a command finds its register.
#[derive(Debug, clap::Args)]
pub(crate) struct Configured {
    /// The configuration file
    #[arg(long, value_name = "FILE", default_value = "hjemmel.toml")]
    pub(crate) config: PathBuf,
}

impl Configured {
    /// Reads and checks the configuration.
    pub(crate) fn read(&self) -> Result<server::Config, Failure> {
        server::Config::load(&self.config).map_err(|problem| {
            Failure::cannot(
                problem.to_string(),
                "see the chapter for operators in the book for every setting",
            )
        })
    }

    /// Opens the register with the machine's clock, or tells in which folder a running server has it open.
    pub(crate) fn open(&self) -> Result<Opened, Failure> {
        let config = self.read()?;
        let (clock, randomness) = (Arc::new(SystemClock::start()), Arc::new(SystemRandomness::new()));
        match open_configured(&config, &clock, &randomness)? {
            Ok(register) => Ok(Opened::Here(register)),
            Err(OpenError::InUse) => Ok(Opened::InUse(config.register.database)),
            Err(problem) => Err(not_open(&problem)),
        }
    }
}

/// A register, as far as this process can have it.
#[derive(Debug)]
pub(crate) enum Opened {
    /// Opened by this process.
    Here(Register),
    /// Another process has the database of this folder open.
    InUse(PathBuf),
}

/// Opens the register of a configuration.
pub(crate) fn open_configured(
    config: &server::Config,
    clock: &Arc<SystemClock>,
    randomness: &Arc<SystemRandomness>,
) -> Result<Result<Register, OpenError>, Failure> {
    let files = corpus::From::Path(config.register.notices.clone()).read()?;
    let policy = Arc::new(corpus::compile(&files)?);
    let zone = TimeZone::get(&config.register.zone).map_err(|_| {
        Failure::cannot(
            format!("there is no time zone `{}`", config.register.zone),
            "set `register.zone` to a name such as `Europe/Copenhagen`",
        )
    })?;
    let where_it_lives = register::Config::new(&config.register.database, &config.register.keys, zone);
    Ok(Register::open(&where_it_lives, policy, to_keep(&files), clock.clone(), randomness.clone()))
}

/// The zone in which calendar durations count.
pub(crate) fn zone() -> TimeZone {
    TimeZone::get("Europe/Copenhagen").unwrap_or(TimeZone::UTC)
}

/// The files as a register keeps them.
pub(crate) fn to_keep(files: &[SourceFile]) -> Corpus {
    Corpus { files: files.iter().map(|file| (file.path.clone(), file.text.clone())).collect() }
}

/// What to tell when a register does not open.
pub(crate) fn not_open(problem: &OpenError) -> Failure {
    let help = match problem {
        OpenError::InUse => "ask the running server, or stop it and try again",
        OpenError::Newer { .. } => "no older release can read it",
        OpenError::Corpus { .. } => "start that release once with the same folders",
        OpenError::Mismatch => "the folders of database and keys must come from the same backup",
        OpenError::Folder { .. } => "make the folder, or give this user the right to write in it",
        OpenError::Unavailable(_) => "see the technical log",
    };
    Failure::cannot(problem.to_string(), help)
}

/// What to tell when a register does not answer.
pub(crate) fn not_answered(problem: &register::Unavailable) -> Failure {
    Failure::cannot(problem.to_string(), "nothing was changed")
}
