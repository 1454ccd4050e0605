//! Rubbish on the command line, readers that go away, and colours.

use std::process::Stdio;

use crate::run::{hjemmel, program};

#[test]
fn rubbish_is_wrong_use_and_never_a_panic() {
    let long = "a".repeat(100_000);
    let cases: &[&[&str]] = &[
        &["no-such-command"],
        &["--no-such-flag"],
        &["when"],
        &["when", ""],
        &["when", "nsp.mylog"],
        &["when", "nsp.mylog", "--on"],
        &["when", "nsp.mylog", "--on", ""],
        &["when", "\u{202e}nsp.mylog", "--on", "2026-01-01"],
        &["when", &long, "--on", "2026-01-01"],
        &["when", "nsp.mylog", "--on", &long],
        &["when", "nsp.mylog", "--on", "2026-01-01", "--event", &long],
        &["when", "nsp.mylog", "--on", "2026-01-01", "--event", "log.written=9999999-01-01"],
        &["explain"],
        &["explain", "--use", "", "--role", ""],
        &["show"],
        &["show", "notice"],
        &["due", "--from", "never"],
        &["confirm-clock"],
        &["confirm-clock", "--first", "A"],
        &["release-brake", "--second", "B"],
    ];
    for arguments in cases {
        let said = hjemmel(arguments);
        assert_eq!(said.code, 2, "{:?}: {} {}", arguments.first(), said.code, said.err);
        assert!(!said.err.contains("panicked") && !said.err.is_empty());
    }
}

#[test]
fn dates_at_the_ends_of_time_never_panic() {
    for date in ["-9999-01-02", "9999-12-30", "0000-01-01", "9999-12-30T23:59:59Z"] {
        let event = format!("log.written={date}");
        for on in ["-9999-01-02", "9999-12-30"] {
            let said = hjemmel(&["when", "nsp.mylog", "--event", &event, &format!("--on={on}")]);
            assert!(matches!(said.code, 0 | 2), "{date} {on}: {said:?}");
            assert!(!said.err.contains("panicked"), "{said:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn arguments_that_are_not_text_are_wrong_use() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let output = program()
        .arg("when")
        .arg(OsStr::from_bytes(&[0xff, 0xfe]))
        .args(["--on", "2026-01-01"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_reader_that_goes_away_changes_no_answer_and_hears_no_complaint() {
    let mut child = program().arg("promises").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn no_colour_reaches_a_pipe() {
    for no_color in ["", "1"] {
        let output = program().args(["check", "notices"]).env("NO_COLOR", no_color).output().unwrap();
        assert!(!output.stdout.contains(&0x1b));
    }
}

/// Threat T29: what belongs to the demonstration is in no release.
#[cfg(not(feature = "demo"))]
#[test]
fn without_the_feature_there_is_no_demonstration_in_the_program() {
    assert_eq!(hjemmel(&["demo"]).code, 2);
    let binary = std::fs::read(env!("CARGO_BIN_EXE_hjemmel")).unwrap();
    for mark in ["2512489996", "time machine: moves", "country.json"] {
        assert!(!binary.windows(mark.len()).any(|window| window == mark.as_bytes()), "{mark}");
    }
}
