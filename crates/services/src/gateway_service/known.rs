//! Which keys the gateway has already: read from the records once, then kept up to date, and a lock on changing it.
//!
//! Invariant: what is in here follows from the records; a process that starts anew reads them again.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use exposure::gateway::{FederatedKey, payload_hash};
use jiff::{SignedDuration, Timestamp};
use notice::Target;

use super::{Reason, USE, all_lines, upload, uploads};
use crate::gateway_records as records;
use crate::gateway_records::KEPT_HOURS;
use crate::{Call, Error};

/// The keys that lie in the gateway, by a hash of all their fields.
#[derive(Debug, Default)]
pub struct Known(Mutex<Option<HashMap<u128, Timestamp>>>);

/// The lock: who holds it is the only one who takes in or lays into batches.
pub(super) type Lock<'a> = MutexGuard<'a, Option<HashMap<u128, Timestamp>>>;

impl Known {
    pub(super) fn lock(&self) -> Lock<'_> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The keys, read from the records if they have not been.
pub(super) fn loaded<'a>(
    at: &Call<'_>,
    lock: &'a mut Lock<'_>,
) -> Result<&'a mut HashMap<u128, Timestamp>, Error<Reason>> {
    if lock.is_none() {
        let mut known = HashMap::new();
        for upload in uploads(&all_lines::<Reason>(at)?) {
            for key in keys(at, &upload.tag)? {
                known.insert(short(&key), upload.uploaded);
            }
        }
        **lock = Some(known);
    }
    Ok(lock.get_or_insert_default())
}

/// The keys of an upload; none once they have been erased.
pub(super) fn keys(at: &Call<'_>, tag: &str) -> Result<Vec<FederatedKey>, Error<Reason>> {
    let person = records::nobody(at, &upload::subject(tag));
    let target = Target::Record { person, record: records::id_of(&upload::keys_record(tag)) };
    let found = at.read(USE, target, None)?;
    Ok(found.first().and_then(records::read_keys).map(|batch| batch.keys).unwrap_or_default())
}

/// Forgets what the notice's clock has erased.
pub(super) fn forget_old(lock: &mut Lock<'_>, now: Timestamp) {
    let oldest = now.checked_sub(SignedDuration::from_hours(KEPT_HOURS)).unwrap_or(Timestamp::MIN);
    if let Some(known) = lock.as_mut() {
        known.retain(|_, uploaded| *uploaded >= oldest);
    }
}

/// Half of the hash: enough to tell keys apart.
pub(super) fn short(key: &FederatedKey) -> u128 {
    let hash = format!("{:0>64}", payload_hash(key));
    hash.get(..32).and_then(|half| u128::from_str_radix(half, 16).ok()).unwrap_or(0)
}
