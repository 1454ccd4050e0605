//! The keys of a window: those that may be published in its hours, and those of earlier hours that were revised in them.

use std::collections::BTreeMap;

use exposure::export::{Window, publishable_from};
use exposure::{DiagnosisKey, ReportType};
use jiff::{SignedDuration, Timestamp};
use register::Query;

use super::{Error, Foreign, Not, publish_due::USE};
use crate::Call;
use crate::smittestop::keys::{Kept, READY, WAITING, WAITS_HOURS, collected};

/// What a window holds, made-up keys that are written down included.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    /// Ours, with their records' other fields.
    pub(crate) ours: Vec<Kept>,
    /// Ours that say something else now than when they were published.
    pub(crate) revised: Vec<DiagnosisKey>,
    /// Made up for the file of all countries alone.
    pub(crate) not_home: Vec<DiagnosisKey>,
}

/// Reads a window. `padded` is the hour in which its made-up keys were written down, if they were.
pub(crate) fn gather(at: &Call<'_>, window: Window, padded: Option<Timestamp>) -> Result<Gathered, Error> {
    let hours = window.start().as_second()..window.end().as_second();
    let find =
        |register, from, until| collected::<Not>(at, USE, Query::CollectedIn { register, from, until });
    let mut found: Vec<Kept> = find(READY, window.start(), window.end())?;
    found.retain(|kept| !kept.place.made_up);
    let mut second = Vec::new();
    for kept in find(WAITING, earlier(window), window.end())? {
        if kept.place.revises.is_some() { second.push(kept) } else { found.push(kept) }
    }
    if let Some(padded) = padded {
        let until = padded.checked_add(SignedDuration::from_hours(1)).unwrap_or(padded);
        let made_up = find(READY, padded, until)?;
        found.extend(made_up.into_iter().filter(|kept| kept.place.made_up));
    }
    found.retain(|kept| hours.contains(&kept.place.from));
    second.retain(|kept| hours.contains(&kept.place.from));
    Ok(sorted_out(found, second, window))
}

/// So early a key may have come that is published in the window.
pub(crate) fn earlier(window: Window) -> Timestamp {
    window.start().checked_sub(SignedDuration::from_hours(WAITS_HOURS)).unwrap_or(window.start())
}

/// A key that was revised before anybody saw it is published as what is known now, or not at all.
fn sorted_out(found: Vec<Kept>, second: Vec<Kept>, window: Window) -> Gathered {
    let mut gathered = Gathered::default();
    let mut unseen: BTreeMap<[u8; 16], DiagnosisKey> = BTreeMap::new();
    for kept in second {
        if kept.place.revises.is_some_and(|first| first < window.start().as_second()) {
            gathered.revised.push(kept.key);
        } else {
            unseen.insert(*kept.key.key.reveal(), kept.key);
        }
    }
    for kept in found {
        let key = match unseen.remove(kept.key.key.reveal()) {
            Some(key) if key.report_type == Some(ReportType::Revoked) => continue,
            Some(key) => key,
            None => kept.key,
        };
        if kept.place.not_home {
            gathered.not_home.push(key);
        } else {
            gathered.ours.push(Kept { key, ..kept });
        }
    }
    gathered
}

/// Keys of other countries whose hour lies in the window: also theirs wait until nobody can imitate them.
pub(crate) fn foreign_in(window: Window, mut foreign: Vec<Foreign>) -> Vec<Foreign> {
    foreign.retain(|one| {
        let from = publishable_from(&one.key, one.came);
        window.start() <= from && from < window.end()
    });
    foreign
}
