//! The clock language held to its specification.

mod grammar;
mod scenarios;
mod settled;

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::{History, Quantity, Rule, Status};

/// Danish civil time, written out.
pub(super) fn denmark() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap()
}

/// `2024-02-29` at midnight in Denmark, or `2022-03-26T03:00` in UTC.
pub(super) fn instant(text: &str) -> Timestamp {
    if text.contains('T') {
        return format!("{text}:00Z").parse().unwrap();
    }
    text.parse::<Date>().unwrap().to_zoned(denmark()).unwrap().timestamp()
}

/// A rule, what has happened, and the day of asking.
pub(super) struct Case {
    rule: Rule,
    history: History,
    now: Timestamp,
}

impl Case {
    pub(super) fn new(rule: &str, now: &str) -> Self {
        Self { rule: Rule::parse(rule).unwrap(), history: History::default(), now: instant(now) }
    }

    pub(super) fn event(mut self, name: &str, at: &str) -> Self {
        self.history.events.entry(name.to_owned()).or_default().push(instant(at));
        self
    }

    pub(super) fn flag(mut self, name: &str, set: &str, lifted: Option<&str>) -> Self {
        self.history.flags.entry(name.to_owned()).or_default().push((instant(set), lifted.map(instant)));
        self
    }

    pub(super) fn quantity(mut self, name: &str, value: &str) -> Self {
        let known = match value {
            "unknown" => Quantity::Unknown,
            value => Quantity::Known(value.parse::<Span>().unwrap()),
        };
        self.history.quantities.insert(name.to_owned(), known);
        self
    }

    pub(super) fn done(mut self, stage: usize, at: &str) -> Self {
        self.history.done.insert(stage, instant(at));
        self
    }

    pub(super) fn source(mut self, name: &str, at: &str) -> Self {
        self.history.sources = BTreeMap::from([(name.to_owned(), instant(at))]);
        self
    }

    /// Each stage as `erase due 2026-03-01`.
    pub(super) fn stages(&self) -> String {
        let statuses = self.rule.statuses(&self.history, self.now, &denmark());
        let shown = statuses.iter().map(|stage| {
            let date = stage.status.date().map(|date| format!(" {}", show(date))).unwrap_or_default();
            format!("{} {}{date}", stage.verb.word(), stage.status.word())
        });
        shown.collect::<Vec<_>>().join("; ")
    }

    pub(super) fn statuses(&self) -> Vec<super::StageStatus> {
        self.rule.statuses(&self.history, self.now, &denmark())
    }

    pub(super) fn status(&self) -> Status {
        self.statuses().remove(0).status
    }

    pub(super) fn next_look(&self) -> Option<String> {
        self.rule.next_look(&self.history, self.now, &denmark()).map(show)
    }
}

/// A day, or an instant in UTC where it is not midnight in Denmark.
pub(super) fn show(instant: Timestamp) -> String {
    let zoned = instant.to_zoned(denmark());
    let midnight = zoned.time() == jiff::civil::Time::midnight();
    if midnight { zoned.date().to_string() } else { instant.strftime("%Y-%m-%dT%H:%M").to_string() }
}
