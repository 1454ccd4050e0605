//! Somebody adds an entry about a person.

use notice::id::{self, Person};
use notice::{Id, Target, Writing};
use register::{Change, Content, Draft, Identifier, Personal};

use super::{Form, Wanted, covered, fit, leave};
use crate::{Call, Nothing, Problem};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// By what the person is known. The number itself is not kept: only who it leads to.
    pub about: Identifier,
    /// The other people of the entry, with their roles as the notice declares them.
    pub others: Vec<(String, Identifier)>,
    /// The content by declared field.
    pub content: Personal<Content>,
}

/// The new entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Added {
    /// The record.
    pub record: Id<id::Record>,
    /// The person.
    pub person: Id<Person>,
}

/// Why not.
pub type Error = crate::Error;

/// Most people of one entry beside the one whom it is about.
const OTHERS_MAX: usize = 20;

/// Somebody adds an entry about a person.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, form: &Form, request: Request) -> Result<Added, Error> {
    let policy = at.register.policy();
    let person = at.register.person(&request.about);
    let grant = leave::<Writing, Nothing>(at, form, Wanted::Create, Target::Person(person))?;
    let mut problems = fit::problems(policy, form, covered(at, form, &grant), request.content.reveal());
    let roles = policy.register(form.id()).map_or(&[][..], |register| &register.about);
    problems.extend(others(roles, &request.others));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let record = at.new_id();
    let first = roles.first().cloned().unwrap_or_default();
    let others = request.others.iter().map(|(role, id)| (role.clone(), at.register.person(id)));
    let subjects: Vec<_> = std::iter::once((first, person)).chain(others).collect();
    at.change_under(grant, |_| {
        let draft = Draft {
            register: form.name(),
            id: Some(record),
            subjects: subjects.clone(),
            content: request.content.clone(),
            events: Vec::new(),
            quantities: Vec::new(),
            private: false,
            link: None,
        };
        Ok((vec![Change::Create(Box::new(draft))], ()))
    })?;
    Ok(Added { record, person })
}

fn others(roles: &[String], others: &[(String, Identifier)]) -> Vec<Problem> {
    let mut problems = Vec::new();
    if others.len() > OTHERS_MAX {
        problems.push(Problem::new(
            "others",
            "too-many",
            format!("Skriv højst {OTHERS_MAX}."),
            format!("Write at most {OTHERS_MAX}."),
        ));
    }
    for (position, (role, _)) in others.iter().enumerate().take(OTHERS_MAX) {
        if !roles.iter().skip(1).any(|known| known == role) {
            problems.push(Problem::new(
                format!("others.{position}.role"),
                "not-a-role",
                "Privatlivspolitikken nævner ikke denne rolle for registret.",
                "The privacy notice does not name this role for the register.",
            ));
        }
    }
    problems
}
