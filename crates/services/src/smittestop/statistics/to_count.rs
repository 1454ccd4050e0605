//! The leader looks for what is still to be counted in a drawer of a day, and checks its half of it.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};
use statistics::check::{Begun, Checker};
use statistics::job::{Asked, JOB_REPORTS_MAX, decode_job, encode_job};
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
    /// Reports that the helper does not take: they are left to be erased on their day.
    pub set_aside: &'a BTreeSet<ReportId>,
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

    /// The first half and the second as jobs of their own.
    ///
    /// # Errors
    /// It asks about no more than these: there are no halves.
    pub fn halves(mut self) -> Result<[Self; 2], Vec<ReportId>> {
        let middle = self.begun.len() / 2;
        let asked = decode_job(&self.body).unwrap_or_default();
        if middle == 0 || asked.len() != self.begun.len() {
            return Err(self.begun.into_iter().map(|(report, _)| report).collect());
        }
        let (first, last) = asked.split_at(middle);
        let begun = self.begun.split_off(middle);
        let place = (self.day, self.drawer);
        Ok([Self::of(place, (self.begun, first), self.refused), Self::of(place, (begun, last), Vec::new())])
    }

    fn of(
        (day, drawer): (Day, Drawer),
        (begun, asked): (Vec<(ReportId, Begun)>, &[Asked]),
        refused: Vec<ReportId>,
    ) -> Self {
        let mut ids: Vec<ReportId> = begun.iter().map(|(id, _)| *id).chain(refused.iter().copied()).collect();
        ids.sort();
        let mut hash = Sha256::new();
        ids.iter().for_each(|id| hash.update(id.bytes()));
        let mut id = [0; 16];
        id.iter_mut().zip(hash.finalize()).for_each(|(byte, hashed)| *byte = hashed);
        Self { day, drawer, id, body: encode_job(asked), begun, refused }
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
        // An earlier release took what is no report: it is left to be erased on its day.
        let Ok(report) = Report::decode(&to_bytes(text)?) else { continue };
        let id = report.head.id;
        if !counted.contains(number(id).as_str()) && !request.set_aside.contains(&id) {
            waiting.push(report);
        }
    }
    waiting.sort_by_key(|report| report.head.id);
    waiting.truncate(JOB_REPORTS_MAX);
    Ok((!waiting.is_empty()).then(|| job(request, &waiting)))
}

fn job(request: &Request<'_>, reports: &[Report]) -> Job {
    let (mut begun, mut asked, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for report in reports {
        match request.leader.begin(&report.for_leader()) {
            Ok(one) => {
                asked.push(Asked { half: report.for_helper(), message: one.message.clone() });
                begun.push((report.head.id, one));
            }
            Err(_) => refused.push(report.head.id),
        }
    }
    Job::of((request.day, request.drawer), (begun, &asked), refused)
}
