//! A source system or a professional registers that somebody treats somebody.

use jiff::Timestamp;
use notice::id::{self, Organisation, Person};
use notice::{Id, Target};
use register::{Change, Draft, Holder, Link, Personal};

use super::{Evidence, Found, Kind, REGISTER, RelationContent, Source, Strength};
use crate::check::Check;
use crate::{Call, Problem, content};

/// Use of the notice.
pub const USE: &str = "nsp.register-treatment-relation";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The patient.
    pub patient: Id<Person>,
    /// The organisation that treats.
    pub organisation: Id<Organisation>,
    /// Its name.
    pub organisation_name: String,
    /// The professional, if it is one by name.
    pub professional: Option<(Id<Person>, Personal<String>)>,
    /// What the person comes for.
    pub kind: Kind,
    /// From when.
    pub from: Timestamp,
    /// Until when; open if `None`.
    pub until: Option<Timestamp>,
    /// From where it is known.
    pub source: Source,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    /// The record.
    pub relation: Id<id::Record>,
    /// How sure it is.
    pub found: Found,
    /// Whether it opens records.
    pub strength: Strength,
}

/// Why not.
pub type Error = crate::Error;

/// A source system or a professional registers that somebody treats somebody.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    check(&request)?;
    let (draft, output) = drafted(at, &request, Events::None);
    let person = Target::Person(request.patient);
    at.change(USE, person, None, |_| Ok((vec![Change::Create(Box::new(draft.clone()))], ())))?;
    Ok(output)
}

/// Whether the end is written with the relation: a feed that knows it says so.
#[derive(Clone, Copy)]
pub(super) enum Events {
    /// The end is reported when it comes.
    None,
    /// The end is known.
    EndIfKnown,
}

pub(super) fn check(request: &Request) -> Result<(), Error> {
    let mut check = Check::default();
    check.text("organisation-name", &request.organisation_name, 200);
    check.optional(
        "professional",
        request.professional.as_ref().map(|(_, name)| name.reveal().as_str()),
        200,
    );
    check.that(request.until.is_none_or(|until| request.from < until), || {
        Problem::new(
            "until",
            "ends-before-it-begins",
            "Behandlingen slutter, før den begynder. Ret en af tiderne.",
            "The treatment ends before it begins. Correct one of the times.",
        )
    });
    check.done()
}

pub(super) fn drafted(at: &Call<'_>, request: &Request, events: Events) -> (Draft, Output) {
    let evidence =
        Evidence { source: request.source, kind: request.kind, from: request.from, until: request.until };
    let found = evidence.found(at.now());
    let fields = RelationContent {
        organisation: request.organisation.to_string(),
        organisation_name: request.organisation_name.clone(),
        professional: request.professional.as_ref().map(|(_, name)| name.reveal().clone()),
        kind: found,
        from: request.from,
        until: request.until,
        source: request.source,
    };
    let professional = request.professional.as_ref().map(|(person, _)| *person);
    let ends = match events {
        Events::None => None,
        Events::EndIfKnown => request.until,
    };
    let id = at.new_id();
    let draft = Draft {
        register: REGISTER,
        id: Some(id),
        subjects: std::iter::once(("patient".to_owned(), request.patient))
            .chain(professional.map(|person| ("professional".to_owned(), person)))
            .collect(),
        content: content::write(&fields),
        events: ends.map(|until| ("relation.ended".to_owned(), until)).into_iter().collect(),
        quantities: Vec::new(),
        private: false,
        link: link(request, professional, found.strength()),
    };
    (draft, Output { relation: id, found, strength: found.strength() })
}

/// The fact: strong where another party said it, weak where it cannot be told yet, none where there is no relation.
fn link(request: &Request, professional: Option<Id<Person>>, strength: Strength) -> Option<Link> {
    let strength = match strength {
        Strength::Strong => register::Strength::Strong,
        Strength::Weak => register::Strength::Weak,
        Strength::None => return None,
    };
    let holder = professional.map_or(Holder::Organisation(request.organisation), Holder::Person);
    Some(Link { holder, from: request.from, until: request.until, strength, role: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;

    #[test]
    fn what_a_professional_says_herself_opens_nothing() {
        let country = Country::new();
        let output = country.treats(country.einer, Source::Asserted);
        assert_eq!((output.found, output.strength), (Found::D, Strength::Weak));
        assert!(country.opens(&country.doctor(), country.einer).is_err());
        country.treats(country.einer, Source::Referral);
        assert!(country.opens(&country.doctor(), country.einer).is_ok());
    }
}
