//! A town's day at both bodies of smitte|stop: every hour ten thousand people warn, each with her login, code, certificate
//! and upload, and two thousand phones look at what is new.

use std::collections::BTreeMap;
use std::time::Instant;

use anyhow::{Result, ensure};
use jiff::SignedDuration;

use super::account::Account;
use super::bill::Bill;
use super::house::{Used, here};
use super::looks::{self, Phone, against_bare, look, read_and_verify};
use super::reports::{self, warn};
use super::told;
use super::town::{DAYS, Town};

/// Hours after the last upload in which every key must have come out: a key of today is good until midnight, embargoed
/// for two hours more, and its window lasts two hours and is published two hours later.
const HOURS_AFTER: u32 = 36;

/// In so many parts the reports of an hour come, each as fast as it is answered: no more in a minute of the servers' clock
/// than one address may ask that many people share.
const PARTS: u32 = 6;

/// How much of it.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// Hours.
    pub hours: u32,
    /// Reports an hour.
    pub uploads: u32,
    /// Phones, each of which looks once an hour: four times as often as the app does.
    pub phones: usize,
}

/// What an hour took.
pub(super) struct Hour {
    pub(super) clock_s: f64,
    /// Of the processors, by party and in all.
    pub(super) bill: Bill,
    pub(super) due_s: [f64; 2],
    pub(super) list_s: f64,
}

/// All that was seen.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) hours: Vec<Hour>,
    pub(super) reports: reports::Times,
    pub(super) looks: looks::Times,
    pub(super) account: Account,
    /// What the servers held after the last hour of the load, and when every key was out.
    pub(super) held: [BTreeMap<String, u64>; 2],
    pub(super) held_after: [BTreeMap<String, u64>; 2],
    pub(super) hours_after: u32,
}

/// Runs it and writes the report; whether every bar was reached.
///
/// # Errors
/// When a report is refused, a key is lost, or one is published twice.
pub fn run(load: Load) -> Result<bool> {
    let folder = here()?;
    let town = Town::open(folder.path(), 2 * load.uploads)?;
    let mut phones = vec![Phone::default(); load.phones];
    let mut reader = Phone::default();
    let mut seen = Seen::default();
    for hour in 1..=load.hours {
        let took = one_hour(&town, load, hour, &mut phones, &mut reader, &mut seen)?;
        println!("{}", told::line(hour, &took));
        seen.hours.push(took);
    }
    seen.held = town.holds()?;
    ensure!(
        seen.account.many_acknowledged() == (load.hours * load.uploads * DAYS) as usize,
        "a phone has sent fewer keys than it has"
    );
    // No report comes any more: what is embargoed comes out by itself.
    while seen.account.missing()? > 0 && seen.hours_after < HOURS_AFTER {
        seen.hours_after += 1;
        pass_until(&town, 60 * (load.hours + seen.hours_after));
        town.run_due()?;
        read_and_verify(&town, &mut reader, &mut seen.account)?;
    }
    let missing = seen.account.missing()?;
    ensure!(missing == 0, "{missing} acknowledged keys were never published");
    seen.held_after = town.holds()?;
    let against = against_bare(&town, &reader)?;
    let report = told::report(load, &seen, &against);
    report.write(&told::plot(&seen))?;
    Ok(report.reached())
}

fn pass_until(town: &Town, minute: u32) {
    town.clock.pass_until(SignedDuration::from_mins(minute.into()));
}

fn one_hour(
    town: &Town,
    load: Load,
    hour: u32,
    phones: &mut [Phone],
    reader: &mut Phone,
    seen: &mut Seen,
) -> Result<Hour> {
    let (begun, before) = (Instant::now(), Bill::now()?);
    Used::forget_peak()?;
    // Who tested positive of late: those of the hour before stay on the list, and those before them fall off it.
    let first = (hour - 1) * load.uploads;
    town.lists(first.saturating_sub(load.uploads)..first + load.uploads)?;
    let list_s = begun.elapsed().as_secs_f64();
    let mut due_s = [0.0, 0.0];
    for part in 0..PARTS {
        let people = [part, part + 1].map(|part| first + part * load.uploads / PARTS);
        warn(town, people[0]..people[1], &mut seen.reports, &mut seen.account)?;
        pass_until(town, (hour - 1) * 60 + (part + 1) * 60 / PARTS);
        let took = town.run_due()?;
        due_s.iter_mut().zip(took).for_each(|(all, took)| *all += took);
    }
    read_and_verify(town, reader, &mut seen.account)?;
    look(town, phones, &mut seen.looks)?;
    let bill = Bill::now()?.since(&before);
    Ok(Hour { clock_s: begun.elapsed().as_secs_f64(), bill, due_s, list_s })
}
