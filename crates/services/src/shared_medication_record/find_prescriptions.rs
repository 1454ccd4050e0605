//! A pharmacy finds the open prescriptions of a person who stands at the counter.

use notice::id::Person;
use notice::{Id, Target};

use register::Record;

use super::records::CardRecords;
use super::{Prescription, PrescriptionStatus, card};
use crate::Call;
use crate::basic_data::Basic;

/// Use of the notice.
pub const USE: &str = "fmk.find-prescriptions";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who stands at the counter.
    pub patient: Id<Person>,
}

/// What the pharmacy may see.
#[derive(Clone, Debug)]
pub struct Output {
    /// The person.
    pub patient: Id<Person>,
    /// Who it is: name and number, so that the right person gets the medicine.
    pub person: Basic,
    /// Open and pending ones, the latest first.
    pub prescriptions: Vec<Prescription>,
}

/// Why not.
pub type Error = crate::Error;

/// Finds what may be handed over now or soon.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    let found = at.read(USE, Target::Person(request.patient), None)?;
    let records = CardRecords::of(at, &found);
    let (mut prescriptions, _) = card::prescriptions(&records, at.today())?;
    prescriptions.retain(|prescription| match prescription.status {
        PrescriptionStatus::Open | PrescriptionStatus::Pending => true,
        PrescriptionStatus::Closed | PrescriptionStatus::Cancelled | PrescriptionStatus::Expired => false,
    });
    Ok(Output { patient: request.patient, person: person(at, &found), prescriptions })
}

fn person(at: &Call<'_>, records: &[Record]) -> Basic {
    records.iter().find(|record| at.is_in(record, "fmk.basic")).map(Basic::of).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;

    #[test]
    fn the_pharmacy_sees_what_was_presented_and_nothing_before() {
        // proves rule F-14
        let country = Country::new();
        country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let find = || {
            let request = Request { patient: country.nancy };
            country.act(&country.pharmacist(), |at| run(at, request))
        };
        assert!(matches!(find(), Err(Error::Refused(_))));
        country.presents(country.nancy);
        let found = find().unwrap();
        assert_eq!(found.prescriptions.len(), 1);
        assert_eq!(found.person.name.as_deref(), Some("Nancy Ann Berggren"));
        assert_eq!(found.person.address, None);
        country.house.clock.pass(jiff::Span::new().days(8));
        assert!(matches!(find(), Err(Error::Refused(_))));
    }
}
