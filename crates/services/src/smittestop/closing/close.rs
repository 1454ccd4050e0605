//! Two who assess the app agree that it is no longer needed: the decision is written, then everything collected is due at once.

use notice::{Lang, Target, Writing};
use register::{Change, ChangeError, Draft, FourEyes, NotTwo, Personal, TwoNames};

use super::{CLOSE_STATISTICS_USE, CLOSE_UNNAMED_USE, CLOSE_USE, REGISTER, decision};
use crate::check::Check;
use crate::{Call, Explain};

/// Use of the notice.
pub const USE: &str = CLOSE_USE;

/// The event that ends everything.
const NOT_NEEDED: &str = "app.not-needed";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who proposed it.
    pub first: String,
    /// Who agreed: somebody else.
    pub second: String,
    /// Why it is no longer needed.
    pub reason: String,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Not {
    /// One person is not two.
    NotTwo,
}

impl Explain for Not {
    fn code(&self) -> &'static str {
        "not-two"
    }

    fn words(&self, lang: Lang) -> String {
        NotTwo.words(lang)
    }
}

/// Why not.
pub type Error = crate::Error<Not>;

/// Two agree that the app is no longer needed. Returns how many records are due. Called again, it goes on where it was stopped.
///
/// # Errors
/// Refused, or [`Not`].
pub fn run(at: &Call<'_>, request: Request) -> Result<u64, Error> {
    let decided = decision(at.register)?;
    let grant = at.ask::<Writing, Not>(USE, Target::Person(decided), None)?;
    let mut check = Check::default();
    check.text("first", &request.first, 200).text("second", &request.second, 200).text(
        "reason",
        &request.reason,
        1_000,
    );
    check.done()?;
    TwoNames::of(&request.first, &request.second).map_err(|NotTwo| Error::Not(Not::NotTwo))?;
    // The decision comes first: from here on nothing is taken in, whatever happens to the rest.
    at.change_under(grant, |records| {
        let stands = records.iter().any(|record| at.is_in(record, REGISTER));
        let draft = Draft {
            register: REGISTER,
            id: None,
            subjects: vec![("employee".to_owned(), decided)],
            content: fields(&request),
            events: vec![("app.closed".to_owned(), at.now())],
            quantities: Vec::new(),
            private: false,
            link: None,
        };
        Ok((if stands { Vec::new() } else { vec![Change::Create(Box::new(draft))] }, ()))
    })?;
    let due = end_all(at, USE)? + end_all(at, CLOSE_UNNAMED_USE)? + end_all(at, CLOSE_STATISTICS_USE)?;
    // More than was planned goes at once: the brake holds it back until two have said so, and these two have.
    at.register.sweep()?;
    at.register.release_brake(&request.first, &request.second).map_err(|error| match error {
        FourEyes::NotTwo => Error::Not(Not::NotTwo),
        FourEyes::Unavailable(why) => Error::Unavailable(why),
    })?;
    at.register.sweep()?;
    Ok(due)
}

fn fields(request: &Request) -> Personal<register::Content> {
    let mut fields = register::Content::new();
    let values = [("first", &request.first), ("second", &request.second), ("reason", &request.reason)];
    for (name, value) in values {
        fields.insert(name.to_owned(), serde_json::Value::String(value.trim().to_owned()));
    }
    Personal::new(fields)
}

/// Raises the event that ends everything on what one use covers.
fn end_all(at: &Call<'_>, use_name: &'static str) -> Result<u64, Error> {
    let grant = at.ask::<Writing, Not>(use_name, Target::Query, None)?;
    let raised = at.register.raise_everywhere(at.call, grant, REGISTER, NOT_NEEDED);
    raised.map_err(|error| match error {
        ChangeError::Service(never) => match never {},
        ChangeError::Denied(denied) => Error::from(denied),
        ChangeError::Unfit { register, .. } => {
            Error::Unavailable(register::Unavailable::Undeclared(register))
        }
        ChangeError::Conflict => Error::Conflict(Personal::new(Vec::new())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::smittestop::closing::what_goes;
    use crate::smittestop::positives::replace;
    use crate::smittestop::positives::tests::{list, on_the_list, send};
    use crate::smittestop::verification::verify;
    use crate::smittestop::verification::verify::tests::{asks, warns};
    use crate::testing::{Country, EINER, NANCY};

    fn request(second: &str) -> Request {
        Request { first: "A. Andersen".into(), second: second.into(), reason: "epidemien er forbi".into() }
    }

    #[test]
    fn when_two_agree_that_the_app_is_not_needed_everything_collected_goes_and_nothing_more_comes() {
        // proves rule SS-44, rule SS-45
        let country = Country::new();
        send(&country, list(&country, &[NANCY, EINER])).unwrap();
        warns(&country, country.nancy, verify::Symptoms::Unsaid);
        let evaluation = country.caller("app-evaluation", None, None);
        let standing = |country: &Country| -> u64 {
            let all = country.act(&evaluation, what_goes::run).unwrap();
            all.iter().map(|one| one.records).sum()
        };
        assert_eq!(standing(&country), 5, "two on the list, a login, a count, a code");
        let due = country.act(&evaluation, |at| run(at, request("B. Bertelsen"))).unwrap();
        assert_eq!((due, standing(&country)), (5, 0));
        assert!(country.house.register.late().unwrap().is_empty(), "nothing waits behind the brake");
        assert!(!on_the_list(&country, country.nancy));
        let answer = country
            .act(&country.citizen(country.nancy), |at| verify::run(at, asks(verify::Symptoms::Unsaid)));
        assert!(matches!(answer, Ok(verify::Outcome::Closed)));
        assert_eq!(standing(&country), 0, "a question after the end leaves nothing");
        // The institute does not know, and sends the list of the day.
        let sent = send(&country, list(&country, &[NANCY, EINER]));
        let Err(crate::Error::Not(closed)) = sent else { panic!("{sent:?}") };
        assert_eq!((closed, closed.code()), (replace::Not::Closed, "app-closed"));
        assert!(closed.words(Lang::Da).contains("lukket") && closed.words(Lang::En).contains("closed"));
        assert_eq!(standing(&country), 0, "a list after the end leaves nothing");
    }

    #[test]
    fn one_alone_cannot_close_the_app_and_no_other_role_can() {
        // proves rule SS-45
        let country = Country::new();
        let evaluation = country.caller("app-evaluation", None, None);
        let alone = country.act(&evaluation, |at| run(at, request(" a. andersen ")));
        assert!(matches!(alone, Err(Error::Not(Not::NotTwo))));
        for role in ["system", "caseworker", "ssi", "citizen"] {
            let caller = country.caller(role, None, None);
            let answer = country.act(&caller, |at| run(at, request("B. Bertelsen")));
            assert!(matches!(answer, Err(Error::Refused(_))), "{role}");
            assert!(country.act(&caller, what_goes::run).is_err(), "{role}");
        }
    }

    #[test]
    fn every_register_that_the_app_fills_is_closed_with_it() {
        // proves rule SS-45
        let (policy, _) = register::testing::house_corpus();
        let covers = |name: &str, wanted: &str| {
            let used = policy.use_(policy.use_id(name).unwrap()).unwrap();
            used.of.iter().any(|scope| policy.register_name(scope.register) == wanted)
        };
        // The phone erases itself, and the log goes by its own clock.
        let outside = ["sst.phone", "sst.log"];
        for one in &policy.registers {
            let register = one.said.id.as_str();
            let of_people = one.about.iter().any(|role| role == "app-user" || role == "confirmed-infected");
            let collected = of_people && !outside.contains(&register);
            let uses = [USE, CLOSE_UNNAMED_USE, CLOSE_STATISTICS_USE];
            let covered = uses.iter().any(|name| covers(name, register));
            assert!(!collected || covered, "{register} is not closed with the app");
        }
    }
}
