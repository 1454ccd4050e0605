//! What a phone does by itself, and when: a new identifier, a scan, a look at what was published, a decoy.
//!
//! There is no thread and no timer here. Whoever drives the phone asks when it is next due and calls it then: one
//! program for one phone, a simulation for thousands.
//!
//! Invariant: a server that does not answer holds up neither the change of what is called out nor the next scan for long:
//! the radio comes first, and then one errand on the network at most.

use exposure::Random;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::consent::Standing;
use crate::dice;
use crate::exports::{self, Country, FetchError, Fetched, LOOK_AT_MOST};
use crate::keys::CALLED_OUT_AT_MOST;
use crate::network::Network;
use crate::phone::{Hearing, Phone, PhoneError};
use crate::radio::{Address, Radio, RadioError, SCAN_EVERY, SCAN_JITTER, next_scan};
use crate::report::Decoy;
use crate::statistics::{Counted, TaskId, day_of};
use crate::vault::VaultError;

/// A look comes so long after the one before, give or take [`LOOK_JITTER`].
pub const LOOK_EVERY: SignedDuration = SignedDuration::from_hours(4);
/// See [`LOOK_EVERY`]: phones that looked in step would overrun the server in step.
pub const LOOK_JITTER: SignedDuration = SignedDuration::from_mins(30);
/// The first look comes within this.
const FIRST_LOOK: SignedDuration = SignedDuration::from_mins(10);
/// When a list was not read to its end, or could not be fetched.
const LOOK_AGAIN: (SignedDuration, SignedDuration) =
    (SignedDuration::from_mins(1), SignedDuration::from_mins(3));
/// When the radio or the folder fails, or there is nothing to do for want of consent.
const REST: SignedDuration = SignedDuration::from_secs(60);

/// A day is told about at any moment of the next.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// When a body of the statistics could not be reached.
const TELL_AGAIN: (SignedDuration, SignedDuration) =
    (SignedDuration::from_mins(30), SignedDuration::from_mins(90));

/// A decoy is drawn for within a week, and put off to the next day.
const DECOY_AT_MOST: SignedDuration = SignedDuration::from_hours(24 * 9);
/// A clock that was set back by less makes the same identifier again.
const SAME_IDENTIFIER: SignedDuration = SignedDuration::from_mins(10);

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
    /// Nothing is tried before this: the folder failed.
    rests_until: Timestamp,
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
            rests_until: Timestamp::MIN,
        }
    }

    /// When there is something to do next, as far as the clock is not set back. Cheap.
    #[must_use]
    pub fn due(&self, phone: &mut Phone) -> Timestamp {
        let own = self.renew.min(self.scan).min(self.look).min(self.decoy.next).min(self.tell);
        let due = match phone.report() {
            Ok(Some(report)) => own.min(report.next),
            Ok(None) | Err(_) => own,
        };
        due.max(self.rests_until)
    }

    /// The next look comes now; for an owner who presses a button.
    pub const fn look_at(&mut self, moment: Timestamp) {
        self.look = moment;
    }

    /// Does what is due, and says what happened. Of what is due on the network it does one thing; the rest stays due.
    ///
    /// Called at once when the clock was set back, it waits for no moment of the clock before.
    ///
    /// # Errors
    /// When what the phone keeps cannot be read or written; it is tried again in a minute. Failures of the radio and of
    /// the network are events.
    pub fn run(
        &mut self,
        phone: &mut Phone,
        radio: &mut dyn Radio,
        network: &mut dyn Network,
        settings: &Settings,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Vec<Event>, PhoneError> {
        self.pull_in(settings, now, random);
        let done = self.turn(phone, radio, network, settings, now, random);
        if let Err(PhoneError::Vault(VaultError::Disk(_) | VaultError::Broken)) = &done {
            self.rests_until = after(now, REST);
            if self.renew <= now {
                // What cannot be changed in time is no longer called out.
                let _ = radio.be_silent();
            }
        }
        done
    }

    fn turn(
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
        if self.renew <= now {
            events.push(self.renewed(phone, radio, settings, now, random)?);
        }
        if self.scan <= now {
            events.push(self.scanned(phone, radio, now, random)?);
        }
        events.extend(self.errand(phone, network, settings, now, random)?);
        let shown = phone.shows(now, &settings.zone, random)?;
        if shown > 0 {
            events.push(Event::Shown(shown));
        }
        Ok(events)
    }

    /// The first thing that is due on the network. A step of a report changes nothing of what is called out: the
    /// identifier of now lies within the key that is let go of, and the same under another address would tie both.
    fn errand(
        &mut self,
        phone: &mut Phone,
        network: &mut dyn Network,
        settings: &Settings,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Option<Event>, PhoneError> {
        phone.pulls_report_in(now)?;
        if phone.report()?.is_some_and(|report| report.next <= now) {
            let rest = phone.reports_on(network, &settings.authority, now, random)?;
            self.decoy = rest.unwrap_or(self.decoy);
            return Ok(Some(Event::ReportWentOn));
        }
        if self.look <= now {
            return self.looked(phone, network, settings, now, random).map(Some);
        }
        if self.decoy.next <= now {
            self.decoy = self.decoy.go_on(network, &settings.authority, &settings.zone, now, random);
            return Ok(Some(Event::DecoyWentOn));
        }
        if self.tell <= now {
            return Ok(self.told(phone, network, settings, now, random)?.map(Event::Told));
        }
        Ok(None)
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
        let begun = network.waited();
        match exports::fetch(phone, network, &settings.country, now, random) {
            Ok(fetched) => {
                self.failed = 0;
                let (least, most) = if fetched.is_more { LOOK_AGAIN } else { usual() };
                self.look = after(now, dice::duration(random, least, most));
                if network.waited().saturating_sub(begun) >= LOOK_AT_MOST {
                    return Ok(Event::Looked(fetched));
                }
                // Old guidance is better than none, and a failure here is no failure of the look.
                match exports::fetch_guidance(phone, network, &settings.country, random) {
                    Ok(()) | Err(FetchError::Network(_)) => Ok(Event::Looked(fetched)),
                    Err(FetchError::Phone(error)) => Err(error),
                }
            }
            Err(error) => {
                self.failed += 1;
                let (least, most) = if self.failed <= 3 { LOOK_AGAIN } else { usual() };
                self.look = after(now, dice::duration(random, least, most));
                match error {
                    FetchError::Phone(error) => Err(error),
                    FetchError::Network(_) => Ok(Event::LookFailed(error)),
                }
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
            Some(task) => phone.tells(network, task, now, random),
            None => Ok(Counted::Nothing),
        };
        self.tell = if matches!(counted, Ok(Counted::Later) | Err(_)) {
            after(now, dice::duration(random, TELL_AGAIN.0, TELL_AGAIN.1))
        } else {
            let tomorrow = day_of(now).plus(1).begins_unix_seconds();
            let tomorrow =
                i64::try_from(tomorrow).ok().and_then(|second| Timestamp::from_second(second).ok());
            after(tomorrow.unwrap_or(now), dice::duration(random, SignedDuration::ZERO, DAY))
        };
        Ok(Some(counted?).filter(|counted| *counted != Counted::Nothing))
    }

    /// A clock that was set back leaves moments further ahead than anything is ever waited for: whoever waited for them
    /// would call out one identifier for hours or days, and hear and learn nothing.
    fn pull_in(&mut self, settings: &Settings, now: Timestamp, random: &mut Random<'_>) {
        let is_far = |next: Timestamp, most: SignedDuration| next.duration_since(now) > most;
        if is_far(self.renew, CALLED_OUT_AT_MOST.saturating_add(SAME_IDENTIFIER)) {
            self.renew = now;
        }
        if is_far(self.scan, SCAN_EVERY.saturating_add(SCAN_JITTER)) {
            self.scan = now;
        }
        if is_far(self.look, usual().1) {
            self.look = after(now, dice::duration(random, SignedDuration::ZERO, FIRST_LOOK));
        }
        if is_far(self.decoy.next, DECOY_AT_MOST) {
            self.decoy = Decoy::first(now, &settings.zone, random);
        }
        if is_far(self.tell, DAY.saturating_add(DAY)) {
            self.tell = after(now, dice::duration(random, SignedDuration::ZERO, DAY));
        }
        self.rests_until = self.rests_until.min(after(now, REST));
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
