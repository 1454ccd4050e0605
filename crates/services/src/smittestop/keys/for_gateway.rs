//! IDs of ours for other countries: those that may be published from some hours on, without the made-up ones.

use exposure::gateway::{FederatedKey, Onset};
use jiff::{SignedDuration, Timestamp};
use register::Query;

use super::stored::collected;
use super::{READY, WAITING, WAITS_HOURS};
use crate::{Call, Nothing};

/// Use of the notice.
pub const USE: &str = "sst.exchange";
/// Our country.
const OURS: &str = "DK";

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// From when.
    pub from: Timestamp,
    /// Until when, not included.
    pub until: Timestamp,
}

/// Why not.
pub type Error = crate::Error<Nothing>;

/// The IDs, each as it travels. One that is still in use is in none of these: it comes with the hours in which nobody
/// can imitate it any longer.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, request: Request) -> Result<Vec<FederatedKey>, Error> {
    let Request { from, until } = request;
    let earlier = from.checked_sub(SignedDuration::from_hours(WAITS_HOURS)).unwrap_or(from);
    let collected =
        |register, from| collected::<Nothing>(at, USE, Query::CollectedIn { register, from, until });
    let mut found = collected(READY, from)?;
    found.extend(collected(WAITING, earlier)?);
    let within = |hour: i64| Timestamp::from_second(hour).is_ok_and(|hour| (from..until).contains(&hour));
    let ours = found.iter().filter(|kept| !kept.place.made_up);
    let ours = ours.filter(|kept| within(kept.place.from));
    // Where nobody knows the onset the field still travels; the number for it is not 0.
    let onset = |kept: &super::Kept| {
        kept.key.days_since_onset.map_or(Onset::Unknown { since_submission: 0 }, |days| Onset::Exact { days })
    };
    Ok(ours.map(|kept| FederatedKey::of(&kept.key, OURS, &kept.countries, onset(kept))).collect())
}
