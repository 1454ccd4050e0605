//! A pharmacy hands a medicine over on a prescription, never more than was prescribed.

use notice::Id;
use notice::id::{self, Person};

use super::{CardError, Dispensing, Prescription};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.dispense";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who gets it.
    pub patient: Id<Person>,
    /// On which prescription.
    pub prescription: Id<id::Record>,
    /// The version of the prescription that was read.
    pub version: u32,
    /// Packages.
    pub packages: u32,
    /// What is printed on the label.
    pub label_text: Option<String>,
    /// The pharmacy's comment.
    pub comment: Option<String>,
}

/// What was written.
#[derive(Clone, Debug)]
pub struct Output {
    /// What was handed over.
    pub dispensing: Dispensing,
    /// The prescription as it stands now.
    pub prescription: Prescription,
}

/// Why not.
pub type Error = CardError;

/// What it would do; nothing is written.
///
/// # Errors
/// As [`run`].
pub fn preview(at: &Call<'_>, request: &Request) -> Result<Output, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}

/// Hands it over: the dispensing, the prescription and the clocks of both, all or nothing.
///
/// # Errors
/// Refused, in conflict with somebody else's change, or not possible as the prescription stands.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
