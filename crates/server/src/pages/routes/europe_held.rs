//! The operator decides on keys that wait: one proposes, another agrees (threats 4.12).

use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;
use services::smittestop::gateway::Reason;
use services::smittestop::gateway::release::Decision;

use super::super::frame::{Frame, again};
use super::super::view::europe::Reader;
use super::europe::show;
use crate::federation::{Fresh, Person, Said, Which};
use crate::posted::Posted;
use crate::problem::{Code, Problem};
use crate::session::Persona;

/// A login that is older is asked for again.
const FRESH_LOGIN_SECONDS: u64 = 300;
/// The page that the forms stand on.
const PAGE: &str = "operator/europe";

/// What is said of which delivery.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Sent {
    country: String,
    day: String,
    tag: String,
    decision: String,
}

pub(in crate::pages) async fn to_operator(frame: Frame) -> Result<Response, Problem> {
    frame.go(PAGE)
}

pub(in crate::pages) async fn decide(frame: Frame, Posted(sent): Posted<Sent>) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Operator])?;
    let between = frame.app.between();
    between.client.as_ref().ok_or(Code::NotFound)?;
    let day: Date = sent.day.parse().map_err(|_| Code::Malformed)?;
    let which = Which { country: sent.country, day, tag: sent.tag };
    let decision = match sent.decision.as_str() {
        "release" => Decision::Release,
        "discard" => Decision::Discard,
        "take-back" => {
            between.takes_back(&which, who.account_key());
            return frame.go(&format!("{PAGE}?done=taken-back-proposal"));
        }
        _ => return Err(Code::Malformed.into()),
    };
    if who.login_age_seconds() > FRESH_LOGIN_SECONDS {
        return Err(Code::StepUpNeeded.into());
    }
    let state = between.state(Fresh::Now).await?;
    let is_it =
        |country: &str, day, tag: &str| (country, day, tag) == (&which.country, which.day, &which.tag);
    if !state.held.iter().any(|one| is_it(&one.country, one.day, &one.tag)) {
        return not_done(&frame, "europe-held-gone").await;
    }
    let person = Person { account: who.account_key(), name: who.name() };
    match between.says(&which, decision, person).await {
        Ok(Said::Proposed) => frame.go(&format!("{PAGE}?done=proposed")),
        Ok(Said::SamePerson) | Err(services::Error::Not(Reason::NotTwo)) => {
            not_done(&frame, "europe-held-same").await
        }
        Ok(Said::Agreed(_)) => frame.go(&match decision {
            Decision::Release => format!("{PAGE}?done=released"),
            Decision::Discard => format!("{PAGE}?done=discarded"),
        }),
        Err(services::Error::Not(Reason::NotHeld)) => not_done(&frame, "europe-held-gone").await,
        Err(problem) => Err(problem.into()),
    }
}

/// The page again, with why nothing was done.
async fn not_done(frame: &Frame, key: &'static str) -> Result<Response, Problem> {
    let mut europe = show(frame, Reader::Operator).await?;
    europe.not_done = Some(key);
    again(&europe)
}
