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
        Identifier::Authorisation(_) | Identifier::Login { .. } | Identifier::Own(_) => "",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basic_data::{change_own_contact, see_own};
    use crate::testing::{Country, NANCY};

    fn person(number: &str, name: &str) -> ImportedPerson {
        ImportedPerson {
            number: Identifier::person_number(number).unwrap(),
            replaces: None,
            name: name.to_owned(),
            address: "Testvej 9, 8000 Aarhus C".into(),
            protection: Protection::Open,
            insurance_group: "1".into(),
            general_practitioner: None,
            birth_date: jiff::civil::date(1948, 12, 25),
            sex: crate::basic_data::Sex::Female,
            status: "01".into(),
            contact: Contact::default(),
        }
    }

    fn sends(country: &Country, people: Vec<ImportedPerson>) -> Result<Vec<Id<Person>>, Error> {
        let system = country.caller("cpr", None, None);
        country.act(&system, |at| run(at, Request { feed: Feed::Again, people }))
    }

    fn own(country: &Country, citizen: Id<Person>) -> crate::basic_data::Basic {
        country.act(&country.citizen(citizen), |at| see_own::run(at, see_own::Request {})).unwrap()
    }

    #[test]
    fn a_person_sent_again_is_corrected_and_what_she_wrote_herself_stays() {
        // proves rule N-03
        let country = Country::new();
        let contact = Contact { phone: Some("70 10 00 90".into()), ..Contact::default() };
        let change = change_own_contact::Request { person: country.nancy, contact };
        country.act(&country.citizen(country.nancy), |at| change_own_contact::run(at, change)).unwrap();
        let ids = sends(&country, vec![person(NANCY, "Nancy Ann Lauridsen")]).unwrap();
        assert_eq!(ids, [country.nancy]);
        let own = own(&country, country.nancy);
        assert_eq!(own.name.as_deref(), Some("Nancy Ann Lauridsen"));
        assert_eq!(own.contact.phone.as_deref(), Some("70 10 00 90"));
    }

    #[test]
    fn somebody_new_is_added_and_a_person_with_a_new_number_stays_who_she_is() {
        let country = Country::new();
        let ids = sends(&country, vec![person("0211223989", "Aage Testmand")]).unwrap();
        assert_eq!(own(&country, ids[0]).name.as_deref(), Some("Aage Testmand"));
        let replaces = Some(Identifier::person_number(NANCY).unwrap());
        let renumbered = ImportedPerson { replaces, ..person("2311143995", "Nancy Ann Berggren") };
        assert_eq!(sends(&country, vec![renumbered]).unwrap(), [country.nancy]);
        let number = register::testing::cpr("2311143995");
        assert_eq!(country.house.register.person(&number), country.nancy);
    }

    #[test]
    fn only_the_civil_register_and_systems_send_and_nothing_half_filled_is_taken() {
        let country = Country::new();
        for caller in [country.doctor(), country.citizen(country.nancy), country.pharmacist()] {
            for people in [vec![person(NANCY, "Nancy")], Vec::new()] {
                let answer = country.act(&caller, |at| run(at, Request { feed: Feed::Again, people }));
                assert!(matches!(answer, Err(Error::Refused(_))), "{answer:?}");
            }
        }
        let bad = vec![person(NANCY, "Nancy"), ImportedPerson { status: " ".into(), ..person(NANCY, "") }];
        let Err(Error::Invalid(problems)) = sends(&country, bad) else { panic!() };
        let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["people.1.name", "people.1.status"]);
    }
}
