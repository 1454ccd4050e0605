//! A person who has logged in wants to warn others: is she on the list, and which code does she get?

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use notice::Target;
use register::{Change, Draft, Holder, Link, Personal, Record, Strength};

use super::{Behind, CHECKS_MAX, Form, ROLE, SERVICE, as_system, issue};
use crate::call::civil_day;
use crate::smittestop::closing::is_closed;
use crate::smittestop::positives::{InfectedContent, REGISTER as LIST};
use crate::{Call, Problem, content};

/// Use of the notice by the person.
pub const USE: &str = "sst.warn-others";
/// Use of the notice by the system that looks on the list for her.
pub const SYSTEM_USE: &str = "sst.verify";

/// The register of logins and that of counts.
const LOGIN: &str = "sst.nemid-login";
const COUNT: &str = "sst.verification-count";
/// Her asking opens the list to the system for as long as one answer takes.
const ASKED_MINUTES: i64 = 2;
/// Symptoms that began earlier say nothing of keys that still exist.
pub const ONSET_DAYS_MAX: i32 = 28;

/// What she says of symptoms; nobody has to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Symptoms {
    /// She does not say.
    Unsaid,
    /// None.
    None,
    /// Since that day.
    Since(Date),
}
crate::redacted::redacted!(Symptoms);

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The number by which the login service knows her (PID).
    pub pid: Personal<String>,
    /// What she says of symptoms. Which countries she visited goes with the keys from the phone and never here: this side knows who she is.
    pub symptoms: Symptoms,
    /// In which form she wants the code.
    pub form: Form,
}

/// What comes of it.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// She may warn others, with this code.
    Code {
        /// The code.
        code: Personal<String>,
        /// Its form.
        form: Form,
        /// Until when it is good.
        until: Option<Timestamp>,
    },
    /// She is not on the list of those infected.
    NotListed,
    /// She was checked so often that she must wait.
    TooMany {
        /// When the first of the counted checks is forgotten.
        again_at: Option<Timestamp>,
    },
    /// The app is no longer needed; nothing is taken in.
    Closed,
}

/// Why not.
pub type Error = crate::Error;

/// A person who has logged in wants to warn others.
///
/// # Errors
/// Refused, also where the login is too old; or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Outcome, Error> {
    check(at, request.symptoms)?;
    let system = as_system(at)?;
    let service = Call { call: &system, ..*at };
    if is_closed::run(&service)? {
        return Ok(Outcome::Closed);
    }
    let login = log_in(at, &request.pid);
    at.change(USE, Target::Person(at.me()), None, |_| {
        Ok((vec![Change::Create(Box::new(login.clone()))], ()))
    })?;
    match look(&service, at)? {
        Found::TooMany(again_at) => Ok(Outcome::TooMany { again_at }),
        Found::Nothing => Ok(Outcome::NotListed),
        Found::Listed(entry) => {
            let behind = behind(&entry, request.symptoms);
            let issued = issue::run(&service, request.form, &behind)?;
            Ok(Outcome::Code { code: issued.code, form: request.form, until: issued.until })
        }
    }
}

/// What the list says.
enum Found {
    TooMany(Option<Timestamp>),
    Nothing,
    Listed(InfectedContent),
}

/// Counts the check and looks on the list, in one change.
fn look(service: &Call<'_>, at: &Call<'_>) -> Result<Found, Error> {
    let person = at.me();
    service.change(SYSTEM_USE, Target::Person(person), None, |records| {
        // Counts that the notice lets us keep: those of the last 24 hours (rule SS-37).
        let counts: Vec<&Record> = records.iter().filter(|one| service.is_in(one, COUNT)).collect();
        if counts.len() >= CHECKS_MAX {
            return Ok((Vec::new(), Found::TooMany(counts.iter().filter_map(|one| one.due_at).min())));
        }
        let entry = records.iter().find(|one| service.is_in(one, LIST)).map(content::read_whole);
        let found = entry.transpose()?.map_or(Found::Nothing, Found::Listed);
        Ok((vec![Change::Create(Box::new(counted(service, person, counts.len() + 1)))], found))
    })
}

fn log_in(at: &Call<'_>, pid: &Personal<String>) -> Draft {
    // The civil registration number itself is not written: the record leads to her by its keyed hash.
    let mut fields = register::Content::new();
    fields.insert("pid".to_owned(), serde_json::Value::String(pid.reveal().clone()));
    let link = Link {
        holder: Holder::Organisation(SERVICE),
        from: at.now(),
        until: at.now().checked_add(ASKED_MINUTES.minutes()).ok(),
        strength: Strength::Strong,
        role: None,
    };
    Draft {
        register: LOGIN,
        id: None,
        subjects: vec![(ROLE.to_owned(), at.me())],
        content: Personal::new(fields),
        events: vec![("nemid.login".to_owned(), at.now())],
        quantities: Vec::new(),
        private: false,
        link: Some(link),
    }
}

fn counted(service: &Call<'_>, person: notice::Id<notice::id::Person>, count: usize) -> Draft {
    let mut fields = register::Content::new();
    fields.insert("count".to_owned(), count.into());
    Draft {
        register: COUNT,
        id: None,
        subjects: vec![(ROLE.to_owned(), person)],
        content: Personal::new(fields),
        events: vec![("verification.counted".to_owned(), service.now())],
        quantities: Vec::new(),
        private: false,
        link: None,
    }
}

/// The day from which keys count: what she says, else what the institute knows, else the day of the test (rule SS-17).
fn behind(entry: &InfectedContent, symptoms: Symptoms) -> Behind {
    let test_day = civil_day(entry.test_time);
    let onset = match symptoms {
        Symptoms::Since(day) => day,
        Symptoms::None => test_day,
        Symptoms::Unsaid => entry.onset.unwrap_or(test_day),
    };
    Behind::positive(onset, test_day)
}

fn check(at: &Call<'_>, symptoms: Symptoms) -> Result<(), Error> {
    let Symptoms::Since(day) = symptoms else { return Ok(()) };
    let first = at.today().saturating_sub(ONSET_DAYS_MAX.days());
    if (first..=at.today()).contains(&day) {
        return Ok(());
    }
    Err(Error::Invalid(vec![Problem::new(
        "onset",
        "onset",
        format!("Dagen ligger i fremtiden eller mere end {ONSET_DAYS_MAX} dage tilbage. Ret den."),
        format!("The day lies in the future or more than {ONSET_DAYS_MAX} days back. Correct it."),
    )]))
}

#[cfg(test)]
pub(crate) mod tests;
