//! The token with which a phone, and nobody else, may say later that the test was wrong: which keys it covers, sealed.
//!
//! Invariant: the server keeps no list of who uploaded what; the phone carries it, and cannot read it.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::digest::{SHA256, digest};
use prost::Message as _;
use zeroize::Zeroizing;

use crate::interval::{IntervalNumber, RollingPeriod};
use crate::key::{Random, TemporaryExposureKey, to_hex};

/// A token covers at most so many keys: those of a full upload, and some of the one before.
pub const ENTRIES: usize = 36;
/// No token is longer.
pub const MAX_BYTES: usize = 8 * 1024;
const NONCE_BYTES: usize = 12;
/// What a key takes at most, its tag and length included.
const ENTRY_BYTES: usize = 29;
/// What is sealed is filled up to this, so that the length of a token does not tell how many keys it covers.
const FILLED_BYTES: usize = 1_280;
/// Before the filler stand a byte of tag and two of length: two only where it is of 128 bytes or more.
const FILLER_HEAD_BYTES: usize = 3;
const _: () = assert!(ENTRIES * ENTRY_BYTES + FILLER_HEAD_BYTES + 128 <= FILLED_BYTES);

/// A key that may be revised.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revisable {
    /// The key.
    pub key: TemporaryExposureKey,
    /// Its first interval.
    pub start: IntervalNumber,
    /// For how many intervals.
    pub period: RollingPeriod,
}

/// Not a token of ours, or one whose key is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is no revision token of this server")]
pub struct NotAToken;

#[derive(Clone, PartialEq, prost::Message)]
#[prost(skip_debug)]
struct TokenWire {
    #[prost(string, tag = "1")]
    kid: String,
    #[prost(bytes = "vec", tag = "2")]
    data: Vec<u8>,
}

#[derive(Clone, PartialEq, prost::Message)]
#[prost(skip_debug)]
struct DataWire {
    #[prost(message, repeated, tag = "1")]
    keys: Vec<KeyWire>,
    /// Makes every token equally long, whatever its numbers take.
    #[prost(bytes = "vec", tag = "15")]
    filler: Vec<u8>,
}

#[derive(Clone, PartialEq, prost::Message)]
#[prost(skip_debug)]
struct KeyWire {
    #[prost(bytes = "vec", tag = "1")]
    tek: Vec<u8>,
    #[prost(int32, tag = "2")]
    interval_number: i32,
    #[prost(int32, tag = "3")]
    interval_count: i32,
}

/// A secret with which tokens are sealed. Its name follows from it.
pub struct TokenKey {
    name: String,
    key: LessSafeKey,
}

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenKey").field("name", &self.name).finish_non_exhaustive()
    }
}

impl TokenKey {
    /// A key of 32 bytes.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Option<Self> {
        let name = to_hex(digest(&SHA256, &[b"revision token", secret.as_slice()].concat()).as_ref());
        let name = name.get(..8)?.to_owned();
        Some(Self { name, key: LessSafeKey::new(UnboundKey::new(&AES_256_GCM, secret).ok()?) })
    }

    /// A token for these keys, bound to what the operator says it is for. Beyond the first [`ENTRIES`] it covers none.
    #[must_use]
    pub fn seal(&self, keys: &[Revisable], bound: &[u8], random: &mut Random<'_>) -> Option<Vec<u8>> {
        let entries = keys
            .iter()
            .take(ENTRIES)
            .map(|one| KeyWire {
                tek: one.key.reveal().to_vec(),
                interval_number: i32::try_from(one.start.number()).unwrap_or(i32::MAX),
                interval_count: i32::try_from(one.period.intervals()).unwrap_or(0),
            })
            .collect();
        let mut data = DataWire { keys: entries, filler: Vec::new() };
        data.filler = vec![0; FILLED_BYTES.saturating_sub(data.encoded_len() + FILLER_HEAD_BYTES)];
        let mut text = data.encode_to_vec();
        let mut nonce = [0; NONCE_BYTES];
        random(&mut nonce);
        let sealed = Nonce::assume_unique_for_key(nonce);
        self.key.seal_in_place_append_tag(sealed, Aad::from(bound), &mut text).ok()?;
        let data = [nonce.as_slice(), &text].concat();
        Some(TokenWire { kid: self.name.clone(), data }.encode_to_vec())
    }
}

/// The keys of a token that one of our secrets sealed.
///
/// # Errors
/// When none did, or for something else.
pub fn open(token: &[u8], keys: &[TokenKey], bound: &[u8]) -> Result<Vec<Revisable>, NotAToken> {
    if token.len() > MAX_BYTES {
        return Err(NotAToken);
    }
    let TokenWire { kid, data } = TokenWire::decode(token).map_err(|_| NotAToken)?;
    let key = keys.iter().find(|key| key.name == kid).ok_or(NotAToken)?;
    let (nonce, text) = data.split_first_chunk::<NONCE_BYTES>().ok_or(NotAToken)?;
    let mut text = Zeroizing::new(text.to_vec());
    let opened = key.key.open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(bound), &mut text);
    let data = DataWire::decode(&*opened.map_err(|_| NotAToken)?).map_err(|_| NotAToken)?;
    // Tokens were once filled up with keys of zeros.
    let real = data.keys.into_iter().filter(|key| key.tek.iter().any(|byte| *byte != 0));
    real.map(|wire| {
        Ok(Revisable {
            key: TemporaryExposureKey::from_slice(&wire.tek).map_err(|_| NotAToken)?,
            start: IntervalNumber::new(u32::try_from(wire.interval_number).map_err(|_| NotAToken)?),
            period: RollingPeriod::new(wire.interval_count.into()).map_err(|_| NotAToken)?,
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::{ENTRIES, NotAToken, Revisable, TokenKey, open};
    use crate::interval::{IntervalNumber, RollingPeriod};
    use crate::key::TemporaryExposureKey;

    fn keys(count: u8) -> Vec<Revisable> {
        let key = |number| Revisable {
            key: TemporaryExposureKey::new([number; 16]),
            start: IntervalNumber::new(2_900_000 + u32::from(number) * 144),
            period: RollingPeriod::FULL,
        };
        (1..=count).map(key).collect()
    }

    fn counting() -> impl FnMut(&mut [u8]) {
        let mut next = 0_u8;
        move |bytes| {
            next += 1;
            bytes.fill(next);
        }
    }

    #[test]
    fn a_token_gives_back_its_keys_to_the_server_that_sealed_it() {
        let ours = [TokenKey::new(&[7; 32]).unwrap(), TokenKey::new(&[8; 32]).unwrap()];
        let token = ours[1].seal(&keys(14), b"dk", &mut counting()).unwrap();
        assert_eq!(open(&token, &ours, b"dk"), Ok(keys(14)));
        assert_eq!(open(&token, &ours, b"no"), Err(NotAToken));
        assert_eq!(open(&token, &ours[..1], b"dk"), Err(NotAToken));
    }

    #[test]
    fn the_length_of_a_token_does_not_tell_how_many_keys_it_covers() {
        let key = TokenKey::new(&[7; 32]).unwrap();
        let length = |keys: &[Revisable]| key.seal(keys, b"dk", &mut counting()).unwrap().len();
        let mut wide = keys(60);
        for one in &mut wide {
            // The most that a number of the format takes.
            one.start = IntervalNumber::new(u32::MAX);
        }
        for count in 0..=60 {
            assert_eq!(length(&keys(60)[..count]), length(&[]), "{count} keys");
            assert_eq!(length(&wide[..count]), length(&[]), "{count} keys of far numbers");
        }
    }

    #[test]
    fn a_token_covers_the_first_keys_up_to_its_bound() {
        let ours = [TokenKey::new(&[7; 32]).unwrap()];
        let token = ours[0].seal(&keys(60), b"dk", &mut counting()).unwrap();
        assert_eq!(open(&token, &ours, b"dk").unwrap(), keys(60)[..ENTRIES]);
    }

    #[test]
    fn a_token_with_a_flipped_bit_is_none() {
        let ours = [TokenKey::new(&[7; 32]).unwrap()];
        let token = ours[0].seal(&keys(3), b"dk", &mut counting()).unwrap();
        for at in 0..token.len() {
            let mut bent = token.clone();
            bent[at] ^= 1;
            assert_eq!(open(&bent, &ours, b"dk"), Err(NotAToken), "byte {at}");
        }
        assert_eq!(open(&[], &ours, b"dk"), Err(NotAToken));
    }
}
