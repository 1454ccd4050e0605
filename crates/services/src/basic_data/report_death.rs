//! The civil register reports a death, or takes one back.

use jiff::civil::Date;
use notice::Id;
use notice::id::Person;
use register::Personal;

use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.report-death";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who.
    pub person: Id<Person>,
    /// What is reported.
    pub report: Report,
}

/// What is reported.
#[derive(Clone, Debug)]
pub enum Report {
    /// The person died on this day.
    Died(Date),
    /// The death was reported in error.
    TakenBack {
        /// Why.
        reason: Personal<String>,
    },
}

/// Why not.
pub type Error = crate::Error;

/// The civil register reports a death, or takes one back.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
