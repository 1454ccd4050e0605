//! The phones of the town: real ones, without a radio and with everything else.

use std::collections::BTreeMap;

use exposure::export::{
    Content, P256Signer, Padding, Published, SignatureInfo, Split, TrustedKey, Verified, Window,
};
use exposure::export::{padding, publishable_from, verify, write};
use exposure::{DiagnosisKey, ReportType};
use jiff::{SignedDuration, Timestamp};
use phone::keys::Beacon;
use phone::radio::Report;
use phone::radio::signal::{Path, Surroundings};
use phone::statistics as telling;
use phone::{MemoryVault, Phone, PhoneError, consent};

use super::chance::{Chance, For};
use super::life::{App, Positive};
use super::people::{Meeting, Place, Who, index, number};
use super::servers::{NotServing, Servers};
use super::tally::{Counted, Held};

/// How loud a phone calls, in decibels over a milliwatt.
const CALLS_DBM: i8 = -8;
/// Minutes between two scans.
const SCAN_MINUTES: u16 = 5;
/// The evening in which warnings go out and phones look.
const TELL_HOUR: i64 = 9;
const UPLOAD_HOUR: i64 = 18;
const LOOK_HOUR: i64 = 22;
/// Files and keys are kept for so long.
const KEPT_DAYS: i64 = 14;

/// Why the town stopped.
#[derive(Debug, thiserror::Error)]
pub(super) enum Stopped {
    /// A phone.
    #[error("a phone: {0}")]
    Phone(#[from] PhoneError),
    /// What publishes.
    #[error("the publisher: {0}")]
    Write(#[from] exposure::export::WriteError),
    /// What was published cannot be read again.
    #[error("a published file cannot be read")]
    Unreadable,
    /// The two bodies that count.
    #[error("the servers: {0}")]
    Servers(#[from] NotServing),
    /// A report could not be made.
    #[error(transparent)]
    NotSplit(#[from] statistics::split::NotSplit),
    /// The key that signs.
    #[error("the key that signs: {0}")]
    Signing(#[from] exposure::export::SigningError),
}

struct Owned {
    phone: Phone,
    beacon: Option<Beacon>,
    chance: Chance,
    /// The last day of the town on which its owner was warned, and on which she warned others.
    warned: Option<u32>,
    warned_others: Option<u32>,
}

/// All phones of the town, and what is published.
pub(super) struct Phones {
    begin: Timestamp,
    owned: Vec<Option<Owned>>,
    signals: Chance,
    signer: P256Signer,
    trusted: Vec<TrustedKey>,
    /// Keys that wait until nobody can replay them, with when that is.
    waiting: Vec<(Timestamp, DiagnosisKey)>,
    files: Vec<(Timestamp, usize)>,
    servers: Servers,
}

impl Phones {
    /// The app on the phones of so many of a hundred.
    pub(super) fn new(seed: u64, people: usize, adoption: u8, begin: Timestamp) -> Result<Self, Stopped> {
        let mut owned = Vec::with_capacity(people);
        for who in 0..number(people) {
            let mut chance = Chance::of(seed, For::Phones, u64::from(who));
            // Who has the app at a low rate has it at a higher one too.
            if !chance.yes(f64::from(adoption) / 100.0) {
                owned.push(None);
                continue;
            }
            let mut phone = Phone::open(MemoryVault)?;
            phone.consents(consent::VERSION, begin, &mut |bytes| chance.fill(bytes))?;
            owned.push(Some(Owned { phone, beacon: None, chance, warned: None, warned_others: None }));
        }
        let (signer, _) = P256Signer::generate(SignatureInfo::new("238", "v1"))?;
        let trusted = vec![signer.trusted()];
        let signals = Chance::of(seed, For::Signals, u64::from(adoption));
        let servers = Servers::open(seed, begin)?;
        Ok(Self { begin, owned, signals, signer, trusted, waiting: Vec::new(), files: Vec::new(), servers })
    }

    fn at(&self, day: u32, minutes: i64) -> Timestamp {
        let minutes = i64::from(day) * 1_440 + minutes;
        self.begin.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(Timestamp::MAX)
    }

    fn has(&self, who: Who) -> bool {
        self.owned.get(index(who)).is_some_and(Option::is_some)
    }

    /// What each hears in one minute of scanning.
    fn scan(&mut self, now: Timestamp, near: &[(Who, Who, f64, Place)]) -> Result<(), Stopped> {
        let mut heard: BTreeMap<Who, Vec<Report>> = BTreeMap::new();
        for (one, other, metres, place) in near {
            let surroundings = match place {
                Place::Home | Place::Work | Place::School => Surroundings::INDOORS,
                Place::Friends | Place::Street => Surroundings::OUTDOORS,
            };
            let path = Path { metres: *metres, light_walls: 0, heavy_walls: 0, bodies: 1 };
            for (calls, hears) in [(*one, *other), (*other, *one)] {
                let Some(beacon) = self.beacon(calls, now)? else { continue };
                let rssi = surroundings.heard(CALLS_DBM, &path, &mut |bytes| self.signals.fill(bytes));
                if let Some(rssi_dbm) = rssi {
                    let report =
                        Report { identifier: beacon.identifier, metadata: beacon.metadata, rssi_dbm };
                    heard.entry(hears).or_default().push(report);
                }
            }
        }
        for (who, reports) in heard {
            if let Some(Some(Owned { phone, chance, .. })) = self.owned.get_mut(index(who)) {
                phone.scanned(&reports, now, &mut |bytes| chance.fill(bytes))?;
            }
        }
        Ok(())
    }

    fn beacon(&mut self, who: Who, now: Timestamp) -> Result<Option<Beacon>, Stopped> {
        let Some(Some(Owned { phone, beacon, chance, .. })) = self.owned.get_mut(index(who)) else {
            return Ok(None);
        };
        if beacon.is_none_or(|known| known.until <= now) {
            *beacon = Some(phone.beacon(CALLS_DBM, now, &mut |bytes| chance.fill(bytes))?);
        }
        Ok(*beacon)
    }

    /// Every phone tells of yesterday, at nine in the morning.
    fn tell(&mut self, day: u32) -> Result<(), Stopped> {
        let now = self.at(day, TELL_HOUR * 60);
        let bodies = self.servers.bodies.clone();
        let mut reports = Vec::new();
        for Owned { chance, warned, warned_others, .. } in self.owned.iter_mut().flatten() {
            let yesterday = telling::day_of(now).minus(1);
            let Some(about) = telling::due(self.begin, None, now).filter(|about| *about == yesterday) else {
                continue;
            };
            let on_yesterday = |on: &Option<u32>| on.is_some_and(|on| on + 1 == day);
            let happened = telling::Happened {
                installed: day == 1,
                warned: on_yesterday(warned),
                warned_others: on_yesterday(warned_others),
            };
            reports.push(telling::tell(&bodies, about, happened, &mut |bytes| chance.fill(bytes))?.body);
        }
        self.servers.take(now, reports)?;
        Ok(())
    }

    /// What the two bodies published last, and how many phones there are in truth.
    pub(super) fn counted(&self) -> Option<Counted> {
        let (_, figures) = self.servers.figures()?;
        let truly = self.owned.iter().flatten().count();
        Some(Counted {
            phones: figures.phones(),
            truly,
            not_taken: self.servers.not_taken,
            held_back: self.servers.braked,
        })
    }

    /// A person lets go of her keys.
    fn upload(&mut self, positive: &Positive, day: u32, now: Timestamp) -> Result<(), Stopped> {
        let zero = positive.onset.unwrap_or_else(|| days_since(self.begin, now));
        let begin = self.begin;
        let Some(Some(Owned { phone, chance, warned_others, .. })) = self.owned.get_mut(index(positive.who))
        else {
            return Ok(());
        };
        *warned_others = Some(day);
        for key in phone.releases(now, &mut |bytes| chance.fill(bytes))? {
            #[expect(clippy::cast_possible_truncation, reason = "days of a town")]
            let since = (days_since(begin, key.start.start()).floor() - zero.floor()) as i32;
            let key = DiagnosisKey {
                report_type: Some(ReportType::ConfirmedTest),
                days_since_onset: (-14..=14).contains(&since).then_some(since),
                ..key
            };
            self.waiting.push((publishable_from(&key, now), key));
        }
        Ok(())
    }

    /// The file of the evening, as phones fetch it; none if there is nothing.
    fn publish(&mut self, now: Timestamp) -> Result<Option<Verified>, Stopped> {
        let (ready, waiting): (Vec<_>, Vec<_>) = self.waiting.drain(..).partition(|(from, _)| *from <= now);
        self.waiting = waiting;
        let mut keys: Vec<DiagnosisKey> = ready.into_iter().map(|(_, key)| key).collect();
        let made_up = padding(&keys, Padding::DEFAULT, &mut |bytes| self.signals.fill(bytes));
        keys.extend(made_up);
        let day = SignedDuration::from_hours(24);
        let window = Window::between(now.saturating_sub(day).unwrap_or(now), now);
        let Some(window) = window.filter(|_| !keys.is_empty()) else { return Ok(None) };
        let many = keys.len();
        let content = Content { window, region: "DK".to_owned(), keys, revised_keys: Vec::new() };
        let files = write(content, Split::Alone { keys_at_most: 500_000 }, &self.signer)?;
        self.files.push((now, many));
        let read: Result<Vec<Published>, _> = files.iter().map(|file| Published::read(file)).collect();
        let read = read.map_err(|_| Stopped::Unreadable)?;
        Ok(Some(verify(read, &self.trusted).map_err(|_| Stopped::Unreadable)?))
    }

    /// Every phone looks at what is new.
    fn look(&mut self, exports: &[Verified], now: Timestamp) -> Result<Vec<Who>, Stopped> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let share = self.owned.len().div_ceil(threads).max(1);
        let parts: Vec<Result<Vec<Who>, PhoneError>> = std::thread::scope(|scope| {
            let parts = self.owned.chunks_mut(share).enumerate();
            let running: Vec<_> = parts
                .map(|(part, owned)| scope.spawn(move || look(owned, part * share, exports, now)))
                .collect();
            running
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        let mut warned = Vec::new();
        for part in parts {
            warned.extend(part?);
        }
        Ok(warned)
    }
}

fn look(
    owned: &mut [Option<Owned>],
    first: usize,
    exports: &[Verified],
    now: Timestamp,
) -> Result<Vec<Who>, PhoneError> {
    let mut warned = Vec::new();
    for (position, owned) in owned.iter_mut().enumerate() {
        let Some(Owned { phone, chance, .. }) = owned else { continue };
        let warning = phone.checks_verified(exports, now, &mut |bytes| chance.fill(bytes))?;
        if warning.is_some_and(|warning| warning.new_days > 0) {
            warned.push(number(first + position));
        }
    }
    Ok(warned)
}

/// Days of the town until an instant.
fn days_since(begin: Timestamp, at: Timestamp) -> f64 {
    at.duration_since(begin).as_secs_f64() / 86_400.0
}

impl App for Phones {
    type Error = Stopped;

    fn meet(&mut self, day: u32, meetings: &[Meeting]) -> Result<(), Stopped> {
        let mut scans: BTreeMap<u16, Vec<(Who, Who, f64, Place)>> = BTreeMap::new();
        for meeting in meetings.iter().filter(|meeting| self.has(meeting.one) && self.has(meeting.other)) {
            let first = meeting.from_minute.div_ceil(SCAN_MINUTES);
            let last = (meeting.from_minute + meeting.minutes) / SCAN_MINUTES;
            for scan in first..=last {
                let near = (meeting.one, meeting.other, meeting.metres, meeting.place);
                scans.entry(scan * SCAN_MINUTES).or_default().push(near);
            }
        }
        for (minute, near) in scans {
            let now = self.at(day, i64::from(minute));
            self.scan(now, &near)?;
        }
        Ok(())
    }

    fn evening(&mut self, day: u32, positives: &[Positive]) -> Result<Vec<Who>, Stopped> {
        self.tell(day)?;
        for positive in positives {
            let now = self.at(day, UPLOAD_HOUR * 60);
            self.upload(positive, day, now)?;
        }
        let now = self.at(day, LOOK_HOUR * 60);
        let oldest = now.saturating_sub(SignedDuration::from_hours(24 * KEPT_DAYS)).unwrap_or(now);
        self.files.retain(|(made, _)| *made > oldest);
        let warned = match self.publish(now)? {
            Some(verified) => self.look(&[verified], now)?,
            None => Vec::new(),
        };
        for who in &warned {
            if let Some(Some(owned)) = self.owned.get_mut(index(*who)) {
                owned.warned = Some(day);
            }
        }
        self.servers.evening(now)?;
        Ok(warned)
    }

    fn held(&mut self) -> Result<Held, Stopped> {
        let sightings = self.owned.iter().flatten().filter_map(|owned| owned.phone.stored());
        let sightings = sightings.map(|stored| stored.sightings.count as u64).sum();
        Ok(Held {
            records: self.servers.held()?,
            keys: self.files.iter().map(|(_, keys)| *keys as u64).sum(),
            sightings,
        })
    }
}
