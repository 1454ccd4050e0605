//! The opponents: the usual libraries straight through, with the bitmap of 2^24 bits that is usual before the map.
//!
//! Twice: with the versions with which the bar was set, and with those of today.

use std::collections::HashMap;

use exposure::DiagnosisKey;
use exposure::matching::{Match, is_within_tolerance};
use exposure::sighting::Sighting;

const BITS: u32 = 1 << 24;

/// Makes the identifiers of a key.
pub type Make = fn(&[u8; 16], u32) -> [[u8; 16]; 144];

/// The block of an interval.
fn block(interval: u32) -> [u8; 16] {
    let mut block = *b"EN-RPI\0\0\0\0\0\0\0\0\0\0";
    block[12..].copy_from_slice(&interval.to_le_bytes());
    block
}

/// With hkdf 0.13, sha2 0.11 and aes 0.9.
#[must_use]
pub fn of_today(key: &[u8; 16], start: u32) -> [[u8; 16]; 144] {
    use aes::cipher::{Array, BlockCipherEncrypt as _, KeyInit as _};
    let mut derived = [0; 16];
    // Sixteen bytes are never too many.
    let _ = hkdf::Hkdf::<sha2::Sha256>::new(None, key).expand(b"EN-RPIK", &mut derived);
    let mut blocks: [_; 144] = std::array::from_fn(|offset| Array(block(start + offset as u32)));
    aes::Aes128::new(&Array(derived)).encrypt_blocks(&mut blocks);
    blocks.map(|block| block.0)
}

/// With hkdf 0.12, sha2 0.10 and aes 0.8.
#[must_use]
pub fn of_the_bar(key: &[u8; 16], start: u32) -> [[u8; 16]; 144] {
    use aes_0_8::cipher::{BlockEncrypt as _, KeyInit as _};
    let mut derived = [0; 16];
    let _ = hkdf_0_12::Hkdf::<sha2_0_10::Sha256>::new(None, key).expand(b"EN-RPIK", &mut derived);
    let mut blocks: [aes_0_8::Block; 144] = std::array::from_fn(|offset| block(start + offset as u32).into());
    aes_0_8::Aes128::new(&derived.into()).encrypt_blocks(&mut blocks);
    blocks.map(Into::into)
}

/// The sightings of a phone, ready to be looked up.
pub struct Straight<'a> {
    make: Make,
    sightings: &'a [Sighting],
    bitmap: Vec<u64>,
    heard: HashMap<[u8; 16], Vec<usize>>,
}

fn place(identifier: &[u8; 16]) -> (usize, u32) {
    let place = u32::from_be_bytes([0, identifier[0], identifier[1], identifier[2]]) % BITS;
    ((place / 64) as usize, place % 64)
}

impl<'a> Straight<'a> {
    /// Makes them ready.
    #[must_use]
    pub fn new(sightings: &'a [Sighting], make: Make) -> Self {
        let mut bitmap = vec![0; (BITS / 64) as usize];
        let mut heard: HashMap<[u8; 16], Vec<usize>> = HashMap::new();
        for (index, sighting) in sightings.iter().enumerate() {
            let identifier = *sighting.identifier.reveal();
            let (word, bit) = place(&identifier);
            bitmap[word] |= 1 << bit;
            heard.entry(identifier).or_default().push(index);
        }
        Self { make, sightings, bitmap, heard }
    }

    /// Which keys were heard.
    #[must_use]
    pub fn matches(&self, keys: &[DiagnosisKey]) -> Vec<Match> {
        let mut found = Vec::new();
        for (index, key) in keys.iter().enumerate() {
            let blocks = (self.make)(key.key.reveal(), key.start.number());
            for (offset, block) in blocks.iter().take(key.period.intervals() as usize).enumerate() {
                let (word, bit) = place(block);
                if self.bitmap[word] >> bit & 1 == 0 {
                    continue;
                }
                let interval = key.start.plus(offset as u32);
                for &sighting in self.heard.get(block).into_iter().flatten() {
                    if is_within_tolerance(self.sightings[sighting].interval(), interval) {
                        found.push(Match { key: index, sighting, interval });
                    }
                }
            }
        }
        found.sort_unstable();
        found
    }
}
