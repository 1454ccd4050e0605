//! A whole list anew: who is on it stays or comes, who is no longer on it is done with, in one commit or not at all.
//!
//! Invariant: the list before stands until the whole of the next one is on the disk.
//! Invariant: as of when the list is stands beside it and is written in the same commit, so that no list can pass a later one.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use jiff::Timestamp;
use notice::id::Person;
use notice::policy::{FieldMask, Use};
use notice::{Grant, Id, Question, Target, Writing};

use crate::call::Call;
use crate::change::{Change, Draft};
use crate::changing::{Ready, put};
use crate::engine::{Answer, Look, Row};
use crate::envelope::{Micros, record_id, time};
use crate::error::{ChangeError, Unavailable};
use crate::house::{House, Shelf};
use crate::logging::{Entry, unavailable};
use crate::open::micros;
use crate::preparing::Prepared;
use crate::preparing::Unready;
use crate::reading::stage_code;
use crate::record::{Content, Stage};
use crate::register::Register;
use crate::stripes::{Stripes, stripe};
use crate::writer::{Room, Stop, Work};

/// How often people who were changed meanwhile are looked at again.
const TRIES: usize = 16;

/// A whole list as its source sends it.
#[derive(Clone, Debug)]
pub struct Whole {
    /// Full name of the register.
    pub register: &'static str,
    /// The event that is raised on the record of who is no longer on the list.
    pub gone: &'static str,
    /// As of when it is: what its source knew at that moment.
    pub as_of: Timestamp,
    /// Everybody on the list, each once.
    pub entries: BTreeMap<Id<Person>, Draft>,
}

/// What a list comes to beside the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replacing {
    /// On the list before.
    pub before: u64,
    /// New on it.
    pub new: u64,
    /// On both, with another content.
    pub corrected: u64,
    /// On both, the same.
    pub unchanged: u64,
    /// No longer on it.
    pub gone: u64,
}

/// What becomes of one person.
enum Comes {
    New,
    Corrected,
    Unchanged,
    Gone,
    /// Neither on the list nor in the register.
    Nothing,
}

/// Everything that is the same for all people of a list.
struct List<'a> {
    call: &'a Call,
    question: Question,
    used: &'a Use,
    shelf: &'a Shelf,
    mask: FieldMask,
    whole: &'a Whole,
}

/// What the writer could not take, given back: the people whose ground has moved.
enum Back {
    Moved(Vec<Ready>, Vec<usize>),
    All,
}

impl Register {
    pub(crate) fn replace_all<E>(
        &self,
        call: &Call,
        grant: &Grant<Writing>,
        whole: &Whole,
        agree: impl Fn(&Replacing, Option<Timestamp>) -> Result<(), E>,
    ) -> Result<Replacing, ChangeError<E>> {
        let question = *grant.question();
        let list = self.list_of(call, question, whole)?;
        for _ in 0..TRIES {
            let before = self.house.lookers.with(|store| as_of(store, whole.register))?;
            let then = self.house.stripes.all();
            let people = self.people_of(&list)?;
            let (mut ready, replacing) = self.prepare_list(&list, people.iter().copied().collect())?;
            agree(&replacing, before.map(time)).map_err(ChangeError::Service)?;
            let mut seen: BTreeMap<usize, u64> = then.into_iter().enumerate().collect();
            for _ in 0..TRIES {
                match self.put_list(&list, ready, (seen.clone(), before)) {
                    Ok(()) => return Ok(replacing),
                    Err(Stop::Unavailable(why)) => return Err(why.into()),
                    Err(Stop::Called(Back::All)) => break,
                    Err(Stop::Called(Back::Moved(back, moved))) => {
                        // Only they are looked at again: a list of a country is not begun anew for one of them.
                        self.house.stripes.settled(&moved);
                        let now = self.house.stripes.all();
                        let moved: BTreeSet<usize> = moved.into_iter().collect();
                        let of_them: Vec<Id<Person>> = people
                            .iter()
                            .copied()
                            .filter(|person| moved.contains(&stripe(*person)))
                            .collect();
                        let (anew, _) = self.prepare_list(&list, of_them)?;
                        ready = back
                            .into_iter()
                            .filter(|(person, ..)| !moved.contains(&stripe(*person)))
                            .collect();
                        ready.extend(anew);
                        for stripe in moved {
                            seen.insert(stripe, now.get(stripe).copied().unwrap_or_default());
                        }
                    }
                }
            }
        }
        Err(ChangeError::Conflict)
    }

    fn list_of<'a, E>(
        &'a self,
        call: &'a Call,
        question: Question,
        whole: &'a Whole,
    ) -> Result<List<'a>, ChangeError<E>> {
        let unfit = |problem: &str| Unready::Unfit(whole.register.to_owned(), problem.to_owned());
        let house = &self.house;
        let used = house.policy.use_(question.use_id).ok_or(Unavailable::Engine)?;
        if question.target != Target::Query {
            return Err(unfit("a list is about many people").into());
        }
        let shelf = house.shelf_named(whole.register)?;
        let scope = used.of.iter().find(|scope| scope.register == shelf.id);
        let scope = scope.ok_or_else(|| unfit("the use does not cover this register"))?;
        Ok(List { call, question, used, shelf, mask: scope.fields, whole })
    }

    /// Everybody who is on the list or in the register.
    fn people_of(&self, list: &List<'_>) -> Answer<BTreeSet<Id<Person>>> {
        let house = &*self.house;
        let mut people: BTreeSet<Id<Person>> = list.whole.entries.keys().copied().collect();
        let group = house.secrets.group(&list.shelf.group)?;
        let known: BTreeSet<_> = people.iter().map(|person| group.person(*person)).collect();
        let lying = |row: &Row| is_open(row, list.call) && !known.contains(&row.subject);
        people.extend(self.owners(list.shelf, lying)?);
        Ok(people)
    }

    /// The people whose records in a register satisfy a condition.
    pub(crate) fn owners(&self, shelf: &Shelf, wanted: impl Fn(&Row) -> bool) -> Answer<Vec<Id<Person>>> {
        let house = &*self.house;
        let rows = house.lookers.with(|store| store.records_collected(shelf.word, i64::MIN, i64::MAX))?;
        house.key_lookers.with(|keys| {
            let mut people = Vec::new();
            for row in rows.iter().filter(|row| wanted(row)) {
                let opened = house.open(row, keys)?;
                people.extend(opened.and_then(|(envelope, _)| envelope.about()));
            }
            Ok(people)
        })
    }

    fn prepare_list(
        &self,
        list: &List<'_>,
        people: Vec<Id<Person>>,
    ) -> Result<(Vec<Ready>, Replacing), Unready> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let share = people.len().div_ceil(threads).max(1);
        let part = |part: &[Id<Person>]| -> Result<(Vec<Ready>, Replacing), Unready> {
            let (mut ready, mut replacing) = (Vec::new(), Replacing::default());
            for person in part {
                let (comes, changes) = self.comes(list, *person)?;
                match comes {
                    Comes::New => replacing.new += 1,
                    Comes::Corrected => replacing.corrected += 1,
                    Comes::Unchanged => replacing.unchanged += 1,
                    Comes::Gone => replacing.gone += 1,
                    Comes::Nothing => {}
                }
                if !changes.is_empty() {
                    ready.push(self.prepare_one(list, *person, changes)?);
                }
            }
            Ok((ready, replacing))
        };
        let parts: Vec<_> = std::thread::scope(|scope| {
            let part = &part;
            let threads: Vec<_> =
                people.chunks(share).map(|people| scope.spawn(move || part(people))).collect();
            let closing = |_| Err(Unready::Unavailable(Unavailable::Engine));
            threads.into_iter().map(|thread| thread.join().unwrap_or_else(closing)).collect()
        });
        let (mut ready, mut all) = (Vec::new(), Replacing::default());
        for part in parts {
            let (more, counted) = part?;
            ready.extend(more);
            all.new += counted.new;
            all.corrected += counted.corrected;
            all.unchanged += counted.unchanged;
            all.gone += counted.gone;
        }
        all.before = all.corrected + all.unchanged + all.gone;
        Ok((ready, all))
    }

    /// What becomes of one person, and the changes that bring it about.
    fn comes(&self, list: &List<'_>, person: Id<Person>) -> Answer<(Comes, Vec<Change>)> {
        let house = &*self.house;
        let subject = house.secrets.group(&list.shelf.group)?.person(person);
        let rows = house.lookers.with(|store| store.records_about(&subject, list.shelf.word))?;
        let mut standing: Vec<Row> = rows.into_iter().filter(|row| is_open(row, list.call)).collect();
        let raise = |row: &Row| Change::Raise {
            record: record_id(row),
            event: list.whole.gone.to_owned(),
            at: list.call.now,
        };
        let draft = list.whole.entries.get(&person);
        let Some(draft) = draft else {
            let comes = if standing.is_empty() { Comes::Nothing } else { Comes::Gone };
            return Ok((comes, standing.iter().map(raise).collect()));
        };
        let Some(row) = standing.pop() else {
            return Ok((Comes::New, vec![Change::Create(Box::new(draft.clone()))]));
        };
        // One record a person: an older one beside it is done with.
        let mut changes: Vec<Change> = standing.iter().map(raise).collect();
        let opened = house.key_lookers.with(|keys| house.open(&row, keys))?;
        let mut content: Content = opened.map(|(envelope, _)| envelope.content).unwrap_or_default();
        House::cut(list.shelf, list.mask, &mut content);
        if content == *draft.content.reveal() {
            return Ok((Comes::Unchanged, changes));
        }
        let (record, version) = (record_id(&row), row.version);
        changes.push(Change::Correct { record, version, content: draft.content.clone(), note: None });
        Ok((Comes::Corrected, changes))
    }

    fn prepare_one(
        &self,
        list: &List<'_>,
        person: Id<Person>,
        changes: Vec<Change>,
    ) -> Result<Ready, Unready> {
        let records = changes.len();
        let prepared = self.prepare(list.call, list.used, person, None, changes)?;
        let entry = Entry {
            call: list.call,
            use_id: list.question.use_id,
            subject: Some(person),
            outcome: self.outcome(&list.question),
            records,
            reason: None,
            clause: None,
        };
        let line = list.used.log.map(|_| self.house.line(&self.writer, &entry)).transpose()?;
        Ok((person, prepared, line))
    }

    /// One commit, unless the ground of somebody has moved since it was looked at, or that of all: another list was first.
    fn put_list(
        &self,
        list: &List<'_>,
        ready: Vec<Ready>,
        (seen, before): (BTreeMap<usize, u64>, Option<Micros>),
    ) -> Result<(), Stop<Back>> {
        let (register, this) = (list.whole.register, micros(list.whole.as_of));
        self.writer.change(Room::Ordinary, move |work| {
            if as_of(work.store, register)? != before {
                return Err(Stop::Called(Back::All));
            }
            let now = work.house.stripes.all();
            let stands = |stripe: usize| Stripes::then(&now, &[stripe]) == seen.get(&stripe).copied();
            let mut moved = BTreeSet::new();
            for (person, prepared, _) in &ready {
                // Who logged in meanwhile has moved too; only one whose entry is another now is looked at again.
                if !stands(stripe(*person)) && !still_fits(work, prepared)? {
                    moved.insert(stripe(*person));
                }
            }
            if !moved.is_empty() {
                return Err(Stop::Called(Back::Moved(ready, moved.into_iter().collect())));
            }
            for (person, prepared, line) in ready {
                work.touch(stripe(person));
                put(work, prepared).map_err(|stop| match stop {
                    Stop::Unavailable(why) => Stop::Unavailable(why),
                    Stop::Called(_) => Stop::Called(Back::All),
                })?;
                if let Some(line) = line {
                    work.store.put_line(&line)?;
                }
            }
            Ok(work.store.set_meta(&mark(register), &this.to_be_bytes())?)
        })
    }

    /// Brings a list to a later moment: its source has said something of one entry, and a list made before is outdated.
    pub(crate) fn bring_list_to(&self, register: &'static str, at: Timestamp) -> Answer<()> {
        let this = micros(at);
        let bring = move |work: &mut Work<'_>| {
            let later = as_of(work.store, register)?.is_none_or(|before| before < this);
            if later {
                work.store.set_meta(&mark(register), &this.to_be_bytes())?;
            }
            Ok::<_, Stop<Infallible>>(())
        };
        self.writer.change(Room::Ordinary, bring).map_err(unavailable)
    }
}

/// Under which name it stands as of when a list is. It says nothing of anybody.
fn mark(register: &str) -> String {
    format!("list as of {register}")
}

fn as_of(store: &(impl Look + ?Sized), register: &str) -> Answer<Option<Micros>> {
    Ok(store.meta(&mark(register))?.and_then(|bytes| bytes.try_into().ok()).map(Micros::from_be_bytes))
}

/// Whether the rows of a person are still those that the changes were made for.
fn still_fits(work: &Work<'_>, prepared: &Prepared) -> Answer<bool> {
    for changed in &prepared.changed {
        let now = work.store.record(&changed.row.id)?;
        if now.is_none_or(|row| row.revision + 1 != changed.row.revision) {
            return Ok(false);
        }
    }
    for created in &prepared.created {
        let row = &created.row;
        let lying = work.store.records_about(&row.subject, row.register)?;
        if lying
            .iter()
            .any(|one| one.stage == row.stage && one.closed_at.is_none_or(|at| at > row.collected_at))
        {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a record is in use: not closed, not blocked, not swept.
pub(crate) fn is_open(row: &Row, call: &Call) -> bool {
    row.stage == stage_code(Stage::Open) && row.closed_at.is_none_or(|at| at > micros(call.now))
}
