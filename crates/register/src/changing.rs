//! Changing: read under the grant, let the service decide, write records, facts, clocks and the line together.
//!
//! Invariant: everything of a change happens, with its line, or nothing of it does.

use std::convert::Infallible;

use notice::id::Person;
use notice::policy::Use;
use notice::{Grant, Id, Question, Target, Writing};

use crate::asking::stripes;
use crate::call::Call;
use crate::change::Change;
use crate::engine::{Answer, LineRow};
use crate::error::{ChangeError, Denied, Unavailable};
use crate::facts::person_of;
use crate::house::House;
use crate::logging::Entry;
use crate::preparing::{Prepared, Preparing, Unready};
use crate::reading::{Stale, show};
use crate::record::Record;
use crate::register::Register;
use crate::stripes::stripe;
use crate::view::View;
use crate::writer::{Room, Stop, Work};

/// How often a service is asked again before the change is called a conflict.
const TRIES: usize = 16;
/// Changes of one commit of an import.
const IMPORT_GROUP: usize = 1_000;

impl<E> From<Unready> for ChangeError<E> {
    fn from(unready: Unready) -> Self {
        match unready {
            Unready::Unavailable(why) => Self::Denied(why.into()),
            Unready::Unfit(register, problem) => Self::Unfit { register, problem },
            Unready::Conflict => Self::Conflict,
        }
    }
}

impl<E> From<Unavailable> for ChangeError<E> {
    fn from(why: Unavailable) -> Self {
        Self::Denied(Denied::Unavailable(why))
    }
}

/// A person with what is to be written and the line that says so.
pub(crate) type Ready = (Id<Person>, Prepared, Option<LineRow>);

impl Register {
    pub(crate) fn change_records<T, E>(
        &self,
        call: &Call,
        grant: Grant<Writing>,
        mut decide: impl FnMut(&[Record]) -> Result<(Vec<Change>, T), E>,
    ) -> Result<T, ChangeError<E>> {
        let mut grant = grant;
        let mut kept_reason = None;
        for _ in 0..TRIES {
            let question = *grant.question();
            let taken = self.house.reasons.take(question.facts.stamp);
            let (stamp, reason) = taken.ok_or(Unavailable::Closing)?;
            kept_reason = reason.or(kept_reason);
            let Some(about) = person_of(question.target) else {
                return Err(Unready::Unfit(
                    self.house.policy.use_name(question.use_id).to_owned(),
                    "a change is about one person".to_owned(),
                )
                .into());
            };
            let stripes = stripes(call, question.target);
            let records = match self.covered_records(call, &grant) {
                Err(Unavailable::Tampered) if !self.house.stripes.unchanged(&stripes, stamp) => None,
                found => Some(found?),
            };
            if let Some(records) = records {
                let (changes, outcome) = decide(&records).map_err(ChangeError::Service)?;
                let only = self.within_reach(&question, &records);
                // An event is revoked, and a line kept longer, for a reason that the citizen reads (settled point 6 of the language, rule N-18).
                let spoken = changes.iter().find_map(|change| {
                    if let Change::RevokePerson { reason, .. } | Change::FlagLine { reason, .. } = change {
                        Some(reason.clone())
                    } else {
                        None
                    }
                });
                let count = changes.len().max(records.len().min(1));
                match self.prepare(call, self.used(&grant)?, about, only, changes) {
                    Err(Unready::Unavailable(Unavailable::Tampered))
                        if !self.house.stripes.unchanged(&stripes, stamp) => {}
                    // Somebody else was first: the service looks again.
                    Err(Unready::Conflict) if !self.house.stripes.unchanged(&stripes, stamp) => {}
                    Err(unready) => return Err(unready.into()),
                    Ok(prepared) => {
                        let entry = Entry {
                            call,
                            use_id: question.use_id,
                            subject: Some(about),
                            outcome: self.outcome(&question),
                            records: count,
                            reason: kept_reason.as_ref().or(spoken.as_ref()),
                            clause: None,
                        };
                        let line = self.house.line(&self.writer, &entry)?;
                        match self.write(vec![(about, prepared, Some(line))], stripes, Some(stamp)) {
                            Ok(()) => return Ok(outcome),
                            Err(Stop::Called(Stale)) => {}
                            Err(Stop::Unavailable(why)) => return Err(why.into()),
                        }
                    }
                }
            }
            grant = self.ask_again(call, question.use_id, question.target, kept_reason.as_ref())?;
        }
        Err(ChangeError::Conflict)
    }

    fn used(&self, grant: &Grant<Writing>) -> Answer<&Use> {
        self.house.policy.use_(grant.question().use_id).ok_or(Unavailable::Engine)
    }

    /// The records that may be changed, where that is not every record of the person that the use covers.
    fn within_reach(&self, question: &Question, records: &[Record]) -> Option<Vec<[u8; 16]>> {
        match question.target {
            Target::Record { record, .. } => Some(vec![record.to_bytes()]),
            // Who wrote one record of a person has no part in the others.
            Target::Person(_) if self.leans_on_records(question.use_id) => {
                Some(records.iter().map(|record| record.id.to_bytes()).collect())
            }
            Target::Person(_) | Target::Query => None,
        }
    }

    /// The records that the service may see before it decides.
    fn covered_records(&self, call: &Call, grant: &Grant<Writing>) -> Answer<Vec<Record>> {
        let house = &self.house;
        let view = View::new(house);
        let found = self.covered(&view, grant.question())?;
        let found = self.judged::<Writing>(&view, call, grant.question(), found)?;
        let show = |found: crate::reading::Found<'_>| {
            let mask = house.policy.fields(grant, found.shelf.id, found.row.private);
            show(house, found, |shelf, content| House::cut(shelf, mask, content))
        };
        Ok(found.into_iter().map(show).collect())
    }

    pub(crate) fn prepare(
        &self,
        call: &Call,
        used: &Use,
        about: Id<Person>,
        only: Option<Vec<[u8; 16]>>,
        changes: Vec<Change>,
    ) -> Result<Prepared, Unready> {
        let house = &*self.house;
        house.lookers.with(|store| {
            house
                .key_lookers
                .with(|keys| Preparing::new(house, call, used, about, only, store, keys).all(changes))
        })
    }

    /// Commits what is prepared for some people, if nothing changed since the stamp.
    fn write(&self, people: Vec<Ready>, stripes: Vec<usize>, stamp: Option<u64>) -> Result<(), Stop<Stale>> {
        self.writer.change(Room::Ordinary, move |work| {
            if stamp.is_some_and(|stamp| !work.house.stripes.unchanged(&stripes, stamp)) {
                return Err(Stop::Called(Stale));
            }
            for (person, prepared, line) in people {
                work.touch(stripe(person));
                put(work, prepared)?;
                if let Some(line) = line {
                    work.store.put_line(&line)?;
                }
            }
            Ok(())
        })
    }

    pub(crate) fn import_all(
        &self,
        call: &Call,
        grant: Grant<Writing>,
        people: Vec<(Id<Person>, Vec<Change>)>,
    ) -> Result<u64, ChangeError<Infallible>> {
        let question = *grant.question();
        let used = self.used(&grant)?;
        let mut done = 0;
        let mut group = Vec::new();
        let mut size = 0;
        for (person, changes) in people {
            size += changes.len();
            group.push((person, changes));
            if size >= IMPORT_GROUP {
                done += self.import_group(call, &question, used, std::mem::take(&mut group))?;
                size = 0;
            }
        }
        if !group.is_empty() {
            done += self.import_group(call, &question, used, group)?;
        }
        Ok(done)
    }

    /// One commit: sealed by as many threads as there are processors, written once.
    fn import_group(
        &self,
        call: &Call,
        question: &notice::Question,
        used: &Use,
        group: Vec<(Id<Person>, Vec<Change>)>,
    ) -> Result<u64, ChangeError<Infallible>> {
        // A list of its own for each person: the same person twice in a group would not see its first half.
        let mut merged: std::collections::BTreeMap<Id<Person>, Vec<Change>> =
            std::collections::BTreeMap::new();
        for (person, changes) in group {
            merged.entry(person).or_default().extend(changes);
        }
        let group: Vec<_> = merged.into_iter().collect();
        for _ in 0..TRIES {
            let stripes: Vec<usize> = group.iter().map(|(person, _)| stripe(*person)).collect();
            let stamp = self.house.stripes.settled(&stripes);
            let ready = self.prepare_group(call, question, used, &group)?;
            let changes = ready.iter().map(|(_, prepared, _)| prepared.changes).sum();
            match self.write(ready, stripes, Some(stamp)) {
                Ok(()) => return Ok(changes),
                Err(Stop::Called(Stale)) => {}
                Err(Stop::Unavailable(why)) => return Err(why.into()),
            }
        }
        Err(ChangeError::Conflict)
    }

    fn prepare_group(
        &self,
        call: &Call,
        question: &notice::Question,
        used: &Use,
        group: &[(Id<Person>, Vec<Change>)],
    ) -> Result<Vec<Ready>, ChangeError<Infallible>> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let share = group.len().div_ceil(threads).max(1);
        let unnamed = self.house.policy.is_unnamed(question.use_id);
        let one = |(person, changes): &(Id<Person>, Vec<Change>)| {
            let prepared =
                self.prepare(call, used, *person, None, changes.clone()).map_err(ChangeError::from)?;
            let entry = Entry {
                call,
                use_id: question.use_id,
                subject: Some(*person),
                outcome: self.outcome(question),
                records: changes.len(),
                reason: None,
                clause: None,
            };
            // A use whose trace the citizen reads leaves one with each of them.
            let log = used.log.filter(|_| !unnamed);
            let line = log.map(|_| self.house.line(&self.writer, &entry)).transpose()?;
            Ok((*person, prepared, line))
        };
        let parts: Vec<Result<Vec<_>, ChangeError<Infallible>>> = std::thread::scope(|scope| {
            let one = &one;
            let threads: Vec<_> =
                group.chunks(share).map(|part| scope.spawn(move || part.iter().map(one).collect())).collect();
            let closing = |_| Err(ChangeError::from(Unavailable::Engine));
            threads.into_iter().map(|thread| thread.join().unwrap_or_else(closing)).collect()
        });
        let mut ready = Vec::with_capacity(group.len());
        for part in parts {
            ready.extend(part?);
        }
        if (used.log.is_none() || unnamed)
            && let Some(first) = ready.first_mut()
        {
            let records = group.iter().map(|(_, changes)| changes.len()).sum();
            let entry = Entry {
                call,
                use_id: question.use_id,
                subject: None,
                outcome: self.outcome(question),
                records,
                reason: None,
                clause: None,
            };
            first.2 = Some(self.house.line(&self.writer, &entry)?);
        }
        Ok(ready)
    }
}

/// Writes what is prepared; an id or a number that somebody else took meanwhile calls it off.
pub(crate) fn put(work: &mut Work<'_>, prepared: Prepared) -> Result<(), Stop<Stale>> {
    for created in prepared.created {
        if created.chosen && work.store.record(&created.row.id)?.is_some() {
            return Err(Stop::Called(Stale));
        }
        let number = work.store.put_record(&created.row)?;
        for subject in &created.subjects {
            work.store.put_subject(number, subject)?;
        }
        if let Some(fact) = &created.fact {
            work.store.put_fact(fact)?;
        }
        work.keys.push(created.key);
    }
    for changed in prepared.changed {
        if changed.keep {
            work.store.keep_version(changed.row.number)?;
        }
        work.store.update_record(&changed.row)?;
        work.floors.push(changed.floor);
    }
    prepared.ended.iter().try_for_each(|fact| work.store.end_fact(fact))?;
    prepared
        .person_events
        .iter()
        .try_for_each(|(subject, sealed)| work.store.put_person_event(subject, sealed))?;
    prepared.revoked.iter().try_for_each(|number| work.store.remove_person_event(*number))?;
    for linking in &prepared.identifiers {
        if work.store.identifier(&linking.lookup)?.map(|row| row.sealed) != linking.before {
            return Err(Stop::Called(Stale));
        }
        work.store.put_identifier(&linking.lookup, &linking.owner, &linking.sealed)?;
    }
    for (line, kept, due_at) in &prepared.kept {
        // Swept or decided upon by somebody else meanwhile.
        if !work.store.keep_line(*line, kept, *due_at)? {
            return Err(Stop::Called(Stale));
        }
    }
    prepared.births.iter().try_for_each(|(owner, sealed)| work.store.put_birth(owner, sealed))?;
    Ok(())
}
