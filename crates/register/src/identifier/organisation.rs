//! Numbers of organisations: SOR, CVR, production unit, provider number, location number, hospital code.

/// A text that is not a number of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnOrganisation {
    /// Not eight digits with the check digit of the business register.
    #[error("a CVR number has eight digits with a check digit")]
    Cvr,
    /// Not ten digits.
    #[error("a production unit has ten digits")]
    ProductionUnit,
    /// Not thirteen digits with a check digit.
    #[error("a location number (GLN) has thirteen digits with a check digit")]
    Gln,
    /// Not a SOR number.
    #[error("a SOR number has 6 to 18 digits")]
    Sor,
    /// Not a provider number.
    #[error("a provider number has five or six digits")]
    Yder,
    /// Not a hospital code.
    #[error("a SHAK code has 4, 6 or 7 characters, digits and capitals")]
    Shak,
}

/// What a check digit says where a false one is no reason to refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Check {
    /// It fits.
    Fits,
    /// It does not: shown as a warning.
    Warns,
}

macro_rules! digits {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The number as written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}

digits!(/** A number of the central business register. */ Cvr);
digits!(/** A production unit (P-number). Its check digit is not looked at: they are issued with other weights. */ ProductionUnit);
digits!(/** A GLN or EAN-13 location number. */ Gln);
digits!(/** A number of the health care organisation register. */ Sor);
digits!(/** A provider number, given out again over time. */ Yder);
digits!(/** A hospital code: 4 characters hospital, 6 department, 7 section. */ Shak);

fn all_digits(text: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn values(text: &str) -> impl DoubleEndedIterator<Item = u32> + '_ {
    text.bytes().map(|b| u32::from(b.wrapping_sub(b'0')))
}

impl Cvr {
    /// Reads eight digits; a false check digit is refused.
    ///
    /// # Errors
    /// [`NotAnOrganisation::Cvr`].
    pub fn parse(text: &str) -> Result<Self, NotAnOrganisation> {
        let text = text.trim();
        let sum: u32 = values(text).zip([2, 7, 6, 5, 4, 3, 2, 1]).map(|(value, weight)| value * weight).sum();
        if all_digits(text, 8..=8) && sum.is_multiple_of(11) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnOrganisation::Cvr)
        }
    }
}

impl ProductionUnit {
    /// Reads ten digits.
    ///
    /// # Errors
    /// [`NotAnOrganisation::ProductionUnit`].
    pub fn parse(text: &str) -> Result<Self, NotAnOrganisation> {
        let text = text.trim();
        if all_digits(text, 10..=10) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnOrganisation::ProductionUnit)
        }
    }
}

impl Gln {
    /// Reads thirteen digits; a false check digit is refused.
    ///
    /// # Errors
    /// [`NotAnOrganisation::Gln`].
    pub fn parse(text: &str) -> Result<Self, NotAnOrganisation> {
        let text = text.trim();
        if !all_digits(text, 13..=13) {
            return Err(NotAnOrganisation::Gln);
        }
        let sum: u32 =
            values(text).take(12).zip([1, 3].into_iter().cycle()).map(|(value, weight)| value * weight).sum();
        if values(text).next_back() == Some((10 - sum % 10) % 10) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnOrganisation::Gln)
        }
    }
}

impl Sor {
    /// Reads a SOR number. Official examples hold one with a false check digit, so that is a warning: see [`Sor::check`].
    ///
    /// # Errors
    /// [`NotAnOrganisation::Sor`].
    pub fn parse(text: &str) -> Result<Self, NotAnOrganisation> {
        let text = text.trim();
        if all_digits(text, 6..=18) { Ok(Self(text.to_owned())) } else { Err(NotAnOrganisation::Sor) }
    }

    /// Whether the check digit of SNOMED identifiers (Verhoeff) fits.
    #[must_use]
    pub fn check(&self) -> Check {
        if verhoeff(&self.0) == 0 { Check::Fits } else { Check::Warns }
    }
}

impl Yder {
    /// Reads five digits, or six with a zero before them.
    ///
    /// # Errors
    /// [`NotAnOrganisation::Yder`].
    pub fn parse(text: &str) -> Result<Self, NotAnOrganisation> {
        let text = text.trim();
        let short = if text.len() == 6 { text.strip_prefix('0').unwrap_or(text) } else { text };
        if all_digits(short, 5..=6) { Ok(Self(short.to_owned())) } else { Err(NotAnOrganisation::Yder) }
    }
}

impl Shak {
    /// Reads a hospital code.
    ///
    /// # Errors
    /// [`NotAnOrganisation::Shak`].
    pub fn parse(text: &str) -> Result<Self, NotAnOrganisation> {
        let text = text.trim().to_ascii_uppercase();
        let fits = matches!(text.len(), 4 | 6 | 7) && text.bytes().all(|b| b.is_ascii_alphanumeric());
        if fits { Ok(Self(text)) } else { Err(NotAnOrganisation::Shak) }
    }
}

/// The remainder of Verhoeff's check, zero if it fits. It works in the group of symmetries of a pentagon: 0 to 4 turn, 5 to 9 turn over.
fn verhoeff(text: &str) -> u32 {
    const PERMUTATION: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let permuted = |value: u32, times: usize| {
        (0..times % 8).fold(value, |value, _| PERMUTATION.get(value as usize).copied().unwrap_or(value))
    };
    values(text).rev().enumerate().fold(0, |sum, (position, value)| compose(sum, permuted(value, position)))
}

fn compose(a: u32, b: u32) -> u32 {
    match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => 5 + (a + b) % 5,
        (false, true) => 5 + (a + 5 - b) % 5,
        (false, false) => (a + 5 - b) % 5,
    }
}

/// What links an organisation of the world to an organisation of the register.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrganisationNumber {
    /// Health care organisation register.
    Sor(Sor),
    /// Business register.
    Cvr(Cvr),
    /// Production unit.
    ProductionUnit(ProductionUnit),
    /// Provider number and the day from which it is this provider's: numbers are given out again.
    Yder(Yder, Option<jiff::civil::Date>),
    /// Location number.
    Gln(Gln),
    /// Hospital code.
    Shak(Shak),
}

impl OrganisationNumber {
    /// Kind and value in one unambiguous form.
    pub(crate) fn canonical(&self) -> String {
        match self {
            Self::Sor(number) => format!("sor|{}", number.as_str()),
            Self::Cvr(number) => format!("cvr|{}", number.as_str()),
            Self::ProductionUnit(number) => format!("p|{}", number.as_str()),
            Self::Yder(number, None) => format!("yder|{}", number.as_str()),
            Self::Yder(number, Some(from)) => format!("yder|{}|{from}", number.as_str()),
            Self::Gln(number) => format!("gln|{}", number.as_str()),
            Self::Shak(number) => format!("shak|{}", number.as_str()),
        }
    }
}
