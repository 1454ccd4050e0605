//! Writes expected outputs and generated pages anew, and tells whether anything in the tree changed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::check::tests_with;
use crate::places;
use crate::run::{command, output, succeeds};
use crate::setup::{Need, setup};
use crate::summary::Summary;
use crate::test::build;

/// Pages of the book that are the output of a command, with the words above it.
const PAGES: &[Page] = &[
    Page {
        file: "promises.md",
        title: "Promises",
        about: "Every rule of the acceptance table: whether a notice states it, the system enforces it, a test names it.",
        arguments: &["promises"],
    },
    Page {
        file: "commands.md",
        title: "Commands",
        about: "What the one program can do, as it says itself.",
        arguments: &["--help"],
    },
];

struct Page {
    file: &'static str,
    title: &'static str,
    about: &'static str,
    arguments: &'static [&'static str],
}

/// Expected outputs, then generated pages.
pub(crate) fn update() -> Result<ExitCode> {
    let mut summary = Summary::default();
    if !summary.step("setup", || setup(&[Need::Compiler, Need::Look, Need::Radio]).map(|()| true)) {
        return Ok(summary.close());
    }
    summary.step("expected outputs", || {
        let packages = packages_with_expected_outputs()?;
        let scope: Vec<&str> = packages.iter().flat_map(|package| ["--package", package]).collect();
        tests_with(&scope, &[("UPDATE", "1"), ("INSTA_UPDATE", "always")])
    });
    let built = summary.step("build of the demo", build);
    if built {
        summary.step("generated pages", pages);
    }
    Ok(summary.close())
}

/// Packages whose tests write their expected output when they are told to.
fn packages_with_expected_outputs() -> Result<BTreeSet<String>> {
    let mut packages = BTreeSet::from(["xtask".to_owned()]);
    for entry in fs::read_dir(places::root().join("crates"))? {
        let entry = entry?;
        if speaks_of(&entry.path(), &["\"UPDATE\"", "insta::"])? {
            packages.insert(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(packages)
}

fn speaks_of(path: &Path, words: &[&str]) -> Result<bool> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            let path = entry?.path();
            let skipped = path.file_name().is_some_and(|name| name == "node_modules");
            if !skipped && speaks_of(&path, words)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    if path.extension().is_none_or(|extension| extension != "rs") {
        return Ok(false);
    }
    let text = fs::read_to_string(path)?;
    Ok(words.iter().any(|word| text.contains(word)))
}

/// Writes the pages of the book that are the output of a command.
pub(crate) fn pages() -> Result<bool> {
    let program = places::target().join("debug/hjemmel");
    let program = program.to_str().context("the path of the target folder is not text")?;
    let folder = places::root().join("docs/book/generated");
    fs::create_dir_all(&folder)?;
    for page in PAGES {
        let printed = output(command(program, page.arguments).env("COLUMNS", "100").env("NO_COLOR", "1"))?;
        let Page { title, about, arguments, .. } = page;
        let text = format!(
            "# {title}\n\n{about} Written by `cargo xtask update` from `hjemmel {}`.\n\n```text\n{}\n```\n",
            arguments.join(" "),
            printed.trim_end()
        );
        let path = folder.join(page.file);
        if fs::read_to_string(&path).is_ok_and(|before| before == text) {
            continue;
        }
        fs::write(&path, text)?;
        println!("{} is new", path.strip_prefix(places::root()).unwrap_or(&path).display());
    }
    Ok(true)
}

/// What git says of the tree: every change against the last commit, and every file it does not know.
pub(crate) fn tree() -> Option<String> {
    let changes = output(&mut command("git", &["diff", "HEAD", "--no-ext-diff"])).ok()?;
    let unknown = output(&mut command("git", &["ls-files", "--others", "--exclude-standard"])).ok()?;
    Some(format!("{changes}\n{unknown}"))
}

/// Whether the tree is as it was: a test or a generated page that writes into it is out of date.
pub(crate) fn unchanged(before: Option<String>) -> Result<bool> {
    let Some(before) = before else {
        println!("not a git checkout: not looked at");
        return Ok(true);
    };
    if tree().is_some_and(|after| after == before) {
        return Ok(true);
    }
    succeeds(&mut command("git", &["status", "--short"]))?;
    bail!("the run has changed the tree; look at the files above, run `cargo xtask update`, and commit them")
}
