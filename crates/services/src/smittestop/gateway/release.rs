//! Two persons decide on what was held: it is passed on to phones, or left to be erased on its day.

use jiff::civil::Date;
use notice::{Target, Writing};
use register::{NotTwo, TwoNames};

use super::{Delivery, Reason, USE, came_down, held, list_all};
use crate::Call;
use crate::gateway_records as records;

/// What two persons may decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Phones may have the keys.
    Release,
    /// They are left to be erased on their day.
    Discard,
}

/// What is decided.
#[derive(Clone, Debug)]
pub struct Request {
    /// The country.
    pub country: String,
    /// The day of the batch.
    pub day: Date,
    /// The tag of the batch.
    pub tag: String,
    /// What becomes of the keys.
    pub decision: Decision,
    /// Who decides.
    pub by: [String; 2],
}

/// Why not.
pub type Error = crate::Error<Reason>;

/// Decides on one country's part of one batch. Returns how many keys it is about.
///
/// # Errors
/// Not two persons, or nothing of that name waits.
pub fn run(at: &Call<'_>, request: &Request) -> Result<u64, Error> {
    let [first, second] = &request.by;
    TwoNames::of(first, second).map_err(|NotTwo| Error::Not(Reason::NotTwo))?;
    let waiting = held::of(&list_all::<Reason>(at)?);
    let is_it = |one: &&held::Held| {
        (&one.country, one.day, &one.tag) == (&request.country, request.day, &request.tag)
    };
    let keys = waiting.iter().find(is_it).ok_or(Error::Not(Reason::NotHeld))?.accepted;
    let day = request.day.to_string();
    let said = Delivery::Decided {
        tag: request.tag.clone(),
        day: request.day,
        country: request.country.clone(),
        keys,
        released: request.decision == Decision::Release,
        by: request.by.clone(),
    };
    let subject = records::nobody(at, &came_down::subject(&day, &request.tag));
    let record = records::id_of(&["decided", &day, &request.tag, &request.country]);
    let grant = at.ask::<Writing, Reason>(USE, Target::Person(subject), None)?;
    at.change_under(grant, |_| Ok((vec![records::delivery(subject, record, &said, at.now())], ())))?;
    Ok(keys)
}
