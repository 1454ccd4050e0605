//! One look at the stores: connections are lent when first needed, and what was found a moment ago is not looked up again.
//!
//! Invariant: what is told is one state of the store, or of later states in which nothing about its person had changed.

use std::cell::OnceCell;
use std::sync::Arc;

use notice::Id;
use notice::id::Person;

use crate::engine::{Answer, FactRow, HoldRow, Keys, Look};
use crate::error::Unavailable;
use crate::house::{House, Shelf};
use crate::pool::Lent;
use crate::recent::Lying;

/// A look that has begun.
pub(crate) struct View<'a> {
    house: &'a House,
    /// Changes before it began: its snapshots are no older.
    as_of: u64,
    store: OnceCell<Lent<'a, dyn Look>>,
    keys: OnceCell<Lent<'a, dyn Keys>>,
}

impl<'a> View<'a> {
    pub(crate) fn new(house: &'a House) -> Self {
        Self { house, as_of: house.stripes.changes(), store: OnceCell::new(), keys: OnceCell::new() }
    }

    /// The database.
    pub(crate) fn store(&self) -> Answer<&dyn Look> {
        if self.store.get().is_none() {
            let _ = self.store.set(self.house.lookers.lend()?);
        }
        self.store.get().and_then(Lent::get).ok_or(Unavailable::Engine)
    }

    /// The key store.
    pub(crate) fn keys(&self) -> Answer<&dyn Keys> {
        if self.keys.get().is_none() {
            let _ = self.keys.set(self.house.key_lookers.lend()?);
        }
        self.keys.get().and_then(Lent::get).ok_or(Unavailable::Engine)
    }

    /// All facts about a person in a group, none of them forged.
    pub(crate) fn facts(&self, about: Id<Person>, group_name: &str) -> Answer<Arc<[FactRow]>> {
        let (recent, stripes) = (&self.house.recent, &self.house.stripes);
        if let Some(facts) = recent.facts(stripes, about, group_name) {
            return Ok(facts);
        }
        let group = self.house.secrets.group(group_name)?;
        let facts: Arc<[FactRow]> = self.store()?.facts_about(&group.person(about))?.into();
        if !facts.iter().all(|fact| group.fits(&fact.bytes(), &fact.mac)) {
            self.house.alarm(0);
            return Err(Unavailable::Tampered);
        }
        recent.keep_facts(stripes, (about, group_name), self.as_of, &facts);
        Ok(facts)
    }

    /// All records about a person in a register, as they lie there.
    pub(crate) fn records(&self, about: Id<Person>, shelf: &Shelf) -> Answer<Arc<[Lying]>> {
        let (recent, stripes) = (&self.house.recent, &self.house.stripes);
        if let Some(records) = recent.records(stripes, about, shelf.word) {
            return Ok(records);
        }
        let subject = self.house.secrets.group(&shelf.group)?.person(about);
        let rows = self.store()?.records_about(&subject, shelf.word)?;
        let mut records = Vec::with_capacity(rows.len());
        for row in rows {
            let name = self.house.record_key(&row.id);
            let key = self.keys()?.key(&name)?;
            records.push(Lying { row, name, key });
        }
        let records = records.into();
        recent.keep_records(stripes, (about, shelf.word), self.as_of, &records);
        Ok(records)
    }

    /// Everything that holds records of a person.
    pub(crate) fn holds(&self, about: Id<Person>) -> Answer<Arc<[HoldRow]>> {
        let (recent, stripes) = (&self.house.recent, &self.house.stripes);
        if let Some(holds) = recent.holds(stripes, about) {
            return Ok(holds);
        }
        let holds = self.store()?.holds_on(&self.house.secrets.identity().person(about))?.into();
        recent.keep_holds(stripes, about, self.as_of, &holds);
        Ok(holds)
    }
}
