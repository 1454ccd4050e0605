//! A citizen blocks a professional, an organisation or everyone, for herself, her child under 15 or the person she represents.

use jiff::Timestamp;
use notice::id::Person;
use notice::{Id, Target};

use register::Change;

use super::{Block, REGISTER, What};
use crate::Call;
use crate::Whom;
use crate::agreement::Agreement;
use crate::check::Check;

/// Use of the notice.
pub const USE: &str = "nsp.block";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose: the caller herself, her child under 15, or the person she represents.
    pub person: Id<Person>,
    /// Who is to be kept out.
    pub whom: Whom,
    /// From what.
    pub what: What,
    /// From when; from now on if `None`.
    pub from: Option<Timestamp>,
    /// Until when; open if `None`.
    pub until: Option<Timestamp>,
}

/// Why not.
pub type Error = crate::Error;

/// A citizen blocks a professional, an organisation or everyone, for herself, her child under 15 or the person she represents.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Block, Error> {
    let from = request.from.unwrap_or(at.now());
    let agreement = Agreement {
        register: REGISTER,
        person: request.person,
        whom: &request.whom,
        what: request.what.word(),
        from,
        until: request.until,
        events: request.until.map(|until| (super::LIFTED.to_owned(), until)).into_iter().collect(),
    };
    let mut check = Check::default();
    agreement.check(at, &mut check);
    check.done()?;
    let id = at.new_id();
    let draft = agreement.draft(id);
    at.change(USE, Target::Person(request.person), None, |_| {
        Ok((vec![Change::Create(Box::new(draft.clone()))], ()))
    })?;
    Ok(Block { id, whom: request.whom, what: request.what, from, until: request.until })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;

    #[test]
    fn a_block_holds_from_its_acknowledgement_and_its_lifting_needs_a_fresh_login() {
        // proves rule N-02
        let country = Country::new();
        country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let person = country.nancy;
        let request =
            Request { person, whom: Whom::Everyone, what: What::Everything, from: None, until: None };
        let nancy = country.citizen(person);
        let block = country.act(&nancy, |at| run(at, request)).unwrap();
        assert!(country.opens(&country.doctor(), person).is_err(), "read after a block");
        let seen = crate::opt_out::see_own_blocks::Request { person };
        let blocks = country.act(&nancy, |at| crate::opt_out::see_own_blocks::run(at, seen)).unwrap();
        assert_eq!(blocks, std::slice::from_ref(&block));
        let lift = crate::opt_out::unblock::Request { person, block: block.id };
        country.act(&nancy, |at| crate::opt_out::unblock::run(at, lift.clone())).unwrap();
        country.act(&nancy, |at| crate::opt_out::unblock::run(at, lift)).unwrap();
        assert!(country.opens(&country.doctor(), person).is_ok());
    }

    #[test]
    fn a_stranger_may_not_block_and_an_end_lies_ahead() {
        let country = Country::new();
        let person = country.nancy;
        let until = Some("2026-11-20T00:00:00Z".parse().unwrap());
        let request = Request { person, whom: Whom::Everyone, what: What::Everything, from: None, until };
        let bad = country.act(&country.citizen(person), |at| run(at, request.clone()));
        assert!(matches!(bad, Err(Error::Invalid(_))));
        let request = Request { until: None, ..request };
        let stranger = country.act(&country.citizen(country.einer), |at| run(at, request));
        assert!(matches!(stranger, Err(Error::Refused(_))));
    }
}
