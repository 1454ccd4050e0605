//! A second step of its own: what is marked private, under emergency access, with a reason of its own.

use notice::id::Person;
use notice::{Id, Target};
use register::Personal;

use super::MedicineCard;
use crate::Call;
use crate::check::Check;
use crate::check::REASON_LETTERS_MIN;

/// Use of the notice.
pub const USE: &str = "fmk.emergency-read-private";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub patient: Id<Person>,
    /// Why what is private must be seen; the person reads it.
    pub reason: Personal<String>,
}

/// Why not.
pub type Error = crate::Error;

/// A second step of its own: what is marked private, under emergency access, with a reason of its own.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, request: Request) -> Result<MedicineCard, Error> {
    let mut check = Check::default();
    check.letters("reason", request.reason.reveal(), REASON_LETTERS_MIN);
    check.done()?;
    let records = at.read(USE, Target::Person(request.patient), Some(&request.reason))?;
    Ok(MedicineCard::of(at, request.patient, &records)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emergency_access::take;
    use crate::shared_medication_record::{mark_private, open_card_in_emergency};
    use crate::testing::Country;

    #[test]
    fn private_medicine_takes_a_second_step_with_a_reason_of_its_own() {
        let country = Country::new();
        let (order, _) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let mark = mark_private::Request { person: country.nancy, order: order.id };
        country.act(&country.citizen(country.nancy), |at| mark_private::run(at, mark)).unwrap();
        let doctor = country.other_doctor();
        let reason = Personal::new("Bevidstløs efter trafikulykke på motorvejen".to_owned());
        let request = take::Request { patient: country.nancy, reason: reason.clone() };
        country.act(&doctor, |at| take::run(at, request)).unwrap();
        let first = open_card_in_emergency::Request { patient: country.nancy };
        let card = country.act(&doctor, |at| open_card_in_emergency::run(at, first)).unwrap();
        assert_eq!((card.orders.len(), card.hidden_private > 0), (0, true));
        let short = Request { patient: country.nancy, reason: Personal::new("haster".to_owned()) };
        assert!(matches!(country.act(&doctor, |at| run(at, short)), Err(Error::Invalid(_))));
        let second = Request { patient: country.nancy, reason };
        assert_eq!(country.act(&doctor, |at| run(at, second)).unwrap().orders[0].drug.name, "Amlodipin");
    }
}
