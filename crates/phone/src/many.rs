//! Many phones in one program, for simulations: what all of them would fetch is fetched and verified once, and what its
//! keys called out is made once. What each phone finds is what it would have found alone.

use std::collections::BTreeSet;

use exposure::Random;
use exposure::export::Verified;
use exposure::matching::called_out::CalledOut;
use jiff::Timestamp;

use crate::exports::{Country, FileError, Unfinished, download};
use crate::network::{Network, NetworkError};
use crate::phone::{Phone, PhoneError};
use crate::warnings::Warning;

/// Fetches for many phones, as one phone does for itself.
#[derive(Debug)]
pub struct Fetcher {
    country: Country,
    mark: Option<String>,
    looked_through: BTreeSet<String>,
    unfinished: Unfinished,
}

/// What was new, ready to be looked at by any number of phones.
#[derive(Debug)]
pub struct Bundle {
    exports: Vec<Verified>,
    called_out: CalledOut,
    /// Files that could not be fetched or were not believed.
    pub refused: Vec<(Vec<String>, FileError)>,
    /// Whether there is more to fetch.
    pub is_more: bool,
}

impl Bundle {
    /// Files that were looked through.
    #[must_use]
    pub fn files(&self) -> usize {
        self.exports.iter().map(|verified| verified.exports().len()).sum()
    }

    /// Keys in them.
    #[must_use]
    pub fn keys(&self) -> usize {
        let exports = self.exports.iter().flat_map(Verified::exports);
        exports.map(|export| export.keys.len() + export.revised_keys.len()).sum()
    }
}

impl Fetcher {
    /// For phones of a country that were begun at the same time.
    #[must_use]
    pub const fn new(country: Country) -> Self {
        Self { country, mark: None, looked_through: BTreeSet::new(), unfinished: Unfinished::new() }
    }

    /// Fetches and verifies what is new.
    ///
    /// # Errors
    /// When nothing can be fetched. One bad file fails itself.
    pub fn fetch(&mut self, network: &mut dyn Network, now: Timestamp) -> Result<Bundle, NetworkError> {
        let known = |name: &str| self.looked_through.contains(name);
        let (mark, unfinished) = (self.mark.as_deref(), &mut self.unfinished);
        let downloaded = download(network, &self.country, mark, &known, unfinished, now)?;
        let (exports, refused, is_more) = match downloaded {
            None => (Vec::new(), Vec::new(), false),
            Some(new) => {
                self.looked_through.extend(new.looked_through.into_iter().map(|file| file.name));
                self.mark = new.mark;
                (new.believed, new.refused, new.is_more)
            }
        };
        let keys = || exports.iter().flat_map(Verified::exports);
        let called_out =
            CalledOut::by(keys().flat_map(|export| export.keys.iter().chain(&export.revised_keys)));
        Ok(Bundle { exports, called_out, refused, is_more })
    }
}

impl Phone {
    /// Looks at what was fetched for many, as [`crate::exports::fetch`] does at what it has fetched itself.
    ///
    /// # Errors
    /// When there is no consent, or what follows cannot be kept.
    pub fn looks_at(
        &mut self,
        bundle: &Bundle,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Option<Warning>, PhoneError> {
        self.checks_among(&bundle.exports, Some(&bundle.called_out), now, random)
    }
}
