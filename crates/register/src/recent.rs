//! What was found of people a moment ago: their facts, records as they lie sealed, and holds.
//!
//! Invariant: nothing is told that a change has overtaken. An entry stands for the state in which its look began, and is
//! told only while no change about its person has begun since.
//! Invariant: a change about a person removes what is remembered of them; nothing of an erased person stays here.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use notice::Id;
use notice::id::Person;

use crate::engine::{FactRow, HoldRow, Row, WrappedKey};
use crate::stripes::{Stripes, stripe};

/// Most bytes remembered of the people of one stripe: 48 MiB for all.
const STRIPE_BYTES: usize = 12 * 1_024;
/// About what an entry or a row of fixed size takes.
const ROW_BYTES: usize = 160;

/// A record with its key, both as they lie in the stores.
#[derive(Clone, Debug)]
pub(crate) struct Lying {
    pub(crate) row: Row,
    /// Name of its key in the key store.
    pub(crate) name: [u8; 16],
    pub(crate) key: Option<WrappedKey>,
}

/// What was found.
#[derive(Clone, Debug)]
enum What {
    /// Facts in a group of registers, none of them forged.
    Facts(String, Arc<[FactRow]>),
    /// Records in a register, by the number of its name.
    Records(i64, Arc<[Lying]>),
    Holds(Arc<[HoldRow]>),
}

impl What {
    fn bytes(&self) -> usize {
        ROW_BYTES
            + match self {
                Self::Facts(_, facts) => facts.len() * ROW_BYTES,
                Self::Records(_, records) => {
                    let of = |it: &Lying| it.row.sealed.len() + 2 * ROW_BYTES;
                    records.iter().map(of).sum()
                }
                Self::Holds(holds) => holds.iter().map(|hold| hold.sealed.len() + ROW_BYTES).sum(),
            }
    }
}

#[derive(Debug)]
struct Entry {
    person: Id<Person>,
    /// The number of changes when the look began.
    as_of: u64,
    what: What,
}

/// Entries by stripe.
#[derive(Debug)]
pub(crate) struct Recent(Vec<Mutex<Vec<Entry>>>);

impl Recent {
    pub(crate) fn new(stripes: &Stripes) -> Self {
        Self((0..stripes.len()).map(|_| Mutex::default()).collect())
    }

    fn of(&self, stripe: usize) -> Option<MutexGuard<'_, Vec<Entry>>> {
        self.0.get(stripe).map(|entries| entries.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn tell<T>(
        &self,
        stripes: &Stripes,
        person: Id<Person>,
        pick: impl Fn(&What) -> Option<&Arc<[T]>>,
    ) -> Option<Arc<[T]>> {
        let stripe = stripe(person);
        let entries = self.of(stripe)?;
        let mut own = entries.iter().filter(|entry| entry.person == person);
        own.find_map(|entry| Some((entry.as_of, pick(&entry.what)?)))
            .filter(|(as_of, _)| stripes.is_still(stripe, *as_of))
            .map(|(_, found)| Arc::clone(found))
    }

    fn keep(&self, stripes: &Stripes, person: Id<Person>, as_of: u64, what: What) {
        let stripe = stripe(person);
        let bytes = what.bytes();
        let Some(mut entries) = self.of(stripe).filter(|_| bytes <= STRIPE_BYTES) else { return };
        // Asked while the entries are held: a change that comes later finds this one and removes it.
        if !stripes.is_still(stripe, as_of) {
            return;
        }
        if entries.iter().map(|entry| entry.what.bytes()).sum::<usize>() + bytes > STRIPE_BYTES {
            entries.clear();
        }
        entries.push(Entry { person, as_of, what });
    }

    /// Everything about the people of a stripe goes.
    pub(crate) fn forget(&self, stripe: usize) {
        if let Some(mut entries) = self.of(stripe) {
            *entries = Vec::new();
        }
    }

    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn forget_all(&self) {
        (0..self.0.len()).for_each(|stripe| self.forget(stripe));
    }

    pub(crate) fn facts(&self, stripes: &Stripes, person: Id<Person>, group: &str) -> Option<Arc<[FactRow]>> {
        self.tell(stripes, person, |what| match what {
            What::Facts(of, facts) if of == group => Some(facts),
            What::Facts(..) | What::Records(..) | What::Holds(_) => None,
        })
    }

    pub(crate) fn keep_facts(
        &self,
        stripes: &Stripes,
        (person, group): (Id<Person>, &str),
        as_of: u64,
        facts: &Arc<[FactRow]>,
    ) {
        self.keep(stripes, person, as_of, What::Facts(group.to_owned(), Arc::clone(facts)));
    }

    pub(crate) fn records(
        &self,
        stripes: &Stripes,
        person: Id<Person>,
        register: i64,
    ) -> Option<Arc<[Lying]>> {
        self.tell(stripes, person, |what| match what {
            What::Records(of, records) if *of == register => Some(records),
            What::Facts(..) | What::Records(..) | What::Holds(_) => None,
        })
    }

    pub(crate) fn keep_records(
        &self,
        stripes: &Stripes,
        (person, register): (Id<Person>, i64),
        as_of: u64,
        records: &Arc<[Lying]>,
    ) {
        self.keep(stripes, person, as_of, What::Records(register, Arc::clone(records)));
    }

    pub(crate) fn holds(&self, stripes: &Stripes, person: Id<Person>) -> Option<Arc<[HoldRow]>> {
        self.tell(stripes, person, |what| match what {
            What::Holds(holds) => Some(holds),
            What::Facts(..) | What::Records(..) => None,
        })
    }

    pub(crate) fn keep_holds(
        &self,
        stripes: &Stripes,
        person: Id<Person>,
        as_of: u64,
        holds: &Arc<[HoldRow]>,
    ) {
        self.keep(stripes, person, as_of, What::Holds(Arc::clone(holds)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(number: u128) -> Id<Person> {
        Id::from_bits(number)
    }

    fn records(bytes: usize) -> Arc<[Lying]> {
        Arc::from([Lying { row: Row { sealed: vec![0; bytes], ..Row::default() }, name: [0; 16], key: None }])
    }

    #[test]
    fn what_was_found_is_told_until_a_change_begins() {
        let (stripes, person) = (Stripes::new(), person(7));
        let recent = Recent::new(&stripes);
        let as_of = stripes.changes();
        recent.keep_records(&stripes, (person, 1), as_of, &records(10));
        assert!(recent.records(&stripes, person, 1).is_some());
        assert!(recent.records(&stripes, person, 2).is_none());
        assert!(recent.records(&stripes, Id::from_bits(8), 1).is_none());
        stripes.step(stripe(person));
        assert!(recent.records(&stripes, person, 1).is_none(), "while the change is on its way");
        stripes.step(stripe(person));
        assert!(recent.records(&stripes, person, 1).is_none(), "after it");
    }

    #[test]
    fn what_a_change_has_overtaken_is_not_kept() {
        let (stripes, person) = (Stripes::new(), person(7));
        let recent = Recent::new(&stripes);
        let as_of = stripes.changes();
        stripes.step(stripe(person));
        recent.keep_records(&stripes, (person, 1), stripes.changes(), &records(10));
        stripes.step(stripe(person));
        recent.keep_records(&stripes, (person, 1), as_of, &records(10));
        assert!(recent.records(&stripes, person, 1).is_none());
        recent.keep_records(&stripes, (person, 1), stripes.changes(), &records(10));
        assert!(recent.records(&stripes, person, 1).is_some());
        stripes.step(stripe(Id::from_bits(8)));
        assert!(recent.records(&stripes, person, 1).is_some(), "a change about somebody else");
    }

    #[test]
    fn a_stripe_remembers_so_many_bytes_and_no_more() {
        let (stripes, person) = (Stripes::new(), person(7));
        let recent = Recent::new(&stripes);
        let as_of = stripes.changes();
        recent.keep_records(&stripes, (person, 1), as_of, &records(STRIPE_BYTES));
        assert!(recent.records(&stripes, person, 1).is_none());
        for register in 2..40 {
            recent.keep_records(&stripes, (person, register), as_of, &records(STRIPE_BYTES / 4));
            let entries = recent.of(stripe(person)).unwrap();
            assert!(entries.iter().map(|entry| entry.what.bytes()).sum::<usize>() <= STRIPE_BYTES);
        }
        recent.forget(stripe(person));
        assert!(recent.of(stripe(person)).unwrap().is_empty());
    }
}
