//! `hjemmel show notice` and `hjemmel export cedar`.

use crate::run::{hjemmel, is_wrong_use, program, said};

#[test]
fn a_notice_is_shown_in_both_languages_and_every_format() {
    for (lang, title) in [("da", "Fælles Medicinkort"), ("en", "Shared Medication Record")] {
        for format in ["html", "md", "json"] {
            let said = hjemmel(&["show", "notice", "fmk", "--lang", lang, "--format", format]);
            assert_eq!(said.code, 0, "{said:?}");
            assert!(said.out.contains(title), "{lang} {format}");
        }
    }
    assert!(hjemmel(&["show", "notice", "nsp", "--format", "json"]).json().is_object());
}

#[test]
fn an_unknown_notice_is_wrong_use_with_near_names() {
    is_wrong_use(&hjemmel(&["show", "notice", "fmkk"]), "fmk");
}

#[test]
fn whoever_has_notices_of_their_own_here_is_told_how_to_name_them() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("notices")).unwrap();
    for asked in [
        &["show", "short", "members"][..],
        &["when", "members.member", "--on", "2026-11-22"],
        &["explain", "--use", "members.end", "--role", "secretary"],
    ] {
        let there = said(program().args(asked).current_dir(folder.path()).output().unwrap());
        is_wrong_use(&there, "`--notices notices`");
    }
}

#[test]
fn an_unknown_language_or_format_is_wrong_use() {
    assert_eq!(hjemmel(&["show", "notice", "fmk", "--lang", "fr"]).code, 2);
    is_wrong_use(&hjemmel(&["show", "notice", "fmk", "--format", "svg"]), "no format `svg`");
    is_wrong_use(&hjemmel(&["show", "short", "fmk", "--format", "csv"]), "no format `csv`");
    is_wrong_use(&hjemmel(&["show", "record", "fmkk"]), "fmk");
    is_wrong_use(
        &hjemmel(&["show", "record", "fmk", "--processor", "medicine-record"]),
        "medicine-record-operator",
    );
    assert_eq!(hjemmel(&["show", "record", "fmk", "--all", "--processor", "sundhed-dk"]).code, 2);
    assert_eq!(hjemmel(&["show", "letter", "fmk", "--article", "15"]).code, 2);
}

#[test]
fn every_print_is_shown_in_each_of_its_formats() {
    for (print, words, formats) in [
        ("short", "In short", &["md", "html", "json"][..]),
        ("letter", "We process data", &["md", "html", "json"]),
        ("record", "Record of processing", &["md", "html", "json", "csv", "jsonld"]),
        ("retention", "Retention schedule", &["md", "html", "json", "csv"]),
        ("matrix", "Who may do what", &["md", "html", "json", "csv", "svg"]),
        ("parties", "Recipients", &["md", "html", "json", "csv"]),
        ("joint", "Joint controllers", &["md", "html", "json"]),
        ("dpia", "Impact assessment", &["md", "html", "json"]),
    ] {
        for format in formats {
            let said = hjemmel(&["show", print, "fmk", "--lang", "en", "--format", format]);
            assert_eq!((said.code, said.err.as_str()), (0, ""), "{print} {format}");
            let tables_only = matches!(*format, "csv" | "jsonld");
            assert!(tables_only || said.out.contains(words), "{print} {format}");
        }
    }
    let all = hjemmel(&["show", "record", "fmk", "--all", "--lang", "en"]);
    assert!(all.out.contains("National Service Platform"), "{all:?}");
    let tilt = hjemmel(&["show", "notice", "fmk", "--format", "tilt"]).json();
    assert_eq!(tilt["meta"]["language"], "da");
}

#[test]
fn paper_and_workbooks_go_into_files() {
    let folder = tempfile::tempdir().unwrap();
    for (print, name, begins) in [
        ("record", "record.pdf", &b"%PDF-1.7"[..]),
        ("matrix", "matrix.XLSX", b"PK"),
        ("short", "short.html", b"<!doctype html>"),
    ] {
        let file = folder.path().join(name);
        let said = hjemmel(&["show", print, "fmk", "--output", file.to_str().unwrap()]);
        assert_eq!((said.code, said.out.as_str()), (0, ""), "{said:?}");
        assert!(std::fs::read(&file).unwrap().starts_with(begins), "{name}");
    }
    let nowhere = folder.path().join("no/such/folder.pdf");
    let said = hjemmel(&["show", "record", "fmk", "--output", nowhere.to_str().unwrap()]);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.contains("cannot be written") && said.err.contains("help"), "{said:?}");
}

#[test]
fn every_use_is_exported_to_cedar() {
    let said = hjemmel(&["export", "cedar"]);
    assert_eq!(said.code, 0, "{said:?}");
    for one in ["fmk.read-card", "nsp.block", "nsp.take-emergency-access"] {
        assert!(said.out.contains(&format!("Action::\"{one}\"")), "{one}");
    }
    assert_eq!(hjemmel(&["export", "rego"]).code, 2);
}
