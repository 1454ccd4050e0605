//! The time machine: moves the clock on day by day and does on each day what is due.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use register::{Clock, Register, Report, Unavailable};

use super::clock::{Backwards, DemoClock};

/// Moves the clock of a register.
#[derive(Clone, Debug)]
pub struct TimeMachine {
    register: Register,
    clock: Arc<DemoClock>,
    zone: TimeZone,
    one_at_a_time: Arc<Mutex<()>>,
    beside: Option<Arc<dyn Beside>>,
}

/// What else lives through a journey, on the same clock.
pub trait Beside: Send + Sync + std::fmt::Debug {
    /// When something of it is due next.
    ///
    /// # Errors
    /// A register of it does not answer.
    fn next_due(&self) -> Result<Option<Timestamp>, Unavailable>;

    /// From when on a journey to an instant stops for it each day.
    fn daily_from(&self, to: Timestamp) -> Timestamp;

    /// The clock has stopped on the way to an instant.
    ///
    /// # Errors
    /// A register of it does not answer.
    fn stopped(&self, to: Timestamp) -> Result<(), Unavailable>;
}

/// What happened on a journey. Holds no personal data.
#[derive(Clone, Debug, Default)]
pub struct Journey {
    /// When it began.
    pub from: Timestamp,
    /// Where it ended.
    pub to: Timestamp,
    /// Days on which something was done.
    pub days: u64,
    /// Acts by full name of the register and verb.
    pub acts: BTreeMap<(String, &'static str), u64>,
    /// What the last sweep held back, by reason.
    pub held: BTreeMap<String, u64>,
    /// Records that the brake held back.
    pub braked: u64,
    /// The report of each sweep that did or held something, in order.
    pub reports: Vec<Report>,
}

/// A journey that did not reach its end. What was done on the way stays done.
#[derive(Clone, Debug, thiserror::Error)]
pub enum JourneyError {
    /// The goal lies behind.
    #[error(transparent)]
    Backwards(#[from] Backwards),
    /// The register cannot answer.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// A sweep refused to run.
    #[error("the sweep stopped: its clock jumped")]
    Stopped(Box<Report>),
}

impl TimeMachine {
    /// A time machine for a register that runs on this clock.
    #[must_use]
    pub fn new(register: Register, clock: Arc<DemoClock>, zone: TimeZone) -> Self {
        Self { register, clock, zone, one_at_a_time: Arc::default(), beside: None }
    }

    /// The same with something beside it.
    #[must_use]
    pub fn with(self, beside: Arc<dyn Beside>) -> Self {
        Self { beside: Some(beside), ..self }
    }

    /// What the clock shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Travels to an instant, telling each day on the way.
    ///
    /// # Errors
    /// The goal lies behind, or a sweep did not run.
    pub fn travel(&self, to: Timestamp, mut tell: impl FnMut(Timestamp)) -> Result<Journey, JourneyError> {
        let _alone = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let from = self.clock.now();
        if to < from {
            return Err(Backwards.into());
        }
        let mut journey = Journey { from, to, ..Journey::default() };
        loop {
            let next = self.next_stop(to)?;
            // While the sweep ran the machine's own time went on.
            self.clock.advance(next.max(self.clock.now()))?;
            let report = self.register.sweep()?;
            self.take(&mut journey, report)?;
            if let Some(beside) = &self.beside {
                beside.stopped(to)?;
            }
            tell(next);
            if next >= to {
                journey.to = self.clock.now();
                return Ok(journey);
            }
        }
    }

    /// The next midnight after which something is due, or the midnight before it: the sweep of that day makes the plan that the brake compares with.
    fn next_stop(&self, to: Timestamp) -> Result<Timestamp, JourneyError> {
        let now = self.clock.now();
        let tomorrow = self.midnight_after(now);
        let beside = self.beside.as_ref();
        let due_beside = beside.map(|beside| beside.next_due()).transpose()?.flatten();
        let due = self.register.next_due()?.into_iter().chain(due_beside).min();
        let eve = |due: Timestamp| {
            self.midnight_after(due.checked_sub(Span::new().hours(48)).unwrap_or(due)).max(tomorrow)
        };
        let daily = beside.map(|beside| beside.daily_from(to).max(tomorrow));
        let stop = due.map(eve).into_iter().chain(daily).min().unwrap_or(to);
        Ok(stop.min(to).max(now))
    }

    fn midnight_after(&self, at: Timestamp) -> Timestamp {
        let tomorrow = at.to_zoned(self.zone.clone()).date().tomorrow();
        tomorrow.and_then(|day| day.to_zoned(self.zone.clone())).map_or(at, |midnight| midnight.timestamp())
    }

    fn take(&self, journey: &mut Journey, report: Report) -> Result<(), JourneyError> {
        if report.stopped.is_some() {
            return Err(JourneyError::Stopped(Box::new(report)));
        }
        journey.days += u64::from(!report.acts.is_empty());
        journey.braked += report.braked;
        journey.held.clone_from(&report.held);
        for ((register, verb), records) in &report.acts {
            let name = self.register.policy().register_name(*register).to_owned();
            *journey.acts.entry((name, verb.word())).or_default() += records;
        }
        if !report.acts.is_empty() || report.braked > 0 {
            journey.reports.push(report);
        }
        Ok(())
    }
}
