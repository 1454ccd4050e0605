//! Numbers that nobody can foretell, out of the bytes that the caller hands in.

use exposure::Random;
use jiff::SignedDuration;

/// A number from `low` to `high`, both included. The skew is below one in two to the fortieth for what is drawn here.
pub(crate) fn between(random: &mut Random<'_>, low: u64, high: u64) -> u64 {
    let mut drawn = [0; 8];
    random(&mut drawn);
    low + u64::from_le_bytes(drawn) % (high.saturating_sub(low).saturating_add(1)).max(1)
}

/// A length of time between two, to the millisecond.
pub(crate) fn duration(
    random: &mut Random<'_>,
    least: SignedDuration,
    most: SignedDuration,
) -> SignedDuration {
    let milliseconds = |one: SignedDuration| u64::try_from(one.as_millis()).unwrap_or(0);
    let drawn = between(random, milliseconds(least), milliseconds(most));
    SignedDuration::from_millis(i64::try_from(drawn).unwrap_or(i64::MAX))
}

/// A number above 0 and up to 1, evenly.
pub(crate) fn fraction(random: &mut Random<'_>) -> f64 {
    // 2^32 steps are exact in floating point.
    let step = between(random, 1, 1 << 32);
    u32::try_from(step - 1).map_or(1.0, |step| (f64::from(step) + 1.0) / 4_294_967_296.0)
}

/// So many of these at most; where there are more, each has the same chance.
pub(crate) fn some<T: Copy>(random: &mut Random<'_>, all: &[T], most: usize) -> Vec<T> {
    let mut drawn = all.to_vec();
    if drawn.len() > most {
        let last = u64::try_from(drawn.len() - 1).unwrap_or(u64::MAX);
        for place in 0..most {
            let other = between(random, u64::try_from(place).unwrap_or(0), last);
            drawn.swap(place, usize::try_from(other).unwrap_or(place));
        }
        drawn.truncate(most);
    }
    drawn
}

/// Random bytes.
pub(crate) fn bytes(random: &mut Random<'_>, count: usize) -> Vec<u8> {
    let mut drawn = vec![0; count];
    random(&mut drawn);
    drawn
}
