//! Households of the synthetic country: who lives together, and who has custody of whom.

use jiff::Span;
use jiff::civil::Date;

use super::dice::Dice;
use super::names;
use super::numbers::Given;
use super::official::OFFICIAL;
use super::person::{Address, Number, Person, Sex};

/// A country that fills up.
#[derive(Debug)]
pub(super) struct Census {
    /// The people so far, the official test persons first.
    pub(super) people: Vec<Person>,
    today: Date,
    practices: usize,
    goal: usize,
}

/// The people of a country: the official test persons, then households until there are enough.
#[must_use]
pub(super) fn grow(seed: u64, goal: usize, practices: usize, today: Date, given: &mut Given) -> Vec<Person> {
    let mut census = Census { people: Vec::with_capacity(goal), today, practices: practices.max(1), goal };
    let mut dice = Dice::of(seed, 3, 0);
    census.officials(&mut dice);
    while census.people.len() < goal {
        census.household(&mut dice, given);
    }
    // The last household may be too many; its children stand last, so nobody is left without a parent.
    census.people.truncate(goal);
    census.people
}

impl Census {
    fn officials(&mut self, dice: &mut Dice) {
        let home = address(dice);
        for official in OFFICIAL.iter().take(self.goal) {
            let (year, month, day) = official.born;
            let Ok(born) = Date::new(year, month, day) else { continue };
            let parents = official
                .parents
                .iter()
                .filter_map(|cpr| OFFICIAL.iter().position(|other| other.cpr == *cpr))
                .collect();
            self.people.push(Person {
                index: self.people.len(),
                number: Number::Cpr(official.cpr),
                given: official.given.to_owned(),
                family: official.family.to_owned(),
                sex: official.sex,
                born,
                address: home.clone(),
                protected: false,
                insurance_group: 1,
                practice: 0,
                parents,
                died: None,
            });
        }
    }

    /// One or two grown-ups and their children.
    fn household(&mut self, dice: &mut Dice, given: &mut Given) {
        let home = address(dice);
        let practice = dice.below(self.practices);
        let family = dice.word(names::FAMILIES);
        let age = dice.between(19, 92);
        let couple = dice.thousandths(560);
        let first_sex = if dice.thousandths(500) { Sex::Female } else { Sex::Male };
        let mut parents = vec![self.settle(dice, given, &home, practice, family, age, first_sex)];
        if couple {
            let other = if first_sex == Sex::Female { Sex::Male } else { Sex::Female };
            let their_age = (age + dice.between(-5, 5)).max(19);
            parents.push(self.settle(dice, given, &home, practice, family, their_age, other));
        }
        let children = if (24..58).contains(&age) { dice.between(0, if couple { 3 } else { 2 }) } else { 0 };
        for _ in 0..children {
            let child_age = dice.between(0, (age - 24).clamp(0, 17));
            let sex = if dice.thousandths(500) { Sex::Female } else { Sex::Male };
            let child = self.settle(dice, given, &home, practice, family, child_age, sex);
            if let Some(person) = self.people.get_mut(child) {
                person.parents.clone_from(&parents);
            }
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a person is made in one place from what a household knows"
    )]
    fn settle(
        &mut self,
        dice: &mut Dice,
        given: &mut Given,
        home: &Address,
        practice: usize,
        family: &str,
        age: i64,
        sex: Sex,
    ) -> usize {
        let youngest = self.today.saturating_sub(Span::new().years(age));
        let oldest =
            self.today.saturating_sub(Span::new().years(age + 1)).saturating_add(Span::new().days(1));
        let born = dice.day(oldest, youngest);
        let name = match sex {
            Sex::Female => dice.word(names::WOMEN),
            Sex::Male => dice.word(names::MEN),
        };
        let number = given.replacement(dice, born, sex);
        let died = self.death(dice, age, born);
        let index = self.people.len();
        self.people.push(Person {
            index,
            number: Number::Replacement(number),
            given: name.to_owned(),
            family: family.to_owned(),
            sex,
            born,
            address: home.clone(),
            protected: dice.thousandths(8),
            insurance_group: if dice.thousandths(8) { 2 } else { 1 },
            practice,
            parents: Vec::new(),
            died,
        });
        index
    }

    /// Some of the old have died in the last ten years.
    fn death(&self, dice: &mut Dice, age: i64, born: Date) -> Option<Date> {
        let of_thousand = match age {
            ..50 => 1,
            50..70 => 30,
            70..80 => 90,
            _ => 260,
        };
        let first = self.today.saturating_sub(Span::new().years(10)).max(born);
        let last = self.today.saturating_sub(Span::new().days(1));
        (dice.thousandths(of_thousand) && first < last).then(|| dice.day(first, last))
    }
}

fn address(dice: &mut Dice) -> Address {
    let street = dice.word(names::STREETS);
    let number = dice.between(1, 180);
    let (code, town) = dice.pick(names::TOWNS).copied().unwrap_or(("4000", "Roskilde"));
    Address { street: format!("{street} {number}"), code, town }
}
