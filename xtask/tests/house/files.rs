//! The files of the repository, as git knows them, or as they lie there where there is no git.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file of text, by its path from the root.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    /// Whether the path ends so.
    pub(crate) fn ends(&self, end: &str) -> bool {
        self.path.ends_with(end)
    }

    /// Whether this runs in an authority: not a test, a benchmark, a build step or a tool of ours.
    pub(crate) fn is_product(&self) -> bool {
        self.path.starts_with("crates/")
            && self.path.contains("/src/")
            && self.ends(".rs")
            && !self.ends("/tests.rs")
            && !self.path.contains("/tests/")
    }

    /// The lines before the tests that stand in the same file, with their numbers.
    pub(crate) fn product_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
            .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
    }
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// Every file of text that is committed or about to be.
pub(crate) fn all() -> Vec<File> {
    let mut paths = known_to_git().unwrap_or_else(|| lying_in(&root()));
    paths.sort();
    paths.into_iter().filter_map(read).collect()
}

/// Every Rust file.
pub(crate) fn rust() -> Vec<File> {
    all().into_iter().filter(|file| file.ends(".rs")).collect()
}

fn read(path: String) -> Option<File> {
    let text = String::from_utf8(fs::read(root().join(&path)).ok()?).ok()?;
    Some(File { path, text })
}

fn known_to_git() -> Option<Vec<String>> {
    let output = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.lines().map(str::to_owned).collect())
}

fn lying_in(folder: &Path) -> Vec<String> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        let name = entry.file_name();
        if ["target", "node_modules", ".git"].iter().any(|skipped| name == *skipped) {
            continue;
        }
        if path.is_dir() {
            paths.extend(lying_in(&path));
        } else {
            paths.push(path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned());
        }
    }
    paths
}

/// Fails with a list of what was found, one a line, and what to do about it.
#[track_caller]
pub(crate) fn none_of(found: &[String], remedy: &str) {
    assert!(found.is_empty(), "{} found:\n  {}\n{remedy}", found.len(), found.join("\n  "));
}
