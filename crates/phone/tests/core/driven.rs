//! What a phone does by itself while a report is on its way, a server does not answer, the clock is set back or the disk
//! is full.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use exposure::{Random, RollingProximityIdentifier};
use jiff::{SignedDuration, Timestamp};
use phone::keys::Beacon;
use phone::network::NetworkError;
use phone::radio::{Address, Radio, RadioError, Report};
use phone::report::{Details, Ending};
use phone::{Event, Phone, PhoneError, Routine, Settings, Standing, Vault, VaultError, consent};
use zeroize::Zeroizing;

use crate::house::{at, fresh, new_phone, signer};
use crate::servers::{Servers, country, json, name, zip};

const SECOND: SignedDuration = SignedDuration::from_secs(1);

fn now() -> Timestamp {
    at("2026-11-21T12:00Z")
}

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

fn settings() -> Settings {
    Settings {
        country: country(signer().trusted()),
        authority: "dk".to_owned(),
        zone: jiff::tz::TimeZone::UTC,
        transmit_power_dbm: -20,
        statistics: None,
    }
}

/// A radio that remembers when it was asked to do what.
#[derive(Default)]
struct Remembering {
    called: Vec<(Timestamp, RollingProximityIdentifier, [u8; 6])>,
    listened: Vec<Timestamp>,
    is_silent: bool,
}

impl Radio for Remembering {
    fn call_out(&mut self, beacon: &Beacon, address: Address, now: Timestamp) -> Result<(), RadioError> {
        self.called.push((now, beacon.identifier, *address.reveal()));
        self.is_silent = false;
        Ok(())
    }

    fn be_silent(&mut self) -> Result<(), RadioError> {
        self.is_silent = true;
        Ok(())
    }

    fn listen(&mut self, now: Timestamp, _: &mut Random<'_>) -> Result<Vec<Report>, RadioError> {
        self.listened.push(now);
        Ok(Vec::new())
    }
}

/// A phone and all that drives it, as its program does: with the time that answers take.
struct Driven {
    phone: Phone,
    routine: Routine,
    radio: Remembering,
    servers: Servers,
    settings: Settings,
    now: Timestamp,
}

impl Driven {
    fn new(phone: Phone, servers: Servers, now: Timestamp) -> Self {
        let settings = settings();
        let routine = Routine::new(now, &settings, &mut fresh());
        Self { phone, routine, radio: Remembering::default(), servers, settings, now }
    }

    fn turn(&mut self) -> Result<Vec<Event>, PhoneError> {
        let before = phone::network::Network::waited(&self.servers);
        let Self { phone, routine, radio, servers, settings, now } = self;
        let done = routine.run(phone, radio, servers, settings, *now, &mut fresh());
        let waited = phone::network::Network::waited(&self.servers) - before;
        self.now += SignedDuration::try_from(waited).unwrap();
        done
    }

    fn until(&mut self, end: Timestamp) -> Vec<Event> {
        let mut events = Vec::new();
        loop {
            let due = self.routine.due(&mut self.phone).max(self.now);
            if due >= end {
                self.now = end;
                return events;
            }
            self.now = due;
            events.extend(self.turn().unwrap());
        }
    }

    /// The longest time between two of these moments.
    fn longest(moments: &[Timestamp]) -> SignedDuration {
        moments.windows(2).map(|two| two[1].duration_since(two[0])).max().unwrap()
    }

    fn renewed(&self) -> Vec<Timestamp> {
        self.radio.called.iter().map(|(when, _, _)| *when).collect()
    }
}

/// Rule SS-09: identifier and address change together, and nobody nearby sees that somebody reports.
#[test]
fn a_report_on_its_way_changes_nothing_of_what_is_called_out_ss_09() {
    let mut servers = Servers::default();
    servers
        .answers("/api/verify", json(200, r#"{"token":"t"}"#))
        .answers("/api/certificate", json(200, r#"{"certificate":"a.b.c"}"#))
        .answers("/v1/publish", json(200, r#"{"insertedExposures":1}"#));
    let mut driven = Driven::new(new_phone(), servers, now());
    for _ in 0..5 {
        let until = driven.now + minutes(25);
        driven.until(until);
        driven.phone.reports("12345678", Details::default(), until, &mut fresh()).unwrap();
        driven.until(until + minutes(5));
        assert_eq!(driven.phone.outcome().map(|outcome| outcome.ending), Some(Ending::Sent));
    }
    let identifiers: BTreeSet<_> = driven.radio.called.iter().map(|(_, one, _)| one.reveal()).collect();
    let addresses: BTreeSet<_> = driven.radio.called.iter().map(|(_, _, address)| address).collect();
    assert_eq!([identifiers.len(), addresses.len()], [driven.radio.called.len(); 2]);
    for two in driven.renewed().windows(2) {
        assert!((minutes(10)..=minutes(18)).contains(&two[1].duration_since(two[0])));
    }
}

#[test]
fn a_server_that_does_not_answer_holds_up_neither_the_next_scan_nor_the_next_identifier() {
    let names: Vec<String> = (1..300).map(|hour| name(now() - minutes(60) * hour)).collect();
    let mut servers = Servers::default();
    servers.lists(&names);
    for name in &names {
        servers.answers(&format!("/exports/dk/{name}"), Err(NetworkError::Unreachable));
    }
    for path in ["/guidance.json", "/api/verify", "/api/certificate", "/v1/publish"] {
        servers.answers(path, Err(NetworkError::Unreachable));
    }
    let mut driven = Driven::new(new_phone(), servers, now());
    driven.phone.reports("12345678", Details::default(), now(), &mut fresh()).unwrap();
    let events = driven.until(now() + minutes(60 * 12));
    assert!(events.iter().any(|event| matches!(event, Event::LookFailed(_))));
    assert!(Driven::longest(&driven.renewed()) <= minutes(20));
    assert!(Driven::longest(&driven.radio.listened) <= minutes(9), "a scan is due every 6.5 minutes");
    // After three failures a look waits four hours again.
    let asked = driven.servers.paths().iter().filter(|path| path.ends_with(".zip")).count();
    assert!((3..12).contains(&asked), "{asked}");
}

#[test]
fn a_look_at_a_slow_server_is_done_in_parts_and_the_radio_goes_on_in_between() {
    let signer = signer();
    let mut servers = Servers::default();
    servers.takes = Duration::from_secs(25);
    let ends: Vec<Timestamp> = (0..9).rev().map(|hour| now() - minutes(60) * hour).collect();
    let names: Vec<String> = ends.iter().map(|end| name(*end)).collect();
    servers.lists(&names);
    for (end, name) in ends.iter().zip(&names) {
        servers.publishes(name, zip(&[], *end, "DK", &signer));
    }
    let mut driven = Driven::new(new_phone(), servers, now());
    driven.settings.country = country(signer.trusted());
    let events = driven.until(now() + minutes(60));
    let files: Vec<usize> = events
        .iter()
        .filter_map(|event| if let Event::Looked(fetched) = event { Some(fetched.files) } else { None })
        .collect();
    assert_eq!(files, [2, 2, 2, 2, 1]);
    assert!(Driven::longest(&driven.radio.listened) <= minutes(9));
}

#[test]
fn a_clock_that_was_set_back_stops_neither_the_radio_nor_the_looks_nor_a_report() {
    let signer = signer();
    let mut servers = Servers::default();
    servers.answers("/api/verify", Err(NetworkError::Unreachable));
    let mut driven = Driven::new(new_phone(), servers, now() + minutes(60 * 24));
    driven.settings.country = country(signer.trusted());
    driven.until(now() + minutes(60 * 30));
    driven.phone.reports("12345678", Details::default(), driven.now, &mut fresh()).unwrap();
    driven.until(now() + minutes(60 * 32));
    let (renewed, asked) = (driven.renewed().len(), driven.servers.paths().len());

    // Put right by more than a day: its program calls it at once.
    driven.now = now();
    let end = now() - minutes(60);
    driven.servers.publishes(&name(end), zip(&[], end, "DK", &signer)).lists(&[name(end)]);
    let events = driven.turn().unwrap();
    assert_eq!(driven.renewed().len(), renewed + 1);
    assert!(matches!(events[..], [Event::Renewed, Event::ClockIsBehind, Event::ReportWentOn]), "{events:?}");
    assert_eq!(driven.servers.paths()[asked..], ["/api/verify"]);

    // The look that follows shows that the clock is right.
    let events = driven.until(now() + minutes(20));
    assert!(events.iter().any(|event| matches!(event, Event::Looked(fetched) if fetched.files == 1)));
    assert!(matches!(events.last(), Some(Event::Scanned(_) | Event::Renewed | Event::ReportWentOn)));
    assert!(events.iter().any(|event| matches!(event, Event::Scanned(_))), "{events:?}");
}

/// Threat T17: a refused report asks three questions as every other, within seconds.
#[test]
fn a_phone_whose_report_is_refused_goes_on_with_a_decoy() {
    let mut servers = Servers::default();
    servers
        .answers("/api/verify", json(400, r#"{"errorCode":"code_invalid"}"#))
        .answers("/api/certificate", json(400, r#"{"errorCode":"token_invalid"}"#))
        .answers("/v1/publish", json(400, r#"{"code":"bad_request"}"#));
    let mut driven = Driven::new(new_phone(), servers, now());
    driven.phone.reports("12345678", Details::default(), now(), &mut fresh()).unwrap();
    driven.until(now() + SECOND * 30);
    assert_eq!(driven.phone.outcome().map(|outcome| outcome.ending), Some(Ending::CodeRefused));
    let asked = driven.servers.asked.borrow();
    let sent: Vec<_> =
        asked.iter().filter(|one| !one.body.is_empty()).map(|one| (&*one.path, one.is_decoy)).collect();
    assert_eq!(sent, [("/api/verify", false), ("/api/certificate", true), ("/v1/publish", true)]);
}

#[test]
fn a_clock_that_was_years_ahead_leaves_no_decoy_waiting_for_years() {
    let mut driven = Driven::new(new_phone(), Servers::default(), at("2030-01-01T12:00Z"));
    driven.until(at("2030-01-02T12:00Z"));
    driven.now = now();
    driven.turn().unwrap();
    let events = driven.until(now() + minutes(60 * 24 * 9));
    assert!(events.iter().any(|event| matches!(event, Event::DecoyWentOn)));
}

/// A folder on a disk that fails at times.
#[derive(Clone, Debug, Default)]
struct Failing {
    kept: Arc<Mutex<Vec<u8>>>,
    is_full: Arc<AtomicBool>,
    is_gone: Arc<AtomicBool>,
}

impl Failing {
    fn fails_if(&self, flag: &AtomicBool) -> Result<(), VaultError> {
        let failure = || VaultError::Disk(std::io::Error::from(std::io::ErrorKind::StorageFull));
        if flag.load(Ordering::Relaxed) { Err(failure()) } else { Ok(()) }
    }
}

impl Vault for Failing {
    fn open(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        self.fails_if(&self.is_gone)?;
        let kept = self.kept.lock().unwrap().clone();
        Ok(Some(Zeroizing::new(kept)).filter(|kept| !kept.is_empty()))
    }

    fn has_changed(&self) -> Result<bool, VaultError> {
        Ok(false)
    }

    fn keep(&mut self, bytes: &dyn Fn() -> Zeroizing<Vec<u8>>, _: &mut Random<'_>) -> Result<(), VaultError> {
        self.fails_if(&self.is_full)?;
        *self.kept.lock().unwrap() = bytes().to_vec();
        Ok(())
    }

    fn erase(&mut self) -> Result<(), VaultError> {
        self.kept.lock().unwrap().clear();
        Ok(())
    }
}

fn on(vault: &Failing) -> Phone {
    let mut phone = Phone::open(vault.clone()).unwrap();
    phone.consents(consent::VERSION, at("2026-11-10T08:00Z"), &mut fresh()).unwrap();
    phone
}

#[test]
fn on_a_full_disk_a_phone_rests_a_minute_and_calls_out_nothing_that_it_cannot_change() {
    let vault = Failing::default();
    let mut driven = Driven::new(on(&vault), Servers::default(), at("2026-11-20T23:00Z"));
    driven.until(at("2026-11-20T23:40Z"));
    vault.is_full.store(true, Ordering::Relaxed);
    let (mut failures, mut asked) = (0, BTreeSet::new());
    loop {
        driven.now = driven.routine.due(&mut driven.phone);
        if driven.now > at("2026-11-21T00:40Z") {
            break;
        }
        if driven.turn().is_err() {
            failures += 1;
            assert!(driven.routine.due(&mut driven.phone) >= driven.now + minutes(1));
        }
        asked.insert(driven.servers.paths().len());
    }
    // After midnight it needs a key that cannot be kept.
    assert!(driven.radio.is_silent && (10..70).contains(&failures), "{failures}");
    assert!(asked.last().unwrap() - asked.first().unwrap() < 12, "what cannot be kept is not fetched again");
    vault.is_full.store(false, Ordering::Relaxed);
    driven.now = driven.routine.due(&mut driven.phone);
    driven.turn().unwrap();
    assert!(!driven.radio.is_silent);
}

#[test]
fn what_cannot_be_read_for_a_while_is_not_taken_for_nothing() {
    let vault = Failing::default();
    let mut driven = Driven::new(on(&vault), Servers::default(), now());
    driven.turn().unwrap();
    let keys = driven.phone.stored().unwrap().own_keys.count;
    [&vault.is_full, &vault.is_gone].iter().for_each(|flag| flag.store(true, Ordering::Relaxed));
    driven.now += minutes(7);
    assert!(driven.turn().is_err(), "neither kept nor read");
    driven.now += minutes(1);
    assert!(driven.turn().is_err());
    assert!(driven.phone.consents(consent::VERSION, driven.now, &mut fresh()).is_err());
    vault.is_gone.store(false, Ordering::Relaxed);
    vault.is_full.store(false, Ordering::Relaxed);
    driven.now += minutes(1) + SECOND;
    driven.turn().unwrap();
    assert!(matches!(driven.phone.standing(), Standing::Agreed(_)));
    assert_eq!(driven.phone.stored().unwrap().own_keys.count, keys);
}
