//! The program as its owner uses it, rightly and wrongly, and without a server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]
#![allow(
    clippy::disallowed_methods,
    reason = "the program lives by the clock of the machine, and its tests with it"
)]

#[path = "core/house.rs"]
#[allow(dead_code, reason = "the other tests use the rest")]
mod house;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use house::{beacon_of, fresh, heard, meet_for_half_an_hour, new_phone, published, signer};
use jiff::{SignedDuration, Timestamp};
use phone::{FolderVault, Phone, consent};
use tempfile::TempDir;

struct Owner(TempDir);

impl Owner {
    /// A phone whose servers nobody runs: the port is one that needs rights.
    fn new() -> Self {
        Self::speaking("en")
    }

    fn speaking(language: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = format!(
            r#"
            folder = "kept"
            language = "{language}"
            simulated_clock = "ahead"
            zone = "UTC"
            [servers]
            keys = "http://127.0.0.1:1"
            verification = "http://127.0.0.1:1"
            authority = "dk"
            [exports]
            root = "dk"
            region = "DK"
            trusted = [{{ key_id = "238", version = "v1", pem = "export.pem" }}]
            [radio]
            kind = "loopback"
            port = 0
            reaches = []
            x_metres = 0.0
            y_metres = 0.0
            transmit_power_dbm = -20
            [page]
            port = 0
        "#
        );
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

    /// What it says when all goes well.
    fn says(&self, arguments: &[&str]) -> String {
        let output = self.gives(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn fails_with(&self, arguments: &[&str], words: &str) {
        let output = self.gives(arguments);
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && complaint.contains(words), "{arguments:?}: {complaint}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }

    /// The phone that the program opens, opened here.
    fn phone(&self) -> Phone {
        Phone::open(FolderVault::in_folder(&self.0.path().join("kept")).unwrap()).unwrap()
    }

    /// Adds a count that nobody runs.
    fn is_asked_to_count(&self) {
        let path = self.0.path().join("phone.toml");
        let count = "[statistics]\nleader = \"http://127.0.0.1:1\"\nhelper = \"http://127.0.0.1:1\"\n";
        fs::write(&path, fs::read_to_string(&path).unwrap() + count).unwrap();
    }
}

/// A program that goes on until the test is over.
struct Running(Child);

impl Running {
    /// And the first line that it says.
    fn first_line(program: &mut Command) -> (Self, String) {
        let mut running = Self(program.stdout(Stdio::piped()).spawn().unwrap());
        let mut said = String::new();
        BufReader::new(running.0.stdout.as_mut().unwrap()).read_line(&mut said).unwrap();
        (running, said)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
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
fn a_danish_owner_is_told_in_danish_what_is_wrong() {
    let owner = Owner::speaking("da");
    let danish = |arguments: &[&str], words: &str| {
        owner.fails_with(arguments, words);
        let complaint = String::from_utf8(owner.gives(arguments).stderr).unwrap();
        for english in ["the ", " has ", "such as", "already"] {
            assert!(!complaint.contains(english), "{complaint}");
        }
    };
    danish(&["warn", "12345678"], "har ikke givet samtykke");
    assert!(owner.says(&["consent", "--yes"]).contains("Du har givet dit samtykke"));
    danish(&["warn", "1234"], "en kode er 8 cifre");
    danish(&["warn", "12345678", "--symptoms", "20-11-2026"], "er ingen dato som 2026-11-20");
    danish(&["warn", "12345678", "--symptoms", "1999-11-20"], "højst 28 dage siden");
    danish(&["warn", "12345678", "--visited", "SE,XX"], "for eksempel `SE`");
    danish(&["statistics", "--yes"], "tilføj `[statistics]`");
    fs::write(owner.0.path().join("kept/phone.sealed"), "rubbish").unwrap();
    danish(&["status"], "er ændret udefra");
    // Also where only the language can be read of the settings; in both where not even that.
    fs::write(owner.0.path().join("phone.toml"), "language = \"da\"\nfolder = 1").unwrap();
    owner.fails_with(&["status"], "kan ikke bruges");
    for words in ["kan ikke bruges", "cannot be used"] {
        owner.fails_with(&["--config", "other.toml", "status"], words);
    }
}

#[test]
fn who_warns_without_a_server_is_told_so_and_may_stop() {
    let owner = Owner::new();
    assert!(owner.gives(&["consent", "--yes"]).status.success());
    let (warning, said) = Running::first_line(&mut owner.program(&["warn", "12345678"]));
    assert!(said.contains("cannot be reached") && said.contains("`phone run`"), "{said}");
    drop(warning);
    owner.fails_with(&["warn", "12345678"], "on its way already");
    // What is on its way is told, and not with which code.
    let status = owner.says(&["status"]);
    assert!(status.contains("on its way: step 1 of 3, 1 tries in vain"), "{status}");
    assert!(!status.contains("12345678"), "{status}");
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

/// Threat T29: a code that is typed as an argument lies in the history of the shell.
#[test]
fn a_code_is_read_from_the_standard_input_where_a_dash_stands_for_it() {
    let owner = Owner::new();
    owner.says(&["consent", "--yes"]);
    let given = |line: &str| {
        let mut warning = owner
            .program(&["warn", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // No more is read than a code may be long.
        let _ = warning.stdin.take().unwrap().write_all(line.as_bytes());
        Running(warning)
    };
    for wrong in ["", "1234\n", &"1".repeat(100_000)] {
        let mut complaint = String::new();
        given(wrong).0.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
        assert!(complaint.contains("a code has 8 digits"), "{complaint}");
    }
    let mut warning = given(" 1234 5678 \n");
    let mut said = String::new();
    BufReader::new(warning.0.stdout.take().unwrap()).read_line(&mut said).unwrap();
    assert!(said.contains("cannot be reached"), "{said}");
}

#[test]
fn what_the_owner_decides_is_confirmed_with_what_holds_now() {
    let owner = Owner::new();
    owner.is_asked_to_count();
    assert!(owner.says(&["consent", "--yes"]).contains("You have given your consent. smitte|stop is on"));
    assert!(owner.says(&["statistics", "--yes"]).contains("You take part in the statistics."));
    assert!(owner.says(&["status"]).contains("Statistics: you have taken part since"));
    assert!(owner.says(&["statistics", "--no"]).contains("You take no part in the statistics."));
    assert!(owner.says(&["status"]).contains("Statistics: you take no part."));
}

/// Rules SS-20, SS-32: a phone that was warned, whose owner has only a terminal.
#[test]
fn messages_are_read_and_what_stands_is_told_without_a_page_and_without_whom_or_when_ss_20() {
    for (language, unread, some, read) in [
        ("da", "Du kan have været udsat for smitte", ": nogle (", "Beskederne er læst."),
        ("en", "You may have been exposed", ": some (", "The messages are read."),
    ] {
        let owner = Owner::speaking(language);
        assert!(!owner.says(&["read"]).contains(unread));
        let (now, days) = (Timestamp::now(), |count: i64| SignedDuration::from_hours(24 * count));
        let (mut ill, mut other, mut well, signer) = (new_phone(), new_phone(), owner.phone(), signer());
        well.consents(consent::VERSION, now - days(10), &mut fresh()).unwrap();
        ill.consents(consent::VERSION, now - days(10), &mut fresh()).unwrap();
        meet_for_half_an_hour(&mut other, &mut well, now - days(9));
        meet_for_half_an_hour(&mut ill, &mut well, now - days(4));
        let scan = now - SignedDuration::from_mins(5);
        well.hears(&[heard(&beacon_of(&mut other, scan), scan)], scan, &mut fresh()).unwrap();
        let keys = ill.releases(now - days(1), &mut fresh()).unwrap();
        let hour = now.as_second() - now.as_second().rem_euclid(3_600);
        let files = published(&keys, &[], Timestamp::from_second(hour).unwrap(), &signer);
        assert!(well.checks(files, &[signer.trusted()], now, &mut fresh()).unwrap().is_some());
        drop(well);

        let status = owner.says(&["status"]);
        let read_out = owner.says(&["read"]);
        let day = |moment: Timestamp| moment.to_string()[..10].to_owned();
        for said in [&status, &read_out] {
            assert!(said.contains(unread), "{said}");
            for told in [-5, -4, -3, 9, 10, 11].map(|count| day(now + days(count))) {
                assert!(!said.contains(&told), "{told} stands in {said}");
            }
        }
        assert!(status.contains(some), "{status}");
        assert!(status.contains(&scan.to_zoned(jiff::tz::TimeZone::UTC).strftime("%F %H:%M").to_string()));
        assert!(read_out.contains(read) && read_out.contains(&day(now)), "{read_out}");
        assert!(owner.phone().messages(now).iter().all(|message| message.is_read));
    }
}

#[test]
fn a_phone_runs_without_a_page_where_that_is_wished() {
    let owner = Owner::new();
    owner.says(&["consent", "--yes"]);
    let (mut running, said) = Running::first_line(&mut owner.program(&["run", "--headless"]));
    assert!(said.contains("runs without a page") && !said.contains("http://"), "{said}");
    // It does what a phone does: before long it has made the key of today.
    let made = (0..200).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        owner.says(&["status"]).contains("Own keys: 1")
    });
    assert!(made && running.0.try_wait().unwrap().is_none());
}

#[test]
fn a_question_that_the_page_does_not_take_is_told_why() {
    let owner = Owner::new();
    let (_running, address) = Running::first_line(&mut owner.program(&["run"]));
    let host = address.trim().strip_prefix("http://").unwrap().split('/').next().unwrap().to_owned();
    let asked = |question: &str| {
        let mut socket = TcpStream::connect(&host).unwrap();
        socket.write_all(format!("{question}Host: {host}\r\nConnection: close\r\n").as_bytes()).unwrap();
        socket.write_all(b"Content-Length: 1\r\n\r\n\xff").unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        answer
    };
    for (question, status, words) in [
        ("PUT / HTTP/1.1\r\n", " 405 ", "can only be looked at"),
        ("POST / HTTP/1.1\r\n", " 400 ", "cannot be read"),
    ] {
        let answer = asked(question);
        assert!(answer.lines().next().unwrap().contains(status) && answer.contains(words), "{answer}");
    }
}
