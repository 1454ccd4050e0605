//! Numbers by which states and registers know people and professionals. Parsed at the edge, one way in.

use crate::personal::Personal;

/// A civil registration number (CPR), ten digits.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Cpr(String);

impl std::fmt::Debug for Cpr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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

impl Cpr {
    /// Reads `2512489996` or `251248-9996`. The check digit is not looked at: numbers without one are valid.
    ///
    /// # Errors
    /// [`NotACpr`] says what is wrong and not what was given.
    pub fn parse(text: &str) -> Result<Self, NotACpr> {
        let digits: String = text.trim().chars().filter(|c| *c != '-').collect();
        if digits.len() != 10 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotACpr::Shape);
        }
        Ok(Self(digits))
    }

    /// The ten digits. Each call is a place to review.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// An authorisation id of five characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AuthorisationId(String);

/// What links a person of the world to a person of the register.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Identifier {
    /// Civil registration number.
    Cpr(Cpr),
    /// Authorisation id.
    Authorisation(AuthorisationId),
    /// Issuer and subject of an OpenID Connect login.
    Login {
        /// Issuer.
        issuer: String,
        /// Subject at the issuer.
        subject: Personal<String>,
    },
}
