//! The program as its owner uses it wrongly, and without a server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

struct Owner(TempDir);

impl Owner {
    /// A phone whose servers nobody runs: the port is one that needs rights.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = r#"
            folder = "kept"
            language = "en"
            simulated_clock = "ahead"
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

/// The page is for its owner; whoever else reaches its port must not stop the radio.
#[test]
fn whoever_announces_a_form_and_sends_none_stops_neither_the_page_nor_the_phone() {
    let owner = Owner::new();
    let mut running = owner.program(&["run"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut address = String::new();
    BufReader::new(running.stdout.take().unwrap()).read_line(&mut address).unwrap();
    let host = address.trim_start_matches("http://").split('/').next().unwrap().to_owned();
    let sends = |text: &str| {
        let mut stream = TcpStream::connect(&host).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(4))).unwrap();
        stream.write_all(text.replace("HOST", &host).as_bytes()).unwrap();
        stream
    };
    let head = "POST /en/warn HTTP/1.1\r\nHost: HOST\r\n";
    let silent: Vec<TcpStream> = ["2000", "8000", "99999999999999"]
        .iter()
        .map(|length| sends(&format!("{head}Content-Length: {length}\r\n\r\n")))
        .chain([sends(&format!("{head}Transfer-Encoding: chunked\r\n\r\n")), sends("POST")])
        .collect();
    let mut said = String::new();
    let read =
        sends("GET /phone.css HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n").read_to_string(&mut said);
    assert!(read.is_ok() && said.starts_with("HTTP/1.1 200 "), "{read:?} {said}");
    drop(silent);
    assert!(running.try_wait().unwrap().is_none(), "it runs on");
    running.kill().unwrap();
    running.wait().unwrap();
}

/// On a disk that fails, as a folder that became a file does.
#[test]
fn a_folder_that_fails_is_told_of_and_ends_nothing() {
    let owner = Owner::new();
    assert!(owner.gives(&["consent", "--yes"]).status.success());
    let mut running = owner.program(&["run"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut address = String::new();
    BufReader::new(running.stdout.take().unwrap()).read_line(&mut address).unwrap();
    let (folder, aside) = (owner.0.path().join("kept"), owner.0.path().join("aside"));
    fs::rename(&folder, &aside).unwrap();
    fs::write(&folder, "").unwrap();
    // A scan is due, and cannot be kept.
    fs::write(owner.0.path().join("ahead"), "1200").unwrap();
    let mut complaints = BufReader::new(running.stderr.take().unwrap());
    let mut complaint = String::new();
    complaints.read_line(&mut complaint).unwrap();
    assert!(complaint.contains("cannot be read or written") && complaint.contains("trying again"));
    assert!(running.try_wait().unwrap().is_none(), "it runs on");
    running.kill().unwrap();
    running.wait().unwrap();
}
