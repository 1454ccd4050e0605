//! The radio: calls out what the phone is called for a few minutes, and now and then listens to others.
//!
//! Notice sst, rules SS-08 and SS-09. The identifier and the address of the radio change together, in one call: one
//! without the other would tie the old to the new.

#[cfg(feature = "bluez")]
pub mod bluez;
pub mod loopback;
pub mod signal;

use std::io;

use exposure::sighting::Sighting;
use exposure::{EncryptedMetadata, Random, RollingProximityIdentifier};
use jiff::{SignedDuration, Timestamp};

use crate::dice;
use crate::keys::Beacon;

/// The Bluetooth service under which phones call out, everywhere.
pub const SERVICE: u16 = 0xfd6f;
/// How long one scan listens.
pub const SCAN: SignedDuration = SignedDuration::from_secs(4);
/// A scan comes so long after the one before, give or take [`SCAN_JITTER`].
pub const SCAN_EVERY: SignedDuration = SignedDuration::from_secs(300);
/// See [`SCAN_EVERY`]: phones that scanned in step would miss each other in step.
pub const SCAN_JITTER: SignedDuration = SignedDuration::from_secs(90);

/// Why the radio did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum RadioError {
    /// It is off, missing, or not ours to use.
    #[error("the radio cannot be used: {0}")]
    Unusable(String),
    /// What carries the calls in a simulation failed.
    #[error("the simulated radio failed: {0}")]
    Simulated(#[from] io::Error),
}

/// A random address of the radio, thrown away with the identifier that went out under it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Address([u8; 6]);

impl Address {
    /// A fresh one. Its two highest bits are 0: random, private and not resolvable, as Bluetooth calls it.
    #[must_use]
    pub fn random(random: &mut Random<'_>) -> Self {
        let mut bytes = [0; 6];
        random(&mut bytes);
        let [first, ..] = &mut bytes;
        *first &= 0x3f;
        Self(bytes)
    }

    /// Shows the bytes, as they are called out.
    #[must_use]
    pub const fn reveal(&self) -> &[u8; 6] {
        &self.0
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(radio address)")
    }
}

/// One call that was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// What was called out.
    pub identifier: RollingProximityIdentifier,
    /// And beside it.
    pub metadata: EncryptedMetadata,
    /// How loud, in decibels over a milliwatt.
    pub rssi_dbm: i8,
}

/// A radio.
pub trait Radio {
    /// Calls this out from now on under this address, in place of what it called out before.
    ///
    /// # Errors
    /// When it cannot; then it calls out nothing.
    fn call_out(&mut self, beacon: &Beacon, address: Address, now: Timestamp) -> Result<(), RadioError>;

    /// Calls out nothing more.
    ///
    /// # Errors
    /// When it cannot.
    fn be_silent(&mut self) -> Result<(), RadioError>;

    /// Called often by whoever runs the phone. A simulated radio repeats its call then; hardware does so by itself.
    ///
    /// # Errors
    /// When it cannot.
    fn repeat(&mut self, _now: Timestamp) -> Result<(), RadioError> {
        Ok(())
    }

    /// Listens for [`SCAN`] and says what it heard, each call by itself.
    ///
    /// # Errors
    /// When it cannot.
    fn listen(&mut self, now: Timestamp, random: &mut Random<'_>) -> Result<Vec<Report>, RadioError>;
}

/// The calls of one scan as sightings, one for each identifier: as loud as its calls were on average. Denmark's numbers
/// ask for the typical loudness of a scan and for nothing else.
#[must_use]
pub fn merged(reports: &[Report], seen: Timestamp, previous_scan: Option<Timestamp>) -> Vec<Sighting> {
    let mut sorted: Vec<&Report> = reports.iter().collect();
    sorted.sort_by_key(|report| report.identifier);
    sorted
        .chunk_by(|one, other| one.identifier == other.identifier)
        .filter_map(|calls| {
            let first = calls.first()?;
            let sum: i32 = calls.iter().map(|call| i32::from(call.rssi_dbm)).sum();
            let count = i32::try_from(calls.len()).ok()?;
            // Rounded half away from the louder: the attenuation is rounded half up.
            let mean = (2 * sum + count - 1).div_euclid(2 * count);
            Some(Sighting {
                identifier: first.identifier,
                metadata: first.metadata,
                seen,
                rssi_dbm: i8::try_from(mean).ok()?,
                previous_scan,
            })
        })
        .collect()
}

/// When to listen again.
#[must_use]
pub fn next_scan(now: Timestamp, random: &mut Random<'_>) -> Timestamp {
    let least = SCAN_EVERY.saturating_sub(SCAN_JITTER);
    now.saturating_add(dice::duration(random, least, SCAN_EVERY.saturating_add(SCAN_JITTER))).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use exposure::{EncryptedMetadata, RollingProximityIdentifier};
    use jiff::Timestamp;

    use super::{Address, Report, merged, next_scan};

    fn report(identifier: u8, rssi_dbm: i8) -> Report {
        Report {
            identifier: RollingProximityIdentifier::new([identifier; 16]),
            metadata: EncryptedMetadata::new([0; 4]),
            rssi_dbm,
        }
    }

    #[test]
    fn the_calls_of_one_scan_are_one_sighting_each_as_loud_as_on_average() {
        let now = Timestamp::from_second(1_795_219_200).unwrap();
        let heard =
            [report(2, -70), report(1, -60), report(2, -71), report(2, -73), report(3, -128), report(3, 127)];
        let sightings = merged(&heard, now, None);
        let said: Vec<_> =
            sightings.iter().map(|one| (one.identifier.reveal()[0], one.rssi_dbm, one.seen)).collect();
        assert_eq!(said, [(1, -60, now), (2, -71, now), (3, -1, now)]);
        // -70 and -71: an attenuation of 70.5 is rounded up, so the loudness down.
        assert_eq!(merged(&[report(1, -70), report(1, -71)], now, None)[0].rssi_dbm, -71);
    }

    #[test]
    fn scans_come_every_five_minutes_give_or_take_ninety_seconds() {
        let mut state = 7_u64;
        let mut random = |bytes: &mut [u8]| {
            for byte in bytes {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                *byte = state.to_be_bytes()[0];
            }
        };
        let now = Timestamp::from_second(1_795_219_200).unwrap();
        let waits: Vec<i64> =
            (0..500).map(|_| next_scan(now, &mut random).duration_since(now).as_millis() as i64).collect();
        assert!(waits.iter().all(|wait| (210_000..=390_000).contains(wait)));
        assert!(*waits.iter().min().unwrap() < 220_000 && *waits.iter().max().unwrap() > 380_000);
        assert!((0..100).all(|_| Address::random(&mut random).reveal()[0] < 0x40));
    }
}
