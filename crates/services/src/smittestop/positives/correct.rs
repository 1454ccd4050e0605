//! Statens Serum Institut corrects what the list says of one person, between two lists.

use notice::Target;
use register::Change;

use super::{NotOnTheList, Positive, REGISTER};
use crate::Call;

/// Use of the notice.
pub const USE: &str = super::replace::USE;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The entry as it should be.
    pub positive: Positive,
}

/// Why not.
pub type Error = crate::Error<NotOnTheList>;

/// Statens Serum Institut corrects what the list says of one person.
///
/// # Errors
/// Refused, what was sent cannot be taken, or [`NotOnTheList`].
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    let person = request.positive.person(at);
    let grant = at.ask::<notice::Writing, NotOnTheList>(USE, Target::Person(person), None)?;
    let problems = request.positive.problems(at, "");
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    // A list that was made before would undo this.
    at.register.outdate_lists(REGISTER, at.now())?;
    at.change_under(grant, |records| {
        let entry = records.iter().find(|record| at.is_in(record, REGISTER));
        let entry = entry.ok_or(Error::Not(NotOnTheList))?;
        let change = Change::Correct {
            record: entry.id,
            version: entry.version,
            content: request.positive.content(),
            note: None,
        };
        Ok((vec![change], ()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::smittestop::positives::tests::{list, positive, send};
    use crate::testing::{Country, EINER, NANCY};

    #[test]
    fn an_entry_is_corrected_and_an_unknown_one_is_not_made() {
        let country = Country::new();
        send(&country, list(&country, &[NANCY])).unwrap();
        let ssi = country.caller("ssi", None, None);
        let request = |number| Request { positive: positive(number, "2026-11-19T07:00:00Z") };
        country.act(&ssi, |at| run(at, request(NANCY))).unwrap();
        let unknown = country.act(&ssi, |at| run(at, request(EINER)));
        assert!(matches!(unknown, Err(Error::Not(NotOnTheList))));
        let other = country.act(&country.caller("caseworker", None, None), |at| run(at, request(NANCY)));
        assert!(matches!(other, Err(Error::Refused(_))));
    }
}
