//! The page that stands where a problem stood: why, and what to do. Status and common headers are put on by the caller.

use std::num::NonZeroU64;

use axum::response::{Html, IntoResponse, Response};
use notice::Refusal;
use notice::render::refusal_words;

use super::frame::{page, shell};
use super::view::Shell;
use super::view::care::{Refused, Way};
use super::view::states::{Kind, State};
use crate::app::App;
use crate::problem::{Code, Problem, Stood};
use crate::visitor::Visitor;

/// The page of a problem.
pub fn error_page(app: &App, visitor: &Visitor, problem: &Problem) -> Response {
    let p = shell(app, visitor);
    let made = match (&problem.refusal, problem.code) {
        (Some(refusal), Code::Refused) => page(&refused(app, p, refusal)),
        (Some(_) | None, _) => match &problem.stood {
            Some(stood) => page(&gone(p, stood)),
            None => page(&state(p, visitor, problem)),
        },
    };
    made.unwrap_or_else(|_| Html(String::new()).into_response())
}

fn state(p: Shell, visitor: &Visitor, problem: &Problem) -> State {
    let entry = problem.code.entry();
    let lang = visitor.lang;
    let fields = problem.fields.iter().map(|field| field.problem.get(lang).to_owned());
    let reason = problem.reason.iter().map(|(_, words)| words.get(lang).to_owned());
    let changes = problem.changes.reveal().iter().map(|change| change.get(lang).to_owned());
    State {
        kind: kind(problem.code),
        title: entry.title().get(lang).to_owned(),
        advice: entry.advice().get(lang).to_owned(),
        lines: reason.chain(fields).chain(changes).collect(),
        event: problem.event.map(|event| event.to_string()),
        retry_after: problem.retry_after_seconds.map(NonZeroU64::get),
        then: Some(visitor.path.clone()),
        p,
    }
}

/// What stood here, since when such things go and under which clause. No content, and the same whether it ever was.
fn gone(p: Shell, stood: &Stood) -> State {
    let lang = p.lang;
    let mut lines = vec![
        p.t1("state-erased-what", "what", stood.title.get(lang)),
        p.t1("state-erased-rule", "rule", stood.rule.get(lang)),
    ];
    lines.extend(stood.last.map(|at| p.t1("state-erased-last", "when", p.plain_moment(at))));
    State { lines, ..State::of(p, Kind::Erased) }
}

/// The state that a code belongs to.
fn kind(code: Code) -> Kind {
    match code {
        Code::NotSignedIn | Code::StepUpNeeded => Kind::NotSignedIn,
        Code::SessionEnded => Kind::Ended,
        Code::Refused | Code::LoginLevelTooLow | Code::BadCredentials | Code::CrossSite => Kind::Refused,
        Code::NotFound | Code::MethodNotAllowed => Kind::WrongAddress,
        Code::TooMany => Kind::TooMuch,
        Code::Conflict | Code::VersionChanged | Code::InProgress => Kind::Conflict,
        Code::BrokerUnavailable
        | Code::TookTooLong
        | Code::StorageFull
        | Code::DatabaseUnavailable
        | Code::KeysUnavailable
        | Code::Closing => Kind::Offline,
        Code::SealBroken | Code::Internal | Code::LoginFailed => Kind::Failed,
        Code::Malformed
        | Code::UnknownField
        | Code::Unfit
        | Code::NotInThisState
        | Code::UnsupportedMediaType
        | Code::TooLarge
        | Code::AddressTooLong
        | Code::HeadersTooLarge
        | Code::VersionMissing
        | Code::IdempotencyKeyMissing
        | Code::IdempotencyKeyReused
        | Code::BadCursor => Kind::Malformed,
    }
}

fn refused(app: &App, p: Shell, refusal: &Refusal) -> Refused {
    let words = refusal_words(app.policy(), refusal, p.lang);
    let patient = patient_of(&p.here);
    let ways = match &patient {
        Some(patient) => for_patient(&p, patient),
        None => words
            .instead
            .iter()
            .map(|way| Way { title: way.title.clone(), text: String::new(), href: None })
            .collect(),
    };
    let written = if patient.is_some() { "refused-written" } else { "refused-written-own" };
    let asked = app.policy().use_name(refusal.use_id);
    let why = words.told.unwrap_or_else(|| words.clause.clone());
    Refused {
        patient,
        why,
        clause: words.clause,
        asked: format!("{} ({asked})", words.asked),
        ways,
        written,
        p,
    }
}

/// The three lawful ways to a patient's record.
fn for_patient(p: &Shell, patient: &str) -> Vec<Way> {
    let way = |word: &str, href: Option<String>| Way {
        title: p.t(format!("way-{word}")),
        text: p.t(format!("way-{word}-text")),
        href,
    };
    vec![
        way("relation", None),
        way("consent", Some(p.under("patients", patient, "consent"))),
        way("emergency", Some(p.under("patients", patient, "emergency"))),
    ]
}

/// The patient whose page was asked for.
fn patient_of(here: &str) -> Option<String> {
    let id = here.strip_prefix("patients/")?.split('/').next()?;
    id.parse::<notice::Id<notice::id::Person>>().ok().map(|id| id.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ways_forward_lead_to_the_patient_that_was_asked_for() {
        let id = "00000000000000000000000000000001";
        assert_eq!(patient_of(&format!("patients/{id}/card")).as_deref(), Some(id));
        assert_eq!(patient_of("patients/find"), None);
        assert_eq!(patient_of("me/log"), None);
    }
}
