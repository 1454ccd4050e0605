//! `hjemmel sign`: make a key, sign notices, see who has signed.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use jiff::Timestamp;
use register::Clock;

use super::opened::signers;
use crate::answer::{Answer, Failure};
use crate::corpus::{self, From};
use crate::machine::{SystemClock, SystemRandomness};
use crate::signing::{KeyError, PrivateKey, SHEET, Sheet, verify};
use crate::terminal::Terminal;

/// Sign notices: a server runs only what two persons have signed
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Make a key of your own: NAME.key, which you keep, and NAME.pub, for the configuration of the server
    Keygen {
        /// Your name in signatures, such as `anna`
        name: String,
        /// Folder of the two files
        #[arg(long, value_name = "DIR", default_value = ".")]
        folder: PathBuf,
    },
    /// Sign the notices of a folder; the signature goes into `corpus.signatures` beside them
    Sign {
        /// Folder of the notices
        #[arg(default_value = "notices")]
        notices: PathBuf,
        /// Your name, as the configuration of the server has it
        #[arg(long)]
        signer: String,
        /// Your private key
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// From when the notices hold, such as `2027-01-01T00:00:00+01:00`; without it from now, or as the first signer said
        #[arg(long, value_name = "TIME")]
        valid_from: Option<Timestamp>,
    },
    /// See whether two persons have signed; exit code 1 if not
    Verify {
        /// The configuration file, which names the signers and the folder of the notices
        #[arg(long, value_name = "FILE", default_value = "hjemmel.toml")]
        config: PathBuf,
    },
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    match &arguments.act {
        Act::Keygen { name, folder } => keygen(name, folder, terminal),
        Act::Sign { notices, signer, key, valid_from } => sign(notices, signer, key, *valid_from, terminal),
        Act::Verify { config } => look(config, terminal),
    }
}

/// A name that fits into a file name, a line and a configuration.
fn fits(name: &str) -> Result<(), Failure> {
    let good = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.');
    if !name.is_empty() && name.len() <= 100 && name.chars().all(good) && !name.starts_with('.') {
        return Ok(());
    }
    Err(Failure::usage(
        format!("`{name}` is no name of a signer"),
        "use letters, digits, hyphen, underscore and full stop, such as `anna.jensen`",
    ))
}

fn keygen(name: &str, folder: &Path, terminal: &Terminal) -> Result<Answer, Failure> {
    fits(name)?;
    let (private, public) = (folder.join(format!("{name}.key")), folder.join(format!("{name}.pub")));
    let key = PrivateKey::make(&SystemRandomness::new()).map_err(unusable)?;
    key.write(&private).map_err(unusable)?;
    key.public().and_then(|it| it.write(&public)).map_err(unusable)?;
    terminal.line(&format!("{}: keep it to yourself", private.display()));
    terminal.line(&format!("{}: for the configuration of the server:", public.display()));
    terminal.line(&format!("\n[[signer]]\nname = \"{name}\"\nkey = \"{name}.pub\""));
    Ok(Answer::Yes)
}

fn unusable(problem: KeyError) -> Failure {
    let help = match problem {
        KeyError::File { .. } => "name another file or folder; nothing is ever written over",
        KeyError::NoKey(_) => "give a file that `hjemmel sign keygen` made",
        KeyError::Open(_) => {
            "take the right from them: chmod 0600; if somebody may have read it, make a new key"
        }
        KeyError::NotMade => "try again",
    };
    Failure::cannot(problem.to_string(), help)
}

fn sign(
    notices: &Path,
    signer: &str,
    key: &Path,
    valid_from: Option<Timestamp>,
    terminal: &Terminal,
) -> Result<Answer, Failure> {
    fits(signer)?;
    if !notices.is_dir() {
        return Err(Failure::usage(
            format!("`{}` is no folder", notices.display()),
            "name the folder of the notices",
        ));
    }
    let policy = From::Path(notices.to_owned()).policy()?;
    let key = PrivateKey::read(key).map_err(unusable)?;
    let now = SystemClock::start().now();
    let digest = policy.version.to_string();
    let mut sheet = match Sheet::read(notices) {
        Ok(sheet) if sheet.digest == digest => sheet,
        Ok(_) | Err(crate::signing::Refused::Unsigned) => Sheet::new(&digest, valid_from.unwrap_or(now)),
        Err(refused) => return Err(Failure::cannot(refused.to_string(), refused.help())),
    };
    if let Some(asked) = valid_from.filter(|asked| *asked != sheet.valid_from) {
        if sheet.signatures.iter().any(|it| it.signer != signer) {
            return Err(Failure::usage(
                format!(
                    "the other has signed that these notices hold from {}, not {asked}",
                    sheet.valid_from
                ),
                "agree on the time; to begin anew, remove `corpus.signatures`",
            ));
        }
        sheet = Sheet::new(&digest, asked);
    }
    sheet.sign(signer, &key, now);
    let file = notices.join(SHEET);
    let fresh = notices.join(format!("{SHEET}.new"));
    std::fs::write(&fresh, sheet.text()).and_then(|()| std::fs::rename(&fresh, &file)).map_err(
        |problem| {
            Failure::cannot(
                format!("`{}` cannot be written: {problem}", file.display()),
                "see the rights of the folder",
            )
        },
    )?;
    let by: Vec<_> = sheet.signatures.iter().map(|it| it.signer.as_str()).collect();
    terminal.line(&format!("notices {digest}"));
    terminal.line(&format!("hold from {}, signed by {}", sheet.valid_from, by.join(", ")));
    Ok(Answer::Yes)
}

fn look(config: &Path, terminal: &Terminal) -> Result<Answer, Failure> {
    let config = super::opened::Configured { config: config.to_owned() }.look()?;
    let policy = corpus::compile(&From::Path(config.register.notices.clone()).read()?)?;
    let signers = signers(&config)?;
    let digest = policy.version.to_string();
    let found = Sheet::read(&config.register.notices)
        .and_then(|sheet| verify(&sheet, &digest, &signers, SystemClock::start().now()));
    terminal.line(&format!("notices {digest}"));
    match found {
        Ok(signed) => {
            terminal.line(&format!("hold from {}, signed by {}", signed.valid_from, signed.by.join(", ")));
            Ok(Answer::Yes)
        }
        Err(refused) => {
            terminal.line(&format!("no: {refused}\n  help: {}", refused.help()));
            Ok(Answer::No)
        }
    }
}
