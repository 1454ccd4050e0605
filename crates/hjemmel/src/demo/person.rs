//! A person of the synthetic country.

use jiff::civil::Date;

/// Sex as the civil registration number tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// Even last digit.
    Female,
    /// Odd last digit.
    Male,
}

impl Sex {
    /// The code in the content of basic data.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }
}

/// By which number a person is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
    /// A published test number of MedCom.
    Cpr(&'static str),
    /// A national replacement number.
    Replacement(String),
}

impl Number {
    /// As written.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Cpr(number) => number,
            Self::Replacement(number) => number,
        }
    }
}

/// Where somebody lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub code: &'static str,
    /// Town.
    pub town: &'static str,
}

/// A person.
#[derive(Clone, Debug)]
pub struct Person {
    /// Position in the country.
    pub index: usize,
    /// Number of the state.
    pub number: Number,
    /// Given names.
    pub given: String,
    /// Family name.
    pub family: String,
    /// Sex.
    pub sex: Sex,
    /// Date of birth.
    pub born: Date,
    /// Home.
    pub address: Address,
    /// Whether the address is protected.
    pub protected: bool,
    /// Insurance group 1 or 2.
    pub insurance_group: u8,
    /// The practice of the general practitioner, by position.
    pub practice: usize,
    /// Those who have custody, by position.
    pub parents: Vec<usize>,
    /// Date of death.
    pub died: Option<Date>,
}

impl Person {
    /// Given names and family name.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    /// Whole years on a day.
    #[must_use]
    pub fn age(&self, on: Date) -> i64 {
        let years = i64::from(on.year()) - i64::from(self.born.year());
        let before = (on.month(), on.day()) < (self.born.month(), self.born.day());
        years - i64::from(before)
    }

    /// The last day of the life as far as the country knows.
    #[must_use]
    pub fn until(&self, today: Date) -> Date {
        self.died.map_or(today, |died| died.min(today))
    }
}
