//! Rules of this crate that the compiler does not know.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

fn all() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn sql_stands_in_the_engine_only() {
    for (path, text) in all() {
        let in_engine = path.components().any(|part| part.as_os_str() == "sqlite");
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let lower = line.to_lowercase();
            let sql = [
                "rusqlite",
                "\"select ",
                "\"insert ",
                "\"update ",
                "\"delete from",
                "\"pragma",
                "\"create table",
            ];
            assert!(in_engine || !sql.iter().any(|word| lower.contains(word)), "{}: {line}", path.display());
        }
    }
}

#[test]
fn no_statement_is_put_together_from_values() {
    for (path, text) in
        all().iter().filter(|(path, _)| path.components().any(|part| part.as_os_str() == "sqlite"))
    {
        for line in text.lines().filter(|line| line.contains("format!(")) {
            // Only constants of the file and the layout's number are put into a statement.
            let allowed = ["{RECORD}", "{FACT}", "{LINE}", "{HOUR_MICROS}", "{LAYOUT}", "schema::"];
            let opens = line.matches('{').count();
            let known: usize = allowed.iter().map(|name| line.matches(name).count()).sum();
            assert!(opens == 0 || known > 0, "{}: {line}", path.display());
        }
    }
}

#[test]
fn what_is_logged_technically_names_no_one() {
    let allowed = ["target:", "event =", "register =", "code", "keys =", "rows ="];
    for (path, text) in all() {
        for (position, _) in text.match_indices("tracing::") {
            let call = &text[position..text[position..].find(';').map_or(text.len(), |end| position + end)];
            if !call.contains("!(") {
                continue;
            }
            for part in call
                .split(',')
                .filter(|part| part.contains(" = ") || part.trim_start().starts_with(['?', '%']))
            {
                assert!(allowed.iter().any(|field| part.contains(field)), "{}: {part}", path.display());
            }
        }
    }
}

#[test]
fn every_file_says_first_what_it_is_for() {
    for (path, text) in all().iter().filter(|(path, _)| !path.ends_with("lib.rs")) {
        assert!(text.starts_with("//! "), "{}", path.display());
    }
}
