//! Erasure is a weapon too: a clock that jumps stops the sweep until two persons have looked at it.

use jiff::Timestamp;

use crate::call::Clock;
use crate::engine::{Answer, Look};
use crate::envelope::{Micros, time};
use crate::sweep::{Guard, Stopped};

/// Name under which the last time seen is kept.
pub(crate) const SEEN: &str = "seen";

/// What was last seen of time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimeSeen {
    wall: Timestamp,
    monotonic_seconds: f64,
    /// A jump that nobody has confirmed.
    jumped_by_seconds: Option<i64>,
}

impl TimeSeen {
    /// At opening: the time that a database saw last is compared with now; nothing says how long it lay closed.
    pub(crate) fn at_start(store: &dyn Look, clock: &dyn Clock, guard: Guard) -> Answer<Self> {
        let now = clock.now();
        let seen = store.meta(SEEN)?.and_then(|bytes| bytes.try_into().ok()).map(Micros::from_be_bytes);
        let gap = seen.map_or(0, |seen| now.duration_since(time(seen)).as_secs());
        let jumped_by_seconds = (gap.unsigned_abs() > u64::from(guard.clock_step_seconds)).then_some(gap);
        Ok(Self { wall: now, monotonic_seconds: clock.monotonic_seconds(), jumped_by_seconds })
    }

    /// Looks at the clock again; a step against the passing of time stays until it is confirmed.
    pub(crate) fn look(&mut self, clock: &dyn Clock, guard: Guard) -> Option<Stopped> {
        let (now, monotonic_seconds) = (clock.now(), clock.monotonic_seconds());
        let passed = (monotonic_seconds - self.monotonic_seconds).round();
        #[expect(clippy::cast_possible_truncation, reason = "seconds of a running process")]
        let step = now.duration_since(self.wall).as_secs().saturating_sub(passed as i64);
        if step.unsigned_abs() > u64::from(guard.clock_step_seconds) {
            self.jumped_by_seconds = Some(self.jumped_by_seconds.unwrap_or(0).saturating_add(step));
        }
        (self.wall, self.monotonic_seconds) = (now, monotonic_seconds);
        self.jumped_by_seconds.map(|by_seconds| Stopped::ClockStepped { by_seconds })
    }

    /// Two persons say that the clock is right.
    pub(crate) const fn confirm(&mut self) {
        self.jumped_by_seconds = None;
    }
}
