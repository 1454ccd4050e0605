//! The opponent: the same libraries straight through, with the bitmap of 2^24 bits that is usual before the map.

use std::collections::HashMap;

use aes::Aes128;
use aes::cipher::{Array, BlockCipherEncrypt, KeyInit};
use exposure::DiagnosisKey;
use exposure::matching::{Match, is_within_tolerance};
use exposure::sighting::Sighting;
use hkdf::Hkdf;
use sha2::Sha256;

const BITS: u32 = 1 << 24;

/// The sightings of a phone, ready to be looked up.
pub struct Straight<'a> {
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
    pub fn new(sightings: &'a [Sighting]) -> Self {
        let mut bitmap = vec![0; (BITS / 64) as usize];
        let mut heard: HashMap<[u8; 16], Vec<usize>> = HashMap::new();
        for (index, sighting) in sightings.iter().enumerate() {
            let identifier = *sighting.identifier.reveal();
            let (word, bit) = place(&identifier);
            bitmap[word] |= 1 << bit;
            heard.entry(identifier).or_default().push(index);
        }
        Self { sightings, bitmap, heard }
    }

    /// Which keys were heard.
    #[must_use]
    pub fn matches(&self, keys: &[DiagnosisKey]) -> Vec<Match> {
        let mut found = Vec::new();
        for (index, key) in keys.iter().enumerate() {
            let mut derived = [0; 16];
            let derivation = Hkdf::<Sha256>::new(None, key.key.reveal());
            // Sixteen bytes are never too many.
            let _ = derivation.expand(b"EN-RPIK", &mut derived);
            let cipher = Aes128::new(&Array(derived));
            let mut blocks = [Array(*b"EN-RPI\0\0\0\0\0\0\0\0\0\0"); 144];
            for (offset, block) in blocks.iter_mut().enumerate() {
                block[12..].copy_from_slice(&(key.start.number() + offset as u32).to_le_bytes());
            }
            cipher.encrypt_blocks(&mut blocks);
            for (offset, block) in blocks.iter().take(key.period.intervals() as usize).enumerate() {
                let (word, bit) = place(&block.0);
                if self.bitmap[word] >> bit & 1 == 0 {
                    continue;
                }
                let interval = key.start.plus(offset as u32);
                for &sighting in self.heard.get(&block.0).into_iter().flatten() {
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
