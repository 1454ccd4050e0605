//! The notices: those in the binary, or those of a file or folder.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use notice::{Policy, SourceFile};
use register::Clock;

use crate::answer::Failure;
use crate::machine::SystemClock;

const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/corpus.rs"));

/// Largest number of files that are read from a folder.
const FILES_MAX: usize = 10_000;

/// Where notices come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    /// The binary.
    BuiltIn,
    /// A file or a folder.
    Path(PathBuf),
}

impl From {
    /// The path if one was given, else the binary.
    #[must_use]
    pub fn given(path: Option<&Path>) -> Self {
        path.map_or(Self::BuiltIn, |path| Self::Path(path.to_owned()))
    }

    /// Reads the files, in order of their paths.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn read(&self) -> Result<Vec<SourceFile>, Failure> {
        match self {
            Self::BuiltIn => Ok(built_in()),
            Self::Path(path) => read(path),
        }
    }

    /// Reads and compiles; the notices must be without errors.
    ///
    /// # Errors
    /// What cannot be read, or that there are errors.
    pub fn policy(&self) -> Result<Policy, Failure> {
        compile(&self.read()?)
    }
}

/// The notices in the binary.
#[must_use]
pub fn built_in() -> Vec<SourceFile> {
    BUILT_IN
        .iter()
        .map(|(path, text)| SourceFile { path: (*path).to_owned(), text: (*text).to_owned() })
        .collect()
}

/// The day on which it is, which decides which laws are stale.
#[must_use]
pub fn today() -> Date {
    SystemClock::start().now().to_zoned(TimeZone::UTC).date()
}

/// Compiles notices that must be without errors.
///
/// # Errors
/// That there are errors.
pub fn compile(files: &[SourceFile]) -> Result<Policy, Failure> {
    let compiled = notice::compile(files, today());
    let errors =
        compiled.diagnostics.iter().filter(|found| found.severity == notice::Severity::Error).count();
    match compiled.policy {
        Some(policy) if errors == 0 => Ok(policy),
        Some(_) | None => Err(Failure::cannot(
            format!("the notices have {errors} errors"),
            "run `hjemmel check` on them to see each with its place",
        )),
    }
}

fn read(path: &Path) -> Result<Vec<SourceFile>, Failure> {
    let cannot = |path: &Path, problem: &std::io::Error| {
        Failure::cannot(
            format!("`{}` cannot be read: {problem}", path.display()),
            "name a notice file or a folder of notices",
        )
    };
    let kind = std::fs::metadata(path).map_err(|problem| cannot(path, &problem))?;
    let mut paths = Vec::new();
    if kind.is_dir() {
        collect(path, &mut paths).map_err(|problem| cannot(path, &problem))?;
        paths.sort();
    } else {
        paths.push(path.to_owned());
    }
    if paths.is_empty() {
        return Err(Failure::cannot(
            format!("`{}` holds no notice", path.display()),
            "notices are files that end in `.toml`",
        ));
    }
    let base = if kind.is_dir() { path } else { path.parent().unwrap_or(path) };
    paths
        .iter()
        .map(|file| {
            let name = file.strip_prefix(base).unwrap_or(file).to_string_lossy().replace('\\', "/");
            let bytes = std::fs::read(file).map_err(|problem| cannot(file, &problem))?;
            let text = String::from_utf8(bytes).map_err(|_| {
                Failure::cannot(format!("`{}` is not UTF-8 text", file.display()), "save the notice as UTF-8")
            })?;
            Ok(SourceFile { path: name, text })
        })
        .collect()
}

/// Every notice and every form of entries below a folder.
pub(crate) fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        // Links are not followed: a loop of them would never end.
        if kind.is_dir() {
            collect(&path, into)?;
        } else if kind.is_file() && SourceFile::belongs(&path) {
            into.push(path);
        }
        if into.len() > FILES_MAX {
            return Err(std::io::Error::other("it holds too many files"));
        }
    }
    Ok(())
}
