//! How a case in `fixtures/notices` is read, by the tests and by the benchmark.
//!
//! A case is a title, then parts that begin with `== `: `== base` adds the files of the folder `base`, `== NAME` begins
//! a file, `== NAME repeated N` repeats what follows, `== change NAME` puts the lines with `>` in the place of those
//! with `<` or at the end of the file, `== expected` holds the findings.

use std::fs;
use std::path::{Path, PathBuf};

use notice::SourceFile;

/// Where the cases lie.
pub(crate) fn folder() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.ancestors().find(|folder| folder.join("fixtures/notices").is_dir()).unwrap();
    root.join("fixtures/notices")
}

/// The cases of a folder, in order.
pub(crate) fn cases(kind: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder().join(kind)).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "txt")).collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

/// The good notice that faults are seeded into.
pub(crate) fn base() -> Vec<SourceFile> {
    let entries = fs::read_dir(folder().join("base")).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: PathBuf| SourceFile {
        path: path.file_name().unwrap().to_str().unwrap().to_owned(),
        text: fs::read_to_string(&path).unwrap(),
    };
    entries.map(read).collect()
}

/// A case in its parts.
pub(crate) struct Case {
    pub files: Vec<SourceFile>,
    /// The part before the findings.
    pub input: String,
    /// The findings.
    pub expected: String,
}

/// Reads a case and carries out its changes.
pub(crate) fn read(path: &Path) -> Case {
    let text = fs::read_to_string(path).unwrap();
    let (input, expected) = text.split_once("== expected\n").unwrap();
    let mut files = Vec::new();
    for part in input.split("\n== ").skip(1) {
        let (header, body) = part.split_once('\n').unwrap_or((part, ""));
        match header.split_once(" repeated ") {
            _ if header == "base" => files.extend(base()),
            _ if header.starts_with("change ") => change(&mut files, &header["change ".len()..], body),
            Some((name, times)) => {
                let text = format!("{body}\n").repeat(times.parse().unwrap());
                files.push(SourceFile { path: name.to_owned(), text });
            }
            None => {
                files.push(SourceFile { path: header.to_owned(), text: format!("{}\n", body.trim_end()) })
            }
        }
    }
    Case { files, input: input.to_owned(), expected: expected.to_owned() }
}

/// Puts one passage in the place of another that stands in the file once.
fn change(files: &mut [SourceFile], name: &str, body: &str) {
    let lines = |mark: &str| {
        let marked = body.lines().filter_map(|line| line.strip_prefix(mark));
        marked.map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect::<String>()
    };
    let (old, new) = (lines("<"), lines(">"));
    let file = files.iter_mut().find(|file| file.path == name).unwrap();
    if old.is_empty() {
        file.text.push_str(&new);
        return;
    }
    let old = old.trim_end_matches('\n');
    assert_eq!(file.text.matches(old).count(), 1, "{name}: {old}");
    file.text = file.text.replace(old, new.trim_end_matches('\n'));
}
