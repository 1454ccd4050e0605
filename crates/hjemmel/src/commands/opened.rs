//! The register of a configuration file, opened.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;
use notice::SourceFile;
use register::{Clock, Corpus, OpenError, Register};
use server::config::Signatures;

use crate::answer::Failure;
use crate::corpus;
use crate::machine::{SystemClock, SystemRandomness};
use crate::signing::{Candidate, Choice, Former, Held, PublicKey, Refused, Sheet, Signer, choose};

/// Where a command finds its register.
#[derive(Debug, clap::Args)]
pub(crate) struct Configured {
    /// The configuration file
    #[arg(long, global = true, value_name = "FILE", default_value = "hjemmel.toml")]
    pub(crate) config: PathBuf,
}

impl Configured {
    /// Reads and checks the configuration.
    pub(crate) fn read(&self) -> Result<server::Config, Failure> {
        server::Config::load(&self.config).map_err(|problem| unread(&problem))
    }

    /// Reads the configuration to look at it, also where the keys of the server do not lie.
    pub(crate) fn look(&self) -> Result<server::Config, Failure> {
        server::Config::read(&self.config).map_err(|problem| unread(&problem))
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

fn unread(problem: &server::config::ConfigError) -> Failure {
    Failure::cannot(problem.to_string(), "see the chapter for operators in the book for every setting")
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
    let zone = TimeZone::get(&config.register.zone).map_err(|_| {
        Failure::cannot(
            format!("there is no time zone `{}`", config.register.zone),
            "set `register.zone` to a name such as `Europe/Copenhagen`",
        )
    })?;
    let where_it_lives = config.register.config(zone.clone());
    if super::r#try::is_trial(&config.register.database) {
        return Err(Failure::cannot(
            format!(
                "`{}` is the database of a trial, in which whoever sat there could be anybody",
                config.register.database.display()
            ),
            "name a folder that is not there yet; what was tried is not taken over",
        ));
    }
    let force = in_force(config, &where_it_lives, &**clock, &zone)?;
    let kept = to_keep(&force.files);
    let opened =
        Register::open(&where_it_lives, Arc::new(force.policy), kept, clock.clone(), randomness.clone());
    if let (Ok(_), Some(sheet)) = (&opened, force.sheet) {
        remember(config, Held { files: to_keep(&force.files).files, sheet, seen: clock.now() })?;
    }
    Ok(opened)
}

/// The notices that run.
struct Force {
    files: Vec<SourceFile>,
    policy: notice::Policy,
    /// Their signatures, where the configuration asks for them.
    sheet: Option<Sheet>,
}

/// Threats T1 and T2: notices that two persons have signed, and the former until the new take effect.
fn in_force(
    config: &server::Config,
    register: &register::Config,
    clock: &dyn Clock,
    zone: &TimeZone,
) -> Result<Force, Failure> {
    let files = corpus::From::Path(config.register.notices.clone()).read()?;
    let policy = corpus::compile(&files)?;
    match config.register.signatures {
        Signatures::None => return Ok(Force { files, policy, sheet: None }),
        Signatures::Two => {}
    }
    let refused = |refused: Refused| Failure::cannot(refused.to_string(), refused.help());
    let sheet = Sheet::read(&config.register.notices).map_err(refused)?;
    let held = held(config)?;
    let former = match &held {
        Some(held) => Some((corpus::compile(&held.sources())?, Some(held))),
        // What a register ran without signatures is still what a change is measured against.
        None => last_run(config, register)?.map(|policy| (policy, None)),
    };
    let former = former.as_ref().map(|(policy, held)| Former { policy, held: *held });
    let candidate = Candidate { policy: &policy, sheet: &sheet };
    let choice = choose(candidate, former, &signers(config)?, clock.now(), zone).map_err(refused)?;
    match (choice, held) {
        (Choice::Former { until }, Some(held)) => {
            tracing::warn!(target: "technical", until = %until, "the former notices run until the new ones take effect; start again then");
            let files = held.sources();
            Ok(Force { policy: corpus::compile(&files)?, files, sheet: Some(held.sheet) })
        }
        (Choice::New | Choice::Former { .. }, _) => Ok(Force { files, policy, sheet: Some(sheet) }),
    }
}

fn last_run(config: &server::Config, register: &register::Config) -> Result<Option<notice::Policy>, Failure> {
    if !config.register.database.join("register.db").is_file() {
        return Ok(None);
    }
    let kept = match register::last_run(register) {
        Ok(kept) => kept,
        // A register that was made and never ran; opening it says what else may be wrong.
        Err(_) => return Ok(None),
    };
    let files: Vec<SourceFile> =
        kept.files.into_iter().map(|(path, text)| SourceFile { path, text }).collect();
    corpus::compile(&files).map(Some)
}

/// Those who may sign, with their keys.
pub(crate) fn signers(config: &server::Config) -> Result<Vec<Signer>, Failure> {
    let signer = |it: &server::config::SignerSettings| {
        let key = PublicKey::read(&it.key).map_err(|problem| {
            Failure::cannot(problem.to_string(), "put the `.pub` file there that `hjemmel sign keygen` made")
        })?;
        Ok(Signer { name: it.name.clone(), key })
    };
    config.signers.iter().map(signer).collect()
}

/// Where a server remembers the notices that it ran.
const HELD: &str = "notices-in-force.json";

fn held(config: &server::Config) -> Result<Option<Held>, Failure> {
    let path = config.register.database.join(HELD);
    let broken = |problem: String| {
        Failure::cannot(
            format!("`{}` cannot be read: {problem}", path.display()),
            "put back the file of the last backup; without it every shortened period waits again",
        )
    };
    match std::fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text).map(Some).map_err(|problem| broken(problem.to_string())),
        Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(problem) => Err(broken(problem.to_string())),
    }
}

fn remember(config: &server::Config, held: Held) -> Result<(), Failure> {
    let (path, fresh) =
        (config.register.database.join(HELD), config.register.database.join("notices-in-force.json.new"));
    let text = serde_json::to_string(&held).unwrap_or_default();
    std::fs::write(&fresh, text).and_then(|()| std::fs::rename(&fresh, &path)).map_err(|problem| {
        Failure::cannot(
            format!("`{}` cannot be written: {problem}", path.display()),
            "see the rights of the folder of the database",
        )
    })
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
