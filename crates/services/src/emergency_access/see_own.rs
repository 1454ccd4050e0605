//! A citizen sees the emergency accesses to her own data, and what the review of each found.

use notice::Target;

use super::EmergencyAccess;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.read-own-log";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {}

/// Why not.
pub type Error = crate::Error;

/// A citizen sees the emergency accesses to her own data, and what the review of each found; the latest first.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, Request {}: Request) -> Result<Vec<EmergencyAccess>, Error> {
    let records = at.read(USE, Target::Person(at.me()), None)?;
    let mut accesses = EmergencyAccess::all(at, &records)?;
    accesses.reverse();
    Ok(accesses)
}

#[cfg(test)]
mod tests {
    use notice::Id;
    use register::Personal;

    use super::*;
    use crate::emergency_access::{Verdict, review, take};
    use crate::testing::Country;

    const FOUND: &str = "Patienten var ved bevidsthed og kunne spørges";

    #[test]
    fn the_person_reads_the_verdict_and_what_was_found() {
        // proves rule N-11
        let country = Country::new();
        let reason = Personal::new("Bevidstløs efter trafikulykke på motorvejen".to_owned());
        let take = take::Request { patient: country.nancy, reason };
        let access = country.act(&country.other_doctor(), |at| take::run(at, take)).unwrap().access;
        let nancy = country.citizen(country.nancy);
        let own = || country.act(&nancy, |at| run(at, Request {})).unwrap();
        assert!(own()[0].review.is_none(), "nobody has looked at it yet");
        let note = Personal::new(FOUND.to_owned());
        let verdict = Verdict::NotJustified;
        let review = review::Request { patient: country.nancy, access, verdict, note };
        let reviewer = country.caller("reviewer", Some(country.einer), None);
        country.act(&reviewer, |at| review::run(at, review)).unwrap();
        let review = own()[0].review.clone().unwrap();
        assert_eq!((review.verdict, review.note.as_str()), (Verdict::NotJustified, FOUND));
        assert_eq!(own()[0].id, access);
    }

    #[test]
    fn a_person_sees_her_own_and_nobody_else_sees_any() {
        let country = Country::new();
        let reason = Personal::new("Bevidstløs efter trafikulykke på motorvejen".to_owned());
        let take = take::Request { patient: country.nancy, reason };
        country.act(&country.other_doctor(), |at| take::run(at, take)).unwrap();
        let einer = country.act(&country.citizen(country.einer), |at| run(at, Request {})).unwrap();
        assert!(einer.is_empty());
        let unknown = country.act(&country.citizen(Id::from_bits(9)), |at| run(at, Request {})).unwrap();
        assert!(unknown.is_empty());
        let doctor = country.act(&country.doctor(), |at| run(at, Request {}));
        assert!(matches!(doctor, Err(Error::Refused(_))), "{:?}", doctor.err());
    }
}
