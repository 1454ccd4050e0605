//! The plain model. Seconds since 1970 and a calendar counted by hand; a date is the first instant at which it is reached.

use notice::clock::{Cond, Duration, History, Need, Pick, Plus, Quantity, Rule, Stage, When};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Simple {
    Waiting,
    Pending(i64),
    Held,
    Due(i64),
    Done(i64),
    NotApplicable,
}

pub(crate) fn statuses(rule: &Rule, history: &History, now: i64) -> Vec<Simple> {
    let plain = Plain { history };
    let stages = rule.stages.iter().enumerate();
    stages
        .map(|(position, stage)| match history.done.get(&position) {
            Some(done) => Simple::Done(done.as_second()),
            None => plain.stage(stage, now),
        })
        .collect()
}

/// Every date that a leaf or a `within` of the rule can give.
pub(crate) fn dates(rule: &Rule, history: &History) -> Vec<i64> {
    let plain = Plain { history };
    let mut all = Vec::new();
    for stage in rule.branches() {
        all.extend(plain.leaves(&stage.when));
        let conds = stage.only.iter().map(|only| &only.cond).chain(&stage.unless);
        conds.for_each(|cond| plain.ends(cond, &mut all));
    }
    all
}

struct Plain<'a> {
    history: &'a History,
}

impl Plain<'_> {
    fn stage(&self, stage: &Stage, now: i64) -> Simple {
        if let Some(only) = &stage.only {
            match (self.holds(&only.cond, Some(stage), now), &only.otherwise) {
                (Some(true), _) => {}
                (Some(false), Some(other)) => return self.stage(other, now),
                (Some(false), None) => return Simple::NotApplicable,
                (None, _) => return Simple::Held,
            }
        }
        match &stage.unless {
            Some(cond) if self.holds(cond, None, now) != Some(false) => Simple::Held,
            _ => self.settle(&stage.when, now),
        }
    }

    fn settle(&self, when: &When, now: i64) -> Simple {
        if self.waits(when) {
            return Simple::Waiting;
        }
        let first = || {
            let mut dates = self.leaves(when);
            dates.sort_unstable();
            dates.into_iter().find(|date| self.reached(when, *date) == Some(true))
        };
        if self.reached(when, now) == Some(true) {
            return Simple::Due(first().unwrap());
        }
        if self.is_unknown(when, now) { Simple::Held } else { Simple::Pending(first().unwrap()) }
    }

    /// Whether nothing that has happened gives it a date, known or unknown.
    fn waits(&self, when: &When) -> bool {
        match when {
            When::After { event, .. } => self.times(event).is_empty(),
            When::Inherit(name) => self.source(name).is_none(),
            When::Earliest(all) => all.iter().all(|when| self.waits(when)),
            When::Latest(args) => {
                args.iter().any(|arg| arg.need == Need::Must && self.waits(&arg.when))
                    || args.iter().all(|arg| self.waits(&arg.when))
            }
        }
    }

    /// Whether its date hangs on a quantity that nobody knows.
    fn is_unknown(&self, when: &When, now: i64) -> bool {
        match when {
            When::After { .. } => !self.waits(when) && self.leaf(when).is_none(),
            When::Inherit(_) => false,
            When::Earliest(all) => {
                all.iter().any(|when| self.is_unknown(when, now))
                    && !all.iter().any(|when| !self.is_unknown(when, now) && self.reached_or_later(when, now))
            }
            When::Latest(args) => {
                !self.waits(when)
                    && args.iter().any(|arg| !self.waits(&arg.when) && self.is_unknown(&arg.when, now))
            }
        }
    }

    fn reached_or_later(&self, when: &When, now: i64) -> bool {
        self.reached(when, now) == Some(true)
    }

    /// Whether its date has come at an instant; `None` if nobody knows.
    fn reached(&self, when: &When, at: i64) -> Option<bool> {
        match when {
            When::After { .. } | When::Inherit(_) if self.waits(when) => Some(false),
            When::After { .. } | When::Inherit(_) => self.leaf(when).map(|date| date <= at),
            When::Earliest(all) => {
                let all: Vec<_> = all.iter().map(|when| self.reached(when, at)).collect();
                if all.contains(&Some(true)) {
                    Some(true)
                } else if all.contains(&None) {
                    None
                } else {
                    Some(false)
                }
            }
            When::Latest(_) if self.waits(when) => Some(false),
            When::Latest(args) => {
                let counted = args.iter().filter(|arg| !self.waits(&arg.when));
                let all: Vec<_> = counted.map(|arg| self.reached(&arg.when, at)).collect();
                if all.contains(&Some(false)) {
                    Some(false)
                } else if all.contains(&None) {
                    None
                } else {
                    Some(true)
                }
            }
        }
    }

    fn leaves(&self, when: &When) -> Vec<i64> {
        match when {
            When::After { .. } | When::Inherit(_) => self.leaf(when).into_iter().collect(),
            When::Earliest(all) => all.iter().flat_map(|when| self.leaves(when)).collect(),
            When::Latest(args) => args.iter().flat_map(|arg| self.leaves(&arg.when)).collect(),
        }
    }

    fn leaf(&self, when: &When) -> Option<i64> {
        match when {
            When::Inherit(name) => self.source(name),
            When::After { pick, event, plus } => {
                let times = self.times(event);
                let start = match pick {
                    Pick::First => *times.first()?,
                    Pick::Unsaid | Pick::Last => *times.last()?,
                };
                match plus {
                    None => Some(start),
                    Some(Plus::Duration(duration)) => Some(add(start, duration.units().map(i64::from))),
                    Some(Plus::Quantity(name)) => self.quantity(name).map(|units| add(start, units)),
                }
            }
            When::Earliest(_) | When::Latest(_) => None,
        }
    }

    fn times(&self, event: &str) -> Vec<i64> {
        let mut times: Vec<_> =
            self.history.events.get(event).into_iter().flatten().map(|at| at.as_second()).collect();
        times.sort_unstable();
        times
    }

    fn source(&self, name: &str) -> Option<i64> {
        self.history.sources.get(name).map(|at| at.as_second())
    }

    fn quantity(&self, name: &str) -> Option<[i64; 7]> {
        match self.history.quantities.get(name) {
            None => Some([0; 7]),
            Some(Quantity::Unknown) => None,
            Some(Quantity::Known(span)) => Some([
                i64::from(span.get_years()),
                i64::from(span.get_months()),
                i64::from(span.get_weeks()),
                i64::from(span.get_days()),
                i64::from(span.get_hours()),
                span.get_minutes(),
                span.get_seconds(),
            ]),
        }
    }

    /// `stage`: the stage whose `if` this is, for which a flag that came too late does not count.
    fn holds(&self, cond: &Cond, stage: Option<&Stage>, at: i64) -> Option<bool> {
        match cond {
            Cond::Any(all) => {
                let all: Vec<_> = all.iter().map(|cond| self.holds(cond, stage, at)).collect();
                if all.contains(&Some(true)) {
                    Some(true)
                } else if all.contains(&None) {
                    None
                } else {
                    Some(false)
                }
            }
            Cond::All(all) => {
                let all: Vec<_> = all.iter().map(|cond| self.holds(cond, stage, at)).collect();
                if all.contains(&Some(false)) {
                    Some(false)
                } else if all.contains(&None) {
                    None
                } else {
                    Some(true)
                }
            }
            Cond::Not(inner) => self.holds(inner, stage, at).map(|holds| !holds),
            Cond::Flag(name) => {
                let standing = self.history.flags.get(name).into_iter().flatten().filter(|(set, lifted)| {
                    set.as_second() <= at && lifted.is_none_or(|lifted| lifted.as_second() > at)
                });
                Some(standing.into_iter().any(|(set, _)| match stage {
                    None => true,
                    Some(stage) => !self.was_over(stage, set.as_second()),
                }))
            }
            Cond::Happened(event) => Some(!self.times(event).is_empty()),
            Cond::Within(event, duration) => {
                Some(self.times(event).iter().any(|time| add(*time, duration.units().map(i64::from)) > at))
            }
            Cond::Longer(name, duration) => {
                let fixed = 946_684_800; // 2000-01-01, counted without summer time
                let end = |units| utc_add(fixed, units);
                self.quantity(name).map(|units| end(units) > end(duration.units().map(i64::from)))
            }
        }
    }

    /// Whether the period that would run without the flags of the condition was over when a flag was set.
    fn was_over(&self, stage: &Stage, set: i64) -> bool {
        let only = stage.only.as_ref().unwrap();
        let bare = History { flags: Default::default(), ..self.history.clone() };
        let date = match (Plain { history: &bare }.holds(&only.cond, None, set), &only.otherwise) {
            (Some(true), _) => self.certain(&stage.when, set),
            (Some(false), Some(other)) => self.date(other, set),
            _ => None,
        };
        date.is_some_and(|date| date <= set)
    }

    fn date(&self, stage: &Stage, at: i64) -> Option<i64> {
        let Some(only) = &stage.only else { return self.certain(&stage.when, at) };
        match (self.holds(&only.cond, Some(stage), at), &only.otherwise) {
            (Some(true), _) => self.certain(&stage.when, at),
            (Some(false), Some(other)) => self.date(other, at),
            _ => None,
        }
    }

    fn certain(&self, when: &When, at: i64) -> Option<i64> {
        match self.settle(when, at) {
            Simple::Due(date) | Simple::Pending(date) => Some(date),
            Simple::Waiting | Simple::Held | Simple::Done(_) | Simple::NotApplicable => None,
        }
    }

    fn ends(&self, cond: &Cond, all: &mut Vec<i64>) {
        match cond {
            Cond::Any(parts) | Cond::All(parts) => parts.iter().for_each(|part| self.ends(part, all)),
            Cond::Not(inner) => self.ends(inner, all),
            Cond::Within(event, duration) => {
                all.extend(self.times(event).iter().map(|time| add(*time, units(*duration))));
            }
            Cond::Flag(_) | Cond::Happened(_) | Cond::Longer(..) => {}
        }
    }
}

fn units(duration: Duration) -> [i64; 7] {
    duration.units().map(i64::from)
}

// The calendar, counted by hand.

const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Year, month and day of a number of days since 1970, counted month by month.
fn civil(mut days: i64) -> (i64, i64, i64) {
    let (mut year, mut month) = (1970, 1);
    while days < 0 {
        month -= 1;
        if month == 0 {
            (year, month) = (year - 1, 12);
        }
        days += days_in(year, month);
    }
    while days >= days_in(year, month) {
        days -= days_in(year, month);
        month += 1;
        if month == 13 {
            (year, month) = (year + 1, 1);
        }
    }
    (year, month, days + 1)
}

fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let years = 1970..year.max(1970);
    let back = year.min(1970)..1970;
    let length = |year: i64| if is_leap(year) { 366 } else { 365 };
    let months: i64 = (1..month).map(|month| days_in(year, month)).sum();
    years.map(length).sum::<i64>() - back.map(length).sum::<i64>() + months + day - 1
}

/// 01:00 UTC on the last Sunday of a month. 1970-01-01 was a Thursday.
fn last_sunday(year: i64, month: i64) -> i64 {
    let last = days_since_1970(year, month, days_in(year, month));
    let weekday = (last + 4).rem_euclid(7);
    (last - weekday) * DAY + HOUR
}

/// Danish summer time, from the last Sunday of March to the last Sunday of October.
fn offset(utc: i64) -> i64 {
    let (year, _, _) = civil(utc.div_euclid(DAY));
    if utc >= last_sunday(year, 3) && utc < last_sunday(year, 10) { 2 * HOUR } else { HOUR }
}

/// The instant of a wall-clock time: the first of two, and an hour later where there is none.
fn to_utc(wall: i64) -> i64 {
    let (summer, winter) = (wall - 2 * HOUR, wall - HOUR);
    if offset(summer) == 2 * HOUR { summer } else { winter }
}

/// Years and months with the day clamped, then weeks and days.
fn move_wall(wall: i64, [years, months, weeks, days, ..]: [i64; 7]) -> i64 {
    let (day_number, time) = (wall.div_euclid(DAY), wall.rem_euclid(DAY));
    let (year, month, day) = civil(day_number);
    let month0 = year * 12 + month - 1 + years * 12 + months;
    let (year, month) = (month0.div_euclid(12), month0.rem_euclid(12) + 1);
    let day = day.min(days_in(year, month));
    (days_since_1970(year, month, day) + weeks * 7 + days) * DAY + time
}

fn clock_part([.., hours, minutes, seconds]: [i64; 7]) -> i64 {
    hours * HOUR + minutes * 60 + seconds
}

fn add(start: i64, units: [i64; 7]) -> i64 {
    let civil_part = units[..4].iter().any(|unit| *unit != 0);
    let moved = if civil_part { to_utc(move_wall(start + offset(start), units)) } else { start };
    moved + clock_part(units)
}

fn utc_add(start: i64, units: [i64; 7]) -> i64 {
    move_wall(start, units) + clock_part(units)
}
