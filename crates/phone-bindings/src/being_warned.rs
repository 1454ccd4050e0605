//! Fetching what is published, and the messages that come of it.

use jiff::tz::TimeZone;
use phone::exports::{self, FetchError};

use crate::{
    SmittestopError, SmittestopPhone, SmittestopServers, TrustedKey, Warning, count, form, key, moment,
    random,
};

/// Whose exports a phone believes.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Country {
    /// The folder of the exports: `dk`, or `all` with those of Europe too.
    pub root: String,
    /// The region that a file of this folder says.
    pub region: String,
    /// Keys whose files are believed.
    pub trusted: Vec<TrustedKey>,
}

/// What came of a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Fetched {
    /// Files that were looked through.
    pub files: u32,
    /// Batches that were not believed or could not be fetched; they are asked for again.
    pub refused: u32,
    /// Whether there is more to fetch soon.
    pub is_more: bool,
    /// A new warning, if these files make one.
    pub warning: Option<Warning>,
}

/// One message. It does not say for which day it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Message {
    /// When it came, in seconds since 1970.
    pub arrived: i64,
    /// When it goes.
    pub goes: i64,
    /// Whether the owner has opened it.
    pub is_read: bool,
}

#[uniffi::export]
impl SmittestopPhone {
    /// Fetches and looks through what is new.
    ///
    /// # Errors
    /// When there is no consent, a server cannot be reached, or a key is none.
    pub fn fetch(
        &self,
        servers: &SmittestopServers,
        country: Country,
        now: i64,
    ) -> Result<Fetched, SmittestopError> {
        let (country, mut network) = (believed(country)?, servers.network());
        let fetched = exports::fetch(&mut self.lock(), &mut network, &country, moment(now)?, &mut random)?;
        Ok(Fetched {
            files: count(fetched.files),
            refused: count(fetched.refused.len()),
            is_more: fetched.is_more,
            warning: fetched.warning.map(Warning::from),
        })
    }

    /// Fetches the guidance in force; `advice` says it from then on.
    ///
    /// # Errors
    /// When there is no consent, or it cannot be fetched or is not to be believed; the one before stays.
    pub fn fetch_guidance(
        &self,
        servers: &SmittestopServers,
        country: Country,
    ) -> Result<(), SmittestopError> {
        let (country, mut network) = (believed(country)?, servers.network());
        Ok(exports::fetch_guidance(&mut self.lock(), &mut network, &country, &mut random)?)
    }

    /// The messages that are kept, the newest last.
    ///
    /// # Errors
    /// When `now` is no moment.
    pub fn messages(&self, now: i64) -> Result<Vec<Message>, SmittestopError> {
        let messages = self.lock().messages(moment(now)?);
        let told = |one: phone::Message| Message {
            arrived: one.arrived.as_second(),
            goes: one.goes().as_second(),
            is_read: one.is_read,
        };
        Ok(messages.into_iter().map(told).collect())
    }

    /// How many messages are to be shown outside the app now, by day on the clock of this zone. Each counts as shown.
    ///
    /// # Errors
    /// When there is no consent, or no such zone.
    pub fn shows(&self, zone: String, now: i64) -> Result<u32, SmittestopError> {
        let zone = TimeZone::get(&zone).map_err(|_| form("zone"))?;
        Ok(count(self.lock().shows(moment(now)?, &zone, &mut random)?))
    }

    /// The owner has opened the messages.
    ///
    /// # Errors
    /// When there is no consent.
    pub fn reads(&self) -> Result<(), SmittestopError> {
        Ok(self.lock().reads(&mut random)?)
    }
}

impl From<FetchError> for SmittestopError {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Network(_) => Self::NotReached,
            FetchError::Phone(error) => error.into(),
        }
    }
}

fn believed(country: Country) -> Result<phone::Country, SmittestopError> {
    let trusted = country.trusted.into_iter().map(key).collect::<Result<_, _>>()?;
    Ok(phone::Country { root: country.root, region: country.region, trusted })
}
