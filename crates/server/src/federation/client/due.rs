//! When the exchange runs: every two hours, a few minutes after a failure, at once when the gateway says so.

use std::sync::atomic::Ordering;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use services::smittestop::gateway::{Way, ran};

use super::{Client, Failure};

/// Minutes until a run that failed is tried again.
const AGAIN_MINUTES: i64 = 5;

/// A day as gateways count them.
pub(super) struct Day(pub(super) Date);

impl Day {
    pub(super) fn of(at: Timestamp) -> Self {
        Self(at.to_zoned(TimeZone::UTC).date())
    }
}

impl Client {
    /// Runs what is due; called each minute. When it ran last stands in the register.
    pub async fn run_due(&self) {
        let woken = self.0.woken.swap(false, Ordering::Relaxed);
        for way in [Way::Up, Way::Down] {
            match self.is_due(way).await {
                Ok(due) if due || (woken && way == Way::Down) => self.run(way).await,
                Ok(_) => {}
                Err(problem) => {
                    tracing::error!(target: "technical", problem = %problem, "the exchange between countries could not begin");
                }
            }
        }
    }

    async fn is_due(&self, way: Way) -> Result<bool, Failure> {
        let last = self.0.door.act(move |at| ran::last(at, way).map_err(Failure::from)).await?;
        let Some(last) = last else { return Ok(true) };
        let wait = if last.went_well {
            self.0.every
        } else {
            SignedDuration::from_mins(AGAIN_MINUTES).min(self.0.every)
        };
        Ok(last.at.checked_add(wait).is_ok_and(|next| next <= self.0.door.now()))
    }

    /// Runs one way and writes down what came of it.
    pub async fn run(&self, way: Way) {
        let done = match way {
            Way::Up => self.upload().await,
            Way::Down => self.download().await,
        };
        let (outcome, keys) = match &done {
            Ok(keys) => (ran::DONE, *keys),
            Err(failure) => {
                tracing::error!(target: "technical", failure = failure.word(), "the exchange between countries did not end well");
                (failure.word(), 0)
            }
        };
        let request = ran::Request { way, outcome, keys };
        let written = self.0.door.act(move |at| ran::run(at, request).map_err(Failure::from)).await;
        if let Err(problem) = written {
            tracing::error!(target: "technical", problem = %problem, "a run of the exchange could not be written down");
        }
    }
}
