//! Puts the notices and the acceptance table into the binary, and finds out which rules a test names.
#![allow(clippy::print_stdout, reason = "the only way a build script speaks to cargo")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Error, Result};
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    let root = Path::new(&variable("CARGO_MANIFEST_DIR")?).join("../..");
    let out = PathBuf::from(variable("OUT_DIR")?);
    fs::write(out.join("corpus.rs"), corpus(&root.join("notices"))?)?;
    let rules = root.join("docs/rules.tsv");
    println!("cargo::rerun-if-changed={}", rules.display());
    let table = fs::read_to_string(&rules)?;
    let tested = tested(&root, &ids(&table))?;
    fs::write(out.join("rules.tsv"), table)?;
    fs::write(out.join("tested.tsv"), tested)
}

#[allow(clippy::disallowed_methods, reason = "cargo hands its places to a build script in no other way")]
fn variable(name: &str) -> Result<String> {
    std::env::var(name).map_err(|_| Error::other(format!("`{name}` is not set; build with cargo")))
}

/// A list of path and text of each notice file, in order of the paths.
fn corpus(folder: &Path) -> Result<String> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    walk(folder, &mut |path| {
        if path.extension().is_some_and(|extension| extension == "toml" || extension == "json") {
            files.push(path.to_owned());
        }
    })?;
    files.sort();
    let mut source = String::from("&[\n");
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let name = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&file)?;
        source.push_str(&format!("    ({name:?}, {text:?}),\n"));
    }
    source.push(']');
    Ok(source)
}

fn ids(table: &str) -> BTreeSet<String> {
    table.lines().skip(1).filter_map(|line| line.split('\t').next()).map(str::to_owned).collect()
}

/// `rule <tab> test` for each rule that a test names, in its name, its doc or its body.
fn tested(root: &Path, rules: &BTreeSet<String>) -> Result<String> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for part in ["crates", "benches", "e2e"] {
        let folder = root.join(part);
        println!("cargo::rerun-if-changed={}", folder.display());
        walk(&folder, &mut |path| {
            let Ok(text) = fs::read_to_string(path) else { return };
            let place = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
            let extension = path.extension().and_then(|extension| extension.to_str());
            let tests = match extension {
                Some("rs") => rust_tests(&text),
                Some("mjs") => script_tests(&text),
                _ => return,
            };
            for (test, body) in tests {
                for rule in named(&body, rules) {
                    found.entry(rule).or_default().insert(format!("{place}: {test}"));
                }
            }
        })?;
    }
    let mut lines = String::new();
    for (rule, tests) in found {
        for test in tests {
            lines.push_str(&format!("{rule}\t{test}\n"));
        }
    }
    Ok(lines)
}

/// Every file below a folder but what is fetched or built.
fn walk(folder: &Path, see: &mut impl FnMut(&Path)) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() && !matches!(name.as_str(), "node_modules" | "target") {
            walk(&path, see)?;
        } else if path.is_file() {
            see(&path);
        }
    }
    Ok(())
}

/// Name and text of each function marked as a test, with the doc above it.
fn rust_tests(text: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut tests = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let marked = lines.get(at).is_some_and(|line| {
            let line = line.trim();
            line == "#[test]" || line.starts_with("#[tokio::test")
        });
        if !marked {
            at += 1;
            continue;
        }
        let is_doc =
            |line: &&&str| line.trim_start().starts_with("//") || line.trim_start().starts_with("#[");
        let doc = lines.iter().take(at).rev().take_while(is_doc).count();
        let indent = lines.get(at).map_or(0, |line| line.len() - line.trim_start().len());
        let closing = format!("{}}}", " ".repeat(indent));
        let end =
            lines.iter().skip(at).position(|line| *line == closing).map_or(lines.len(), |length| at + length);
        let body: Vec<&str> = lines.iter().take(end).skip(at - doc).copied().collect();
        let name = body.iter().find_map(|line| line.split_once("fn ")).map_or("", |(_, rest)| rest);
        let name = name.split('(').next().unwrap_or(name).to_owned();
        tests.push((name, body.join("\n")));
        at = end.max(at + 1);
    }
    tests
}

/// Name and text of each `test('name', ...)` of a browser journey.
fn script_tests(text: &str) -> Vec<(String, String)> {
    let starts: Vec<usize> = text.match_indices("test(").map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .filter_map(|(start, end)| {
            let body = text.get(*start..end)?;
            let name = body.get(6..)?.split(['\'', '"', '`']).next()?.to_owned();
            Some((name, body.to_owned()))
        })
        .collect()
}

/// Rules that a text names: `F-17`, each of `F-01 to F-04`, or `f_17` in the name of a function.
fn named(text: &str, rules: &BTreeSet<String>) -> Vec<String> {
    let inside = |sign: char| sign.is_ascii_alphanumeric() || sign == '-' || sign == '_';
    let words: Vec<&str> = text.split(|sign| !inside(sign)).filter(|word| !word.is_empty()).collect();
    let mut found = BTreeSet::new();
    for (at, word) in words.iter().enumerate() {
        found.insert((*word).to_owned());
        let parts: Vec<&str> = word.split('_').collect();
        found.extend(parts.windows(2).map(|pair| pair.join("-").to_uppercase()));
        if let (Some(&"to"), Some(last)) = (words.get(at + 1), words.get(at + 2)) {
            found.extend(between(word, last));
        }
    }
    rules.intersection(&found).cloned().collect()
}

fn between(first: &str, last: &str) -> Vec<String> {
    let split = |id: &str| {
        id.split_once('-').and_then(|(group, number)| Some((group.to_owned(), number.parse::<u32>().ok()?)))
    };
    match (split(first), split(last)) {
        (Some((group, first)), Some((same, last))) if group == same && last < first + 100 => {
            (first..=last).map(|number| format!("{group}-{number:02}")).collect()
        }
        _ => Vec::new(),
    }
}
