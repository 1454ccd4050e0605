//! Where the next download begins: read from the list of what has come down.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Delivery, Terms, list_all};
use crate::gateway_records::day_of;
use crate::{Call, Nothing};

/// Where to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct From {
    /// The day to ask for.
    pub day: Date,
    /// The batch to ask for; the first of that day or later if none is named.
    pub tag: Option<String>,
    /// Whether that batch has been written down already and is asked for because of what follows it.
    pub known: bool,
}

/// Why not.
pub type Error = crate::Error<Nothing>;

/// The place after the last batch that came down; so many days ago if that is longer ago than we look back.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, terms: &Terms) -> Result<From, Error> {
    let today = day_of(at.now());
    let first = today.checked_sub(i64::from(terms.days_back).days()).unwrap_or(today);
    let list = list_all::<Nothing>(at)?;
    let last = list.iter().rev().find_map(|line| match &line.delivery {
        Delivery::Down { tag, day, next, .. } => Some((tag.clone(), *day, next.clone())),
        // An old batch that was asked for again says nothing of where the chain ends.
        Delivery::Again { .. } | Delivery::Decided { .. } | Delivery::Up { .. } | Delivery::Ran { .. } => {
            None
        }
    });
    Ok(match last {
        Some((_, day, Some(next))) if day >= first => From { day, tag: Some(next), known: false },
        Some((tag, day, None)) if day >= first => From { day, tag: Some(tag), known: true },
        Some(_) | None => From { day: first, tag: None, known: false },
    })
}
