//! How the gateway stands, for whoever runs it: the countries, what each has uploaded, what was refused and why.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::certificates::{self, Usage};
use super::{Line, Reason, Rules, all_lines, batches};
use crate::Call;

/// A certificate of a country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// For what.
    pub usage: Usage,
    /// SHA-256, in hexadecimal digits.
    pub thumbprint: String,
    /// When it ends by itself.
    pub expires: Option<Timestamp>,
    /// Whether it is believed now.
    pub good: bool,
}

/// An upload of which nothing was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// When.
    pub at: Timestamp,
    /// How many keys were in it.
    pub keys: usize,
    /// Stable word for why.
    pub why: String,
}

/// One country at the gateway.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Country {
    /// Its certificates, the oldest first.
    pub papers: Vec<Paper>,
    /// When it last uploaded.
    pub last: Option<Timestamp>,
    /// Keys that it uploaded, as long as they are kept.
    pub keys: usize,
    /// What was refused, the newest first.
    pub refused: Vec<Refusal>,
}

/// How the gateway stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// By country.
    pub countries: BTreeMap<String, Country>,
    /// Batches that are kept.
    pub batches: usize,
    /// When the last one was made.
    pub last_batch: Option<Timestamp>,
}

/// Why not.
pub type Error = crate::Error<Reason>;

/// How the gateway stands.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, rules: &Rules) -> Result<State, Error> {
    let lines = all_lines::<Reason>(at)?;
    let made = batches(&lines);
    let mut state =
        State { batches: made.len(), last_batch: made.last().map(|batch| batch.at), ..State::default() };
    for row in certificates::run(at, rules)? {
        let good = row.is_good(at.now());
        let paper = Paper { usage: row.usage, thumbprint: row.thumbprint, expires: row.expires, good };
        state.countries.entry(row.country).or_default().papers.push(paper);
    }
    for (when, line) in lines {
        match line {
            Line::In(upload) => {
                let country = state.countries.entry(upload.country).or_default();
                country.last = Some(when);
                country.keys = country.keys.saturating_add(upload.keys);
            }
            Line::Refused(refused) => {
                let refusal = Refusal { at: when, keys: refused.keys, why: refused.why };
                state.countries.entry(refused.country).or_default().refused.insert(0, refusal);
            }
            Line::Batch { .. } => {}
        }
    }
    Ok(state)
}
