//! Why an action did not do what it was asked: the same five answers everywhere.
//!
//! Invariant: whether a person or a record exists cannot be read from an error. What is unknown is refused like what is not allowed.

use notice::{Bilingual, Lang, Refusal};
use register::{ChangeError, Denied, Personal, Unavailable};

/// An action was not carried out; nothing was written. `Own` is what this action's caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error<Own: Explain = Nothing> {
    /// The notice does not allow it: a result, in the log already, with the clause and the way forward.
    #[error("refused by the notice")]
    Refused(Box<Refusal>),
    /// The register cannot answer now.
    #[error(transparent)]
    Unavailable(Unavailable),
    /// Somebody else changed it first. What was changed since, as far as it can be told; read again.
    #[error("it was changed meanwhile; read it again")]
    Conflict(Personal<Vec<Bilingual>>),
    /// What was sent cannot be taken; every problem at once.
    #[error("{} of what was sent cannot be taken", .0.len())]
    Invalid(Vec<Problem>),
    /// A state in which this cannot be done.
    #[error("{}", .0.words(Lang::En))]
    Not(Own),
}

/// One field that cannot be taken, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field by its name in the request, such as `dosage.unit`.
    pub field: String,
    /// Stable code, such as `reason-too-short`.
    pub code: &'static str,
    /// What is wrong and what to do. Never holds what was typed.
    pub words: Bilingual,
}

impl Problem {
    /// A problem with a field.
    #[must_use]
    pub fn new(
        field: impl Into<String>,
        code: &'static str,
        da: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self { field: field.into(), code, words: Bilingual { da: da.into(), en: en.into() } }
    }
}

/// A reason that is told to people in words and to programs by a stable code.
pub trait Explain: std::fmt::Debug {
    /// Stable code, such as `not-stopped`.
    fn code(&self) -> &'static str;
    /// What is the matter and what to do, without personal data.
    fn words(&self, lang: Lang) -> String;
}

/// An action that has no reasons of its own to say no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {}

impl Explain for Nothing {
    fn code(&self) -> &'static str {
        match *self {}
    }

    fn words(&self, _: Lang) -> String {
        match *self {}
    }
}

impl<Own: Explain> From<Denied> for Error<Own> {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Refused(refusal) => Self::Refused(refusal),
            Denied::Unavailable(unavailable) => Self::Unavailable(unavailable),
        }
    }
}

impl<Own: Explain> From<Unavailable> for Error<Own> {
    fn from(unavailable: Unavailable) -> Self {
        Self::Unavailable(unavailable)
    }
}

impl<Own: Explain> From<ChangeError<Self>> for Error<Own> {
    fn from(error: ChangeError<Self>) -> Self {
        match error {
            ChangeError::Service(own) => own,
            ChangeError::Denied(denied) => denied.into(),
            // What a service writes fits its register: a test holds every draft against the notices.
            ChangeError::Unfit { register, .. } => Self::Unavailable(Unavailable::Undeclared(register)),
            ChangeError::Conflict => Self::Conflict(Personal::new(Vec::new())),
        }
    }
}
