//! A citizen, or her doctor for her, sends her prescriptions to a pharmacy.

use jiff::Timestamp;
use notice::id::{self, Organisation, Person};
use notice::{Id, Target};
use register::{Change, Draft, Holder, Link, Strength};

use super::{LASTS_DAYS, PresentationContent, REGISTER};
use crate::check::Check;
use crate::{Call, content};

/// Use of the notice.
pub const USE: &str = "nsp.present-prescription";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose prescriptions.
    pub person: Id<Person>,
    /// The pharmacy.
    pub pharmacy: Id<Organisation>,
    /// Its name.
    pub pharmacy_name: String,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    /// The record.
    pub presentation: Id<id::Record>,
    /// Until when the pharmacy may look.
    pub until: Timestamp,
}

/// Why not.
pub type Error = crate::Error;

/// A citizen, or her doctor for her, sends her prescriptions to a pharmacy.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    let mut check = Check::default();
    check.text("pharmacy-name", &request.pharmacy_name, 200);
    check.done()?;
    write(at, USE, request.person, request.pharmacy, &request.pharmacy_name, None)
}

/// Writes a presentation to a pharmacy.
pub(super) fn write(
    at: &Call<'_>,
    use_name: &'static str,
    person: Id<Person>,
    pharmacy: Id<Organisation>,
    pharmacy_name: &str,
    pharmacist: Option<Id<Person>>,
) -> Result<Output, Error> {
    let until = at.now() + jiff::SignedDuration::from_hours(24 * LASTS_DAYS);
    let fields = PresentationContent {
        prescription: None,
        pharmacy: pharmacy.to_string(),
        pharmacy_name: pharmacy_name.to_owned(),
        from: at.now(),
        until,
    };
    let id = at.new_id();
    let pharmacist = pharmacist.map(|pharmacist| ("pharmacist".to_owned(), pharmacist));
    let draft = Draft {
        register: REGISTER,
        id: Some(id),
        subjects: std::iter::once(("patient".to_owned(), person)).chain(pharmacist).collect(),
        content: content::write(&fields),
        events: vec![("presentation.ended".to_owned(), until)],
        quantities: Vec::new(),
        private: false,
        link: Some(Link {
            holder: Holder::Organisation(pharmacy),
            from: at.now(),
            until: Some(until),
            strength: Strength::Strong,
            role: None,
        }),
    };
    at.change(use_name, Target::Person(person), None, |_| {
        Ok((vec![Change::Create(Box::new(draft.clone()))], ()))
    })?;
    Ok(Output { presentation: id, until })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared_medication_record::find_prescriptions;
    use crate::testing::Country;

    fn request(country: &Country) -> Request {
        Request { person: country.nancy, pharmacy: country.pharmacy, pharmacy_name: "Torvets Apotek".into() }
    }

    fn finds(country: &Country) -> Result<find_prescriptions::Output, find_prescriptions::Error> {
        let patient = country.nancy;
        country.act(&country.pharmacist(), |at| {
            find_prescriptions::run(at, find_prescriptions::Request { patient })
        })
    }

    #[test]
    fn what_is_sent_opens_the_prescriptions_to_that_pharmacy_for_a_week() {
        let country = Country::new();
        country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let output = country.act(&country.citizen(country.nancy), |at| run(at, request(&country))).unwrap();
        assert_eq!(output.until, "2026-11-28T09:00:00Z".parse().unwrap());
        assert_eq!(finds(&country).unwrap().prescriptions.len(), 1);
        country.house.clock.pass_until(output.until);
        assert!(matches!(finds(&country), Err(crate::Error::Refused(_))));
    }

    #[test]
    fn the_doctor_who_treats_may_send_and_a_stranger_may_not() {
        let country = Country::new();
        assert!(country.act(&country.doctor(), |at| run(at, request(&country))).is_ok());
        for stranger in [country.other_doctor(), country.citizen(country.einer), country.pharmacist()] {
            let answer = country.act(&stranger, |at| run(at, request(&country)));
            assert!(matches!(answer, Err(Error::Refused(_))));
        }
    }

    #[test]
    fn an_unknown_person_is_refused_like_a_known_one_and_a_pharmacy_has_a_name() {
        let country = Country::new();
        let unknown = Request { person: Id::from_bits(9), ..request(&country) };
        let answers = [unknown, request(&country)]
            .map(|asked| country.act(&country.other_doctor(), |at| run(at, asked)));
        let [Err(Error::Refused(unknown)), Err(Error::Refused(known))] = answers else {
            panic!("not refused: {answers:?}");
        };
        assert_eq!(unknown, known);
        let nameless = Request { pharmacy_name: " ".into(), ..request(&country) };
        let answer = country.act(&country.citizen(country.nancy), |at| run(at, nameless));
        assert!(matches!(answer, Err(Error::Invalid(_))));
    }
}
