//! A professional opens a card under emergency access that she has taken.

use notice::id::Person;
use notice::{Id, Target};

use super::MedicineCard;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.emergency-read-card";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub patient: Id<Person>,
}

/// Why not.
pub type Error = crate::Error;

/// A professional opens a card under emergency access that she has taken.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, request: Request) -> Result<MedicineCard, Error> {
    let records = at.read(USE, Target::Person(request.patient), None)?;
    Ok(MedicineCard::of(at, request.patient, &records)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emergency_access::take;
    use crate::testing::Country;
    use register::Personal;

    #[test]
    fn emergency_access_opens_the_card_for_an_hour_and_no_longer() {
        let country = Country::new();
        country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let open = || {
            let request = Request { patient: country.nancy };
            country.act(&country.other_doctor(), |at| run(at, request))
        };
        assert!(matches!(open(), Err(Error::Refused(_))));
        let reason = Personal::new("Bevidstløs efter trafikulykke på motorvejen".to_owned());
        let request = take::Request { patient: country.nancy, reason };
        country.act(&country.other_doctor(), |at| take::run(at, request)).unwrap();
        assert_eq!(open().unwrap().orders.len(), 1);
        country.house.clock.pass(jiff::Span::new().minutes(60));
        assert!(matches!(open(), Err(Error::Refused(_))));
    }

    #[test]
    fn a_citizen_has_no_emergency_access() {
        let country = Country::new();
        let request = Request { patient: country.nancy };
        let answer = country.act(&country.citizen(country.einer), |at| run(at, request));
        assert!(matches!(answer, Err(Error::Refused(_))));
    }
}
