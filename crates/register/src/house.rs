//! What all calls share: notices, keys, connections, names.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::Timestamp;
use notice::clock::Rule;
use notice::id::Person;
use notice::policy::{FieldId, FieldMask, RegisterId};
use notice::{Fact, Id, Policy};

use crate::call::{Clock, Randomness};
use crate::engine::{Answer, Keys, Look, Row, WrappedKey};
use crate::envelope::{Envelope, Micros};
use crate::error::Unavailable;
use crate::folding::Refusals;
use crate::personal::Personal;
use crate::pool::Pool;
use crate::recent::{Lying, Recent};
use crate::record::Content;
use crate::register::Config;
use crate::secrets::{Group, Pseudonym, Seal, Secrets};
use crate::stripes::Stripes;

/// A register of the notices with what rows need to know of it.
#[derive(Debug)]
pub(crate) struct Shelf {
    pub(crate) id: RegisterId,
    /// Number of its name in rows.
    pub(crate) word: i64,
    /// Its group of pseudonyms.
    pub(crate) group: String,
    /// Fields with their ids.
    pub(crate) fields: Vec<(String, FieldId)>,
    /// The fact that its records establish.
    pub(crate) gives: Option<Fact>,
}

/// How long the lines of one minute are kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineDue {
    /// Their register.
    pub(crate) log: Option<RegisterId>,
    /// When the minute begins.
    pub(crate) minute: Micros,
    /// `None` where it is not one length for all of them.
    pub(crate) kept: Option<Micros>,
}

/// Everything that calls share.
#[derive(Debug)]
pub(crate) struct House {
    pub(crate) config: Config,
    pub(crate) policy: Arc<Policy>,
    /// The corpora under which records were collected, by their number in rows.
    pub(crate) corpora: HashMap<i64, Arc<Policy>>,
    /// The number of the corpus that runs.
    pub(crate) corpus: i64,
    /// By index of the register.
    pub(crate) shelves: Vec<Shelf>,
    /// Groups of registers of older corpora that are gone, by the number of their names.
    pub(crate) old_groups: HashMap<i64, String>,
    pub(crate) words: HashMap<String, i64>,
    pub(crate) texts: HashMap<i64, String>,
    pub(crate) secrets: Secrets,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) randomness: Arc<dyn Randomness>,
    pub(crate) stripes: Stripes,
    pub(crate) recent: Recent,
    pub(crate) lookers: Pool<dyn Look>,
    pub(crate) key_lookers: Pool<dyn Keys>,
    pub(crate) log_keys: RwLock<HashMap<i64, Arc<Seal>>>,
    /// How long lines were kept that were written a moment ago.
    pub(crate) line_dues: Mutex<Vec<LineDue>>,
    /// Held while the key of a new day is made: a day has one.
    pub(crate) making_day: Mutex<()>,
    /// The files beside the stores are to be emptied after the next commit.
    pub(crate) settle: std::sync::atomic::AtomicBool,
    pub(crate) bytes_used: AtomicU64,
    pub(crate) refusals: Refusals,
    pub(crate) reasons: Reasons,
    /// How many restrictions stand: most houses have none, and reads need not look.
    pub(crate) restrictions: AtomicU64,
    pub(crate) time: Mutex<crate::guard::TimeSeen>,
}

impl House {
    pub(crate) fn shelf(&self, register: RegisterId) -> Option<&Shelf> {
        self.shelves.get(register.index())
    }

    /// The register of a full name.
    pub(crate) fn shelf_named(&self, name: &str) -> Answer<&Shelf> {
        let id = self.policy.register_id(name);
        id.and_then(|id| self.shelf(id)).ok_or_else(|| Unavailable::Undeclared(name.to_owned()))
    }

    /// The register of a row, if the notices still have it.
    pub(crate) fn shelf_of(&self, word: i64) -> Option<&Shelf> {
        self.texts.get(&word).and_then(|name| self.policy.register_id(name)).and_then(|id| self.shelf(id))
    }

    /// The group of a register by the number of its name.
    pub(crate) fn group_of(&self, word: i64) -> Answer<&Group> {
        let current = self.shelf_of(word).map(|shelf| &shelf.group);
        let name = current.or_else(|| self.old_groups.get(&word)).ok_or(Unavailable::Engine)?;
        self.secrets.group(name)
    }

    /// The number of a name in rows.
    pub(crate) fn word(&self, text: &str) -> Answer<i64> {
        self.words.get(text).copied().ok_or_else(|| Unavailable::Undeclared(text.to_owned()))
    }

    pub(crate) fn text(&self, word: i64) -> &str {
        self.texts.get(&word).map_or("", String::as_str)
    }

    /// The retention rules of a record: its register's and those that fall on it beside that, of then and of now, each once.
    pub(crate) fn rules(&self, row: &Row) -> Vec<&Rule> {
        let name = self.text(row.register);
        let mut rules: Vec<&Rule> = Vec::with_capacity(2);
        let then = (row.under != self.corpus).then(|| self.corpora.get(&row.under)).flatten();
        for policy in std::iter::once(&self.policy).chain(then) {
            let own = policy.register_id(name).and_then(|id| policy.clock_of(id));
            let beside = policy.clocks.iter().filter(|clock| clock.of.iter().any(|of| of == name));
            for clock in own.into_iter().chain(beside) {
                if !rules.contains(&&clock.rule) {
                    rules.push(&clock.rule);
                }
            }
        }
        rules
    }

    /// Whether the records of a register, by the number of its name, live a day at most.
    pub(crate) fn is_brief(&self, word: i64) -> bool {
        let clock = self.shelf_of(word).and_then(|shelf| self.policy.clock_of(shelf.id));
        clock.is_some_and(|clock| clock.rule.is_brief())
    }

    /// The register of lines of a use, by the number of its name; of a use that is gone, the first one.
    pub(crate) fn log_of(&self, use_name: i64) -> Option<&Shelf> {
        let own = self.policy.use_id(self.text(use_name)).and_then(|id| self.policy.use_(id)?.log);
        own.or_else(|| self.policy.uses.iter().find_map(|used| used.log)).and_then(|log| self.shelf(log))
    }

    /// Whether a register, by the number of its name, holds lines.
    pub(crate) fn is_log(&self, word: i64) -> bool {
        let shelf = self.shelf_of(word);
        shelf.is_some_and(|shelf| self.policy.uses.iter().any(|used| used.log == Some(shelf.id)))
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Bytes that nobody can guess.
    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.randomness.fill(&mut bytes);
        bytes
    }

    /// Whether the last tenth is reached, which is kept for lines of granted looks.
    pub(crate) fn is_nearly_full(&self) -> bool {
        self.config.bytes_max.is_some_and(|max| self.bytes_used.load(Ordering::Relaxed) >= max / 10 * 9)
    }

    /// The name of a record's key.
    pub(crate) fn record_key(&self, id: &[u8; 16]) -> [u8; 16] {
        self.secrets.key_name(id)
    }

    /// The name of the key of a day of the log.
    pub(crate) fn day_key(&self, day: i64) -> [u8; 16] {
        self.secrets.key_name(format!("log:{day}").as_bytes())
    }

    /// Opens a record: `None` if its key is gone, which is what erased means.
    pub(crate) fn open(&self, row: &Row, keys: &dyn Keys) -> Answer<Option<(Envelope, Seal)>> {
        let key = keys.key(&self.record_key(&row.id))?;
        self.open_with(row, key.as_ref())
    }

    /// Opens a record with its key out of the key store.
    pub(crate) fn open_with(&self, row: &Row, key: Option<&WrappedKey>) -> Answer<Option<(Envelope, Seal)>> {
        let Some(opened) = self.unseal(row, &self.record_key(&row.id), key)? else { return Ok(None) };
        self.belongs(row, opened.0.about().ok_or(Unavailable::Tampered)?)?;
        Ok(Some(opened))
    }

    /// Opens a record that was looked up by the pseudonym of a person: the pseudonym of another is not believed.
    pub(crate) fn open_lying(&self, lying: &Lying, about: Id<Person>) -> Answer<Option<(Envelope, Seal)>> {
        let Some(opened) = self.unseal(&lying.row, &lying.name, lying.key.as_ref())? else {
            return Ok(None);
        };
        if opened.0.about() != Some(about) {
            self.belongs(&lying.row, opened.0.about().ok_or(Unavailable::Tampered)?)?;
        }
        Ok(Some(opened))
    }

    fn unseal(
        &self,
        row: &Row,
        name: &[u8; 16],
        key: Option<&WrappedKey>,
    ) -> Answer<Option<(Envelope, Seal)>> {
        let Some((wrapped, floor)) = key else { return Ok(None) };
        if row.revision < *floor {
            return Err(Unavailable::Tampered);
        }
        let seal = self.secrets.unwrap(name, wrapped)?;
        Ok(Some((Envelope::open(row, &seal)?, seal)))
    }

    /// Whether a row stands under the pseudonym of the person whom its content names.
    pub(crate) fn belongs(&self, row: &Row, about: Id<Person>) -> Answer<()> {
        let fits = self.group_of(row.register)?.person(about) == row.subject;
        if fits { Ok(()) } else { Err(Unavailable::Tampered) }
    }

    /// Cuts content to the fields of a mask.
    pub(crate) fn cut(shelf: &Shelf, mask: FieldMask, content: &mut Content) {
        content.retain(|name, _| shelf.fields.iter().any(|(field, id)| field == name && mask.contains(*id)));
    }

    /// The events of a person as clocks of one group read them.
    pub(crate) fn person_events(
        &self,
        group: &Group,
        store: &dyn crate::engine::Look,
        subject: &Pseudonym,
    ) -> Answer<Vec<(String, Micros)>> {
        let mut events = Vec::new();
        for row in store.person_events(subject)? {
            let text = group.seal().open(subject, &row.sealed)?;
            let event: (String, Micros) = serde_json::from_slice(&text).map_err(|_| Unavailable::Tampered)?;
            events.push(event);
        }
        Ok(events)
    }

    /// Says to the security log that a value does not fit; says nothing about whom.
    pub(crate) fn alarm(&self, register: i64) {
        tracing::error!(target: "register.security", event = "tampered", register = self.text(register), "a sealed value does not fit its row");
    }

    /// The pseudonyms of a person in every group of registers.
    pub(crate) fn everywhere(&self, person: Id<Person>) -> impl Iterator<Item = (&Group, Pseudonym)> {
        self.secrets.groups().map(move |group| (group, group.person(person)))
    }
}

/// Reasons between the question and the line, for grants that carry one.
#[derive(Debug, Default)]
pub(crate) struct Reasons {
    waiting: Mutex<Waiting>,
}

#[derive(Debug, Default)]
struct Waiting {
    last: u64,
    /// State and reason by number.
    reasons: std::collections::BTreeMap<u64, (u64, Personal<String>)>,
}

/// Marks a stamp that stands for a kept reason.
const KEPT: u64 = 1 << 63;
/// Most reasons that wait; a grant whose reason was dropped is asked for again by its caller.
const REASONS_MAX: usize = 10_000;

impl Reasons {
    /// A stamp that leads back to the state and the reason.
    pub(crate) fn keep(&self, stamp: u64, reason: Option<&Personal<String>>) -> u64 {
        let Some(reason) = reason else { return stamp & !KEPT };
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.last += 1;
        let ticket = waiting.last;
        waiting.reasons.insert(ticket, (stamp, reason.clone()));
        if waiting.reasons.len() > REASONS_MAX {
            waiting.reasons.pop_first();
        }
        ticket | KEPT
    }

    /// The state and the reason; `None` if the reason was dropped.
    pub(crate) fn take(&self, stamp: u64) -> Option<(u64, Option<Personal<String>>)> {
        if stamp & KEPT == 0 {
            return Some((stamp, None));
        }
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.reasons.remove(&(stamp & !KEPT)).map(|(stamp, reason)| (stamp, Some(reason)))
    }
}
