//! What the folder of a demonstration remembers between two runs.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;

use super::country::Origin;
use crate::answer::Failure;

/// The file `country.json` of the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// What the country follows from.
    pub origin: Origin,
    /// How far it has come.
    pub growth: Growth,
    /// What the clock showed last: time stands still while nobody runs the demonstration.
    pub now: Timestamp,
}

impl State {
    /// When the country began.
    #[must_use]
    pub fn began(&self) -> Option<Timestamp> {
        Self::morning(self.origin.today)
    }

    /// Nine o'clock in the morning of a day of this century.
    #[must_use]
    pub fn morning(day: Date) -> Option<Timestamp> {
        let morning = day.at(9, 0, 0, 0).to_zoned(services::call::zone()).ok()?;
        (2000..2100).contains(&day.year()).then(|| morning.timestamp())
    }
}

/// How far a country has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Growth {
    /// Begun; if nobody is at it any more it begins again.
    Begun,
    /// All there.
    Done,
}

/// The folder of a demonstration.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// A folder, made if it is not there.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn at(path: &Path) -> Result<Self, Failure> {
        std::fs::create_dir_all(path).map_err(|problem| cannot(path, &problem))?;
        Ok(Self(path.to_owned()))
    }

    /// The database.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.0.join("database")
    }

    /// The key store.
    #[must_use]
    pub fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    /// The neighbours: registers, key stores and certificates of their own.
    #[must_use]
    pub fn europe(&self) -> PathBuf {
        self.0.join("europe")
    }

    /// Both servers of smitte|stop: keys and export files.
    #[must_use]
    pub fn smittestop(&self) -> PathBuf {
        self.0.join("smittestop")
    }

    /// The phones of a visitor.
    #[must_use]
    pub fn phones(&self) -> PathBuf {
        self.0.join("phones")
    }

    fn file(&self) -> PathBuf {
        self.0.join("country.json")
    }

    /// What the folder remembers; nothing if it is new.
    ///
    /// # Errors
    /// It holds something else, or cannot be read.
    pub fn read(&self) -> Result<Option<State>, Failure> {
        let file = self.file();
        match std::fs::read_to_string(&file) {
            Ok(text) => serde_json::from_str(&text).map(Some).map_err(|_| {
                Failure::cannot(
                    format!("`{}` is not the memory of a demonstration", file.display()),
                    "give another folder with --data",
                )
            }),
            Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => self.empty().map(|()| None),
            Err(problem) => Err(cannot(&file, &problem)),
        }
    }

    /// A folder without memory must be empty: what lies in it may be somebody's.
    fn empty(&self) -> Result<(), Failure> {
        let mut entries = std::fs::read_dir(&self.0).map_err(|problem| cannot(&self.0, &problem))?;
        match entries.next() {
            None => Ok(()),
            Some(_) => Err(Failure::cannot(
                format!("`{}` holds files that no demonstration wrote", self.0.display()),
                "give an empty or new folder with --data",
            )),
        }
    }

    /// Remembers. The old memory stays until the new one is whole.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, state: &State) -> Result<(), Failure> {
        let (file, fresh) = (self.file(), self.0.join("country.json.new"));
        let text = serde_json::to_string_pretty(state).unwrap_or_default();
        let write = || {
            std::fs::write(&fresh, &text)?;
            std::fs::rename(&fresh, &file)
        };
        write().map_err(|problem| cannot(&file, &problem))
    }

    /// Forgets a country that was begun and never finished.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn forget(&self) -> Result<(), Failure> {
        for folder in [self.database(), self.keys(), self.europe(), self.smittestop()] {
            match std::fs::remove_dir_all(&folder) {
                Ok(()) => {}
                Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => {}
                Err(problem) => return Err(cannot(&folder, &problem)),
            }
        }
        Ok(())
    }
}

fn cannot(path: &Path, problem: &std::io::Error) -> Failure {
    Failure::cannot(
        format!("`{}` cannot be used: {problem}", path.display()),
        "give a folder that this user may write in with --data",
    )
}
