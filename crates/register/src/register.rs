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
use crate::error::{ChangeError, Denied, FourEyes, OpenError, Unavailable};
use crate::hold::{Hold, HoldId};
use crate::identifier::{Identifier, OrganisationNumber};
use crate::line::Line;
use crate::query::Query;
use crate::record::{Clocked, Record};
use crate::sweep::{Guard, Plan, Receipt, Report};

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

/// A cheap handle; clones share one register.
#[derive(Clone, Debug)]
pub struct Register {
    policy: Arc<Policy>,
}

#[allow(unused_variables, missing_docs, clippy::missing_errors_doc)]
impl Register {
    /// Opens or makes a register that runs these notices. `corpus` holds the files that `policy` was compiled from: a record keeps the version under which it was collected, so the register keeps the files.
    pub fn open(
        config: &Config,
        policy: Arc<Policy>,
        corpus: Corpus,
        clock: Arc<dyn Clock>,
        randomness: Arc<dyn Randomness>,
    ) -> Result<Self, OpenError> {
        Ok(Self { policy })
    }

    /// The notices that run.
    #[must_use]
    pub fn policy(&self) -> &Arc<Policy> {
        &self.policy
    }

    /// A call that begins now.
    #[must_use]
    pub fn call(&self, caller: crate::call::Caller) -> Call {
        Call { caller, now: jiff::Timestamp::UNIX_EPOCH }
    }

    /// The person behind an identifier. Total: one whom nobody knows gets an id too, and is refused like any other.
    #[must_use]
    pub fn person(&self, identifier: &Identifier) -> Id<Person> {
        Id::from_bits(0)
    }

    /// The organisation behind a number. Total and the same in every register of the same master key.
    #[must_use]
    pub fn organisation(&self, number: &OrganisationNumber) -> Id<Organisation> {
        Id::from_bits(0)
    }

    /// Asks leave. The facts come from the register's own records; a refusal is in the log before this returns.
    pub fn ask<M: Mode>(&self, call: &Call, ask: Ask) -> Result<Grant<M>, Denied> {
        Err(Denied::Unavailable(Unavailable::Closing))
    }

    /// Reads all records that the grant covers: those of its person in the registers of its use, or its one record.
    pub fn read(&self, call: &Call, grant: Grant<Reading>) -> Result<Vec<Record>, Denied> {
        Ok(Vec::new())
    }

    /// Reads the records that a query finds, each judged on its own facts; those that the notice does not allow are left out as if they were not there. One line for each person shown.
    pub fn read_query(
        &self,
        call: &Call,
        grant: Grant<Reading>,
        query: Query,
    ) -> Result<Vec<Record>, Denied> {
        Ok(Vec::new())
    }

    /// Every version of the one record of the grant, oldest first, the present one last.
    pub fn read_versions(&self, call: &Call, grant: Grant<Reading>) -> Result<Vec<Record>, Denied> {
        Ok(Vec::new())
    }

    /// What goes when: the records that the grant covers with every stage of their clocks and what holds them.
    pub fn read_clocks(&self, call: &Call, grant: Grant<Reading>) -> Result<Vec<Clocked>, Denied> {
        Ok(Vec::new())
    }

    /// Reads what the grant covers, lets the service decide, and commits its changes with the line. Called again with fresh records when somebody else was first.
    pub fn change<T, E>(
        &self,
        call: &Call,
        grant: Grant<Writing>,
        decide: impl FnMut(&[Record]) -> Result<(Vec<Change>, T), E>,
    ) -> Result<T, ChangeError<E>> {
        Err(ChangeError::Conflict)
    }

    /// Commits the changes of a feed, about a thousand at a time: each person with the changes about them, all or none within a batch. The grant is one for a query. Returns how many changes were made.
    pub fn import(
        &self,
        call: &Call,
        grant: Grant<Writing>,
        people: Vec<(Id<Person>, Vec<Change>)>,
    ) -> Result<u64, ChangeError<std::convert::Infallible>> {
        Ok(0)
    }

    /// Log lines about the person of the grant, newest first, before a number.
    pub fn lines_about(
        &self,
        call: &Call,
        grant: Grant<Reading>,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<Line>, Denied> {
        Ok(Vec::new())
    }

    /// Log lines of looks made by the person of the grant.
    pub fn lines_by(
        &self,
        call: &Call,
        grant: Grant<Reading>,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<Line>, Denied> {
        Ok(Vec::new())
    }

    /// Does what is due.
    pub fn sweep(&self) -> Result<Report, Unavailable> {
        Ok(Report::default())
    }

    /// How much falls due between two days; counts under 5 are shown as they are to the officer only.
    pub fn plan(&self, from: Date, until: Date) -> Result<Plan, Unavailable> {
        Ok(Plan::new())
    }

    /// The latest receipts.
    pub fn receipts(&self, limit: usize) -> Result<Vec<Receipt>, Unavailable> {
        Ok(Vec::new())
    }

    /// Records over the plan that the brake has blocked and nobody has released, by register.
    pub fn late(&self) -> Result<std::collections::BTreeMap<notice::policy::RegisterId, u64>, Unavailable> {
        Ok(std::collections::BTreeMap::new())
    }

    /// When the sweep has something to look at next.
    pub fn next_due(&self) -> Result<Option<Timestamp>, Unavailable> {
        Ok(None)
    }

    /// Two persons confirm that the clock is right after a jump; the next sweep runs.
    pub fn confirm_clock(&self, first: &str, second: &str) -> Result<(), FourEyes> {
        Ok(())
    }

    /// Two persons release what the brake has blocked; the next sweep acts. Returns how many records.
    pub fn release_brake(&self, first: &str, second: &str) -> Result<u64, FourEyes> {
        Ok(0)
    }

    /// Keeps the sweep from a person's records or from one record.
    pub fn hold(&self, call: &Call, hold: Hold) -> Result<HoldId, Unavailable> {
        Ok(HoldId(0))
    }

    /// Lifts a hold; what became due meanwhile goes with the next sweep.
    pub fn release_hold(&self, call: &Call, hold: HoldId) -> Result<(), Unavailable> {
        Ok(())
    }

    /// The holds that stand, the next to be reviewed first.
    pub fn holds(&self) -> Result<Vec<(HoldId, Hold)>, Unavailable> {
        Ok(Vec::new())
    }
}
