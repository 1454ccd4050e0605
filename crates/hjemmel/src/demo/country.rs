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
