//! The list of those infected, as it travels. People are named by number in the body, never in an address.

use jiff::Timestamp;
use jiff::civil::Date;
use register::Cpr;
use serde::{Deserialize, Serialize};
use services::smittestop::positives::{Positive, replace};
use utoipa::ToSchema;

use crate::problem::{Code, Problem};

/// The whole list of those infected.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReplacePositives {
    /// When the list was made; at most 24 hours ago, and after the list that stands.
    made_at: Timestamp,
    /// How many people are on it: a list that arrives with fewer is torn and not taken.
    count: u64,
    /// How many people fall off, where the list is empty or more than half of the one before goes.
    #[serde(default)]
    confirmed_gone: Option<u64>,
    /// Everybody on the list, each once.
    people: Vec<OnePositive>,
}

/// Somebody on the list.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OnePositive {
    /// Civil registration number.
    cpr: String,
    /// When the test was taken.
    test_time: Timestamp,
    /// When the symptoms began, if that is known.
    #[serde(default)]
    onset: Option<Date>,
}

/// One entry as it should be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorrectPositive {
    /// Civil registration number.
    cpr: String,
    /// When the test was taken.
    test_time: Timestamp,
    /// When the symptoms began, if that is known.
    #[serde(default)]
    onset: Option<Date>,
}

/// Who is no longer on the list.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndPositive {
    /// Civil registration number.
    cpr: String,
}

/// What the list came to beside the one before.
#[derive(Serialize, ToSchema)]
pub(crate) struct PositivesReplaced {
    /// On the list before.
    before: u64,
    /// New.
    new: u64,
    /// On both, with another content.
    corrected: u64,
    /// On both, the same.
    unchanged: u64,
    /// No longer on it.
    gone: u64,
}

impl From<replace::Replacing> for PositivesReplaced {
    fn from(replacing: replace::Replacing) -> Self {
        let replace::Replacing { before, new, corrected, unchanged, gone } = replacing;
        Self { before, new, corrected, unchanged, gone }
    }
}

impl ReplacePositives {
    /// The request of the service.
    pub(crate) fn request(self) -> Result<replace::Request, Problem> {
        let one = |(place, one): (usize, OnePositive)| {
            Ok(Positive {
                cpr: number(&one.cpr, &format!("people.{place}.cpr"))?,
                test_time: one.test_time,
                onset: one.onset,
            })
        };
        let people = self.people.into_iter().enumerate().map(one).collect::<Result<_, Problem>>()?;
        Ok(replace::Request {
            made_at: self.made_at,
            count: self.count,
            confirmed_gone: self.confirmed_gone,
            people,
        })
    }
}

impl CorrectPositive {
    /// The entry.
    pub(crate) fn positive(self) -> Result<Positive, Problem> {
        Ok(Positive { cpr: number(&self.cpr, "cpr")?, test_time: self.test_time, onset: self.onset })
    }
}

impl EndPositive {
    /// Who.
    pub(crate) fn cpr(&self) -> Result<Cpr, Problem> {
        number(&self.cpr, "cpr")
    }
}

fn number(text: &str, field: &str) -> Result<Cpr, Problem> {
    Cpr::parse(text).map_err(|_| {
        Problem::new(Code::Unfit).field(
            field,
            "not-a-number",
            "Det er ikke et CPR-nummer. Ret det.",
            "That is no civil registration number. Correct it.",
        )
    })
}
