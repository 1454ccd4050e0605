//! Numbers by which states and registers know people and professionals. Parsed at the edge, one way in.

mod cpr;
mod organisation;
#[cfg(test)]
mod tests;

pub use cpr::{Cpr, NotACpr, NotAReplacement, Replacement, ReplacementKind, Sex};
pub use organisation::{
    Check, Cvr, Gln, NotAnOrganisation, OrganisationNumber, ProductionUnit, Shak, Sor, Yder,
};

use crate::personal::Personal;

/// An authorisation id of five characters, consonants and digits; the characters mean nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AuthorisationId(String);

/// A text that is not an authorisation id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an authorisation id has five characters, consonants and digits")]
pub struct NotAnAuthorisationId;

impl AuthorisationId {
    /// Reads `005ML`; small letters are read as capitals.
    ///
    /// # Errors
    /// [`NotAnAuthorisationId`] for any other shape.
    pub fn parse(text: &str) -> Result<Self, NotAnAuthorisationId> {
        let text = text.trim().to_ascii_uppercase();
        let fits = |b: u8| b.is_ascii_digit() || (b.is_ascii_uppercase() && !b"AEIOU".contains(&b));
        if text.len() == 5 && text.bytes().all(fits) { Ok(Self(text)) } else { Err(NotAnAuthorisationId) }
    }

    /// The five characters, as printed in the public register.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What links a person of the world to a person of the register.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Identifier {
    /// Civil registration number.
    Cpr(Cpr),
    /// A replacement for people without one.
    Replacement(Replacement),
    /// Authorisation id.
    Authorisation(AuthorisationId),
    /// Issuer and subject of an OpenID Connect login.
    Login {
        /// Issuer.
        issuer: String,
        /// Subject at the issuer.
        subject: Personal<String>,
    },
    /// What a controller itself knows somebody by, such as a member number or an e-mail address.
    Own(OwnId),
}

/// What a controller itself knows somebody by. Capital and small letters are the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OwnId {
    controller: String,
    id: Personal<String>,
}

/// A text that is not an own id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an own id has 1 to 200 characters and is no civil registration number")]
pub struct NotAnOwnId;

impl OwnId {
    /// Reads an id that means something at one controller only.
    ///
    /// # Errors
    /// [`NotAnOwnId`] for an empty or long text, and for a civil registration number: that is named as what it is.
    pub fn parse(controller: &str, text: &str) -> Result<Self, NotAnOwnId> {
        let id = text.trim().to_lowercase();
        let fits = (1..=200).contains(&id.chars().count()) && !id.chars().any(char::is_control);
        if !fits || Identifier::person_number(&id).is_ok() {
            return Err(NotAnOwnId);
        }
        Ok(Self { controller: controller.to_owned(), id: Personal::new(id) })
    }
}

impl Identifier {
    /// Reads the number of a person: a civil registration number, or the national replacement of one who has none.
    /// Regional replacements are not read: those of two regions may be the same.
    ///
    /// # Errors
    /// [`NotACpr`] says what is wrong and not what was given.
    pub fn person_number(text: &str) -> Result<Self, NotACpr> {
        match Replacement::parse(text) {
            Ok(number) if number.kind() == ReplacementKind::National => Ok(Self::Replacement(number)),
            Ok(_) | Err(_) => Cpr::parse(text).map(Self::Cpr),
        }
    }

    /// Kind and value in one unambiguous form, for the keyed hash and for nothing else.
    pub(crate) fn canonical(&self) -> zeroize::Zeroizing<Vec<u8>> {
        let (kind, parts): (&str, [&str; 2]) = match self {
            Self::Cpr(cpr) => ("cpr", ["", cpr.reveal()]),
            Self::Replacement(number) => ("replacement", [number.kind().system(), number.reveal()]),
            Self::Authorisation(id) => ("authorisation", ["", id.as_str()]),
            Self::Login { issuer, subject } => ("login", [issuer, subject.reveal()]),
            Self::Own(own) => ("own", [&own.controller, own.id.reveal()]),
        };
        let mut bytes = zeroize::Zeroizing::new(Vec::with_capacity(64));
        for part in [kind, parts[0], parts[1]] {
            bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        bytes
    }
}
