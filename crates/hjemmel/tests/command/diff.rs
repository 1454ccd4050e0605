//! `hjemmel diff`: the same, different, and what cannot be compared.

use std::fs;
use std::path::Path;

use crate::run::{hjemmel, is_wrong_use, root};

fn copy(into: &Path) {
    for entry in fs::read_dir(root().join("notices")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, into.join(path.file_name().unwrap())).unwrap();
    }
}

/// The shipped notices with a line of one file replaced.
pub(crate) fn changed(file: &str, from: &str, to: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(folder.path());
    let path = folder.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} does not hold {from}");
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
    folder
}

#[test]
fn the_same_notices_do_not_differ() {
    let said = hjemmel(&["diff", "built-in", "notices", "--lang", "en"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.contains("no effect"), "{said:?}");
}

/// Threat T1: a dropped condition is the first thing that the diff tells.
#[test]
fn threat_t1_a_dropped_condition_is_told_first() {
    let text = fs::read_to_string(root().join("notices/nsp.toml")).unwrap();
    let line = text.lines().find(|line| line.starts_with("when = ")).unwrap();
    let folder = changed("nsp.toml", &format!("{line}\n"), "");
    let new = folder.path().to_str().unwrap();
    let said = hjemmel(&["diff", "notices", new, "--lang", "en"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.out.starts_with("Widening") && said.out.contains("Weaker condition"), "{said:?}");
    assert!(hjemmel(&["diff", "notices", new]).out.starts_with("Udvidelser"));
    let json = hjemmel(&["diff", "notices", new, "--json"]).json();
    assert_eq!(json["effects"][0]["turn"], "wider");
    assert!(!json["inform"].as_array().unwrap().is_empty(), "{json}");
}

#[test]
fn what_cannot_be_compared_is_exit_code_2() {
    is_wrong_use(&hjemmel(&["diff", "notices", "no/such/folder"]), "no/such/folder");
    is_wrong_use(&hjemmel(&["diff", "notices", "notices", "--data", "no/such/folder"]), "no/such/folder");
    let folder = changed("nsp.toml", "language = 1", "language = true");
    is_wrong_use(&hjemmel(&["diff", "notices", folder.path().to_str().unwrap()]), "errors");
}
