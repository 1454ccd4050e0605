//! The authorisation register sends professionals, new or changed.

use jiff::Timestamp;
use notice::id::Person;
use notice::{Id, Target};
use register::{AuthorisationId, Change, Draft, Holder, Identifier, Link, Record, Strength};

use super::{ProfessionalContent, REGISTER, SUBJECT};
pub use crate::basic_data::Feed;
use crate::check::Check;
use crate::{Call, Problem, content};

/// Use of the notice.
pub const USE: &str = "nsp.import-professional";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// For the first time, or again.
    pub feed: Feed,
    /// Who.
    pub professionals: Vec<ImportedProfessional>,
}

/// A professional as the authorisation register knows her.
#[derive(Clone)]
pub struct ImportedProfessional {
    /// Civil registration number or its replacement, if it is sent.
    pub number: Option<Identifier>,
    /// Authorisation id.
    pub authorisation_id: AuthorisationId,
    /// Name.
    pub name: String,
    /// Profession, a role of the notices such as `doctor`.
    pub profession: String,
    /// Workplace.
    pub workplace: Option<String>,
    /// Organisation.
    pub organisation: Option<String>,
    /// From when the authorisation holds.
    pub from: Timestamp,
    /// Until when; open if `None`.
    pub until: Option<Timestamp>,
}
crate::redacted::redacted!(ImportedProfessional);

/// Why not.
pub type Error = crate::Error;

/// The authorisation register sends professionals, new or changed.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Vec<Id<Person>>, Error> {
    check(at, &request.professionals)?;
    match request.feed {
        Feed::First => {
            let people = request.professionals.iter().map(|professional| {
                let person = id_of(at, professional);
                let draft = Change::Create(Box::new(draft(at, person, professional)));
                let mut changes = identified(person, professional);
                changes.push(draft);
                (person, changes)
            });
            let people: Vec<_> = people.collect();
            let ids = people.iter().map(|(person, _)| *person).collect();
            at.import(USE, people)?;
            Ok(ids)
        }
        Feed::Again => {
            if request.professionals.is_empty() {
                // Also a feed of nobody is answered only to who may send one.
                at.import(USE, Vec::new())?;
            }
            request.professionals.iter().map(|professional| again(at, professional)).collect()
        }
    }
}

/// The event that its clock waits for.
const ENDED: &str = "authorisation.ended";

fn check(at: &Call<'_>, professionals: &[ImportedProfessional]) -> Result<(), Error> {
    let mut check = Check::default();
    let policy = at.register.policy();
    for (position, professional) in professionals.iter().enumerate() {
        check.text(&format!("professionals.{position}.name"), &professional.name, 200);
        let known = policy.role_id(&professional.profession).is_some();
        check.that(known, || {
            Problem::new(
                format!("professionals.{position}.profession"),
                "unknown-profession",
                "Faget er ingen rolle i erklæringerne. Ret koden i kilden.",
                "The profession is no role of the notices. Correct the code at the source.",
            )
        });
    }
    check.done()
}

/// By civil number where it is sent, else by authorisation id.
fn id_of(at: &Call<'_>, professional: &ImportedProfessional) -> Id<Person> {
    let by_authorisation = || Identifier::Authorisation(professional.authorisation_id.clone());
    at.register.person(&professional.number.clone().unwrap_or_else(by_authorisation))
}

fn identified(person: Id<Person>, professional: &ImportedProfessional) -> Vec<Change> {
    let identify = |identifier| Change::Identify { person, identifier, from: professional.from };
    let authorisation = identify(Identifier::Authorisation(professional.authorisation_id.clone()));
    professional.number.clone().map(identify).into_iter().chain([authorisation]).collect()
}

fn fields(professional: &ImportedProfessional) -> ProfessionalContent {
    ProfessionalContent {
        name: professional.name.clone(),
        authorisation_id: professional.authorisation_id.as_str().to_owned(),
        profession: professional.profession.clone(),
        workplace: professional.workplace.clone(),
        organisation: professional.organisation.clone(),
        from: professional.from,
        until: professional.until,
    }
}

fn draft(at: &Call<'_>, person: Id<Person>, professional: &ImportedProfessional) -> Draft {
    Draft {
        register: REGISTER,
        id: Some(at.new_id()),
        subjects: vec![(SUBJECT.to_owned(), person)],
        content: content::write(&fields(professional)),
        events: professional.until.map(|until| (ENDED.to_owned(), until)).into_iter().collect(),
        quantities: Vec::new(),
        private: false,
        link: Some(Link {
            holder: Holder::Person(person),
            from: professional.from,
            until: professional.until,
            strength: Strength::Strong,
            role: Some(professional.profession.clone()),
        }),
    }
}

/// One who may be known: a professional has one record for each authorisation.
fn again(at: &Call<'_>, professional: &ImportedProfessional) -> Result<Id<Person>, Error> {
    let person = id_of(at, professional);
    at.change(USE, Target::Person(person), None, |records| {
        let mut changes = identified(person, professional);
        match records.iter().find(|record| same_authorisation(record, professional)) {
            Some(record) => changes.extend(corrected(record, professional)),
            None => changes.push(Change::Create(Box::new(draft(at, person, professional)))),
        }
        Ok((changes, ()))
    })?;
    Ok(person)
}

fn same_authorisation(record: &Record, professional: &ImportedProfessional) -> bool {
    let id = content::text(record, "authorisation-id");
    let profession = content::text(record, "profession");
    id.as_deref() == Some(professional.authorisation_id.as_str())
        && profession.as_deref() == Some(professional.profession.as_str())
}

fn corrected(record: &Record, professional: &ImportedProfessional) -> Vec<Change> {
    let mut changes = vec![Change::Correct {
        record: record.id,
        version: record.version,
        content: content::write(&fields(professional)),
        note: None,
    }];
    if let Some(until) = professional.until {
        changes.push(Change::EndLink { record: record.id, at: until });
        if !record.events.iter().any(|(event, at)| event == ENDED && *at == until) {
            changes.push(Change::Raise { record: record.id, event: ENDED.to_owned(), at: until });
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::professional::see_own;
    use crate::testing::Country;

    fn imported(until: Option<&str>) -> ImportedProfessional {
        ImportedProfessional {
            number: None,
            authorisation_id: AuthorisationId::parse("0TST9").unwrap(),
            name: "Ny Læge".into(),
            profession: "doctor".into(),
            workplace: None,
            organisation: None,
            from: "2020-01-01T00:00:00Z".parse().unwrap(),
            until: until.map(|until| until.parse().unwrap()),
        }
    }

    fn sends(
        country: &Country,
        role: &str,
        feed: Feed,
        professional: ImportedProfessional,
    ) -> Result<Vec<Id<Person>>, Error> {
        let request = Request { feed, professionals: vec![professional] };
        country.act(&country.caller(role, None, None), |at| run(at, request))
    }

    #[test]
    fn what_is_sent_again_corrects_the_one_record_and_an_end_closes_it() {
        let country = Country::new();
        let people = sends(&country, "authorisation-register", Feed::First, imported(None)).unwrap();
        let caller = country.caller("doctor", Some(people[0]), Some(country.practice));
        assert!(country.opens(&caller, country.nancy).is_ok());
        let ended = imported(Some("2026-11-21T08:00:00Z"));
        let again = sends(&country, "authorisation-register", Feed::Again, ended).unwrap();
        assert_eq!(again, people);
        assert!(country.opens(&caller, country.nancy).is_err(), "an authorisation that has ended");
        let own = country.act(&caller, |at| see_own::run(at, see_own::Request {}));
        assert!(own.map_or(true, |own| own.len() == 1), "one record for one authorisation");
    }

    #[test]
    fn only_the_register_of_authorisations_may_send_and_only_known_professions() {
        let country = Country::new();
        let citizen = sends(&country, "citizen", Feed::First, imported(None));
        assert!(matches!(citizen, Err(Error::Refused(_))));
        let unknown =
            ImportedProfessional { profession: "wizard".into(), name: String::new(), ..imported(None) };
        let Err(Error::Invalid(problems)) = sends(&country, "system", Feed::Again, unknown) else {
            panic!("an unknown profession came in");
        };
        let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["empty", "unknown-profession"]);
    }
}
