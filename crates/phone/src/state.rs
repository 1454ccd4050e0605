//! All that a phone keeps, and the form in which it is sealed.

use exposure::key::{from_hex, to_hex};
use exposure::sighting::Sighting;
use exposure::{
    Day, EncryptedMetadata, IntervalNumber, RollingPeriod, RollingProximityIdentifier, TemporaryExposureKey,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::keys::{KEPT_DAYS, OwnKey, OwnKeys};
use crate::phone::Consent;

/// What is kept while there is a consent.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) consent: Consent,
    pub(crate) keys: OwnKeys,
    pub(crate) sightings: Vec<Sighting>,
    /// Days of which somebody was warned.
    pub(crate) warned: Vec<Day>,
    /// The latest moment that is known to have passed.
    pub(crate) passed: Timestamp,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    consent: String,
    consented: i64,
    keys: Vec<(String, u32, u32)>,
    sightings: Vec<(String, String, i64, i8, Option<i64>)>,
    warned: Vec<u32>,
    passed: i64,
}

impl State {
    pub(crate) const fn new(consent: Consent) -> Self {
        let passed = consent.given;
        Self { consent, keys: OwnKeys::new(Vec::new()), sightings: Vec::new(), warned: Vec::new(), passed }
    }

    /// Drops what is older than fourteen days.
    pub(crate) fn drop_old(&mut self, now: Timestamp) {
        let days = i64::from(KEPT_DAYS);
        let oldest = now.checked_sub(SignedDuration::from_hours(24 * days)).unwrap_or(Timestamp::MIN);
        self.sightings.retain(|sighting| sighting.seen >= oldest);
        self.warned.retain(|day| Day::at(now).since(*day) <= days);
        self.keys.drop_old(IntervalNumber::at(now));
    }

    pub(crate) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let written = Written {
            consent: self.consent.version.clone(),
            consented: self.consent.given.as_second(),
            keys: self
                .keys
                .kept()
                .iter()
                .map(|own| (to_hex(own.key.reveal()), own.start.number(), own.period.intervals()))
                .collect(),
            sightings: self
                .sightings
                .iter()
                .map(|one| {
                    let previous = one.previous_scan.map(|scan| scan.as_second());
                    let metadata = to_hex(one.metadata.reveal());
                    (one.identifier.reveal_hex(), metadata, one.seen.as_second(), one.rssi_dbm, previous)
                })
                .collect(),
            warned: self.warned.iter().map(|day| day.number()).collect(),
            passed: self.passed.as_second(),
        };
        Zeroizing::new(serde_json::to_vec(&written).unwrap_or_default())
    }

    /// The state of these bytes; `None` if they are none.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let written: Written = serde_json::from_slice(bytes).ok()?;
        let moment = |second| Timestamp::from_second(second).ok();
        let key = |(key, start, period): &(String, u32, u32)| {
            Some(OwnKey {
                key: TemporaryExposureKey::from_hex(key).ok()?,
                start: IntervalNumber::new(*start),
                period: RollingPeriod::new(i64::from(*period)).ok()?,
            })
        };
        let sighting =
            |(identifier, metadata, seen, rssi_dbm, previous): (String, String, _, _, Option<i64>)| {
                Some(Sighting {
                    identifier: RollingProximityIdentifier::new(from_hex(&identifier)?.try_into().ok()?),
                    metadata: EncryptedMetadata::new(from_hex(&metadata)?.try_into().ok()?),
                    seen: moment(seen)?,
                    rssi_dbm,
                    previous_scan: previous.and_then(moment),
                })
            };
        Some(Self {
            consent: Consent { version: written.consent, given: moment(written.consented)? },
            keys: OwnKeys::new(written.keys.iter().map(key).collect::<Option<_>>()?),
            sightings: written.sightings.into_iter().map(sighting).collect::<Option<_>>()?,
            warned: written.warned.into_iter().map(Day::new).collect(),
            passed: moment(written.passed)?,
        })
    }
}
