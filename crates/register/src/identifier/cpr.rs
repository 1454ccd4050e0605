//! The civil registration number and its replacements for people who have none.

use std::fmt;

use jiff::civil::Date;

/// A civil registration number (CPR), ten digits.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Cpr(String);

impl fmt::Debug for Cpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(cpr)")
    }
}

/// A text that is not a civil registration number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotACpr {
    /// Not ten digits.
    #[error("a CPR number has ten digits, with or without a hyphen")]
    Shape,
    /// The first six are not a date.
    #[error("the first six digits of a CPR number are a date of birth")]
    Date,
}

/// Sex as the last digit says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// Even.
    Female,
    /// Odd.
    Male,
}

impl Cpr {
    /// Reads `2512489996` or `251248-9996`. The check digit is not looked at: numbers without one are valid.
    ///
    /// # Errors
    /// [`NotACpr`] says what is wrong and not what was given.
    pub fn parse(text: &str) -> Result<Self, NotACpr> {
        let digits = without_hyphen(text.trim());
        if digits.len() != 10 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotACpr::Shape);
        }
        birth_date(&digits).ok_or(NotACpr::Date)?;
        Ok(Self(digits))
    }

    /// The ten digits. Each call is a place to review.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The date of birth, its century by the seventh digit.
    #[must_use]
    pub fn birth_date(&self) -> Date {
        // Parsing has made sure that there is one.
        birth_date(&self.0).unwrap_or(Date::constant(1900, 1, 1))
    }

    /// Sex by the last digit.
    #[must_use]
    pub fn sex(&self) -> Sex {
        if self.0.bytes().last().is_some_and(|b| b % 2 == 0) { Sex::Female } else { Sex::Male }
    }

    /// The remainder of the old check. For information only: valid numbers without it are issued since 2007.
    #[must_use]
    pub fn mod11_remainder(&self) -> u32 {
        let weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
        self.0.bytes().zip(weights).map(|(b, weight)| u32::from(b - b'0') * weight).sum::<u32>() % 11
    }
}

/// Takes the hyphen out where people write it and leaves any other as a fault.
fn without_hyphen(text: &str) -> String {
    match text.split_once('-') {
        Some((date, serial)) if date.len() == 6 && serial.len() == 4 => format!("{date}{serial}"),
        Some(_) | None => text.to_owned(),
    }
}

fn number(digits: &str, range: std::ops::Range<usize>) -> Option<i16> {
    digits.get(range)?.parse().ok()
}

/// The date that a number says, 29 February of the right years included.
fn birth_date(digits: &str) -> Option<Date> {
    let (day, month, year) = (number(digits, 0..2)?, number(digits, 2..4)?, number(digits, 4..6)?);
    let century = match (number(digits, 6..7)?, year) {
        (0..=3, _) | (4 | 9, 37..=99) => 1900,
        (5..=8, 58..=99) => 1800,
        _ => 2000,
    };
    Date::new(century + year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Who gave a replacement number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReplacementKind {
    /// X-eCPR, unique in the country.
    National,
    /// D-eCPR: regions give them out on their own, so that two people may have the same.
    Regional,
}

impl ReplacementKind {
    /// The identifier system.
    #[must_use]
    pub const fn system(self) -> &'static str {
        match self {
            Self::National => "urn:oid:1.2.208.176.1.6.1.1",
            Self::Regional => "urn:oid:1.2.208.176.1.6.1.3",
        }
    }
}

/// A number for a person without a CPR number: `0703921VJ4`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Replacement {
    kind: ReplacementKind,
    number: String,
}

impl fmt::Debug for Replacement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(replacement number)")
    }
}

/// A text that is not a replacement number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a replacement number has a date of six digits, a digit, two letters and a digit")]
pub struct NotAReplacement;

impl Replacement {
    /// Reads a replacement number; the seventh character tells national from regional.
    ///
    /// # Errors
    /// [`NotAReplacement`] for any other shape or an impossible date.
    pub fn parse(text: &str) -> Result<Self, NotAReplacement> {
        let number = without_hyphen(text.trim()).to_ascii_uppercase();
        let kind = match number.as_bytes() {
            [.., digit, a, b, last]
                if a.is_ascii_uppercase() && b.is_ascii_uppercase() && last.is_ascii_digit() =>
            {
                match digit {
                    b'1' | b'7' => ReplacementKind::National,
                    b'0' | b'5' | b'6' => ReplacementKind::Regional,
                    _ => return Err(NotAReplacement),
                }
            }
            _ => return Err(NotAReplacement),
        };
        let date_fits =
            number.len() == 10 && number.bytes().take(6).all(|b| b.is_ascii_digit()) && dates(&number);
        if date_fits { Ok(Self { kind, number }) } else { Err(NotAReplacement) }
    }

    /// Who gave it.
    #[must_use]
    pub const fn kind(&self) -> ReplacementKind {
        self.kind
    }

    /// The ten characters. Each call is a place to review.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.number
    }
}

/// Whether the first six digits are a date in some century.
fn dates(number: &str) -> bool {
    let part = |range| number.get(range).and_then(|text: &str| text.parse::<i8>().ok());
    let (Some(day), Some(month), Some(year)) = (part(0..2), part(2..4), part(4..6)) else { return false };
    [1800, 1900, 2000].into_iter().any(|century| Date::new(century + i16::from(year), month, day).is_ok())
}
