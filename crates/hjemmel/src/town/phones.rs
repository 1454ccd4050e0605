//! The phones of the town: real ones, without a radio and with everything else.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::{SignedDuration, Timestamp};
use phone::exports::{FetchError, fetch};
use phone::keys::Beacon;
use phone::many::Bundle;
use phone::network::HttpNetwork;
use phone::radio::Report;
use phone::radio::signal::{Path, Surroundings};
use phone::report::{BeginError, Details, Ending};
use phone::statistics as telling;
use phone::{Country, MemoryVault, Phone, PhoneError, consent};
use server::rehearsal::AUTHORITY;

use super::bodies::Bodies;
use super::chance::{Chance, For};
use super::counting::{Counting, Way};
use super::decoys::{Decoys, Watched};
use super::life::{App, Positive};
use super::machine::{NotServing, TownClock};
use super::people::{Meeting, Place, Who, index, number};
use super::tally::{self, Counted, CountedDay, Held, Told};

/// How loud a phone calls, in decibels over a milliwatt.
const CALLS_DBM: i8 = -8;
/// Minutes between two scans.
const SCAN_MINUTES: u16 = 5;
/// The hours of a day at which the servers do what is due, phones tell of yesterday, the institute sends its list, people warn, and phones look.
const DUE_EVERY_HOURS: i64 = 2;
const TELL_HOUR: i64 = 9;
const LIST_HOUR: i64 = 17;
const UPLOAD_HOUR: i64 = 18;
const LOOK_HOUR: i64 = 22;
/// One warns so long after the other.
const BETWEEN_UPLOADS: SignedDuration = SignedDuration::from_secs(60);
/// Questions of a report at most, failures included.
const QUESTIONS: usize = 12;
/// So many phones fetch and match everything for themselves; for the others it is fetched and verified once.
const ALONE: usize = 3;
/// Files and keys are kept for so long.
const KEPT_DAYS: i64 = 14;

/// Why the town stopped.
#[derive(Debug, thiserror::Error)]
pub(super) enum Stopped {
    /// A phone.
    #[error("a phone: {0}")]
    Phone(#[from] PhoneError),
    /// A phone that fetches for itself.
    #[error("a phone: {0}")]
    Fetch(#[from] FetchError),
    /// A report could not begin.
    #[error("a phone: {0}")]
    Begin(#[from] BeginError),
    /// What was fetched for many is not what a phone fetched alone.
    #[error("a phone fetched other files than were fetched for all")]
    Unlike,
    /// A report did not end as it should.
    #[error("a warning ended as {0:?}")]
    Ended(Option<Ending>),
    /// A server.
    #[error("the servers: {0}")]
    Servers(#[from] NotServing),
    /// A phone made another report where it should have sent the same again.
    #[error("a phone told of one day in two ways")]
    ToldTwice,
    /// Somebody wants it to stop.
    #[error("somebody stopped it")]
    ByOwner,
}

struct Owned {
    phone: Phone,
    beacon: Option<Beacon>,
    chance: Chance,
    /// The last day of the town on which its owner was warned, and on which she warned others.
    warned: Option<u32>,
    warned_others: Option<u32>,
}

fn is_taken(said: Option<u16>) -> bool {
    said.is_some_and(|status| telling::understood(status) == telling::Heard::Taken)
}

/// All phones of the town, and the servers that they ask.
pub(super) struct Phones {
    begin: Timestamp,
    owned: Vec<Option<Owned>>,
    signals: Chance,
    /// Keys in the files of two weeks, by the evening on which they were fetched.
    files: Vec<(Timestamp, usize)>,
    warned_others: usize,
    /// What phones told of each day, in truth.
    told: BTreeMap<statistics::Day, Told>,
    decoys: Decoys,
    bodies: Bodies,
    counting: Counting,
    stop: Arc<AtomicBool>,
    /// Last, so that it goes when the servers are gone.
    _folder: tempfile::TempDir,
}

impl Phones {
    /// The app on the phones of so many of a hundred, with the files of the servers in a folder of their own below a place.
    pub(super) fn new(
        seed: u64,
        people: usize,
        adoption: u8,
        begin: Timestamp,
        place: &std::path::Path,
        stop: Arc<AtomicBool>,
    ) -> Result<Self, Stopped> {
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
            phone.takes_part(telling::VERSION, begin, &mut |bytes| chance.fill(bytes))?;
            owned.push(Some(Owned { phone, beacon: None, chance, warned: None, warned_others: None }));
        }
        let signals = Chance::of(seed, For::Signals, u64::from(adoption));
        let folder = super::scratch::folder(place).map_err(super::machine::stopped)?;
        let clock = Arc::new(TownClock::at(begin));
        let counting = Counting::open(seed, clock.clone(), folder.path())?;
        let bodies = Bodies::open(seed, clock, folder.path())?;
        let have = owned.iter().map(Option::is_some);
        let decoys = Decoys::of(seed, begin, have, &bodies)?;
        Ok(Self {
            begin,
            owned,
            signals,
            files: Vec::new(),
            warned_others: 0,
            told: BTreeMap::new(),
            decoys,
            bodies,
            counting,
            stop,
            _folder: folder,
        })
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

    /// Every phone tells of yesterday, at nine in the morning, from what lies on it. All reports are made, then sent some at
    /// a time; then each phone tries the same again, and hears what became of it.
    fn tell(&mut self, day: u32) -> Result<(), Stopped> {
        let now = self.at(day, TELL_HOUR * 60);
        let (keys, task) = (self.counting.keys(now)?, self.counting.task);
        let (mut who, mut reports) = (Vec::new(), Vec::new());
        let mut truly = Told::default();
        for (position, owned) in self.owned.iter_mut().enumerate() {
            let Some(Owned { phone, chance, warned, warned_others, .. }) = owned else { continue };
            let mut way = Way { keys: &keys, said: None, left: None };
            phone.tells(&mut way, &task, now, &mut |bytes| chance.fill(bytes))?;
            let Some(report) = way.left else { continue };
            let on_yesterday = |on: &Option<u32>| on.is_some_and(|on| on + 1 == day);
            truly.phones += 1;
            truly.warned += i64::from(on_yesterday(warned));
            truly.warned_others += i64::from(on_yesterday(warned_others));
            who.push(position);
            reports.push(report);
        }
        if !reports.is_empty() {
            self.told.insert(telling::day_of(now).minus(1), truly);
        }
        let said = self.counting.take(now, reports.clone())?;
        for ((position, said), report) in who.into_iter().zip(said).zip(reports) {
            let Some(Some(Owned { phone, chance, .. })) = self.owned.get_mut(position) else { continue };
            let mut way = Way { keys: &keys, said, left: None };
            let counted = phone.tells(&mut way, &task, now, &mut |bytes| chance.fill(bytes))?;
            // The same however often it is tried: another report would be counted twice.
            if way.left != Some(report) || (counted == telling::Counted::Taken) != is_taken(said) {
                return Err(Stopped::ToldTwice);
            }
        }
        Ok(())
    }

    /// How often somebody warned others, and the servers took it.
    pub(super) const fn warned_others(&self) -> usize {
        self.warned_others
    }

    /// What the servers were asked, in earnest and as a decoy.
    pub(super) const fn asked(&self) -> tally::Asked {
        self.decoys.asked()
    }

    /// What the two bodies published, beside what is true.
    pub(super) fn counted(&self) -> Option<Counted> {
        let days = u16::try_from(self.told.len()).unwrap_or(u16::MAX).saturating_add(10);
        let figures = self.counting.figures(days)?;
        let of_day = |(day, (date, truly)): (u32, (&statistics::Day, &Told))| {
            let said = figures.get(date).map(|figures| {
                let told = |what: &[statistics::Told]| what.iter().map(|told| figures.of_answer(*told)).sum();
                use statistics::Told::{Warned, WarnedAndWarnedOthers, WarnedOthers};
                Told {
                    phones: told(&statistics::Told::ALL),
                    warned: told(&[Warned, WarnedAndWarnedOthers]),
                    warned_others: told(&[WarnedOthers, WarnedAndWarnedOthers]),
                }
            });
            CountedDay { day, said, truly: *truly }
        };
        let days: Vec<CountedDay> = (0..).zip(&self.told).map(of_day).collect();
        days.iter().any(|day| day.said.is_some()).then(|| Counted {
            days,
            not_taken: self.counting.not_taken,
            held_back: self.counting.braked + self.bodies.late(),
        })
    }

    /// A person logs in, gets a code, and her phone does the rest.
    fn warns_others(&mut self, positive: &Positive, day: u32, now: Timestamp) -> Result<(), Stopped> {
        let Some(Some(Owned { phone, chance, warned_others, .. })) = self.owned.get_mut(index(positive.who))
        else {
            return Ok(());
        };
        let code = self.bodies.code(now, self.begin, positive)?;
        let mut random = |bytes: &mut [u8]| chance.fill(bytes);
        phone.reports(&code, Details::default(), now, &mut random)?;
        for _ in 0..QUESTIONS {
            let Some(progress) = phone.report()? else { break };
            self.bodies.arrive(progress.next);
            let mut network = Watched::of(&mut self.bodies.network, self.decoys.seen());
            phone.reports_on(&mut network, AUTHORITY, progress.next, &mut random)?;
        }
        let ending = phone.outcome().map(|outcome| outcome.ending);
        if ending != Some(Ending::Sent) {
            return Err(Stopped::Ended(ending));
        }
        *warned_others = Some(day);
        self.warned_others += 1;
        Ok(())
    }

    /// Every phone looks at what is new.
    fn look(&mut self, now: Timestamp) -> Result<Vec<Who>, Stopped> {
        let bundle = self.bodies.fetch(now)?;
        if bundle.keys() > 0 {
            self.files.push((now, bundle.keys()));
        }
        let new = New { bundle: &bundle, country: &self.bodies.country, network: &self.bodies.network, now };
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let share = self.owned.len().div_ceil(threads).max(1);
        let parts: Vec<Result<Vec<Who>, Stopped>> = std::thread::scope(|scope| {
            let (parts, new) = (self.owned.chunks_mut(share).enumerate(), &new);
            let running: Vec<_> =
                parts.map(|(part, owned)| scope.spawn(move || new.looked_at(owned, part * share))).collect();
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

    /// The servers do what is due at each hour of a span of the day.
    fn hours(&mut self, day: u32, hours: std::ops::RangeInclusive<i64>) -> Result<(), Stopped> {
        for hour in hours.step_by(usize::try_from(DUE_EVERY_HOURS).unwrap_or(1)) {
            if self.stop.load(Ordering::Relaxed) {
                return Err(Stopped::ByOwner);
            }
            let now = self.at(day, hour * 60);
            self.decoys.send_until(now, &self.bodies)?;
            self.bodies.run_due(now)?;
        }
        Ok(())
    }
}

/// What is new on an evening, and how a phone comes by it.
struct New<'a> {
    bundle: &'a Bundle,
    country: &'a Country,
    network: &'a HttpNetwork,
    now: Timestamp,
}

impl New<'_> {
    fn looked_at(&self, owned: &mut [Option<Owned>], first: usize) -> Result<Vec<Who>, Stopped> {
        let mut warned = Vec::new();
        for (position, owned) in owned.iter_mut().enumerate() {
            let Some(Owned { phone, chance, .. }) = owned else { continue };
            let mut random = |bytes: &mut [u8]| chance.fill(bytes);
            let warning = if first + position < ALONE {
                let fetched = fetch(phone, &mut self.network.clone(), self.country, self.now, &mut random)?;
                if !fetched.refused.is_empty() || fetched.files != self.bundle.files() {
                    return Err(Stopped::Unlike);
                }
                fetched.warning
            } else {
                phone.looks_at(self.bundle, self.now, &mut random)?
            };
            if warning.is_some_and(|warning| warning.new_days > 0) {
                warned.push(number(first + position));
            }
        }
        Ok(warned)
    }
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
        self.hours(day, 2..=TELL_HOUR)?;
        self.tell(day)?;
        self.hours(day, TELL_HOUR + 1..=LIST_HOUR)?;
        self.bodies.lists(self.at(day, LIST_HOUR * 60), self.begin, positives)?;
        let mut now = self.at(day, UPLOAD_HOUR * 60);
        for positive in positives.iter().filter(|positive| positive.warns) {
            self.warns_others(positive, day, now)?;
            now = now.saturating_add(BETWEEN_UPLOADS).unwrap_or(now);
        }
        self.bodies.count()?;
        self.hours(day, UPLOAD_HOUR + DUE_EVERY_HOURS..=LOOK_HOUR)?;
        let now = self.at(day, LOOK_HOUR * 60);
        let oldest = now.saturating_sub(SignedDuration::from_hours(24 * KEPT_DAYS)).unwrap_or(now);
        self.files.retain(|(made, _)| *made > oldest);
        let warned = self.look(now)?;
        for who in &warned {
            if let Some(Some(owned)) = self.owned.get_mut(index(*who)) {
                owned.warned = Some(day);
            }
        }
        self.bodies.count()?;
        self.counting.evening(now)?;
        self.hours(day, LOOK_HOUR + DUE_EVERY_HOURS..=24)?;
        Ok(warned)
    }

    fn held(&mut self) -> Result<Held, Stopped> {
        let sightings = self.owned.iter().flatten().filter_map(|owned| owned.phone.stored());
        let sightings = sightings.map(|stored| stored.sightings.count as u64).sum();
        let mut records = self.bodies.held();
        records.extend(self.counting.held()?);
        Ok(Held { records, keys: self.files.iter().map(|(_, keys)| *keys as u64).sum(), sightings })
    }
}
