//! What the server does by itself: each thing in a task of its own, so that one that waits holds up no other.
//!
//! Invariant: a job says when it ran last from what lies in the register, not from memory, and may be killed at any point.
//! Invariant: a job never runs beside itself: what it does in the register is waited for, however long it takes.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};

use crate::app::App;
use crate::config::StatisticsRole;

/// Seconds between the end of a run and the next.
const EVERY_SECONDS: u64 = 60;

/// Something that the server does by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Job {
    /// Files of rolling IDs are made for phones.
    Exports,
    /// The leader counts the days that are closed.
    Statistics,
    /// Our keys go up to the gateway, and those of others come down.
    Exchange,
    /// The gateway lays uploads into batches.
    Gateway,
    /// The gateway tells countries of new batches.
    Callbacks,
}

/// A run that did not do all that it should. Why stands in the technical log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotDone;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All was done.
    Well,
    /// Something was not; the next run tries again.
    NotDone,
    /// It took longer than it may.
    Late,
}

impl Ended {
    /// A stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Well => "well",
            Self::NotDone => "not-done",
            Self::Late => "late",
        }
    }
}

/// How a job stands since the server started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// When the last run ended, and when the last that did all.
    pub last: Option<(Timestamp, Option<Timestamp>)>,
    /// Runs that did all.
    pub well: u64,
    /// Runs that did not do all.
    pub not_done: u64,
    /// Runs that took longer than they may.
    pub late: u64,
    /// How many of the last runs in a row did not do all.
    pub in_a_row: u64,
}

/// How the jobs of one server stand.
#[derive(Debug, Default)]
pub struct Jobs(Mutex<BTreeMap<Job, Standing>>);

impl Jobs {
    /// How a job stands.
    #[must_use]
    pub fn of(&self, job: Job) -> Standing {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&job).copied().unwrap_or_default()
    }

    fn ended(&self, job: Job, at: Timestamp, how: Ended) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let one = all.entry(job).or_default();
        let went_well = one.last.and_then(|(_, well)| well);
        match how {
            Ended::Well => {
                one.well += 1;
                one.in_a_row = 0;
                one.last = Some((at, Some(at)));
                return;
            }
            Ended::NotDone => one.not_done += 1,
            Ended::Late => one.late += 1,
        }
        one.in_a_row += 1;
        one.last = Some((at, went_well));
    }
}

impl Job {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Exports, Self::Statistics, Self::Exchange, Self::Gateway, Self::Callbacks];

    /// Its name, in the technical log and in metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exports => "exports",
            Self::Statistics => "statistics",
            Self::Exchange => "exchange",
            Self::Gateway => "gateway",
            Self::Callbacks => "callbacks",
        }
    }

    /// Whether this server has it.
    #[must_use]
    pub fn is_of(self, app: &App) -> bool {
        match self {
            Self::Exports => app.key_server().is_some(),
            Self::Statistics => app.statistics().is_some_and(|body| body.role == StatisticsRole::Leader),
            Self::Exchange => app.between().client.is_some(),
            Self::Gateway | Self::Callbacks => app.between().gateway.is_some(),
        }
    }

    /// How long a run may take.
    const fn seconds_max(self) -> u64 {
        match self {
            Self::Exports | Self::Gateway | Self::Callbacks => 120,
            Self::Statistics | Self::Exchange => 600,
        }
    }

    /// Whether it waits for servers of others. Then it is broken off when its time is up: each step that was
    /// acknowledged is written down, and the next run goes on after it.
    const fn waits_for_others(self) -> bool {
        match self {
            Self::Exports | Self::Gateway => false,
            Self::Statistics | Self::Exchange | Self::Callbacks => true,
        }
    }

    async fn once(self, app: &App) -> Result<(), NotDone> {
        match self {
            Self::Exports => crate::key_server::publish_due(app).await,
            Self::Statistics => crate::statistics::count_due(app).await,
            Self::Exchange => match &app.between().client {
                Some(client) => client.run_due().await,
                None => Ok(()),
            },
            Self::Gateway => match &app.between().gateway {
                Some(gateway) => gateway.make_batches().await,
                None => Ok(()),
            },
            Self::Callbacks => match &app.between().gateway {
                Some(gateway) => gateway.tell().await,
                None => Ok(()),
            },
        }
    }
}

/// Does once what is due now, one job after the other.
pub async fn run_due(app: &App) {
    for job in Job::ALL.into_iter().filter(|job| job.is_of(app)) {
        let how = if job.once(app).await.is_ok() { Ended::Well } else { Ended::NotDone };
        note(app, job, how);
    }
}

/// Does each minute what is due, and once at once, each job for itself, until told to stop.
pub(crate) async fn each_minute(app: App, stop: watch::Receiver<()>) {
    let mut all = JoinSet::new();
    for job in Job::ALL.into_iter().filter(|job| job.is_of(&app)) {
        all.spawn(again_and_again(job, app.clone(), stop.clone()));
    }
    while all.join_next().await.is_some() {}
}

async fn again_and_again(job: Job, app: App, mut stop: watch::Receiver<()>) {
    loop {
        let shared = app.clone();
        let limit = Duration::from_secs(job.seconds_max());
        let run = async move { job.once(&shared).await };
        match bounded(run, limit, job.waits_for_others(), &mut stop).await {
            Some(Bounded::Done(Ok(Ok(())))) => note(&app, job, Ended::Well),
            Some(Bounded::Done(Ok(Err(NotDone)))) => note(&app, job, Ended::NotDone),
            Some(Bounded::Done(Err(_))) => {
                // A panic has told its place; the job lives on.
                tracing::error!(target: "technical", job = job.name(), "a job broke down; it is tried again in a minute");
                note(&app, job, Ended::NotDone);
            }
            Some(Bounded::Late) => {
                tracing::error!(target: "technical", job = job.name(), seconds = limit.as_secs(), "a job took longer than it may");
                note(&app, job, Ended::Late);
            }
            None => return,
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(EVERY_SECONDS)) => {}
            _ = stop.changed() => return,
        }
    }
}

fn note(app: &App, job: Job, how: Ended) {
    app.jobs().ended(job, app.now(), how);
    app.metrics().job(job.name(), how.word());
}

/// What came of a run with a limit.
enum Bounded<T> {
    Done(Result<T, JoinError>),
    Late,
}

/// Waits for a run. What waits for others is broken off at its limit or at the end; what does not is waited for to the
/// last, so that it never runs beside itself. Nothing if it was told to stop.
async fn bounded<T: Send + 'static>(
    run: impl Future<Output = T> + Send + 'static,
    limit: Duration,
    break_off: bool,
    stop: &mut watch::Receiver<()>,
) -> Option<Bounded<T>> {
    let mut task = tokio::spawn(run);
    let stopped = tokio::select! {
        done = &mut task => return Some(Bounded::Done(done)),
        () = tokio::time::sleep(limit) => false,
        _ = stop.changed() => true,
    };
    if break_off {
        task.abort();
    }
    let _ = task.await;
    (!stopped).then_some(Bounded::Late)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_job_that_fails_is_counted_and_its_last_good_run_is_remembered() {
        let jobs = Jobs::default();
        jobs.ended(Job::Exchange, at(1), Ended::Well);
        jobs.ended(Job::Exchange, at(2), Ended::NotDone);
        jobs.ended(Job::Exchange, at(3), Ended::Late);
        let one = jobs.of(Job::Exchange);
        assert_eq!((one.well, one.not_done, one.late, one.in_a_row), (1, 1, 1, 2));
        assert_eq!(one.last, Some((at(3), Some(at(1)))));
        jobs.ended(Job::Exchange, at(4), Ended::Well);
        assert_eq!(jobs.of(Job::Exchange).in_a_row, 0);
        assert_eq!(jobs.of(Job::Exports), Standing::default());
    }

    #[tokio::test]
    async fn what_waits_for_others_is_broken_off_at_its_limit() {
        let (_tell, mut stop) = watch::channel(());
        let run = std::future::pending::<()>();
        let came = bounded(run, Duration::from_millis(30), true, &mut stop).await;
        assert!(matches!(came, Some(Bounded::Late)));
    }

    #[tokio::test]
    async fn what_does_not_wait_for_others_is_waited_for_to_the_last() {
        let (_tell, mut stop) = watch::channel(());
        let over = Arc::new(AtomicBool::new(false));
        let mark = over.clone();
        let run = async move {
            tokio::time::sleep(Duration::from_millis(120)).await;
            mark.store(true, Ordering::SeqCst);
        };
        let came = bounded(run, Duration::from_millis(30), false, &mut stop).await;
        assert!(matches!(came, Some(Bounded::Late)) && over.load(Ordering::SeqCst));
    }

    #[tokio::test]
    async fn a_run_that_waits_does_not_hold_up_the_end_and_one_that_breaks_down_is_told() {
        let (tell, mut stop) = watch::channel(());
        drop(tell);
        let came = bounded(std::future::pending::<()>(), Duration::from_secs(600), true, &mut stop).await;
        assert!(came.is_none());
        let (_tell, mut stop) = watch::channel(());
        let run = async { panic!("of a test") };
        let came = bounded::<()>(run, Duration::from_secs(60), true, &mut stop).await;
        assert!(matches!(came, Some(Bounded::Done(Err(_)))));
    }
}
