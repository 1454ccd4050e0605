//! What other notices would make of the dates on file: counted, and nothing is written.
//!
//! Invariant: of the rule under which a record was collected and the rule that would run, the one that ends it sooner wins.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use notice::Policy;
use notice::clock::Rule;

use crate::clockwork;
use crate::corpus::Corpus;
use crate::engine::sqlite::Store;
use crate::engine::{Answer, Look, Row};
use crate::envelope::{Micros, time};
use crate::error::{OpenError, Unavailable};
use crate::house::House;
use crate::register::{Config, Register};

/// Records of one register whose next date falls into one month under other notices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The register, by full name.
    pub register: String,
    /// The month of the new date, `2027-03`; nothing where no date is known.
    pub month: Option<String>,
    /// How many come sooner than now.
    pub sooner: u64,
    /// How many come later than now, or lose their date.
    pub later: u64,
    /// How many stay.
    pub same: u64,
}

#[derive(Default)]
struct Counts {
    sooner: u64,
    later: u64,
    same: u64,
}

impl Register {
    /// How the dates on file would move if other notices ran, by register and month. Counts only.
    ///
    /// # Errors
    /// [`Unavailable`].
    pub fn dated_under(&self, policy: &Policy) -> Result<Vec<Dated>, Unavailable> {
        let counted = self.dated_while(policy, &mut |_, _| ControlFlow::Continue(()))?;
        Ok(counted.unwrap_or_default())
    }

    /// The same, for somebody who watches: after some records it is told how many of how many are counted, and may
    /// break off; then there is no answer.
    ///
    /// # Errors
    /// [`Unavailable`].
    pub fn dated_while(
        &self,
        policy: &Policy,
        watch: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Result<Option<Vec<Dated>>, Unavailable> {
        let house = &*self.house;
        let ids = house.lookers.with(|store| store.record_ids())?;
        let mut counts: BTreeMap<(String, Option<String>), Counts> = BTreeMap::new();
        for (done, id) in ids.iter().enumerate() {
            if done.is_multiple_of(TOLD_EVERY) && watch(done, ids.len()).is_break() {
                return Ok(None);
            }
            let Some((register, old, new)) = one(house, policy, id)? else { continue };
            let month =
                new.map(|at| time(at).to_zoned(house.config.zone.clone()).strftime("%Y-%m").to_string());
            let counts = counts.entry((register, month)).or_default();
            match (old, new) {
                (old, new) if old == new => counts.same += 1,
                (Some(old), Some(new)) if new < old => counts.sooner += 1,
                (None, Some(_)) => counts.sooner += 1,
                (Some(_), Some(_) | None) | (None, None) => counts.later += 1,
            }
        }
        lines(house, &mut counts)?;
        Ok(Some(
            counts
                .into_iter()
                .map(|((register, month), it)| Dated {
                    register,
                    month,
                    sooner: it.sooner,
                    later: it.later,
                    same: it.same,
                })
                .collect(),
        ))
    }
}

/// After how many records whoever watches is told.
const TOLD_EVERY: usize = 256;

type Dates = (String, Option<Micros>, Option<Micros>);

/// The register of a record, its next date as it is and as it would be; nothing if it is gone.
fn one(house: &House, policy: &Policy, id: &[u8; 16]) -> Answer<Option<Dates>> {
    house.lookers.with(|store| {
        let Some(row) = store.record(id)? else { return Ok(None) };
        let (before, after) = (house.rules(&row), rules(house, policy, &row));
        let name = house.text(row.register).to_owned();
        if before == after && !decisions_differ(&house.policy, policy, &before) {
            // Nothing is opened to find out that nothing moves.
            return Ok(Some((name, row.due_at, row.due_at)));
        }
        let Some((envelope, _)) = house.key_lookers.with(|keys| house.open(&row, keys))? else {
            return Ok(None);
        };
        let events = house.person_events(house.group_of(row.register)?, store, &row.subject)?;
        let now = house.now();
        let read = |policy: &Policy, rules: &[&Rule]| {
            clockwork::read_rules(house, (policy, rules), &envelope, &events, now).due_at
        };
        Ok(Some((name, read(&house.policy, &before), read(policy, &after))))
    })
}

/// Whether a decision that the rules read may stand for another time.
fn decisions_differ(old: &Policy, new: &Policy, rules: &[&Rule]) -> bool {
    let ends = |policy: &Policy, name: &str| policy.flag(name).and_then(|flag| flag.ends);
    let mut names = rules.iter().flat_map(|rule| rule.names().flags);
    names.any(|name| ends(old, &name) != ends(new, &name))
}

/// The lines of the log, by the register that keeps them. A line is dated when it is written and never anew: all stay.
fn lines(house: &House, counts: &mut BTreeMap<(String, Option<String>), Counts>) -> Answer<()> {
    let hours = house.lookers.with(|store| store.lines_due_by_hour(Micros::MIN, Micros::MAX))?;
    for (used, at, many) in hours {
        let Some(shelf) = house.log_of(used) else { continue };
        let month = time(at).to_zoned(house.config.zone.clone()).strftime("%Y-%m").to_string();
        counts.entry((house.text(shelf.word).to_owned(), Some(month))).or_default().same += many;
    }
    Ok(())
}

/// The rules of a record if the policy ran.
fn rules<'a>(house: &'a House, policy: &'a Policy, row: &Row) -> Vec<&'a Rule> {
    let name = house.text(row.register);
    let find = |policy: &'a Policy| {
        policy.register_id(name).and_then(|id| policy.clock_of(id)).map(|clock| &clock.rule)
    };
    let then = if row.under == house.corpus { Some(&house.policy) } else { house.corpora.get(&row.under) };
    let mut rules: Vec<&Rule> = find(policy).into_iter().collect();
    if let Some(then) = then.and_then(|then| find(then)).filter(|then| !rules.contains(then)) {
        rules.push(then);
    }
    rules
}

/// The notices that ran last over a database that need not be open here.
///
/// # Errors
/// [`OpenError`], also when nothing ever ran.
pub fn last_run(config: &Config) -> Result<Corpus, OpenError> {
    let store = Store::reader(&config.database.join("register.db"))?;
    let dated: Option<i64> =
        store.meta(crate::open::DATED)?.and_then(|bytes| bytes.try_into().ok()).map(i64::from_be_bytes);
    let rows = store.corpora()?;
    let found = rows.iter().find(|(number, ..)| Some(*number) == dated).or(rows.last());
    let (_, _, since, files) = found.ok_or(Unavailable::Engine)?;
    serde_json::from_str(files).map_err(|_| OpenError::Corpus { since: time(*since) })
}
