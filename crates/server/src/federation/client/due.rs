//! When the exchange runs: every two hours, a few minutes after a failure, at once when the gateway says so.

use std::sync::atomic::Ordering;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use services::Nothing;
use services::smittestop::closing::is_closed;
use services::smittestop::gateway::{Way, ran};

use super::{Client, Failure};
use crate::jobs::NotDone;

/// What we call our address at the gateway.
const CALLBACK: &str = "downloads";
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
    ///
    /// # Errors
    /// A run did not end well; that stands in the register, and it is tried again in a few minutes.
    pub async fn run_due(&self) -> Result<(), NotDone> {
        let mut done = Ok(());
        let woken = self.0.woken.swap(false, Ordering::Relaxed);
        for way in [Way::Up, Way::Down] {
            match self.is_due(way).await {
                Ok(due) if due || (woken && way == Way::Down) => {
                    if self.run(way).await.is_err() {
                        done = Err(NotDone);
                    }
                }
                Ok(_) => {}
                Err(problem) => {
                    tracing::error!(target: "technical", problem = %problem, "the exchange between countries could not begin");
                    done = Err(NotDone);
                }
            }
        }
        done
    }

    /// Asks the gateway to tell us of what is new; it forgets us after five calls that nobody answers. Asking again for
    /// the same changes nothing, so nothing of it is remembered here.
    async fn ask_to_be_told(&self) {
        let Some(url) = &self.0.callback else { return };
        if let Err(failure) = self.0.connection.ask_to_be_told(CALLBACK, url).await {
            tracing::warn!(target: "technical", failure = failure.word(), "the gateway does not take our address; we ask it by the clock alone");
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

    /// Runs one way and writes down what came of it. Two runs never lie beside each other. When the app is closed there is
    /// nothing to run and nothing to write down.
    ///
    /// # Errors
    /// [`Failure`]; what was done stays done.
    pub async fn run(&self, way: Way) -> Result<u64, Failure> {
        let _alone = self.0.alone.lock().await;
        // Rule SS-45: what is no longer needed is not fetched either.
        if self.0.door.act(|at| is_closed::run::<Nothing>(at).map_err(Failure::from)).await? {
            return Ok(0);
        }
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
        if way == Way::Down && done.is_ok() {
            self.ask_to_be_told().await;
        }
        let request = ran::Request { way, outcome, keys };
        let written = self.0.door.act(move |at| ran::run(at, request).map_err(Failure::from)).await;
        if let Err(problem) = written {
            tracing::error!(target: "technical", problem = %problem, "a run of the exchange could not be written down");
        }
        done
    }
}
