//! `hjemmel exposure canonical`: the bytes that a country signs for a batch.

use std::path::{Path, PathBuf};

use exposure::gateway::{Batch, canonical};

use super::{file, no};
use crate::answer::{Answer, Failure};
use crate::terminal::Terminal;

/// The most that a batch may weigh: as much as the gateway takes.
const MAX_BATCH_BYTES: usize = 25 * 1024 * 1024;

/// Print the bytes that are signed for a batch between countries, and nothing after them
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  hjemmel exposure canonical batch.bin > content
  openssl cms -verify -binary -inform DER -in signature.der -content content -noverify -out /dev/null")]
pub(crate) struct Arguments {
    /// The batch as the gateway sends it, in protobuf or JSON
    #[arg(value_name = "BATCH.bin")]
    batch: PathBuf,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    match batch(&arguments.batch)? {
        Ok(batch) => {
            terminal.out(&String::from_utf8_lossy(&canonical(&batch)));
            Ok(Answer::Yes)
        }
        Err(sentence) => no(terminal, &sentence, HELP),
    }
}

pub(super) const HELP: &str = "give the body of an upload or a download of the gateway";

/// The batch in a file, or why it is none. JSON begins with a brace, which no protobuf of a batch does.
pub(super) fn batch(path: &Path) -> Result<Result<Batch, String>, Failure> {
    let bytes = file::bytes(path, MAX_BATCH_BYTES)?;
    let name = path.display();
    if bytes.len() > MAX_BATCH_BYTES {
        return Ok(Err(format!("`{name}` is no batch: it weighs more than {MAX_BATCH_BYTES} bytes")));
    }
    let read = if bytes.trim_ascii_start().starts_with(b"{") {
        Batch::from_json(&bytes).map_err(|error| error.to_string())
    } else {
        Batch::read(&bytes).map_err(|error| error.to_string())
    };
    Ok(read.map_err(|error| format!("`{name}` is no batch: {error}")))
}
