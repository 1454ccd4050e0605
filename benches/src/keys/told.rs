//! What a town's day is told as: a line an hour, a table, a plot.

use super::bill::PARTIES;
use super::day::{Hour, Load, Seen};
use super::looks::Against;
use super::reports::QUESTIONS;
use super::town::DAYS;
use super::{FETCHING, THREADS};
use crate::report::{Bar, Bars, Latencies, Report, Scale, Series, median};

/// One hour.
pub(super) fn line(hour: u32, took: &Hour) -> String {
    let [verification, keys, broker] = took.bill.parties_s;
    format!(
        "hour {hour}: {:.0} s; of the processors {verification:.1} s verification, {keys:.1} s keys, {broker:.1} s broker, \
         {:.1} s in all; list {:.1} s, due {:.1} and {:.1} s; {:.0} MB, {:.0} at most",
        took.clock_s,
        took.bill.all_s,
        took.list_s,
        took.due_s[0],
        took.due_s[1],
        took.bill.resident_mb,
        took.bill.peak_mb,
    )
}

fn row(what: impl Into<String>, value: impl Into<String>) -> Vec<String> {
    vec![what.into(), value.into()]
}

fn latency(what: &str, of: &Latencies) -> Vec<String> {
    let ms = |share| of.percentile_us(share) / 1_000.0;
    let said = format!("{:.1} / {:.1} / {:.1}", ms(0.5), ms(0.99), ms(1.0));
    row(format!("{what} ({}), ms: median, 99 of 100, slowest", of.len()), said)
}

fn ratio([ours, bare]: &[Vec<f64>; 2]) -> String {
    let (ours, bare) = (median(ours), median(bare));
    format!("{ours:.0} against {bare:.0} bare: {:.2}", ours / bare)
}

/// The first third of the hours, the last third, and the most of all.
fn course(seen: &Seen, what: impl Fn(&Hour) -> f64) -> String {
    let all: Vec<f64> = seen.hours.iter().map(what).collect();
    let third = all.len().div_ceil(3);
    let (first, last) = (all.get(..third), all.get(all.len() - third..));
    let most = all.iter().copied().fold(0.0, f64::max);
    format!("{:.1} / {:.1} / {most:.1}", median(first.unwrap_or_default()), median(last.unwrap_or_default()))
}

fn held(held: &[std::collections::BTreeMap<String, u64>; 2]) -> String {
    let told = held.iter().map(|body| {
        let records: Vec<String> =
            body.iter().filter(|(_, many)| **many > 0).map(|(name, many)| format!("{many} {name}")).collect();
        if records.is_empty() { "nothing".to_owned() } else { records.join(", ") }
    });
    told.collect::<Vec<_>>().join("; ")
}

/// The table.
pub(super) fn report(load: Load, seen: &Seen, against: &Against) -> Report {
    let Load { hours, uploads, phones } = load;
    let cores = std::thread::available_parallelism().map_or(1, usize::from) as f64;
    let most = |what: fn(&Hour) -> f64| seen.hours.iter().map(what).fold(0.0, f64::max);
    let (cpu, peak) = (most(|hour| hour.bill.all_s), most(|hour| hour.bill.peak_mb));
    let mut rows = Vec::new();
    for (at, party) in PARTIES.iter().enumerate() {
        rows.push(row(
            format!("{party}, s of the processors an hour: first third, last third, most"),
            course(seen, |hour| hour.bill.parties_s[at]),
        ));
    }
    rows.push(row(
        "browsers and phones, s of the processors an hour: the same",
        course(seen, |hour| hour.bill.all_s - hour.bill.parties_s.iter().sum::<f64>()),
    ));
    rows.push(row("memory after an hour, MB: the same", course(seen, |hour| hour.bill.resident_mb)));
    rows.push(row("most memory in an hour, MB: the same", course(seen, |hour| hour.bill.peak_mb)));
    rows.push(row("the institute's list, s: the same", course(seen, |hour| hour.list_s)));
    rows.push(row("jobs and sweep of verification, s: the same", course(seen, |hour| hour.due_s[0])));
    rows.push(row("jobs, exports and sweep of keys, s: the same", course(seen, |hour| hour.due_s[1])));
    rows.push(latency("login, questions, code", &seen.reports.codes));
    rows.extend(QUESTIONS.iter().zip(&seen.reports.questions).map(|(path, of)| latency(path, of)));
    rows.push(latency("lists that were new", &seen.looks.lists));
    rows.push(latency("lists that were not (304)", &seen.looks.unchanged));
    rows.push(latency("files", &seen.looks.files));
    rows.push(row("fetched in files, GB", format!("{:.1}", seen.looks.fetched_bytes as f64 / 1e9)));
    rows.push(row(
        "keys acknowledged; published, made-up ones included",
        format!("{}; {}", seen.account.many_acknowledged(), seen.account.many_published()),
    ));
    rows.push(row("hours until the last was out", seen.hours_after.to_string()));
    rows.push(row("held after the load: verification; keys", held(&seen.held)));
    rows.push(row("held when every key was out", held(&seen.held_after)));
    rows.push(row("unchanged lists a second", ratio(&against.unchanged)));
    rows.push(row(format!("files of {:.1} MB a second", against.file_mb), ratio(&against.file)));
    Report {
        name: "keys".to_owned(),
        title: format!("{hours} hours of smitte|stop: {uploads} reports an hour, {phones} phones looking"),
        method: format!(
            "The real verification server and the real key server on loopback, over HTTP, each on a register with \
             everything on; only the login broker is played. Every hour the institute's list comes, and in six parts {uploads} people log \
             in, answer, read a code, and their phones (the real ones, with {DAYS} keys) ask for a token, a certificate and \
             an upload; after each part the clock goes on and what is due is published and swept at both; at the end each of {phones} phones asks \
             for the list with its mark and fetches what is new, {FETCHING} at a time. {THREADS} people are at it at a time; each \
             question has a connection of its own. A report that is refused, or that a phone must try twice, ends the run. One phone reads and verifies \
             every file; each acknowledged key must be in one, and none twice. All is done as fast as it is answered. \
             Seconds of the processors are counted by thread; memory is that of the whole process: both servers, broker, \
             browsers and phones."
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
        rows,
    }
}

/// The hours side by side.
pub(super) fn plot(seen: &Seen) -> Bars {
    let values = |what: fn(&Hour) -> f64| seen.hours.iter().map(|hour| Some(what(hour))).collect();
    Bars {
        title: "Each hour of the load".to_owned(),
        unit: "s of the processors".to_owned(),
        groups: (1..=seen.hours.len()).map(|hour| hour.to_string()).collect(),
        series: vec![
            Series { name: "verification".to_owned(), values: values(|hour| hour.bill.parties_s[0]) },
            Series { name: "keys".to_owned(), values: values(|hour| hour.bill.parties_s[1]) },
            Series { name: "in all".to_owned(), values: values(|hour| hour.bill.all_s) },
        ],
        scale: Scale::Linear,
    }
}
