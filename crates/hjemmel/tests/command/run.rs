//! Runs the program and keeps what it said.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// What the program said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|problem| panic!("{problem}: {self:?}"))
    }
}

pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hjemmel"));
    command.env_clear().stdin(Stdio::null()).current_dir(root());
    command
}

pub(crate) fn hjemmel(arguments: &[&str]) -> Said {
    said(program().args(arguments).output().unwrap())
}

pub(crate) fn said(output: Output) -> Said {
    Said {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The program refused its arguments in words, with a line of help, and printed nothing else.
#[track_caller]
pub(crate) fn is_wrong_use(said: &Said, words: &str) {
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.out.is_empty() && said.err.contains(words) && said.err.contains("help"), "{said:?}");
    assert!(!said.err.contains("panicked"), "{said:?}");
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}
