//! A professional takes emergency access to one person, for an hour, with a written reason.

use jiff::{SignedDuration, Timestamp};
use notice::id::{self, Person};
use notice::{Id, Target};
use register::{Change, Draft, Holder, Link, Outcome, Personal, Strength};

use super::{AccessContent, LASTS_MINUTES, REASON_LETTERS_MIN, REGISTER, SUPERVISOR_FROM};
use crate::call::civil_day;
use crate::check::Check;
use crate::{Call, content, my_log};

/// Use of the notice.
pub const USE: &str = "nsp.take-emergency-access";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// To whom.
    pub patient: Id<Person>,
    /// Why, in at least 20 letters; the person reads it.
    pub reason: Personal<String>,
}

/// What was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    /// The record.
    pub access: Id<id::Record>,
    /// Until when it lasts.
    pub until: Timestamp,
    /// How many the caller has taken today, this one included.
    pub number_today: usize,
    /// Whether the supervisor is told at once.
    pub supervisor_told: bool,
}

/// Why not.
pub type Error = crate::Error;

/// A professional takes emergency access to one person, for an hour, with a written reason.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    let mut check = Check::default();
    check.letters("reason", request.reason.reveal(), REASON_LETTERS_MIN);
    check.done()?;
    let until = at.now() + SignedDuration::from_mins(LASTS_MINUTES);
    let access = at.new_id();
    let draft = draft(at, &request, access, until);
    let person = Target::Person(request.patient);
    let changes = |_: &[register::Record]| Ok((vec![Change::Create(Box::new(draft.clone()))], ()));
    at.change(USE, person, Some(&request.reason), changes)?;
    // Life first: what was taken stays taken, whether or not it can be counted.
    let number_today = taken_today(at).unwrap_or(1).max(1);
    Ok(Output { access, until, number_today, supervisor_told: number_today >= SUPERVISOR_FROM })
}

fn draft(at: &Call<'_>, request: &Request, id: Id<id::Record>, until: Timestamp) -> Draft {
    let caller = &at.call.caller;
    let fields = AccessContent {
        reason: request.reason.reveal().trim().to_owned(),
        from: at.now(),
        until,
        professional_name: at.my_name().to_owned(),
        organisation_name: caller.organisation_name.clone(),
        review: None,
        reviewed_at: None,
    };
    Draft {
        register: REGISTER,
        id: Some(id),
        subjects: vec![("patient".to_owned(), request.patient), ("professional".to_owned(), at.me())],
        content: content::write(&fields),
        // It ends by itself, so the end is known now.
        events: vec![("emergency.ended".to_owned(), until)],
        quantities: Vec::new(),
        private: false,
        link: Some(Link {
            holder: Holder::Person(at.me()),
            from: at.now(),
            until: Some(until),
            strength: Strength::Weak,
            role: None,
        }),
    }
}

/// How many the caller has taken today, by her own lines in the log.
fn taken_today(at: &Call<'_>) -> Result<usize, crate::Error> {
    let use_id = at.register.policy().use_id(USE);
    let lines = my_log::lines_by_me(at, None, 500)?;
    let today = lines.iter().take_while(|line| civil_day(line.at) == at.today());
    Ok(today.filter(|line| Some(line.use_id) == use_id && line.outcome != Outcome::Refused).count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emergency_access::{review, review_queue};
    use crate::my_log::{LookKind, see_own_log};
    use crate::testing::Country;

    fn request(country: &Country, reason: &str) -> Request {
        Request { patient: country.nancy, reason: Personal::new(reason.to_owned()) }
    }

    const REASON: &str = "Bevidstløs efter trafikulykke på motorvejen";

    #[test]
    fn it_is_told_to_the_person_reviewed_and_the_fourth_of_a_day_is_told_to_the_supervisor() {
        let country = Country::new();
        let doctor = country.other_doctor();
        let numbers: Vec<_> = (0..4)
            .map(|_| country.act(&doctor, |at| run(at, request(&country, REASON))).unwrap())
            .map(|output| (output.number_today, output.supervisor_told))
            .collect();
        assert_eq!(numbers, [(1, false), (2, false), (3, false), (4, true)]);
        let page = see_own_log::Request { before: None, limit: 100 };
        let log = country.act(&country.citizen(country.nancy), |at| see_own_log::run(at, page)).unwrap();
        assert!(log.days[0].lines.iter().any(|line| line.reason.as_deref() == Some(REASON)));
        assert!(log.days[0].lines.iter().all(|line| line.kind != LookKind::Refused));
        let reviewer = country.caller("reviewer", Some(country.einer), None);
        let queue = country
            .act(&reviewer, |at| {
                review_queue::run(at, review_queue::Request { which: review_queue::Which::Waiting })
            })
            .unwrap();
        assert_eq!((queue.len(), queue[3].number_that_day, queue[3].supervisor_told()), (4, 4, true));
        assert_eq!(queue[0].review_by, "2026-11-24T23:00:00Z".parse().unwrap());
        let reviewed = review::Request {
            patient: country.nancy,
            access: queue[0].id,
            verdict: review::Verdict::NotJustified,
            note: Personal::new("Patienten var ved bevidsthed og kunne spørges".to_owned()),
        };
        country.act(&reviewer, |at| review::run(at, reviewed)).unwrap();
        let queue = country
            .act(&reviewer, |at| {
                review_queue::run(at, review_queue::Request { which: review_queue::Which::Waiting })
            })
            .unwrap();
        assert_eq!(queue.len(), 3);
    }

    #[test]
    fn a_short_reason_a_citizen_and_a_pharmacist_are_turned_away() {
        let country = Country::new();
        let short =
            country.act(&country.other_doctor(), |at| run(at, request(&country, "haster haster haster!!")));
        assert!(matches!(short, Err(Error::Invalid(_))));
        for caller in [country.citizen(country.einer), country.pharmacist()] {
            let answer = country.act(&caller, |at| run(at, request(&country, REASON)));
            assert!(matches!(answer, Err(Error::Refused(_))));
        }
    }
}
