//! One event on everything that a use covers: what ends all of a register at once.

use std::collections::{BTreeMap, BTreeSet};

use notice::id::Person;
use notice::policy::RegisterId;
use notice::{Grant, Id, Target, Writing};

use crate::call::Call;
use crate::change::Change;
use crate::error::{ChangeError, Unavailable};
use crate::house::Shelf;
use crate::preparing::Unready;
use crate::register::Register;
use crate::replacing::is_open;

impl Register {
    /// How many records stand in each register that a use covers; tells nothing of anybody.
    pub(crate) fn count_standing(
        &self,
        call: &Call,
        use_name: &str,
    ) -> Result<BTreeMap<RegisterId, u64>, Unavailable> {
        let policy = &self.house.policy;
        let undeclared = || Unavailable::Undeclared(use_name.to_owned());
        let used = policy.use_id(use_name).and_then(|id| policy.use_(id)).ok_or_else(undeclared)?;
        let mut counts = BTreeMap::new();
        for shelf in used.of.iter().filter_map(|scope| self.house.shelf(scope.register)) {
            let mut open = 0;
            self.house.lookers.with(|store| {
                store.each_collected(shelf.word, i64::MIN, i64::MAX, &mut |row| {
                    open += u64::from(is_open(&row, call));
                    Ok(())
                })
            })?;
            counts.insert(shelf.id, open);
        }
        Ok(counts)
    }

    /// Raises an event on every record of the registers of a use but one. Begun again after a failure, it goes on where it stopped.
    pub(crate) fn raise_on_all(
        &self,
        call: &Call,
        grant: Grant<Writing>,
        but: &str,
        event: &str,
    ) -> Result<u64, ChangeError<std::convert::Infallible>> {
        let question = *grant.question();
        if question.target != Target::Query {
            let problem = "this is about everybody".to_owned();
            return Err(Unready::Unfit(event.to_owned(), problem).into());
        }
        let policy = &self.house.policy;
        let used = policy.use_(question.use_id).ok_or(Unavailable::Engine)?;
        let shelves: Vec<&Shelf> = used
            .of
            .iter()
            .filter(|scope| policy.register_name(scope.register) != but)
            .filter_map(|scope| self.house.shelf(scope.register))
            .collect();
        let mut people: BTreeMap<Id<Person>, Vec<Change>> = BTreeMap::new();
        for shelf in shelves {
            let owners: BTreeSet<Id<Person>> =
                self.owners(shelf, |row| is_open(row, call))?.into_iter().collect();
            let group = self.house.secrets.group(&shelf.group)?;
            for person in owners {
                let subject = group.person(person);
                let rows = self.house.lookers.with(|store| store.records_about(&subject, shelf.word))?;
                let raised = rows.iter().filter(|row| is_open(row, call)).map(|row| Change::Raise {
                    record: crate::envelope::record_id(row),
                    event: event.to_owned(),
                    at: call.now,
                });
                people.entry(person).or_default().extend(raised);
            }
        }
        self.import_all(call, grant, people.into_iter().collect())
    }
}
