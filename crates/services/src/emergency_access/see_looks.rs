//! A reviewer sees one emergency access with every look that was made under it.

use notice::Id;
use notice::id::{self, Person};

use super::{EmergencyAccess, looks_under};
use crate::log_line::{LogLine, whole_lines};
use crate::{Call, NoSuchRecord};

/// Use of the notice.
pub const USE: &str = looks_under::USE;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose data.
    pub patient: Id<Person>,
    /// Which.
    pub access: Id<id::Record>,
}

/// The access and what was done with it.
#[derive(Clone)]
pub struct Output {
    /// The access.
    pub access: EmergencyAccess,
    /// The looks under it, the latest first; the last one is its taking.
    pub looks: Vec<LogLine>,
}
crate::redacted::redacted!(Output);

/// Why not.
pub type Error = crate::Error<NoSuchRecord>;

/// A reviewer sees one emergency access with every look that was made under it.
///
/// # Errors
/// Refused, or there is no such access to this person.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    let found = looks_under::find(at, request.patient, request.access, None)?;
    let (access, lines) = found.ok_or(Error::Not(NoSuchRecord))?;
    Ok(Output { access, looks: whole_lines(at.register.policy(), &lines) })
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use register::Personal;

    use super::*;
    use crate::emergency_access::take;
    use crate::log_line::LookKind;
    use crate::shared_medication_record::open_card_in_emergency;
    use crate::testing::Country;

    fn taken(country: &Country) -> Id<id::Record> {
        let reason = Personal::new("Bevidstløs efter trafikulykke på motorvejen".to_owned());
        let request = take::Request { patient: country.nancy, reason };
        country.act(&country.other_doctor(), |at| take::run(at, request)).unwrap().access
    }

    #[test]
    fn a_reviewer_sees_the_reason_and_the_looks_under_it_and_no_others() {
        // proves rule N-11
        let country = Country::new();
        let access = taken(&country);
        country.house.clock.pass(5.minutes());
        let open = open_card_in_emergency::Request { patient: country.nancy };
        country.act(&country.other_doctor(), |at| open_card_in_emergency::run(at, open)).unwrap();
        country.opens(&country.doctor(), country.nancy).unwrap();
        let reviewer = country.caller("reviewer", Some(country.einer), None);
        let seen = country.act(&reviewer, |at| run(at, Request { patient: country.nancy, access })).unwrap();
        assert_eq!(seen.access.id, access);
        assert!(seen.access.review.is_none());
        let uses: Vec<_> = seen.looks.iter().map(|look| (look.use_name.as_str(), look.kind)).collect();
        assert_eq!(
            uses,
            [("fmk.emergency-read-card", LookKind::Emergency), (take::USE, LookKind::Treatment)]
        );
    }

    #[test]
    fn nobody_else_sees_them_and_an_access_that_is_none_is_not_found() {
        let country = Country::new();
        let access = taken(&country);
        let request = Request { patient: country.nancy, access };
        for caller in [country.doctor(), country.other_doctor(), country.citizen(country.nancy)] {
            let answer = country.act(&caller, |at| run(at, request.clone()));
            assert!(matches!(answer, Err(Error::Refused(_))), "{:?}", answer.err());
        }
        let reviewer = country.caller("reviewer", Some(country.einer), None);
        let unknown = [
            Request { access: Id::from_bits(4), ..request.clone() },
            Request { patient: country.bo, ..request.clone() },
            Request { patient: Id::from_bits(9), access },
        ];
        for asked in unknown {
            let answer = country.act(&reviewer, |at| run(at, asked));
            assert!(matches!(answer, Err(Error::Not(NoSuchRecord))), "{:?}", answer.err());
        }
    }
}
