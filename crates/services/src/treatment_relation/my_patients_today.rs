//! A professional sees whom she treats today.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use notice::id::Person;
use notice::{Fact, Id, Reading, Target};

use register::{Holder, Links, Query, Record, Unavailable};

use super::{Found, REGISTER, RelationContent, Source};
use crate::basic_data::{Basic, NSP_BASIC};
use crate::call::day_begins;
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

/// A professional sees whom she treats today: those who came today, and those who stay until a known time. The list of the own practice is no list of the day; whom it holds is found by number.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, Request {}: Request) -> Result<Vec<Patient>, Error> {
    let actor = &at.call.caller.actor;
    let links = Links::Passing { since: day_begins(at.today()) };
    let (fact, now) = (Fact::Treats, at.now());
    // Whom she treats herself and through her organisation is one look, with one line for each patient.
    let query = match (actor.person.map(Holder::Person), actor.organisation.map(Holder::Organisation)) {
        (Some(person), Some(organisation)) => {
            Query::LinksHeldByEither { fact, holders: [person, organisation], at: now, links }
        }
        (Some(holder), None) | (None, Some(holder)) => Query::LinksHeldBy { fact, holder, at: now, links },
        (None, None) => {
            // Who is neither a person nor of an organisation treats nobody; that too is said only with leave.
            let _leave = at.ask::<Reading, _>(USE, Target::Query, None)?;
            return Ok(Vec::new());
        }
    };
    let mut patients: BTreeMap<Id<Person>, Patient> = BTreeMap::new();
    for patient in found(at, &at.find(USE, query)?)? {
        patients.entry(patient.person).or_insert(patient);
    }
    let mut patients: Vec<_> = patients.into_values().collect();
    patients.sort_by_key(|found| std::cmp::Reverse(found.since));
    Ok(patients)
}

/// The relations, each with the name that came along with it.
fn found(at: &Call<'_>, records: &[Record]) -> Result<Vec<Patient>, Error> {
    let basics = records.iter().filter(|record| at.is_in(record, NSP_BASIC));
    let basics: BTreeMap<_, _> =
        basics.filter_map(|record| Some((content::in_role(record, "patient")?, record))).collect();
    let relations = records.iter().filter(|record| at.is_in(record, REGISTER));
    relations
        .map(|record| {
            let fields: RelationContent = content::read_whole(record)?;
            let person = content::in_role(record, "patient").ok_or(Unavailable::Tampered)?;
            let basic = basics.get(&person).map(|record| Basic::of(record)).unwrap_or_default();
            let Basic { name, birth_date, .. } = basic;
            let RelationContent { from, until, kind, source, .. } = fields;
            Ok(Patient { person, name, birth_date, since: from, until, found: kind, source })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Whom;
    use crate::my_log::see_own_log;
    use crate::opt_out::{What, block};
    use crate::testing::Country;
    use crate::treatment_relation::{Kind, register_relation};

    fn visits(country: &Country, patient: Id<Person>) {
        let now = country.house.register.call(country.doctor()).now;
        let request = register_relation::Request {
            patient,
            organisation: country.practice,
            organisation_name: "Lægerne Torvet".into(),
            professional: None,
            kind: Kind::Visit,
            from: now,
            until: Some(now + jiff::SignedDuration::from_hours(2)),
            source: Source::GpServices,
        };
        country.act(&country.caller("system", None, None), |at| register_relation::run(at, request)).unwrap();
    }

    fn names(country: &Country, caller: &register::Caller) -> Vec<Option<String>> {
        let patients = country.act(caller, |at| run(at, Request {})).unwrap();
        patients.into_iter().map(|patient| patient.name).collect()
    }

    #[test]
    fn patients_of_today_are_those_who_came_and_not_the_list_of_the_practice() {
        let country = Country::new();
        country.house.clock.pass(jiff::Span::new().days(1));
        assert_eq!(names(&country, &country.doctor()), []);
        visits(&country, country.nancy);
        assert_eq!(names(&country, &country.doctor()), [Some("Nancy Ann Berggren".to_owned())]);
        assert_eq!(names(&country, &country.other_doctor()), []);
        let citizen = country.act(&country.citizen(country.nancy), |at| run(at, Request {}));
        assert!(matches!(citizen, Err(Error::Refused(_))));
    }

    #[test]
    fn each_patient_shown_has_one_line_and_one_left_out_has_none() {
        let country = Country::new();
        country.house.clock.pass(jiff::Span::new().days(1));
        visits(&country, country.nancy);
        country.act(&country.doctor(), |at| run(at, Request {})).unwrap();
        let lines = |person| {
            let request = see_own_log::Request { before: None, limit: 50 };
            let log = country.act(&country.citizen(person), |at| see_own_log::run(at, request)).unwrap();
            log.days.iter().flat_map(|day| &day.lines).filter(|line| line.use_name == USE).count()
        };
        assert_eq!((lines(country.nancy), lines(country.bo)), (1, 0));
    }

    #[test]
    fn whom_she_treats_herself_and_through_her_organisation_is_one_patient_and_one_line() {
        let country = Country::new();
        country.house.clock.pass(jiff::Span::new().days(1));
        visits(&country, country.nancy);
        let now = country.house.register.call(country.doctor()).now;
        let own = register_relation::Request {
            patient: country.nancy,
            organisation: country.hospital,
            organisation_name: "Hospitalet".into(),
            professional: Some((country.doctor, register::Personal::new("Test doctor".to_owned()))),
            kind: Kind::Visit,
            from: now,
            until: Some(now + jiff::SignedDuration::from_hours(2)),
            source: Source::GpServices,
        };
        let system = country.caller("system", None, None);
        country.act(&system, |at| register_relation::run(at, own)).unwrap();
        assert_eq!(names(&country, &country.doctor()).len(), 1);
        let request = see_own_log::Request { before: None, limit: 50 };
        let log = country.act(&country.citizen(country.nancy), |at| see_own_log::run(at, request)).unwrap();
        let lines = log.days.iter().flat_map(|day| &day.lines).filter(|line| line.use_name == USE);
        assert_eq!(lines.count(), 1);
    }

    #[test]
    fn who_has_blocked_is_not_on_the_list() {
        let country = Country::new();
        visits(&country, country.nancy);
        let (person, whom) = (country.nancy, Whom::Everyone);
        let request = block::Request { person, whom, what: What::Everything, from: None, until: None };
        country.act(&country.citizen(person), |at| block::run(at, request)).unwrap();
        assert!(!names(&country, &country.doctor()).contains(&Some("Nancy Ann Berggren".to_owned())));
    }
}
