//! Texts, numbers and times in the language of the visitor.
//!
//! Invariant: every text exists in Danish and in English; a test compares the keys.

mod numbers;
mod texts;
mod times;

pub use numbers::{decimal, whole};
#[cfg(test)]
pub(crate) use texts::missed;
pub use texts::Texts;
pub use times::{ZONE, Moment, day, moment, weekday};
