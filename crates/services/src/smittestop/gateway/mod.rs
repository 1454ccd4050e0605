//! Our side of the European gateway: what goes up, what came down, and what is held back.
//!
//! Invariant: nothing of a delivery is kept before the signature of every country in it was checked.
//! Invariant: where to go on is read from the list of deliveries, never from memory; doing it twice is doing it once.

pub mod accept;
pub mod again;
pub mod audit;
pub mod came_down;
pub mod downloaded;
pub mod eligible;
pub mod held;
mod held_back;
mod parts;
pub mod ran;
pub mod release;
pub mod resume;
pub mod state;
pub mod to_upload;
pub mod uploaded;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use notice::Target;
use notice::id::Record;
use notice::{Id, Lang};
use register::query::Query;
use serde::{Deserialize, Serialize};

use super::KEPT_HOURS;
use crate::gateway_records::{self as records, DELIVERIES};
use crate::smittestop::closing;
use crate::{Call, Error, Explain};
use exposure::gateway::{Batch, SigningCertificate};

/// Use of the notice.
pub const USE: &str = "sst.exchange";

/// A key that began longer ago warns nobody.
const AGE_DAYS_MAX: i64 = 14;

/// Under which terms we take part.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Our own country.
    pub own: String,
    /// With which certificates the other countries sign. A country that has none here takes no part for us.
    pub partners: Vec<SigningCertificate>,
    /// The most keys of one country in a day; more is held.
    pub keys_per_day_max: u64,
    /// More than so many times its median of seven days is held.
    pub median_times_max: u64,
    /// So many keys in a day are never too many: the median of a small country jumps.
    pub never_held_below: u64,
    /// How many days back a first download goes.
    pub days_back: u8,
}

impl Terms {
    /// The usual most keys of one country in a day.
    pub const KEYS_PER_DAY_MAX: u64 = 200_000;
    /// How many days back a first download usually goes.
    pub const DAYS_BACK: u8 = 7;

    /// The usual numbers, for a country.
    #[must_use]
    pub fn of(own: &str, partners: Vec<SigningCertificate>) -> Self {
        Self {
            own: own.to_owned(),
            partners,
            keys_per_day_max: Self::KEYS_PER_DAY_MAX,
            median_times_max: 3,
            never_held_below: 500,
            days_back: Self::DAYS_BACK,
        }
    }
}

/// A line in our list of deliveries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Delivery {
    /// Keys of ours that the gateway took, or had already, or refused for good.
    Up {
        /// The tag.
        tag: String,
        /// The day.
        day: Date,
        /// How many keys.
        keys: u64,
        /// What became of them.
        fate: Fate,
    },
    /// A batch that came down, also an empty one.
    Down {
        /// The tag.
        tag: String,
        /// The day of the batch.
        day: Date,
        /// The tag of the next batch, if there was one.
        next: Option<String>,
        /// By country.
        parts: Vec<Part>,
    },
    /// Of a batch that had come down before, what was left out then for a certificate that we did not know.
    Again {
        /// The tag.
        tag: String,
        /// The day of the batch.
        day: Date,
        /// By country; what stood in the list of these countries before no longer counts.
        parts: Vec<Part>,
    },
    /// Two persons decided on what was held.
    Decided {
        /// The tag.
        tag: String,
        /// The day of the batch.
        day: Date,
        /// The country.
        country: String,
        /// How many keys.
        keys: u64,
        /// Passed on to phones, or left to be erased.
        released: bool,
        /// Who.
        by: [String; 2],
    },
    /// A run ended.
    Ran {
        /// Which way.
        way: Way,
        /// Stable word for what came of it; `done` if all went well.
        outcome: String,
        /// How many keys moved.
        keys: u64,
    },
}

/// What became of keys that went up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// The gateway stored them.
    Stored,
    /// The gateway had them already.
    Known,
    /// The gateway refused them, one by one.
    Refused,
}

/// Which way keys move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// From us to the gateway.
    Up,
    /// From the gateway to us.
    Down,
}

/// What one country sent in a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The country.
    pub country: String,
    /// How many keys it sent.
    pub sent: u64,
    /// How many of them phones may have.
    pub accepted: u64,
    /// Which certificates signed, also those that we did not know.
    pub signers: Vec<String>,
    /// Whether they may be passed on.
    pub standing: Standing,
}

/// Whether keys may be passed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// They may.
    Accepted,
    /// They wait for two persons: far more than usual.
    Held,
    /// A signature was not believed, for this reason; no key was kept.
    Unsigned(String),
}

impl Standing {
    /// Why nothing of a part was kept, if that was one or more certificates that we did not know.
    const UNKNOWN: &'static str = "unknown-certificate";
}

/// Why a step of the exchange was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The audit speaks of another number of keys than came.
    Amounts,
    /// No delivery of this country, day and tag waits.
    NotHeld,
    /// The same person twice, or none.
    NotTwo,
    /// Two have decided that the app is no longer needed: nothing is taken any more.
    Closed,
}

impl Explain for Reason {
    fn code(&self) -> &'static str {
        match self {
            Self::Amounts => "amounts-differ",
            Self::NotHeld => "not-held",
            Self::NotTwo => "not-two-persons",
            Self::Closed => closing::CLOSED,
        }
    }

    fn words(&self, lang: Lang) -> String {
        let (da, en) = match self {
            Self::Amounts => (
                "Gatewayens regnskab passer ikke til det antal nøgler, der kom. Intet er gemt; prøv igen.",
                "The gateway's account does not fit the number of keys that came. Nothing was kept; try again.",
            ),
            Self::NotHeld => (
                "Der venter ingen leverance med det land, den dag og det nummer.",
                "No delivery of that country, day and tag is waiting.",
            ),
            Self::NotTwo => return register::NotTwo.words(lang),
            Self::Closed => return closing::closed(lang),
        };
        match lang {
            Lang::Da => da.to_owned(),
            Lang::En => en.to_owned(),
        }
    }
}

/// A line of the list with the moment it was written.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub(crate) at: Timestamp,
    pub(crate) delivery: Delivery,
}

/// Our list of deliveries of a span of time, oldest first.
pub(crate) fn list<Own: Explain>(
    at: &Call<'_>,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Listed>, Error<Own>> {
    let found = at.find(USE, Query::CollectedIn { register: DELIVERIES, from, until })?;
    Ok(found
        .iter()
        .filter_map(|record| {
            Some(Listed { at: record.collected_at, delivery: records::said(record, "delivery")? })
        })
        .collect())
}

/// The whole list, as long as it is kept.
pub(crate) fn list_all<Own: Explain>(at: &Call<'_>) -> Result<Vec<Listed>, Error<Own>> {
    list(at, before(at.now(), KEPT_HOURS), after_now(at.now()))
}

/// The keys of one record, if it stands.
pub(crate) fn keys_of<Own: Explain>(
    at: &Call<'_>,
    subject: &[&str],
    record: &[&str],
) -> Result<Option<Batch>, Error<Own>> {
    let target: Target = Target::Record { person: records::nobody(at, subject), record: one(record) };
    Ok(at.read(USE, target, None)?.first().and_then(records::read_keys))
}

fn one(record: &[&str]) -> Id<Record> {
    records::id_of(record)
}

pub(crate) fn before(now: Timestamp, hours: i64) -> Timestamp {
    now.checked_sub(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MIN)
}

/// A list includes what was written at this very moment.
pub(crate) fn after_now(now: Timestamp) -> Timestamp {
    now.checked_add(SignedDuration::from_micros(1)).unwrap_or(now)
}
