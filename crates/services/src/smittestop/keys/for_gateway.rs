//! IDs of ours for other countries: those that phones here can fetch already, the made-up ones among them.
//!
//! Invariant: other countries publish what we send. Whoever compares their files with ours finds in them a share of each
//! of our files as it stands, never the real IDs alone.

use exposure::gateway::{FederatedKey, Onset};
use jiff::{SignedDuration, Timestamp};
use register::Query;

use super::stored::collected;
use super::{Kept, READY, WAITING, WAITS_HOURS};
use crate::smittestop::exports;
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

/// The IDs, each as it travels. One that is still in use is in none of these, nor is one whose hours are not published:
/// what is made up beside it is not yet there.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, request: Request) -> Result<Vec<FederatedKey>, Error> {
    let Request { from, until } = request;
    let Some(published) = exports::published_until(at)? else { return Ok(Vec::new()) };
    let earlier = from.checked_sub(SignedDuration::from_hours(WAITS_HOURS)).unwrap_or(from);
    let collected =
        |register, from| collected::<Nothing>(at, USE, Query::CollectedIn { register, from, until });
    let mut found = collected(READY, from)?;
    found.extend(collected(WAITING, earlier)?);
    let within = |kept: &&Kept| {
        let hour = Timestamp::from_second(kept.place.from);
        hour.is_ok_and(|hour| (from..until.min(published)).contains(&hour)) && !kept.place.not_home
    };
    // Where nobody knows the onset the field still travels; the number for it is not 0.
    let onset = |kept: &Kept| {
        kept.key.days_since_onset.map_or(Onset::Unknown { since_submission: 0 }, |days| Onset::Exact { days })
    };
    let ours = found.iter().filter(within);
    Ok(ours.map(|kept| FederatedKey::of(&kept.key, OURS, &kept.countries, onset(kept))).collect())
}
