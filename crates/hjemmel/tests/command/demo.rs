//! `hjemmel demo`: it grows, goes on, and refuses what does not fit.

use std::path::Path;

use tempfile::TempDir;

use crate::diff::changed;
use crate::run::{Said, hjemmel, program, said};

fn grow(folder: &Path, more: &[&str]) -> Said {
    let data = folder.to_str().unwrap();
    let arguments =
        ["demo", "--people", "120", "--seed", "7", "--today", "2026-11-21", "--data", data, "--grow-only"];
    said(program().args(arguments).args(more).output().unwrap())
}

#[test]
fn a_country_grows_and_goes_on() {
    let folder = TempDir::new().unwrap();
    let first = grow(folder.path(), &[]);
    assert_eq!(first.code, 0, "{first:?}");
    assert!(first.out.contains("120 people"), "{first:?}");
    assert!(!first.err.contains('\u{1b}'), "plain lines where there is no terminal: {first:?}");
    let again = grow(folder.path(), &[]);
    assert_eq!(again.code, 0, "{again:?}");
    assert!(again.out.contains("going on"), "{again:?}");
}

#[test]
fn another_country_in_the_same_folder_is_wrong_use() {
    let folder = TempDir::new().unwrap();
    assert_eq!(grow(folder.path(), &[]).code, 0);
    let data = folder.path().to_str().unwrap();
    let other = hjemmel(&["demo", "--seed", "8", "--data", data, "--grow-only"]);
    assert_eq!(other.code, 2, "{other:?}");
    assert!(other.err.contains("seed 7"), "{other:?}");
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let theirs = folder.path().join("thesis.txt");
    std::fs::write(&theirs, "years of work").unwrap();
    let said = grow(folder.path(), &[]);
    assert_eq!(said.code, 3, "{said:?}");
    assert_eq!(std::fs::read_to_string(theirs).unwrap(), "years of work");
}

#[test]
fn numbers_out_of_bounds_are_wrong_use() {
    for wrong in
        [["--people", "0"], ["--people", "many"], ["--seed", "-1"], ["--port", "99999"], ["--today", "never"]]
    {
        assert_eq!(hjemmel(&["demo", wrong[0], wrong[1], "--grow-only"]).code, 2, "{wrong:?}");
    }
}

/// What a draft does to what is on file already: counted register by register, as often as anybody asks.
#[test]
fn a_diff_counts_what_is_on_file_and_moves_nothing() {
    let folder = TempDir::new().unwrap();
    assert_eq!(grow(folder.path(), &[]).code, 0);
    let data = folder.path().to_str().unwrap();
    let same = hjemmel(&["diff", "notices", "notices", "--data", data, "--lang", "en"]);
    assert_eq!(same.code, 0, "{same:?}");
    assert!(same.out.contains("- no date moves"), "{same:?}");

    let shorter = changed("fmk.toml", "dispensing.recorded + P2Y", "dispensing.recorded + P1Y");
    let shorter = shorter.path().to_str().unwrap();
    let counted = || {
        let said = hjemmel(&["diff", "notices", shorter, "--data", data, "--json"]);
        assert_eq!(said.code, 1, "{said:?}");
        said.json()["records"].as_array().unwrap().clone()
    };
    let records = counted();
    let sum = |register: &str, what: &str| -> u64 {
        let ours = records.iter().filter(|one| one["register"] == register);
        ours.map(|one| one[what].as_u64().unwrap()).sum()
    };
    assert!(sum("fmk.dispensing", "sooner") > 0, "{records:?}");
    assert_eq!(sum("fmk.dispensing", "later"), 0);
    assert!(sum("fmk.basic", "same") > 0, "{records:?}");
    assert_eq!(sum("fmk.basic", "sooner") + sum("fmk.basic", "later"), 0);
    assert_eq!(counted(), records, "counting moved something");
}
