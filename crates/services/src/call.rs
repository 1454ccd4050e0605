//! What every action is handed: the door to the data, who calls and when, and randomness.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use notice::id::Person;
use notice::{Grant, Id, Mode, Reading, Target, Writing};
use register::query::Query;
use register::{Ask, Change, ChangeError, Personal, Randomness, Record, Register, Unavailable};

use crate::{Error, Explain};

/// One call of one action; cheap to make for each request.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The only door to personal data.
    pub register: &'a Register,
    /// Who calls, and when the call began.
    pub call: &'a register::Call,
    /// Where new ids come from.
    pub randomness: &'a dyn Randomness,
}

impl Call<'_> {
    /// When the call began.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.call.now
    }

    /// The day on which the call began, where the authority sits.
    #[must_use]
    pub fn today(&self) -> Date {
        civil_day(self.now())
    }

    /// A new id of 128 unguessable bits.
    #[must_use]
    pub fn new_id<K: notice::Kind>(&self) -> notice::Id<K> {
        let mut bytes = [0; 16];
        self.randomness.fill(&mut bytes);
        notice::Id::from_bytes(bytes)
    }
}

/// The zone in which days begin and end: Danish civil time.
#[must_use]
pub fn zone() -> TimeZone {
    TimeZone::get("Europe/Copenhagen").unwrap_or(TimeZone::UTC)
}

/// The civil day of an instant.
#[must_use]
pub fn civil_day(at: Timestamp) -> Date {
    at.to_zoned(zone()).date()
}

/// The instant at which a civil day begins.
#[must_use]
pub fn day_begins(day: Date) -> Timestamp {
    day.to_zoned(zone()).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

/// The register's verbs with the errors of the services.
impl Call<'_> {
    /// The caller's own id. A system is nobody: the notice refuses it where only a person may ask.
    #[must_use]
    pub fn me(&self) -> Id<Person> {
        self.call.caller.actor.person.unwrap_or(Id::from_bits(0))
    }

    /// The caller's name as the citizen reads it.
    #[must_use]
    pub fn my_name(&self) -> &str {
        self.call.caller.name.reveal()
    }

    pub(crate) fn ask<M: Mode, Own: Explain>(
        &self,
        use_name: &'static str,
        target: Target,
        reason: Option<&Personal<String>>,
    ) -> Result<Grant<M>, Error<Own>> {
        let ask = Ask { use_name, target, reason: reason.cloned() };
        Ok(self.register.ask::<M>(self.call, ask)?)
    }

    pub(crate) fn read<Own: Explain>(
        &self,
        use_name: &'static str,
        target: Target,
        reason: Option<&Personal<String>>,
    ) -> Result<Vec<Record>, Error<Own>> {
        let grant = self.ask::<Reading, Own>(use_name, target, reason)?;
        Ok(self.register.read(self.call, grant)?)
    }

    pub(crate) fn find<Own: Explain>(
        &self,
        use_name: &'static str,
        query: Query,
    ) -> Result<Vec<Record>, Error<Own>> {
        let grant = self.ask::<Reading, Own>(use_name, Target::Query, None)?;
        Ok(self.register.read_query(self.call, grant, query)?)
    }

    /// The same as values of a type, where the records are about people whom nobody can name.
    pub(crate) fn values<T: serde::de::DeserializeOwned + Send, Own: Explain>(
        &self,
        use_name: &'static str,
        query: Query,
    ) -> Result<Vec<T>, Error<Own>> {
        let grant = self.ask::<Reading, Own>(use_name, Target::Query, None)?;
        Ok(self.register.read_values(self.call, &grant, query)?)
    }

    /// Reads, decides, writes. A change that is called off after reading leaves its line too: what the caller learns from a conflict is a look.
    pub(crate) fn change<T, Own: Explain>(
        &self,
        use_name: &'static str,
        target: Target,
        reason: Option<&Personal<String>>,
        decide: impl FnMut(&[Record]) -> Result<(Vec<Change>, T), Error<Own>>,
    ) -> Result<T, Error<Own>> {
        let grant = self.ask::<Writing, Own>(use_name, target, reason)?;
        self.change_under(grant, decide)
    }

    /// The same under a grant that was asked for before.
    pub(crate) fn change_under<T, Own: Explain>(
        &self,
        grant: Grant<Writing>,
        mut decide: impl FnMut(&[Record]) -> Result<(Vec<Change>, T), Error<Own>>,
    ) -> Result<T, Error<Own>> {
        let decided = self.register.change(self.call, grant, |records| {
            Ok::<_, Error<Own>>(match decide(records) {
                Ok((changes, value)) => (changes, Ok(value)),
                Err(called_off) => (Vec::new(), Err(called_off)),
            })
        });
        decided?
    }

    pub(crate) fn import<Own: Explain>(
        &self,
        use_name: &'static str,
        people: Vec<(Id<Person>, Vec<Change>)>,
    ) -> Result<u64, Error<Own>> {
        let grant = self.ask::<Writing, Own>(use_name, Target::Query, None)?;
        self.register.import(self.call, grant, people).map_err(|error| match error {
            ChangeError::Service(never) => match never {},
            ChangeError::Denied(denied) => denied.into(),
            ChangeError::Unfit { register, .. } => Error::Unavailable(Unavailable::Undeclared(register)),
            ChangeError::Conflict => Error::Conflict(Personal::new(Vec::new())),
        })
    }

    /// Whether a record lies in a register of this name.
    pub(crate) fn is_in(&self, record: &Record, register: &str) -> bool {
        self.register.policy().register_id(register) == Some(record.register)
    }
}
