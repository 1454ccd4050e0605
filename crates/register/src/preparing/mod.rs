//! What a list of changes comes to: rows and keys ready to be written, checked against the notice first.
//!
//! Invariant: the person comes from the grant, never from the change (threats T13).

mod creating;
mod lines;
mod people;

use std::collections::BTreeMap;

use notice::id::Person;
use notice::policy::{FieldMask, Use};
use notice::{Id, Verb};

use crate::call::Call;
use crate::change::Change;
use crate::clockwork;
use crate::engine::{FactRow, HoldRow, KeptRow, KeyChange, Keys, Look, Row, SubjectRow};
use crate::envelope::{Envelope, Micros, Past};
use crate::error::Unavailable;
use crate::hold::HoldKind;
use crate::house::{House, Shelf};
use crate::open::micros;
use crate::reading::stage_code;
use crate::record::{Content, Stage};
use crate::secrets::{Pseudonym, Seal};

/// An event that would end a record within so many days is not raised by a party to it (threats T4).
const HASTE_MICROS: Micros = 30 * 86_400_000_000;

pub(crate) use people::Identified;

/// Why changes cannot be made.
#[derive(Debug)]
pub(crate) enum Unready {
    Unavailable(Unavailable),
    /// Register and problem, without values.
    Unfit(String, String),
    Conflict,
}

impl From<Unavailable> for Unready {
    fn from(why: Unavailable) -> Self {
        Self::Unavailable(why)
    }
}

type Ready<T> = Result<T, Unready>;

/// What is to be written.
#[derive(Debug, Default)]
pub(crate) struct Prepared {
    pub(crate) created: Vec<Created>,
    pub(crate) changed: Vec<Changed>,
    pub(crate) ended: Vec<FactRow>,
    pub(crate) person_events: Vec<(Pseudonym, Vec<u8>)>,
    pub(crate) revoked: Vec<i64>,
    pub(crate) identifiers: Vec<Linking>,
    pub(crate) births: Vec<(Pseudonym, Vec<u8>)>,
    /// Lines to be kept until another date.
    pub(crate) kept: Vec<(i64, KeptRow, Micros)>,
    /// How many changes of the caller these are.
    pub(crate) changes: u64,
}

/// An identifier to be linked, if its link is still what it was.
#[derive(Debug)]
pub(crate) struct Linking {
    pub(crate) lookup: [u8; 32],
    pub(crate) owner: Pseudonym,
    pub(crate) sealed: Vec<u8>,
    pub(crate) before: Option<Vec<u8>>,
}

#[derive(Debug)]
pub(crate) struct Created {
    pub(crate) row: Row,
    /// Whether the caller chose the id, so that another may have been first.
    pub(crate) chosen: bool,
    pub(crate) key: KeyChange,
    pub(crate) subjects: Vec<SubjectRow>,
    pub(crate) fact: Option<FactRow>,
}

#[derive(Debug)]
pub(crate) struct Changed {
    pub(crate) row: Row,
    /// Whether the version before it is kept.
    pub(crate) keep: bool,
    pub(crate) floor: KeyChange,
}

/// A record on the desk.
struct Desk<'a> {
    row: Row,
    envelope: Envelope,
    seal: Seal,
    shelf: Option<&'a Shelf>,
    created: Option<(KeyChange, Vec<SubjectRow>, Option<FactRow>)>,
    /// Whether the caller chose its id.
    chosen: bool,
    keep: bool,
    due_before: Option<Micros>,
    touched: bool,
}

/// Prepares the changes of one person under one use.
pub(crate) struct Preparing<'a> {
    house: &'a House,
    call: &'a Call,
    used: &'a Use,
    about: Id<Person>,
    /// The records within reach, where the grant does not reach every record of the person.
    only: Option<Vec<[u8; 16]>>,
    store: &'a dyn Look,
    keys: &'a dyn Keys,
    desks: BTreeMap<[u8; 16], Desk<'a>>,
    order: Vec<[u8; 16]>,
    /// Events of the person that come with these changes.
    new_events: Vec<(String, Micros)>,
    revoked_events: Vec<String>,
    out: Prepared,
}

impl<'a> Preparing<'a> {
    pub(crate) const fn new(
        house: &'a House,
        call: &'a Call,
        used: &'a Use,
        about: Id<Person>,
        only: Option<Vec<[u8; 16]>>,
        store: &'a dyn Look,
        keys: &'a dyn Keys,
    ) -> Self {
        let out = Prepared {
            created: Vec::new(),
            changed: Vec::new(),
            ended: Vec::new(),
            person_events: Vec::new(),
            revoked: Vec::new(),
            identifiers: Vec::new(),
            births: Vec::new(),
            kept: Vec::new(),
            changes: 0,
        };
        Self {
            house,
            call,
            used,
            about,
            only,
            store,
            keys,
            desks: BTreeMap::new(),
            order: Vec::new(),
            new_events: Vec::new(),
            revoked_events: Vec::new(),
            out,
        }
    }

    /// All changes, or why not.
    pub(crate) fn all(mut self, changes: Vec<Change>) -> Ready<Prepared> {
        self.out.changes = changes.len() as u64;
        for change in changes {
            self.one(change)?;
        }
        self.finish()
    }

    fn one(&mut self, change: Change) -> Ready<()> {
        match change {
            Change::Create(draft) => self.create(*draft),
            Change::Correct { record, version, content, note } => self.correct(
                record.to_bytes(),
                version,
                content.into_revealed(),
                note.map(|it| it.into_revealed()),
            ),
            Change::Raise { record, event, at } => self.raise(record.to_bytes(), event, micros(at)),
            Change::RaisePerson { person, event, at } => self.raise_person(person, event, micros(at)),
            Change::RevokePerson { person, event, reason } => {
                self.revoke_person(person, event, reason.into_revealed())
            }
            Change::Flag { record, flag, set } => self.flag(record.to_bytes(), flag, set),
            Change::FlagLine { line, flag, reason } => self.flag_line(line, &flag, reason.reveal()),
            Change::Quantity { record, name, value } => {
                self.past(record.to_bytes(), Verb::Correct, |past, _| {
                    past.quantities.retain(|(known, _)| *known != name);
                    past.quantities.push((name, value));
                })
            }
            Change::MarkPrivate { record, private } => {
                self.verb(Verb::Correct, "")?;
                let desk = self.desk(record.to_bytes())?;
                desk.row.private = private;
                desk.touched = true;
                Ok(())
            }
            Change::EndLink { record, at } => self.end_link(record.to_bytes(), micros(at)),
            Change::Identify { person, identifier, from } => self.identify(person, &identifier, micros(from)),
            Change::EndIdentifier { person, identifier, at } => {
                self.end_identifier(person, &identifier, micros(at))
            }
            Change::Birth { person, date } => self.birth(person, date),
            Change::SourceErases { record, source, at } => {
                self.past(record.to_bytes(), Verb::Raise, |past, _| {
                    past.sources.retain(|(known, _)| *known != source);
                    past.sources.push((source, micros(at)));
                })
            }
            Change::CarryOut { record, stage, reason } => {
                self.carry_out(record.to_bytes(), stage, reason.into_revealed())
            }
        }
    }

    fn unfit<T>(&self, register: &str, problem: impl Into<String>) -> Ready<T> {
        let register = if register.is_empty() { self.used.said.id.as_str() } else { register };
        Err(Unready::Unfit(register.to_owned(), problem.into()))
    }

    fn verb(&self, verb: Verb, register: &str) -> Ready<()> {
        if self.used.may.contains(&verb) {
            return Ok(());
        }
        self.unfit(register, format!("the use does not allow `{}`", verb.word()))
    }

    fn same_person(&self, person: Id<Person>) -> Ready<()> {
        if person == self.about { Ok(()) } else { self.unfit("", "the grant is for another person") }
    }

    /// What the use covers of a register.
    fn mask(&self, shelf: &Shelf, private: bool) -> Option<FieldMask> {
        let scope = self.used.of.iter().find(|scope| scope.register == shelf.id)?;
        Some(if private { scope.private_fields } else { scope.fields })
    }

    /// Only declared fields that the use covers may be written.
    fn fields_fit(&self, shelf: &Shelf, name: &str, mask: FieldMask, content: &Content) -> Ready<()> {
        for field in content.keys() {
            match shelf.fields.iter().find(|(declared, _)| declared == field) {
                None => return self.unfit(name, "it has a field that is not declared"),
                Some((_, id)) if !mask.contains(*id) => {
                    return self.unfit(name, format!("the use does not cover the field `{field}`"));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// A record of the person that the use covers, on the desk.
    fn desk(&mut self, id: [u8; 16]) -> Ready<&mut Desk<'a>> {
        if !self.desks.contains_key(&id) {
            if self.only.as_ref().is_some_and(|only| !only.contains(&id)) {
                return self.unfit("", "the grant is for another record");
            }
            let row = match self.store.record(&id)? {
                Some(row) => row,
                None => return self.unfit("", "there is no such record of this person"),
            };
            let covered =
                self.house.shelf_of(row.register).is_some_and(|shelf| self.mask(shelf, false).is_some());
            if !covered || self.house.group_of(row.register)?.person(self.about) != row.subject {
                return self.unfit("", "there is no such record of this person");
            }
            self.put_on_desk(row)?;
        }
        match self.desks.get_mut(&id) {
            Some(desk) => Ok(desk),
            None => Err(Unready::Unfit(
                self.used.said.id.clone(),
                "there is no such record of this person".to_owned(),
            )),
        }
    }

    fn put_on_desk(&mut self, row: Row) -> Ready<()> {
        let Some((envelope, seal)) = self.house.open(&row, self.keys)? else { return Ok(()) };
        let (id, due_before) = (row.id, row.due_at);
        let shelf = self.house.shelf_of(row.register);
        let desk = Desk {
            row,
            envelope,
            seal,
            shelf,
            created: None,
            chosen: false,
            keep: false,
            due_before,
            touched: false,
        };
        self.desks.insert(id, desk);
        self.order.push(id);
        Ok(())
    }

    fn correct(&mut self, id: [u8; 16], version: u32, content: Content, note: Option<String>) -> Ready<()> {
        self.verb(Verb::Correct, "")?;
        let now = micros(self.call.now);
        let desk = self.desk(id)?;
        if desk.row.version != version {
            return Err(Unready::Conflict);
        }
        if desk.row.stage != stage_code(Stage::Open) || desk.row.closed_at.is_some_and(|at| at <= now) {
            return self.unfit("", "the record is closed");
        }
        let (shelf, private) = (desk.shelf, desk.row.private);
        self.not_restricted(id)?;
        let Some(shelf) = shelf else { return self.unfit("", "its register is no longer declared") };
        let Some(mask) = self.mask(shelf, private) else {
            return self.unfit("", "the use does not cover this register");
        };
        let name = self.house.policy.register_name(shelf.id).to_owned();
        self.fields_fit(shelf, &name, mask, &content)?;
        let desk = self.desk(id)?;
        // What the use does not cover stays as it is.
        let covered = |field: &str| shelf.fields.iter().any(|(name, id)| name == field && mask.contains(*id));
        desk.envelope.content.retain(|field, _| !covered(field));
        desk.envelope.content.extend(content);
        desk.envelope.notes.extend(note);
        desk.row.version += u32::from(desk.created.is_none());
        desk.row.changed_at = now;
        desk.keep = desk.created.is_none();
        desk.touched = true;
        Ok(())
    }

    /// GDPR art. 18(2): what is restricted is stored and nothing else.
    fn not_restricted(&self, id: [u8; 16]) -> Ready<()> {
        let holds = self.store.holds_on(&self.house.secrets.identity().person(self.about))?;
        let restricts = |hold: &HoldRow| {
            hold.kind == HoldKind::Restriction as u8 && hold.record.is_none_or(|record| record == id)
        };
        if holds.iter().any(restricts) { self.unfit("", "the record is restricted") } else { Ok(()) }
    }

    /// Whether the use and the role allow to say that an event has happened.
    fn may_raise(&self, event: &str, register: &str) -> Ready<()> {
        let Some(declared) = self.house.policy.event(event) else {
            return self.unfit(register, format!("`{event}` is no declared event"));
        };
        let actor = self.call.caller.actor.role;
        let wide = self.house.policy.role(actor).map_or(&[][..], |role| &role.is);
        let by_role =
            declared.roles.contains(&actor) || declared.roles.iter().any(|role| wide.contains(role));
        if by_role && self.used.raises.iter().any(|raised| raised == event) {
            return Ok(());
        }
        self.unfit(register, format!("this use and role may not raise `{event}`"))
    }

    fn raise(&mut self, id: [u8; 16], event: String, at: Micros) -> Ready<()> {
        self.verb(Verb::Raise, "")?;
        self.may_raise(&event, "")?;
        self.desk(id)?.envelope.history.events.push((event, at));
        self.desk(id)?.touched = true;
        self.no_haste(id)
    }

    /// Threats T4: a party to a record does not raise the event that ends it soon, unless the event is the person's own.
    fn no_haste(&mut self, id: [u8; 16]) -> Ready<()> {
        let Some(actor) = self.call.caller.actor.person else { return Ok(()) };
        let (house, now) = (self.house, self.call.now);
        let events = self.events_of(id)?;
        let about = self.about;
        let desk = self.desk(id)?;
        let party = desk.envelope.subjects.iter().any(|(_, subject)| subject.0 == actor) && actor != about;
        if !party {
            return Ok(());
        }
        let reading = clockwork::read(house, &desk.row, &desk.envelope, &events, now);
        let soon = micros(now).saturating_add(HASTE_MICROS);
        let hastened =
            reading.closed_at.is_some_and(|at| at <= soon) && desk.due_before.is_none_or(|at| at > soon);
        if hastened {
            return self.unfit("", "a party to the record may not raise what ends it within 30 days");
        }
        Ok(())
    }

    /// Whether the role allows to set a flag.
    fn may_flag(&self, flag: &str) -> Ready<()> {
        let Some(declared) = self.house.policy.flag(flag) else {
            return self.unfit("", format!("`{flag}` is no declared flag"));
        };
        let actor = self.call.caller.actor.role;
        let wide = self.house.policy.role(actor).map_or(&[][..], |role| &role.is);
        if !declared.roles.contains(&actor) && !declared.roles.iter().any(|role| wide.contains(role)) {
            return self.unfit("", format!("this role may not set `{flag}`"));
        }
        Ok(())
    }

    fn flag(&mut self, id: [u8; 16], flag: String, set: bool) -> Ready<()> {
        self.may_flag(&flag)?;
        self.past(id, Verb::Raise, |past, now| {
            let standing =
                past.flags.iter_mut().find(|(known, _, lifted)| *known == flag && lifted.is_none());
            match (standing, set) {
                (Some((_, _, lifted)), false) => *lifted = Some(now),
                (None, true) => past.flags.push((flag, now, None)),
                (Some(_), true) | (None, false) => {}
            }
        })
    }

    fn past(&mut self, id: [u8; 16], verb: Verb, change: impl FnOnce(&mut Past, Micros)) -> Ready<()> {
        if !self.used.may.contains(&verb) {
            // Clocks also follow content: who corrects a record may set what it reads.
            self.verb(Verb::Correct, "")?;
        }
        let now = micros(self.call.now);
        let desk = self.desk(id)?;
        change(&mut desk.envelope.history, now);
        desk.touched = true;
        Ok(())
    }

    fn carry_out(&mut self, id: [u8; 16], stage: usize, reason: String) -> Ready<()> {
        use notice::clock::Verb as Done;
        if reason.trim().is_empty() {
            return self.unfit("", "a decision is recorded with a reason");
        }
        self.verb(Verb::Raise, "")?;
        let (house, now) = (self.house, micros(self.call.now));
        let desk = self.desk(id)?;
        let verb =
            house.rules(&desk.row).first().and_then(|rule| rule.stages.get(stage)).map(|stage| stage.verb);
        match verb {
            None => return self.unfit("", "its clock has no such stage"),
            Some(Done::Erase | Done::Block | Done::Anonymise) => {
                desk.envelope.history.decided.push((stage, now, reason))
            }
            Some(Done::Archive) => {
                desk.envelope.history.done.push((stage, now));
                desk.row.stage = stage_code(Stage::Archived);
            }
            Some(Done::Move | Done::Review | Done::Destroy) => desk.envelope.history.done.push((stage, now)),
        }
        desk.touched = true;
        Ok(())
    }

    fn end_link(&mut self, id: [u8; 16], at: Micros) -> Ready<()> {
        if !self.used.may.contains(&Verb::Correct) {
            self.verb(Verb::Raise, "")?;
        }
        let house = self.house;
        let desk = self.desk(id)?;
        if let Some((_, _, Some(fact))) = &mut desk.created {
            fact.until = Some(fact.until.map_or(at, |until| until.min(at)));
            let group = house.group_of(desk.row.register)?;
            fact.mac = group.mac(&fact.bytes());
            return Ok(());
        }
        let group = house.group_of(desk.row.register)?;
        for mut fact in self.store.facts_of_record(&id)? {
            if !group.fits(&fact.bytes(), &fact.mac) {
                return Err(Unavailable::Tampered.into());
            }
            if fact.until.is_none_or(|until| until > at) {
                fact.until = Some(at);
                fact.mac = group.mac(&fact.bytes());
                self.out.ended.push(fact);
            }
        }
        Ok(())
    }

    /// The events of the person for one record, with those of these changes.
    fn events_of(&self, id: [u8; 16]) -> Ready<Vec<(String, Micros)>> {
        let Some(desk) = self.desks.get(&id) else { return Ok(Vec::new()) };
        let group = self.house.group_of(desk.row.register)?;
        let mut events = self.house.person_events(group, self.store, &desk.row.subject)?;
        events.retain(|(event, _)| !self.revoked_events.contains(event));
        events.extend(self.new_events.iter().cloned());
        Ok(events)
    }

    /// Clocks are read, everything is sealed.
    fn finish(mut self) -> Ready<Prepared> {
        for id in std::mem::take(&mut self.order) {
            let events = self.events_of(id)?;
            let Some(mut desk) = self.desks.remove(&id) else { continue };
            if !desk.touched {
                continue;
            }
            let reading = clockwork::read(self.house, &desk.row, &desk.envelope, &events, self.call.now);
            clockwork::set(&mut desk.row, &reading);
            desk.row.revision += u32::from(desk.created.is_none());
            desk.row.sealed = desk.envelope.close(&desk.row, &desk.seal, &*self.house.randomness)?;
            match desk.created {
                Some((key, subjects, fact)) => {
                    self.out.created.push(Created { row: desk.row, chosen: desk.chosen, key, subjects, fact })
                }
                None => {
                    let floor = KeyChange::Floor(self.house.record_key(&id), desk.row.revision);
                    self.out.changed.push(Changed { row: desk.row, keep: desk.keep, floor });
                }
            }
        }
        Ok(self.out)
    }
}
