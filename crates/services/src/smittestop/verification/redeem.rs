//! A phone exchanges its code for a token: once, and nobody learns whose code it was.

use notice::{Lang, Target};
use register::{Change, Draft, Personal};

use super::{Behind, CODES_USE, Form, MADE, ROLE, USED, as_system, phantom};
use crate::{Call, Explain, content};

/// Use of the notice.
pub const USE: &str = CODES_USE;

pub(super) const TOKEN: &str = "sst.verification-token";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// What was typed or followed.
    pub code: Personal<String>,
}

/// What the phone gets.
#[derive(Clone, Debug)]
pub struct Output {
    /// Good once.
    pub token: Personal<String>,
    /// What the phone may know.
    pub behind: Behind,
}

/// There is nothing behind this code or token: never made, used, too old. The three are one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NothingBehind;

impl Explain for NothingBehind {
    fn code(&self) -> &'static str {
        "nothing-behind"
    }

    fn words(&self, lang: Lang) -> String {
        match lang {
            Lang::Da => "Koden findes ikke, er brugt eller er for gammel. Hent en ny.".to_owned(),
            Lang::En => "The code does not exist, is used or is too old. Get a new one.".to_owned(),
        }
    }
}

/// Why not.
pub type Error = crate::Error<NothingBehind>;

/// A phone exchanges its code for a token.
///
/// # Errors
/// [`NothingBehind`].
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    let (form, code) = Form::parse(request.code.reveal()).ok_or(Error::Not(NothingBehind))?;
    let system = as_system(at)?;
    let service = Call { call: &system, ..*at };
    let behind = take(&service, form.register(), &code)?;
    let token = Personal::new(drawn(at));
    let person = phantom(at, TOKEN, &token)?;
    let draft = Draft {
        register: TOKEN,
        id: None,
        subjects: vec![(ROLE.to_owned(), person)],
        content: content::write(&behind),
        events: vec![(MADE.to_owned(), at.now())],
        quantities: Vec::new(),
        private: false,
        link: None,
    };
    service.change::<_, NothingBehind>(USE, Target::Person(person), None, |_| {
        Ok((vec![Change::Create(Box::new(draft.clone()))], ()))
    })?;
    Ok(Output { token, behind })
}

/// Takes what stands behind a secret: it is used from now on, also for whoever comes at the same moment.
pub(super) fn take(
    service: &Call<'_>,
    register: &'static str,
    secret: &Personal<String>,
) -> Result<Behind, Error> {
    let person = phantom(service, register, secret)?;
    service.change(USE, Target::Person(person), None, |records| {
        let found = records.iter().find(|record| service.is_in(record, register));
        let found = found.ok_or(Error::Not(NothingBehind))?;
        let used = Change::Raise { record: found.id, event: USED.to_owned(), at: service.now() };
        Ok((vec![used], Behind::of(found)?))
    })
}

/// 256 bits that nobody can guess.
fn drawn(at: &Call<'_>) -> String {
    let mut bytes = [0_u8; 32];
    at.randomness.fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
