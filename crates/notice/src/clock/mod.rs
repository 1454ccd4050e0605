//! The language of one line for *when*: `erase at earliest(fulfilled + P2Y, subject.died + P1Y)`.
//!
//! Invariant: no clock in here; the instant of asking is an argument, and so is the zone of the calendar.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Span, Timestamp};

mod calendar;
mod deadline;
mod duration;
mod eval;
mod lexer;
mod limits;
mod parse;
mod print;
#[cfg(test)]
mod tests;

pub use calendar::is_working_day;
pub use deadline::{Deadline, answer_by};
pub use duration::{Duration, NotADuration};
pub use limits::{DEPTH_MAX, DURATION_MAX_YEARS, LINE_MAX_BYTES};
pub use parse::ClockError;

/// A parsed retention rule: stages that run in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// In order.
    pub stages: Vec<Stage>,
    /// How long a stage that waits or is held may lie before somebody looks at it.
    pub review: Duration,
}

impl Rule {
    /// Whether every record under it goes within a day of an event that it names, whatever else happens: a code of fifteen minutes, a login of a day. Nothing that anybody does can bring the end of such a record forward by more than that.
    #[must_use]
    pub fn is_brief(&self) -> bool {
        let [stage] = self.stages.as_slice() else { return false };
        stage.mode == Mode::At
            && stage.only.is_none()
            && stage.unless.is_none()
            && match &stage.when {
                When::Earliest(dates) => dates.iter().any(within_a_day),
                date @ When::After { .. } => within_a_day(date),
                When::Latest(_) | When::Inherit(_) => false,
            }
    }
}

/// An event and at most a day, but more than nothing: an event alone may come years later.
fn within_a_day(date: &When) -> bool {
    let When::After { plus: Some(Plus::Duration(duration)), .. } = date else { return false };
    *duration != Duration::default() && duration.days_at_most() <= 1
}

/// One stage of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// What is done.
    pub verb: Verb,
    /// Where to: `archive to rigsarkivet`.
    pub target: Option<String>,
    /// Exactly then, at the latest, or at the earliest.
    pub mode: Mode,
    /// The date.
    pub when: When,
    /// `if`: under which condition, and what happens instead.
    pub only: Option<Only>,
    /// `unless`: what holds it, whatever its date.
    pub unless: Option<Cond>,
}

/// The condition of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Only {
    /// What must hold.
    pub cond: Cond,
    /// The stage that takes its place otherwise.
    pub otherwise: Option<Box<Stage>>,
}

/// What a stage does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// Content, key, row and index entries go.
    Erase,
    /// Only kept; nobody but the purposes of blocking may look.
    Block,
    /// Handed over to an archive.
    Archive,
    /// What identifies goes.
    Anonymise,
    /// Becomes part of another register.
    Move,
    /// A person looks at it.
    Review,
    /// Paper and copies are destroyed.
    Destroy,
}

impl Verb {
    /// Every verb, in the order of the grammar.
    pub const ALL: [Self; 7] =
        [Self::Erase, Self::Block, Self::Archive, Self::Anonymise, Self::Move, Self::Review, Self::Destroy];

    /// The word in the rule.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Erase => "erase",
            Self::Block => "block",
            Self::Archive => "archive",
            Self::Anonymise => "anonymise",
            Self::Move => "move",
            Self::Review => "review",
            Self::Destroy => "destroy",
        }
    }

    /// Whether the data is gone from this register afterwards.
    #[must_use]
    pub const fn ends(self) -> bool {
        match self {
            Self::Erase | Self::Anonymise | Self::Move | Self::Destroy => true,
            Self::Block | Self::Archive | Self::Review => false,
        }
    }
}

/// How a date binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Exactly then: the system acts, nobody is asked.
    At,
    /// At the latest: earlier on a recorded decision, never later.
    By,
    /// At the earliest, and then only on a recorded decision.
    From,
}

impl Mode {
    /// Every mode, in the order of the grammar.
    pub const ALL: [Self; 3] = [Self::At, Self::By, Self::From];

    /// The word in the rule.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::At => "at",
            Self::By => "by",
            Self::From => "from",
        }
    }
}

/// A date that depends on what has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// The smallest date among those that are known.
    Earliest(Vec<When>),
    /// The largest date, once all that are not optional are known.
    Latest(Vec<Arg>),
    /// The date on which the named source erased or must erase.
    Inherit(String),
    /// An event, and what is added to it.
    After {
        /// Which occurrence.
        pick: Pick,
        /// The event.
        event: String,
        /// What is added.
        plus: Option<Plus>,
    },
}

/// An argument of `latest`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arg {
    /// Whether it must be known, or is left out until it is.
    pub need: Need,
    /// The date.
    pub when: When,
}

/// Whether `latest` waits for an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Need {
    /// It waits.
    Must,
    /// `opt`: left out until it has happened.
    Opt,
}

/// Which of several occurrences of an event counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pick {
    /// Nothing is written: the last.
    Unsaid,
    /// `first`
    First,
    /// `last`
    Last,
}

/// What is added to an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plus {
    /// A duration.
    Duration(Duration),
    /// A named quantity of the record; none adds nothing.
    Quantity(String),
}

/// A condition of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cond {
    /// One holds.
    Any(Vec<Cond>),
    /// All hold.
    All(Vec<Cond>),
    /// The inner condition does not hold.
    Not(Box<Cond>),
    /// A named, recorded decision stands.
    Flag(String),
    /// The event has at least one occurrence.
    Happened(String),
    /// Some occurrence lies less than the duration back.
    Within(String, Duration),
    /// The named quantity is longer than the duration.
    Longer(String, Duration),
}

/// All that has happened to a record, as far as clocks are concerned.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Occurrences of events; revoked ones are left out.
    pub events: BTreeMap<String, Vec<Timestamp>>,
    /// Flags: when set, and when lifted.
    pub flags: BTreeMap<String, Vec<(Timestamp, Option<Timestamp>)>>,
    /// Named quantities.
    pub quantities: BTreeMap<String, Quantity>,
    /// What a named source has said of its own erasure.
    pub sources: BTreeMap<String, Timestamp>,
    /// Stages that are done, by position, with the time of the receipt.
    pub done: BTreeMap<usize, Timestamp>,
}

/// A named quantity of a record; absent from the history means none.
#[derive(Clone, Copy, Debug)]
pub enum Quantity {
    /// Known.
    Known(Span),
    /// Nobody knows: holds the clock until somebody does.
    Unknown,
}

/// Where a stage stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// An event has not happened.
    Waiting {
        /// The events of which one or all are missing.
        events: Vec<String>,
        /// When somebody looks at it.
        review: Timestamp,
    },
    /// The date is known and has not come.
    Pending(Timestamp),
    /// The date is known, something holds it.
    Held {
        /// The date on which it would be due.
        date: Option<Timestamp>,
        /// Why, in the words of the rule.
        reason: String,
        /// When somebody looks at it.
        review: Timestamp,
    },
    /// The date has come.
    Due(Timestamp),
    /// Carried out.
    Done(Timestamp),
    /// Its condition is false.
    NotApplicable,
}

impl Status {
    /// The word in reports: `waiting`, `pending`, `held`, `due`, `done`, `not applicable`.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Waiting { .. } => "waiting",
            Self::Pending(_) => "pending",
            Self::Held { .. } => "held",
            Self::Due(_) => "due",
            Self::Done(_) => "done",
            Self::NotApplicable => "not applicable",
        }
    }

    /// The date that goes with it.
    #[must_use]
    pub const fn date(&self) -> Option<Timestamp> {
        match self {
            Self::Pending(date) | Self::Due(date) | Self::Done(date) => Some(*date),
            Self::Held { date, .. } => *date,
            Self::Waiting { .. } | Self::NotApplicable => None,
        }
    }

    /// When somebody looks at it, if it lies still.
    #[must_use]
    pub const fn review(&self) -> Option<Timestamp> {
        match self {
            Self::Waiting { review, .. } | Self::Held { review, .. } => Some(*review),
            Self::Pending(_) | Self::Due(_) | Self::Done(_) | Self::NotApplicable => None,
        }
    }

    /// Whether later stages need not wait for it.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        match self {
            Self::Done(_) | Self::NotApplicable => true,
            Self::Waiting { .. } | Self::Pending(_) | Self::Held { .. } | Self::Due(_) => false,
        }
    }
}

/// The status of one stage, with the clause that it follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageStatus {
    /// What is done.
    pub verb: Verb,
    /// Where to.
    pub target: Option<String>,
    /// How the date binds.
    pub mode: Mode,
    /// Where it stands.
    pub status: Status,
    /// The part of the rule that gave the date, as written.
    pub clause: String,
    /// The position of the first earlier stage that is not over: this one must not be carried out before.
    pub blocked_by: Option<usize>,
}

/// Names that a rule uses, each once, in alphabetical order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Events; `source.erased` for `inherit`.
    pub events: BTreeSet<String>,
    /// Flags.
    pub flags: BTreeSet<String>,
    /// Flags that hold a stage by `unless`.
    pub holding_flags: BTreeSet<String>,
    /// Named quantities.
    pub quantities: BTreeSet<String>,
    /// Sources of `inherit`.
    pub sources: BTreeSet<String>,
    /// Targets of `to`.
    pub targets: BTreeSet<String>,
}

/// The event that tells of a source's erasure, read by `inherit`.
pub const SOURCE_ERASED: &str = "source.erased";

impl Rule {
    /// All names that the rule uses.
    #[must_use]
    pub fn names(&self) -> Names {
        let mut names = Names::default();
        self.stages.iter().for_each(|stage| stage.collect(&mut names));
        names
    }

    /// The same rule with another time between two looks at a stage that waits or is held.
    #[must_use]
    pub fn reviewed_every(mut self, review: Duration) -> Self {
        self.review = review;
        self
    }

    /// The events that the rule reads.
    #[must_use]
    pub fn events(&self) -> Vec<String> {
        self.names().events.into_iter().collect()
    }

    /// Every stage that may run, those after `else` among them.
    pub fn branches(&self) -> impl Iterator<Item = &Stage> {
        self.stages.iter().flat_map(Stage::branches)
    }
}

impl Stage {
    /// This stage and those after its `else`.
    pub fn branches(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |stage| stage.otherwise())
    }

    /// The stage after `else`.
    #[must_use]
    pub fn otherwise(&self) -> Option<&Self> {
        self.only.as_ref()?.otherwise.as_deref()
    }

    fn collect(&self, names: &mut Names) {
        names.targets.extend(self.target.clone());
        self.when.collect(names);
        if let Some(only) = &self.only {
            only.cond.collect(names);
            if let Some(stage) = &only.otherwise {
                stage.collect(names);
            }
        }
        if let Some(cond) = &self.unless {
            let mut inner = Names::default();
            cond.collect(&mut inner);
            names.holding_flags.extend(inner.flags);
            cond.collect(names);
        }
    }
}

impl When {
    fn collect(&self, names: &mut Names) {
        match self {
            Self::Earliest(all) => all.iter().for_each(|when| when.collect(names)),
            Self::Latest(args) => args.iter().for_each(|arg| arg.when.collect(names)),
            Self::Inherit(source) => {
                names.sources.insert(source.clone());
                names.events.insert(SOURCE_ERASED.to_owned());
            }
            Self::After { event, plus, .. } => {
                names.events.insert(event.clone());
                if let Some(Plus::Quantity(name)) = plus {
                    names.quantities.insert(name.clone());
                }
            }
        }
    }
}

impl Cond {
    fn collect(&self, names: &mut Names) {
        match self {
            Self::Any(all) | Self::All(all) => all.iter().for_each(|cond| cond.collect(names)),
            Self::Not(inner) => inner.collect(names),
            Self::Flag(name) => {
                names.flags.insert(name.clone());
            }
            Self::Happened(event) | Self::Within(event, _) => {
                names.events.insert(event.clone());
            }
            Self::Longer(name, _) => {
                names.quantities.insert(name.clone());
            }
        }
    }
}
