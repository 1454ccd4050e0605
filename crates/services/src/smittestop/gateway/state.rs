//! How the exchange stands, for the operator: the last runs, what came from which country, what waits.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::held::{self, Held};
use super::parts::{self, Came};
use super::{Delivery, Fate, Standing, Way, list_all};
use crate::{Call, Nothing};

/// What came from one country.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Country {
    /// When something last came.
    pub last: Option<Timestamp>,
    /// Keys that it sent, as long as the list is kept.
    pub sent: u64,
    /// Keys that phones here may have.
    pub accepted: u64,
    /// Batches in which its signature was not believed.
    pub unsigned: u64,
}

/// What a country sent and was not believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// When it came down.
    pub at: Timestamp,
    /// The country.
    pub country: String,
    /// How many keys.
    pub keys: u64,
    /// Stable word for why.
    pub why: String,
}

/// Keys of one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Of ours, that the gateway took.
    pub up: u64,
    /// Of others, for phones here.
    pub down: u64,
}

/// How the exchange stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The last run each way: when, and what came of it.
    pub runs: BTreeMap<Way, (Timestamp, String)>,
    /// Keys of ours that the gateway has.
    pub uploaded: u64,
    /// Keys of ours that it refused for good.
    pub refused: u64,
    /// By country.
    pub countries: BTreeMap<String, Country>,
    /// What waits for two persons.
    pub held: Vec<Held>,
    /// What was not believed, the newest first.
    pub unbelieved: Vec<Refusal>,
    /// By day of the gateway, as long as the list is kept.
    pub days: BTreeMap<Date, Moved>,
}

/// Why not.
pub type Error = crate::Error<Nothing>;

/// How the exchange stands.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>) -> Result<State, Error> {
    let list = list_all::<Nothing>(at)?;
    let mut state = State { held: held::of(&list), ..State::default() };
    parts::of(&list).into_iter().rev().for_each(|came| state.add(came));
    state.unbelieved.sort_by_key(|one| std::cmp::Reverse(one.at));
    for line in list {
        match line.delivery {
            Delivery::Ran { way, outcome, .. } => {
                state.runs.insert(way, (line.at, outcome));
            }
            Delivery::Up { keys, day, fate: Fate::Stored | Fate::Known, .. } => {
                state.uploaded += keys;
                state.days.entry(day).or_default().up += keys;
            }
            Delivery::Up { keys, fate: Fate::Refused, .. } => state.refused += keys,
            // Below, each part as it was judged last.
            Delivery::Down { .. } | Delivery::Again { .. } => {}
            Delivery::Decided { country, keys, day, released: true, .. } => {
                state.days.entry(day).or_default().down += keys;
                state.countries.entry(country).or_default().accepted += keys;
            }
            Delivery::Decided { .. } => {}
        }
    }
    Ok(state)
}

impl State {
    fn add(&mut self, came: Came<'_>) {
        let part = came.part;
        let country = self.countries.entry(part.country.clone()).or_default();
        country.last = country.last.max(Some(came.at));
        country.sent += part.sent;
        match &part.standing {
            Standing::Accepted => {
                country.accepted += part.accepted;
                self.days.entry(came.day).or_default().down += part.accepted;
            }
            Standing::Held => {}
            Standing::Unsigned(why) => {
                country.unsigned += 1;
                let (country, why) = (part.country.clone(), why.clone());
                self.unbelieved.push(Refusal { at: came.at, country, keys: part.sent, why });
            }
        }
    }
}
