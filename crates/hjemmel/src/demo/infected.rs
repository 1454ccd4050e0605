//! Some of the country have tested positive: Statens Serum Institut sends its list, as it does each day.

use jiff::Span;
use register::Cpr;
use services::smittestop::positives::{Positive, replace};

use super::growth::GrowError;
use super::import::Importer;
use super::official::{EINER, LONNI};

/// Who is on the list: people with a published test number, for the list knows people by their numbers.
const INFECTED: [&str; 2] = [EINER, LONNI];

/// Sends the list; returns how many are on it.
pub(super) fn send(importer: &Importer<'_>) -> Result<usize, GrowError> {
    let tested = importer.now.saturating_sub(Span::new().hours(26)).unwrap_or(importer.now);
    let one = |number: &str| {
        Ok(Positive {
            cpr: Cpr::parse(number).map_err(|_| GrowError::Number)?,
            test_time: tested,
            onset: None,
        })
    };
    let people: Vec<Positive> = INFECTED.into_iter().map(one).collect::<Result<_, GrowError>>()?;
    let count = people.len();
    let request =
        replace::Request { made_at: importer.now, count: count as u64, confirmed_gone: None, people };
    importer.as_system("ssi", "Statens Serum Institut", |at| {
        // What the list itself says no to cannot happen here: it is the first one.
        replace::run(at, request).map_err(|error| match error {
            services::Error::Refused(refusal) => services::Error::Refused(refusal),
            services::Error::Unavailable(why) => services::Error::Unavailable(why),
            services::Error::Invalid(problems) => services::Error::Invalid(problems),
            services::Error::Conflict(changes) => services::Error::Conflict(changes),
            services::Error::Not(_) => services::Error::Invalid(Vec::new()),
        })
    })?;
    Ok(count)
}
