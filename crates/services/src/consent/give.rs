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
