//! Decoys: a phone that only pretends is answered like those that lately did not, in size and in time. Nothing is stored.
//! So is one that is refused.

use std::collections::VecDeque;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::answer::{Published, Refused, padded};
use crate::app::App;

/// So many uploads are remembered, by how long they took and how many IDs were taken.
const REMEMBERED: usize = 128;
/// Nobody is kept waiting longer.
const LONGEST: Duration = Duration::from_millis(1_000);
/// Before anybody uploaded: a fortnight of IDs, in the time that a disk takes.
const USUAL: Sample = Sample { seconds: 0.02, inserted: 14, token_bytes: 900 };

/// An upload that was answered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    pub(crate) seconds: f64,
    pub(crate) inserted: usize,
    pub(crate) token_bytes: usize,
}

/// The latest uploads, without anything of theirs.
#[derive(Debug, Default)]
pub(crate) struct Traffic(VecDeque<Sample>);

impl Traffic {
    pub(crate) fn remember(&mut self, sample: Sample) {
        if self.0.len() >= REMEMBERED {
            self.0.pop_front();
        }
        self.0.push_back(sample);
    }

    fn draw(&self, random: u64) -> Sample {
        let count = u64::try_from(self.0.len()).unwrap_or(1).max(1);
        let drawn = usize::try_from(random % count).ok().and_then(|at| self.0.get(at));
        drawn.copied().unwrap_or(USUAL)
    }
}

/// The answer to a decoy that came at this moment.
pub(crate) async fn answer(app: &App, began: f64) -> Response {
    let sample = drawn(app);
    let mut token = vec![0; sample.token_bytes];
    app.randomness().fill(&mut token);
    let body = Published {
        revision_token: Some(STANDARD.encode(token)),
        inserted_exposures: sample.inserted,
        ..Published::default()
    };
    wait(app, sample, began).await;
    padded(StatusCode::OK, &body, app.randomness())
}

/// A refusal is quickly found; it is told no sooner than an upload is taken.
pub(crate) async fn refused(app: &App, why: Refused, began: f64) -> Response {
    as_lately(app, began).await;
    padded(why.status, &Published::from(why), app.randomness())
}

/// Until as long has passed as one of the latest uploads took.
pub(crate) async fn as_lately(app: &App, began: f64) {
    wait(app, drawn(app), began).await;
}

/// One of the latest uploads.
fn drawn(app: &App) -> Sample {
    let mut random = [0; 8];
    app.randomness().fill(&mut random);
    app.key_server().map_or(USUAL, |server| {
        server
            .traffic
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .draw(u64::from_be_bytes(random))
    })
}

/// Until as long has passed as that one took.
async fn wait(app: &App, sample: Sample, began: f64) {
    let spent = Duration::from_secs_f64((app.clock().monotonic_seconds() - began).max(0.0));
    let wanted = Duration::try_from_secs_f64(sample.seconds.max(0.0)).unwrap_or(LONGEST).min(LONGEST);
    tokio::time::sleep(wanted.saturating_sub(spent)).await;
}
