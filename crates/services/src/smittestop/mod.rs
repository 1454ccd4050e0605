//! smitte|stop: what the authority's systems do with exposure notification, in the words of its notice.

pub mod closing;
pub mod exports;
pub mod gateway;
pub mod keys;
pub mod positives;
pub mod statistics;
pub mod verification;

/// How many hours back rolling IDs and the lists of them are looked for. What is older has been erased by the notice's
/// clock: fourteen days after it was uploaded, and a day more for where the days begin.
pub const KEPT_HOURS: i64 = 15 * 24;
