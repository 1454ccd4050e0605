//! What a phone does by itself, and when: a new identifier, a scan, a look at what was published, a decoy.
//!
//! There is no thread and no timer here. Whoever drives the phone asks when it is next due and calls it then: one
//! program for one phone, a simulation for thousands.

use exposure::Random;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::consent::Standing;
use crate::dice;
use crate::exports::{self, Country, FetchError, Fetched};
use crate::network::Network;
use crate::phone::{Hearing, Phone, PhoneError};
use crate::radio::{Address, Radio, RadioError, next_scan};
use crate::report::Decoy;
use crate::statistics::{Counted, TaskId, day_of};

/// A look comes so long after the one before, give or take [`LOOK_JITTER`].
pub const LOOK_EVERY: SignedDuration = SignedDuration::from_hours(4);
/// See [`LOOK_EVERY`]: phones that looked in step would overrun the server in step.
pub const LOOK_JITTER: SignedDuration = SignedDuration::from_mins(30);
/// The first look comes within this.
const FIRST_LOOK: SignedDuration = SignedDuration::from_mins(10);
/// When a list was not read to its end, or could not be fetched.
const LOOK_AGAIN: (SignedDuration, SignedDuration) =
    (SignedDuration::from_mins(1), SignedDuration::from_mins(3));
/// When the radio fails, or there is nothing to do for want of consent.
const REST: SignedDuration = SignedDuration::from_secs(60);

/// A day is told about at any moment of the next.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// When a body of the statistics could not be reached.
const TELL_AGAIN: (SignedDuration, SignedDuration) =
    (SignedDuration::from_mins(30), SignedDuration::from_mins(90));

/// What a phone is told before it begins.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whose exports it believes.
    pub country: Country,
    /// The name of the health authority at the key server.
    pub authority: String,
    /// The owner's clock, for what is shown by day only.
    pub zone: TimeZone,
    /// How loud the radio calls.
    pub transmit_power_dbm: i8,
    /// The count that an owner may take part in, if there is one.
    pub statistics: Option<TaskId>,
}

/// Something that happened, for whoever shows or counts it. Nothing of it says whom or when.
#[derive(Debug)]
pub enum Event {
    /// The identifier and the address have changed.
    Renewed,
    /// A scan was kept, with so many phones in it.
    Scanned(usize),
    /// A scan was not kept: the clock lies behind.
    ClockIsBehind,
    /// There was a look at what was published.
    Looked(Fetched),
    /// There was none.
    LookFailed(FetchError),
    /// So many messages are to be shown now.
    Shown(usize),
    /// A report took a step.
    ReportWentOn,
    /// A decoy took a step.
    DecoyWentOn,
    /// Yesterday was told to the statistics, or will be tried again.
    Told(Counted),
    /// The radio failed.
    RadioFailed(RadioError),
}

/// When the phone is next to do what.
#[derive(Clone, Debug)]
pub struct Routine {
    renew: Timestamp,
    scan: Timestamp,
    look: Timestamp,
    decoy: Decoy,
    tell: Timestamp,
    /// How often a look has failed in a row.
    failed: u32,
}

impl Routine {
    /// Begins: a beacon at once, a scan soon, a look within ten minutes.
    #[must_use]
    pub fn new(now: Timestamp, settings: &Settings, random: &mut Random<'_>) -> Self {
        Self {
            renew: now,
            scan: after(now, dice::duration(random, SignedDuration::ZERO, SignedDuration::from_mins(5))),
            look: after(now, dice::duration(random, SignedDuration::ZERO, FIRST_LOOK)),
            decoy: Decoy::first(now, &settings.zone, random),
            tell: after(now, dice::duration(random, SignedDuration::ZERO, DAY)),
            failed: 0,
        }
    }

    /// When there is something to do next. Cheap.
    #[must_use]
    pub fn due(&self, phone: &mut Phone) -> Timestamp {
        let own = self.renew.min(self.scan).min(self.look).min(self.decoy.next).min(self.tell);
        match phone.report() {
            Ok(Some(report)) => own.min(report.next),
            Ok(None) | Err(_) => own,
        }
    }

    /// The next scan comes now; for simulations in which two phones meet for a moment.
    pub const fn scan_at(&mut self, moment: Timestamp) {
        self.scan = moment;
    }

    /// The next look comes now; for an owner who presses a button.
    pub const fn look_at(&mut self, moment: Timestamp) {
        self.look = moment;
    }

    /// Does what is due, and says what happened.
    ///
    /// # Errors
    /// When what the phone keeps cannot be read or written. Failures of the radio and of the network are events.
    pub fn run(
        &mut self,
        phone: &mut Phone,
        radio: &mut dyn Radio,
        network: &mut dyn Network,
        settings: &Settings,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Vec<Event>, PhoneError> {
        phone.refresh()?;
        if !matches!(phone.standing(), Standing::Agreed(_)) {
            // Without consent nothing is called out, heard or fetched, and no decoys are sent either.
            self.rest(now);
            let failed = radio.be_silent().err().map(Event::RadioFailed);
            return Ok(failed.into_iter().collect());
        }
        let mut events = Vec::new();
        if phone.report()?.is_some_and(|report| report.next <= now) {
            phone.reports_on(network, &settings.authority, now, random)?;
            // Keys may have been let go of: what is called out follows from another from now on.
            self.renew = now;
            events.push(Event::ReportWentOn);
        }
        if self.renew <= now {
            events.push(self.renewed(phone, radio, settings, now, random)?);
        }
        if self.scan <= now {
            events.push(self.scanned(phone, radio, now, random)?);
        }
        if self.look <= now {
            events.push(self.looked(phone, network, settings, now, random)?);
        }
        if self.decoy.next <= now {
            self.decoy = self.decoy.go_on(network, &settings.authority, &settings.zone, now, random);
            events.push(Event::DecoyWentOn);
        }
        if self.tell <= now {
            events.extend(self.told(phone, network, settings, now, random)?.map(Event::Told));
        }
        let shown = phone.shows(now, &settings.zone, random)?;
        if shown > 0 {
            events.push(Event::Shown(shown));
        }
        Ok(events)
    }

    fn renewed(
        &mut self,
        phone: &mut Phone,
        radio: &mut dyn Radio,
        settings: &Settings,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Event, PhoneError> {
        let beacon = phone.beacon(settings.transmit_power_dbm, now, random)?;
        self.renew = beacon.until;
        match radio.call_out(&beacon, Address::random(random), now) {
            Ok(()) => Ok(Event::Renewed),
            Err(error) => {
                self.renew = after(now, REST);
                Ok(Event::RadioFailed(error))
            }
        }
    }

    fn scanned(
        &mut self,
        phone: &mut Phone,
        radio: &mut dyn Radio,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Event, PhoneError> {
        self.scan = next_scan(now, random);
        let reports = match radio.listen(now, random) {
            Ok(reports) => reports,
            Err(error) => return Ok(Event::RadioFailed(error)),
        };
        match phone.scanned(&reports, now, random)? {
            Hearing::Kept => Ok(Event::Scanned(reports.len())),
            Hearing::ClockIsBehind => Ok(Event::ClockIsBehind),
        }
    }

    fn looked(
        &mut self,
        phone: &mut Phone,
        network: &mut dyn Network,
        settings: &Settings,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Event, PhoneError> {
        match exports::fetch(phone, network, &settings.country, now, random) {
            Ok(fetched) => {
                self.failed = 0;
                let (least, most) = if fetched.is_more { LOOK_AGAIN } else { usual() };
                self.look = after(now, dice::duration(random, least, most));
                // Old guidance is better than none, and a failure here is no failure of the look.
                match exports::fetch_guidance(phone, network, &settings.country, random) {
                    Ok(()) | Err(FetchError::Network(_)) => Ok(Event::Looked(fetched)),
                    Err(FetchError::Phone(error)) => Err(error),
                }
            }
            Err(FetchError::Phone(error)) => Err(error),
            Err(error) => {
                self.failed += 1;
                let (least, most) = if self.failed <= 3 { LOOK_AGAIN } else { usual() };
                self.look = after(now, dice::duration(random, least, most));
                Ok(Event::LookFailed(error))
            }
        }
    }

    /// The time of the next is drawn whether or not the owner takes part, and whatever there was to tell.
    fn told(
        &mut self,
        phone: &mut Phone,
        network: &mut dyn Network,
        settings: &Settings,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Option<Counted>, PhoneError> {
        let counted = match &settings.statistics {
            Some(task) => phone.tells(network, task, now, random)?,
            None => Counted::Nothing,
        };
        self.tell = if counted == Counted::Later {
            after(now, dice::duration(random, TELL_AGAIN.0, TELL_AGAIN.1))
        } else {
            let tomorrow = day_of(now).plus(1).begins_unix_seconds();
            let tomorrow =
                i64::try_from(tomorrow).ok().and_then(|second| Timestamp::from_second(second).ok());
            after(tomorrow.unwrap_or(now), dice::duration(random, SignedDuration::ZERO, DAY))
        };
        Ok((counted != Counted::Nothing).then_some(counted))
    }

    fn rest(&mut self, now: Timestamp) {
        let later = after(now, REST);
        self.renew = self.renew.max(later);
        self.scan = self.scan.max(later);
        self.look = self.look.max(later);
        self.decoy.next = self.decoy.next.max(later);
        self.tell = self.tell.max(later);
    }
}

fn usual() -> (SignedDuration, SignedDuration) {
    (LOOK_EVERY.saturating_sub(LOOK_JITTER), LOOK_EVERY.saturating_add(LOOK_JITTER))
}

fn after(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}
