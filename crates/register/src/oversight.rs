//! What officers and operators see and do: the plan, receipts, holds, and acts of two persons.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use jiff::civil::Date;
use notice::Id;
use notice::clock::Verb;
use notice::policy::RegisterId;

use crate::call::Call;
use crate::corpus::Corpus;
use crate::engine::{Answer, HoldRow};
use crate::envelope::{Hex, time};
use crate::error::{FourEyes, Unavailable};
use crate::hold::{Held, Hold, HoldId, HoldKind};
use crate::house::House;
use crate::logging::unavailable;
use crate::open::micros;
use crate::register::Register;
use crate::stripes::stripe;
use crate::sweep::{Act, Plan, Receipt};
use crate::sweeping::RELEASED;
use crate::two_names::TwoNames;
use crate::writer::{Room, Stop, Work};

/// Who is held and why, as it is sealed.
#[derive(serde::Serialize, serde::Deserialize)]
struct Sealed {
    person: Hex<notice::id::Person>,
    placed_by: String,
}

pub(crate) fn plan(house: &House, from: Date, until: Date) -> Answer<Plan> {
    let zone = &house.config.zone;
    let start = |day: Date| day.to_zoned(zone.clone()).map(|midnight| micros(midnight.timestamp()));
    let (Ok(from), Ok(until)) = (start(from), start(until)) else { return Ok(Plan::new()) };
    let mut plan = Plan::new();
    house.lookers.with(|store| {
        let records = store.due_by_hour(from, until)?;
        let lines = store.lines_due_by_hour(from, until)?.into_iter();
        let lines = lines.filter_map(|(name, hour, count)| Some((house.log_of(name)?.word, hour, count)));
        for (register, hour, count) in records.into_iter().chain(lines) {
            let Some(shelf) = house.shelf_of(register) else { continue };
            let day = time(hour).to_zoned(zone.clone()).date();
            *plan.entry(day).or_default().entry(shelf.id).or_default() += count;
        }
        Ok(plan)
    })
}

pub(crate) fn receipts(house: &House, limit: usize) -> Answer<Vec<Receipt>> {
    let rows = house.lookers.with(|store| store.receipts(limit))?;
    let receipt = |row: crate::engine::ReceiptRow| {
        Some(Receipt {
            number: row.number.unsigned_abs(),
            at: time(row.at),
            register: house.shelf_of(row.register)?.id,
            verb: *Verb::ALL.get(usize::from(row.verb))?,
            due_at: time(row.due_at),
            records: row.records.unsigned_abs(),
        })
    };
    Ok(rows.into_iter().filter_map(receipt).collect())
}

pub(crate) fn acts(house: &House) -> Answer<Vec<Act>> {
    let rows = house.lookers.with(|store| store.last_acts())?;
    let act = |(word, verb, last, records): (i64, u8, i64, u64)| {
        let (register, verb) = (house.shelf_of(word)?.id, *Verb::ALL.get(usize::from(verb))?);
        Some(Act { register, verb, last: time(last), records })
    };
    Ok(rows.into_iter().filter_map(act).collect())
}

pub(crate) fn late(house: &House) -> Answer<BTreeMap<RegisterId, u64>> {
    let rows = house.lookers.with(|store| store.braked())?;
    Ok(rows.into_iter().filter_map(|(word, count)| Some((house.shelf_of(word)?.id, count))).collect())
}

/// The files of the notices that run.
pub(crate) fn corpus(house: &House) -> Answer<Corpus> {
    let rows = house.lookers.with(|store| store.corpora())?;
    let running = rows.into_iter().find(|(number, ..)| *number == house.corpus);
    let (.., files) = running.ok_or(Unavailable::Engine)?;
    serde_json::from_str(&files).map_err(|_| Unavailable::Engine)
}

pub(crate) fn holds(house: &House) -> Answer<Vec<(HoldId, Hold)>> {
    let rows = house.lookers.with(|store| store.holds())?;
    rows.iter().map(|row| Ok((HoldId(row.number.unsigned_abs()), hold(house, row)?))).collect()
}

fn hold(house: &House, row: &HoldRow) -> Answer<Hold> {
    let text = house.secrets.identity().seal().open(&bound(row), &row.sealed)?;
    let sealed: Sealed = serde_json::from_slice(&text).map_err(|_| Unavailable::Tampered)?;
    let person = sealed.person.0;
    let on = match row.record {
        Some(record) => Held::Record { person, record: Id::from_bytes(record) },
        None => Held::Person(person),
    };
    let kind = HoldKind::ALL.get(usize::from(row.kind)).copied().ok_or(Unavailable::Tampered)?;
    Ok(Hold { on, kind, review: time(row.review) })
}

fn bound(row: &HoldRow) -> Vec<u8> {
    let record = row.record.unwrap_or_default();
    [
        b"hold".as_slice(),
        &row.subject,
        &record,
        &[row.kind, u8::from(row.record.is_some())],
        &row.review.to_be_bytes(),
    ]
    .concat()
}

impl Register {
    pub(crate) fn confirm_the_clock(&self, first: &str, second: &str) -> Result<(), FourEyes> {
        let both = TwoNames::of(first, second)?;
        self.house.time.lock().unwrap_or_else(PoisonError::into_inner).confirm();
        self.remember_act("clock-confirmed", &both)?;
        Ok(())
    }

    pub(crate) fn release_the_brake(&self, first: &str, second: &str) -> Result<u64, FourEyes> {
        let both = TwoNames::of(first, second)?;
        let late = self.house.lookers.with(|store| store.braked())?.into_iter().map(|(_, count)| count).sum();
        self.remember_act(RELEASED, &both)?;
        let now = micros(self.house.now());
        let wake = move |work: &mut Work<'_>| Ok::<_, Stop<Infallible>>(work.store.wake_braked(now)?);
        self.writer.change(Room::All, wake).map_err(unavailable)?;
        Ok(late)
    }

    /// Who did an act of two persons, sealed.
    fn remember_act(&self, act: &'static str, both: &TwoNames) -> Answer<()> {
        let house = &self.house;
        let said = (micros(house.now()), both.first(), both.second());
        let text = serde_json::to_vec(&said).map_err(|_| Unavailable::Engine)?;
        let sealed = house.secrets.identity().seal().close(act.as_bytes(), &text, &*house.randomness)?;
        let set = move |work: &mut Work<'_>| Ok::<_, Stop<Infallible>>(work.store.set_meta(act, &sealed)?);
        self.writer.change(Room::All, set).map_err(unavailable)
    }

    pub(crate) fn place_hold(&self, call: &Call, hold: Hold) -> Answer<HoldId> {
        let house = &self.house;
        let (person, record) = match hold.on {
            Held::Person(person) => (person, None),
            Held::Record { person, record } => (person, Some(record.to_bytes())),
        };
        let identity = house.secrets.identity();
        let mut row = HoldRow {
            number: 0,
            subject: identity.person(person),
            record,
            kind: hold.kind as u8,
            review: micros(hold.review),
            sealed: Vec::new(),
        };
        let sealed = Sealed { person: Hex(person), placed_by: call.caller.name.reveal().clone() };
        let text = serde_json::to_vec(&sealed).map_err(|_| Unavailable::Engine)?;
        row.sealed = identity.seal().close(&bound(&row), &text, &*house.randomness)?;
        let restricts = hold.kind == HoldKind::Restriction;
        let put = move |work: &mut Work<'_>| {
            work.touch(stripe(person));
            let number = work.store.put_hold(&row)?;
            if restricts {
                work.house.restrictions.fetch_add(1, Ordering::SeqCst);
            }
            Ok::<_, Stop<Infallible>>(number)
        };
        self.writer
            .change(Room::Ordinary, put)
            .map_err(unavailable)
            .map(|number| HoldId(number.unsigned_abs()))
    }

    pub(crate) fn lift_hold(&self, _call: &Call, hold: HoldId) -> Answer<()> {
        let number = i64::try_from(hold.0).map_err(|_| Unavailable::Engine)?;
        let now = micros(self.house.now());
        let lift = move |work: &mut Work<'_>| {
            let Some(row) = work.store.remove_hold(number)? else { return Ok::<_, Stop<Infallible>>(()) };
            let hold = self::hold(work.house, &row)?;
            let (Held::Person(person) | Held::Record { person, .. }) = hold.on;
            work.touch(stripe(person));
            for (_, subject) in work.house.everywhere(person) {
                work.store.wake(&subject, now)?;
            }
            Ok(())
        };
        self.writer.change(Room::Ordinary, lift).map_err(unavailable)
    }
}
