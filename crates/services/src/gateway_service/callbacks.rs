//! A country asks to be told when there is something new: asked for, listed, ended, and told.
//!
//! What is still to be told is read from the events of the record, so that a process that was killed goes on.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use notice::id::{self, Person};
use notice::{Id, Target, Writing};
use register::query::Query;
use register::{Change, Content};
use serde::{Deserialize, Serialize};

use super::authenticate::Admitted;
use super::certificates::{ROLE, Usage};
use super::{Reason, Rules, USE, all_lines, batches, certificates};
use crate::Call;
use crate::gateway_records as records;

const REGISTER: &str = "sst.gateway-callback";
const ASKED: &str = "gateway.callback-asked";
const TOLD: &str = "gateway.callback-told";
const FAILED: &str = "gateway.callback-failed";
const ENDED: &str = "gateway.callback-ended";

/// So many failures in a row end it.
pub const FAILURES_MAX: usize = 5;
/// Seconds between two tries.
pub const RETRY_SECONDS: i64 = 300;
const ID_CHARACTERS_MAX: usize = 64;
const URL_CHARACTERS_MAX: usize = 1_000;
const OF_ONE_COUNTRY_MAX: usize = 10;

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Said {
    country: String,
    id: String,
    url: String,
}

/// An address to be told.
#[derive(Clone, Debug)]
pub struct Callback {
    record: Id<id::Record>,
    person: Id<Person>,
    /// Whose.
    pub country: String,
    /// The country's name for it.
    pub id: String,
    /// The address.
    pub url: String,
    asked: Timestamp,
    told: Option<Timestamp>,
    failed: Vec<Timestamp>,
}

/// One telling that is due.
#[derive(Clone, Debug)]
pub struct Due {
    /// Whom.
    pub callback: Callback,
    /// The newest batch.
    pub tag: String,
    /// Its day.
    pub day: Date,
    /// The certificates that the address may show, in hexadecimal digits.
    pub pinned: Vec<String>,
}

/// Why not.
pub type Error = crate::Error<Reason>;

/// Every address of a country.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn list(at: &Call<'_>, who: &Admitted) -> Result<Vec<Callback>, Error> {
    Ok(all(at)?.into_iter().filter(|one| one.country == who.country).collect())
}

/// Keeps an address; one that the country named the same before is replaced. Whoever calls has looked at the address.
///
/// # Errors
/// The name or the address is none.
pub fn put(at: &Call<'_>, who: &Admitted, id: &str, url: &str) -> Result<(), Error> {
    let named = (1..=ID_CHARACTERS_MAX).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
    if !named || url.len() > URL_CHARACTERS_MAX {
        return Err(Error::Not(Reason::BadAddress));
    }
    let own = list(at, who)?;
    let same = own.iter().find(|one| one.id == id);
    if same.is_some_and(|one| one.url == url) {
        return Ok(());
    }
    if same.is_none() && own.len() >= OF_ONE_COUNTRY_MAX {
        return Err(Error::Not(Reason::BadAddress));
    }
    if let Some(before) = same {
        raise(at, before, ENDED)?;
    }
    let said = Said { country: who.country.clone(), id: id.to_owned(), url: url.to_owned() };
    let mut fields = Content::new();
    fields.insert("callback".to_owned(), serde_json::to_value(&said).unwrap_or_default());
    let record = at.new_id();
    let person = records::nobody(at, &["callback", &record.to_string()]);
    let events = vec![(ASKED.to_owned(), at.now())];
    let change = records::create(REGISTER, ROLE, (person, record), fields, events);
    let grant = at.ask::<Writing, Reason>(USE, Target::Person(person), None)?;
    at.change_under(grant, |_| Ok((vec![change.clone()], ())))
}

/// Ends an address.
///
/// # Errors
/// The country has named none so.
pub fn delete(at: &Call<'_>, who: &Admitted, id: &str) -> Result<(), Error> {
    let own = list(at, who)?;
    let found = own.iter().find(|one| one.id == id).ok_or(Error::Not(Reason::NoCallback))?;
    raise(at, found, ENDED)
}

/// What is to be told now: the newest batch, to each address that has not heard of it and did not fail just now.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn due(at: &Call<'_>, rules: &Rules) -> Result<Vec<Due>, Error> {
    let made = batches(&all_lines::<Reason>(at)?);
    let Some(newest) = made.last() else { return Ok(Vec::new()) };
    let rows = certificates::run(at, rules)?;
    let wait = SignedDuration::from_secs(RETRY_SECONDS);
    let mut due = Vec::new();
    for callback in all(at)? {
        let heard = callback.told.unwrap_or(callback.asked).max(callback.asked);
        let tried = callback.failed.last().and_then(|last| last.checked_add(wait).ok());
        if newest.at <= heard || tried.is_some_and(|next| at.now() < next) {
            continue;
        }
        let is_pinned = |row: &&certificates::Row| {
            row.usage == Usage::Callback && row.country == callback.country && row.is_good(at.now())
        };
        let pinned = rows.iter().filter(is_pinned).map(|row| row.thumbprint.clone()).collect();
        due.push(Due { callback, tag: newest.tag.clone(), day: newest.day, pinned });
    }
    Ok(due)
}

/// Writes down how a telling went. After five failures in a row the address goes.
///
/// # Errors
/// Refused, or the register cannot take it.
pub fn told(at: &Call<'_>, due: &Due, went_well: bool) -> Result<(), Error> {
    let event = if went_well {
        TOLD
    } else if due.callback.failed.len() + 1 >= FAILURES_MAX {
        ENDED
    } else {
        FAILED
    };
    raise(at, &due.callback, event)
}

fn all(at: &Call<'_>) -> Result<Vec<Callback>, Error> {
    let query = Query::CollectedIn { register: REGISTER, from: Timestamp::MIN, until: Timestamp::MAX };
    Ok(at.find::<Reason>(USE, query)?.iter().filter_map(callback).collect())
}

fn callback(record: &register::Record) -> Option<Callback> {
    let said: Said = records::said(record, "callback")?;
    let times = |event: &str| {
        let of = record.events.iter().filter(|(name, _)| name == event);
        let mut times: Vec<Timestamp> = of.map(|(_, at)| *at).collect();
        times.sort_unstable();
        times
    };
    let asked = times(ASKED).first().copied()?;
    let told = times(TOLD).last().copied();
    let mut failed = times(FAILED);
    failed.retain(|at| told.is_none_or(|told| *at > told));
    if !times(ENDED).is_empty() {
        return None;
    }
    let person = record.subjects.first()?.1;
    Some(Callback {
        record: record.id,
        person,
        country: said.country,
        id: said.id,
        url: said.url,
        asked,
        told,
        failed,
    })
}

fn raise(at: &Call<'_>, callback: &Callback, event: &str) -> Result<(), Error> {
    let target = Target::Record { person: callback.person, record: callback.record };
    let grant = at.ask::<Writing, Reason>(USE, target, None)?;
    let change = Change::Raise { record: callback.record, event: event.to_owned(), at: at.now() };
    at.change_under(grant, |_| Ok((vec![change.clone()], ())))
}
