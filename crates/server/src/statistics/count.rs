//! The leader counts the days that are closed: drawer by drawer with the helper, then both sums together.
//!
//! What is done stands in the register: whoever is killed in between goes on where it was left.

use std::collections::BTreeSet;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use services::smittestop::closing::is_closed;
use services::smittestop::statistics::{NotCounted, counted, day_of, figures, publish, sum_of_day, to_count};
use services::{Call, Error};
use statistics::day::{COUNTING_DAYS, TAKEN_DAYS};
use statistics::report::Drawer;
use statistics::{Day, ReportId};

use super::{At, Body, system};
use crate::app::App;
use crate::config::StatisticsRole;
use crate::jobs::NotDone;

/// Why a day could not be counted now. It is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failed {
    /// Our own register.
    Register,
    /// The helper does not answer, or not as it should.
    Helper,
    /// The two do not count the same.
    Apart,
}

/// What the helper says to a job.
enum Said {
    /// What it found.
    Answer(Vec<u8>),
    /// It does not take the job, however often it is asked.
    NotThis,
}

/// Reports of a day that the helper does not take one by one. More, and it is us that it does not take.
const SET_ASIDE_MAX: usize = 400;
/// Seconds after midnight before a day is counted: what arrived in the last moment is written by then.
const SETTLED_SECONDS: i64 = 600;
/// Days of figures that are looked at to see what is still to be counted.
const LOOK_BACK_DAYS: u16 = 14;
/// No answer of the helper is longer.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// Counts what is due, if this is a leader.
///
/// # Errors
/// A day could not be counted; the next run tries it again.
pub async fn count_due(app: &App) -> Result<(), NotDone> {
    let Some(body) = app.statistics().cloned().filter(|body| body.role == StatisticsRole::Leader) else {
        return Ok(());
    };
    let now = app.now();
    if now.as_second().rem_euclid(86_400) < SETTLED_SECONDS {
        return Ok(());
    }
    let today = day_of(now);
    let at = At { app: app.clone(), body };
    // Rule SS-45: nothing is left to be counted, and a day without figures is not written down either.
    match at.act(move |call| Ok(is_closed::run::<NotCounted>(call))).await {
        Ok(Ok(false)) => {}
        Ok(Ok(true)) => return Ok(()),
        Ok(Err(_)) | Err(_) => return Err(failed(Failed::Register)),
    }
    let counted = at.act(move |call| Ok(figures::run(call, figures::Request { days: LOOK_BACK_DAYS }))).await;
    let Ok(Ok(counted)) = counted else { return Err(failed(Failed::Register)) };
    let last = today.minus(TAKEN_DAYS + 1);
    let mut done = Ok(());
    let mut day = last.minus(COUNTING_DAYS);
    while day <= last {
        if !counted.iter().any(|known| known.day == day)
            && let Err(why) = at.count(day).await
        {
            done = Err(failed(why));
        }
        day = day.plus(1);
    }
    done
}

fn failed(why: Failed) -> NotDone {
    let why = match why {
        Failed::Register => "the register cannot answer",
        Failed::Helper => "the helper does not answer",
        Failed::Apart => "the two bodies do not count the same reports",
    };
    tracing::warn!(target: "technical", problem = why, "statistics were not counted; tried again in a minute");
    NotDone
}

impl At {
    /// One day.
    async fn count(&self, day: Day) -> Result<(), Failed> {
        let mut set_aside = Arc::new(BTreeSet::new());
        for drawer in Drawer::all() {
            while let Some(job) = self.next(day, drawer, &set_aside).await? {
                let refused = self.settle(job).await?;
                if !refused.is_empty() {
                    Arc::make_mut(&mut set_aside).extend(refused);
                }
                if set_aside.len() > SET_ASIDE_MAX {
                    return Err(Failed::Helper);
                }
            }
        }
        let sum = self.act(move |at| Ok(sum_of_day::run(at, sum_of_day::Request { day }))).await??;
        // A helper that takes nothing refuses us, and not the reports: its day is not one of too few.
        if sum.reports == 0 && !set_aside.is_empty() {
            return Err(Failed::Helper);
        }
        if !set_aside.is_empty() {
            tracing::warn!(target: "technical", reports = set_aside.len(), "the helper does not take some reports; the day is counted without them");
        }
        let helper = if sum.reports < self.body.terms.reports_min {
            None
        } else {
            self.sum_of_helper(day, sum.reports, sum.checksum).await?
        };
        let terms = self.body.terms;
        let request = publish::Request { day, helper, terms };
        self.act(move |at| Ok(publish::run(at, request))).await??;
        Ok(())
    }

    /// Asks about a job, and where the helper does not take it, about its halves, until what it does not take stands
    /// alone: one report does not stop a day. Returns those.
    async fn settle(&self, job: to_count::Job) -> Result<Vec<ReportId>, Failed> {
        let (mut waiting, mut refused) = (vec![job], Vec::new());
        while let Some(job) = waiting.pop() {
            match self.ask(&job).await? {
                Said::Answer(answer) => self.keep(job, answer).await?,
                Said::NotThis => match job.halves() {
                    Ok([first, second]) => waiting.extend([second, first]),
                    Err(alone) => refused.extend(alone),
                },
            }
        }
        Ok(refused)
    }

    async fn next(
        &self,
        day: Day,
        drawer: Drawer,
        set_aside: &Arc<BTreeSet<ReportId>>,
    ) -> Result<Option<to_count::Job>, Failed> {
        let (body, set_aside) = (self.body.clone(), set_aside.clone());
        self.act(move |at| {
            let request = to_count::Request { leader: &body.checker, day, drawer, set_aside: &set_aside };
            Ok(to_count::run(at, &request))
        })
        .await?
        .map_err(Failed::from)
    }

    async fn keep(&self, job: to_count::Job, answer: Vec<u8>) -> Result<(), Failed> {
        let body = self.body.clone();
        let kept = self
            .act(move |at| {
                let request = counted::Request { leader: &body.checker, job, answer };
                Ok(counted::run(at, request))
            })
            .await?;
        match kept {
            Ok(_) => Ok(()),
            Err(Error::Not(_)) => Err(Failed::Helper),
            Err(other) => Err(other.into()),
        }
    }

    /// Asks the helper about a job. One in which nothing could be opened is not asked about.
    async fn ask(&self, job: &to_count::Job) -> Result<Said, Failed> {
        if job.is_empty() {
            return Ok(Said::Answer(statistics::job::encode_answer(&[])));
        }
        let path = format!("aggregation_jobs/{}", URL_SAFE_NO_PAD.encode(job.id));
        let (status, body) = self
            .send(reqwest::Method::PUT, &path, "application/dap-aggregation-job-init-req", job.body.clone())
            .await?;
        match status {
            200 => Ok(Said::Answer(body)),
            400 if says(&body, NotCounted::Malformed) => Ok(Said::NotThis),
            413 => Ok(Said::NotThis),
            _ => Err(Failed::Helper),
        }
    }

    /// The sum of the helper; none if it finds too few.
    async fn sum_of_helper(
        &self,
        day: Day,
        reports: u64,
        checksum: [u8; 32],
    ) -> Result<Option<Vec<u8>>, Failed> {
        let mut body = day.begins_unix_seconds().to_be_bytes().to_vec();
        body.extend(reports.to_be_bytes());
        body.extend(checksum);
        let kind = "application/dap-aggregate-share-req";
        let (status, body) = self.send(reqwest::Method::POST, "aggregate_shares", kind, body).await?;
        match status {
            200 => Ok(Some(body)),
            400 if says(&body, NotCounted::TooFew) => Ok(None),
            400 if says(&body, NotCounted::Mismatch) => Err(Failed::Apart),
            _ => Err(Failed::Helper),
        }
    }

    async fn send(
        &self,
        method: reqwest::Method,
        path: &str,
        kind: &str,
        body: Vec<u8>,
    ) -> Result<(u16, Vec<u8>), Failed> {
        let Body { helper, task, token, .. } = &*self.body;
        let (origin, client) = helper.as_ref().ok_or(Failed::Helper)?;
        let asked = client
            .request(method, format!("{origin}/tasks/{}/{path}", task.text()))
            .header("content-type", kind)
            .bearer_auth(URL_SAFE_NO_PAD.encode(*token.0))
            .body(body);
        let mut answer = asked.send().await.map_err(|_| Failed::Helper)?;
        let status = answer.status().as_u16();
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|_| Failed::Helper)? {
            if bytes.len() + chunk.len() > ANSWER_BYTES_MAX {
                return Err(Failed::Helper);
            }
            bytes.extend(chunk);
        }
        Ok((status, bytes))
    }

    async fn act<T, F>(&self, action: F) -> Result<T, Failed>
    where
        T: Send + 'static,
        F: FnOnce(&Call<'_>) -> Result<T, Failed> + Send + 'static,
    {
        let caller = system(&self.app).ok_or(Failed::Register)?;
        self.app.act_as(caller, action).await
    }
}

/// Whether the helper's problem is this one.
fn says(body: &[u8], code: NotCounted) -> bool {
    let code = services::Explain::code(&code).as_bytes();
    body.windows(code.len()).any(|part| part == code)
}

impl From<Error<NotCounted>> for Failed {
    fn from(error: Error<NotCounted>) -> Self {
        match error {
            Error::Not(NotCounted::Mismatch) => Self::Apart,
            Error::Not(_)
            | Error::Refused(_)
            | Error::Unavailable(_)
            | Error::Conflict(_)
            | Error::Invalid(_) => Self::Register,
        }
    }
}
