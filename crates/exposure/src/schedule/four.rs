//! The identifier keys of four days derived side by side, where the processor has instructions for SHA-256.
//!
//! Each instruction waits for the one before it: four derivations that take turns are done in little more time than
//! one. [`derive`](super::derive) says the same key by key, for every processor, and is held against this in tests.
//!
//! The one `unsafe` of this file is the call in [`derive_four`]. It is sound because what it calls is safe code that
//! needs nothing but three sets of instructions, and the line before it asks the processor for all three.

#![expect(
    clippy::indexing_slicing,
    reason = "every index is below the length of a fixed array, and counted by a constant"
)]

use super::derive::{SALT_INNER, SALT_OUTER, START, State};

/// Derived at once.
pub(crate) const FOUR: usize = 4;

type States = [State; FOUR];
/// The words of a block of each.
type Inputs = [[u32; 16]; FOUR];

/// The first 16 bytes of output for four keys and a label; `None` where the processor cannot.
pub(super) fn derive_four(keys: [&[u8; 16]; FOUR], label: [u8; 7]) -> Option<[[u8; 16]; FOUR]> {
    #[cfg(target_arch = "x86_64")]
    {
        let is_able = std::arch::is_x86_feature_detected!("sha")
            && std::arch::is_x86_feature_detected!("sse4.1")
            && std::arch::is_x86_feature_detected!("ssse3");
        #[expect(unsafe_code, reason = "the processor was asked for all that the call needs")]
        // SAFETY: `derive` is safe code that may run where `sha`, `sse4.1` and `ssse3` are; all three were found.
        is_able.then(|| unsafe { able::derive(keys, label) })
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        let _ = (keys, label);
        None
    }
}

/// The last block of a message: its end, a one, zeros, and the length of all of it in bits.
#[inline(always)]
fn block<const N: usize>(end: [u32; N], message_bytes: u32) -> [u32; 16] {
    let mut block = [0; 16];
    for (place, word) in block.iter_mut().zip(end.into_iter().chain([0x8000_0000])) {
        *place = word;
    }
    block[15] = message_bytes * 8;
    block
}

/// What was extracted, filled up and covered with one of the two paddings.
#[inline(always)]
fn padded(key: State, padding: u32) -> [u32; 16] {
    let mut block = [padding; 16];
    block.iter_mut().zip(key).for_each(|(place, word)| *place ^= word);
    block
}

#[cfg(target_arch = "x86_64")]
mod able {
    use std::arch::x86_64::{
        __m128i, _mm_add_epi32, _mm_alignr_epi8, _mm_extract_epi32, _mm_set_epi32, _mm_setzero_si128,
        _mm_sha256msg1_epu32, _mm_sha256msg2_epu32, _mm_sha256rnds2_epu32, _mm_shuffle_epi32,
    };

    use super::{FOUR, Inputs, SALT_INNER, SALT_OUTER, START, States, block, padded};

    /// The constants of the 64 rounds (FIPS 180-4, 4.2.2).
    const ROUNDS: [u32; 64] = [
        0x428a_2f98,
        0x7137_4491,
        0xb5c0_fbcf,
        0xe9b5_dba5,
        0x3956_c25b,
        0x59f1_11f1,
        0x923f_82a4,
        0xab1c_5ed5,
        0xd807_aa98,
        0x1283_5b01,
        0x2431_85be,
        0x550c_7dc3,
        0x72be_5d74,
        0x80de_b1fe,
        0x9bdc_06a7,
        0xc19b_f174,
        0xe49b_69c1,
        0xefbe_4786,
        0x0fc1_9dc6,
        0x240c_a1cc,
        0x2de9_2c6f,
        0x4a74_84aa,
        0x5cb0_a9dc,
        0x76f9_88da,
        0x983e_5152,
        0xa831_c66d,
        0xb003_27c8,
        0xbf59_7fc7,
        0xc6e0_0bf3,
        0xd5a7_9147,
        0x06ca_6351,
        0x1429_2967,
        0x27b7_0a85,
        0x2e1b_2138,
        0x4d2c_6dfc,
        0x5338_0d13,
        0x650a_7354,
        0x766a_0abb,
        0x81c2_c92e,
        0x9272_2c85,
        0xa2bf_e8a1,
        0xa81a_664b,
        0xc24b_8b70,
        0xc76c_51a3,
        0xd192_e819,
        0xd699_0624,
        0xf40e_3585,
        0x106a_a070,
        0x19a4_c116,
        0x1e37_6c08,
        0x2748_774c,
        0x34b0_bcb5,
        0x391c_0cb3,
        0x4ed8_aa4a,
        0x5b9c_ca4f,
        0x682e_6ff3,
        0x748f_82ee,
        0x78a5_636f,
        0x84c8_7814,
        0x8cc7_0208,
        0x90be_fffa,
        0xa450_6ceb,
        0xbef9_a3f7,
        0xc671_78f2,
    ];

    #[target_feature(enable = "sha,sse4.1,ssse3")]
    pub(super) fn derive(keys: [&[u8; 16]; FOUR], label: [u8; 7]) -> [[u8; 16]; FOUR] {
        let keys = keys.map(|key| u128::from_be_bytes(*key));
        let mut inner = [SALT_INNER; FOUR];
        compress(&mut inner, &keys.map(|key| block(words(key), 64 + 16)));
        let mut extracted = [SALT_OUTER; FOUR];
        compress(&mut extracted, &inner.map(|inner| block(inner, 64 + 32)));
        let [a, b, c, d, e, f, g] = label;
        let label = [u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, 1])];
        let mut inner = [START; FOUR];
        compress(&mut inner, &extracted.map(|key| padded(key, 0x3636_3636)));
        compress(&mut inner, &[block(label, 64 + 8); FOUR]);
        let mut outer = [START; FOUR];
        compress(&mut outer, &extracted.map(|key| padded(key, 0x5c5c_5c5c)));
        compress(&mut outer, &inner.map(|inner| block(inner, 64 + 32)));
        outer.map(|[a, b, c, d, ..]| {
            let wide = |word: u32, places: u32| u128::from(word) << (32 * places);
            (wide(a, 3) | wide(b, 2) | wide(c, 1) | wide(d, 0)).to_be_bytes()
        })
    }

    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "the lowest bits of what was moved down are meant")]
    const fn words(key: u128) -> [u32; 4] {
        [(key >> 96) as u32, (key >> 64) as u32, (key >> 32) as u32, key as u32]
    }

    /// Four words in a register, the first lowest.
    #[inline]
    #[target_feature(enable = "sha,sse4.1,ssse3")]
    fn quad(words: &[u32], from: usize) -> __m128i {
        let [a, b, c, d] =
            [words[from], words[from + 1], words[from + 2], words[from + 3]].map(u32::cast_signed);
        _mm_set_epi32(d, c, b, a)
    }

    /// The words of a register, the first highest.
    #[inline]
    #[target_feature(enable = "sha,sse4.1,ssse3")]
    fn four(quad: __m128i) -> [u32; 4] {
        let words = (
            _mm_extract_epi32(quad, 3),
            _mm_extract_epi32(quad, 2),
            _mm_extract_epi32(quad, 1),
            _mm_extract_epi32(quad, 0),
        );
        [words.0, words.1, words.2, words.3].map(i32::cast_unsigned)
    }

    /// One compression of SHA-256 of each.
    #[inline(never)]
    #[target_feature(enable = "sha,sse4.1,ssse3")]
    fn compress(states: &mut States, inputs: &Inputs) {
        let zero = _mm_setzero_si128();
        let (mut abef, mut cdgh, mut ahead) = ([zero; FOUR], [zero; FOUR], [[zero; 4]; FOUR]);
        for n in 0..FOUR {
            let [a, b, c, d, e, f, g, h] = states[n].map(u32::cast_signed);
            abef[n] = _mm_set_epi32(a, b, e, f);
            cdgh[n] = _mm_set_epi32(c, d, g, h);
            ahead[n] = [quad(&inputs[n], 0), quad(&inputs[n], 4), quad(&inputs[n], 8), quad(&inputs[n], 12)];
        }
        let before = (abef, cdgh);
        // Four times sixteen rounds: the words ahead lie in a ring, so that none is moved.
        for quarter in 0..4 {
            for at in 0..4 {
                let constants = quad(&ROUNDS, 16 * quarter + 4 * at);
                for n in 0..FOUR {
                    let ring = &mut ahead[n];
                    let sum = _mm_add_epi32(ring[at], constants);
                    cdgh[n] = _mm_sha256rnds2_epu32(cdgh[n], abef[n], sum);
                    abef[n] = _mm_sha256rnds2_epu32(abef[n], cdgh[n], _mm_shuffle_epi32(sum, 0x0e));
                    let mixed = _mm_sha256msg1_epu32(ring[at], ring[(at + 1) % 4]);
                    let apart = _mm_alignr_epi8(ring[(at + 3) % 4], ring[(at + 2) % 4], 4);
                    ring[at] = _mm_sha256msg2_epu32(_mm_add_epi32(mixed, apart), ring[(at + 3) % 4]);
                }
            }
        }
        for n in 0..FOUR {
            let (ab, cd) = (_mm_add_epi32(abef[n], before.0[n]), _mm_add_epi32(cdgh[n], before.1[n]));
            let [a, b, e, f] = four(ab);
            let [c, d, g, h] = four(cd);
            states[n] = [a, b, c, d, e, f, g, h];
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::derive::derive;
    use super::{FOUR, derive_four};

    proptest! {
        #[test]
        fn four_side_by_side_are_what_each_is_alone(keys: [[u8; 16]; FOUR], label: [u8; 7]) {
            if let Some(four) = derive_four(keys.each_ref(), label) {
                prop_assert_eq!(four, keys.map(|key| derive(&key, &label)));
            }
        }
    }
}
