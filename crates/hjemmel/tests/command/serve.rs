//! `hjemmel serve` and the commands on its register: bad configurations, a start, a kill, a start again, an end.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::run::{Said, program, root, said};

pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

pub(crate) fn configuration(folder: &Path, port: u16) -> String {
    let file = folder.join("hjemmel.toml");
    let notices = root().join("notices");
    fs::write(
        &file,
        format!(
            "[site]\norigin = \"http://localhost:{port}\"\ncontroller = \"sds\"\n\
             [listen]\naddress = \"127.0.0.1:{port}\"\noperations = \"127.0.0.1:{}\"\ntls = \"loopback\"\n\
             [register]\nnotices = {notices:?}\ndatabase = \"database\"\nkeys = \"keys\"\nsignatures = \"none\"\n",
            free_port()
        ),
    )
    .unwrap();
    file.to_str().unwrap().to_owned()
}

pub(crate) fn on(config: &str, arguments: &[&str]) -> Said {
    said(program().args(arguments).args(["--config", config]).output().unwrap())
}

pub(crate) fn start(config: &str) -> Child {
    program()
        .args(["serve", "--config", config])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[track_caller]
pub(crate) fn ready(child: &mut Child, port: u16) {
    let end = Instant::now() + Duration::from_secs(60);
    while Instant::now() < end {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return;
        }
        assert!(child.try_wait().unwrap().is_none(), "it ended before it was ready");
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("not ready after a minute");
}

#[cfg(unix)]
#[test]
fn a_server_that_was_killed_starts_again_on_the_same_files_and_stops_in_order() {
    let folder = TempDir::new().unwrap();
    let port = free_port();
    let config = configuration(folder.path(), port);
    let mut first = start(&config);
    ready(&mut first, port);
    let asked = on(&config, &["sweep", "--json"]);
    assert_eq!(asked.code, 0, "the running server does it: {asked:?}");
    assert!(asked.json()["stopped"].is_null());
    assert_eq!(on(&config, &["confirm-clock", "--first", "Anna", "--second", "Bent"]).code, 0);
    assert_eq!(on(&config, &["confirm-clock", "--first", "Anna", "--second", "Anna"]).code, 2);
    let busy = on(&config, &["serve"]);
    assert_eq!(busy.code, 3, "a second server is refused: {busy:?}");
    first.kill().unwrap();
    first.wait().unwrap();
    let mut second = start(&config);
    ready(&mut second, port);
    let told = std::process::Command::new("kill").args(["-TERM", &second.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert_eq!(second.wait().unwrap().code(), Some(0));
    let swept = on(&config, &["sweep", "--json"]);
    assert_eq!(swept.code, 0, "{swept:?}");
    assert!(swept.json()["stopped"].is_null());
}

#[test]
fn the_commands_on_a_register_answer() {
    let folder = TempDir::new().unwrap();
    let config = configuration(folder.path(), free_port());
    let due = on(&config, &["due", "--from", "2026-01-01", "--until", "2027-01-01", "--json"]);
    assert_eq!(due.code, 0, "{due:?}");
    assert_eq!(due.json()["days"], serde_json::json!([]));
    assert_eq!(on(&config, &["sweep"]).code, 0);
    assert_eq!(on(&config, &["confirm-clock", "--first", "Anna", "--second", "Bent"]).code, 0);
    assert_eq!(on(&config, &["release-brake", "--first", "Anna", "--second", "Bent"]).code, 0);
    for command in ["confirm-clock", "release-brake"] {
        let same = on(&config, &[command, "--first", "Anna", "--second", "Anna"]);
        assert_eq!(same.code, 2, "{same:?}");
    }
    let backwards = on(&config, &["due", "--from", "2027-01-01", "--until", "2026-01-01"]);
    assert_eq!(backwards.code, 2, "{backwards:?}");
}

/// Threat T29: unknown keys and unsafe settings stop the server from starting.
#[test]
fn a_bad_configuration_starts_nothing() {
    let folder = TempDir::new().unwrap();
    let config = configuration(folder.path(), free_port());
    let good = fs::read_to_string(&config).unwrap();
    let bad = [
        good.replace("[site]", "[site]\nunknown = 1"),
        good.replace("tls = \"loopback\"", "tls = \"none\""),
        good.replace("127.0.0.1:", "0.0.0.0:"),
        good.replace("http://localhost", "http://medicin.example.dk"),
        good.replace("keys = \"keys\"", "keys = \"database/keys\""),
        good.replace("[listen]", "[listen"),
        good.replace("controller = \"sds\"", "controller = \"\""),
        String::new(),
    ];
    for text in bad {
        fs::write(&config, &text).unwrap();
        let said = on(&config, &["serve"]);
        assert_eq!(said.code, 3, "{text}\n{said:?}");
        assert!(said.err.contains("error:") && said.err.contains("help:"), "{said:?}");
    }
}

#[test]
fn a_configuration_that_is_not_there_starts_nothing() {
    for command in ["serve", "sweep", "due"] {
        let said = on("no/such/hjemmel.toml", &[command]);
        assert_eq!(said.code, 3, "{said:?}");
        assert!(said.err.contains("no/such/hjemmel.toml"), "{said:?}");
    }
}

#[test]
fn a_port_that_is_taken_is_told() {
    let folder = TempDir::new().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let said = on(&configuration(folder.path(), port), &["serve"]);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.contains(&port.to_string()), "{said:?}");
}
