//! The phone: what it does while its owner consents, and that nothing is left when the owner no longer does.

use std::collections::BTreeSet;

use exposure::export::{Export, Published, TrustedKey, VerifyError, verify};
use exposure::matching::Matcher;
use exposure::risk::{daily_summaries, denmark};
use exposure::sighting::Sighting;
use exposure::window::{heard, windows};
use exposure::{Day, DiagnosisKey, IntervalNumber, Random, ReportType};
use jiff::{SignedDuration, Timestamp};

use crate::keys::Beacon;
use crate::state::State;
use crate::vault::{Vault, VaultError};

/// How far a clock may lie behind what is known to have passed.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_hours(2);
/// An export whose window ended so recently shows that the clock is right.
const EXPORT_FRESH: SignedDuration = SignedDuration::from_hours(48);

/// What the owner has agreed to, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The version of the words that were shown.
    pub version: String,
    /// When.
    pub given: Timestamp,
}

/// Whether something heard is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hearing {
    /// It is.
    Kept,
    /// The clock lies behind what is known to have passed; nothing is believed until it is right again.
    ClockIsBehind,
}

/// What the owner is told. Not by whom, not on which day, not where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Warning {
    /// On how many of the last fourteen days the owner was near somebody who was infectious.
    pub days: usize,
    /// How many of these are new.
    pub new_days: usize,
}

/// Why the phone did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum PhoneError {
    /// There is no consent.
    #[error("the owner has not consented, or no longer does")]
    NoConsent,
    /// The folder failed.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The exports are not to be believed.
    #[error(transparent)]
    Export(#[from] VerifyError),
}

/// A phone and its folder.
#[derive(Debug)]
pub struct Phone {
    vault: Vault,
    state: Option<State>,
}

impl Phone {
    /// The phone whose things lie in this vault.
    ///
    /// # Errors
    /// When they cannot be read, or were changed.
    pub fn open(vault: Vault) -> Result<Self, PhoneError> {
        let state = match vault.open()? {
            None => None,
            Some(bytes) => Some(State::from_bytes(&bytes).ok_or(VaultError::Broken)?),
        };
        Ok(Self { vault, state })
    }

    /// What the owner agreed to, if so.
    #[must_use]
    pub fn consent(&self) -> Option<&Consent> {
        self.state.as_ref().map(|state| &state.consent)
    }

    /// Begins, or goes on under new words. Before this the phone keeps, hears and calls out nothing.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn consents(&mut self, consent: Consent, random: &mut Random<'_>) -> Result<(), PhoneError> {
        match &mut self.state {
            Some(state) => state.consent = consent,
            None => self.state = Some(State::new(consent)),
        }
        self.keep(random)
    }

    /// Ends it: everything is overwritten and gone when this returns, also what others were told to be kept here.
    ///
    /// # Errors
    /// When a file cannot be removed. The phone forgets all the same; calling it again removes the rest.
    pub fn withdraws(&mut self) -> Result<(), PhoneError> {
        self.state = None;
        Ok(self.vault.erase()?)
    }

    /// What to call out from now on.
    ///
    /// # Errors
    /// When there is no consent, or a fresh key cannot be kept. Nothing is called out that could not be released.
    pub fn beacon(
        &mut self,
        transmit_power_dbm: i8,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Beacon, PhoneError> {
        let state = self.state.as_mut().ok_or(PhoneError::NoConsent)?;
        let beacon = Beacon::new(&mut state.keys, transmit_power_dbm, now, random);
        state.drop_old(now);
        self.keep(random)?;
        Ok(beacon)
    }

    /// Keeps what one scan has heard.
    ///
    /// # Errors
    /// When there is no consent, or it cannot be kept.
    pub fn hears(
        &mut self,
        heard: &[Sighting],
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Hearing, PhoneError> {
        let state = self.state.as_mut().ok_or(PhoneError::NoConsent)?;
        // Threat T18: a clock turned back makes published keys fit again.
        if now.duration_since(state.passed) < -CLOCK_TOLERANCE {
            return Ok(Hearing::ClockIsBehind);
        }
        state.passed = state.passed.max(now);
        state.sightings.extend_from_slice(heard);
        state.drop_old(now);
        self.keep(random)?;
        Ok(Hearing::Kept)
    }

    /// Checks downloaded exports, and says whether there is a warning. A file that is not to be believed fails all.
    ///
    /// # Errors
    /// When there is no consent, an export is not to be believed, or what follows cannot be kept.
    pub fn checks(
        &mut self,
        files: Vec<Published>,
        trusted: &[TrustedKey],
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Option<Warning>, PhoneError> {
        let state = self.state.as_mut().ok_or(PhoneError::NoConsent)?;
        let exports = verify(files, trusted)?.into_exports();
        state.learn_time(&exports, now);
        state.drop_old(now);
        let days = state.days_of_warning(&exports, Day::at(now));
        let new_days = days.iter().filter(|day| !state.warned.contains(day)).count();
        state.warned.extend(days);
        state.warned.sort_unstable();
        state.warned.dedup();
        let warning = Warning { days: state.warned.len(), new_days };
        self.keep(random)?;
        Ok((new_days > 0).then_some(warning))
    }

    /// What stands today, without a new look.
    #[must_use]
    pub fn warning(&self, now: Timestamp) -> Option<Warning> {
        let warned = self.state.as_ref()?.warned.iter();
        let days = warned.filter(|day| Day::at(now).since(**day) <= 14).count();
        (days > 0).then_some(Warning { days, new_days: 0 })
    }

    /// The keys that the owner lets go of to warn others, after the authority has confirmed the test.
    ///
    /// # Errors
    /// When there is no consent, or it cannot be kept that they are gone.
    pub fn releases(
        &mut self,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Vec<DiagnosisKey>, PhoneError> {
        let state = self.state.as_mut().ok_or(PhoneError::NoConsent)?;
        let released = state.keys.release(IntervalNumber::at(now));
        self.keep(random)?;
        Ok(released)
    }

    fn keep(&self, random: &mut Random<'_>) -> Result<(), PhoneError> {
        let state = self.state.as_ref().ok_or(PhoneError::NoConsent)?;
        Ok(self.vault.keep(&state.to_bytes(), random)?)
    }
}

impl State {
    /// A signed export tells that its window has passed. A fresh one that lies behind the clock shows that the clock
    /// is right, also where it had been set ahead before.
    fn learn_time(&mut self, exports: &[Export], now: Timestamp) {
        let Some(ended) = exports.iter().map(|export| export.end).max() else { return };
        let is_right = ended <= now && now.duration_since(ended) <= EXPORT_FRESH;
        self.passed = if is_right { now } else { self.passed.max(ended) };
    }

    /// The days for which these exports warn. What was taken back in one of them counts in none.
    fn days_of_warning(&self, exports: &[Export], today: Day) -> Vec<Day> {
        let revised = || exports.iter().flat_map(|export| &export.revised_keys);
        let known: BTreeSet<_> = revised().map(|key| &key.key).collect();
        let new = exports.iter().flat_map(|export| &export.keys).filter(|key| !known.contains(&key.key));
        let standing = revised().filter(|key| key.report_type != Some(ReportType::Revoked));
        let keys: Vec<DiagnosisKey> = new.chain(standing).cloned().collect();
        let matches = Matcher::new(&self.sightings).matches(&keys);
        let windows: Vec<_> = heard(&matches, &keys, &self.sightings).iter().flat_map(windows).collect();
        denmark::days_of_warning(&daily_summaries(&windows, &denmark::DAILY_SUMMARIES, today))
    }
}
