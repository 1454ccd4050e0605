//! Identifiers that cannot be mixed up: `Id<Person>` is not `Id<Record>`.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

/// What an identifier points at. Implemented by empty marker types only.
pub trait Kind {
    /// The word used in messages.
    const WORD: &'static str;
}

/// A person, living or dead, known to a register by an internal id and never by a number of the state.
#[derive(Debug)]
pub enum Person {}
impl Kind for Person {
    const WORD: &'static str = "person";
}

/// An organisation: a hospital department, a practice, a pharmacy.
#[derive(Debug)]
pub enum Organisation {}
impl Kind for Organisation {
    const WORD: &'static str = "organisation";
}

/// A record in a declared register.
#[derive(Debug)]
pub enum Record {}
impl Kind for Record {
    const WORD: &'static str = "record";
}

/// 128 unguessable bits, printed as 32 lower-case hexadecimal digits.
pub struct Id<K: Kind>(u128, PhantomData<fn() -> K>);

impl<K: Kind> Id<K> {
    /// Makes an id of 128 bits from a source of randomness or a keyed hash.
    #[must_use]
    pub const fn from_bits(bits: u128) -> Self {
        Self(bits, PhantomData)
    }

    /// The 128 bits.
    #[must_use]
    pub const fn bits(self) -> u128 {
        self.0
    }

    /// The 128 bits, most significant byte first.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    /// The id of 16 bytes, most significant first.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self::from_bits(u128::from_be_bytes(bytes))
    }
}

impl<K: Kind> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K: Kind> Copy for Id<K> {}
impl<K: Kind> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K: Kind> Eq for Id<K> {}
impl<K: Kind> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K: Kind> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K: Kind> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K: Kind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}
impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{:032x}", K::WORD, self.0)
    }
}

/// A text that is not an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id is 32 lower-case hexadecimal digits")]
pub struct NotAnId;

impl<K: Kind> FromStr for Id<K> {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let well_formed = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !well_formed {
            return Err(NotAnId);
        }
        u128::from_str_radix(text, 16).map(Self::from_bits).map_err(|_| NotAnId)
    }
}
