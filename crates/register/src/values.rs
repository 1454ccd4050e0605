//! Long lists of records that nobody is named in, read as values of a type: part by part, on every processor, so that what is open at a time does not grow with the list.
//!
//! Invariant: as with any look, the values leave only when the line with their count is durable.

use std::collections::BTreeMap;

use crossbeam_channel::{Receiver, Sender, bounded};
use jiff::Timestamp;
use notice::policy::FieldMask;
use notice::{Facts, Grant, Question, Reading, Target};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::call::Call;
use crate::engine::{Answer, HoldRow, Keys, Row};
use crate::envelope::{Envelope, Said, opened};
use crate::error::{Denied, Unavailable};
use crate::house::{House, Shelf};
use crate::line::Outcome;
use crate::logging::Entry;
use crate::open::micros;
use crate::query::Query;
use crate::reading::is_shown;
use crate::register::Register;
use crate::secrets::Pseudonym;
use crate::stripes::{Stripes, stripe};
use crate::writer::Stop;

/// Rows of one part. Larger parts find more of their keys on a page that is at hand already.
const PART: usize = 32_768;
/// So many threads at most: whoever fetches a list is not alone on the machine.
const THREADS_MAX: usize = 4;
/// How often a list is made again before the register says that it cannot.
const TRIES: usize = 64;

/// Everything that is the same for all records of a list.
struct List<'a> {
    house: &'a House,
    shelf: &'a Shelf,
    question: &'a Question,
    span: (Timestamp, Timestamp),
    /// What the grant covers of a record that is not private, and of one that is.
    masks: [FieldMask; 2],
    /// Whether each covers every field of the register.
    whole: [bool; 2],
    /// By the person whom they are about.
    holds: BTreeMap<Pseudonym, Vec<HoldRow>>,
}

type Parts<T> = Vec<(usize, Vec<T>)>;

impl Register {
    pub(crate) fn read_all_values<T: DeserializeOwned + Send>(
        &self,
        call: &Call,
        grant: &Grant<Reading>,
        query: Query,
    ) -> Result<Vec<T>, Denied> {
        let question = *grant.question();
        let (_, reason) = self.house.reasons.take(question.facts.stamp).ok_or(Unavailable::Closing)?;
        let (shelf, span) = self.values_of(&question, query)?;
        let own = call.caller.actor.person.map(stripe);
        let stripes: Vec<usize> = own.into_iter().collect();
        for _ in 0..TRIES {
            let house = &*self.house;
            let then = house.stripes.all();
            let Some(stamp) = Stripes::then(&then, &stripes) else {
                house.stripes.settled(&stripes);
                continue;
            };
            let values = if self.all_alike(call, &question, shelf)? {
                let list = List::new(house, grant, shelf, span)?;
                match list.read() {
                    // A record that was changed between two looks does not fit its key; that is no alarm.
                    Err(Unavailable::Tampered) if house.stripes.all() != then => continue,
                    Err(Unavailable::Tampered) => {
                        house.alarm(shelf.word);
                        return Err(Unavailable::Tampered.into());
                    }
                    values => values?,
                }
            } else {
                Vec::new()
            };
            let entry = Entry {
                call,
                use_id: question.use_id,
                subject: None,
                outcome: Outcome::Granted,
                records: values.len(),
                reason: reason.as_ref(),
                clause: None,
            };
            let line = house.line(&self.writer, &entry)?;
            match self.write_lines(vec![line], stripes.clone(), stamp) {
                Ok(()) => return Ok(values),
                Err(Stop::Called(_)) => {}
                Err(Stop::Unavailable(why)) => return Err(why.into()),
            }
        }
        Err(Unavailable::Closing.into())
    }

    /// The register and the span of a list whose records are neither about anybody nor judged one by one.
    fn values_of(
        &self,
        question: &Question,
        query: Query,
    ) -> Result<(&Shelf, (Timestamp, Timestamp)), Unavailable> {
        let policy = &self.house.policy;
        let judged = policy.needs(question.use_id).next().is_some() || !policy.is_unnamed(question.use_id);
        match query {
            Query::CollectedIn { register, from, until } if question.target == Target::Query && !judged => {
                Ok((self.house.shelf_named(register)?, (from, until)))
            }
            Query::CollectedIn { .. }
            | Query::SubjectOf { .. }
            | Query::LinksHeldBy { .. }
            | Query::LinksHeldByEither { .. }
            | Query::PartOf { .. } => {
                let problem = format!("{} as a list of values", policy.use_name(question.use_id));
                Err(Unavailable::Undeclared(problem))
            }
        }
    }

    /// Whether the use covers the register and the notice allows the look: no fact of a record has a say in it.
    fn all_alike(&self, call: &Call, question: &Question, shelf: &Shelf) -> Result<bool, Denied> {
        let policy = &self.house.policy;
        let used = policy.use_(question.use_id);
        let covers = used.is_some_and(|used| used.of.iter().any(|scope| scope.register == shelf.id));
        match policy.filter::<Reading>(question, std::iter::once(Facts::default())) {
            Ok((_, allowed)) => Ok(covers && allowed == [true]),
            Err(refusal) => {
                self.refuse(call, None, &refusal, None)?;
                Err(Denied::Refused(Box::new(refusal)))
            }
        }
    }
}

impl<'a> List<'a> {
    fn new(
        house: &'a House,
        grant: &'a Grant<Reading>,
        shelf: &'a Shelf,
        span: (Timestamp, Timestamp),
    ) -> Answer<Self> {
        let masks = [false, true].map(|private| house.policy.fields(grant, shelf.id, private));
        let whole = masks.map(|mask| shelf.fields.iter().all(|(_, id)| mask.contains(*id)));
        let mut holds: BTreeMap<Pseudonym, Vec<HoldRow>> = BTreeMap::new();
        for hold in house.lookers.with(|store| store.holds())? {
            holds.entry(hold.subject).or_default().push(hold);
        }
        Ok(Self { house, shelf, question: grant.question(), span, masks, whole, holds })
    }

    /// One reads the rows in order, the others open them; a part waits until somebody is free for it.
    fn read<T: DeserializeOwned + Send>(&self) -> Answer<Vec<T>> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(THREADS_MAX);
        let (give, take) = bounded::<(usize, Vec<Row>)>(1);
        let (read, opened) = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads)
                .map(|_| {
                    let take = take.clone();
                    scope.spawn(move || self.open_parts::<T>(&take))
                })
                .collect();
            drop(take);
            let read = self.hand_out(&give);
            drop(give);
            let joined = workers.into_iter().map(|worker| worker.join().unwrap_or(Err(Unavailable::Engine)));
            (read, joined.collect::<Answer<Vec<Parts<T>>>>())
        });
        // Where a worker failed nobody took the rest: its reason is the one that counts.
        let mut parts: Parts<T> = opened?.into_iter().flatten().collect();
        read?;
        parts.sort_unstable_by_key(|(number, _)| *number);
        Ok(parts.into_iter().flat_map(|(_, values)| values).collect())
    }

    fn hand_out(&self, give: &Sender<(usize, Vec<Row>)>) -> Answer<()> {
        let hand = |number: usize, part: Vec<Row>| give.send((number, part)).map_err(|_| Unavailable::Engine);
        let (mut part, mut number) = (Vec::with_capacity(PART), 0);
        let (from, until) = (micros(self.span.0), micros(self.span.1));
        self.house.lookers.with(|store| {
            store.each_collected(self.shelf.word, from, until, &mut |row| {
                part.push(row);
                if part.len() == PART {
                    hand(number, std::mem::replace(&mut part, Vec::with_capacity(PART)))?;
                    number += 1;
                }
                Ok(())
            })
        })?;
        if part.is_empty() { Ok(()) } else { hand(number, part) }
    }

    fn open_parts<T: DeserializeOwned>(&self, take: &Receiver<(usize, Vec<Row>)>) -> Answer<Parts<T>> {
        let mut parts = Vec::new();
        for (number, rows) in take {
            // A connection for each part: a snapshot that is held for long keeps what was erased from being overwritten.
            let values = self.house.key_lookers.with(|keys| self.open_part(&rows, keys))?;
            parts.push((number, values));
        }
        Ok(parts)
    }

    fn open_part<T: DeserializeOwned>(&self, rows: &[Row], keys: &dyn Keys) -> Answer<Vec<T>> {
        // Keys lie by their names: in this order each page of the key store is fetched once.
        let mut named: Vec<([u8; 16], usize)> =
            rows.iter().map(|row| self.house.record_key(&row.id)).zip(0..).collect();
        named.sort_unstable();
        let mut values: Vec<Option<T>> = Vec::new();
        values.resize_with(rows.len(), || None);
        let names: Vec<[u8; 16]> = named.iter().map(|(name, _)| *name).collect();
        let mut named = named.into_iter();
        keys.each_key(&names, &mut |key| {
            let Some((name, index)) = named.next() else { return Ok(()) };
            let (Some(row), Some(place)) = (rows.get(index), values.get_mut(index)) else { return Ok(()) };
            let Some((wrapped, floor)) = key else { return Ok(()) };
            if row.revision < floor {
                return Err(Unavailable::Tampered);
            }
            let seal = self.house.secrets.unwrap(&name, wrapped)?;
            *place = self.value(row, &opened(row, &seal)?)?;
            Ok(())
        })?;
        Ok(values.into_iter().flatten().collect())
    }

    /// The value of a record that may be shown. One that is not of the type is damaged and withheld with an alarm.
    fn value<T: DeserializeOwned>(&self, row: &Row, text: &[u8]) -> Answer<Option<T>> {
        let [open, private] = self.whole;
        // The seal is bound to the row's pseudonym; whose it is counts only where somebody could hold the record or own it.
        let of_anybody = self.holds.is_empty() && self.question.actor.person.is_none();
        if of_anybody
            && (if row.private { private } else { open })
            && let Ok(said) = serde_json::from_slice::<Said<T>>(text)
        {
            return Ok(is_shown(self.house, row, &[], self.question, false).then_some(said.content));
        }
        let mut envelope: Envelope = serde_json::from_slice(text).map_err(|_| Unavailable::Tampered)?;
        let about = envelope.about().ok_or(Unavailable::Tampered)?;
        self.house.belongs(row, about)?;
        if !self.shows(row, about) {
            return Ok(None);
        }
        let [open, private] = self.masks;
        House::cut(self.shelf, if row.private { private } else { open }, &mut envelope.content);
        let value = serde_json::from_value(Value::Object(envelope.content)).ok();
        if value.is_none() {
            self.house.alarm(row.register);
        }
        Ok(value)
    }

    fn shows(&self, row: &Row, about: notice::Id<notice::id::Person>) -> bool {
        let own = self.question.actor.person == Some(about);
        let holds = self.holds.get(&self.house.secrets.identity().person(about));
        let of_record = holds.into_iter().flatten().filter(|hold| hold.record.is_none_or(|id| id == row.id));
        is_shown(self.house, row, &of_record.cloned().collect::<Vec<_>>(), self.question, own)
    }
}
