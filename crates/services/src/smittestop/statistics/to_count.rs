//! The leader looks for what is still to be counted in a drawer of a day, and checks its half of it.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};
use statistics::check::{Begun, Checker};
use statistics::job::{Asked, JOB_REPORTS_MAX, encode_job};
use statistics::report::Drawer;
use statistics::{Day, Report, ReportId};

use super::{Answers, Halves, NotCounted, day_of, drawer, found, number, to_bytes};
use crate::Call;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The leader at work.
    pub leader: &'a Checker,
    /// Which day.
    pub day: Day,
    /// Which drawer.
    pub drawer: Drawer,
}

/// Some reports, begun.
#[derive(Clone, Debug)]
pub struct Job {
    /// The day.
    pub day: Day,
    /// The drawer.
    pub drawer: Drawer,
    /// Its number; the same reports have the same, so that a job which was interrupted is asked for again and not anew.
    pub id: [u8; 16],
    /// What the helper is asked.
    pub body: Vec<u8>,
    pub(super) begun: Vec<(ReportId, Begun)>,
    pub(super) refused: Vec<ReportId>,
}

impl Job {
    /// Whether there is nothing to ask the helper: no report of it could be opened.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.begun.is_empty()
    }
}

/// Why not.
pub type Error = crate::Error<NotCounted>;

/// The next reports of a drawer that are not counted yet; none when all are.
///
/// # Errors
/// The day is still open.
pub fn run(at: &Call<'_>, request: &Request<'_>) -> Result<Option<Job>, Error> {
    if !request.day.is_closed_on(day_of(at.now())) {
        return Err(Error::Not(NotCounted::WrongDay));
    }
    let about = drawer(at, request.day, request.drawer)?;
    let found = found::<NotCounted>(at, about)?;
    let counted: BTreeSet<&str> = found
        .sums
        .iter()
        .flat_map(|sum| match &sum.answers {
            Answers::Counted(numbers) => numbers.as_slice(),
            Answers::Job { .. } | Answers::Released { .. } => &[],
        })
        .map(String::as_str)
        .collect();
    let mut waiting = Vec::new();
    for kept in &found.reports {
        let Halves::Whole(text) = &kept.halves else { continue };
        let report = Report::decode(&to_bytes(text)?)
            .map_err(|_| Error::Unavailable(register::Unavailable::Tampered))?;
        if !counted.contains(number(report.head.id).as_str()) {
            waiting.push(report);
        }
    }
    waiting.sort_by_key(|report| report.head.id);
    waiting.truncate(JOB_REPORTS_MAX);
    Ok((!waiting.is_empty()).then(|| job(request, &waiting)))
}

fn job(request: &Request<'_>, reports: &[Report]) -> Job {
    let mut hash = Sha256::new();
    let (mut begun, mut asked, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for report in reports {
        hash.update(report.head.id.bytes());
        match request.leader.begin(&report.for_leader()) {
            Ok(one) => {
                asked.push(Asked { half: report.for_helper(), message: one.message.clone() });
                begun.push((report.head.id, one));
            }
            Err(_) => refused.push(report.head.id),
        }
    }
    let mut id = [0; 16];
    id.iter_mut().zip(hash.finalize()).for_each(|(byte, hashed)| *byte = hashed);
    Job { day: request.day, drawer: request.drawer, id, body: encode_job(&asked), begun, refused }
}
