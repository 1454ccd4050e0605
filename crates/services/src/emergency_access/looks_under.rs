//! The looks that one emergency access has left in the log: its taking, and every look that leaned on it.

use notice::id::{self, Person};
use notice::{Id, Reading, Target};
use register::{Line, Outcome, Personal};

use super::{EmergencyAccess, take};
use crate::{Call, Error, Explain};

/// The use under which a reviewer finds them.
pub(super) const USE: &str = "nsp.review-looks";
/// Lines of one page when they are looked through.
const LINES_MAX: usize = 500;

/// The access and its lines, the latest first; `None` where there is no such access to this person.
pub(super) fn find<Own: Explain>(
    at: &Call<'_>,
    patient: Id<Person>,
    access: Id<id::Record>,
    reason: Option<&Personal<String>>,
) -> Result<Option<(EmergencyAccess, Vec<Line>)>, Error<Own>> {
    let target = Target::Record { person: patient, record: access };
    let records = at.read::<Own>(USE, target, reason)?;
    let found = EmergencyAccess::all(at, &records)?.into_iter().find(|found| found.id == access);
    let Some(access) = found else { return Ok(None) };
    // The log counts in microseconds.
    let during = access.from.as_microsecond()..=access.until.as_microsecond();
    let mut found = Vec::new();
    let mut before = None;
    loop {
        let grant = at.ask::<Reading, Own>(USE, Target::Person(patient), reason)?;
        let lines = at.register.lines_about(at.call, grant, before, LINES_MAX)?;
        let last = lines.last().map(|line| (line.number, line.at.as_microsecond()));
        let full = lines.len() == LINES_MAX;
        found.extend(
            lines
                .into_iter()
                .filter(|line| during.contains(&line.at.as_microsecond()) && is_of(at, line, &access)),
        );
        match last {
            Some((number, at)) if full && at >= *during.start() => before = Some(number),
            Some(_) | None => return Ok(Some((access, found))),
        }
    }
}

fn is_of(at: &Call<'_>, line: &Line, access: &EmergencyAccess) -> bool {
    let taken = line.outcome == Outcome::Granted
        && at.register.policy().use_name(line.use_id) == take::USE
        && line.at.as_microsecond() == access.from.as_microsecond();
    line.actor == access.professional && (taken || line.outcome == Outcome::Emergency)
}
