//! A citizen sees her own basic data.

use notice::Target;

use super::{Basic, NSP_BASIC};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.read-own-basic";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {}

/// Why not.
pub type Error = crate::Error;

/// A citizen sees her own basic data.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, Request {}: Request) -> Result<Basic, Error> {
    let records = at.read(USE, Target::Person(at.me()), None)?;
    let basic = records.iter().find(|record| at.is_in(record, NSP_BASIC)).map(Basic::of);
    Ok(basic.unwrap_or_default())
}
