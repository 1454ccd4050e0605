//! Calls the other programs.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// What our Python script answers, with a folder for what it generates.
pub(crate) fn python(folder: &Path, arguments: &[&str]) -> Value {
    let python = std::env::var("PEERS_PYTHON").expect("PEERS_PYTHON names the Python of `cargo xtask test`");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/python/peer.py");
    let (command, rest) = arguments.split_first().unwrap();
    let output =
        Command::new(python).arg("-B").arg(script).arg(command).arg(folder).args(rest).output().unwrap();
    serde_json::from_slice(&succeeded(output).stdout).unwrap()
}

pub(crate) fn openssl(folder: &Path, arguments: &[&str]) -> Output {
    Command::new("openssl").args(arguments).current_dir(folder).output().expect("openssl is installed")
}

#[track_caller]
pub(crate) fn succeeded(output: Output) -> Output {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}
