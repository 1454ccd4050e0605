//! What the servers held, a small line for each register; and what somebody on the line sees of those who warn.

use std::collections::{BTreeMap, BTreeSet};

use notice::Lang;

use super::super::tally::{Held, Lengths};
use super::paper::{EDGE, Paper, Side, WIDTH};
use super::words::{self, number};
use super::{Rate, place, written};

/// Who holds what is shown, by the words behind the name of a register. Both bodies of the statistics hold the same kinds: the larger one stands for each.
const BODIES: [(words::Text, &[&str]); 3] = [
    (words::VERIFICATION, &["(verification)"]),
    (words::KEYS, &["(keys)"]),
    (words::STATISTICS, &["(leader)", "(helper)"]),
];
/// From where to where a small line goes.
const FROM: f64 = 216.0;
const TO: f64 = WIDTH - EDGE - 58.0;
const HIGH: f64 = 17.0;

/// Draws what was held at one rate.
pub(super) fn draw(paper: &mut Paper, rate: &Rate, lang: Lang) {
    paper.heading(words::HELD.of(lang));
    paper.lines("s", &words::HELD_NOTE.with(lang, &[&rate.adoption.to_string()]));
    for (body, at) in BODIES {
        let registers = registers_of(&rate.outcome.held, at);
        if registers.is_empty() {
            continue;
        }
        paper.down += 24.0;
        paper.text(EDGE, paper.down, "n", Side::Right, body.of(lang));
        paper.down += 2.0;
        for (register, values) in registers {
            row(paper, &words::register(&register, lang), &values, lang);
        }
    }
}

fn row(paper: &mut Paper, name: &str, values: &[u64], lang: Lang) {
    paper.down += 23.0;
    let foot = paper.down;
    let most = values.iter().copied().max().unwrap_or(0);
    let days = place((values.len() as u64).saturating_sub(1)).max(1.0);
    let points: Vec<(f64, f64)> = values
        .iter()
        .zip(0_u64..)
        .map(|(value, day)| {
            let x = FROM + (TO - FROM) * place(day) / days;
            (x, foot - HIGH * place(*value) / place(most).max(1.0))
        })
        .collect();
    paper.text(EDGE + 8.0, foot, "s", Side::Right, name);
    paper.area(&points, foot);
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    paper.text(WIDTH - EDGE, foot, "", Side::Left, &number(most, lang));
}

/// Records by day of each register that ever held anything, the fullest first.
fn registers_of(held: &[Held], at: &[&str]) -> Vec<(String, Vec<u64>)> {
    let keys: BTreeSet<&String> = held.iter().flat_map(|day| day.records.keys()).collect();
    let mut registers: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for key in keys {
        let Some(name) = at.iter().find_map(|body| key.strip_suffix(body)).map(str::trim_end) else {
            continue;
        };
        let by_day: Vec<u64> = held.iter().map(|day| day.records.get(key).copied().unwrap_or(0)).collect();
        let known = registers.entry(name.to_owned()).or_insert_with(|| vec![0; by_day.len()]);
        known.iter_mut().zip(&by_day).for_each(|(known, new)| *known = (*known).max(*new));
    }
    let mut registers: Vec<_> =
        registers.into_iter().filter(|(_, values)| values.iter().any(|value| *value > 0)).collect();
    registers.sort_by_key(|(_, values)| std::cmp::Reverse(values.iter().copied().max()));
    registers
}

/// Questions in earnest among decoys.
pub(super) fn decoys(paper: &mut Paper, rate: &Rate, lang: Lang) {
    let asked = &rate.outcome.asked;
    paper.heading(words::DECOYS.of(lang));
    let many = |many: u64| number(i64::try_from(many).unwrap_or(i64::MAX), lang);
    let gaps = [
        many(asked.real.many() + asked.decoys.many()),
        many(asked.real.many()),
        written(rate.outcome.warned_others, lang),
    ];
    paper.lines("", &words::DECOYS_COUNT.with(lang, &gaps.each_ref().map(String::as_str)));
    let (real, decoys) = (span(asked.real.uploads, lang), span(asked.decoys.uploads, lang));
    if let (Some(real), Some(decoys)) = (real, decoys) {
        paper.lines("s", &words::DECOYS_LENGTHS.with(lang, &[&real, &decoys]));
    }
}

fn span(lengths: Lengths, lang: Lang) -> Option<String> {
    let (least, most) = lengths.bytes?;
    Some(format!("{}\u{2013}{}", written(least, lang), written(most, lang)))
}
