//! What would go if the app were closed: how many records of each register, and nothing of anybody.

use notice::{Target, Writing};

use super::{CLOSE_STATISTICS_USE, CLOSE_UNNAMED_USE, CLOSE_USE, REGISTER};
use crate::{Call, Nothing};

/// Use of the notice.
pub const USE: &str = CLOSE_USE;

/// How many records stand in a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Full name of the register.
    pub register: String,
    /// How many.
    pub records: u64,
}

/// Why not.
pub type Error = crate::Error;

/// What would go if the app were closed.
///
/// # Errors
/// Refused.
pub fn run(at: &Call<'_>) -> Result<Vec<Standing>, Error> {
    at.ask::<Writing, Nothing>(USE, Target::Query, None).map(drop)?;
    let policy = at.register.policy();
    let mut counts = at.register.standing(at.call, USE)?;
    counts.extend(at.register.standing(at.call, CLOSE_UNNAMED_USE)?);
    counts.extend(at.register.standing(at.call, CLOSE_STATISTICS_USE)?);
    let standing = counts
        .into_iter()
        .map(|(register, records)| Standing { register: policy.register_name(register).to_owned(), records });
    Ok(standing.filter(|one| one.register != REGISTER).collect())
}
