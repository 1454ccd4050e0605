//! What came down, by batch and country, each part as it was judged last.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Delivery, Listed, Part};

/// One country's part of one batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Came<'a> {
    /// When it was judged last.
    pub(super) at: Timestamp,
    pub(super) day: Date,
    pub(super) tag: &'a str,
    pub(super) part: &'a Part,
}

/// Every part of a list, in the order in which they first came.
pub(super) fn of(list: &[Listed]) -> Vec<Came<'_>> {
    let (mut parts, mut places) = (Vec::new(), HashMap::new());
    for line in list {
        let (tag, day, judged) = match &line.delivery {
            Delivery::Down { tag, day, parts, .. } | Delivery::Again { tag, day, parts } => {
                (tag, *day, parts)
            }
            Delivery::Up { .. } | Delivery::Decided { .. } | Delivery::Ran { .. } => continue,
        };
        for part in judged {
            let came = Came { at: line.at, day, tag, part };
            let place = *places.entry((day, tag.as_str(), part.country.as_str())).or_insert(parts.len());
            match parts.get_mut(place) {
                Some(before) => *before = came,
                None => parts.push(came),
            }
        }
    }
    parts
}
