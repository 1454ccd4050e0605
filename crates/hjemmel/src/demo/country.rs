//! The synthetic country: people, places and professionals that follow from a seed and a day.

use jiff::civil::Date;

use super::life::{self, Life};
use super::numbers::Given;
use super::person::Person;
use super::place::{self, Kind, Place};
use super::staff::{self, Profession, Professional};

/// What a country follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Seed.
    pub seed: u64,
    /// How many people.
    pub people: usize,
    /// The day on which it is.
    pub today: Date,
}

/// A country.
#[derive(Debug)]
pub struct Country {
    /// What it follows from.
    pub origin: Origin,
    /// People, the official test persons first.
    pub people: Vec<Person>,
    /// Practices, departments, pharmacies.
    pub places: Vec<Place>,
    /// Doctors, dentists, nurses, pharmacists.
    pub staff: Vec<Professional>,
}

impl Country {
    /// Grows the country. Lives are told one by one, by [`Country::life`].
    #[must_use]
    pub fn grow(origin: Origin) -> Self {
        let mut given = Given::default();
        let places = place::grow(origin.seed, origin.people);
        let practices = places.iter().filter(|place| matches!(place.kind, Kind::Practice(_))).count();
        let people = super::households::grow(origin.seed, origin.people, practices, origin.today, &mut given);
        let staff = staff::grow(origin.seed, &people, &places, origin.today, &mut given);
        Self { origin, people, places, staff }
    }

    /// What happened to a person in ten years, as far as medicine goes.
    #[must_use]
    pub fn life(&self, person: &Person) -> Life {
        life::tell(self, person)
    }

    /// Those who work at a place.
    pub fn at(&self, place: usize, profession: Profession) -> impl Iterator<Item = &Professional> {
        self.staff.iter().filter(move |one| one.place == place && one.profession == profession)
    }

    /// The general practitioner of a person.
    #[must_use]
    pub fn practitioner(&self, person: &Person) -> Option<&Professional> {
        let doctors: Vec<_> = self.at(person.practice, Profession::Doctor).collect();
        doctors.get(person.index % doctors.len().max(1)).copied()
    }

    /// Pharmacies.
    #[must_use]
    pub fn pharmacies(&self) -> Vec<&Place> {
        self.places.iter().filter(|place| matches!(place.kind, Kind::Pharmacy(_))).collect()
    }

    /// Hospital departments.
    #[must_use]
    pub fn departments(&self) -> Vec<&Place> {
        self.places.iter().filter(|place| matches!(place.kind, Kind::Department(_))).collect()
    }

    /// The person with a number.
    #[must_use]
    pub fn by_number(&self, number: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.number.text() == number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::fingerprint;
    use crate::demo::person::Number;

    fn country(seed: u64, people: usize) -> Country {
        Country::grow(Origin { seed, people, today: jiff::civil::date(2026, 11, 21) })
    }

    #[test]
    fn the_same_seed_gives_the_same_country_and_another_another() {
        let first = fingerprint(&country(7, 300));
        assert_eq!(first, fingerprint(&country(7, 300)));
        assert_ne!(first, fingerprint(&country(8, 300)));
    }

    #[test]
    fn only_the_official_test_persons_have_civil_registration_numbers() {
        let country = country(1, 2_000);
        for person in &country.people {
            match &person.number {
                Number::Cpr(_) => assert!(person.index < crate::demo::official::OFFICIAL.len()),
                Number::Replacement(number) => assert!(register::Cpr::parse(number).is_err()),
            }
        }
    }

    #[test]
    fn a_country_has_all_ages_and_somebody_for_every_task() {
        let country = country(3, 1_000);
        let today = country.origin.today;
        let children = country.people.iter().filter(|person| person.age(today) < 15).count();
        assert!((80..350).contains(&children), "{children}");
        let old = country.people.iter().filter(|person| person.age(today) >= 75).count();
        assert!((50..350).contains(&old), "{old}");
        for profession in [Profession::Doctor, Profession::Dentist, Profession::Nurse, Profession::Pharmacist]
        {
            assert!(country.staff.iter().any(|one| one.profession == profession), "{profession:?}");
        }
        assert!(country.people.iter().all(|person| country.practitioner(person).is_some()));
    }

    #[test]
    fn children_have_custody_holders_who_are_older() {
        let country = country(3, 1_000);
        let children = country.people.iter().filter(|person| !person.parents.is_empty());
        for (child, parent) in
            children.flat_map(|child| child.parents.iter().map(move |parent| (child, *parent)))
        {
            assert!(country.people[parent].born < child.born);
        }
    }

    #[test]
    fn lives_go_forward_and_end_with_death() {
        let country = country(5, 600);
        for person in &country.people {
            for treatment in country.life(person).treatments {
                let end = person.until(country.origin.today);
                assert!(treatment.ordered.date() >= person.born && treatment.ordered.date() <= end);
                for prescription in &treatment.prescriptions {
                    assert!(prescription.issued.date() <= end);
                    assert!(
                        prescription
                            .dispensed
                            .iter()
                            .all(|one| one.at >= prescription.issued && one.at.date() <= end)
                    );
                }
            }
        }
    }
}
