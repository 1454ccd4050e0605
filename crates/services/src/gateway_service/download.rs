//! A country fetches a batch: the keys of all others in it, never its own.

use exposure::gateway::Batch;
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::authenticate::Admitted;
use super::{In, Made, Reason, Rules, batches, known, lines, upload};
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
/// There is none, it is too old, or the day is later than its own; or a part of it is missing that should be there.
pub fn run(at: &Call<'_>, rules: &Rules, who: &Admitted, request: &Request) -> Result<Download, Error> {
    let found = find(at, rules, request)?;
    let mut keys = Vec::new();
    // Loop prevention: what a country has uploaded does not come back to it.
    for upload in found.uploads.iter().filter(|upload| upload.country != who.country) {
        let found = known::keys(at, &upload.tag)?;
        if found.len() != upload.keys {
            return Err(Error::Not(Reason::PartMissing));
        }
        keys.extend(found);
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
    let made = batches(&lines::<Reason>(at, day_start(day))?);
    let is_it = |batch: &Made| match &request.tag {
        Some(tag) => batch.tag == *tag,
        None => batch.day >= day,
    };
    let position = made.iter().position(is_it).ok_or(Error::Not(Reason::NoBatch))?;
    let batch = made.get(position).ok_or(Error::Not(Reason::NoBatch))?;
    let next = made.get(position + 1).map(|next| next.tag.clone());
    Ok(Found { tag: batch.tag.clone(), next, uploads: inside(at, batch)? })
}

/// The uploads of a batch, each by its own record: a gateway that stood still lays into a batch what it took in days
/// before. What the notice's clock has erased is gone; anything else that is missing is not passed over.
fn inside(at: &Call<'_>, batch: &Made) -> Result<Vec<In>, Error> {
    let mut inside = Vec::with_capacity(batch.uploads.len());
    for tag in &batch.uploads {
        match upload::read(at, tag)? {
            Some(upload) => inside.push(upload),
            None if batch.may_be_erased(at.now()) => {}
            None => return Err(Error::Not(Reason::PartMissing)),
        }
    }
    Ok(inside)
}

/// The day in a tag such as `20261121-3`.
fn day_of_tag(tag: &str) -> Option<Date> {
    let (day, number) = tag.split_once('-')?;
    number.parse::<u64>().ok()?;
    Date::strptime("%Y%m%d", day).ok()
}

#[cfg(test)]
mod tests {
    use register::Clock as _;
    use register::testing::{SeededRandomness, TestRegister, caller};

    use super::*;

    #[test]
    fn an_upload_that_is_missing_and_not_yet_erased_is_an_error() {
        let house = TestRegister::new();
        let randomness = SeededRandomness::new(1);
        let taken_in = house.clock.now();
        let found = || {
            let call = house.register.call(caller(&house.policy, "system", None, None));
            let at = Call { register: &house.register, call: &call, randomness: &randomness };
            let batch = Made {
                at: taken_in,
                tag: "20261121-1".to_owned(),
                day: day_of(taken_in),
                uploads: vec!["lost".to_owned()],
                since: Some(taken_in),
            };
            inside(&at, &batch).map(|uploads| uploads.len())
        };
        assert!(matches!(found(), Err(Error::Not(Reason::PartMissing))));
        house.clock.pass(13.days().hours(22));
        assert!(matches!(found(), Err(Error::Not(Reason::PartMissing))));
        // Fourteen days after it was taken in it is erased like any other.
        house.clock.pass(2.hours());
        assert_eq!(found().unwrap(), 0);
    }

    #[test]
    fn a_tag_says_its_day() {
        assert_eq!(day_of_tag("20261121-3"), Some(jiff::civil::date(2026, 11, 21)));
        for wrong in ["", "20261121", "20261121-", "20261321-1", "x-1", "null"] {
            assert_eq!(day_of_tag(wrong), None, "{wrong}");
        }
    }
}
