//! The program as its owner uses it wrongly, and without a server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

struct Owner(TempDir);

impl Owner {
    /// A phone whose servers nobody runs: the port is one that needs rights.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = r#"
            folder = "kept"
            language = "en"
            [servers]
            keys = "http://127.0.0.1:1"
            verification = "http://127.0.0.1:1"
            authority = "dk"
            [exports]
            root = "dk"
            region = "DK"
            trusted = [{ key_id = "238", version = "v1", pem = "export.pem" }]
            [radio]
            kind = "loopback"
            port = 0
            reaches = []
            x_metres = 0.0
            y_metres = 0.0
            transmit_power_dbm = -20
            [page]
            port = 0
        "#;
        fs::write(folder.path().join("phone.toml"), settings).unwrap();
        let key = rcgen::KeyPair::generate().unwrap();
        fs::write(folder.path().join("export.pem"), key.public_key_pem()).unwrap();
        Self(folder)
    }

    fn program(&self, arguments: &[&str]) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_phone"));
        program.current_dir(&self.0).args(arguments);
        program
    }

    fn gives(&self, arguments: &[&str]) -> Output {
        self.program(arguments).output().unwrap()
    }

    fn fails_with(&self, arguments: &[&str], words: &str) {
        let output = self.gives(arguments);
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && complaint.contains(words), "{arguments:?}: {complaint}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn whoever_uses_it_wrongly_is_told_how_to_use_it() {
    let owner = Owner::new();
    owner.fails_with(&["--config", "other.toml", "status"], "`other.toml`");
    owner.fails_with(&["warn", "12345678"], "has not consented");
    assert!(owner.gives(&["consent", "--yes"]).status.success());
    owner.fails_with(&["warn", "1234"], "a code has 8 digits");
    owner.fails_with(&["warn", "12345678", "--symptoms", "20-11-2026"], "such as 2026-11-20");
    owner.fails_with(&["warn", "12345678", "--visited", "SE,XX"], "such as `SE`");
    owner.fails_with(&["statistics", "--yes"], "add `[statistics]`");
    fs::write(owner.0.path().join("kept/phone.sealed"), "rubbish").unwrap();
    owner.fails_with(&["status"], "was changed");
    fs::write(owner.0.path().join("phone.toml"), "folder = 1").unwrap();
    owner.fails_with(&["status"], "TOML parse error at line 1");
}

#[test]
fn who_warns_without_a_server_is_told_so_and_may_stop() {
    let owner = Owner::new();
    assert!(owner.gives(&["consent", "--yes"]).status.success());
    let mut warning = owner.program(&["warn", "12345678"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut said = String::new();
    BufReader::new(warning.stdout.take().unwrap()).read_line(&mut said).unwrap();
    assert!(said.contains("cannot be reached") && said.contains("`phone run`"), "{said}");
    warning.kill().unwrap();
    warning.wait().unwrap();
    owner.fails_with(&["warn", "12345678"], "on its way already");
    assert!(owner.gives(&["withdraw"]).status.success());
    owner.fails_with(&["warn", "12345678"], "has not consented");
}
