//! A professional sees whom she treats today.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use notice::id::Person;
use notice::{Fact, Id, Target};

use register::{Holder, Query, Record, Unavailable};

use super::{Found, REGISTER, RelationContent, Source};
use crate::basic_data::{Basic, NSP_BASIC};
use crate::{Call, content};

/// Use of the notice.
pub const USE: &str = "nsp.my-patients-today";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {}

/// A patient of today.
#[derive(Clone)]
pub struct Patient {
    /// The person.
    pub person: Id<Person>,
    /// Name; `None` where it is not known or protected.
    pub name: Option<String>,
    /// Birth date.
    pub birth_date: Option<Date>,
    /// Since when.
    pub since: Timestamp,
    /// Until when.
    pub until: Option<Timestamp>,
    /// How sure it is.
    pub found: Found,
    /// From where it is known.
    pub source: Source,
}
crate::redacted::redacted!(Patient);

/// Why not.
pub type Error = crate::Error;

/// A professional sees whom she treats today.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, Request {}: Request) -> Result<Vec<Patient>, Error> {
    let holders = [
        at.call.caller.actor.person.map(Holder::Person),
        at.call.caller.actor.organisation.map(Holder::Organisation),
    ];
    let mut patients: BTreeMap<Id<Person>, Patient> = BTreeMap::new();
    for holder in holders.into_iter().flatten() {
        let records = at.find(USE, Query::LinksHeldBy { fact: Fact::Treats, holder, at: at.now() })?;
        for patient in found(at, &records)? {
            patients.entry(patient.person).or_insert(patient);
        }
    }
    let mut patients: Vec<_> = patients.into_values().collect();
    patients.sort_by(|a, b| b.since.cmp(&a.since));
    Ok(patients)
}

fn found(at: &Call<'_>, records: &[Record]) -> Result<Vec<Patient>, Error> {
    let relations = records.iter().filter(|record| at.is_in(record, REGISTER));
    relations
        .map(|record| {
            let fields: RelationContent = content::read_whole(record)?;
            let person = content::in_role(record, "patient").ok_or(Unavailable::Tampered)?;
            let Basic { name, birth_date, .. } = basic(at, person)?;
            let RelationContent { from, until, kind, source, .. } = fields;
            Ok(Patient { person, name, birth_date, since: from, until, found: kind, source })
        })
        .collect()
}

/// The list of relations names nobody: who it is is a look of its own, under the same use.
fn basic(at: &Call<'_>, person: Id<Person>) -> Result<Basic, Error> {
    let records = at.read(USE, Target::Person(person), None)?;
    Ok(records.iter().find(|record| at.is_in(record, NSP_BASIC)).map(Basic::of).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;

    #[test]
    fn patients_of_today_are_those_in_treatment_who_have_not_blocked() {
        let country = Country::new();
        let patients = |caller: &register::Caller| country.act(caller, |at| run(at, Request {}));
        let names: Vec<_> =
            patients(&country.doctor()).unwrap().into_iter().filter_map(|patient| patient.name).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        assert!(patients(&country.other_doctor()).is_ok_and(|patients| patients.is_empty()));
        assert!(matches!(patients(&country.citizen(country.nancy)), Err(Error::Refused(_))));
    }
}
