//! What the compiler warns of in the notices that run, and what to do about each: somebody must answer for it.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use notice::check::codes::Code;
use notice::diagnostic::position;
use notice::{Bilingual, Severity, SourceFile};
use register::{Register, Unavailable};

/// A warning, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What kind of fault it is.
    pub code: &'static Code,
    /// What is the matter.
    pub sentence: Bilingual,
    /// What to do.
    pub help: Bilingual,
    /// In which file of the notices.
    pub file: String,
    /// On which line.
    pub line: usize,
}

/// The warnings as of a day, worked out once a day: the notices that run do not change under a server.
#[derive(Debug, Default)]
pub(crate) struct Warnings(Mutex<Option<(Date, Arc<Vec<Warning>>)>>);

impl Warnings {
    /// All of them, by file and line.
    pub(crate) fn of(&self, register: &Register, today: Date) -> Result<Arc<Vec<Warning>>, Unavailable> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, warnings)) = known.filter(|(day, _)| *day == today) {
            return Ok(warnings);
        }
        let files = register.corpus()?.files.into_iter();
        let files: Vec<SourceFile> = files.map(|(path, text)| SourceFile { path, text }).collect();
        let warnings = Arc::new(warnings(&files, today));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((today, warnings.clone()));
        Ok(warnings)
    }
}

fn warnings(files: &[SourceFile], today: Date) -> Vec<Warning> {
    let found = notice::compile(files, today).diagnostics.into_iter();
    found
        .filter(|one| one.severity == Severity::Warning)
        .map(|one| Warning {
            code: one.code,
            line: position(files, &one.place).0,
            file: one.place.file.to_string(),
            sentence: one.sentence,
            help: one.help,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_warning_says_what_to_do_and_where() {
        let house = register::testing::TestRegister::new();
        let known = Warnings::default();
        let today = jiff::civil::date(2026, 11, 21);
        let warnings = known.of(&house.register, today).unwrap();
        assert!(!warnings.is_empty());
        assert!(
            warnings.iter().all(|one| !one.help.en.is_empty() && one.line > 0 && one.file.ends_with(".toml"))
        );
        assert!(Arc::ptr_eq(&warnings, &known.of(&house.register, today).unwrap()), "worked out once a day");
    }
}
