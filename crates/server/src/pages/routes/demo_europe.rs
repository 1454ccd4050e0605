//! The demonstration: let a country misbehave, and see what the others make of it.

use axum::response::Response;
use serde::Deserialize;

use super::super::frame::{Frame, page};
use super::super::view::demo::{Misdeeds, Seen};
use crate::federation::rehearsal::Misdeed;
use crate::posted::Posted;
use crate::problem::{Code, Problem};

/// Taken in.
const TAKEN: u16 = 201;

pub(in crate::pages) async fn misdeeds(frame: Frame) -> Result<Response, Problem> {
    let neighbours = frame.app.demo().and_then(|demo| demo.neighbours.as_ref()).ok_or(Code::NotFound)?;
    let seen = neighbours.last().map(|(misdeed, outcome)| Seen {
        title: format!("misdeed-{}", misdeed.word()),
        keys: u64::try_from(outcome.keys).unwrap_or(u64::MAX),
        taken: match outcome.status {
            0 => None,
            status => Some(status == TAKEN),
        },
        words: outcome.words,
    });
    page(&Misdeeds { p: frame.shell(), words: Misdeed::ALL.map(Misdeed::word).to_vec(), seen })
}

/// What the country does wrong.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Sent {
    misdeed: String,
}

pub(in crate::pages) async fn misbehave(
    frame: Frame,
    Posted(sent): Posted<Sent>,
) -> Result<Response, Problem> {
    let neighbours = frame.app.demo().and_then(|demo| demo.neighbours.clone()).ok_or(Code::NotFound)?;
    let misdeed = Misdeed::of(&sent.misdeed).ok_or(Code::Malformed)?;
    let tried = tokio::task::spawn_blocking(move || neighbours.misbehave(misdeed)).await;
    tried.map_err(|_| Code::Internal)??;
    frame.app.between().look_again();
    frame.go("demo/europe")
}
