//! On the phone: an answer is split in two halves, each sealed to its body.

use prio::codec::Encode as _;
use prio::vdaf::Client as _;

use crate::report::{Head, Report, ReportId, bound};
use crate::seal::{Config, Whose};
use crate::task::{TaskId, histogram};
use crate::told::Told;
use crate::{Day, Random};

/// An answer cannot be split: a key that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the statistics cannot be told with these keys")]
pub struct NotSplit;

/// Where a report goes.
#[derive(Clone, Debug)]
pub struct Bodies {
    /// The count.
    pub task: TaskId,
    /// The key of the leader.
    pub leader: Config,
    /// The key of the helper, fetched from the helper itself.
    pub helper: Config,
}

/// The report about a day.
///
/// # Errors
/// [`NotSplit`].
pub fn report(bodies: &Bodies, day: Day, told: Told, random: &mut Random<'_>) -> Result<Report, NotSplit> {
    let head = Head { id: ReportId::random(random), day };
    let (public, halves) = shares(&bodies.task, &head, told)?;
    sealed(bodies, head, public, &halves, random)
}

/// What both may see, and the half of each.
pub(crate) fn shares(task: &TaskId, head: &Head, told: Told) -> Result<(Vec<u8>, [Vec<u8>; 2]), NotSplit> {
    let vdaf = histogram().map_err(|_| NotSplit)?;
    let (public, halves) =
        vdaf.shard(&task.context(), &told.position(), head.id.bytes()).map_err(|_| NotSplit)?;
    let public = public.get_encoded().map_err(|_| NotSplit)?;
    let halves: Vec<_> = halves
        .iter()
        .map(prio::codec::Encode::get_encoded)
        .collect::<Result<_, _>>()
        .map_err(|_| NotSplit)?;
    Ok((public, halves.try_into().map_err(|_| NotSplit)?))
}

pub(crate) fn sealed(
    bodies: &Bodies,
    head: Head,
    public: Vec<u8>,
    halves: &[Vec<u8>; 2],
    random: &mut Random<'_>,
) -> Result<Report, NotSplit> {
    let bound = bound(&bodies.task, &head, &public);
    let [leader, helper] = halves;
    let leader = bodies.leader.seal(Whose::Leader, leader, &bound, random).map_err(|_| NotSplit)?;
    let helper = bodies.helper.seal(Whose::Helper, helper, &bound, random).map_err(|_| NotSplit)?;
    Ok(Report { head, public, leader, helper })
}
