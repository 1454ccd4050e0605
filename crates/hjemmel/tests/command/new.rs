//! `hjemmel new`: a first corpus that compiles, for anybody, written over nothing.

use std::fs;
use std::path::Path;

use crate::run::{Said, hjemmel, is_wrong_use, program, said};

fn new(folder: &Path, more: &[&str]) -> Said {
    let mut arguments = vec!["new", folder.to_str().unwrap()];
    arguments.extend(more);
    hjemmel(&arguments)
}

const CLUB: &[&str] = &["--controller", "Aarhus Svømmeklub", "--contact", "formand@klub.example"];

#[track_caller]
fn compiles_without_a_word(folder: &Path) {
    let found = hjemmel(&["check", folder.to_str().unwrap(), "--json"]);
    assert_eq!(found.code, 0, "{found:?}");
    let answer = found.json();
    assert_eq!((&answer["errors"], &answer["warnings"]), (&0.into(), &0.into()), "{answer:#}");
    assert_eq!(answer["diagnostics"].as_array().unwrap().len(), 0, "{answer:#}");
}

#[test]
fn what_is_written_compiles_without_a_finding_for_every_kind_of_organisation() {
    for kind in ["association", "company", "authority"] {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("notices");
        let done = new(&folder, &[CLUB, &["--kind", kind]].concat());
        assert_eq!((done.code, done.err.as_str()), (0, ""), "{done:?}");
        assert!(done.out.contains("0 errors, 0 warnings"), "{done:?}");
        compiles_without_a_word(&folder);
        let shown =
            hjemmel(&["show", "notice", "members", "--notices", folder.to_str().unwrap(), "--lang", "da"]);
        assert!(
            shown.out.contains("Aarhus Svømmeklub")
                && shown.out.contains("slettes 1 år efter, at tilknytningen er slut"),
            "{}",
            shown.out
        );
    }
}

#[test]
fn every_answer_finds_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("deep/in/notices");
    let options = [
        "--controller",
        "Byens Bibliotek «Æ»",
        "--controller-en",
        "Town Library",
        "--contact",
        "post@by.example",
        "--kind",
        "authority",
        "--register",
        "Lånere",
        "--register-en",
        "Borrowers",
        "--about",
        "Låner",
        "--about-en",
        "Borrower",
        "--name",
        "Lånere på biblioteket",
        "--name-en",
        "Borrowers of the library",
        "--keep",
        "P6M",
        "--yes",
    ];
    let done = new(&folder, &options);
    assert_eq!(done.code, 0, "{done:?}");
    compiles_without_a_word(&folder);
    let notice = fs::read_to_string(folder.join("borrowers.toml")).unwrap();
    for part in [
        "id = \"borrowers\"",
        "Lånere på biblioteket",
        "[register.borrower]",
        "borrower.ended + P6M",
        "gdpr:6(1)(e)",
    ] {
        assert!(notice.contains(part), "{part}: {notice}");
    }
    assert!(!notice.contains('«') || notice.contains("«Æ»"), "{notice}");
    let schema = fs::read_to_string(folder.join("borrower.schema.json")).unwrap();
    jsonschema::draft202012::meta::validate(&serde_json::from_str(&schema).unwrap()).unwrap();
    let parties = fs::read_to_string(folder.join("parties.toml")).unwrap();
    assert!(parties.contains("[party.town-library]") && parties.contains("Byens Bibliotek «Æ»"), "{parties}");
}

#[test]
fn titles_that_are_names_of_our_own_files_or_of_nothing_do_no_harm() {
    for register in ["Parties", "Law", "Log", "Events", "System", "你好", "Secretary", "1234", "all"] {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("notices");
        let done = new(&folder, &[CLUB, &["--register", register, "--about", register]].concat());
        assert_eq!(done.code, 0, "{register}: {done:?}");
        compiles_without_a_word(&folder);
    }
}

#[test]
fn a_name_with_quotation_marks_and_a_backslash_is_written_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("notices");
    let name = "Foreningen \"Glad\" \\ Aarhus";
    let done = new(&folder, &["--controller", name, "--contact", "a@b.example"]);
    assert_eq!(done.code, 0, "{done:?}");
    compiles_without_a_word(&folder);
    let parties: toml::Table = fs::read_to_string(folder.join("parties.toml")).unwrap().parse().unwrap();
    let all = parties["party"].as_table().unwrap();
    assert!(all.values().any(|party| party["title"]["da"].as_str() == Some(name)), "{parties}");
}

#[test]
fn nothing_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.txt");
    fs::write(&file, "mine").unwrap();
    is_wrong_use(&new(folder.path(), CLUB), "is not empty");
    is_wrong_use(&new(&file, CLUB), "is a file");
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    // A folder that is there and empty is as good as none; the second time it is not.
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    assert_eq!(new(&empty, CLUB).code, 0);
    is_wrong_use(&new(&empty, CLUB), "is not empty");
}

#[test]
fn what_must_be_known_is_asked_for_by_name_when_nobody_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("notices");
    is_wrong_use(&new(&folder, &[]), "`--controller`");
    is_wrong_use(&new(&folder, &["--controller", "X", "--yes"]), "`--contact`");
    is_wrong_use(&new(&folder, &[CLUB, &["--keep", "forever"]].concat()), "--keep forever");
    is_wrong_use(&new(&folder, &[CLUB, &["--keep", "P0D"]].concat()), "--keep P0D");
    is_wrong_use(&new(&folder, &[CLUB, &["--name", "a\tb"]].concat()), "`--name`");
    is_wrong_use(&new(&folder, &[CLUB, &["--name", ""]].concat()), "`--name`");
    assert!(!folder.exists(), "nothing is written when it does not work");
}

#[test]
fn signs_that_a_notice_may_not_hold_are_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("notices");
    for name in ["Klub\u{202e}ben", "Kl\u{0430}bben"] {
        let done = new(&folder, &["--controller", name, "--contact", "a@b.example"]);
        assert_eq!(done.code, 3, "{done:?}");
        assert!(done.err.contains("nothing was written") && !folder.exists(), "{done:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_told() {
    let done = said(program().args(["new", "/proc/no/notices"]).args(CLUB).output().unwrap());
    assert_eq!(done.code, 3, "{done:?}");
    assert!(done.err.contains("cannot be") && done.err.contains("help"), "{done:?}");
}
