//! From the key of a day to what is called out in it: rolling identifiers and encrypted metadata.
//!
//! The field's cryptography, version 1.2: HKDF-SHA256 for the two keys of a day, single AES blocks for the
//! identifiers, counter mode from the identifier for the metadata. ECB and CTR stand nowhere else in the house.

mod derive;
mod four;
mod metadata;
mod pairs;

use aes::Aes128Enc;
use aes::cipher::{Array, BlockCipherEncrypt, KeyInit};
use zeroize::{Zeroize, ZeroizeOnDrop};

pub(crate) use four::FOUR;
pub use metadata::{CalibrationConfidence, EncryptedMetadata, Metadata};

use crate::interval::{INTERVALS_PER_DAY, IntervalNumber};
use crate::key::{RollingProximityIdentifier, TemporaryExposureKey};

/// Says which of the two keys of a day is meant.
const IDENTIFIER_LABEL: &[u8; 7] = b"EN-RPIK";
const METADATA_LABEL: &[u8; 7] = b"EN-AEMK";

/// The block that is encrypted into an identifier, but for its last four bytes.
const PADDED_DATA: [u8; 16] = *b"EN-RPI\0\0\0\0\0\0\0\0\0\0";

/// The identifiers of a whole day.
const DAY: usize = INTERVALS_PER_DAY as usize;

pub(crate) type Block = Array<u8, aes::cipher::consts::U16>;

/// Makes the identifiers of a day (RPIK).
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct IdentifierKey([u8; 16]);

impl IdentifierKey {
    /// Follows from the key of the day.
    #[must_use]
    pub fn derive(key: &TemporaryExposureKey) -> Self {
        Self(derive::derive(key.reveal(), IDENTIFIER_LABEL))
    }

    /// Four of them at once; `None` where the processor has no instructions for it.
    pub(crate) fn derive_four(keys: [&TemporaryExposureKey; FOUR]) -> Option<[Self; FOUR]> {
        four::derive_four(keys.map(TemporaryExposureKey::reveal), *IDENTIFIER_LABEL)
            .map(|four| four.map(Self))
    }

    /// Shows the bytes.
    #[must_use]
    pub const fn reveal(&self) -> &[u8; 16] {
        &self.0
    }

    /// The identifier of an interval.
    #[must_use]
    pub fn identifier(&self, interval: IntervalNumber) -> RollingProximityIdentifier {
        let mut block = padded(interval);
        self.cipher().encrypt_block(&mut block);
        RollingProximityIdentifier::new(block.0)
    }

    /// The identifiers of 144 intervals in a row, many blocks at a time.
    #[must_use]
    pub fn identifiers(&self, start: IntervalNumber) -> [RollingProximityIdentifier; DAY] {
        let mut blocks = padded_day(start);
        self.cipher().encrypt_blocks(&mut blocks);
        blocks.map(|block| RollingProximityIdentifier::new(block.0))
    }

    /// Fills in the identifiers of 144 intervals in a row; `false`, and nothing done, where the processor has no
    /// instructions for it.
    #[inline]
    pub(crate) fn make_day(&self, start: IntervalNumber, into: &mut [Block; DAY]) -> bool {
        pairs::encrypt_day(&self.0, start.number(), into)
    }

    #[inline]
    pub(crate) fn cipher(&self) -> Aes128Enc {
        Aes128Enc::new(&Array(self.0))
    }
}

/// Covers what a phone says of its own signal strength (AEMK).
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct MetadataKey([u8; 16]);

impl MetadataKey {
    /// Follows from the key of the day.
    #[must_use]
    pub fn derive(key: &TemporaryExposureKey) -> Self {
        Self(derive::derive(key.reveal(), METADATA_LABEL))
    }

    /// Shows the bytes.
    #[must_use]
    pub const fn reveal(&self) -> &[u8; 16] {
        &self.0
    }

    /// The metadata that goes out beside an identifier.
    #[must_use]
    pub fn encrypt(&self, beside: RollingProximityIdentifier, metadata: Metadata) -> EncryptedMetadata {
        EncryptedMetadata(self.covered(beside, metadata.to_bytes()))
    }

    /// What was heard beside an identifier. There is no integrity: anything decrypts to something.
    #[must_use]
    pub fn decrypt(&self, beside: RollingProximityIdentifier, heard: EncryptedMetadata) -> Metadata {
        Metadata::from_bytes(self.covered(beside, heard.0))
    }

    /// Counter mode with the identifier as the first counter: four bytes never need a second block.
    fn covered(&self, beside: RollingProximityIdentifier, bytes: [u8; 4]) -> [u8; 4] {
        let mut stream: Block = Array(*beside.reveal());
        Aes128Enc::new(&Array(self.0)).encrypt_block(&mut stream);
        let [a, b, c, d, ..] = stream.0;
        let [e, f, g, h] = bytes;
        [a ^ e, b ^ f, c ^ g, d ^ h]
    }
}

impl std::fmt::Debug for IdentifierKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(identifier key)")
    }
}

impl std::fmt::Debug for MetadataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(metadata key)")
    }
}

/// The block of an interval: a name, zeros, the number with its small end first.
pub(crate) fn padded(interval: IntervalNumber) -> Block {
    let [a, b, c, d] = interval.number().to_le_bytes();
    let mut block = PADDED_DATA;
    let [.., w, x, y, z] = &mut block;
    (*w, *x, *y, *z) = (a, b, c, d);
    Array(block)
}

/// The blocks of 144 intervals in a row.
pub(crate) fn padded_day(start: IntervalNumber) -> [Block; DAY] {
    let mut blocks = [Array(PADDED_DATA); DAY];
    for (offset, block) in (0_u32..).zip(&mut blocks) {
        *block = padded(IntervalNumber::new(start.number().wrapping_add(offset)));
    }
    blocks
}
