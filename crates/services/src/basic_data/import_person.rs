//! The civil register sends a person, new or changed.

use jiff::civil::Date;
use notice::id::Person;
use notice::{Id, Target};
use register::{Change, Draft, Identifier, Record};

use super::{Contact, FMK_BASIC, Feed, NSP_BASIC, OWN_FIELDS, RegisteredContent, Sex};
use crate::call::day_begins;
use crate::check::Check;
use crate::{Call, content};

/// Use of the notice.
pub const USE: &str = "nsp.import-person";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// For the first time, or again.
    pub feed: Feed,
    /// Who.
    pub people: Vec<ImportedPerson>,
}

/// A person as the civil register and the health insurance know her.
#[derive(Clone)]
pub struct ImportedPerson {
    /// Civil registration number, or the replacement number of a person without one.
    pub number: Identifier,
    /// The number that this one replaces, if it changed.
    pub replaces: Option<Identifier>,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Whether name and address are protected.
    pub protection: Protection,
    /// Group of the public health insurance.
    pub insurance_group: String,
    /// Own practice.
    pub general_practitioner: Option<String>,
    /// Date of birth.
    pub birth_date: Date,
    /// Sex as registered.
    pub sex: Sex,
    /// Status in the civil register, two digits; 90 is dead.
    pub status: String,
    /// What the citizen has said of herself.
    pub contact: Contact,
}
crate::redacted::redacted!(ImportedPerson);

/// Whether name and address are protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// They are.
    Protected,
    /// They are not.
    Open,
}

/// Why not.
pub type Error = crate::Error;

/// The civil register sends a person, new or changed.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Vec<Id<Person>>, Error> {
    check(&request.people)?;
    match request.feed {
        Feed::First => first(at, &request.people),
        Feed::Again => {
            if request.people.is_empty() {
                // Also a feed of nobody is answered only to who may send one.
                at.import(USE, Vec::new())?;
            }
            request.people.iter().map(|person| again(at, person)).collect()
        }
    }
}

/// The use under which the medicine record keeps its own copy (rule F-03).
const MEDICINE_USE: &str = "fmk.import-basic";

fn check(people: &[ImportedPerson]) -> Result<(), Error> {
    let mut check = Check::default();
    for (position, person) in people.iter().enumerate() {
        let field = |name: &str| format!("people.{position}.{name}");
        check.text(&field("name"), &person.name, 200);
        check.short(&field("address"), &person.address, 300);
        check.text(&field("insurance-group"), &person.insurance_group, 20);
        check.text(&field("status"), &person.status, 10);
        check.optional(&field("general-practitioner"), person.general_practitioner.as_deref(), 200);
    }
    check.done()
}

/// Nobody of them is known here: both copies in one batch each.
fn first(at: &Call<'_>, people: &[ImportedPerson]) -> Result<Vec<Id<Person>>, Error> {
    let ids: Vec<_> = people.iter().map(|person| id_of(at, person)).collect();
    let copies = |register: &'static str| -> Vec<(Id<Person>, Vec<Change>)> {
        let everyone = ids.iter().zip(people);
        let copy = everyone.map(|(id, person)| {
            let mut changes = if register == NSP_BASIC { identified(person, *id) } else { Vec::new() };
            changes.push(Change::Create(Box::new(draft(at, register, *id, person))));
            (*id, changes)
        });
        copy.collect()
    };
    at.import(USE, copies(NSP_BASIC))?;
    at.import(MEDICINE_USE, copies(FMK_BASIC))?;
    Ok(ids)
}

/// One who may be known: corrected where the record stands, added where not.
fn again(at: &Call<'_>, person: &ImportedPerson) -> Result<Id<Person>, Error> {
    let id = id_of(at, person);
    for (use_name, register) in [(USE, NSP_BASIC), (MEDICINE_USE, FMK_BASIC)] {
        at.change(use_name, Target::Person(id), None, |records| {
            let mut changes = if register == NSP_BASIC { identified(person, id) } else { Vec::new() };
            changes.push(match records.iter().find(|record| at.is_in(record, register)) {
                Some(record) => corrected(record, person),
                None => Change::Create(Box::new(draft(at, register, id, person))),
            });
            Ok((changes, ()))
        })?;
    }
    Ok(id)
}

/// A person who changed number keeps the id under which she is known.
fn id_of(at: &Call<'_>, person: &ImportedPerson) -> Id<Person> {
    at.register.person(person.replaces.as_ref().unwrap_or(&person.number))
}

fn identified(person: &ImportedPerson, id: Id<Person>) -> Vec<Change> {
    let numbers = [person.replaces.as_ref(), Some(&person.number)];
    let identify = |identifier: &Identifier| Change::Identify {
        person: id,
        identifier: identifier.clone(),
        from: day_begins(person.birth_date),
    };
    let mut changes: Vec<_> = numbers.into_iter().flatten().map(identify).collect();
    changes.push(Change::Birth { person: id, date: person.birth_date });
    changes
}

/// The number as the register of basic data keeps it; nobody is named by a login or an authorisation here.
fn number(person: &ImportedPerson) -> &str {
    match &person.number {
        Identifier::Cpr(cpr) => cpr.reveal(),
        Identifier::Replacement(replacement) => replacement.reveal(),
        Identifier::Authorisation(_) | Identifier::Login { .. } => "",
    }
}

fn registered(person: &ImportedPerson) -> register::Content {
    let fields = RegisteredContent {
        cpr: number(person),
        name: &person.name,
        address: &person.address,
        protected_address: person.protection == Protection::Protected,
        insurance_group: &person.insurance_group,
        general_practitioner: person.general_practitioner.as_deref(),
        birth_date: person.birth_date,
        sex: person.sex,
        status: &person.status,
    };
    content::write(&fields).into_revealed()
}

fn draft(at: &Call<'_>, register: &'static str, id: Id<Person>, person: &ImportedPerson) -> Draft {
    let mut fields = registered(person);
    if register == NSP_BASIC {
        fields.extend(content::write(&person.contact).into_revealed());
    }
    Draft {
        register,
        id: Some(at.new_id()),
        subjects: vec![("patient".to_owned(), id)],
        content: register::Personal::new(fields),
        events: Vec::new(),
        quantities: Vec::new(),
        private: false,
        link: None,
    }
}

/// What the citizen has written herself stays.
fn corrected(record: &Record, person: &ImportedPerson) -> Change {
    let mut fields = registered(person);
    let own = record.content.reveal().iter().filter(|(field, _)| OWN_FIELDS.contains(&field.as_str()));
    fields.extend(own.map(|(field, value)| (field.clone(), value.clone())));
    Change::Correct {
        record: record.id,
        version: record.version,
        content: register::Personal::new(fields),
        note: None,
    }
}
