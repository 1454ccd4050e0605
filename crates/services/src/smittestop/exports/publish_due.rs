//! Publish every window that has closed and was not published: read, pad, write files, and then say that they stand.
//!
//! Invariant: a file without a record is never served, and the records of a window come in one commit with its made-up
//! keys. Whoever is stopped at any point begins the window again, and nothing of the first attempt is left.

use std::collections::{BTreeMap, BTreeSet};

use exposure::export::{Window, padding};
use exposure::{DiagnosisKey, TemporaryExposureKey};
use jiff::Timestamp;
use register::Query;

use super::gather::{earlier, foreign_in, gather};
use super::write::{each_once, write};
use super::{Count, Error, FileRecord, Folder, Foreign, Known, Not, Root, Settings, Signers, known, names};
use crate::Call;
use crate::smittestop::KEPT_HOURS;
use crate::smittestop::closing::is_closed;
use crate::smittestop::keys::{READY, WAITING, collected, hour_of, made_up, made_up_abroad};

/// Use of the notice.
pub const USE: &str = "sst.publish-keys";

/// Windows of one run: whoever was away for long catches up step by step.
const WINDOWS_MAX: usize = 24;

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
    // Rule SS-45: the files are gone with the keys, and no others are made.
    if is_closed::run::<Not>(at)? {
        return Ok(output);
    }
    let Some(mut start) = first_window(at, request.settings, &done)? else { return Ok(output) };
    let length = seconds(request.settings);
    while output.windows < WINDOWS_MAX {
        // Where the length was changed, one shorter window leads back to whole ones.
        let end = floor(start, length) + length;
        let Some(window) = window(start, end).filter(|window| window.is_closed(at.now())) else { break };
        output.files += one(at, request, window, &foreign)?;
        output.windows += 1;
        start = end;
    }
    Ok(output)
}

fn seconds(settings: &Settings) -> i64 {
    i64::from(settings.window_hours.clamp(1, 24)) * 3_600
}

const fn floor(second: i64, length: i64) -> i64 {
    second - second.rem_euclid(length)
}

fn window(start: i64, end: i64) -> Option<Window> {
    let at = |second| Timestamp::from_second(second).ok();
    Window::between(at(start)?, at(end)?)
}

/// Where to go on: at the end of the last window that was published, else at the first key there is, else nowhere.
fn first_window(at: &Call<'_>, settings: &Settings, done: &[Known]) -> Result<Option<i64>, Error> {
    let length = seconds(settings);
    let oldest = floor(at.now().as_second() - KEPT_HOURS * 3_600, length);
    if let Some(last) = done.iter().map(|known| known.window.1).max() {
        return Ok(Some(last.max(oldest)));
    }
    let closed = at.now().as_second() - exposure::export::EMBARGO_SECONDS - length;
    let from = Timestamp::from_second(oldest).unwrap_or(at.now());
    let mut first = floor(closed, length);
    for register in [READY, WAITING] {
        let found = collected::<Not>(at, USE, Query::CollectedIn { register, from, until: at.now() })?;
        let hours = found.iter().map(|kept| floor(kept.place.from, length));
        first = hours.fold(first, i64::min);
    }
    Ok(Some(first))
}

/// One window: the files, and then in one commit the made-up keys, as rows like any other, and that the files stand.
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
    let mut abroad = foreign_in(window, foreign(earlier(window), window.end())?);
    let mut from: BTreeMap<String, usize> = BTreeMap::new();
    abroad.iter().for_each(|one| *from.entry(one.country.clone()).or_default() += 1);

    let mut random = |bytes: &mut [u8]| at.randomness.fill(bytes);
    let mut rows = padding(&gathered.ours, request.settings.padding, &mut random, made_up);
    let ours: Vec<DiagnosisKey> = gathered.ours.iter().chain(&rows).map(|kept| kept.key.clone()).collect();
    // Theirs are padded by themselves: whoever takes the file of ours from that of all is left with no small one either.
    let known: BTreeSet<&TemporaryExposureKey> = ours.iter().map(|key| &key.key).collect();
    abroad.retain(|one| !known.contains(&one.key.key));
    let mut theirs = each_once(abroad.into_iter().map(|one| one.key).collect());
    let made = padding(&theirs, request.settings.padding, &mut random, DiagnosisKey::like_this);
    rows.extend(made.iter().map(|key| made_up_abroad(key.clone(), window.start().as_second())));
    theirs.extend(made);

    let mut records = Vec::new();
    let all = (!theirs.is_empty()).then(|| [&ours[..], &theirs[..]].concat());
    let home = write(window, (ours, gathered.revised.clone()), request.settings, signer)?;
    records.extend(home.put((Root::Dk, BTreeMap::new()), request.folder)?);
    // Where nothing came from abroad both are the same, and are signed and packed once.
    let everywhere = match all {
        Some(all) => write(window, (all, gathered.revised), request.settings, signer)?,
        None => home,
    };
    records.extend(everywhere.put((Root::All, from), request.folder)?);
    let files = records.len();
    if records.is_empty() {
        let window = (window.start().as_second(), window.end().as_second());
        records.push(FileRecord { file: None, window, count: Count::default() });
    }
    let rows = rows.iter().map(|kept| kept.create(at.register, hour.now));
    let records = records.iter().map(|record| record.create(at, hour.now));
    match hourly.import::<Not>(USE, rows.chain(records).collect()) {
        // Somebody else published it at the same moment: the files are as good as ours, the records theirs.
        Ok(_) | Err(crate::Error::Conflict(_)) => Ok(files),
        Err(error) => Err(error),
    }
}
