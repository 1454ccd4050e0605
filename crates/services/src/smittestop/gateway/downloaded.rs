//! Keys of other countries that may be given to phones: those that came down in a span of time, or were released in it.

use exposure::DiagnosisKey;
use jiff::Timestamp;

use super::{Delivery, Standing, came_down, keys_of, list};
use crate::{Call, Nothing};

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// From when.
    pub from: Timestamp,
    /// Until when, not included.
    pub until: Timestamp,
}

/// A key of another country.
pub type Downloaded = (DiagnosisKey, String, Vec<String>);

/// Why not.
pub type Error = crate::Error<Nothing>;

/// The keys, each with the country it comes from and the countries that its owner has visited.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, request: Request) -> Result<Vec<Downloaded>, Error> {
    let mut keys = Vec::new();
    for line in list::<Nothing>(at, request.from, request.until)? {
        match line.delivery {
            Delivery::Down { tag, day, parts, .. } | Delivery::Again { tag, day, parts } => {
                for part in parts.iter().filter(|part| part.standing == Standing::Accepted) {
                    add(at, &mut keys, (&day.to_string(), &tag, &part.country))?;
                }
            }
            Delivery::Decided { tag, day, country, released: true, .. } => {
                add(at, &mut keys, (&day.to_string(), &tag, &country))?;
            }
            Delivery::Decided { .. } | Delivery::Up { .. } | Delivery::Ran { .. } => {}
        }
    }
    Ok(keys)
}

fn add(
    at: &Call<'_>,
    into: &mut Vec<Downloaded>,
    (day, tag, country): (&str, &str, &str),
) -> Result<(), Error> {
    let (subject, record) = (came_down::subject(day, tag), came_down::record(day, tag, country));
    // Erased already, or none of its keys was for us.
    let Some(found) = keys_of::<Nothing>(at, &subject, &record)? else { return Ok(()) };
    for key in found.keys {
        if let Ok(diagnosis) = key.diagnosis() {
            into.push((diagnosis, key.origin, key.visited_countries));
        }
    }
    Ok(())
}
