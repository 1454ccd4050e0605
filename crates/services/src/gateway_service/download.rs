//! A country fetches a batch: the keys of all others in it, never its own.

use exposure::gateway::Batch;
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::authenticate::Admitted;
use super::{In, Made, Reason, Rules, batches, known, lines, uploads};
use crate::Call;
use crate::gateway_records::{day_of, day_start};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// From which day on.
    pub day: Date,
    /// Which batch; the first of that day or a later one if none is named.
    pub tag: Option<String>,
}

/// A batch for one country.
#[derive(Clone, Debug)]
pub struct Download {
    /// Its tag.
    pub tag: String,
    /// The tag of the one after it, if there is one.
    pub next: Option<String>,
    /// The keys of the others.
    pub batch: Batch,
}

/// Why not.
pub type Error = crate::Error<Reason>;

/// Gives out a batch.
///
/// # Errors
/// There is none, it is too old, or the day is later than its own.
pub fn run(at: &Call<'_>, rules: &Rules, who: &Admitted, request: &Request) -> Result<Download, Error> {
    let found = find(at, rules, request)?;
    let mut keys = Vec::new();
    // Loop prevention: what a country has uploaded does not come back to it.
    for upload in found.uploads.iter().filter(|upload| upload.country != who.country) {
        keys.extend(known::keys(at, &upload.tag)?);
    }
    Ok(Download { tag: found.tag, next: found.next, batch: Batch { keys } })
}

/// A batch with its uploads, in their order.
pub(super) struct Found {
    pub(super) tag: String,
    pub(super) next: Option<String>,
    pub(super) uploads: Vec<In>,
}

/// Finds a batch.
pub(super) fn find(at: &Call<'_>, rules: &Rules, request: &Request) -> Result<Found, Error> {
    let today = day_of(at.now());
    let oldest = today.checked_sub(i64::from(rules.days_given).days()).unwrap_or(today);
    let day = match &request.tag {
        Some(tag) => day_of_tag(tag).ok_or(Error::Not(Reason::NoBatch))?,
        None => request.day,
    };
    if day < oldest || request.day < oldest {
        return Err(Error::Not(Reason::TooOld));
    }
    if day < request.day {
        return Err(Error::Not(Reason::DayAfterBatch));
    }
    // The uploads of a batch were taken in before it was made.
    let from = day_start(day.checked_sub(1.days()).unwrap_or(day));
    let lines = lines::<Reason>(at, from)?;
    let made = batches(&lines);
    let is_it = |batch: &Made| match &request.tag {
        Some(tag) => batch.tag == *tag,
        None => batch.day >= day,
    };
    let position = made.iter().position(is_it).ok_or(Error::Not(Reason::NoBatch))?;
    let batch = made.get(position).ok_or(Error::Not(Reason::NoBatch))?;
    let next = made.get(position + 1).map(|next| next.tag.clone());
    let mut inside = Vec::with_capacity(batch.uploads.len());
    for tag in &batch.uploads {
        inside.extend(uploads(&lines).find(|upload| upload.tag == *tag).cloned());
    }
    Ok(Found { tag: batch.tag.clone(), next, uploads: inside })
}

/// The day in a tag such as `20261121-3`.
fn day_of_tag(tag: &str) -> Option<Date> {
    let (day, number) = tag.split_once('-')?;
    number.parse::<u64>().ok()?;
    Date::strptime("%Y%m%d", day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_says_its_day() {
        assert_eq!(day_of_tag("20261121-3"), Some(jiff::civil::date(2026, 11, 21)));
        for wrong in ["", "20261121", "20261121-", "20261321-1", "x-1", "null"] {
            assert_eq!(day_of_tag(wrong), None, "{wrong}");
        }
    }
}
