//! Those who treat, dispense and look after the register in the synthetic country. They are people of it themselves.

use jiff::civil::Date;

use super::dice::Dice;
use super::numbers::Given;
use super::person::Person;
use super::place::{Kind, Place};

/// A profession of the authorisation register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profession {
    /// Code 7170.
    Doctor,
    /// Code 5433.
    Dentist,
    /// Code 5166.
    Nurse,
    /// A pharmacist or a pharmacy's trained staff.
    Pharmacist,
}

impl Profession {
    /// The role in the notices.
    #[must_use]
    pub const fn role(self) -> &'static str {
        match self {
            Self::Doctor => "doctor",
            Self::Dentist => "dentist",
            Self::Nurse => "nurse",
            Self::Pharmacist => "pharmacist",
        }
    }

    /// What stands before the name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Doctor => "Læge",
            Self::Dentist => "Tandlæge",
            Self::Nurse => "Sygeplejerske",
            Self::Pharmacist => "Farmaceut",
        }
    }
}

/// An authorised person at a place.
#[derive(Clone, Debug)]
pub struct Professional {
    /// Position among the professionals.
    pub index: usize,
    /// Who, by position among the people.
    pub person: usize,
    /// What.
    pub profession: Profession,
    /// The authorisation.
    pub authorisation: String,
    /// Authorised since.
    pub since: Date,
    /// Where, by position.
    pub place: usize,
}

/// Staff for every place, taken from people of working age who live in the country.
#[must_use]
pub(super) fn grow(
    seed: u64,
    people: &[Person],
    places: &[Place],
    today: Date,
    given: &mut Given,
) -> Vec<Professional> {
    let mut dice = Dice::of(seed, 2, 0);
    let mut free: Vec<usize> =
        people.iter().filter(|person| may_work(person, today)).map(|person| person.index).collect();
    let mut staff = Vec::new();
    for place in places {
        for profession in team(&place.kind) {
            if free.is_empty() {
                return staff;
            }
            let person = free.swap_remove(dice.below(free.len()));
            let Some(born) = people.get(person).map(|person| person.born) else { continue };
            let earliest = born.saturating_add(jiff::Span::new().years(26));
            let since =
                dice.day(earliest, born.saturating_add(jiff::Span::new().years(30)).max(earliest)).min(today);
            let authorisation = given.authorisation(&mut dice);
            staff.push(Professional {
                index: staff.len(),
                person,
                profession: *profession,
                authorisation,
                since,
                place: place.index,
            });
        }
    }
    staff
}

/// Working, alive, and none of the official test persons, whose lives are told elsewhere.
fn may_work(person: &Person, today: Date) -> bool {
    let generated = matches!(person.number, super::person::Number::Replacement(_));
    generated && person.died.is_none() && (32..67).contains(&person.age(today))
}

const fn team(kind: &Kind) -> &'static [Profession] {
    use Profession::{Dentist, Doctor, Nurse, Pharmacist};
    match kind {
        Kind::Practice(_) => &[Doctor, Doctor, Nurse],
        Kind::Dental(_) => &[Dentist, Dentist],
        Kind::Department(_) => &[Doctor, Doctor, Nurse, Nurse],
        Kind::Pharmacy(_) => &[Pharmacist, Pharmacist],
    }
}
