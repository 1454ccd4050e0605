//! What the clocks say of a record now: the next date, from when it is closed, when to look again, what to do.
//!
//! Invariant: of the rule under which a record was collected and the rule that runs, the one that ends it sooner wins.

use jiff::{Span, Timestamp};
use notice::Policy;
use notice::clock::{History, Mode, Rule, Status, Verb};

use crate::engine::Row;
use crate::envelope::{Envelope, Micros, Past};
use crate::house::House;
use crate::open::micros;

/// How long a task, a hold or an unknown rests before it is looked at again, if nothing else says when.
const REVIEW_DAYS: i64 = 30;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Act {
    pub(crate) verb: Verb,
    pub(crate) stage: usize,
    /// When it fell due.
    pub(crate) due_at: Micros,
}

/// What the clocks say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reading {
    /// Date of the next stage.
    pub(crate) due_at: Option<Micros>,
    /// From when ordinary uses see the record no longer.
    pub(crate) closed_at: Option<Micros>,
    /// When to look again.
    pub(crate) look_at: Option<Micros>,
    /// What is due and the system does by itself.
    pub(crate) act: Option<Act>,
    /// What is due and a person must do.
    pub(crate) task: Option<Verb>,
}

/// Reads the clocks of a record.
pub(crate) fn read(
    house: &House,
    row: &Row,
    envelope: &Envelope,
    of_person: &[(String, Micros)],
    now: Timestamp,
) -> Reading {
    read_rules(house, (&house.policy, &house.rules(row)), envelope, of_person, now)
}

/// What has happened to a record as clocks read it: a decision stands no longer than the notices let it (rule DR-16).
pub(crate) fn history(
    house: &House,
    policy: &Policy,
    past: &Past,
    of_person: &[(String, Micros)],
) -> History {
    let mut history = past.history(of_person);
    for (name, decisions) in &mut history.flags {
        let Some(ends) = policy.flag(name).and_then(|flag| flag.ends) else { continue };
        for (set, lifted) in decisions {
            let end = set.to_zoned(house.config.zone.clone()).checked_add(ends.span());
            let end = end.ok().map(|end| end.timestamp());
            *lifted = lifted.map_or(end, |lifted| Some(end.map_or(lifted, |end| lifted.min(end))));
        }
    }
    history
}

/// Reads the clocks of a record by notices and rules that need not be those that run.
pub(crate) fn read_rules(
    house: &House,
    (policy, rules): (&Policy, &[&Rule]),
    envelope: &Envelope,
    of_person: &[(String, Micros)],
    now: Timestamp,
) -> Reading {
    let history = history(house, policy, &envelope.history, of_person);
    let mut reading = Reading::default();
    for rule in rules {
        let one = read_rule(house, rule, &history, &envelope.history, now);
        reading.due_at = sooner(reading.due_at, one.due_at);
        reading.closed_at = sooner(reading.closed_at, one.closed_at);
        reading.look_at = sooner(reading.look_at, one.look_at);
        reading.act = match (reading.act, one.act) {
            (Some(ours), Some(other)) if other.due_at < ours.due_at => Some(other),
            (ours, other) => ours.or(other),
        };
        reading.task = reading.task.or(one.task);
    }
    if reading.act.is_some() {
        reading.look_at = Some(reading.look_at.unwrap_or(micros(now)).min(micros(now)));
    }
    reading
}

fn read_rule(house: &House, rule: &Rule, history: &History, past: &Past, now: Timestamp) -> Reading {
    let zone = &house.config.zone;
    let mut reading = Reading::default();
    let statuses = rule.statuses(history, now, zone);
    let Some((stage, next)) = statuses.iter().enumerate().find(|(_, stage)| !stage.status.is_over()) else {
        return reading;
    };
    let decided = past.decided.iter().any(|(decided, _, _)| *decided == stage);
    let closes = next.verb == Verb::Block || next.verb.ends();
    if let Status::Pending(date) | Status::Due(date) = next.status {
        reading.due_at = Some(micros(date));
        reading.closed_at = (closes && next.mode != Mode::From).then(|| micros(date));
    }
    let acts_by_itself = matches!(next.verb, Verb::Erase | Verb::Block | Verb::Anonymise);
    match (&next.status, next.mode) {
        (Status::Due(date), Mode::At | Mode::By) if acts_by_itself => {
            reading.act = Some(Act { verb: next.verb, stage, due_at: micros(*date) });
        }
        (Status::Due(date), Mode::From) if acts_by_itself && decided => {
            reading.act = Some(Act { verb: next.verb, stage, due_at: micros(*date) });
        }
        // A ceiling may be undercut on a recorded decision.
        (Status::Pending(_) | Status::Waiting { .. }, Mode::By) if acts_by_itself && decided => {
            reading.act = Some(Act { verb: next.verb, stage, due_at: micros(now) });
        }
        (Status::Due(_), _) => reading.task = Some(next.verb),
        (
            Status::Pending(_)
            | Status::Waiting { .. }
            | Status::Held { .. }
            | Status::Done(_)
            | Status::NotApplicable,
            _,
        ) => {}
    }
    let rests =
        || micros(now.to_zoned(zone.clone()).saturating_add(Span::new().days(REVIEW_DAYS)).timestamp());
    reading.look_at = rule.next_look(history, now, zone).map(micros);
    if reading.act.is_none() && reading.look_at.is_some_and(|look| look <= micros(now)) {
        // A task waits for a person: it is on the list and looked at again.
        reading.look_at = Some(rests());
    }
    reading
}

/// The sooner of two dates that may be missing.
pub(crate) fn sooner(a: Option<Micros>, b: Option<Micros>) -> Option<Micros> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Writes what the clocks say into the row; says whether the sealed part of it changed.
pub(crate) fn set(row: &mut Row, reading: &Reading) -> bool {
    let changed = row.due_at != reading.due_at || row.closed_at != reading.closed_at;
    row.due_at = reading.due_at;
    row.closed_at = reading.closed_at;
    row.look_at = reading.look_at;
    changed
}
