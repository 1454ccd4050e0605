//! The identifiers of a day two blocks at a time, where the processor encrypts them so.
//!
//! The `aes` library encrypts block by block, as it must on every processor; it says the same and is held against this in
//! tests. The blocks of a day differ in their number only and are made where they are encrypted.
//!
//! Two calls are `unsafe`. [`encrypt_day`] calls what needs `aes`, `avx2` and `vaes`, and the lines before ask the
//! processor for all three. Each pair of blocks is written as one register of 32 bytes into 32 bytes that are borrowed
//! for it; nothing is asked of their alignment.

use super::{Block, DAY};

/// Fills in the identifiers of a key from an interval on; `false`, and nothing done, where the processor cannot.
#[inline]
pub(super) fn encrypt_day(key: &[u8; 16], start: u32, into: &mut [Block; DAY]) -> bool {
    #[cfg(target_arch = "x86_64")]
    {
        let is_able = std::arch::is_x86_feature_detected!("vaes")
            && std::arch::is_x86_feature_detected!("avx2")
            && std::arch::is_x86_feature_detected!("aes");
        if is_able {
            #[expect(unsafe_code, reason = "the processor was asked for all that the call needs")]
            // SAFETY: `aes`, `avx2` and `vaes` were found.
            unsafe {
                able::encrypt_day(key, start, into);
            }
        }
        is_able
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        let _ = (key, start, into);
        false
    }
}

#[cfg(target_arch = "x86_64")]
mod able {
    use std::arch::x86_64::{
        __m128i, __m256i, _mm_aeskeygenassist_si128, _mm_set_epi64x, _mm_shuffle_epi32, _mm_slli_si128,
        _mm_xor_si128, _mm256_add_epi32, _mm256_aesenc_epi128, _mm256_aesenclast_epi128,
        _mm256_broadcastsi128_si256, _mm256_set_epi32, _mm256_storeu_si256, _mm256_xor_si256,
    };

    use super::super::padded;
    use super::{Block, DAY};
    use crate::interval::IntervalNumber;

    /// Pairs of blocks on their way at once: one register waits for another several times as long as it takes itself.
    const AT_ONCE: usize = 8;

    #[target_feature(enable = "aes,avx2,vaes")]
    pub(super) fn encrypt_day(key: &[u8; 16], start: u32, into: &mut [Block; DAY]) {
        let [first, middle @ .., last] = expand(register(key)).map(|key| _mm256_broadcastsi128_si256(key));
        let one = _mm256_set_epi32(1, 0, 0, 0, 0, 0, 0, 0);
        let two = _mm256_set_epi32(2, 0, 0, 0, 2, 0, 0, 0);
        let begin = _mm256_broadcastsi128_si256(register(&padded(IntervalNumber::new(start)).0));
        let mut next = _mm256_add_epi32(begin, one);
        for pairs in into.as_chunks_mut::<{ 2 * AT_ONCE }>().0 {
            let mut blocks = [next; AT_ONCE];
            for block in &mut blocks {
                *block = _mm256_xor_si256(next, first);
                next = _mm256_add_epi32(next, two);
            }
            for key in middle {
                for block in &mut blocks {
                    *block = _mm256_aesenc_epi128(*block, key);
                }
            }
            for (block, pair) in blocks.into_iter().zip(pairs.as_chunks_mut::<2>().0) {
                write(_mm256_aesenclast_epi128(block, last), pair);
            }
        }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn write(blocks: __m256i, into: &mut [Block; 2]) {
        #[expect(unsafe_code, reason = "a register goes to memory by a pointer")]
        // SAFETY: two blocks are 32 bytes, as long as the register, and borrowed for this; the store needs no alignment.
        unsafe {
            _mm256_storeu_si256(std::ptr::from_mut(into).cast(), blocks);
        }
    }

    #[inline]
    #[target_feature(enable = "aes")]
    fn register(bytes: &[u8; 16]) -> __m128i {
        let all = u128::from_le_bytes(*bytes);
        #[expect(clippy::cast_possible_truncation, reason = "each half is meant")]
        let (high, low) = ((all >> 64) as u64, all as u64);
        _mm_set_epi64x(high.cast_signed(), low.cast_signed())
    }

    /// The keys of the ten rounds (FIPS 197, 5.2), the key itself first.
    #[inline]
    #[target_feature(enable = "aes")]
    fn expand(key: __m128i) -> [__m128i; 11] {
        let a = after(key, _mm_aeskeygenassist_si128(key, 0x01));
        let b = after(a, _mm_aeskeygenassist_si128(a, 0x02));
        let c = after(b, _mm_aeskeygenassist_si128(b, 0x04));
        let d = after(c, _mm_aeskeygenassist_si128(c, 0x08));
        let e = after(d, _mm_aeskeygenassist_si128(d, 0x10));
        let f = after(e, _mm_aeskeygenassist_si128(e, 0x20));
        let g = after(f, _mm_aeskeygenassist_si128(f, 0x40));
        let h = after(g, _mm_aeskeygenassist_si128(g, 0x80));
        let i = after(h, _mm_aeskeygenassist_si128(h, 0x1b));
        let j = after(i, _mm_aeskeygenassist_si128(i, 0x36));
        [key, a, b, c, d, e, f, g, h, i, j]
    }

    #[inline]
    #[target_feature(enable = "aes")]
    fn after(key: __m128i, help: __m128i) -> __m128i {
        let key = _mm_xor_si128(key, _mm_slli_si128(key, 4));
        let key = _mm_xor_si128(key, _mm_slli_si128(key, 8));
        _mm_xor_si128(key, _mm_shuffle_epi32(help, 0xff))
    }
}

#[cfg(test)]
mod tests {
    use aes::cipher::BlockCipherEncrypt as _;
    use proptest::prelude::*;

    use super::super::{IdentifierKey, padded_day};
    use super::encrypt_day;
    use crate::interval::IntervalNumber;

    proptest! {
        #[test]
        fn pairs_are_what_the_library_makes_block_by_block(key: [u8; 16], start: u32) {
            let mut by_the_book = padded_day(IntervalNumber::new(start));
            IdentifierKey(key).cipher().encrypt_blocks(&mut by_the_book);
            let mut made = padded_day(IntervalNumber::new(0));
            if encrypt_day(&key, start, &mut made) {
                prop_assert_eq!(made, by_the_book);
            }
        }
    }
}
