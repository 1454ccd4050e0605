//! Somebody with a power of attorney sees the card of the person represented.

use notice::id::Person;
use notice::{Id, Target};

use super::MedicineCard;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.read-represented-card";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub person: Id<Person>,
}

/// Why not.
pub type Error = crate::Error;

/// Somebody with a power of attorney sees the card of the person represented.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, request: Request) -> Result<MedicineCard, Error> {
    let records = at.read(USE, Target::Person(request.person), None)?;
    Ok(MedicineCard::of(at, request.person, &records)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;

    #[test]
    fn without_a_power_of_attorney_it_is_refused() {
        let country = Country::new();
        let request = Request { person: country.nancy };
        let answer = country.act(&country.citizen(country.einer), |at| run(at, request));
        assert!(matches!(answer, Err(Error::Refused(_))));
    }
}
