//! Statens Serum Institut finds that what the list says of one person is no longer relevant, before the next list comes.

use notice::{Target, Writing};
use register::{Change, Cpr};

use super::{GONE, NotOnTheList, REGISTER};
use crate::Call;

/// Use of the notice.
pub const USE: &str = super::replace::USE;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who.
    pub cpr: Cpr,
}

/// Why not.
pub type Error = crate::Error<NotOnTheList>;

/// Statens Serum Institut takes one person off the list.
///
/// # Errors
/// Refused, or [`NotOnTheList`].
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    let person = at.register.person(&register::Identifier::Cpr(request.cpr));
    let grant = at.ask::<Writing, NotOnTheList>(USE, Target::Person(person), None)?;
    // A list that was made before would undo this.
    at.register.outdate_lists(REGISTER, at.now())?;
    at.change_under(grant, |records| {
        let gone = |record: &register::Record| Change::Raise {
            record: record.id,
            event: GONE.to_owned(),
            at: at.now(),
        };
        let changes: Vec<_> = records.iter().filter(|record| at.is_in(record, REGISTER)).map(gone).collect();
        if changes.is_empty() { Err(Error::Not(NotOnTheList)) } else { Ok((changes, ())) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::smittestop::positives::tests::{list, on_the_list, send};
    use crate::testing::{Country, EINER, NANCY};

    #[test]
    fn who_is_no_longer_infected_is_gone_at_once() {
        // proves rule SS-41
        let country = Country::new();
        send(&country, list(&country, &[NANCY, EINER])).unwrap();
        let cpr = || Cpr::parse(NANCY).unwrap();
        let ssi = country.caller("ssi", None, None);
        country.act(&ssi, |at| run(at, Request { cpr: cpr() })).unwrap();
        assert!(!on_the_list(&country, country.nancy) && on_the_list(&country, country.einer));
        let again = country.act(&ssi, |at| run(at, Request { cpr: cpr() }));
        assert!(matches!(again, Err(Error::Not(NotOnTheList))));
        let other = country.act(&country.citizen(country.nancy), |at| run(at, Request { cpr: cpr() }));
        assert!(matches!(other, Err(Error::Refused(_))));
    }
}
