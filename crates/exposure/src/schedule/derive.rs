//! HKDF-SHA256 for a key of 16 bytes without salt and 16 bytes of output, in six compressions instead of eight.
//!
//! The salt is empty, so the two states of the first HMAC are the same for every key and stand here as constants.
//! The lengths are fixed, so every padding is known.

use sha2::block_api::compress256;

pub(super) type State = [u32; 8];
type Input = [u8; 64];

pub(super) const START: State =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// The state of SHA-256 after the inner padding of the empty salt, and after the outer one.
pub(super) const SALT_INNER: State =
    [0xf454_dead, 0x9725_214f, 0x90da_f2a0, 0xdf12_28ea, 0x64e5_750f, 0xa392_4181, 0x824a_932b, 0xf8e0_4e32];
pub(super) const SALT_OUTER: State =
    [0xd385_480f, 0x7abb_6477, 0x37c9_c538, 0x5dd8_2467, 0x8e04_3a72, 0x7534_34b0, 0xdeb8_2818, 0x361d_45a6];

/// The first 16 bytes of output for a key and a label.
#[inline]
pub(super) fn derive(key: &[u8; 16], label: &[u8; 7]) -> [u8; 16] {
    // Extract: HMAC of the key under the empty salt.
    let inner = after(SALT_INNER, &[block(key, 64 + 16)]);
    let extracted = after(SALT_OUTER, &[block(&bytes(&inner), 64 + 32)]);
    // Expand: HMAC of the label and the number 1 under what was extracted, cut to 16 bytes.
    let [a, b, c, d, e, f, g] = *label;
    let inner = after(START, &[padded(&extracted, 0x36), block(&[a, b, c, d, e, f, g, 1], 64 + 8)]);
    let [w, x, y, z, ..] = after(START, &[padded(&extracted, 0x5c), block(&bytes(&inner), 64 + 32)]);
    wide([w, x, y, z])
}

#[inline(always)]
fn after(mut state: State, blocks: &[Input]) -> State {
    compress256(&mut state, blocks);
    state
}

/// The last block of a message: its end, a one, zeros, and the length of all of it in bits.
#[inline(always)]
fn block<const N: usize>(end: &[u8; N], message_bytes: u64) -> Input {
    let mut block = [0; 64];
    // The compiler knows all lengths here and leaves no check behind.
    if let Some((place, rest)) = block.split_first_chunk_mut::<N>() {
        *place = *end;
        if let Some(one) = rest.first_mut() {
            *one = 0x80;
        }
    }
    if let Some(length) = block.last_chunk_mut() {
        *length = (message_bytes * 8).to_be_bytes();
    }
    block
}

/// A key of HMAC, filled up and covered with one of its two paddings.
#[inline(always)]
fn padded(key: &State, padding: u8) -> Input {
    let mut block = [padding; 64];
    let cover = u32::from_ne_bytes([padding; 4]);
    if let Some(place) = block.first_chunk_mut::<32>() {
        *place = bytes(&key.map(|word| word ^ cover));
    }
    block
}

#[inline(always)]
fn bytes(state: &State) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (into, word) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(state) {
        *into = word.to_be_bytes();
    }
    bytes
}

#[inline(always)]
fn wide(words: [u32; 4]) -> [u8; 16] {
    let mut bytes = [0; 16];
    for (into, word) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(words) {
        *into = word.to_be_bytes();
    }
    bytes
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
    use proptest::prelude::*;

    use super::{SALT_INNER, SALT_OUTER, START, after, derive};

    struct Sixteen;

    impl KeyType for Sixteen {
        fn len(&self) -> usize {
            16
        }
    }

    /// Another library's HKDF.
    fn by_the_book(key: &[u8; 16], label: &[u8]) -> [u8; 16] {
        let mut derived = [0; 16];
        let extracted = Salt::new(HKDF_SHA256, &[]).extract(key);
        extracted.expand(&[label], Sixteen).unwrap().fill(&mut derived).unwrap();
        derived
    }

    #[test]
    fn the_states_of_the_empty_salt_are_what_they_say() {
        assert_eq!(after(START, &[[0x36; 64]]), SALT_INNER);
        assert_eq!(after(START, &[[0x5c; 64]]), SALT_OUTER);
    }

    proptest! {
        #[test]
        fn six_compressions_give_what_the_book_gives(key: [u8; 16], label: [u8; 7]) {
            prop_assert_eq!(derive(&key, &label), by_the_book(&key, &label));
        }
    }
}
