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
    at.change(USE, Target::Person(request.patient), None, |records| {
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
