//! Texts, numbers and times in the language of the visitor.
//!
//! Invariant: every text exists in Danish and in English; a test compares the keys.

mod numbers;
mod texts;
mod times;

pub use notice::render::words::country_words as country;
pub use numbers::{decimal, whole};
pub use texts::Texts;
#[cfg(test)]
pub(crate) use texts::missed;
pub use times::{Moment, ZONE, day, in_full, moment, month_of, weekday};
