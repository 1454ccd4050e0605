//! Which keys of ours are to go up now: those that may, less those that the list says have gone.

use std::collections::BTreeSet;

use exposure::gateway::{FederatedKey, MAX_KEYS, payload_hash};

use super::{Delivery, Terms, eligible, keys_of, list_all, uploaded};
use crate::{Call, Nothing};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Keys of ours of the last two weeks, as the key server has them.
    pub keys: Vec<FederatedKey>,
}

/// Why not.
pub type Error = crate::Error<Nothing>;

/// The batches to be sent, each of at most 5,000 keys, none of which has gone up before.
///
/// # Errors
/// Refused, or the register cannot answer.
// rule SS-23: on reporting, rolling IDs go to the gateway.
pub fn run(at: &Call<'_>, terms: &Terms, request: &Request) -> Result<Vec<Vec<FederatedKey>>, Error> {
    let mut gone = BTreeSet::new();
    for line in list_all::<Nothing>(at)? {
        let Delivery::Up { tag, fate, .. } = line.delivery else { continue };
        let (subject, record) = (uploaded::subject(&tag), uploaded::record(&tag, fate));
        let found = keys_of::<Nothing>(at, &subject, &record)?;
        gone.extend(found.iter().flat_map(|found| &found.keys).map(payload_hash));
    }
    let mut keys: Vec<FederatedKey> = request
        .keys
        .iter()
        .filter_map(|key| eligible::run(key, &terms.own, at.now()))
        .filter(|key| gone.insert(payload_hash(key)))
        .collect();
    // By the key itself, which is random: the keys of one person do not stay together.
    keys.sort_unstable_by(|one, other| one.key_data.cmp(&other.key_data));
    Ok(keys.chunks(MAX_KEYS).map(<[FederatedKey]>::to_vec).collect())
}
