//! Lines of the access log: made here, written by the writer, read back for their reader.
//!
//! Invariant: a line is sealed under the key of its day; when the last line of the day has gone, so does the key.

use std::sync::Arc;
use std::sync::PoisonError;

use aws_lc_rs::digest::{Context, SHA256};
use jiff::{Span, Timestamp};
use notice::clock::History;
use notice::id::Person;
use notice::policy::{ClauseId, RegisterId, UseId};
use notice::{Actor, Id};
use zeroize::Zeroizing;

use crate::call::Call;
use crate::engine::{Answer, KeptRow, KeyChange, LineRow};
use crate::envelope::{Hex, Micros, time};
use crate::error::Unavailable;
use crate::house::{House, LineDue};
use crate::line::{Kept, Line, Outcome, Trace};
use crate::open::micros;
use crate::personal::Personal;
use crate::secrets::{Pseudonym, Seal};
use crate::writer::{Room, Stop, Work, Writer};

/// Microseconds of a day.
const DAY_MICROS: i64 = 86_400_000_000;
/// Microseconds of a minute.
const MINUTE_MICROS: i64 = 60_000_000;
/// Minutes, by register of lines, whose dates are remembered.
const DUES_MAX: usize = 16;
/// Bytes that the sealed part of most lines does not exceed: text that grows leaves copies of itself behind.
const LINE_BYTES: usize = 512;
/// How long a line is kept whose use names no register of lines: as long as lines of ordinary cases (rule N-18).
const KEPT_YEARS: i64 = 2;

/// The sealed part of a line: its trace and the people it leads back to.
#[derive(serde::Serialize, serde::Deserialize)]
struct Sealed<T> {
    trace: T,
    subject: Option<Hex<Person>>,
    actor: Option<Hex<Person>>,
}

/// A [`Trace`] of what the caller already holds: the same text, without a copy of every name.
#[derive(serde::Serialize)]
struct Borrowed<'a> {
    who: &'a str,
    role: &'a str,
    organisation: Option<&'a str>,
    on_behalf_of: Option<&'a str>,
    reason: Option<&'a str>,
    records: u32,
    clause: Option<String>,
}

/// The sealed part of a decision to keep a line longer.
#[derive(serde::Serialize, serde::Deserialize)]
struct Decision {
    flag: String,
    at: Micros,
    role: String,
    reason: String,
}

/// What a line says.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) call: &'a Call,
    pub(crate) use_id: UseId,
    pub(crate) subject: Option<Id<Person>>,
    pub(crate) outcome: Outcome,
    pub(crate) records: usize,
    pub(crate) reason: Option<&'a Personal<String>>,
    pub(crate) clause: Option<ClauseId>,
}

/// The short form of a clause in a line.
pub(crate) fn clause_word(clause: ClauseId) -> String {
    match clause {
        ClauseId::Role => "role".to_owned(),
        ClauseId::Verb => "verb".to_owned(),
        ClauseId::Missing(fact) => format!("missing {}", fact.word()),
        ClauseId::Against(fact) => format!("against {}", fact.word()),
        ClauseId::NotInForce => "not-in-force".to_owned(),
        ClauseId::StepUp => "step-up".to_owned(),
    }
}

const fn outcome_code(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Granted => 0,
        Outcome::Emergency => 1,
        Outcome::Refused => 2,
    }
}

const fn outcome_of(code: u8) -> Outcome {
    match code {
        0 => Outcome::Granted,
        1 => Outcome::Emergency,
        _ => Outcome::Refused,
    }
}

/// The pseudonym of a caller in the log: the person, else the organisation.
pub(crate) fn actor_pseudonym(house: &House, actor: &Actor) -> Option<Pseudonym> {
    let log = house.secrets.log();
    actor
        .person
        .map(|person| log.person(person))
        .or_else(|| actor.organisation.map(|it| log.organisation(it)))
}

impl House {
    /// A line ready to be written, and the day whose key it needs.
    pub(crate) fn line(&self, writer: &Writer, entry: &Entry<'_>) -> Answer<LineRow> {
        let at = micros(entry.call.now);
        let day = at.div_euclid(DAY_MICROS);
        let seal = self.day_seal(writer, day)?;
        let used = self.policy.use_(entry.use_id).ok_or(Unavailable::Engine)?;
        let caller = &entry.call.caller;
        // Where nobody can be found, a line leads to nobody either (GDPR art. 11).
        let subject = entry.subject.filter(|_| !self.policy.is_unnamed(entry.use_id));
        let sealed = Sealed {
            trace: Borrowed {
                who: caller.name.reveal(),
                role: self.policy.role_name(caller.actor.role),
                organisation: caller.organisation_name.as_deref(),
                on_behalf_of: caller.on_behalf_of.as_ref().map(|name| name.reveal().as_str()),
                reason: entry.reason.map(|reason| reason.reveal().as_str()),
                records: u32::try_from(entry.records).unwrap_or(u32::MAX),
                clause: entry.clause.map(clause_word),
            },
            subject: subject.map(Hex),
            actor: caller.actor.person.map(Hex),
        };
        let mut row = LineRow {
            number: 0,
            at,
            subject: subject.map(|person| self.secrets.log().person(person)),
            actor: actor_pseudonym(self, &caller.actor),
            use_name: self.word(&used.said.id)?,
            outcome: outcome_code(entry.outcome),
            key_day: day,
            salt: self.random(),
            hash: [0; 32],
            due_at: self.plain_due(used.log, entry.call.now),
            sealed: Vec::new(),
            times: 1,
            kept: None,
        };
        let mut text = Zeroizing::new(Vec::with_capacity(LINE_BYTES));
        serde_json::to_writer(&mut *text, &sealed).map_err(|_| Unavailable::Engine)?;
        let bound = bound(&row);
        row.sealed = seal.close(&bound, &text, &*self.randomness)?;
        row.hash = hash(&bound, &row.sealed);
        Ok(row)
    }

    /// A line with the decision to keep it longer, by a role for a reason: the clock of its register says until when (rule N-18). `None` if the decision changes nothing, such as one that comes too late.
    pub(crate) fn keep_line(
        &self,
        row: &LineRow,
        call: &Call,
        flag: &str,
        reason: &str,
    ) -> Answer<Option<(KeptRow, Micros)>> {
        let Some(seal) = self.old_seal(row.key_day)? else { return Ok(None) };
        let log = self.policy.use_id(self.text(row.use_name)).and_then(|id| self.policy.use_(id)?.log);
        let due_at = self.line_due(log, time(row.at), &[(flag, call.now)]);
        if due_at <= row.due_at {
            return Ok(None);
        }
        let decision = Decision {
            flag: flag.to_owned(),
            at: micros(call.now),
            role: self.policy.role_name(call.caller.actor.role).to_owned(),
            reason: reason.trim().to_owned(),
        };
        let text = Zeroizing::new(serde_json::to_vec(&decision).map_err(|_| Unavailable::Engine)?);
        let bound = bound_kept(row, row.due_at, due_at);
        let sealed = seal.close(&bound, &text, &*self.randomness)?;
        Ok(Some((KeptRow { first_due_at: row.due_at, sealed }, due_at)))
    }

    /// When a line goes on which no flag was set.
    ///
    /// Calendars turn on whole minutes: if the dates of the first and the last instant of a minute lie as far apart as
    /// the instants, so do all between them, and the rule need not be read anew for each line.
    fn plain_due(&self, log: Option<RegisterId>, at: Timestamp) -> Micros {
        let start = micros(at).div_euclid(MINUTE_MICROS) * MINUTE_MICROS;
        let mut dues = self.line_dues.lock().unwrap_or_else(PoisonError::into_inner);
        let known = dues.iter().find(|due| (due.log, due.minute) == (log, start)).copied();
        let due = known.unwrap_or_else(|| {
            let kept = |at: Micros| self.line_due(log, time(at), &[]).saturating_sub(at);
            let (first, last) = (kept(start), kept(start + MINUTE_MICROS - 1));
            let due = LineDue { log, minute: start, kept: (first == last).then_some(first) };
            dues.truncate(DUES_MAX - 1);
            dues.insert(0, due);
            due
        });
        drop(dues);
        due.kept.map_or_else(|| self.line_due(log, at, &[]), |kept| micros(at).saturating_add(kept))
    }

    /// When a line goes, by the clock of the register of lines and the flags that were set on it.
    fn line_due(&self, log: Option<RegisterId>, at: Timestamp, flags: &[(&str, Timestamp)]) -> Micros {
        let clock = log.and_then(|log| self.policy.clock_of(log));
        let mut history = History::default();
        history.events.insert("log.written".to_owned(), vec![at]);
        for (flag, set) in flags {
            history.flags.insert((*flag).to_owned(), vec![(*set, None)]);
        }
        let now = flags.iter().map(|(_, set)| *set).fold(at, Timestamp::max);
        let dated = clock.and_then(|clock| {
            let statuses = clock.rule.statuses(&history, now, &self.config.zone);
            statuses.into_iter().find_map(|stage| stage.verb.ends().then(|| stage.status.date()).flatten())
        });
        let dated = dated.or_else(|| {
            let zoned = at.to_zoned(self.config.zone.clone());
            zoned.checked_add(Span::new().years(KEPT_YEARS)).ok().map(|zoned| zoned.timestamp())
        });
        dated.map_or(Micros::MAX, micros)
    }

    /// The seal of a day; its key is durable before it is used.
    fn day_seal(&self, writer: &Writer, day: i64) -> Answer<Arc<Seal>> {
        if let Some(seal) = self.log_keys.read().unwrap_or_else(PoisonError::into_inner).get(&day) {
            return Ok(seal.clone());
        }
        let _one = self.making_day.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(seal) = self.log_keys.read().unwrap_or_else(PoisonError::into_inner).get(&day) {
            return Ok(seal.clone());
        }
        let name = self.day_key(day);
        let wrapped = match self.key_lookers.with(|keys| keys.key(&name))? {
            Some((wrapped, _)) => wrapped,
            None => self.make_day(writer, name)?,
        };
        let seal = Arc::new(self.secrets.unwrap(&name, &wrapped)?);
        let mut kept = self.log_keys.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() > 64 {
            kept.clear();
        }
        kept.insert(day, seal.clone());
        Ok(seal)
    }

    fn make_day(&self, writer: &Writer, name: [u8; 16]) -> Answer<Vec<u8>> {
        let key = Zeroizing::new(self.random::<32>());
        let wrapped = self.secrets.wrap(&name, &key, &*self.randomness)?;
        let put = wrapped.clone();
        let make = move |work: &mut Work<'_>| {
            work.keys.push(KeyChange::Put(name, put));
            Ok::<(), Stop<std::convert::Infallible>>(())
        };
        writer.line(Room::All, make).map_err(unavailable)?;
        Ok(wrapped)
    }

    /// The seal of a day whose lines are read.
    fn old_seal(&self, day: i64) -> Answer<Option<Arc<Seal>>> {
        if let Some(seal) = self.log_keys.read().unwrap_or_else(PoisonError::into_inner).get(&day) {
            return Ok(Some(seal.clone()));
        }
        let name = self.day_key(day);
        let Some((wrapped, _)) = self.key_lookers.with(|keys| keys.key(&name))? else { return Ok(None) };
        Ok(Some(Arc::new(self.secrets.unwrap(&name, &wrapped)?)))
    }

    /// A line as its reader sees it; `None` if its key is gone.
    pub(crate) fn read_line(&self, row: &LineRow) -> Answer<Option<Line>> {
        let Some(seal) = self.old_seal(row.key_day)? else { return Ok(None) };
        let bound = bound(row);
        if hash(&bound, &row.sealed) != row.hash {
            return Err(Unavailable::Tampered);
        }
        let text = seal.open(&bound, &row.sealed)?;
        let sealed: Sealed<Trace> = serde_json::from_slice(&text).map_err(|_| Unavailable::Tampered)?;
        let kept = row.kept.as_ref().map(|kept| read_kept(row, kept, &seal)).transpose()?;
        let Some(use_id) = self.policy.use_id(self.text(row.use_name)) else { return Ok(None) };
        Ok(Some(Line {
            number: row.number.unsigned_abs(),
            at: time(row.at),
            outcome: outcome_of(row.outcome),
            use_id,
            subject: sealed.subject.map(|person| person.0),
            actor: sealed.actor.map(|person| person.0),
            trace: Personal::new(sealed.trace),
            due_at: (row.due_at != Micros::MAX).then(|| time(row.due_at)),
            times: row.times.unsigned_abs(),
            kept,
        }))
    }
}

/// The reason of a job that cannot call itself off.
pub(crate) fn unavailable(stop: Stop<std::convert::Infallible>) -> Unavailable {
    match stop {
        Stop::Unavailable(why) => why,
        Stop::Called(never) => match never {},
    }
}

/// The decision that lies beside a line.
fn read_kept(row: &LineRow, kept: &KeptRow, seal: &Seal) -> Answer<Kept> {
    let text = seal.open(&bound_kept(row, kept.first_due_at, row.due_at), &kept.sealed)?;
    let decision: Decision = serde_json::from_slice(&text).map_err(|_| Unavailable::Tampered)?;
    Ok(Kept {
        flag: decision.flag,
        at: time(decision.at),
        role: decision.role,
        reason: Some(Personal::new(decision.reason)),
    })
}

/// What a decision beside a line is bound to: the line as it was written, and both dates.
fn bound_kept(row: &LineRow, first_due_at: Micros, due_at: Micros) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(64);
    bytes.extend_from_slice(b"kept");
    bytes.extend_from_slice(&row.hash);
    bytes.extend_from_slice(&first_due_at.to_be_bytes());
    bytes.extend_from_slice(&due_at.to_be_bytes());
    bytes
}

/// Everything of a line that its seal and its hash are bound to.
fn bound(row: &LineRow) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(128);
    bytes.extend_from_slice(b"line");
    bytes.extend_from_slice(&row.salt);
    for at in [row.at, row.use_name, row.key_day, row.first_due_at()] {
        bytes.extend_from_slice(&at.to_be_bytes());
    }
    bytes.push(row.outcome);
    for pseudonym in [row.subject, row.actor] {
        bytes.push(u8::from(pseudonym.is_some()));
        bytes.extend_from_slice(&pseudonym.unwrap_or_default());
    }
    bytes
}

/// The salted hash under which a tree of the log can hold a line that will be erased.
fn hash(bound: &[u8], sealed: &[u8]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    context.update(bound);
    context.update(sealed);
    let mut hash = [0; 32];
    hash.iter_mut().zip(context.finish().as_ref()).for_each(|(to, from)| *to = *from);
    hash
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{DUES_MAX, MINUTE_MICROS};
    use crate::testing::TestRegister;

    #[test]
    fn a_line_goes_to_the_microsecond_when_its_rule_says_so() {
        let town = TestRegister::new();
        let house = &town.register.house;
        let logs: Vec<_> = house.policy.uses.iter().map(|used| used.log).chain([None]).collect();
        // Two years after the first of these, the clock skips the hour; the others lie around the hours that it skips or repeats.
        for instant in
            ["2026-03-26T01:00:00Z", "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2024-02-29T23:00:00Z"]
        {
            let instant: Timestamp = instant.parse().unwrap();
            for micros in [-MINUTE_MICROS - 1, -1, 0, 1, 777, MINUTE_MICROS - 1, MINUTE_MICROS, 3_600_000_123]
            {
                let at = instant + jiff::SignedDuration::from_micros(micros);
                for log in &logs {
                    for _ in 0..2 {
                        assert_eq!(house.plain_due(*log, at), house.line_due(*log, at, &[]), "{at}");
                    }
                }
            }
        }
        assert!(house.line_dues.lock().unwrap().len() <= DUES_MAX);
    }
}
