//! What waits for two persons: keys of countries that sent far more than usual.

use jiff::civil::Date;

use super::{Delivery, Listed, Standing, list_all};
use crate::{Call, Nothing};

/// What one country sent in one batch, and waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The country.
    pub country: String,
    /// The day of the batch.
    pub day: Date,
    /// The tag of the batch.
    pub tag: String,
    /// How many keys it sent.
    pub sent: u64,
    /// How many of them phones could have.
    pub accepted: u64,
}

/// Why not.
pub type Error = crate::Error<Nothing>;

/// All that waits, oldest first.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>) -> Result<Vec<Held>, Error> {
    Ok(of(&list_all::<Nothing>(at)?))
}

pub(super) fn of(list: &[Listed]) -> Vec<Held> {
    let mut held = Vec::new();
    for line in list {
        match &line.delivery {
            Delivery::Down { tag, day, parts, .. } | Delivery::Again { tag, day, parts } => {
                held.extend(parts.iter().filter(|part| part.standing == Standing::Held).map(|part| Held {
                    country: part.country.clone(),
                    day: *day,
                    tag: tag.clone(),
                    sent: part.sent,
                    accepted: part.accepted,
                }));
            }
            Delivery::Decided { tag, day, country, .. } => {
                held.retain(|one: &Held| (&one.tag, &one.day, &one.country) != (tag, day, country));
            }
            Delivery::Up { .. } | Delivery::Ran { .. } => {}
        }
    }
    held
}
