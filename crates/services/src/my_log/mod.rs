//! MyLog: who looked, where, why and on what ground, in plain words.

use jiff::civil::Date;
use notice::id::Person;
use notice::{Id, Policy, Reading, Target};
use register::Line;

use crate::call::civil_day;
use crate::log_line::Shown;
pub use crate::log_line::{KeptLonger, LogLine, LookKind};
use crate::{Call, Error, Nothing};

mod line_words;
pub mod looks_in_my_name;
pub mod see_child_log;
pub mod see_own_log;
pub mod see_represented_log;

/// Lines of the log, by day, the latest first.
#[derive(Clone)]
pub struct Log {
    /// Days with at least one line.
    pub days: Vec<Day>,
    /// Where the next page begins, if there is one.
    pub more_before: Option<u64>,
}

/// One day of the log.
#[derive(Clone)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Its lines, the latest first.
    pub lines: Vec<LogLine>,
}

crate::redacted::redacted!(Log, Day);

/// Most lines on one page.
const LINES_MAX: usize = 500;

/// One page of lines about a person.
fn about(
    at: &Call<'_>,
    use_name: &'static str,
    person: Id<Person>,
    (before, limit): (Option<u64>, usize),
    shown: Shown,
) -> Result<Log, Error> {
    let grant = at.ask::<Reading, Nothing>(use_name, Target::Person(person), None)?;
    let limit = limit.clamp(1, LINES_MAX);
    let lines = at.register.lines_about(at.call, grant, before, limit)?;
    Ok(log(at.register.policy(), &lines, limit, shown))
}

/// Lines of looks that the caller has made.
pub(crate) fn lines_by_me(at: &Call<'_>, before: Option<u64>, limit: usize) -> Result<Vec<Line>, Error> {
    let grant = at.ask::<Reading, Nothing>(looks_in_my_name::USE, Target::Person(at.me()), None)?;
    Ok(at.register.lines_by(at.call, grant, before, limit.clamp(1, LINES_MAX))?)
}

fn log(policy: &Policy, lines: &[Line], limit: usize, shown: Shown) -> Log {
    let more_before = (lines.len() == limit).then(|| lines.last().map(|line| line.number)).flatten();
    let mut days: Vec<Day> = Vec::new();
    for line in lines {
        let date = civil_day(line.at);
        let line = LogLine::of(policy, line, shown);
        match days.last_mut() {
            Some(day) if day.date == date => day.lines.push(line),
            Some(_) | None => days.push(Day { date, lines: vec![line] }),
        }
    }
    Log { days, more_before }
}
