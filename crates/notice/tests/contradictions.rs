//! The contradictions that stand in the published notices come out by themselves, each at its line, and nothing else
//! comes out that is not known.
//!
//! The checks know nothing of these notices. What is known stands in `fixtures/notices/known.txt`: code, file, sentence;
//! `UPDATE=1` writes what is found.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use notice::diagnostic::position;
use notice::{Diagnostic, Lang, Severity, SourceFile, compile};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn corpus() -> Vec<SourceFile> {
    let entries = fs::read_dir(root().join("notices")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| SourceFile {
            path: path.file_name().unwrap().to_str().unwrap().to_owned(),
            text: fs::read_to_string(&path).unwrap(),
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn found(files: &[SourceFile]) -> Vec<Diagnostic> {
    compile(files, date(2026, 11, 21)).diagnostics
}

/// Lint of the specification, code, file, what stands in the line that is shown.
const CONTRADICTIONS: &[(&str, &str, &str, &str)] = &[
    // 000:77, 003:157: thirty days can be more than a month; 001:104: four weeks; 002, 004: nothing
    ("L1", "N604", "imi.toml", "P30D"),
    ("L1", "N604", "smittestop.toml", "P30D"),
    ("L1", "N605", "sds.toml", "access"),
    ("L1", "N605", "medcom.toml", "access"),
    ("L1", "N606", "stps.toml", "P4W"),
    // 001:15 against 003:11; 004:138; the ministry under two names
    ("L2", "N210", "parties.toml", "[party.stps]"),
    ("L2", "N206", "parties.toml", "[party.medcom]"),
    ("L2", "N213", "smittestop.toml", "id ="),
    // 000:75, 003:155 against 001:98
    ("L3", "N607", "smittestop.toml", "access"),
    ("L3", "N607", "stps.toml", "access"),
    // 003:102-103, 003:92-95, 003:118, 001:34, 001:46, 004:56-73
    ("L4", "N309", "smittestop.toml", "[register.backend-keys]"),
    ("L4", "N309", "smittestop.toml", "[register.phone]"),
    ("L4", "N308", "smittestop.toml", "start-not-named"),
    ("L4", "N309", "stps.toml", "personnel"),
    ("L4", "N309", "stps.toml", "whistleblower"),
    ("L4", "N309", "medcom.toml", "image"),
    // 001:57; 002:328; 004:118
    ("L5", "N503", "stps.toml", "49(1)(a)"),
    ("L5", "N501", "sds-newsletter.toml", "mailchimp"),
    ("L5", "N501", "medcom.toml", "social-media"),
    // 001:37; 002:128; 004:45,64,99
    ("L6", "N209", "stps.toml", "9(2)(b)"),
    ("L6", "N215", "sds-cases.toml", "disability-compensation-order"),
    ("L6", "N204", "medcom.toml", "6(1)(f)"),
    // 003:94-95, 109-110
    ("L7", "N205", "smittestop.toml", "warnings ="),
    ("L7", "N205", "smittestop.toml", "symptoms ="),
    ("L7", "N205", "smittestop.toml", "onset ="),
    ("L7", "N205", "smittestop.toml", "test-time ="),
    // 003:120 against 003:136
    ("L8", "N312", "smittestop.toml", "sst.archive"),
    // 002:246 against 002:296
    ("L9", "N701", "nsp.toml", "[register.basic]"),
    // 004:129
    ("L10", "N602", "medcom.toml", "id ="),
    ("L10", "N603", "medcom.toml", "basis"),
    // 002:282; 003:76, 84, 171; 002:9-13; 004:99
    ("L11", "N207", "fmk.toml", "order-1615-2018"),
    ("L11", "N214", "law.toml", "[law."),
    ("L11", "N211", "parties.toml", "digital-sundhed-danmark"),
    ("L11", "N213", "medcom.toml", "[register."),
    // 002:60-62
    ("L12", "N610", "sds.toml", "to ="),
    // 001:91
    ("L13", "N608", "stps.toml", "14(5)(c)"),
];

#[test]
fn every_contradiction_of_the_published_notices_is_told_at_its_line() {
    let files = corpus();
    let found = found(&files);
    let line_of = |finding: &Diagnostic| {
        let (line, _) = position(&files, &finding.place);
        let file = files.iter().find(|file| *file.path == *finding.place.file).unwrap();
        file.text.lines().nth(line - 1).unwrap().to_owned()
    };
    let is_told = |(_, code, file, stands): &&(&str, &str, &str, &str)| {
        found.iter().any(|finding| {
            finding.code.id == *code
                && *finding.place.file == **file
                && line_of(finding).contains(stands)
                && finding.severity != Severity::Error
                && !finding.code.why.en.is_empty()
                && !finding.help.en.is_empty()
        })
    };
    let missing: Vec<_> = CONTRADICTIONS.iter().filter(|row| !is_told(row)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
    for lint in 1..=13 {
        assert!(CONTRADICTIONS.iter().any(|(id, ..)| *id == format!("L{lint}")), "L{lint}");
    }
}

#[test]
fn nothing_is_told_of_the_shipped_notices_that_is_not_known() {
    let files = corpus();
    let mut told = String::new();
    for finding in found(&files) {
        assert_ne!(finding.severity, Severity::Error, "{}", finding.line(&files, Lang::En));
        writeln!(told, "{} {} {}", finding.code.id, finding.place.file, finding.sentence.en).unwrap();
    }
    let place = root().join("fixtures/notices/known.txt");
    #[expect(clippy::disallowed_methods, reason = "how a person asks the test to write what it finds")]
    if std::env::var_os("UPDATE").is_some() {
        return fs::write(place, told).unwrap();
    }
    let known = fs::read_to_string(place).unwrap();
    let new: Vec<_> = told.lines().filter(|line| !known.lines().any(|other| other == *line)).collect();
    let gone: Vec<_> = known.lines().filter(|line| !told.lines().any(|other| other == *line)).collect();
    assert!(new.is_empty() && gone.is_empty() && known == told, "new: {new:#?}\ngone: {gone:#?}");
}
