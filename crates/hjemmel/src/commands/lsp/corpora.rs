//! The corpora that are open: which folder a file belongs to, its files on disk, and what the editor has not saved.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::civil::Date;
use notice::SourceFile;
use notice::editor::Workspace;

/// A file in the editor.
#[derive(Debug)]
pub(super) struct Open {
    /// The address by which the editor calls it.
    pub(super) address: String,
    pub(super) text: String,
    pub(super) version: Option<i32>,
}

/// A file on disk as it was read last.
#[derive(Debug)]
struct Kept {
    changed: Option<SystemTime>,
    bytes: u64,
    text: String,
}

/// One corpus.
#[derive(Debug, Default)]
struct Corpus {
    workspace: Option<Workspace>,
    /// Something changed since findings were told.
    stale: bool,
    kept: HashMap<PathBuf, Kept>,
    /// Files for which findings were told.
    told: BTreeSet<String>,
}

impl Corpus {
    fn changed(&mut self) {
        self.workspace = None;
        self.stale = true;
    }
}

/// All corpora that files in the editor belong to.
#[derive(Debug)]
pub(super) struct Corpora {
    given: Option<PathBuf>,
    today: fn() -> Date,
    pub(super) open: BTreeMap<PathBuf, Open>,
    corpora: BTreeMap<PathBuf, Corpus>,
}

/// Largest file that is read into a corpus; the compiler reports one that is over its own limit.
const FILE_MAX_BYTES: u64 = 8 * 1024 * 1024;
/// Most files of a folder in which a notice is looked for.
const LOOKED_MAX: usize = 200;

impl Corpora {
    pub(super) fn new(given: Option<PathBuf>, today: fn() -> Date) -> Self {
        let given = given.map(|path| std::path::absolute(&path).unwrap_or(path));
        Self { given, today, open: BTreeMap::new(), corpora: BTreeMap::new() }
    }

    /// The folder of the corpus that a file belongs to; nothing for a TOML file that has nothing to do with notices.
    pub(super) fn root(&self, file: &Path) -> Option<PathBuf> {
        if let Some(given) = self.given.as_ref().filter(|given| file.starts_with(given)) {
            return Some(given.clone());
        }
        let named =
            file.ancestors().skip(1).find(|folder| folder.file_name().is_some_and(|name| name == "notices"));
        if let Some(folder) = named {
            return Some(folder.to_owned());
        }
        let folder = file.parent()?;
        let here =
            self.open.iter().any(|(path, open)| path.parent() == Some(folder) && holds_a_notice(&open.text));
        (here || folder_holds_a_notice(folder)).then(|| folder.to_owned())
    }

    /// Something changed in the corpus of a file.
    pub(super) fn changed(&mut self, file: &Path) {
        if let Some(root) = self.root(file) {
            self.corpora.entry(root).or_default().changed();
        }
    }

    /// Something may have changed anywhere on disk.
    pub(super) fn all_changed(&mut self) {
        self.corpora.values_mut().for_each(Corpus::changed);
    }

    /// The corpus of a file, read anew if something changed, and the name of the file within it.
    pub(super) fn of(&mut self, file: &Path) -> Option<(&Workspace, PathBuf, String)> {
        let root = self.root(file)?;
        let name = within(&root, file)?;
        self.read(&root).map(|workspace| (workspace, root, name))
    }

    fn read(&mut self, root: &Path) -> Option<&Workspace> {
        let corpus = self.corpora.entry(root.to_owned()).or_default();
        if corpus.workspace.is_none() {
            let files = files(root, &self.open, &mut corpus.kept);
            corpus.workspace = Some(Workspace::open(files, (self.today)()));
        }
        corpus.workspace.as_ref()
    }

    /// Corpora whose findings are not told since their last change.
    pub(super) fn untold(&self) -> Vec<PathBuf> {
        self.corpora.iter().filter(|(_, corpus)| corpus.stale).map(|(root, _)| root.clone()).collect()
    }

    /// The corpus in a folder, with the files for which something was told before; these are now the given ones.
    pub(super) fn tell(&mut self, root: &Path) -> Option<(&Workspace, BTreeSet<String>)> {
        if let Some(corpus) = self.corpora.get_mut(root) {
            corpus.stale = false;
        }
        self.read(root)?;
        let corpus = self.corpora.get_mut(root)?;
        let workspace = corpus.workspace.as_ref()?;
        let now = workspace.diagnostics().iter().map(|found| found.place.file.to_string()).collect();
        let before = std::mem::replace(&mut corpus.told, now);
        Some((workspace, before))
    }

    /// The names of the files of a corpus that the editor holds.
    pub(super) fn opened_in(&self, root: &Path) -> Vec<String> {
        self.open.keys().filter_map(|path| within(root, path)).collect()
    }

    /// The file in the editor under a path.
    pub(super) fn opened(&self, path: &Path) -> Option<&Open> {
        self.open.get(path)
    }
}

fn within(root: &Path, file: &Path) -> Option<String> {
    Some(file.strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/"))
}

/// The files of a corpus: what the editor holds, else what lies on disk.
fn files(root: &Path, open: &BTreeMap<PathBuf, Open>, kept: &mut HashMap<PathBuf, Kept>) -> Vec<SourceFile> {
    let mut paths = Vec::new();
    // A folder that cannot be read has no files; the editor still holds those that are open.
    let _ = crate::corpus::collect(root, &mut paths);
    paths.retain(|path| !open.contains_key(path));
    kept.retain(|path, _| paths.contains(path));
    let mut files: Vec<SourceFile> = Vec::new();
    for path in &paths {
        if let (Some(name), Some(text)) = (within(root, path), on_disk(path, kept)) {
            files.push(SourceFile { path: name, text });
        }
    }
    for (path, open) in open.iter().filter(|(path, _)| path.starts_with(root)) {
        files.extend(within(root, path).map(|path| SourceFile { path, text: open.text.clone() }));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// A file as it lies on disk; one that has not changed is not read again.
fn on_disk(path: &Path, kept: &mut HashMap<PathBuf, Kept>) -> Option<String> {
    let metadata = std::fs::metadata(path).ok()?;
    let (changed, bytes) = (metadata.modified().ok(), metadata.len());
    if let Some(kept) =
        kept.get(path).filter(|it| it.changed.is_some() && it.changed == changed && it.bytes == bytes)
    {
        return Some(kept.text.clone());
    }
    if bytes > FILE_MAX_BYTES {
        return None;
    }
    let text = String::from_utf8_lossy(&std::fs::read(path).ok()?).into_owned();
    kept.insert(path.to_owned(), Kept { changed, bytes, text: text.clone() });
    Some(text)
}

fn holds_a_notice(text: &str) -> bool {
    text.lines().any(|line| line.trim() == "[notice]")
}

fn folder_holds_a_notice(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    let toml = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "toml") && path.is_file();
    let paths = entries.flatten().map(|entry| entry.path()).filter(toml).take(LOOKED_MAX);
    paths.into_iter().any(|path| {
        let small = std::fs::metadata(&path).is_ok_and(|metadata| metadata.len() <= FILE_MAX_BYTES);
        small && std::fs::read(&path).is_ok_and(|bytes| holds_a_notice(&String::from_utf8_lossy(&bytes)))
    })
}
