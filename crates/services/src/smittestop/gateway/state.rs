//! How the exchange stands, for the operator: the last runs, what came from which country, what waits.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::held::{self, Held};
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
    for line in list {
        match line.delivery {
            Delivery::Ran { way, outcome, .. } => {
                state.runs.insert(way, (line.at, outcome));
            }
            Delivery::Up { keys, fate: Fate::Stored | Fate::Known, .. } => state.uploaded += keys,
            Delivery::Up { keys, fate: Fate::Refused, .. } => state.refused += keys,
            Delivery::Down { parts, .. } => {
                for part in parts {
                    let country = state.countries.entry(part.country).or_default();
                    country.last = Some(line.at);
                    country.sent += part.sent;
                    match part.standing {
                        Standing::Accepted => country.accepted += part.accepted,
                        Standing::Held => {}
                        Standing::Unsigned(_) => country.unsigned += 1,
                    }
                }
            }
            Delivery::Decided { country, keys, released: true, .. } => {
                state.countries.entry(country).or_default().accepted += keys;
            }
            Delivery::Decided { .. } => {}
        }
    }
    Ok(state)
}
