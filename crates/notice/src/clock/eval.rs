//! What a rule says of one record at one instant.
//!
//! Invariant: total. Whatever the history holds, every stage gets a status, and what lies still gets a review date.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::{
    Arg, Cond, Duration, History, Need, Only, Pick, Plus, Quantity, Rule, SOURCE_ERASED, Stage, StageStatus,
    Status, When, calendar,
};

impl Rule {
    /// The status of every stage at an instant; calendar durations count in `zone`.
    #[must_use]
    pub fn statuses(&self, history: &History, now: Timestamp, zone: &TimeZone) -> Vec<StageStatus> {
        let mut asked = Asked::new(self.review, history, now, zone);
        let mut blocked_by = None;
        let mut statuses = Vec::with_capacity(self.stages.len());
        for (position, stage) in self.stages.iter().enumerate() {
            let found = asked.status(stage, position);
            let over = found.status.is_over();
            statuses.push(StageStatus { blocked_by, ..found });
            if !over && blocked_by.is_none() {
                blocked_by = Some(position);
            }
        }
        statuses
    }

    /// The earliest instant at which somebody must look at the record again, if it is not over.
    ///
    /// As long as the history stays as it is, no stage that is not done becomes due before this instant.
    #[must_use]
    pub fn next_look(&self, history: &History, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let mut asked = Asked::new(self.review, history, now, zone);
        let mut looks = Vec::new();
        for (position, stage) in self.stages.iter().enumerate() {
            let status = asked.status(stage, position).status;
            if let Status::Done(_) = status {
                continue;
            }
            asked.changes(stage, &mut looks);
            looks.extend(status.review());
            match status {
                Status::Pending(date) | Status::Due(date) => looks.push(date),
                Status::Held { .. } => asked.dates(stage, &mut looks),
                Status::Waiting { .. } | Status::NotApplicable | Status::Done(_) => {}
            }
        }
        looks.into_iter().min()
    }
}

/// A question to a rule, with what has been found out on the way.
struct Asked<'a> {
    history: &'a History,
    now: Timestamp,
    zone: &'a TimeZone,
    review: Duration,
    /// Dates of stages as they would have been at an instant, so that nested flags stay cheap.
    dates: HashMap<(*const Stage, Timestamp), Option<Timestamp>>,
}

/// What comes out of a date.
enum Outcome {
    Date { date: Timestamp, clause: String },
    Waiting(Vec<String>),
    Held { date: Option<Timestamp>, reason: String },
}

/// Which flags count in a condition.
#[derive(Clone, Copy)]
enum Flags<'a> {
    /// All that stand.
    All,
    /// None: what would hold without them.
    None,
    /// Those that were set before the period without them was over.
    InTime(&'a Stage),
}

impl<'a> Asked<'a> {
    fn new(review: Duration, history: &'a History, now: Timestamp, zone: &'a TimeZone) -> Self {
        Self { history, now, zone, review, dates: HashMap::new() }
    }

    /// When somebody looks at what lies still: at the next step of a series from the last thing that happened.
    fn next_review(&self) -> Timestamp {
        let start = last_instant(self.history, self.now).unwrap_or(self.now);
        calendar::next_in_series(start, self.review, self.now, self.zone)
    }

    fn status(&mut self, stage: &Stage, position: usize) -> StageStatus {
        let done = self.history.done.get(&position).copied();
        let (stage, status, clause) = self.live(stage);
        StageStatus {
            verb: stage.verb,
            target: stage.target.clone(),
            mode: stage.mode,
            // A stage that is done stays done, whatever is revoked afterwards.
            status: done.map_or(status, Status::Done),
            clause,
            blocked_by: None,
        }
    }

    /// The stage that applies, its status, and the clause from which that follows.
    fn live<'s>(&mut self, stage: &'s Stage) -> (&'s Stage, Status, String) {
        if let Some(Only { cond, otherwise }) = &stage.only {
            let clause = format!("if {cond}");
            match (self.holds(cond, Flags::InTime(stage), self.now), otherwise) {
                (Some(true), _) => {}
                (Some(false), Some(other)) => return self.live(other),
                (Some(false), None) => return (stage, Status::NotApplicable, clause),
                (None, _) => return (stage, self.held(None, clause.clone()), clause),
            }
        }
        let outcome = self.outcome(&stage.when, self.now);
        if let Some(cond) = &stage.unless
            && self.holds(cond, Flags::All, self.now) != Some(false)
        {
            let clause = format!("unless {cond}");
            return (stage, self.held(outcome.date(), clause.clone()), clause);
        }
        let (status, clause) = self.settle(outcome, &stage.when);
        (stage, status, clause)
    }

    fn settle(&self, outcome: Outcome, when: &When) -> (Status, String) {
        match outcome {
            Outcome::Date { date, clause } if date <= self.now => (Status::Due(date), clause),
            Outcome::Date { date, clause } => (Status::Pending(date), clause),
            Outcome::Waiting(events) => {
                (Status::Waiting { events, review: self.next_review() }, when.to_string())
            }
            Outcome::Held { date, reason } => (self.held(date, reason), when.to_string()),
        }
    }

    fn held(&self, date: Option<Timestamp>, reason: String) -> Status {
        Status::Held { date, reason, review: self.next_review() }
    }

    fn outcome(&self, when: &When, at: Timestamp) -> Outcome {
        match when {
            When::Earliest(all) => self.earliest(all, at),
            When::Latest(args) => self.latest(args, at),
            When::Inherit(source) => match self.source(source) {
                Some(date) => Outcome::Date { date, clause: when.to_string() },
                None => Outcome::Waiting(vec![SOURCE_ERASED.to_owned()]),
            },
            When::After { pick, event, plus } => match self.occurrence(event, *pick) {
                Some(start) => self.after(start, plus.as_ref(), when),
                None => Outcome::Waiting(vec![event.clone()]),
            },
        }
    }

    fn after(&self, start: Timestamp, plus: Option<&Plus>, when: &When) -> Outcome {
        let span = match plus {
            None => Span::new(),
            Some(Plus::Duration(duration)) => duration.span(),
            Some(Plus::Quantity(name)) => match self.quantity(name) {
                Some(span) => span,
                None => return Outcome::Held { date: None, reason: format!("`{name}` is not known") },
            },
        };
        match calendar::add(start, span, self.zone) {
            Some(date) => Outcome::Date { date, clause: when.to_string() },
            None => Outcome::Held { date: None, reason: format!("`{when}` lies beyond the calendar") },
        }
    }

    /// The smallest known date. An unknown one may lie before it, so it is certain only once it has come.
    fn earliest(&self, all: &[When], at: Timestamp) -> Outcome {
        let mut parts = Parts::default();
        all.iter().for_each(|when| parts.add(self.outcome(when, at), |new, old| new < old));
        match (parts.best, parts.held) {
            (Some((date, clause)), None) => Outcome::Date { date, clause },
            (Some((date, clause)), Some(_)) if date <= at => Outcome::Date { date, clause },
            (best, Some(reason)) => Outcome::Held { date: best.map(|(date, _)| date), reason },
            (None, None) => Outcome::Waiting(parts.missing),
        }
    }

    /// The largest date, once every argument that is not optional has one.
    fn latest(&self, args: &[Arg], at: Timestamp) -> Outcome {
        let (mut parts, mut optional) = (Parts::default(), Vec::new());
        for arg in args {
            match (self.outcome(&arg.when, at), arg.need) {
                (Outcome::Waiting(events), Need::Opt) => optional.extend(events),
                (outcome, Need::Opt | Need::Must) => parts.add(outcome, |new, old| new > old),
            }
        }
        match (parts.best, parts.held) {
            _ if !parts.missing.is_empty() => Outcome::Waiting(parts.missing),
            (best, Some(reason)) => Outcome::Held { date: best.map(|(date, _)| date), reason },
            (Some((date, clause)), None) => Outcome::Date { date, clause },
            (None, None) => Outcome::Waiting(optional),
        }
    }

    fn occurrence(&self, event: &str, pick: Pick) -> Option<Timestamp> {
        let all = self.history.events.get(event)?.iter().copied();
        match pick {
            Pick::First => all.min(),
            Pick::Unsaid | Pick::Last => all.max(),
        }
    }

    /// What the source has said, else what its own event tells.
    fn source(&self, source: &str) -> Option<Timestamp> {
        let said = self.history.sources.get(source).copied();
        said.or_else(|| self.occurrence(source, Pick::Last))
            .or_else(|| self.occurrence(SOURCE_ERASED, Pick::Last))
    }

    /// A quantity of the record: none adds nothing, and `None` is not known.
    fn quantity(&self, name: &str) -> Option<Span> {
        match self.history.quantities.get(name) {
            None => Some(Span::new()),
            Some(Quantity::Known(span)) if !calendar::is_odd(*span) => Some(*span),
            Some(Quantity::Known(_) | Quantity::Unknown) => None,
        }
    }

    /// Whether a condition holds at an instant; `None` if that is not known.
    fn holds(&mut self, cond: &Cond, flags: Flags<'_>, at: Timestamp) -> Option<bool> {
        match cond {
            Cond::Any(all) => any(all.iter().map(|cond| self.holds(cond, flags, at))),
            Cond::All(all) => {
                any(all.iter().map(|cond| self.holds(cond, flags, at).map(|holds| !holds))).map(|no| !no)
            }
            Cond::Not(inner) => self.holds(inner, flags, at).map(|holds| !holds),
            Cond::Flag(name) => Some(self.stands(name, flags, at)),
            Cond::Happened(event) => Some(self.occurrence(event, Pick::Last).is_some()),
            Cond::Within(event, duration) => Some(self.occurrence(event, Pick::Last).is_some_and(|last| {
                calendar::add(last, duration.span(), self.zone).is_none_or(|end| end > at)
            })),
            Cond::Longer(name, duration) => calendar::is_longer(self.quantity(name)?, *duration),
        }
    }

    fn stands(&mut self, name: &str, flags: Flags<'_>, at: Timestamp) -> bool {
        let Some(intervals) = self.history.flags.get(name) else { return false };
        let stands = |&&(set, lifted): &&(Timestamp, Option<Timestamp>)| {
            set <= at && lifted.is_none_or(|lifted| at < lifted)
        };
        intervals.iter().filter(stands).any(|&(set, _)| match flags {
            Flags::All => true,
            Flags::None => false,
            // Rule N-18: a flag that is set when the period without it is over has no effect.
            Flags::InTime(stage) => self.date_without(stage, set).is_none_or(|over| set < over),
        })
    }

    /// The date of a stage at an instant as if no flag of its condition stood.
    fn date_without(&mut self, stage: &Stage, at: Timestamp) -> Option<Timestamp> {
        let only = stage.only.as_ref()?;
        match self.holds(&only.cond, Flags::None, at)? {
            true => self.outcome(&stage.when, at).certain(),
            false => self.date(only.otherwise.as_deref()?, at),
        }
    }

    /// The date of a stage at an instant, holds left aside.
    fn date(&mut self, stage: &Stage, at: Timestamp) -> Option<Timestamp> {
        let key = (std::ptr::from_ref(stage), at);
        if let Some(known) = self.dates.get(&key) {
            return *known;
        }
        let date = match &stage.only {
            None => self.outcome(&stage.when, at).certain(),
            Some(only) => match (self.holds(&only.cond, Flags::InTime(stage), at), &only.otherwise) {
                (Some(true), _) => self.outcome(&stage.when, at).certain(),
                (Some(false), Some(other)) => self.date(other, at),
                (Some(false), None) | (None, _) => None,
            },
        };
        self.dates.insert(key, date);
        date
    }

    /// Instants to come at which a condition of the stage may turn.
    fn changes(&self, stage: &Stage, looks: &mut Vec<Timestamp>) {
        for branch in stage.branches() {
            let conds = branch.only.iter().map(|only| &only.cond).chain(&branch.unless);
            conds.for_each(|cond| self.turns(cond, looks));
        }
    }

    fn turns(&self, cond: &Cond, looks: &mut Vec<Timestamp>) {
        let mut push = |instant: Timestamp| {
            if instant > self.now {
                looks.push(instant);
            }
        };
        match cond {
            Cond::Any(all) | Cond::All(all) => all.iter().for_each(|cond| self.turns(cond, looks)),
            Cond::Not(inner) => self.turns(inner, looks),
            Cond::Flag(name) => {
                for &(set, lifted) in self.history.flags.get(name).into_iter().flatten() {
                    push(set);
                    lifted.into_iter().for_each(&mut push);
                }
            }
            Cond::Within(event, duration) => {
                let end = self.occurrence(event, Pick::Last);
                end.and_then(|last| calendar::add(last, duration.span(), self.zone))
                    .into_iter()
                    .for_each(push);
            }
            Cond::Happened(_) | Cond::Longer(..) => {}
        }
    }

    /// Known dates to come inside a stage that is held: on them the hold may lose its ground.
    fn dates(&self, stage: &Stage, looks: &mut Vec<Timestamp>) {
        for branch in stage.branches() {
            self.leaves(&branch.when, looks);
        }
    }

    fn leaves(&self, when: &When, looks: &mut Vec<Timestamp>) {
        match when {
            When::Earliest(all) => all.iter().for_each(|when| self.leaves(when, looks)),
            When::Latest(args) => args.iter().for_each(|arg| self.leaves(&arg.when, looks)),
            When::Inherit(_) | When::After { .. } => {
                looks.extend(self.outcome(when, self.now).date().filter(|date| *date > self.now));
            }
        }
    }
}

impl Outcome {
    /// The date, if nothing is unknown about it.
    fn certain(&self) -> Option<Timestamp> {
        match self {
            Self::Date { date, .. } => Some(*date),
            Self::Held { .. } | Self::Waiting(_) => None,
        }
    }

    fn date(&self) -> Option<Timestamp> {
        match self {
            Self::Date { date, .. } => Some(*date),
            Self::Held { date, .. } => *date,
            Self::Waiting(_) => None,
        }
    }
}

/// What the arguments of `earliest` and `latest` add up to.
#[derive(Default)]
struct Parts {
    best: Option<(Timestamp, String)>,
    held: Option<String>,
    missing: Vec<String>,
}

impl Parts {
    fn add(&mut self, outcome: Outcome, better: fn(&Timestamp, &Timestamp) -> bool) {
        match outcome {
            Outcome::Date { date, clause } => {
                if self.best.as_ref().is_none_or(|(best, _)| better(&date, best)) {
                    self.best = Some((date, clause));
                }
            }
            Outcome::Waiting(events) => self.missing.extend(events),
            Outcome::Held { reason, .. } => {
                self.held.get_or_insert(reason);
            }
        }
    }
}

/// Whether one holds, in three values: true if one is true, unknown if none is true and one is unknown.
fn any(all: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut found = Some(false);
    for holds in all {
        match holds {
            Some(true) => return Some(true),
            Some(false) => {}
            None => found = None,
        }
    }
    found
}

/// The last thing that has happened, from which reviews count.
fn last_instant(history: &History, now: Timestamp) -> Option<Timestamp> {
    let events = history.events.values().flatten().copied();
    let flags = history.flags.values().flatten().flat_map(|(set, lifted)| [Some(*set), *lifted]).flatten();
    events.chain(flags).filter(|instant| *instant <= now).max()
}

impl Stage {
    /// Every date of the stage that applies, as written, with what it gives.
    pub(crate) fn weighed(
        &self,
        history: &History,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Vec<(String, Option<Timestamp>)> {
        let mut asked = Asked::new(Duration::YEAR, history, now, zone);
        let (applies, _, _) = asked.live(self);
        let mut leaves = Vec::new();
        gather(&applies.when, &mut leaves);
        leaves.into_iter().map(|when| (when.to_string(), asked.outcome(when, now).date())).collect()
    }

    /// Every condition of the stage and of those after `else`, as written, with whether it holds.
    pub(crate) fn read(
        &self,
        history: &History,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Vec<(String, Option<bool>)> {
        let mut asked = Asked::new(Duration::YEAR, history, now, zone);
        let mut read = Vec::new();
        for stage in self.branches() {
            if let Some(only) = &stage.only {
                read.push((format!("if {}", only.cond), asked.holds(&only.cond, Flags::InTime(stage), now)));
            }
            if let Some(cond) = &stage.unless {
                read.push((format!("unless {cond}"), asked.holds(cond, Flags::All, now)));
            }
        }
        read
    }
}

fn gather<'a>(when: &'a When, leaves: &mut Vec<&'a When>) {
    match when {
        When::Earliest(all) => all.iter().for_each(|when| gather(when, leaves)),
        When::Latest(args) => args.iter().for_each(|arg| gather(&arg.when, leaves)),
        When::Inherit(_) | When::After { .. } => leaves.push(when),
    }
}
