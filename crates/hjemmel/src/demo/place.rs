//! Practices, hospital departments and pharmacies of the synthetic country.

use super::dice::Dice;
use super::names;
use super::numbers;

/// What kind of place, and by which number the state knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A practice of general practitioners, by its practice number.
    Practice(String),
    /// A dental practice, by its practice number.
    Dental(String),
    /// A hospital department, by its SOR number.
    Department(String),
    /// A pharmacy, by its location number.
    Pharmacy(String),
}

/// A place where people are treated or get their medicine.
#[derive(Clone, Debug)]
pub struct Place {
    /// Position in the country.
    pub index: usize,
    /// Kind and number.
    pub kind: Kind,
    /// Name.
    pub name: String,
}

/// The places that a country of so many people needs, practices first.
#[must_use]
pub(super) fn grow(seed: u64, people: usize) -> Vec<Place> {
    let mut dice = Dice::of(seed, 1, 0);
    let mut places = Vec::new();
    for number in 0..(people / 1_600).max(2) {
        let town = town(&mut dice);
        places.push(place(&places, Kind::Practice(numbers::practice(number)), format!("Lægehuset {town}")));
    }
    for number in 0..(people / 4_000).max(1) {
        let town = town(&mut dice);
        places.push(place(
            &places,
            Kind::Dental(numbers::practice(500 + number)),
            format!("Tandlægerne {town}"),
        ));
    }
    let hospitals = (people / 40_000).max(1);
    for hospital in 0..hospitals {
        let town = town(&mut dice);
        for (number, (department, _)) in names::DEPARTMENTS.iter().enumerate() {
            let sor = numbers::sor(hospital * 100 + number);
            places.push(place(&places, Kind::Department(sor), format!("{department}, {town} Sygehus")));
        }
    }
    for number in 0..(people / 2_000).max(2) {
        let town = town(&mut dice);
        let beast = dice.word(names::PHARMACIES);
        places.push(place(&places, Kind::Pharmacy(numbers::gln(number)), format!("{town} {beast} Apotek")));
    }
    places
}

fn place(before: &[Place], kind: Kind, name: String) -> Place {
    let same = before.iter().filter(|place| place.name.starts_with(&name)).count();
    let name = if same == 0 { name } else { format!("{name} {}", same + 1) };
    Place { index: before.len(), kind, name }
}

fn town(dice: &mut Dice) -> &'static str {
    dice.pick(names::TOWNS).map_or("Roskilde", |(_, town)| town)
}
