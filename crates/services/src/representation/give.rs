//! A citizen gives somebody a power of attorney.

use jiff::Timestamp;
use notice::id::Person;
use notice::{Id, Target};
use register::{Change, Draft, Holder, Link, Personal, Strength};

use super::{Kind, REGISTER, Representation, RepresentationContent};
use crate::check::Check;
use crate::{Call, Problem, content};

/// Use of the notice.
pub const USE: &str = "nsp.register-representation";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who is to act for the caller.
    pub representative: Id<Person>,
    /// Name of the representative as the caller knows it.
    pub representative_name: Personal<String>,
    /// Until when; open if `None`.
    pub until: Option<Timestamp>,
}

/// Why not.
pub type Error = crate::Error;

/// A citizen gives somebody a power of attorney; after a fresh login.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Representation, Error> {
    check(at, &request)?;
    let given = Representation {
        id: at.new_id(),
        represented: at.me(),
        represented_name: at.my_name().to_owned(),
        representative_name: request.representative_name.reveal().trim().to_owned(),
        kind: Kind::PowerOfAttorney,
        from: at.now(),
        until: request.until,
    };
    let draft = draft(&given, request.representative);
    at.change(USE, Target::Person(at.me()), None, |_| {
        Ok((vec![Change::Create(Box::new(draft.clone()))], ()))
    })?;
    Ok(given)
}

fn check(at: &Call<'_>, request: &Request) -> Result<(), Error> {
    let mut check = Check::default();
    check.text("representative-name", request.representative_name.reveal(), 200);
    check.that(request.representative != at.me(), || {
        Problem::new(
            "representative",
            "oneself",
            "Du kan ikke give dig selv fuldmagt. Skriv en andens CPR-nummer.",
            "You cannot give yourself a power of attorney. Write the number of somebody else.",
        )
    });
    check.that(request.until.is_none_or(|until| at.now() < until), || {
        Problem::new(
            "until",
            "in-the-past",
            "Dagen er gået. Vælg en senere dag.",
            "The day has passed. Choose a later day.",
        )
    });
    check.done()
}

fn draft(given: &Representation, representative: Id<Person>) -> Draft {
    let fields = RepresentationContent {
        kind: given.kind,
        represented_name: given.represented_name.clone(),
        representative_name: given.representative_name.clone(),
        from: given.from,
        until: given.until,
    };
    Draft {
        register: REGISTER,
        id: Some(given.id),
        subjects: vec![
            ("represented".to_owned(), given.represented),
            ("representative".to_owned(), representative),
        ],
        content: content::write(&fields),
        events: Vec::new(),
        quantities: Vec::new(),
        private: false,
        link: Some(Link {
            holder: Holder::Person(representative),
            from: given.from,
            until: given.until,
            strength: Strength::Strong,
            role: None,
        }),
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;
    use crate::representation::{end, my_represented, see_own_representations};
    use crate::shared_medication_record::see_represented_card;
    use crate::testing::Country;

    fn request(country: &Country) -> Request {
        let name = Personal::new("Einer Lauridsen".to_owned());
        Request { representative: country.einer, representative_name: name, until: None }
    }

    fn looks(country: &Country) -> Result<(), see_represented_card::Error> {
        let request = see_represented_card::Request { person: country.nancy };
        country.act(&country.citizen(country.einer), |at| see_represented_card::run(at, request)).map(|_| ())
    }

    #[test]
    fn a_power_of_attorney_opens_the_card_until_it_is_taken_back() {
        // proves rule N-14
        let country = Country::new();
        assert!(matches!(looks(&country), Err(crate::Error::Refused(_))));
        let nancy = country.citizen(country.nancy);
        let given = country.act(&nancy, |at| run(at, request(&country))).unwrap();
        assert!(looks(&country).is_ok());
        let einer = country.citizen(country.einer);
        let for_whom = country.act(&einer, |at| my_represented::run(at, my_represented::Request {})).unwrap();
        assert_eq!((for_whom.len(), for_whom[0].represented), (1, country.nancy));
        let own = || {
            country
                .act(&nancy, |at| see_own_representations::run(at, see_own_representations::Request {}))
                .unwrap()
        };
        assert_eq!((own().len(), own()[0].representative_name.as_str()), (1, "Einer Lauridsen"));
        let stranger = end::Request { person: country.nancy, representation: given.id };
        let answer = country.act(&einer, |at| end::run(at, stranger.clone()));
        assert!(matches!(answer, Err(crate::Error::Refused(_))), "{answer:?}");
        country.act(&nancy, |at| end::run(at, stranger)).unwrap();
        assert!(matches!(looks(&country), Err(crate::Error::Refused(_))));
        assert_eq!(own()[0].until, Some(given.from), "it stands, and says that it is over");
        let none = end::Request { person: country.nancy, representation: Id::from_bits(4) };
        let answer = country.act(&nancy, |at| end::run(at, none));
        assert!(matches!(answer, Err(crate::Error::Not(_))), "{answer:?}");
    }

    #[test]
    fn one_that_has_an_end_ends_by_itself() {
        let country = Country::new();
        let until = country.house.register.call(country.doctor()).now + 24.hours();
        let asked = Request { until: Some(until), ..request(&country) };
        country.act(&country.citizen(country.nancy), |at| run(at, asked)).unwrap();
        assert!(looks(&country).is_ok());
        country.house.clock.pass_until(until);
        assert!(matches!(looks(&country), Err(crate::Error::Refused(_))));
    }

    #[test]
    fn a_child_staff_and_who_has_not_just_logged_in_give_none_and_nobody_gives_herself_one() {
        let country = Country::new();
        let mut stale = country.citizen(country.nancy);
        stale.authenticated_at = Some(country.house.register.call(stale.clone()).now - 1.hour());
        for caller in [country.citizen(country.bo), country.doctor(), country.pharmacist(), stale] {
            let answer = country.act(&caller, |at| run(at, request(&country)));
            assert!(matches!(answer, Err(Error::Refused(_))), "{answer:?}");
        }
        let nancy = country.citizen(country.nancy);
        let herself = Request { representative: country.nancy, ..request(&country) };
        let nameless = Request { representative_name: Personal::new(" ".to_owned()), ..request(&country) };
        for bad in [herself, nameless] {
            let answer = country.act(&nancy, |at| run(at, bad));
            assert!(matches!(answer, Err(Error::Invalid(_))), "{answer:?}");
        }
    }
}
