//! `hjemmel check`: good corpora, bad corpora, and paths that lead nowhere.

use std::fs;

use crate::run::{hjemmel, program, said};

#[test]
fn the_notices_in_the_program_have_no_errors() {
    let nowhere = tempfile::tempdir().unwrap();
    let said = said(
        program()
            .current_dir(nowhere.path())
            .args(["check", "--json", "--on", "2026-11-21"])
            .output()
            .unwrap(),
    );
    assert_eq!(said.code, 0, "{said:?}");
    let answer = said.json();
    assert_eq!(answer["errors"], 0);
    assert!(answer["files"].as_u64().unwrap() >= 7);
}

#[test]
fn the_notices_of_a_folder_are_checked_and_give_the_same() {
    let folder = hjemmel(&["check", "notices", "--json", "--on", "2026-11-21"]);
    let here = hjemmel(&["check", "--json", "--on", "2026-11-21"]);
    assert_eq!((folder.code, &folder.out), (0, &here.out));
}

#[test]
fn a_code_is_explained_with_the_law_a_remedy_and_an_example() {
    let said = hjemmel(&["check", "--explain", "n302"]);
    assert_eq!(said.code, 0, "{said:?}");
    for part in ["N302", "GDPR art. 5(1)(e)", "keep = ", "Example"] {
        assert!(said.out.contains(part), "{part}: {}", said.out);
    }
    assert!(!said.out.contains("N303"), "one code only: {}", said.out);
    assert_eq!(hjemmel(&["check", "--explain", "N999"]).code, 2);
}

#[test]
fn every_finding_has_code_place_sentence_and_help() {
    let answer = hjemmel(&["check", "notices", "--json"]).json();
    for found in answer["diagnostics"].as_array().unwrap() {
        for key in ["code", "severity", "sentence", "help"] {
            assert!(found[key].as_str().is_some_and(|text| !text.is_empty()), "{key}: {found}");
        }
        assert!(found["place"]["line"].as_u64().is_some_and(|line| line > 0), "{found}");
    }
}

#[test]
fn a_broken_notice_gives_all_its_errors_and_exit_code_1() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("broken.toml"),
        "language = 1\n[notice]\nid = \"Broken\"\n[register.x]\nkeep = \"erase whenever\"\n",
    )
    .unwrap();
    let path = folder.path().to_str().unwrap();
    let json = hjemmel(&["check", path, "--json"]);
    assert_eq!(json.code, 1, "{json:?}");
    assert!(json.json()["errors"].as_u64().unwrap() > 1, "{json:?}");
    let words = hjemmel(&["check", path]);
    assert_eq!(words.code, 1);
    assert!(words.out.contains("broken.toml") && words.out.contains("Help"), "{words:?}");
    assert!(!words.out.contains('\u{1b}'), "a pipe gets no colours: {words:?}");
}

#[test]
fn a_danish_officer_is_told_in_danish_and_a_program_the_same_codes() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("x.toml"), "language = 1\n[register.x]\nkeep = \"erase whenever\"\n")
        .unwrap();
    let path = folder.path().to_str().unwrap();
    let words = hjemmel(&["check", path, "--lang", "da"]);
    assert_eq!(words.code, 1);
    for part in ["Fejl", "Hjælp", "har ingen `title`", "1 filer, ", " fejl, "] {
        assert!(words.out.contains(part), "{part}: {}", words.out);
    }
    for part in ["Error", "Help", "has no"] {
        assert!(!words.out.contains(part), "{part}: {}", words.out);
    }
    let [danish, english] =
        ["da", "en"].map(|lang| hjemmel(&["check", path, "--json", "--lang", lang]).json());
    assert_eq!((&danish["lang"], &english["lang"]), (&"da".into(), &"en".into()));
    let both =
        danish["diagnostics"].as_array().unwrap().iter().zip(english["diagnostics"].as_array().unwrap());
    for (danish, english) in both {
        assert_eq!((&danish["code"], &danish["severity"]), (&english["code"], &english["severity"]));
        assert_ne!(danish["title"], english["title"]);
        assert_ne!(danish["help"], english["help"]);
    }
    let explained = hjemmel(&["check", "--explain", "N302", "--lang", "da"]);
    assert!(explained.out.contains("Hvorfor.") && explained.out.contains("Eksempel"), "{}", explained.out);
}

#[test]
fn half_a_notice_never_panics() {
    let whole = fs::read_to_string(crate::run::root().join("notices/fmk.toml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fmk.toml");
    for part in 0..12 {
        let end = (0..=whole.len() * part / 12).rev().find(|at| whole.is_char_boundary(*at)).unwrap();
        fs::write(&file, &whole[..end]).unwrap();
        let said = hjemmel(&["check", file.to_str().unwrap()]);
        assert!(matches!(said.code, 0 | 1), "{part}: {said:?}");
        assert!(!said.err.contains("panicked"), "{said:?}");
    }
}

#[test]
fn a_path_that_leads_nowhere_cannot_be_checked() {
    let said = hjemmel(&["check", "no/such/folder"]);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.contains("no/such/folder") && said.err.contains("help"), "{said:?}");
}

#[test]
fn a_folder_without_notices_and_a_file_that_is_not_text_cannot_be_checked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    assert_eq!(hjemmel(&["check", path]).code, 3);
    fs::write(folder.path().join("x.toml"), [0xff, 0xfe, 0x00]).unwrap();
    let said = hjemmel(&["check", path]);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.contains("UTF-8"), "{said:?}");
}

#[test]
fn other_commands_refuse_notices_with_errors() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("broken.toml"), "[notice]\nid = 7\n").unwrap();
    let said =
        hjemmel(&["when", "nsp.mylog", "--on", "2026-01-01", "--notices", folder.path().to_str().unwrap()]);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.contains("hjemmel check"), "{said:?}");
}
