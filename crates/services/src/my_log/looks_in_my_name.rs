//! A professional sees the looks made by her and on her behalf.

use super::{Log, Shown};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.read-looks-in-my-name";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Lines before this number; the latest if `None`.
    pub before: Option<u64>,
    /// How many at most, up to 500.
    pub limit: usize,
}

/// Why not.
pub type Error = crate::Error;

/// A professional sees the looks made by her and on her behalf.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Log, Error> {
    let lines = super::lines_by_me(at, request.before, request.limit)?;
    Ok(super::log(at.register.policy(), &lines, request.limit.clamp(1, super::LINES_MAX), Shown::Whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;

    #[test]
    fn a_professional_sees_her_own_looks_and_a_citizen_is_refused() {
        let country = Country::new();
        country.opens(&country.doctor(), country.nancy).unwrap();
        let request = Request { before: None, limit: 10 };
        let log = country.act(&country.doctor(), |at| run(at, request.clone())).unwrap();
        assert!(log.days[0].lines.iter().any(|line| line.use_name == "fmk.read-card"));
        let citizen = country.act(&country.citizen(country.nancy), |at| run(at, request));
        assert!(matches!(citizen, Err(Error::Refused(_))));
    }
}
