//! The phone's own keys: one a day, kept for fourteen; and what it calls out now.

use exposure::{
    DiagnosisKey, EncryptedMetadata, IdentifierKey, IntervalNumber, Metadata, MetadataKey, Random,
    RollingPeriod, RollingProximityIdentifier, TemporaryExposureKey,
};
use jiff::{SignedDuration, Timestamp};

/// How long keys and sightings are kept.
pub const KEPT_DAYS: u32 = 14;
/// An identifier is called out for at least this long.
const CALLED_OUT_SECONDS: u32 = 600;
/// And up to this much longer. A server that does not answer may hold up the change for up to two minutes: then too it
/// is twenty minutes at most.
const CALLED_OUT_MORE_SECONDS: u32 = 480;
/// After so long another identifier is due.
pub(crate) const CALLED_OUT_AT_MOST: SignedDuration =
    SignedDuration::from_secs((CALLED_OUT_SECONDS + CALLED_OUT_MORE_SECONDS) as i64);

/// A key, the interval from which it is used and for how many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnKey {
    /// The key.
    pub key: TemporaryExposureKey,
    /// From when.
    pub start: IntervalNumber,
    /// For how long, unless it is let go of before.
    pub period: RollingPeriod,
}

impl OwnKey {
    /// The key as it is uploaded. How ill its owner is, and since when, is for the authority to say.
    pub(crate) fn as_diagnosis_key(&self) -> DiagnosisKey {
        DiagnosisKey {
            key: self.key.clone(),
            start: self.start,
            period: self.period,
            report_type: None,
            days_since_onset: None,
            transmission_risk: None,
        }
    }

    fn is_used_in(&self, interval: IntervalNumber) -> bool {
        (self.start..self.start.plus(self.period.intervals())).contains(&interval)
    }
}

/// The keys of the last fourteen days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnKeys(Vec<OwnKey>);

impl OwnKeys {
    /// Keys that were kept.
    #[must_use]
    pub const fn new(keys: Vec<OwnKey>) -> Self {
        Self(keys)
    }

    /// The keys, the oldest first.
    #[must_use]
    pub fn kept(&self) -> &[OwnKey] {
        &self.0
    }

    /// Drops keys that are too old.
    pub fn drop_old(&mut self, now: IntervalNumber) {
        let oldest = now.day_start().minus(KEPT_DAYS * exposure::interval::INTERVALS_PER_DAY);
        self.0.retain(|key| key.start >= oldest);
    }

    /// Drops keys that begin after this: the clock was ahead when they were made, and their day would be called out twice.
    pub(crate) fn drop_to_come(&mut self, latest: IntervalNumber) {
        self.0.retain(|key| key.start <= latest);
    }

    /// The key of this interval, made if there is none. A fresh key lasts until midnight in UTC.
    pub fn of(&mut self, now: IntervalNumber, random: &mut Random<'_>) -> OwnKey {
        if let Some(known) = self.0.iter().find(|key| key.is_used_in(now)) {
            return known.clone();
        }
        // After a key of today was let go of, the next begins where that one ended.
        let today = now.day_start();
        let ended =
            self.0.iter().map(|key| key.start.plus(key.period.intervals())).filter(|end| *end <= now).max();
        let start = ended.map_or(today, |end| end.max(today));
        let left = exposure::interval::INTERVALS_PER_DAY - (start.number() - today.number());
        let period = RollingPeriod::new(left.into()).unwrap_or(RollingPeriod::FULL);
        let made = OwnKey { key: TemporaryExposureKey::random(random), start, period };
        self.0.push(made.clone());
        made
    }

    /// Lets go of all keys, for a person who is ill and wants others warned. The key of now ends with this interval;
    /// what is called out afterwards follows from another.
    pub fn release(&mut self, now: IntervalNumber) -> Vec<DiagnosisKey> {
        self.drop_old(now);
        for key in self.0.iter_mut().filter(|key| key.is_used_in(now)) {
            let used = i64::from(now.number() - key.start.number()) + 1;
            key.period = RollingPeriod::new(used).unwrap_or(key.period);
        }
        self.0.iter().filter(|key| key.start <= now).map(OwnKey::as_diagnosis_key).collect()
    }
}

/// What is called out, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beacon {
    /// The identifier. The address of the radio changes together with it.
    pub identifier: RollingProximityIdentifier,
    /// And beside it.
    pub metadata: EncryptedMetadata,
    /// Then another is due.
    pub until: Timestamp,
}

impl Beacon {
    /// What to call out from now on, for 10 to 18 minutes that nobody can foretell.
    pub fn new(keys: &mut OwnKeys, transmit_power_dbm: i8, now: Timestamp, random: &mut Random<'_>) -> Self {
        let interval = IntervalNumber::at(now);
        let key = keys.of(interval, random).key;
        let identifier = IdentifierKey::derive(&key).identifier(interval);
        let metadata = MetadataKey::derive(&key).encrypt(identifier, Metadata::v1_0(transmit_power_dbm));
        let mut drawn = [0; 4];
        random(&mut drawn);
        let more = u32::from_le_bytes(drawn) % (CALLED_OUT_MORE_SECONDS + 1);
        let until = now + SignedDuration::from_secs(i64::from(CALLED_OUT_SECONDS + more));
        Self { identifier, metadata, until }
    }
}
