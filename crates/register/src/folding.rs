//! Refusals of the same kind within an hour share a line, so that a flood of them cannot fill the disk.
//!
//! Invariant: the first refusal of each kind has its line on the disk before it is answered; a crash can cost repetitions their count only.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::secrets::Pseudonym;

/// Refusals that one actor gets lines of their own for, in an hour. Threats 4.5: from here on a supervisor is told.
const OWN_LINES: usize = 30;

/// What makes two refusals one of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Kind {
    /// The person who asks, else the organisation; what neither names shares a line.
    pub(crate) actor: Option<Pseudonym>,
    pub(crate) use_name: i64,
    pub(crate) clause: String,
    /// About whom; `None` once the actor has used up the lines of the hour.
    pub(crate) subject: Option<Pseudonym>,
}

/// What to do with a refusal.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fold {
    /// Counted on a line that stands.
    Counted,
    /// Needs a line, of this kind.
    Write(Kind),
}

#[derive(Debug, Default)]
struct Hour {
    hour: i64,
    lines: HashMap<Kind, i64>,
    by_actor: HashMap<Option<Pseudonym>, usize>,
    counts: HashMap<i64, u64>,
}

/// The refusals of this hour.
#[derive(Debug)]
pub(crate) struct Refusals {
    hour: Mutex<Hour>,
    /// Held while a line is written, so that two refusals of a kind at once get one line; actors seldom share one.
    writing: Vec<Mutex<()>>,
}

impl Default for Refusals {
    fn default() -> Self {
        Self { hour: Mutex::default(), writing: (0..256).map(|_| Mutex::default()).collect() }
    }
}

impl Refusals {
    /// One actor's refusals get their lines one after the other.
    pub(crate) fn turn(&self, actor: Option<Pseudonym>) -> Option<MutexGuard<'_, ()>> {
        let number = usize::from(actor.map_or(0, |actor| actor.first().copied().unwrap_or(0)));
        self.writing.get(number).map(|turn| turn.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Counts a refusal, or says which line it needs.
    pub(crate) fn fold(&self, hour: i64, mut kind: Kind) -> Fold {
        let mut state = self.hour.lock().unwrap_or_else(PoisonError::into_inner);
        if state.hour != hour {
            state.hour = hour;
            state.lines.clear();
            state.by_actor.clear();
        }
        let used = state.by_actor.get(&kind.actor).copied().unwrap_or(0);
        if used >= OWN_LINES && !state.lines.contains_key(&kind) {
            kind.subject = None;
        }
        match state.lines.get(&kind).copied() {
            Some(line) => {
                *state.counts.entry(line).or_default() += 1;
                Fold::Counted
            }
            None => Fold::Write(kind),
        }
    }

    /// A line stands now.
    pub(crate) fn written(&self, hour: i64, kind: Kind, line: i64) {
        let mut state = self.hour.lock().unwrap_or_else(PoisonError::into_inner);
        if state.hour == hour {
            let used = state.by_actor.entry(kind.actor).or_default();
            *used += 1;
            let tell = *used == OWN_LINES;
            state.lines.insert(kind, line);
            if tell {
                tracing::warn!(target: "register.security", event = "refusals", "one actor was refused 30 times within an hour");
            }
        }
    }

    /// Repetitions since the last time, to be written.
    pub(crate) fn take_counts(&self) -> Vec<(i64, u64)> {
        self.hour.lock().unwrap_or_else(PoisonError::into_inner).counts.drain().collect()
    }

    /// Repetitions that could not be written.
    pub(crate) fn give_back(&self, counts: Vec<(i64, u64)>) {
        let mut state = self.hour.lock().unwrap_or_else(PoisonError::into_inner);
        for (line, count) in counts {
            *state.counts.entry(line).or_default() += count;
        }
    }
}
