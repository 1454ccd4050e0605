//! What is counted, and the secret by which the two bodies check the same thing.

use prio::vdaf::VdafError;
use prio::vdaf::prio3::{Prio3Histogram, optimal_chunk_length};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::told::ANSWERS;

/// Leader and helper.
const BODIES: u8 = 2;
const PURPOSE: &[u8] = b"hjemmel statistics 1";

/// What is counted: a share that was made for one count means nothing in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TaskId([u8; 32]);

impl TaskId {
    /// The count of a name, such as `smittestop`.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self(Sha256::digest([PURPOSE, b" task ", name.as_bytes()].concat()).into())
    }

    /// Its bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// As it stands in an address: base64 for addresses, without padding.
    #[must_use]
    pub fn text(&self) -> String {
        const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let mut text = String::with_capacity(43);
        for three in self.0.chunks(3) {
            let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
            let bits = bits << (8 * (3 - three.len()));
            for sign in 0..=three.len() {
                let position = (bits >> (18 - 6 * sign)) & 63;
                let sign = usize::try_from(position).ok().and_then(|position| SIGNS.get(position));
                text.extend(sign.map(|sign| char::from(*sign)));
            }
        }
        text
    }

    pub(crate) fn context(&self) -> Vec<u8> {
        [PURPOSE, &self.0].concat()
    }
}

/// The secret of the two bodies, which no phone knows: without it a phone could make a proof of what is not so.
#[derive(Clone)]
pub struct Secret(Zeroizing<[u8; 32]>);

impl Secret {
    /// From 32 random bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(crate) fn verify_key(&self) -> Zeroizing<[u8; 32]> {
        self.derived(b" verify")
    }

    pub(crate) fn drawer_key(&self) -> Zeroizing<[u8; 32]> {
        self.derived(b" drawer")
    }

    /// What the leader shows to the helper with each request.
    #[must_use]
    pub fn token(&self) -> Zeroizing<[u8; 32]> {
        self.derived(b" token")
    }

    fn derived(&self, what: &[u8]) -> Zeroizing<[u8; 32]> {
        // Bytes of a fixed length under a fixed prefix: a plain hash cannot be extended to another purpose.
        Zeroizing::new(Sha256::digest([PURPOSE, what, &*self.0].concat()).into())
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

pub(crate) fn histogram() -> Result<Prio3Histogram, VdafError> {
    Prio3Histogram::new_histogram(BODIES, ANSWERS, optimal_chunk_length(ANSWERS))
}
