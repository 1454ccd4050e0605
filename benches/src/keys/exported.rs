//! Half a million keys from the register to the folder: read, unsealed, judged, padded, sorted, signed, zipped, written down. Beside it the same keys in memory, where only the last steps are left.

use std::sync::Mutex;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use exposure::export::{Content, P256Signer, Padding, SignatureInfo, Split, Window, padding, write};
use exposure::revision::TokenKey;
use jiff::{SignedDuration, Timestamp};
use notice::{Reading, Target};
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use register::{Ask, Query};
use serde::de::IgnoredAny;
use services::smittestop::exports::{Folder, NotPut, Root, Settings, Signers, publish_due};
use services::smittestop::keys::ReportKind;
use services::smittestop::keys::publish;

use super::house::{Chance, House, Used, here};
use super::phones::{KEYS, Warning};
use crate::exposure::phone;
use crate::report::{Bar, Bars, Report, Scale, Series, median};

const EXPORT_SECONDS: f64 = 2.0;
/// Reading alone is measured so often in each run.
const READS: usize = 3;
/// Phones that upload at once.
const THREADS: u64 = 8;

/// A folder that only weighs: the disk of a folder is not what is measured.
#[derive(Debug, Default)]
struct Scales(Mutex<(usize, usize)>);

impl Folder for Scales {
    fn put(&self, _: Root, _: &str, bytes: &[u8]) -> Result<(), NotPut> {
        let mut weighed = self.0.lock().map_err(|_| NotPut)?;
        weighed.0 += 1;
        weighed.1 += bytes.len();
        Ok(())
    }

    fn get(&self, _: Root, _: &str) -> Option<Vec<u8>> {
        None
    }

    fn keep_only(&self, _: &[(Root, String)]) {}
}

#[derive(Default)]
struct Times {
    uploads_s: Vec<f64>,
    read_ms: Vec<f64>,
    export_ms: Vec<f64>,
    memory_ms: Vec<f64>,
    export_peak_mb: f64,
    standing_mb: f64,
    megabytes: f64,
}

/// Runs it and writes the report; whether the bar was reached.
///
/// # Errors
/// When keys are lost on the way.
pub fn run(keys: usize, runs: usize) -> Result<bool> {
    let folder = here()?;
    let house = House::make(folder.path())?;
    let (signer, _) = P256Signer::generate(SignatureInfo::new("238", "v1"))?;
    let signers = Signers::new(vec![(Timestamp::UNIX_EPOCH, Box::new(signer))]);
    let mut times = Times::default();
    // It has run before: there is a window from which it goes on.
    let (settings, scales) = (Settings::default(), Scales::default());
    let request = publish_due::Request { settings: &settings, signers: &signers, folder: &scales };
    house.act(&house.chance, |at| publish_due::run(at, &request, |_, _| Ok(Vec::new())))??;
    for run in 1..=runs {
        println!("{keys} keys, run {run} of {runs}");
        let uploads = keys.div_ceil(KEYS as usize);
        times.uploads_s.push(fill(&house, uploads as u64, run as u64)?);
        for _ in 0..READS {
            times.read_ms.push(read(&house, uploads * KEYS as usize)?);
        }
        // Until the window is closed and nobody can add to it.
        house.clock.pass(SignedDuration::from_hours(5));
        publish(&house, &signers, uploads * KEYS as usize, &mut times)?;
        times.memory_ms.push(in_memory(uploads * KEYS as usize)?);
    }
    let report = report(keys, runs, &times);
    report.write(&plot(&times))?;
    Ok(report.reached())
}

/// Phones upload straight to the service, as fast as they are answered; how many a second.
fn fill(house: &House, uploads: u64, run: u64) -> Result<f64> {
    let taking = publish::Settings {
        accepts: vec![ReportKind::Confirmed],
        token_keys: vec![TokenKey::new(&[9; 32]).context("a key of tokens")?],
        token_bound: Vec::new(),
    };
    let begun = Instant::now();
    let each = |thread: u64| -> Result<()> {
        let chance = Chance::new(1_000 * run + thread);
        for _ in (thread..uploads).step_by(THREADS as usize) {
            let warning = Warning::new(&chance, register::Clock::now(&*house.clock), 1);
            let taken = house.act(&chance, |at| publish::run(at, warning.request(), &taking))?;
            ensure!(taken?.inserted == KEYS as usize, "keys were not taken");
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|thread| scope.spawn(move || each(thread))).collect();
        threads.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(|_| anyhow::bail!("panicked")))
    })?;
    Ok(uploads as f64 / begun.elapsed().as_secs_f64())
}

/// What of the export is reading alone.
fn read(house: &House, keys: usize) -> Result<f64> {
    let until = register::Clock::now(&*house.clock) + SignedDuration::from_hours(1);
    let from = until - SignedDuration::from_hours(4);
    let query = Query::CollectedIn { register: "sst.backend-keys", from, until };
    let begun = Instant::now();
    let found = house.act(&house.chance, |at| -> Result<usize> {
        let ask = Ask { use_name: publish_due::USE, target: Target::Query, reason: None };
        let grant = at.register.ask::<Reading>(at.call, ask)?;
        Ok(at.register.read_values::<IgnoredAny>(at.call, &grant, query)?.len())
    })??;
    let taken = begun.elapsed().as_secs_f64() * 1_000.0;
    ensure!(found == keys, "{found} of {keys} keys were read");
    Ok(taken)
}

fn publish(house: &House, signers: &Signers, keys: usize, times: &mut Times) -> Result<()> {
    let (settings, scales) = (Settings { keys_at_most: 750_000, ..Settings::default() }, Scales::default());
    let request = publish_due::Request { settings: &settings, signers, folder: &scales };
    Used::forget_peak()?;
    times.standing_mb = Used::now()?.peak_mb;
    let begun = Instant::now();
    let output = house.act(&house.chance, |at| publish_due::run(at, &request, |_, _| Ok(Vec::new())))??;
    times.export_ms.push(begun.elapsed().as_secs_f64() * 1_000.0);
    times.export_peak_mb = times.export_peak_mb.max(Used::now()?.peak_mb);
    let (files, bytes) = *scales.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    ensure!(output.files == 2 && files == 2, "{files} files of {keys} keys");
    ensure!(bytes > keys * 2 * 16, "{bytes} bytes hold no {keys} keys");
    times.megabytes = bytes as f64 / 2e6;
    Ok(())
}

/// The keys at hand already: what no register can be faster than.
fn in_memory(keys: usize) -> Result<f64> {
    let (signer, _) = P256Signer::generate(SignatureInfo::new("238", "v1"))?;
    let window =
        Window::between("2026-11-21T08:00Z".parse()?, "2026-11-21T09:00Z".parse()?).context("window")?;
    let mut random = ChaCha8Rng::seed_from_u64(22);
    let mut keys = phone::keys(keys, 21);
    let begun = Instant::now();
    keys.extend(padding(
        &keys,
        Padding::DEFAULT,
        &mut |bytes| random.fill_bytes(bytes),
        exposure::DiagnosisKey::like_this,
    ));
    let content = Content { window, region: "DK".to_owned(), keys, revised_keys: Vec::new() };
    write(content, Split::Alone { keys_at_most: 750_000 }, &signer)?;
    Ok(begun.elapsed().as_secs_f64() * 1_000.0)
}

fn report(keys: usize, runs: usize, times: &Times) -> Report {
    let export_ms = median(&times.export_ms);
    let row = |what: String, value: String| vec![what, value];
    Report {
        name: "exported".to_owned(),
        title: format!("An export of {keys} keys, straight from the register"),
        method: format!(
            "Phones upload {KEYS} keys each to the service, {THREADS} at a time, on a register with everything on; then \
             what the server does for the window that has closed: read and unseal each key under a grant, with a durable \
             line, judge, pad, sort, sign, zip, and write down both files (that of home and that of all countries, which \
             are alike where nothing came from abroad, and made once). Each run fills the same register further. Beside \
             it the same number of keys at hand in memory: pad, sort, sign, zip. Medians of {runs} runs."
        ),
        bars: vec![Bar {
            what: format!("export under {EXPORT_SECONDS} s"),
            measured: format!("{:.2} s", export_ms / 1_000.0),
            reached: export_ms < EXPORT_SECONDS * 1_000.0,
        }],
        head: ["what", "value"].map(str::to_owned).to_vec(),
        rows: vec![
            row(
                "uploads a second, straight to the service".to_owned(),
                format!("{:.0}", median(&times.uploads_s)),
            ),
            row("read, unseal, judge, log (ms)".to_owned(), format!("{:.0}", median(&times.read_ms))),
            row(
                format!("the whole export (ms; {:.1} MB a file)", times.megabytes),
                format!("{export_ms:.0}"),
            ),
            row(
                "the same keys in memory: pad, sort, sign, zip (ms)".to_owned(),
                format!("{:.0}", median(&times.memory_ms)),
            ),
            row("memory before an export (MB)".to_owned(), format!("{:.0}", times.standing_mb)),
            row("most memory in an export (MB)".to_owned(), format!("{:.0}", times.export_peak_mb)),
        ],
    }
}

fn plot(times: &Times) -> Bars {
    let value = |times: &[f64]| vec![Some(median(times))];
    Bars {
        title: "From keys to a signed file".to_owned(),
        unit: "ms".to_owned(),
        groups: vec!["export".to_owned()],
        series: vec![
            Series { name: "from the register".to_owned(), values: value(&times.export_ms) },
            Series { name: "of it reading".to_owned(), values: value(&times.read_ms) },
            Series { name: "in memory".to_owned(), values: value(&times.memory_ms) },
        ],
        scale: Scale::Linear,
    }
}
