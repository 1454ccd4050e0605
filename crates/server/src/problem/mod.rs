//! What goes wrong on a surface: one stable code each, a problem (RFC 9457) to a program and a page to a person.
//!
//! Invariant: a problem never repeats what the caller sent, and a failure of ours shows an event id and nothing else.

mod table;

use std::fmt;
use std::num::NonZeroU64;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use notice::{Bilingual, Lang, Refusal};
use register::{Personal, Unavailable};

pub use table::Code;

/// One row of the table of codes.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The stable code.
    pub slug: &'static str,
    /// HTTP status.
    pub status: u16,
    /// What happened, in Danish and English.
    pub title: (&'static str, &'static str),
    /// What the caller should do, in Danish and English.
    pub advice: (&'static str, &'static str),
}

impl Entry {
    /// What happened.
    #[must_use]
    pub fn title(&self) -> Bilingual {
        Bilingual { da: self.title.0.to_owned(), en: self.title.1.to_owned() }
    }

    /// What the caller should do.
    #[must_use]
    pub fn advice(&self) -> Bilingual {
        Bilingual { da: self.advice.0.to_owned(), en: self.advice.1.to_owned() }
    }
}

/// The number under which a failure stands in the technical log; means nothing outside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventId(pub u64);

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// A field that does not fit: its name and what is wrong, never its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// Path of the field in the request, such as `dosage.periods.0.from`.
    pub field: String,
    /// Stable code, such as `reason-too-short`.
    pub code: String,
    /// What is wrong, for people.
    pub problem: Bilingual,
}

/// What went wrong, as an answer.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Its code.
    pub code: Code,
    /// The refusal of the notice, if it was one: names the clause and the lawful ways forward.
    pub refusal: Option<Box<Refusal>>,
    /// Fields that do not fit.
    pub fields: Vec<FieldProblem>,
    /// What happened meanwhile, for a conflict, as far as the caller may see it.
    pub changes: Personal<Vec<Bilingual>>,
    /// The action's own reason: its stable code and what is the matter.
    pub reason: Option<(&'static str, Box<Bilingual>)>,
    /// After how many seconds another try makes sense.
    pub retry_after_seconds: Option<NonZeroU64>,
    /// The number of the failure in the technical log.
    pub event: Option<EventId>,
    /// What kind of record stands or stood at the address, said alike whether there ever was one.
    pub stood: Option<Box<Stood>>,
}

/// What would stand at an address where nothing does: nothing of it depends on whether anything ever did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stood {
    /// The register.
    pub title: Bilingual,
    /// When its records go.
    pub rule: Bilingual,
    /// When some of them last went.
    pub last: Option<jiff::Timestamp>,
}

impl Problem {
    /// A problem of this code and nothing more to say.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self {
            code,
            refusal: None,
            fields: Vec::new(),
            changes: Personal::default(),
            reason: None,
            retry_after_seconds: None,
            event: None,
            stood: None,
        }
    }

    /// A field that does not fit.
    #[must_use]
    pub fn field(mut self, field: &str, code: &str, da: &str, en: &str) -> Self {
        self.fields.push(FieldProblem {
            field: field.to_owned(),
            code: code.to_owned(),
            problem: Bilingual { da: da.to_owned(), en: en.to_owned() },
        });
        self
    }

    /// When to come back.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_seconds = NonZeroU64::new(seconds);
        self
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.code.entry().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl From<Box<Refusal>> for Problem {
    fn from(refusal: Box<Refusal>) -> Self {
        let code = match refusal.clause {
            notice::policy::ClauseId::StepUp => Code::StepUpNeeded,
            // Threats T6: whoever comes in a role that has no part in the use is not told what is here.
            notice::policy::ClauseId::Role => Code::NotFound,
            notice::policy::ClauseId::Verb
            | notice::policy::ClauseId::Missing(_)
            | notice::policy::ClauseId::Against(_)
            | notice::policy::ClauseId::NotInForce => Code::Refused,
        };
        Self { refusal: Some(refusal), ..Self::new(code) }
    }
}

impl From<Unavailable> for Problem {
    fn from(unavailable: Unavailable) -> Self {
        match unavailable {
            Unavailable::DiskFull => Self::new(Code::StorageFull).retry_after(60),
            Unavailable::Engine => Self::new(Code::DatabaseUnavailable).retry_after(10),
            Unavailable::Keys => Self::new(Code::KeysUnavailable).retry_after(60),
            Unavailable::Tampered => Self::new(Code::SealBroken),
            Unavailable::Undeclared(_) => Self::new(Code::Internal),
            Unavailable::Closing => Self::new(Code::Closing).retry_after(5),
        }
    }
}

impl From<register::Denied> for Problem {
    fn from(denied: register::Denied) -> Self {
        match denied {
            register::Denied::Refused(refusal) => refusal.into(),
            register::Denied::Unavailable(unavailable) => unavailable.into(),
        }
    }
}

impl<Own: services::Explain> From<services::Error<Own>> for Problem {
    fn from(error: services::Error<Own>) -> Self {
        match error {
            services::Error::Refused(refusal) => refusal.into(),
            services::Error::Unavailable(unavailable) => unavailable.into(),
            services::Error::Conflict(changes) => Self { changes, ..Self::new(Code::Conflict) },
            services::Error::Invalid(problems) => Self {
                fields: problems
                    .into_iter()
                    .map(|one| FieldProblem {
                        field: one.field,
                        code: one.code.to_owned(),
                        problem: one.words,
                    })
                    .collect(),
                ..Self::new(Code::Unfit)
            },
            services::Error::Not(own) => {
                let words = Bilingual { da: own.words(Lang::Da), en: own.words(Lang::En) };
                // What is not there is not found, whether it is another's or nobody's (threats T6).
                let code =
                    if own.code().starts_with("no-such-") { Code::NotFound } else { Code::NotInThisState };
                Self { reason: Some((own.code(), Box::new(words))), ..Self::new(code) }
            }
        }
    }
}

/// Carries the problem to the layer that knows whether a page or a program asked.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Box::new(self));
        response
    }
}
