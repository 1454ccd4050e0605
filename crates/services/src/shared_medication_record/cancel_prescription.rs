//! A prescriber calls a prescription off: nothing more is handed over on it.

use notice::id::{self, Person};
use notice::{Id, Target};

use register::{Change, Personal};

use super::records::CardRecords;
use super::{CardError, NotNow, Prescription, PrescriptionStatus};
use crate::check::Check;
use crate::{Call, content};

/// Use of the notice.
pub const USE: &str = "fmk.cancel-prescription";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub patient: Id<Person>,
    /// Which prescription.
    pub prescription: Id<id::Record>,
    /// The version of the prescription that was read.
    pub version: u32,
    /// Why.
    pub reason: String,
}

/// Why not.
pub type Error = CardError;

/// Calls it off.
///
/// # Errors
/// Refused, in conflict with somebody else's change, or not open any more.
pub fn run(at: &Call<'_>, request: Request) -> Result<Prescription, Error> {
    let mut check = Check::default();
    check.text("reason", &request.reason, 300);
    check.done()?;
    // One record: who issued another prescription of the person has no part in this one.
    let target = Target::Record { person: request.patient, record: request.prescription };
    at.change(USE, target, None, |records| {
        let card = CardRecords::of(at, records);
        let (record, mut prescription) = card.prescription(request.prescription)?;
        if record.version != request.version {
            return Err(Error::Conflict(Personal::new(Vec::new())));
        }
        match prescription.status_on(at.today()) {
            PrescriptionStatus::Open | PrescriptionStatus::Pending => {}
            PrescriptionStatus::Closed | PrescriptionStatus::Cancelled | PrescriptionStatus::Expired => {
                return Err(Error::Not(NotNow::NotOpen));
            }
        }
        prescription.status = PrescriptionStatus::Cancelled;
        prescription.cancelled = Some(request.reason.trim().to_owned());
        let change = Change::Correct {
            record: record.id,
            version: record.version,
            content: content::write(&prescription),
            note: None,
        };
        let mut after = prescription.into_prescription(record, |number| card.find(number), None, at.today());
        after.version = record.version.saturating_add(1);
        Ok((vec![change], after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;

    #[test]
    fn a_prescription_is_called_off_once_and_not_by_strangers() {
        let country = Country::new();
        let (_, prescription) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let request = Request {
            patient: country.nancy,
            prescription: prescription.id,
            version: 1,
            reason: "forkert pakning".into(),
        };
        let stranger = country.act(&country.other_doctor(), |at| run(at, request.clone()));
        assert!(matches!(stranger, Err(Error::Refused(_))));
        let off = country.act(&country.doctor(), |at| run(at, request.clone())).unwrap();
        assert_eq!((off.status, off.version), (PrescriptionStatus::Cancelled, 2));
        let stale = country.act(&country.doctor(), |at| run(at, request.clone()));
        assert!(matches!(stale, Err(Error::Conflict(_))));
        let twice = country.act(&country.doctor(), |at| run(at, Request { version: 2, ..request.clone() }));
        assert!(matches!(twice, Err(Error::Not(NotNow::NotOpen))));
        let empty = Request { reason: String::new(), ..request };
        assert!(matches!(country.act(&country.doctor(), |at| run(at, empty)), Err(Error::Invalid(_))));
    }
}
