//! A day of the key server: every hour ten thousand uploads over HTTP, and two thousand phones that look at what is new.

use std::collections::BTreeSet;
use std::time::Instant;

use anyhow::{Result, bail, ensure};
use exposure::export::{Published, verify};
use jiff::SignedDuration;
use phone::network::{Answer, HttpNetwork, Network as _, Question, Server};

use super::door::KeyServer;
use super::house::{Chance, House, Used, here};
use super::phones::{KEYS, Warning};
use crate::report::{Bar, Bars, Latencies, Report, Scale, Series, median};

/// Phones that ask at the same time.
const THREADS: usize = 64;
/// No file of an export is larger.
const FILE_BYTES: usize = 64 * 1024 * 1024;
/// Turns of the comparison with the bare server.
const TURNS: usize = 5;

/// How much of it.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// Hours.
    pub hours: u32,
    /// Uploads an hour.
    pub uploads: usize,
    /// Phones, each of which looks once an hour: four times as often as the app does.
    pub phones: usize,
}

#[derive(Default)]
struct Phone {
    tag: Option<String>,
    /// Files that it has.
    files: BTreeSet<String>,
}

#[derive(Default)]
struct Times {
    uploads: Latencies,
    unchanged: Latencies,
    lists: Latencies,
    files: Latencies,
    fetched_bytes: u64,
    jobs_s: Vec<f64>,
    sweep_s: Vec<f64>,
    hour_s: Vec<f64>,
    cpu_s: Vec<f64>,
    peak_mb: Vec<f64>,
    /// Keys that the first phone read in files that it verified.
    published: usize,
}

/// Runs it and writes the report; whether every bar was reached.
///
/// # Errors
/// When an upload is not taken, or a file is not what was uploaded.
pub fn run(load: Load) -> Result<bool> {
    let folder = here()?;
    let house = House::make(folder.path())?;
    let server = KeyServer::open(&house, &folder.path().join("door"))?;
    let mut phones: Vec<Phone> = (0..load.phones).map(|_| Phone::default()).collect();
    let mut times = Times::default();
    for hour in 1..=load.hours {
        let (begun, before) = (Instant::now(), Used::now()?);
        Used::forget_peak()?;
        upload(&house, &server, load.uploads, hour, &mut times)?;
        house.clock.pass_until(SignedDuration::from_hours(hour.into()));
        let at = Instant::now();
        server.jobs();
        times.jobs_s.push(at.elapsed().as_secs_f64());
        let at = Instant::now();
        let swept = house.register.sweep()?;
        ensure!(swept.braked == 0 && swept.stopped.is_none(), "the sweep did not go through");
        times.sweep_s.push(at.elapsed().as_secs_f64());
        look(&server, &mut phones, &mut times)?;
        let after = Used::now()?;
        times.hour_s.push(begun.elapsed().as_secs_f64());
        times.cpu_s.push(after.cpu_seconds - before.cpu_seconds);
        times.peak_mb.push(after.peak_mb);
        println!(
            "hour {hour} of {}: {:.1} s, {:.1} s of the processors, {:.0} MB at most",
            load.hours,
            begun.elapsed().as_secs_f64(),
            after.cpu_seconds - before.cpu_seconds,
            after.peak_mb
        );
    }
    // A window lasts two hours and is published two hours later.
    let closed = load.hours.saturating_sub(4) as usize / 2 * 2;
    ensure!(times.published >= closed * load.uploads * (KEYS as usize - 1), "keys were not published");
    let against = against_bare(&server, &phones)?;
    let report = report(load, &times, &against);
    report.write(&plot(&times))?;
    Ok(report.reached())
}

/// A share of the work on each thread, with a network of its own as each phone has one.
fn on_all<T: Send, R: Send>(
    address: &str,
    work: &mut [T],
    each: impl Fn(&mut HttpNetwork, &mut T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let share = work.len().div_ceil(THREADS).max(1);
    let each = &each;
    let parts: Vec<Result<Vec<R>>> = std::thread::scope(|scope| {
        let threads: Vec<_> = work
            .chunks_mut(share)
            .map(|part| {
                scope.spawn(move || {
                    let mut network = HttpNetwork::new(address, address, &[])?;
                    part.iter_mut().map(|one| each(&mut network, one)).collect()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| bail!("panicked"))).collect()
    });
    let mut all = Vec::new();
    for part in parts {
        all.extend(part?);
    }
    Ok(all)
}

fn upload(house: &House, server: &KeyServer, many: usize, hour: u32, times: &mut Times) -> Result<()> {
    let mut seeds: Vec<u64> = (0..many as u64).map(|number| u64::from(hour) << 32 | number).collect();
    let taken = on_all(&server.address, &mut seeds, |network, seed| {
        let chance = Chance::new(*seed);
        let warning = Warning::new(&chance, register::Clock::now(&*house.clock), 0);
        let body = warning.body(&server.authority, &chance)?;
        let begun = Instant::now();
        let answer = network.ask(&Question::send(Server::Keys, "/v1/publish", &body))?;
        let took = begun.elapsed();
        ensure!(answer.status == 200, "an upload was answered with {}", answer.status);
        Ok(took)
    })?;
    taken.into_iter().for_each(|took| times.uploads.add(took));
    Ok(())
}

/// What a look of one phone took.
#[derive(Default)]
struct Looked {
    list: Option<(bool, std::time::Duration)>,
    files: Vec<std::time::Duration>,
    bytes: u64,
}

fn look(server: &KeyServer, phones: &mut [Phone], times: &mut Times) -> Result<()> {
    if let Some((first, _)) = phones.split_first_mut() {
        times.published += read_and_verify(server, first)?;
    }
    let looked = on_all(&server.address, phones, look_one)?;
    for looked in looked {
        match looked.list {
            Some((true, took)) => times.lists.add(took),
            Some((false, took)) => times.unchanged.add(took),
            None => {}
        }
        looked.files.into_iter().for_each(|took| times.files.add(took));
        times.fetched_bytes += looked.bytes;
    }
    Ok(())
}

fn look_one(network: &mut HttpNetwork, phone: &mut Phone) -> Result<Looked> {
    let mut looked = Looked::default();
    let begun = Instant::now();
    let answer = list(network, phone.tag.as_deref())?;
    looked.list = Some((answer.status == 200, begun.elapsed()));
    if answer.status == 304 {
        return Ok(looked);
    }
    for name in names(&answer)? {
        if phone.files.contains(&name) {
            continue;
        }
        let begun = Instant::now();
        let file = fetch(network, &name)?;
        looked.files.push(begun.elapsed());
        looked.bytes += file.body.len() as u64;
        phone.files.insert(name);
    }
    phone.tag = answer.tag;
    Ok(looked)
}

/// One phone does all that a phone does; how many keys there were in what is new to it.
fn read_and_verify(server: &KeyServer, phone: &Phone) -> Result<usize> {
    let mut network = HttpNetwork::new(&server.address, &server.address, &[])?;
    let mut keys = 0;
    for name in names(&list(&mut network, None)?)? {
        if !phone.files.contains(&name) {
            let file = Published::read(&fetch(&mut network, &name)?.body)?;
            let verified = verify(vec![file], std::slice::from_ref(&server.trusted))?;
            keys += verified.exports().iter().map(|export| export.keys.len()).sum::<usize>();
        }
    }
    Ok(keys)
}

fn list(network: &mut HttpNetwork, tag: Option<&str>) -> Result<Answer> {
    let question =
        Question { known_tag: tag, ..Question::fetch(Server::Keys, "/exports/dk/index.txt", 256 * 1024) };
    let answer = network.ask(&question)?;
    ensure!(matches!(answer.status, 200 | 304), "the list was answered with {}", answer.status);
    Ok(answer)
}

fn names(list: &Answer) -> Result<Vec<String>> {
    Ok(std::str::from_utf8(&list.body)?.lines().map(str::to_owned).collect())
}

fn fetch(network: &mut HttpNetwork, name: &str) -> Result<Answer> {
    let answer = network.ask(&Question::fetch(Server::Keys, &format!("/exports/{name}"), FILE_BYTES))?;
    ensure!(answer.status == 200, "a file was answered with {}", answer.status);
    Ok(answer)
}

/// Answers a second: ours and those of the bare server, turn by turn.
#[derive(Default)]
struct Against {
    unchanged: [Vec<f64>; 2],
    file: [Vec<f64>; 2],
    file_mb: f64,
}

fn against_bare(server: &KeyServer, phones: &[Phone]) -> Result<Against> {
    let mut against = Against::default();
    let Some(phone) = phones.first() else { return Ok(against) };
    let mut network = HttpNetwork::new(&server.address, &server.address, &[])?;
    let tag = list(&mut network, None)?.tag.unwrap_or_default();
    let Some(name) = phone.files.last() else { return Ok(against) };
    let file = fetch(&mut network, name)?;
    against.file_mb = file.body.len() as f64 / 1e6;
    server.bare_says(&tag, file.body);
    for _ in 0..TURNS {
        for (side, address) in [&server.address, &server.bare_address].into_iter().enumerate() {
            let mut polls = vec![(); 4_000];
            let begun = Instant::now();
            on_all(address, &mut polls, |network, ()| {
                let answer = list(network, Some(&tag))?;
                ensure!(answer.status == 304, "the list has changed");
                Ok(())
            })?;
            against.unchanged[side].push(polls.len() as f64 / begun.elapsed().as_secs_f64());
            let mut fetches = vec![(); 256];
            let begun = Instant::now();
            on_all(address, &mut fetches, |network, ()| fetch(network, name).map(|_| ()))?;
            against.file[side].push(fetches.len() as f64 / begun.elapsed().as_secs_f64());
        }
    }
    Ok(against)
}

fn report(load: Load, times: &Times, against: &Against) -> Report {
    let Load { hours, uploads, phones } = load;
    let cpu = times.cpu_s.iter().copied().fold(0.0, f64::max);
    let cores = std::thread::available_parallelism().map_or(1, usize::from) as f64;
    let wall = times.hour_s.iter().copied().fold(0.0, f64::max);
    let peak = times.peak_mb.iter().copied().fold(0.0, f64::max);
    let row = |what: String, value: String| vec![what, value];
    let latency = |what: &str, of: &Latencies| {
        let ms = |share| of.percentile_us(share) / 1_000.0;
        let said = format!("{:.1} / {:.1} / {:.1}", ms(0.5), ms(0.99), ms(1.0));
        row(format!("{what} ({}), ms: median, 99 of 100, slowest", of.len()), said)
    };
    let ratio = |[ours, bare]: &[Vec<f64>; 2]| {
        let (ours, bare) = (median(ours), median(bare));
        format!("{ours:.0} against {bare:.0} bare: {:.2}", ours / bare)
    };
    Report {
        name: "keys".to_owned(),
        title: format!("{hours} hours of a key server: {uploads} uploads an hour, {phones} phones looking"),
        method: format!(
            "The real key server on loopback, over HTTP, on a register with everything on. Every hour {uploads} uploads of \
             {KEYS} keys with certificates, then the hour passes, what is due is published and swept, and each of {phones} \
             phones asks for the list with its mark and fetches what is new: {THREADS} at a time, each question on a \
             connection of its own, as phones do. One phone reads and verifies every file. All is done as fast as it is \
             answered. Times of the processors and memory are those of the whole process: server, phones and the making of \
             their uploads on the same {cores} cores."
        ),
        bars: vec![
            Bar {
                what: format!("an hour's load within what {cores} cores have in an hour"),
                measured: format!("{cpu:.0} of {:.0} s in the dearest hour", 3_600.0 * cores),
                reached: cpu < 3_600.0 * cores,
            },
            Bar {
                what: "memory bounded: under 1 GB".to_owned(),
                measured: format!("{peak:.0} MB"),
                reached: peak < 1_000.0,
            },
        ],
        head: ["what", "value"].map(str::to_owned).to_vec(),
        rows: vec![
            latency("uploads", &times.uploads),
            latency("lists that were new", &times.lists),
            latency("lists that were not (304)", &times.unchanged),
            latency("files", &times.files),
            row("fetched in files, GB".to_owned(), format!("{:.1}", times.fetched_bytes as f64 / 1e9)),
            row("longest hour, s".to_owned(), format!("{wall:.1}")),
            row(
                "longest publication, s".to_owned(),
                format!("{:.2}", times.jobs_s.iter().copied().fold(0.0, f64::max)),
            ),
            row(
                "longest sweep, s".to_owned(),
                format!("{:.2}", times.sweep_s.iter().copied().fold(0.0, f64::max)),
            ),
            row("keys published, made-up ones included".to_owned(), times.published.to_string()),
            row("unchanged lists a second".to_owned(), ratio(&against.unchanged)),
            row(format!("files of {:.1} MB a second", against.file_mb), ratio(&against.file)),
        ],
    }
}

fn plot(times: &Times) -> Bars {
    let hours = times.hour_s.len();
    let values = |all: &[f64]| all.iter().map(|value| Some(*value)).collect();
    Bars {
        title: "Each hour of the load".to_owned(),
        unit: "s".to_owned(),
        groups: (1..=hours).map(|hour| hour.to_string()).collect(),
        series: vec![
            Series { name: "by the clock".to_owned(), values: values(&times.hour_s) },
            Series { name: "of the processors".to_owned(), values: values(&times.cpu_s) },
        ],
        scale: Scale::Linear,
    }
}
