//! Doing what is due, and nothing else: holds first, then the brake, then the act and its receipt.
//!
//! Invariant: a key is destroyed before its row goes, and what is left is a count.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::PoisonError;

use jiff::Timestamp;
use notice::clock::Verb;

use crate::clockwork::{self, Act as Due};
use crate::engine::{Answer, KeyChange, ReceiptRow, Row};
use crate::envelope::{Envelope, Micros, time};
use crate::error::Unavailable;
use crate::guard::SEEN;
use crate::hold::HoldKind;
use crate::logging::unavailable;
use crate::open::micros;
use crate::reading::stage_code;
use crate::record::Stage;
use crate::register::Register;
use crate::secrets::Seal;
use crate::stripes::stripe;
use crate::sweep::{Report, Stopped};
use crate::writer::{Room, Stop, Work};

/// Records of one commit of the sweep: lines of readers are not kept waiting longer.
const STEP: usize = 500;
const HOUR_MICROS: Micros = 3_600_000_000;
const DAY_MICROS: Micros = 24 * HOUR_MICROS;
/// How far a plan looks ahead.
const PLAN_DAYS: i64 = 40;
/// Name under which the time of the last plan is kept.
const PLANNED: &str = "planned";
/// Name under which the release of the brake is kept.
pub(crate) const RELEASED: &str = "brake-released";

/// What one step of the sweep did.
#[derive(Debug, Default)]
struct Step {
    acts: BTreeMap<(i64, u8, Micros), u64>,
    held: BTreeMap<String, u64>,
    braked: u64,
    looked: usize,
}

/// How many more records may go.
#[derive(Clone, Copy, Debug)]
struct Allowance {
    left: u64,
    released: bool,
}

impl Register {
    pub(crate) fn sweep_now(&self) -> Answer<Report> {
        let house = &self.house;
        let now = house.now();
        let mut report = Report { at: now, ..Report::default() };
        if let Some(stopped) = self.look_at_clock(now)? {
            report.stopped = Some(stopped);
            return Ok(report);
        }
        let mut allowance = self.allowance(now)?;
        loop {
            let step =
                self.writer.change(Room::All, move |work| step(work, now, allowance)).map_err(unavailable)?;
            let counted = step.acts.iter().filter(|((word, _, _), _)| !house.is_brief(*word));
            allowance.left = allowance.left.saturating_sub(counted.map(|(_, count)| count).sum());
            self.add(&mut report, &step);
            if step.looked < STEP {
                break;
            }
        }
        let lines = self.sweep_lines(now)?;
        self.add(&mut report, &lines);
        if !report.acts.is_empty() {
            // What was erased is in no file when the sweep is over.
            house.settle.store(true, std::sync::atomic::Ordering::SeqCst);
        }
        self.writer.change(Room::All, move |work| remember(work, now)).map_err(unavailable)?;
        Ok(report)
    }

    /// A clock that stepped stops the sweep, if anything would go because of it.
    fn look_at_clock(&self, now: Timestamp) -> Answer<Option<Stopped>> {
        let house = &self.house;
        let stopped = {
            let mut seen = house.time.lock().unwrap_or_else(PoisonError::into_inner);
            seen.look(&*house.clock, house.config.guard)
        };
        if stopped.is_none() {
            return Ok(None);
        }
        if house.lookers.with(|store| store.anything_ends(micros(now)))? {
            tracing::warn!(target: "register.security", event = "clock-stepped", "the sweep waits for two persons to confirm the clock");
            return Ok(stopped);
        }
        house.time.lock().unwrap_or_else(PoisonError::into_inner).confirm();
        Ok(None)
    }

    /// How much may go now: the floor, or what was planned a day ago and a bit more, less what has gone since.
    fn allowance(&self, now: Timestamp) -> Answer<Allowance> {
        let guard = self.house.config.guard;
        let now = micros(now);
        self.house.lookers.with(|store| {
            let (made_at, planned) = store.planned(now - DAY_MICROS, now)?.unwrap_or((now, 0));
            // Lines go by their own clock, and what lives a day at most was in no plan of a day before; the plan counts the rest.
            let counts = |word: i64| !self.house.is_log(word) && !self.house.is_brief(word);
            let gone = store.acted_since(made_at)?.into_iter().filter(|(word, _)| counts(*word));
            let gone: u64 = gone.map(|(_, count)| count).sum();
            #[expect(
                clippy::cast_precision_loss,
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a count times a small factor"
            )]
            let planned = (planned as f64 * guard.brake_factor) as u64;
            let released = store.meta(RELEASED)?.is_some();
            Ok(Allowance { left: planned.saturating_sub(gone).max(guard.brake_floor), released })
        })
    }

    fn add(&self, report: &mut Report, step: &Step) {
        for ((register, verb, _), count) in &step.acts {
            let verb = Verb::ALL.get(usize::from(*verb)).copied().unwrap_or(Verb::Erase);
            if let Some(shelf) = self.house.shelf_of(*register) {
                *report.acts.entry((shelf.id, verb)).or_default() += count;
            }
        }
        for (reason, count) in &step.held {
            *report.held.entry(reason.clone()).or_default() += count;
        }
        report.braked += step.braked;
    }

    /// Lines that are due go, and with the last line of a day its key.
    fn sweep_lines(&self, now: Timestamp) -> Answer<Step> {
        let mut total = Step::default();
        loop {
            let gone = self
                .writer
                .change(Room::All, move |work| Ok::<_, Stop<Infallible>>(remove_lines(work, micros(now))?))
                .map_err(unavailable)?;
            let count: u64 = gone.values().sum();
            for (key, count) in gone {
                *total.acts.entry(key).or_default() += count;
            }
            if count < (STEP * 10) as u64 {
                return Ok(total);
            }
        }
    }
}

/// One step: at most so many records are looked at.
fn step(work: &mut Work<'_>, now: Timestamp, allowance: Allowance) -> Result<Step, Stop<Infallible>> {
    let rows = work.store.to_look_at(micros(now), STEP)?;
    let mut step = Step { looked: rows.len(), ..Step::default() };
    let mut left = allowance.left;
    for row in rows {
        let opened = work.open(&row);
        let (envelope, seal) = match opened {
            Ok(Some(opened)) => opened,
            // Its key is gone: it is erased already, only the row is left.
            Ok(None) => {
                work.store.remove_record(&row)?;
                continue;
            }
            Err(Unavailable::Tampered) => {
                work.house.alarm(row.register);
                *step.held.entry("tampered".to_owned()).or_default() += 1;
                work.store.set_look(row.number, Some(micros(now) + DAY_MICROS))?;
                continue;
            }
            Err(why) => return Err(why.into()),
        };
        one(work, row, envelope, &seal, now, allowance.released, &mut left, &mut step)?;
    }
    receipts(work, now, &step)?;
    Ok(step)
}

#[expect(clippy::too_many_arguments, reason = "one record with all that its fate depends on")]
fn one(
    work: &mut Work<'_>,
    mut row: Row,
    mut envelope: Envelope,
    seal: &Seal,
    now: Timestamp,
    released: bool,
    left: &mut u64,
    step: &mut Step,
) -> Answer<()> {
    let house = work.house;
    let group = house.group_of(row.register)?;
    // The death of a person is read again here: a false one may have been revoked.
    let events = house.person_events(group, work.store, &row.subject)?;
    let reading = clockwork::read(house, &row, &envelope, &events, now);
    let Some(due) = reading.act else {
        if let Some(task) = reading.task {
            *step.held.entry(format!("waits for a person to {}", task.word())).or_default() += 1;
        }
        return rest(work, row, &envelope, seal, &reading);
    };
    let Some(person) = envelope.about() else { return Err(Unavailable::Tampered) };
    // GDPR art. 17(3), 18: what is evidence of an open request, or in dispute, stays.
    let holds = work.store.holds_on(&house.secrets.identity().person(person))?;
    let held =
        holds.iter().filter(|hold| hold.record.is_none_or(|id| id == row.id)).min_by_key(|hold| hold.review);
    if let Some(hold) = held
        && due.verb != Verb::Block
    {
        let kind = HoldKind::ALL.get(usize::from(hold.kind)).map_or("hold", |kind| kind.word());
        *step.held.entry(kind.to_owned()).or_default() += 1;
        let again = hold.review.max(micros(now) + DAY_MICROS);
        work.touch(stripe(person));
        let mut reading = reading.clone();
        reading.look_at = Some(again);
        return rest(work, row, &envelope, seal, &reading);
    }
    let brief = house.is_brief(row.register);
    if *left == 0 && !brief && !(row.braked && released) {
        if !row.braked {
            step.braked += 1;
            work.touch(stripe(person));
            row.braked = true;
            clockwork::set(&mut row, &reading);
            row.look_at = Some(micros(now) + DAY_MICROS);
            return reseal(work, row, &envelope, seal);
        }
        *step.held.entry("brake".to_owned()).or_default() += 1;
        return work.store.set_look(row.number, Some(micros(now) + DAY_MICROS));
    }
    if row.braked && !released {
        *step.held.entry("brake".to_owned()).or_default() += 1;
        return work.store.set_look(row.number, Some(micros(now) + DAY_MICROS));
    }
    if !row.braked && !brief {
        *left -= 1;
    }
    work.touch(stripe(person));
    count(step, &row, due);
    match due.verb {
        Verb::Block => {
            envelope.history.done.push((due.stage, micros(now)));
            row.stage = stage_code(Stage::Blocked);
            row.braked = false;
            let reading = clockwork::read(house, &row, &envelope, &events, now);
            clockwork::set(&mut row, &reading);
            reseal(work, row, &envelope, seal)
        }
        Verb::Erase | Verb::Anonymise | Verb::Archive | Verb::Move | Verb::Review | Verb::Destroy => {
            erase(work, &row, &envelope)
        }
    }
}

fn count(step: &mut Step, row: &Row, due: Due) {
    let day = due.due_at.div_euclid(DAY_MICROS) * DAY_MICROS;
    let verb = Verb::ALL.iter().position(|verb| *verb == due.verb).unwrap_or(0);
    *step.acts.entry((row.register, u8::try_from(verb).unwrap_or(0), day)).or_default() += 1;
}

/// Nothing is due: what the clocks say now is written down.
fn rest(
    work: &mut Work<'_>,
    mut row: Row,
    envelope: &Envelope,
    seal: &Seal,
    reading: &clockwork::Reading,
) -> Answer<()> {
    // A record that the brake took and whose date has moved away is no longer late.
    let freed = row.braked && reading.act.is_none();
    row.braked &= !freed;
    if clockwork::set(&mut row, reading) || freed {
        if let Some(person) = envelope.about() {
            work.touch(stripe(person));
        }
        return reseal(work, row, envelope, seal);
    }
    work.store.set_look(row.number, row.look_at)
}

fn reseal(work: &mut Work<'_>, mut row: Row, envelope: &Envelope, seal: &Seal) -> Answer<()> {
    row.revision += 1;
    row.sealed = envelope.close(&row, seal, &*work.house.randomness)?;
    work.floors.push(KeyChange::Floor(work.house.record_key(&row.id), row.revision));
    work.store.update_record(&row)
}

/// The key, the row, its versions, subjects, facts and holds; and what only hung on the person's last record.
fn erase(work: &mut Work<'_>, row: &Row, envelope: &Envelope) -> Answer<()> {
    work.keys.push(KeyChange::Destroy(work.house.record_key(&row.id)));
    work.store.remove_record(row)?;
    let people: BTreeSet<_> = envelope.subjects.iter().map(|(_, person)| person.0).collect();
    for person in people {
        let mut anything = false;
        for (_, subject) in work.house.everywhere(person) {
            if work.store.has_records(&subject)? {
                anything = true;
            } else {
                work.store.remove_person_events(&subject)?;
            }
        }
        if !anything {
            work.store.forget(&work.house.secrets.identity().person(person))?;
        }
    }
    Ok(())
}

fn receipts(work: &Work<'_>, now: Timestamp, step: &Step) -> Answer<()> {
    for ((register, verb, due_at), records) in &step.acts {
        let records = i64::try_from(*records).unwrap_or(i64::MAX);
        let receipt = ReceiptRow {
            number: 0,
            at: micros(now),
            register: *register,
            verb: *verb,
            due_at: *due_at,
            records,
        };
        work.store.put_receipt(&receipt)?;
    }
    Ok(())
}

fn remove_lines(work: &mut Work<'_>, now: Micros) -> Answer<BTreeMap<(i64, u8, Micros), u64>> {
    let gone = work.store.remove_lines(now, STEP * 10)?;
    let mut acts = BTreeMap::new();
    let mut days = BTreeSet::new();
    for (day, due_at, use_name) in gone {
        days.insert(day);
        let word = work.house.log_of(use_name).map_or(0, |shelf| shelf.word);
        *acts.entry((word, 0, due_at.div_euclid(DAY_MICROS) * DAY_MICROS)).or_default() += 1;
    }
    let standing: BTreeSet<i64> =
        if days.is_empty() { BTreeSet::new() } else { work.store.key_days()?.into_iter().collect() };
    let today = now.div_euclid(DAY_MICROS);
    for day in days.difference(&standing).filter(|day| **day < today) {
        work.keys.push(KeyChange::Destroy(work.house.day_key(*day)));
        work.house.log_keys.write().unwrap_or_else(PoisonError::into_inner).remove(day);
    }
    let step = Step { acts: acts.clone(), ..Step::default() };
    receipts(work, time(now), &step)?;
    Ok(acts)
}

/// Writes down when it was, and what is expected to fall due.
fn remember(work: &mut Work<'_>, now: Timestamp) -> Result<(), Stop<Infallible>> {
    let now = micros(now);
    work.store.set_meta(SEEN, &now.to_be_bytes())?;
    let last = work.store.meta(PLANNED)?.and_then(|bytes| bytes.try_into().ok()).map(Micros::from_be_bytes);
    if last.is_some_and(|last| last <= now && now - last < HOUR_MICROS) {
        return Ok(());
    }
    let mut by_time: BTreeMap<Micros, u64> = BTreeMap::new();
    for (word, hour, count) in work.store.due_by_hour(Micros::MIN, now + PLAN_DAYS * DAY_MICROS)? {
        if work.house.is_brief(word) {
            continue;
        }
        // What is late already counts from now.
        *by_time.entry(hour.max(now)).or_default() += count;
    }
    let by_time: Vec<_> = by_time.into_iter().collect();
    work.store.forget_plans(now - DAY_MICROS)?;
    work.store.put_plan(now, &by_time)?;
    work.store.set_meta(PLANNED, &now.to_be_bytes())?;
    Ok(())
}

impl Work<'_> {
    /// Opens a record with the key store as the writer sees it.
    fn open(&self, row: &Row) -> Answer<Option<(Envelope, Seal)>> {
        self.house.key_lookers.with(|keys| self.house.open(row, keys))
    }
}
