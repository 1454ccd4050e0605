//! Keys that never were in a phone, so that a small export does not tell how many people are in it.

use crate::key::Random;

/// The least that is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Padding {
    /// Keys in an export that is not empty.
    pub least: usize,
    /// And up to so many more, so that not even the least is known.
    pub and_up_to: usize,
}

impl Padding {
    /// 1,000 and up to 100 more.
    pub const DEFAULT: Self = Self { least: 1_000, and_up_to: 100 };
}

/// The rows that are missing to the least that is published; none for an empty window, which stays empty.
///
/// `like` makes a row that is like a real one in all but the bytes of its key. Keep them as rows like any other: an
/// export that is made again must hold the same keys, or it tells which were invented.
#[must_use]
pub fn padding<Row>(
    real: &[Row],
    least: Padding,
    random: &mut Random<'_>,
    like: impl Fn(&Row, &mut Random<'_>) -> Row,
) -> Vec<Row> {
    if real.is_empty() {
        return Vec::new();
    }
    let wanted = least.least.saturating_add(below(least.and_up_to.saturating_add(1), random));
    let missing = wanted.saturating_sub(real.len());
    (0..missing).filter_map(|_| Some(like(real.get(below(real.len(), random))?, random))).collect()
}

/// A number below the bound, each as likely as another.
fn below(bound: usize, random: &mut Random<'_>) -> usize {
    let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
    let fair = u64::MAX - u64::MAX % bound;
    loop {
        let mut bytes = [0; 8];
        random(&mut bytes);
        let drawn = u64::from_le_bytes(bytes);
        if drawn < fair {
            return usize::try_from(drawn % bound).unwrap_or(0);
        }
    }
}
