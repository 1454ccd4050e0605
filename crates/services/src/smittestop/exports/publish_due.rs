//! Publish every window that has closed and was not published: read, pad, write files, and then say that they stand.
//!
//! Invariant: a file without a record is never served, and the records of a window come in one commit. Whoever is
//! stopped at any point begins the window again.

use std::collections::{BTreeMap, BTreeSet};

use exposure::DiagnosisKey;
use exposure::export::{Window, padding};
use jiff::{SignedDuration, Timestamp};
use notice::Id;
use notice::id::Person;
use register::{Change, Query};

use super::gather::{foreign_in, gather};
use super::write::write;
use super::{Count, Error, FileRecord, Folder, Foreign, Known, Not, Root, Settings, Signers, known, names};
use crate::Call;
use crate::smittestop::keys::{Kept, READY, WAITING, WAITS_HOURS, collected, hour_of, made_up};

/// Use of the notice.
pub const USE: &str = "sst.publish-keys";

/// Windows of one run: whoever was away for long catches up step by step.
const WINDOWS_MAX: usize = 24;
/// Nothing is older.
const KEPT_HOURS: i64 = 15 * 24;

/// What is asked for.
#[derive(Debug)]
pub struct Request<'a> {
    /// How files are made.
    pub settings: &'a Settings,
    /// Who signs.
    pub signers: &'a Signers,
    /// Where the bytes lie.
    pub folder: &'a dyn Folder,
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// Windows that were published.
    pub windows: usize,
    /// Files that came of it.
    pub files: usize,
}

/// Publishes what is due. `foreign` says which keys of other countries came down in a span of hours, and when.
///
/// # Errors
/// Refused, or [`Not`]; windows before the failing one stay published.
pub fn run(
    at: &Call<'_>,
    request: &Request<'_>,
    foreign: impl Fn(Timestamp, Timestamp) -> Result<Vec<Foreign>, Error>,
) -> Result<Output, Error> {
    let done = known(at, USE)?;
    // A file goes with its record; what lies there without one is nobody's.
    request.folder.keep_only(&names(&done));
    let mut output = Output::default();
    let Some(mut start) = first_window(at, request.settings, &done)? else { return Ok(output) };
    let length = seconds(request.settings);
    let published: BTreeSet<i64> = done.iter().map(|known| known.window.0).collect();
    while output.windows < WINDOWS_MAX {
        let Some(window) = window(start, length).filter(|window| window.is_closed(at.now())) else { break };
        if !published.contains(&start) {
            output.files += one(at, request, window, &foreign)?;
            output.windows += 1;
        }
        start += length;
    }
    Ok(output)
}

fn seconds(settings: &Settings) -> i64 {
    i64::from(settings.window_hours.clamp(1, 24)) * 3_600
}

fn window(start: i64, length: i64) -> Option<Window> {
    let at = |second| Timestamp::from_second(second).ok();
    Window::between(at(start)?, at(start + length)?)
}

/// Where to go on: after the last window that was published, else at the first key there is, else nowhere.
fn first_window(at: &Call<'_>, settings: &Settings, done: &[Known]) -> Result<Option<i64>, Error> {
    let length = seconds(settings);
    let floor = |second: i64| second - second.rem_euclid(length);
    let oldest = floor(at.now().as_second() - KEPT_HOURS * 3_600);
    if let Some(last) = done.iter().map(|known| known.window.1).max() {
        return Ok(Some(floor(last).max(oldest)));
    }
    let closed = at.now().as_second() - exposure::export::EMBARGO_SECONDS - length;
    let from = Timestamp::from_second(oldest).unwrap_or(at.now());
    let mut first = floor(closed);
    for register in [READY, WAITING] {
        let found = collected::<Not>(at, USE, Query::CollectedIn { register, from, until: at.now() })?;
        let hours = found.iter().map(|kept| floor(kept.place.from));
        first = hours.fold(first, i64::min);
    }
    Ok(Some(first))
}

/// One window: made-up keys first, as rows like any other; then the files; then that they stand.
fn one(
    at: &Call<'_>,
    request: &Request<'_>,
    window: Window,
    foreign: &impl Fn(Timestamp, Timestamp) -> Result<Vec<Foreign>, Error>,
) -> Result<usize, Error> {
    let signer = request.signers.at(at.now()).ok_or(Error::Not(Not::NoSigner))?;
    let hour = register::Call { caller: at.call.caller.clone(), now: hour_of(at.now()) };
    let hourly = Call { call: &hour, ..*at };
    let gathered = gather(at, window, None)?;
    let earlier =
        window.start().checked_sub(SignedDuration::from_hours(WAITS_HOURS)).unwrap_or(window.start());
    let abroad = foreign_in(window, foreign(earlier, window.end())?);

    let mut ours: Vec<DiagnosisKey> = gathered.ours.iter().map(|kept| kept.key.clone()).collect();
    let mut random = |bytes: &mut [u8]| at.randomness.fill(bytes);
    let made: Vec<Kept> = padding(&ours, request.settings.padding, &mut random)
        .into_iter()
        .map(|key| like(key, &gathered.ours, window, false))
        .collect();
    ours.extend(made.iter().map(|kept| kept.key.clone()));
    let mut from: BTreeMap<String, usize> = BTreeMap::new();
    abroad.iter().for_each(|one| *from.entry(one.country.clone()).or_default() += 1);
    let mut all = ours.clone();
    all.extend(abroad.into_iter().map(|one| one.key));
    let made_for_all: Vec<Kept> = padding(&all, request.settings.padding, &mut random)
        .into_iter()
        .map(|key| like(key, &gathered.ours, window, true))
        .collect();
    all.extend(made_for_all.iter().map(|kept| kept.key.clone()));

    let rows: Vec<(Id<Person>, Vec<Change>)> =
        made.iter().chain(&made_for_all).map(|kept| kept.create(at.register, hour.now)).collect();
    if !rows.is_empty() {
        hourly.import::<Not>(USE, rows)?;
    }
    let mut records = Vec::new();
    let alike = all.len() == ours.len();
    let home = write(window, (ours, gathered.revised.clone()), request.settings, signer)?;
    records.extend(home.put((Root::Dk, BTreeMap::new()), request.folder)?);
    // Where nothing came from abroad both are the same, and are signed and packed once.
    let everywhere =
        if alike { home } else { write(window, (all, gathered.revised), request.settings, signer)? };
    records.extend(everywhere.put((Root::All, from), request.folder)?);
    let files = records.len();
    if records.is_empty() {
        let window = (window.start().as_second(), window.end().as_second());
        records.push(FileRecord { file: None, window, count: Count::default() });
    }
    let records = records.iter().map(|record| record.create(at, hour.now)).collect();
    match hourly.import::<Not>(USE, records) {
        // Somebody else published it at the same moment: the files are as good as ours, the records theirs.
        Ok(_) | Err(crate::Error::Conflict(_)) => Ok(files),
        Err(error) => Err(error),
    }
}

/// A made-up key with the other fields of a real one that it was modelled on.
fn like(key: DiagnosisKey, ours: &[Kept], window: Window, not_home: bool) -> Kept {
    let same = |kept: &&Kept| {
        (kept.key.start, kept.key.period, kept.key.report_type, kept.key.days_since_onset)
            == (key.start, key.period, key.report_type, key.days_since_onset)
    };
    let model = ours.iter().find(same);
    let from = model.map_or(window.start().as_second(), |kept| kept.place.from);
    let countries = model.map_or_else(Vec::new, |kept| kept.countries.clone());
    made_up(key, from, countries, not_home)
}
