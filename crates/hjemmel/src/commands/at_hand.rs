//! A running server does what another command asks of its register: only one process may have a register open.
//!
//! Invariant: the socket lies in the folder of the database and is its owner's alone.

use std::io::{BufRead, BufReader, Read, Result, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use register::Register;

use crate::terminal::Kept;

/// Most bytes of a question.
const QUESTION_BYTES_MAX: u64 = 64 * 1024;
const ANSWER_SECONDS: u64 = 600;

/// What a command came to in the server.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Done {
    /// Its exit code.
    pub(crate) code: u8,
    /// What it said.
    pub(crate) said: Kept,
}

fn socket(database: &Path) -> PathBuf {
    database.join("hjemmel.socket")
}

/// The socket while the server runs.
#[derive(Debug)]
pub(crate) struct Listening(PathBuf);

impl Drop for Listening {
    fn drop(&mut self) {
        // What stays behind after a crash is taken over by the next server.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Answers commands in the name of the register until the process ends. Whoever has the register open may take the socket over.
pub(crate) fn listen(database: &Path, register: Register) -> Result<Listening> {
    let path = socket(database);
    if let Err(problem) = std::fs::remove_file(&path)
        && problem.kind() != std::io::ErrorKind::NotFound
    {
        return Err(problem);
    }
    let listener = UnixListener::bind(&path)?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    std::thread::Builder::new().name("commands".to_owned()).spawn(move || {
        for stream in listener.incoming().flatten() {
            // One at a time: these are acts of operators. A question that breaks off concerns its asker only.
            let _ = answer(&stream, &register);
        }
    })?;
    Ok(Listening(path))
}

fn answer(stream: &UnixStream, register: &Register) -> Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut line = String::new();
    BufReader::new(stream.take(QUESTION_BYTES_MAX)).read_line(&mut line)?;
    let words: Vec<String> = serde_json::from_str(&line).map_err(std::io::Error::other)?;
    let done = crate::arguments::perform_for(&words, register);
    let mut stream = stream;
    stream.write_all(serde_json::to_string(&done).unwrap_or_default().as_bytes())
}

/// Asks the server that has the register open; nothing if none listens.
pub(crate) fn ask(database: &Path, words: &[String]) -> Option<Done> {
    let mut stream = UnixStream::connect(socket(database)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(ANSWER_SECONDS))).ok()?;
    let question = format!("{}\n", serde_json::to_string(words).ok()?);
    stream.write_all(question.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    serde_json::from_str(&answer).ok()
}
