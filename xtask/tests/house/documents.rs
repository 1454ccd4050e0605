//! Documents: links that lead somewhere, chapters that exist, pictures that are small, words that agree.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use crate::files::{self, File, none_of};

/// A picture in the repository is for looking at, not for printing.
const PICTURE_BYTES: u64 = 200_000;

fn pages() -> Vec<File> {
    files::all().into_iter().filter(|file| file.ends(".md")).collect()
}

/// The targets of `[...](target)` outside code.
fn links(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        let outside: String = line.split('`').step_by(2).collect();
        for part in outside.split("](").skip(1) {
            if let Some((target, _)) = part.split_once(')') {
                found.push(target.to_owned());
            }
        }
    }
    found
}

#[test]
fn every_link_between_our_pages_leads_somewhere() {
    let mut found = Vec::new();
    for page in pages() {
        for link in links(&page.text) {
            let target = link.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let folder = Path::new(&page.path).parent().unwrap_or(Path::new(""));
            if !files::root().join(folder).join(target).exists() {
                found.push(format!("{} -> {link}", page.path));
            }
        }
    }
    none_of(&found, "correct the link or write the page");
}

#[test]
fn the_book_holds_each_of_its_pages_once() {
    let summary = files::all().into_iter().find(|file| file.path == "docs/book/SUMMARY.md").unwrap();
    let listed: Vec<String> = links(&summary.text).iter().map(|link| resolved("docs/book", link)).collect();
    let unique: BTreeSet<&String> = listed.iter().collect();
    assert_eq!(unique.len(), listed.len(), "a chapter stands in the summary twice");
    let found: Vec<String> = pages()
        .iter()
        .map(|page| page.path.clone())
        .filter(|path| path.starts_with("docs/book/") && !path.ends_with("/SUMMARY.md"))
        .filter(|path| !listed.contains(path))
        .collect();
    none_of(&found, "list the page in docs/book/SUMMARY.md");
}

fn resolved(folder: &str, link: &str) -> String {
    let mut path = PathBuf::new();
    for part in Path::new(folder).join(link).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            other => path.push(other),
        }
    }
    path.to_string_lossy().into_owned()
}

#[test]
fn decisions_are_numbered_without_a_gap_and_are_short() {
    let decisions: Vec<File> =
        files::all().into_iter().filter(|file| file.path.starts_with("docs/decisions/")).collect();
    for (index, decision) in decisions.iter().enumerate() {
        let name = decision.path.trim_start_matches("docs/decisions/");
        assert!(name.starts_with(&format!("{:03}", index + 1)), "{name} is out of order");
        let words = decision.text.split_whitespace().count();
        assert!(words <= 400, "{name} has {words} words; half a page is at most 400");
    }
}

#[test]
fn the_architecture_fits_in_four_hundred_lines() {
    let page = files::all().into_iter().find(|file| file.path == "ARCHITECTURE.md").unwrap();
    assert!(page.text.lines().count() <= 400);
}

#[test]
fn folders_that_the_architecture_names_exist() {
    let page = files::all().into_iter().find(|file| file.path == "ARCHITECTURE.md").unwrap();
    let named = page.text.split('`').skip(1).step_by(2);
    let found: Vec<String> = named
        .filter(|name| {
            ["crates/", "notices/", "xtask/", "benches/", "docs/", "e2e/"]
                .iter()
                .any(|start| name.starts_with(start))
        })
        .filter(|name| !name.contains('*') && !files::root().join(name).exists())
        .map(str::to_owned)
        .collect();
    none_of(&found, "name a folder or a file that is there");
}

#[test]
fn the_glossary_has_one_row_a_word_in_both_languages() {
    let page = files::all().into_iter().find(|file| file.path == "docs/glossary.md").unwrap();
    let rows: Vec<Vec<&str>> = page
        .text
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| ---"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert!(rows.len() > 20, "the glossary is empty");
    let mut seen = BTreeSet::new();
    for row in rows.iter().skip(1) {
        assert!(row.len() >= 3 && row.iter().take(3).all(|cell| !cell.is_empty()), "{row:?} is not whole");
        assert!(seen.insert(row.first().copied()), "{row:?} stands there twice");
    }
}

#[test]
fn pictures_are_small() {
    let folder = files::root().join("docs/pictures");
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let found: Vec<String> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.metadata().ok()?.len())))
        .filter(|(_, bytes)| *bytes > PICTURE_BYTES)
        .map(|(name, bytes)| format!("{name} has {bytes} bytes"))
        .collect();
    none_of(&found, "make it smaller");
}
