//! Taking part in the statistics: asked for by itself, told once a day.

use phone::statistics::{self, TaskId};

use crate::{SmittestopError, SmittestopPhone, SmittestopServers, moment, random, spoken};

/// What came of telling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Counted {
    /// There was nothing to tell.
    Nothing,
    /// It is counted.
    Taken,
    /// The same again later.
    Later,
    /// This day is not told about any more.
    Never,
}

#[uniffi::export]
impl SmittestopPhone {
    /// The version of the words that are asked under now.
    #[must_use]
    pub fn statistics_version(&self) -> String {
        statistics::VERSION.to_owned()
    }

    /// These words, and then the question, in `da` or `en`.
    ///
    /// # Errors
    /// When it is another language.
    pub fn statistics_words(&self, language: String) -> Result<Vec<String>, SmittestopError> {
        let language = spoken(&language)?;
        let question = statistics::QUESTION.words(language);
        let words = statistics::WORDS.of(language).iter().copied().chain([question]);
        Ok(words.map(str::to_owned).collect())
    }

    /// Begins to take part, under the words of this version.
    ///
    /// # Errors
    /// When these are not the words of today, or there is no consent to the app.
    pub fn takes_part(&self, version: String, now: i64) -> Result<(), SmittestopError> {
        Ok(self.lock().takes_part(&version, moment(now)?, &mut random)?)
    }

    /// Stops it.
    ///
    /// # Errors
    /// When there is no consent to the app.
    pub fn takes_no_part(&self) -> Result<(), SmittestopError> {
        Ok(self.lock().takes_no_part(&mut random)?)
    }

    /// Since when the owner takes part, in seconds since 1970, if so.
    #[must_use]
    pub fn takes_part_since(&self) -> Option<i64> {
        self.lock().takes_part_since().map(|since| since.as_second())
    }

    /// Tells about yesterday, if the owner takes part and it was not told about. `task` is the name of the count.
    ///
    /// # Errors
    /// When there is no consent to the app.
    pub fn tells(
        &self,
        servers: &SmittestopServers,
        task: String,
        now: i64,
    ) -> Result<Counted, SmittestopError> {
        let (task, mut network) = (TaskId::named(&task), servers.network());
        Ok(match self.lock().tells(&mut network, &task, moment(now)?, &mut random)? {
            statistics::Counted::Nothing => Counted::Nothing,
            statistics::Counted::Taken => Counted::Taken,
            statistics::Counted::Later => Counted::Later,
            statistics::Counted::Never => Counted::Never,
        })
    }
}
