//! The only door to personal data.
//!
//! Invariant: no read is answered before its line in the log is durable.
//! Invariant: no SQL leaves this crate.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use notice::id::{Organisation, Person};
use notice::{Grant, Id, Mode, Policy, Reading, Writing};

use crate::call::{Ask, Call, Clock, Randomness};
use crate::change::Change;
use crate::corpus::Corpus;
use crate::engine::Page;
use crate::error::{ChangeError, Denied, FourEyes, OpenError, Unavailable};
use crate::hold::{Hold, HoldId};
use crate::house::House;
use crate::identifier::{Identifier, OrganisationNumber};
use crate::line::Line;
use crate::open::micros;
use crate::own::Own;
use crate::query::{Part, Query, Slice};
use crate::record::{Clocked, Record};
use crate::replacing::{Replacing, Whole};
use crate::sweep::{Act, Guard, Plan, Receipt, Report};
use crate::writer::Writer;
use crate::{identity, open, oversight};

/// Where the register lives.
#[derive(Clone, Debug)]
pub struct Config {
    /// Folder of the database.
    pub database: PathBuf,
    /// Folder of the key store; another disk in an authority.
    pub keys: PathBuf,
    /// Zone in which calendar durations count.
    pub zone: TimeZone,
    /// When the sweep mistrusts the clock or the amount.
    pub guard: Guard,
    /// Most bytes of the database; a tenth of it is kept for lines of granted looks. `None` = what the disk holds.
    pub bytes_max: Option<u64>,
}

impl Config {
    /// A register in two folders with the usual guards.
    #[must_use]
    pub fn new(database: impl Into<PathBuf>, keys: impl Into<PathBuf>, zone: TimeZone) -> Self {
        Self { database: database.into(), keys: keys.into(), zone, guard: Guard::default(), bytes_max: None }
    }
}

/// A cheap handle; clones share one register. It closes with the last of them.
#[derive(Clone, Debug)]
pub struct Register {
    pub(crate) house: Arc<House>,
    pub(crate) writer: Arc<Writer>,
    // Given back after the writer has finished.
    _lock: Arc<std::fs::File>,
}

impl Register {
    /// Opens or makes a register that runs these notices. `corpus` holds the files that `policy` was compiled from: a record keeps the version under which it was collected, so the register keeps the files.
    ///
    /// # Errors
    /// [`OpenError`] says what the operator must do.
    pub fn open(
        config: &Config,
        policy: Arc<Policy>,
        corpus: Corpus,
        clock: Arc<dyn Clock>,
        randomness: Arc<dyn Randomness>,
    ) -> Result<Self, OpenError> {
        let opened = open::open(config, policy, &corpus, clock, randomness)?;
        let writer = Writer::start(opened.house.clone(), opened.store, opened.keys)?;
        Ok(Self { house: opened.house, writer: Arc::new(writer), _lock: Arc::new(opened.lock) })
    }

    /// The notices that run.
    #[must_use]
    pub fn policy(&self) -> &Arc<Policy> {
        &self.house.policy
    }

    /// A call that begins now.
    #[must_use]
    pub fn call(&self, caller: crate::call::Caller) -> Call {
        Call { caller, now: self.house.now() }
    }

    /// The person behind an identifier. Total: one whom nobody knows gets an id too, and is refused like any other.
    #[must_use]
    pub fn person(&self, identifier: &Identifier) -> Id<Person> {
        identity::person(&self.house, identifier)
    }

    /// The organisation behind a number. Total and the same in every register of the same master key.
    #[must_use]
    pub fn organisation(&self, number: &OrganisationNumber) -> Id<Organisation> {
        self.house.secrets.organisation(number)
    }

    /// Asks leave. The facts come from the register's own records; a refusal is in the log before this returns.
    ///
    /// # Errors
    /// [`Denied::Refused`] names the clause and the way forward; anything else means that the register cannot answer.
    pub fn ask<M: Mode>(&self, call: &Call, ask: Ask) -> Result<Grant<M>, Denied> {
        self.ask_leave(call, &ask)
    }

    /// Reads all records that the grant covers: those of its person in the registers of its use, or its one record.
    ///
    /// # Errors
    /// [`Denied`]: also when a fact was revoked since the question.
    pub fn read(&self, call: &Call, grant: Grant<Reading>) -> Result<Vec<Record>, Denied> {
        self.read_records(call, grant)
    }

    /// Reads the records that a query finds, each judged on its own facts; those that the notice does not allow are left out as if they were not there. One line for each person shown. The grant is one for [`notice::Target::Query`].
    ///
    /// # Errors
    /// [`Denied`].
    pub fn read_query(
        &self,
        call: &Call,
        grant: Grant<Reading>,
        query: Query,
    ) -> Result<Vec<Record>, Denied> {
        self.read_list(call, &grant, query).map(|found| found.records)
    }

    /// A part of the records of a register, as [`Self::read_query`] reads [`Query::PartOf`], and whether more come after it. Of what comes after nothing is shown and no line is written.
    ///
    /// # Errors
    /// [`Denied`].
    pub fn read_part(
        &self,
        call: &Call,
        grant: Grant<Reading>,
        register: &'static str,
        part: Slice,
    ) -> Result<Part, Denied> {
        self.read_list(call, &grant, Query::PartOf { register, part })
    }

    /// Reads records of people whom nobody can name as values of a type, part by part on every processor: for lists too long to be held as records. What is not of the type is withheld with an alarm. The grant is one for [`notice::Target::Query`] under a use whose condition reads no fact, the query one of [`Query::CollectedIn`]; one line with the count.
    ///
    /// # Errors
    /// [`Denied`]: also where the use is about people who can be found.
    pub fn read_values<T: serde::de::DeserializeOwned + Send>(
        &self,
        call: &Call,
        grant: &Grant<Reading>,
        query: Query,
    ) -> Result<Vec<T>, Denied> {
        self.read_all_values(call, grant, query)
    }

    /// Every version of the records that the grant covers, oldest first, the present one last.
    ///
    /// # Errors
    /// [`Denied`].
    pub fn read_versions(&self, call: &Call, grant: Grant<Reading>) -> Result<Vec<Record>, Denied> {
        self.read_all_versions(call, grant)
    }

    /// What goes when: the records that the grant covers with every stage of their clocks and what holds them.
    ///
    /// # Errors
    /// [`Denied`].
    pub fn read_clocks(&self, call: &Call, grant: Grant<Reading>) -> Result<Vec<Clocked>, Denied> {
        self.read_clocks_of(call, grant)
    }

    /// Reads what the grant covers, lets the service decide, and commits its changes with the line. Called again with fresh records when somebody else was first.
    ///
    /// # Errors
    /// [`ChangeError`]; nothing was changed.
    pub fn change<T, E>(
        &self,
        call: &Call,
        grant: Grant<Writing>,
        decide: impl FnMut(&[Record]) -> Result<(Vec<Change>, T), E>,
    ) -> Result<T, ChangeError<E>> {
        self.change_records(call, grant, decide)
    }

    /// Commits the changes of a feed, about a thousand at a time: each person with the changes about them, all or none within a batch. The grant is one for [`notice::Target::Query`]. Returns how many changes were made.
    ///
    /// # Errors
    /// [`ChangeError`]; batches before the failing one stay.
    pub fn import(
        &self,
        call: &Call,
        grant: Grant<Writing>,
        people: Vec<(Id<Person>, Vec<Change>)>,
    ) -> Result<u64, ChangeError<std::convert::Infallible>> {
        self.import_all(call, grant, people)
    }

    /// Puts a whole list in the place of the one before, in one commit or not at all: who is new comes, who differs is corrected, who is no longer on it gets the event that ends the record. `agree` sees what it comes to, and as of when the list is that stands, before anything is written. The grant is one for [`notice::Target::Query`].
    ///
    /// # Errors
    /// [`ChangeError`]; nothing was changed.
    pub fn replace<E>(
        &self,
        call: &Call,
        grant: Grant<Writing>,
        whole: &Whole,
        agree: impl Fn(&Replacing, Option<Timestamp>) -> Result<(), E>,
    ) -> Result<Replacing, ChangeError<E>> {
        self.replace_all(call, &grant, whole, agree)
    }

    /// The source of a list has said something of one entry at this moment: a list made before it is outdated. Says nothing of anybody.
    ///
    /// # Errors
    /// [`Unavailable`].
    pub fn outdate_lists(&self, register: &'static str, before: Timestamp) -> Result<(), Unavailable> {
        self.bring_list_to(register, before)
    }

    /// How many records stand in each register of a use; nobody can be told from it.
    ///
    /// # Errors
    /// [`Unavailable`].
    pub fn standing(
        &self,
        call: &Call,
        use_name: &str,
    ) -> Result<std::collections::BTreeMap<notice::policy::RegisterId, u64>, Unavailable> {
        self.count_standing(call, use_name)
    }

    /// Raises an event on every record of the registers of the grant's use but the one named, about a thousand at a time; called again after a failure it goes on. The grant is one for [`notice::Target::Query`]. Returns how many records.
    ///
    /// # Errors
    /// [`ChangeError`]; batches before the failing one stay.
    pub fn raise_everywhere(
        &self,
        call: &Call,
        grant: Grant<Writing>,
        but: &str,
        event: &str,
    ) -> Result<u64, ChangeError<std::convert::Infallible>> {
        self.raise_on_all(call, grant, but, event)
    }

    /// What is kept about the person of the grant, what goes when, and who has looked, as one look with one line. The lines are those before this look; `before` and `limit` as in [`Self::lines_about`].
    ///
    /// # Errors
    /// [`Denied`].
    pub fn read_own(
        &self,
        call: &Call,
        grant: Grant<Reading>,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Own, Denied> {
        self.read_own_of(call, grant, before, limit)
    }

    /// Log lines about the person of the grant, newest first by time; `before` is the number of the last line of the page before.
    ///
    /// # Errors
    /// [`Denied`].
    pub fn lines_about(
        &self,
        call: &Call,
        grant: Grant<Reading>,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<Line>, Denied> {
        let page = page(call, before, limit);
        self.lines(call, grant, |store, about| store.lines_about(about, page))
    }

    /// Log lines of looks made by the person of the grant, newest first by time, as [`Self::lines_about`].
    ///
    /// # Errors
    /// [`Denied`].
    pub fn lines_by(
        &self,
        call: &Call,
        grant: Grant<Reading>,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<Line>, Denied> {
        let page = page(call, before, limit);
        self.lines(call, grant, |store, actor| store.lines_by(actor, page))
    }

    /// Does what is due.
    ///
    /// # Errors
    /// [`Unavailable`]; what was done before the failure stays done and has its receipt.
    pub fn sweep(&self) -> Result<Report, Unavailable> {
        self.sweep_now()
    }

    /// How much falls due between two days, the second not included; counts under 5 are shown as they are to the officer only.
    ///
    /// # Errors
    /// [`Unavailable`].
    pub fn plan(&self, from: Date, until: Date) -> Result<Plan, Unavailable> {
        oversight::plan(&self.house, from, until)
    }

    /// The latest receipts, newest first.
    ///
    /// # Errors
    /// [`Unavailable`].
    pub fn receipts(&self, limit: usize) -> Result<Vec<Receipt>, Unavailable> {
        oversight::receipts(&self.house, limit)
    }

    /// What the sweep has done so far, by register and verb; holds no personal data.
    ///
    /// # Errors
    /// [`Unavailable`].
    pub fn acts(&self) -> Result<Vec<Act>, Unavailable> {
        oversight::acts(&self.house)
    }

    /// The files of the notices that run, as they were compiled.
    ///
    /// # Errors
    /// [`Unavailable`].
    pub fn corpus(&self) -> Result<Corpus, Unavailable> {
        oversight::corpus(&self.house)
    }

    /// Records over the plan that the brake has blocked and nobody has released, by register.
    ///
    /// # Errors
    /// [`Unavailable`].
    pub fn late(&self) -> Result<std::collections::BTreeMap<notice::policy::RegisterId, u64>, Unavailable> {
        oversight::late(&self.house)
    }

    /// When the sweep has something to look at next.
    ///
    /// # Errors
    /// [`Unavailable`].
    pub fn next_due(&self) -> Result<Option<Timestamp>, Unavailable> {
        let next = self.house.lookers.with(|store| store.next_look())?;
        Ok(next.map(crate::envelope::time))
    }

    /// Two persons confirm that the clock is right after a jump; the next sweep runs.
    ///
    /// # Errors
    /// [`FourEyes`].
    pub fn confirm_clock(&self, first: &str, second: &str) -> Result<(), FourEyes> {
        self.confirm_the_clock(first, second)
    }

    /// Two persons release what the brake has blocked; the next sweep acts. Returns how many records.
    ///
    /// # Errors
    /// [`FourEyes`].
    pub fn release_brake(&self, first: &str, second: &str) -> Result<u64, FourEyes> {
        self.release_the_brake(first, second)
    }

    /// Keeps the sweep from a person's records or from one record.
    ///
    /// # Errors
    /// [`Unavailable`].
    pub fn hold(&self, call: &Call, hold: Hold) -> Result<HoldId, Unavailable> {
        self.place_hold(call, hold)
    }

    /// Lifts a hold; what became due meanwhile goes with the next sweep.
    ///
    /// # Errors
    /// [`Unavailable`].
    pub fn release_hold(&self, call: &Call, hold: HoldId) -> Result<(), Unavailable> {
        self.lift_hold(call, hold)
    }

    /// The holds that stand, the next to be reviewed first.
    ///
    /// # Errors
    /// [`Unavailable`].
    pub fn holds(&self) -> Result<Vec<(HoldId, Hold)>, Unavailable> {
        oversight::holds(&self.house)
    }
}

#[cfg(any(test, feature = "testing"))]
impl Register {
    /// Forgets what was found a moment ago, as a new process would: tests change the files behind our back.
    pub fn forget_recent(&self) {
        self.house.recent.forget_all();
    }

    /// Everything that is sealed, opened: what whoever holds database and keys could read. Tests search it for what must not be there.
    ///
    /// # Errors
    /// [`Unavailable`].
    pub fn all_opened(&self) -> Result<Vec<u8>, Unavailable> {
        let house = &self.house;
        let rows = house.lookers.with(|store| {
            let found = store.record_ids()?.into_iter().map(|id| store.record(&id));
            found.collect::<Result<Vec<_>, _>>()
        })?;
        let mut all = Vec::new();
        for row in rows.into_iter().flatten() {
            let opened = house.key_lookers.with(|keys| house.open(&row, keys))?;
            let Some((envelope, _)) = opened else { continue };
            all.extend(house.text(row.register).as_bytes());
            all.extend(serde_json::to_vec(&envelope).map_err(|_| Unavailable::Engine)?);
            all.push(b'\n');
        }
        Ok(all)
    }
}

/// Where a page of lines begins.
pub(crate) fn page(call: &Call, before: Option<u64>, limit: usize) -> Page {
    let before = before.map(|before| i64::try_from(before).unwrap_or(i64::MAX));
    Page { before, now: micros(call.now), limit }
}
