//! A reviewer goes through the emergency accesses: what was looked at, whether it was right, and whether its looks are kept for five years.

use axum::extract::Path;
use axum::response::Response;
use notice::Id;
use notice::id::{Person, Record};
use register::Personal;
use serde::Deserialize;
use services::emergency_access::{
    EmergencyAccess, REASON_LETTERS_MIN, Review, Verdict, keep_longer, review, review_queue, see_looks,
};

use super::super::frame::{Frame, again, page};
use super::super::look_view;
use super::super::view::emergencies::{Access, Emergencies, Emergency, Found, Judged, Lateness};
use super::super::view::{Field, Problems};
use super::id;
use crate::posted::Posted;
use crate::problem::{Code, Problem};
use crate::security_log::Happened;
use crate::session::Persona;
use crate::visitor::SignedIn;

fn reviewer(frame: &Frame) -> Result<&SignedIn, Problem> {
    frame.only(&[Persona::Reviewer])
}

pub(in crate::pages) async fn list(frame: Frame) -> Result<Response, Problem> {
    let who = reviewer(&frame)?;
    let which = review_queue::Which::LastYear;
    let all = frame.app.act(who, move |at| review_queue::run(at, review_queue::Request { which })).await?;
    let (waiting, mut reviewed): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.review.is_none());
    reviewed.reverse();
    let view = |one| access(&frame, one);
    page(&Emergencies {
        waiting: waiting.into_iter().map(view).collect(),
        reviewed: reviewed.into_iter().map(view).collect(),
        p: frame.shell(),
    })
}

/// An emergency access, as a page shows it.
pub(super) fn access(frame: &Frame, one: EmergencyAccess) -> Access {
    Access {
        id: one.id.to_string(),
        patient: one.patient.to_string(),
        who: one.professional_name,
        place: one.organisation_name,
        reason: one.reason,
        from: one.from,
        until: one.until,
        number_that_day: one.number_that_day,
        review_by: one.review_by,
        late: if one.review.is_none() && one.review_by < frame.app.now() {
            Lateness::Late
        } else {
            Lateness::InTime
        },
        found: one.review.map(found),
    }
}

fn found(review: Review) -> Found {
    let judged = match review.verdict {
        Verdict::Justified => Judged::Right,
        Verdict::NotJustified => Judged::Wrong,
    };
    Found { judged, note: review.note, at: review.at }
}

/// The address of one emergency access.
struct Which {
    patient: Id<Person>,
    access: Id<Record>,
}

impl Which {
    fn of((_, patient, access): (String, String, String)) -> Result<Self, Problem> {
        Ok(Self { patient: id(&patient)?, access: id(&access)? })
    }

    fn path(&self) -> String {
        format!("officer/people/{}/emergencies/{}", self.patient, self.access)
    }
}

/// What was typed in the two forms.
#[derive(Default)]
struct Typed {
    note: Field,
    reason: Field,
}

pub(in crate::pages) async fn one(
    frame: Frame,
    Path(path): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let which = Which::of(path)?;
    page(&with_looks(&frame, &which, Typed::default()).await?)
}

pub(in crate::pages) async fn to_one(
    frame: Frame,
    Path(path): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    frame.go(&Which::of(path)?.path())
}

async fn with_looks(frame: &Frame, which: &Which, typed: Typed) -> Result<Emergency, Problem> {
    let who = reviewer(frame)?;
    let request = see_looks::Request { patient: which.patient, access: which.access };
    let seen = match frame.app.act(who, move |at| see_looks::run(at, request)).await {
        // One answer for what is unknown and what is another person's.
        Err(services::Error::Not(_)) => return Err(Code::NotFound.into()),
        seen => seen?,
    };
    let looks: Vec<_> = seen.looks.iter().map(|line| look_view::look(frame, line)).collect();
    Ok(Emergency {
        p: frame.shell_at(&which.path()),
        kept: looks.iter().any(|look| look.kept.is_some()),
        looks,
        access: access(frame, seen.access),
        problems: Problems::of(&[("note", &typed.note), ("reason", &typed.reason)]),
        note: typed.note,
        reason: typed.reason,
        letters: REASON_LETTERS_MIN,
    })
}

/// What the reviewer found, as sent.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Sent {
    note: String,
    verdict: String,
}

pub(in crate::pages) async fn judge(
    frame: Frame,
    Path(path): Path<(String, String, String)>,
    Posted(sent): Posted<Sent>,
) -> Result<Response, Problem> {
    let who = reviewer(&frame)?;
    let which = Which::of(path)?;
    let verdict = match sent.verdict.as_str() {
        "justified" => Verdict::Justified,
        "not-justified" => Verdict::NotJustified,
        _ => return Err(Code::Malformed.into()),
    };
    let note = Personal::new(sent.note.trim().to_owned());
    let request = review::Request { patient: which.patient, access: which.access, verdict, note };
    match frame.app.act(who, move |at| review::run(at, request)).await {
        Ok(()) => {
            if verdict == Verdict::NotJustified {
                frame.app.alarm(Happened::EmergencyNotJustified, None, who.account_key(), None);
            }
            frame.go(&format!("{}?done=reviewed", which.path()))
        }
        Err(services::Error::Invalid(problems)) => {
            let words = problems.first().map(|one| frame.say(&one.words)).unwrap_or_default();
            let typed = Typed { note: Field::wrong(sent.note, words), ..Typed::default() };
            again(&with_looks(&frame, &which, typed).await?)
        }
        Err(services::Error::Not(_)) => Err(Code::NotFound.into()),
        Err(other) => Err(other.into()),
    }
}

/// Why the looks are kept, as sent.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Kept {
    reason: String,
}

pub(in crate::pages) async fn keep(
    frame: Frame,
    Path(path): Path<(String, String, String)>,
    Posted(sent): Posted<Kept>,
) -> Result<Response, Problem> {
    let who = reviewer(&frame)?;
    let which = Which::of(path)?;
    let request = keep_longer::Request {
        patient: which.patient,
        looks: keep_longer::Looks::Emergency(which.access),
        reason: Personal::new(sent.reason.trim().to_owned()),
    };
    match frame.app.act(who, move |at| keep_longer::run(at, request)).await {
        Ok(_) => frame.go(&format!("{}?done=kept", which.path())),
        Err(services::Error::Invalid(problems)) => {
            let words = problems.first().map(|one| frame.say(&one.words)).unwrap_or_default();
            let typed = Typed { reason: Field::wrong(sent.reason, words), ..Typed::default() };
            again(&with_looks(&frame, &which, typed).await?)
        }
        Err(services::Error::Not(keep_longer::Missing::Access)) => Err(Code::NotFound.into()),
        Err(other) => Err(other.into()),
    }
}
