//! The phone: what it does while its owner consents, and that nothing is left when the owner no longer does.

use std::collections::BTreeSet;

use exposure::export::{Export, Published, TrustedKey, Verified, VerifyError, verify};
use exposure::interval::INTERVALS_PER_DAY;
use exposure::matching::Matcher;
use exposure::matching::called_out::CalledOut;
use exposure::risk::{daily_summaries, denmark};
use exposure::sighting::Sighting;
use exposure::window::{ExposureWindow, heard, windows};
use exposure::{Day, DiagnosisKey, IntervalNumber, Random, ReportType, TemporaryExposureKey};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::consent::{self, Consent, Standing};
use crate::dice;
use crate::exports::{Listed, Unfinished};
use crate::guidance::{self, Guidance};
use crate::keys::{Beacon, KEPT_DAYS};
use crate::radio::{self, merged};
use crate::report::Outcome;
use crate::state::{Exposure, State};
use crate::stored::Stored;
use crate::vault::{Vault, VaultError};
use crate::warnings::{Message, Warning};

/// How far a clock may lie behind what is known to have passed.
pub(crate) const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_hours(2);
/// An export whose window ended so recently shows that the clock is right.
const EXPORT_FRESH: SignedDuration = SignedDuration::from_hours(48);
/// Of one scan no more sightings are kept, drawn from all: beyond it is noise that somebody makes, and whoever makes it
/// does not choose what is lost.
const MOST_OF_A_SCAN: usize = 1_000;
/// And no more in all. A phone that is in a crowd by day and night has fewer; beyond it the oldest go.
const MOST_SIGHTINGS: usize = 500_000;

/// Whether something heard is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hearing {
    /// It is.
    Kept,
    /// The clock lies behind what is known to have passed; nothing is believed until it is right again.
    ClockIsBehind,
}

/// Why the phone did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum PhoneError {
    /// There is no consent.
    #[error("the owner has not consented, or no longer does")]
    NoConsent,
    /// There is one to other words.
    #[error("the owner has agreed to other words than those of today, and has to be asked anew")]
    AskAnew,
    /// Somebody agreed to words that are not those of today.
    #[error("these are not the words that are asked under now")]
    OtherWords,
    /// The folder failed.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The exports are not to be believed.
    #[error(transparent)]
    Export(#[from] VerifyError),
}

/// A phone and what it keeps.
#[derive(Debug)]
pub struct Phone {
    vault: Box<dyn Vault>,
    state: Option<State>,
    /// Whether this is what lies in the vault; not after it could not be read.
    is_read: bool,
    words: String,
    unfinished: Unfinished,
}

impl Phone {
    /// The phone whose things lie in this vault, which asks under the words of today.
    ///
    /// # Errors
    /// When they cannot be read, or were changed.
    pub fn open(vault: impl Vault + 'static) -> Result<Self, PhoneError> {
        Self::open_asking(vault, consent::VERSION)
    }

    /// The same, under words of this version.
    ///
    /// # Errors
    /// When they cannot be read, or were changed.
    pub fn open_asking(vault: impl Vault + 'static, words: &str) -> Result<Self, PhoneError> {
        let mut phone = Self {
            vault: Box::new(vault),
            state: None,
            is_read: false,
            words: words.to_owned(),
            unfinished: Unfinished::new(),
        };
        phone.reload()?;
        Ok(phone)
    }

    // Consent

    /// Whether the phone may collect.
    #[must_use]
    pub fn standing(&self) -> Standing<'_> {
        match &self.state {
            None => Standing::None,
            Some(state) if state.consent.version == self.words => Standing::Agreed(&state.consent),
            Some(state) => Standing::AskAnew(&state.consent),
        }
    }

    /// Begins, or goes on under new words. Before this the phone keeps, hears and calls out nothing.
    ///
    /// # Errors
    /// When these are not the words of today, or it cannot be kept.
    pub fn consents(
        &mut self,
        version: &str,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<(), PhoneError> {
        if version != self.words {
            return Err(PhoneError::OtherWords);
        }
        self.refresh()?;
        let consent = Consent { version: version.to_owned(), given: now };
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
        self.unfinished = Unfinished::new();
        Ok(self.vault.erase()?)
    }

    // Meeting

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
        let state = self.state()?;
        let known = state.keys.kept().len();
        let beacon = Beacon::new(&mut state.keys, transmit_power_dbm, now, random);
        if state.keys.kept().len() != known {
            state.drop_old(now);
            self.keep(random)?;
        }
        Ok(beacon)
    }

    /// Keeps what one scan has heard: one sighting for each identifier.
    ///
    /// # Errors
    /// When there is no consent, or it cannot be kept.
    pub fn scanned(
        &mut self,
        reports: &[radio::Report],
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Hearing, PhoneError> {
        let listened = self.state()?.listened;
        self.hears(&merged(reports, now, listened), now, random)
    }

    /// The same for sightings that were merged already.
    ///
    /// # Errors
    /// When there is no consent, or it cannot be kept.
    pub fn hears(
        &mut self,
        heard: &[Sighting],
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Hearing, PhoneError> {
        let state = self.state()?;
        // Threat T18: a clock turned back makes published keys fit again.
        if state.clock_is_behind(now) {
            return Ok(Hearing::ClockIsBehind);
        }
        state.passed = state.passed.max(now);
        state.listened = Some(now);
        let kept = dice::some(random, heard, MOST_OF_A_SCAN);
        kept.into_iter().for_each(|sighting| state.add(sighting));
        let beyond = state.sightings.len().saturating_sub(MOST_SIGHTINGS);
        state.sightings.drain(..beyond);
        state.drop_old(now);
        self.keep(random)?;
        Ok(Hearing::Kept)
    }

    // Being warned

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
        self.state()?;
        let verified = [verify(files, trusted)?];
        self.checks_verified(&verified, now, random)
    }

    /// The same for exports that were verified before, once for many phones.
    ///
    /// # Errors
    /// When there is no consent, or what follows cannot be kept.
    pub fn checks_verified(
        &mut self,
        exports: &[Verified],
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Option<Warning>, PhoneError> {
        self.checks_among(exports, None, now, random)
    }

    /// The same where somebody has made already what the keys of these exports called out.
    pub(crate) fn checks_among(
        &mut self,
        exports: &[Verified],
        called_out: Option<&CalledOut>,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Option<Warning>, PhoneError> {
        let state = self.state()?;
        state.learn_time(exports, now);
        state.drop_old(now);
        state.match_all(exports, called_out, now);
        let warning = state.conclude(now);
        self.keep(random)?;
        Ok(warning)
    }

    /// What stands today, without a new look.
    #[must_use]
    pub fn warning(&self, now: Timestamp) -> Option<Warning> {
        let warned = self.state.as_ref()?.warned.iter();
        let days = warned.filter(|day| Day::at(now).since(**day) <= 14).count();
        (days > 0).then_some(Warning { days, new_days: 0 })
    }

    /// The messages that are kept, the newest last.
    #[must_use]
    pub fn messages(&self, now: Timestamp) -> Vec<Message> {
        let kept = self.state.iter().flat_map(|state| &state.messages);
        kept.filter(|message| message.goes() > now).copied().collect()
    }

    /// How many messages are to be shown outside the app now. Each counts as shown from then on.
    ///
    /// # Errors
    /// When there is no consent, or it cannot be kept.
    pub fn shows(
        &mut self,
        now: Timestamp,
        zone: &TimeZone,
        random: &mut Random<'_>,
    ) -> Result<usize, PhoneError> {
        let state = self.state()?;
        let due = |message: &&mut Message| message.goes() > now && message.is_due(now, zone);
        let shown = state.messages.iter_mut().filter(due).map(|message| message.shown = Some(now)).count();
        if shown > 0 {
            self.keep(random)?;
        }
        Ok(shown)
    }

    /// The owner has opened the messages.
    ///
    /// # Errors
    /// When there is no consent, or it cannot be kept.
    pub fn reads(&mut self, random: &mut Random<'_>) -> Result<(), PhoneError> {
        let state = self.state()?;
        let unread = state.messages.iter_mut().filter(|message| !message.is_read);
        if unread.map(|message| message.is_read = true).count() > 0 {
            self.keep(random)?;
        }
        Ok(())
    }

    /// The guidance in force.
    #[must_use]
    pub fn guidance(&self) -> Guidance {
        let fetched = self.state.as_ref().and_then(|state| state.guidance.clone());
        fetched.unwrap_or_else(guidance::built_in)
    }

    /// Takes guidance that is newer than what the phone has.
    ///
    /// # Errors
    /// When there is no consent, or it cannot be kept.
    pub fn is_advised(&mut self, guidance: Guidance, random: &mut Random<'_>) -> Result<(), PhoneError> {
        let state = self.state()?;
        if guidance.version <= state.guidance.as_ref().map_or(0, |known| known.version) {
            return Ok(());
        }
        state.guidance = Some(guidance);
        self.keep(random)
    }

    // Warning others

    /// The keys that the owner lets go of to warn others, after the authority has confirmed the test.
    ///
    /// # Errors
    /// When there is no consent, or it cannot be kept that they are gone.
    pub fn releases(
        &mut self,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Vec<DiagnosisKey>, PhoneError> {
        let state = self.state()?;
        let released = state.keys.release(IntervalNumber::at(now));
        self.keep(random)?;
        Ok(released)
    }

    /// What lies on the phone, in numbers.
    #[must_use]
    pub fn stored(&self) -> Option<Stored> {
        self.state.as_ref().map(Stored::of)
    }

    // Inside

    /// Keys that were not sent before, none of them older than fourteen days; those of now end here.
    pub(crate) fn releases_new(&mut self, now: Timestamp) -> Result<Vec<DiagnosisKey>, PhoneError> {
        let state = self.state()?;
        let mut released = state.keys.release(IntervalNumber::at(now));
        let oldest = IntervalNumber::at(now).minus(KEPT_DAYS * INTERVALS_PER_DAY);
        released.retain(|key| key.end() > oldest && state.sent_until.is_none_or(|sent| key.end() > sent));
        Ok(released)
    }

    pub(crate) fn kept_outcome(&self) -> Option<Outcome> {
        self.state.as_ref()?.outcome
    }

    /// What is kept, as it was last seen.
    pub(crate) const fn kept(&self) -> Option<&State> {
        self.state.as_ref()
    }

    pub(crate) fn list_mark(&mut self) -> Result<Option<String>, PhoneError> {
        Ok(self.state()?.list_mark.clone())
    }

    pub(crate) fn looked_through(&mut self) -> Result<BTreeSet<String>, PhoneError> {
        Ok(self.state()?.looked_through.keys().cloned().collect())
    }

    /// What is remembered of a look until it is finished.
    pub(crate) const fn unfinished(&mut self) -> &mut Unfinished {
        &mut self.unfinished
    }

    pub(crate) fn looks_through(
        &mut self,
        exports: &[Verified],
        files: Vec<Listed>,
        mark: Option<String>,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Option<Warning>, PhoneError> {
        let state = self.state()?;
        state.looked_through.extend(files.into_iter().map(|file| (file.name, file.ends)));
        state.list_mark = mark;
        self.checks_verified(exports, now, random)
    }

    /// What is kept, if it may be used: as it stands in the vault, also where another program has written since.
    pub(crate) fn state(&mut self) -> Result<&mut State, PhoneError> {
        self.refresh()?;
        match &mut self.state {
            None => Err(PhoneError::NoConsent),
            Some(state) if state.consent.version == self.words => Ok(state),
            Some(_) => Err(PhoneError::AskAnew),
        }
    }

    pub(crate) fn keep(&mut self, random: &mut Random<'_>) -> Result<(), PhoneError> {
        let state = self.state.as_ref().ok_or(PhoneError::NoConsent)?;
        let kept = self.vault.keep(&|| state.to_bytes(), random);
        if kept.is_err() {
            // What could not be kept is not believed either.
            self.reload()?;
        }
        Ok(kept?)
    }

    /// Takes over what another program has done, such as an erasure.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn refresh(&mut self) -> Result<(), PhoneError> {
        if !self.is_read || self.vault.has_changed()? { self.reload() } else { Ok(()) }
    }

    fn reload(&mut self) -> Result<(), PhoneError> {
        // What cannot be read now is read later: it is not taken for nothing, and nothing is written in its place.
        self.is_read = false;
        self.state = None;
        if let Some(bytes) = self.vault.open()? {
            self.state = Some(State::from_bytes(&bytes).ok_or(VaultError::Broken)?);
        }
        self.is_read = true;
        Ok(())
    }
}

impl State {
    /// Whether the clock lies behind what is known to have passed.
    pub(crate) fn clock_is_behind(&self, now: Timestamp) -> bool {
        now.duration_since(self.passed) < -CLOCK_TOLERANCE
    }

    /// A signed export tells that its window has passed. A fresh one that lies behind the clock shows that the clock
    /// is right, also where it had been set ahead before.
    fn learn_time(&mut self, exports: &[Verified], now: Timestamp) {
        let ended = exports.iter().flat_map(Verified::exports).map(|export| export.end).max();
        let Some(ended) = ended else { return };
        let is_right = ended <= now && now.duration_since(ended) <= EXPORT_FRESH;
        self.passed = if is_right { now } else { self.passed.max(ended) };
    }

    /// Which keys were heard, and what that amounts to. What was taken back in one of the exports counts in none.
    fn match_all(&mut self, exports: &[Verified], called_out: Option<&CalledOut>, now: Timestamp) {
        let exports: Vec<&Export> = exports.iter().flat_map(Verified::exports).collect();
        let revised = || exports.iter().flat_map(|export| &export.revised_keys);
        let known: BTreeSet<&TemporaryExposureKey> = revised().map(|key| &key.key).collect();
        self.exposures.retain(|one| !known.contains(&one.key));
        // Whoever plays back our own calls does not make us warn ourselves.
        let own: BTreeSet<&TemporaryExposureKey> = self.keys.kept().iter().map(|own| &own.key).collect();
        let new = exports.iter().flat_map(|export| &export.keys).filter(|key| !known.contains(&key.key));
        let standing = revised().filter(|key| key.report_type != Some(ReportType::Revoked));
        // A key of which nothing was heard has no match: where that is known, the others are left out.
        let heard_of = called_out.map(|made| made.heard(self.sightings.iter()));
        let may_match = |key: &&DiagnosisKey| {
            heard_of.as_ref().is_none_or(|heard_of| heard_of.contains(&key.key)) && !own.contains(&key.key)
        };
        let keys: Vec<DiagnosisKey> = new.chain(standing).filter(may_match).cloned().collect();
        if keys.is_empty() || self.sightings.is_empty() {
            return;
        }
        let sightings = self.sightings.make_contiguous();
        let matches = Matcher::new(sightings).matches(&keys);
        for of_key in &heard(&matches, &keys, sightings) {
            let before = self.exposures.len();
            self.exposures.retain(|one| one.key != of_key.key.key);
            if self.exposures.len() == before {
                self.found = Some(now);
            }
            self.exposures.push(Exposure { key: of_key.key.key.clone(), windows: windows(of_key) });
        }
    }

    /// The days for which there is a warning now. Each is told once; one that no longer stands is taken back.
    // Rules SS-15 to SS-17, with Denmark's numbers.
    fn conclude(&mut self, now: Timestamp) -> Option<Warning> {
        let today = Day::at(now);
        let windows: Vec<ExposureWindow> =
            self.exposures.iter().flat_map(|one| &one.windows).cloned().collect();
        let summaries = daily_summaries(&windows, &denmark::DAILY_SUMMARIES, today);
        let over = denmark::days_of_warning(&summaries);
        let new: Vec<Day> = over.iter().copied().filter(|day| !self.warned.contains(day)).collect();
        self.take_back(&over, today);
        self.warned.extend(&new);
        self.warned.sort_unstable();
        self.messages.extend(new.iter().map(|_| Message::new(now)));
        (!new.is_empty()).then_some(Warning { days: self.warned.len(), new_days: new.len() })
    }

    /// A day that is still looked at and no longer over the threshold: a key of it was taken back.
    fn take_back(&mut self, over: &[Day], today: Day) {
        let looked_at = denmark::DAILY_SUMMARIES.days_since_exposure_at_most.unwrap_or(i64::MAX);
        let before = self.warned.len();
        self.warned.retain(|day| over.contains(day) || today.since(*day) > looked_at);
        if self.warned.is_empty() && before > 0 {
            self.messages.clear();
        }
    }
}
