//! Numbers of people and places of the synthetic country: right in form, and nobody's.
//!
//! Invariant: no generated person has a civil registration number; they carry national replacement numbers, which hold letters.

use std::collections::HashSet;

use jiff::civil::Date;

use super::dice::Dice;
use super::person::Sex;

const LETTERS: &[u8] = b"BCDFGHJKLMNPQRSTVWXZ";
const SIGNS: &[u8] = b"0123456789BCDFGHJKLMNPQRSTVWXZ";

/// Numbers that were given out already.
#[derive(Debug, Default)]
pub(super) struct Given(HashSet<String>);

impl Given {
    /// Makes numbers until one is new.
    fn fresh(&mut self, mut make: impl FnMut() -> String) -> String {
        loop {
            let number = make();
            if self.0.insert(number.clone()) {
                return number;
            }
        }
    }

    /// A national replacement number (X-eCPR): day, month and year of birth, 1 or 7, two letters, one digit.
    pub(super) fn replacement(&mut self, dice: &mut Dice, born: Date, sex: Sex) -> String {
        let century = if born.year() < 2000 { '1' } else { '7' };
        let odd = match sex {
            Sex::Female => 0,
            Sex::Male => 1,
        };
        let (day, month, year) = (born.day(), born.month(), born.year().rem_euclid(100));
        self.fresh(|| {
            let (first, second) = (letter(dice, LETTERS), letter(dice, LETTERS));
            let last = dice.below(5) * 2 + odd;
            format!("{day:02}{month:02}{year:02}{century}{first}{second}{last}")
        })
    }

    /// An authorisation id: five characters without vowels, not digits alone.
    pub(super) fn authorisation(&mut self, dice: &mut Dice) -> String {
        self.fresh(|| {
            let mut id: String = (0..4).map(|_| letter(dice, SIGNS)).collect();
            id.push(letter(dice, LETTERS));
            id
        })
    }
}

fn letter(dice: &mut Dice, of: &[u8]) -> char {
    dice.pick(of).map_or('X', |byte| char::from(*byte))
}

/// A GLN location number of thirteen digits for the place of a number below 100,000.
#[must_use]
pub(super) fn gln(place: usize) -> String {
    let body = format!("5790009{:05}", place % 100_000);
    let sum: u32 = body
        .bytes()
        .zip([1, 3].into_iter().cycle())
        .map(|(byte, weight)| u32::from(byte.wrapping_sub(b'0')) * weight)
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// A SOR number: an SCTID of the Danish namespace with its Verhoeff digit.
#[must_use]
pub(super) fn sor(place: usize) -> String {
    let body = format!("{}100001600", 900_000 + place);
    let check = verhoeff_digit(&body);
    format!("{body}{check}")
}

/// The number of a practice (ydernummer).
#[must_use]
pub(super) fn practice(place: usize) -> String {
    format!("{:06}", 99_000 + place)
}

/// The check digit of Verhoeff over decimal digits.
fn verhoeff_digit(digits: &str) -> u8 {
    let sum = digits
        .bytes()
        .rev()
        .enumerate()
        .fold(0, |sum, (place, byte)| times(sum, turned(byte.wrapping_sub(b'0') % 10, place + 1)));
    // The inverse in the dihedral group of ten elements: rotations turn back, reflections are their own.
    if sum < 5 { (5 - sum) % 5 } else { sum }
}

/// Multiplication in the dihedral group of ten elements.
const fn times(a: u8, b: u8) -> u8 {
    match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b) % 5 + 5,
        (false, true) => (a + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    }
}

/// A digit after so many turns of Verhoeff's permutation.
fn turned(digit: u8, turns: usize) -> u8 {
    const ONCE: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    (0..turns % 8).fold(digit, |digit, _| ONCE.get(usize::from(digit)).copied().unwrap_or(digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacement_numbers_have_the_form_of_the_state() {
        let mut given = Given::default();
        let mut dice = Dice::of(1, 2, 3);
        for _ in 0..500 {
            let number = given.replacement(&mut dice, jiff::civil::date(1992, 3, 7), Sex::Female);
            let (front, rest) = number.split_at(7);
            assert_eq!(front, "0703921");
            let (letters, digit) = rest.split_at(2);
            assert!(letters.bytes().all(|byte| byte.is_ascii_uppercase()), "{number}");
            assert!(matches!(digit, "0" | "2" | "4" | "6" | "8"), "{number}");
        }
    }

    #[test]
    fn a_replacement_number_is_never_a_civil_registration_number() {
        let number =
            Given::default().replacement(&mut Dice::of(1, 1, 1), jiff::civil::date(2015, 2, 1), Sex::Male);
        assert!(register::Cpr::parse(&number).is_err());
    }

    #[test]
    fn authorisation_ids_hold_no_vowel_and_a_letter() {
        let mut given = Given::default();
        let mut dice = Dice::of(1, 2, 3);
        for _ in 0..500 {
            let id = given.authorisation(&mut dice);
            assert_eq!(id.len(), 5);
            assert!(
                id.bytes().all(|byte| byte.is_ascii_alphanumeric() && !b"AEIOUY".contains(&byte)),
                "{id}"
            );
        }
    }

    #[test]
    fn location_numbers_pass_their_check_digit() {
        // The published example of the rule: 5790000120314 of a Danish authority has the same arithmetic.
        for place in 0..50 {
            let number = gln(place);
            let sum: u32 =
                number.bytes().zip([1, 3].into_iter().cycle()).map(|(b, w)| u32::from(b - b'0') * w).sum();
            assert_eq!((number.len(), sum % 10), (13, 0), "{number}");
        }
    }

    #[test]
    fn department_numbers_pass_the_check_of_the_register() {
        assert!((0..200).all(|place| register::identifier::Sor::parse(&sor(place)).unwrap().check()
            == register::identifier::Check::Fits));
    }

    #[test]
    fn verhoeff_gives_the_textbook_digit() {
        assert_eq!(verhoeff_digit("236"), 3);
        assert_eq!(verhoeff_digit("12345"), 1);
        assert_eq!(verhoeff_digit("142857"), 0);
    }
}
