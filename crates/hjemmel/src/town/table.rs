//! The town as a table, the same for the same seed; and below it what the private statistics said, with noise that is not.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::picture::Head;
use super::tally::{Counted, Held, Lengths, Rate, Told};

/// A table of what came of each rate, and of what the servers held.
pub(super) fn table(head: Head, rates: &[Rate]) -> String {
    let mut text = format!("{} people, {} days, seed {}\n\n", head.people, head.days, head.seed);
    let mut row = |name: &str, cell: &dyn Fn(&Rate) -> String| {
        let cells: String = rates.iter().map(|rate| format!("{:>12}", cell(rate))).collect();
        let _ = writeln!(text, "{name:<52}{cells}");
    };
    row("", &|rate| {
        if rate.adoption == 0 { "no app".to_owned() } else { format!("app {} %", rate.adoption) }
    });
    row("infected", &|rate| rate.outcome.infected.last().copied().unwrap_or(0).to_string());
    row("others infected by each who is over it", &|rate| format!("{:.2}", rate.outcome.reproduction));
    row("warned before they could infect", &|rate| rate.outcome.warned_in_time.to_string());
    row("warned while they could infect", &|rate| rate.outcome.warned_late.to_string());
    row("infected and not warned in time", &|rate| rate.outcome.not_warned.to_string());
    row("warned and not infected", &|rate| rate.outcome.warned_in_vain.to_string());
    row("tested positive and warned others", &|rate| with_app(rate, rate.outcome.warned_others));
    row("chains brought in", &|rate| rate.outcome.chains.to_string());
    row("chains that ended", &|rate| rate.outcome.chains_ended.to_string());
    row("people in the longest chain", &|rate| rate.outcome.longest_chain.to_string());
    row("most sightings on all phones at once", &|rate| most(rate, |held| held.sightings));
    row("most keys in published files at once", &|rate| most(rate, |held| held.keys));
    row("questions of warnings", &|rate| with_app(rate, rate.outcome.asked.real.many()));
    row("questions of decoys", &|rate| with_app(rate, rate.outcome.asked.decoys.many()));
    row("decoys not answered like the others", &|rate| with_app(rate, rate.outcome.asked.not_answered));
    row("bytes of uploads in earnest", &|rate| with_app(rate, span(rate.outcome.asked.real.uploads)));
    row("bytes of uploads of decoys", &|rate| with_app(rate, span(rate.outcome.asked.decoys.uploads)));
    let registers: BTreeSet<&String> =
        rates.iter().flat_map(|rate| &rate.outcome.held).flat_map(|held| held.records.keys()).collect();
    for register in registers {
        row(&format!("most records of {register} at once"), &|rate| {
            most(rate, |held| held.records.get(register).copied().unwrap_or(0))
        });
    }
    text
}

/// What the private statistics said, beside what is true.
pub(super) fn counted(rates: &[Rate]) -> String {
    let mut text = String::new();
    for rate in rates.iter().filter(|rate| rate.adoption > 0) {
        let _ = match &rate.counted {
            None => writeln!(
                text,
                "app {} %: too few phones for the private statistics to say anything",
                rate.adoption
            ),
            Some(counted) => writeln!(text, "app {} %: {}", rate.adoption, said(counted)),
        };
    }
    text
}

fn said(counted: &Counted) -> String {
    let published = counted.days.iter().filter_map(|day| day.said.map(|said| (said, day.truly)));
    let (mut said, mut truly, mut days) = (Told::default(), Told::default(), 0);
    let mut last = (Told::default(), Told::default());
    for (one, other) in published {
        days += 1;
        said.warned += one.warned;
        truly.warned += other.warned;
        said.warned_others += one.warned_others;
        truly.warned_others += other.warned_others;
        last = (one, other);
    }
    format!(
        "the private statistics say {} phones, and there are {}; over {days} days they say {} warned, and there were {}; {} warned others, and there were {} ({} reports not taken, {} records held back by the brake)",
        last.0.phones,
        last.1.phones,
        said.warned,
        truly.warned,
        said.warned_others,
        truly.warned_others,
        counted.not_taken,
        counted.held_back
    )
}

fn span(lengths: Lengths) -> String {
    lengths.bytes.map_or_else(|| "-".to_owned(), |(least, most)| format!("{least}-{most}"))
}

fn with_app(rate: &Rate, cell: impl ToString) -> String {
    if rate.adoption == 0 { "-".to_owned() } else { cell.to_string() }
}

fn most(rate: &Rate, of: impl Fn(&Held) -> u64) -> String {
    with_app(rate, rate.outcome.held.iter().map(of).max().unwrap_or(0))
}
