//! A run of the exchange ended, well or not: the operator sees it, and the next one knows when it is due.

use notice::{Target, Writing};

use super::{Delivery, USE, Way, list_all};
use crate::gateway_records as records;
use crate::smittestop::closing::is_closed;
use crate::{Call, Nothing};
use jiff::Timestamp;

/// What ended.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// Which way.
    pub way: Way,
    /// Stable word for what came of it.
    pub outcome: &'static str,
    /// How many keys moved.
    pub keys: u64,
}

/// Why not.
pub type Error = crate::Error<Nothing>;

/// Writes down that a run ended.
///
/// # Errors
/// Refused, or the register cannot take it.
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    // Rule SS-45: the app was closed meanwhile; of this too nothing is kept.
    if is_closed::run::<Nothing>(at)? {
        return Ok(());
    }
    let Request { way, outcome, keys } = request;
    let said = Delivery::Ran { way, outcome: outcome.to_owned(), keys };
    let subject = records::nobody(at, &["run", &at.now().to_string()]);
    let grant = at.ask::<Writing, Nothing>(USE, Target::Person(subject), None)?;
    let record = at.new_id();
    at.change_under(grant, |_| Ok((vec![records::delivery(subject, record, &said, at.now())], ())))
}

/// What a run says that went well.
pub const DONE: &str = "done";

/// The last run of a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Last {
    /// When it ended.
    pub at: Timestamp,
    /// Whether all went well.
    pub went_well: bool,
}

/// When the last run of a way ended, and how.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn last(at: &Call<'_>, way: Way) -> Result<Option<Last>, Error> {
    let list = list_all::<Nothing>(at)?;
    Ok(list.iter().rev().find_map(|line| match &line.delivery {
        Delivery::Ran { way: ran, outcome, .. } if *ran == way => {
            Some(Last { at: line.at, went_well: outcome == DONE })
        }
        Delivery::Ran { .. }
        | Delivery::Up { .. }
        | Delivery::Down { .. }
        | Delivery::Again { .. }
        | Delivery::Decided { .. } => None,
    }))
}
