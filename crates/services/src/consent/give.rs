//! A citizen gives a consent for a time.

use jiff::Timestamp;
use notice::id::Person;
use notice::{Id, Target};

use register::Change;

use super::{Consent, REGISTER, WHAT};
use crate::Whom;
use crate::agreement::Agreement;
use crate::check::Check;
use crate::{Call, Problem};

/// Use of the notice.
pub const USE: &str = "nsp.give-consent";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose: the caller herself, her child under 15, or the person she represents.
    pub person: Id<Person>,
    /// Who may see; one professional or organisation.
    pub whom: Whom,
    /// From when; from now on if `None`.
    pub from: Option<Timestamp>,
    /// Until when. A consent has an end.
    pub until: Timestamp,
}

/// Why not.
pub type Error = crate::Error;

/// A citizen gives a consent for a time.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Consent, Error> {
    let from = request.from.unwrap_or(at.now());
    let agreement = Agreement {
        register: REGISTER,
        person: request.person,
        whom: &request.whom,
        what: WHAT,
        from,
        until: Some(request.until),
        events: vec![("consent.expired".to_owned(), request.until)],
    };
    let mut check = Check::default();
    agreement.check(at, &mut check);
    check.that(request.whom != Whom::Everyone, || {
        Problem::new(
            "whom",
            "not-everyone",
            "Et samtykke gælder én sundhedsperson eller ét sted. Vælg hvem.",
            "A consent is for one professional or one place. Choose whom.",
        )
    });
    check.done()?;
    let id = at.new_id();
    let draft = agreement.draft(id);
    at.change(USE, Target::Person(request.person), None, |_| {
        Ok((vec![Change::Create(Box::new(draft.clone()))], ()))
    })?;
    Ok(Consent { id, whom: request.whom, from, until: request.until })
}

#[cfg(test)]
mod tests {
    use register::Personal;

    use super::*;
    use crate::testing::Country;

    fn request(country: &Country) -> Request {
        let name = Personal::new("Test doctor".to_owned());
        Request {
            person: country.nancy,
            whom: Whom::Professional { id: country.other_doctor, name },
            from: None,
            until: "2026-12-01T09:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn a_consent_is_given_by_the_person_after_a_fresh_login_and_by_nobody_else() {
        let country = Country::new();
        let nancy = country.citizen(country.nancy);
        let consent = country.act(&nancy, |at| run(at, request(&country))).unwrap();
        assert!(consent.holds("2026-11-30T09:00:00Z".parse().unwrap()));
        assert!(!consent.holds("2026-12-01T09:00:00Z".parse().unwrap()));
        let stranger = country.act(&country.citizen(country.einer), |at| run(at, request(&country)));
        assert!(matches!(stranger, Err(Error::Refused(_))));
        country.house.clock.pass(jiff::Span::new().hours(3));
        let stale = country.act(&nancy, |at| run(at, request(&country)));
        assert!(matches!(stale, Err(Error::Refused(_))), "three hours after the login");
    }

    #[test]
    fn a_consent_is_for_somebody_and_ends_after_it_begins() {
        let country = Country::new();
        let nancy = country.citizen(country.nancy);
        let everyone = Request { whom: Whom::Everyone, ..request(&country) };
        let ended = Request { until: "2026-11-20T09:00:00Z".parse().unwrap(), ..request(&country) };
        for bad in [everyone, ended] {
            let answer = country.act(&nancy, |at| run(at, bad));
            assert!(matches!(answer, Err(Error::Invalid(_))), "{answer:?}");
        }
        let unknown = Request { person: Id::from_bits(9), ..request(&country) };
        let answer = country.act(&nancy, |at| run(at, unknown));
        assert!(matches!(answer, Err(Error::Refused(_))));
    }
}
