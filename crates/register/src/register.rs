//! The only door to personal data.
//!
//! Invariant: no read is answered before its line in the log is durable.
//! Invariant: no SQL leaves this crate.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use notice::id::Person;
use notice::{Grant, Id, Mode, Policy, Reading, Writing};

use crate::call::{Ask, Call, Clock, Randomness};
use crate::change::Change;
use crate::error::{ChangeError, Denied, OpenError, Unavailable};
use crate::identifier::Identifier;
use crate::line::Line;
use crate::record::Record;
use crate::sweep::{Plan, Receipt, Report};

/// Where the register lives.
#[derive(Clone, Debug)]
pub struct Config {
    /// Folder of the database.
    pub database: PathBuf,
    /// Folder of the key store; another disk in an authority.
    pub keys: PathBuf,
    /// Zone in which calendar durations count.
    pub zone: TimeZone,
}

/// A cheap handle; clones share one register.
#[derive(Clone, Debug)]
pub struct Register {
    policy: Arc<Policy>,
}

#[allow(unused_variables, missing_docs, clippy::missing_errors_doc)]
impl Register {
    /// Opens or makes a register that runs these notices. `sources` are the corpus files: a record keeps the version under which it was collected.
    pub fn open(
        config: &Config,
        policy: Arc<Policy>,
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

    /// Asks leave. The facts come from the register's own records; a refusal is in the log before this returns.
    pub fn ask<M: Mode>(&self, call: &Call, ask: Ask) -> Result<Grant<M>, Denied> {
        Err(Denied::Unavailable(Unavailable::Closing))
    }

    /// Reads all records that the grant covers: those of its person in the registers of its use, or its one record.
    pub fn read(&self, call: &Call, grant: Grant<Reading>) -> Result<Vec<Record>, Denied> {
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

    /// Log lines about the person of the grant, newest first, before a number.
    pub fn lines_about(&self, call: &Call, grant: Grant<Reading>, before: Option<u64>, limit: usize) -> Result<Vec<Line>, Denied> {
        Ok(Vec::new())
    }

    /// Log lines of looks made by the person of the grant.
    pub fn lines_by(&self, call: &Call, grant: Grant<Reading>, before: Option<u64>, limit: usize) -> Result<Vec<Line>, Denied> {
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
}
