//! How large a rule may be: a notice comes from outside and must not be able to stop the house.

/// Longest rule in bytes.
pub const LINE_MAX_BYTES: usize = 2 * 1024;
/// Deepest nesting of brackets, `not` and `else`.
pub const DEPTH_MAX: usize = 32;
/// Longest duration in years.
pub const DURATION_MAX_YEARS: u32 = 200;
