//! The daily random key of a phone, and the identifiers that follow from it, as types that no log can print.
//!
//! Invariant: a key and an identifier have no `Display`, no `Serialize` and a `Debug` without bytes. Whoever wants
//! the bytes says `reveal`.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Fills bytes with randomness; fixed in tests and simulations, the operating system's elsewhere.
pub type Random<'a> = dyn FnMut(&mut [u8]) + 'a;

/// Why something is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not 16 bytes.
    #[error("a temporary exposure key has 16 bytes, this has {0}")]
    Length(usize),
    /// Not hexadecimal digits.
    #[error("a key in hexadecimal digits holds only 0-9 and a-f")]
    Digits,
    /// Not base64.
    #[error("a key in base64 is 24 characters with padding")]
    Base64,
}

/// The random key of a day (TEK), from which the identifiers of that day follow. 16 bytes, overwritten when dropped.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Zeroize, ZeroizeOnDrop)]
pub struct TemporaryExposureKey([u8; 16]);

impl TemporaryExposureKey {
    /// A key of these bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// A fresh key.
    #[must_use]
    pub fn random(random: &mut Random<'_>) -> Self {
        let mut bytes = [0; 16];
        random(&mut bytes);
        Self(bytes)
    }

    /// Reads a key from bytes of any length.
    ///
    /// # Errors
    /// When there are not 16.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, KeyError> {
        bytes.try_into().map(Self).map_err(|_| KeyError::Length(bytes.len()))
    }

    /// Reads a key from hexadecimal digits.
    ///
    /// # Errors
    /// When there are other characters, or not 16 bytes of them.
    pub fn from_hex(text: &str) -> Result<Self, KeyError> {
        let mut bytes = from_hex(text).ok_or(KeyError::Digits)?;
        let key = Self::from_slice(&bytes);
        bytes.zeroize();
        key
    }

    /// Reads a key from base64 with padding.
    ///
    /// # Errors
    /// When it is no base64, or not 16 bytes.
    pub fn from_base64(text: &str) -> Result<Self, KeyError> {
        let mut bytes = STANDARD.decode(text).map_err(|_| KeyError::Base64)?;
        let key = Self::from_slice(&bytes);
        bytes.zeroize();
        key
    }

    /// Shows the bytes. Each call is a place to review: where do they go?
    #[must_use]
    pub const fn reveal(&self) -> &[u8; 16] {
        &self.0
    }

    /// Shows the bytes in base64.
    #[must_use]
    pub fn reveal_base64(&self) -> String {
        STANDARD.encode(self.0)
    }
}

impl fmt::Debug for TemporaryExposureKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(temporary exposure key)")
    }
}

/// What a phone calls out for ten minutes (RPI). 16 bytes that say nothing to whoever lacks the key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RollingProximityIdentifier([u8; 16]);

impl RollingProximityIdentifier {
    /// An identifier of these bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Shows the bytes, as they are called out.
    #[must_use]
    pub const fn reveal(&self) -> &[u8; 16] {
        &self.0
    }

    /// Shows the bytes as hexadecimal digits.
    #[must_use]
    pub fn reveal_hex(&self) -> String {
        to_hex(&self.0)
    }
}

impl fmt::Debug for RollingProximityIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(rolling proximity identifier)")
    }
}

/// Bytes as small hexadecimal digits.
#[must_use]
pub fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads hexadecimal digits of either case; `None` for an odd number of them or anything else.
#[must_use]
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    let (pairs, []) = digits.as_chunks::<2>() else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    pairs.iter().map(|[high, low]| Some(digit(*high)? * 16 + digit(*low)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::{KeyError, RollingProximityIdentifier, TemporaryExposureKey};

    #[test]
    fn neither_a_key_nor_an_identifier_prints_its_bytes() {
        let key = TemporaryExposureKey::new([0xab; 16]);
        let said = format!("{key:?} {:?}", RollingProximityIdentifier::new([0xcd; 16]));
        for bytes in ["ab", "171", "cd", "205"] {
            assert!(!said.contains(bytes), "{said}");
        }
    }

    #[test]
    fn a_key_is_read_from_digits_and_base64_and_from_nothing_else() {
        let key = TemporaryExposureKey::from_hex("75C734c6dd1a782de7a965da5eb93125").unwrap();
        assert_eq!(TemporaryExposureKey::from_base64(&key.reveal_base64()).unwrap(), key);
        assert_eq!(TemporaryExposureKey::from_hex("75c7"), Err(KeyError::Length(2)));
        assert_eq!(TemporaryExposureKey::from_hex("75c"), Err(KeyError::Digits));
        assert_eq!(TemporaryExposureKey::from_hex("75g7"), Err(KeyError::Digits));
        assert_eq!(TemporaryExposureKey::from_hex("æøåæøåæø"), Err(KeyError::Digits));
        assert_eq!(TemporaryExposureKey::from_base64("dcc0"), Err(KeyError::Length(3)));
        assert_eq!(TemporaryExposureKey::from_base64("dcc0x"), Err(KeyError::Base64));
    }

    #[test]
    fn an_error_never_repeats_what_was_given() {
        let given = "75c734c6dd1a782de7a965da5eb931zz";
        let error = TemporaryExposureKey::from_hex(given).unwrap_err();
        assert!(!error.to_string().contains("75c7"));
    }
}
