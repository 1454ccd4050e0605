//! The town as a table and as a picture: lines that differ by pattern as well as by colour, with the words beside them.

use std::fmt::Write as _;

use super::bars;
use super::tally::{Held, Rate};

/// What stands above the picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub(super) people: usize,
    pub(super) days: u32,
    pub(super) seed: u64,
}

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
    row("tested positive and warned others", &|rate| {
        if rate.adoption == 0 { "-".to_owned() } else { rate.outcome.warned_others.to_string() }
    });
    row("chains brought in", &|rate| rate.outcome.chains.to_string());
    row("chains that ended", &|rate| rate.outcome.chains_ended.to_string());
    row("people in the longest chain", &|rate| rate.outcome.longest_chain.to_string());
    row("most sightings on all phones at once", &|rate| most(rate, |held| held.sightings));
    row("most keys in published files at once", &|rate| most(rate, |held| held.keys));
    let registers: std::collections::BTreeSet<&String> =
        rates.iter().flat_map(|rate| &rate.outcome.held).flat_map(|held| held.records.keys()).collect();
    for register in registers {
        row(&format!("most records of {register} at once"), &|rate| {
            most(rate, |held| held.records.get(register).copied().unwrap_or(0))
        });
    }
    text
}

/// What the private statistics said of the last day that they counted.
pub(super) fn counted(rates: &[Rate]) -> String {
    let mut text = String::new();
    for rate in rates {
        if rate.adoption == 0 {
            continue;
        }
        let Some(counted) = rate.counted else {
            let _ = writeln!(
                text,
                "app {} %: too few phones for the private statistics to say anything",
                rate.adoption
            );
            continue;
        };
        let _ = writeln!(
            text,
            "app {} %: the private statistics say {} phones, and there are {} ({} reports not taken, {} records held back by the brake)",
            rate.adoption, counted.phones, counted.truly, counted.not_taken, counted.held_back
        );
    }
    text
}

fn most(rate: &Rate, of: impl Fn(&Held) -> u64) -> String {
    if rate.adoption == 0 {
        return "-".to_owned();
    }
    rate.outcome.held.iter().map(of).max().unwrap_or(0).to_string()
}

pub(super) const WIDTH: f64 = 880.0;
const HEIGHT: f64 = 260.0;
pub(super) const LEFT: f64 = 64.0;
pub(super) const RIGHT: f64 = 200.0;
const TOP: f64 = 60.0;
/// From the top of one part to that of the next.
const STEP: f64 = HEIGHT + 100.0;
/// Who holds what is shown, by the word behind the name of a register, and what that body is called.
const BODIES: [(&str, &str); 4] = [
    ("(keys)", "Records at the key server"),
    ("(verification)", "Records at the verification server"),
    ("(leader)", "Records at the leader of the statistics"),
    ("(helper)", "Records at the helper of the statistics"),
];

/// Colours that are told apart by people who see few, and patterns for those who see none.
const LINES: [(&str, &str); 7] = [
    ("#202020", "none"),
    ("#b34a00", "2 4"),
    ("#0b6e4f", "10 4"),
    ("#1f5fa8", "10 3 2 3"),
    ("#7a2f8f", "1 2"),
    ("#8a6d00", "14 3 2 3 2 3"),
    ("#5a5a5a", "6 6"),
];

/// The picture, a whole file.
pub(super) fn svg(head: Head, rates: &[Rate]) -> String {
    let infected = rates.iter().map(|rate| Line {
        name: name(rate),
        values: rate.outcome.infected.iter().map(|many| to_f64(*many as u64)).collect(),
    });
    let title = format!("People infected, by day ({} people, seed {})", head.people, head.seed);
    let mut parts = String::new();
    panel(&mut parts, TOP, &title, &infected.collect::<Vec<_>>());
    let mut top = TOP + STEP;
    top += bars::draw(&mut parts, top, rates);
    if let Some(last) = rates.iter().filter(|rate| rate.adoption > 0).max_by_key(|rate| rate.adoption) {
        for (word, title) in BODIES {
            let lines = held_by(last, word);
            if !lines.is_empty() {
                let title = format!("{title}, by day ({})", name(last));
                panel(&mut parts, top, &title, &lines);
                top += STEP;
            }
        }
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {:.0}\" role=\"img\" aria-labelledby=\"title text\" font-family=\"sans-serif\" font-size=\"14\">\n<title id=\"title\">A town with and without the app</title>\n<desc id=\"text\">{}</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{parts}</svg>\n",
        top - 40.0,
        in_words(head, rates),
    )
}

/// What one body held, a line for each register of which it ever held anything.
fn held_by(rate: &Rate, word: &str) -> Vec<Line> {
    let registers: std::collections::BTreeSet<&String> =
        rate.outcome.held.iter().flat_map(|held| held.records.keys()).collect();
    let of_body = registers.into_iter().filter(|register| register.ends_with(word));
    let line = |register: &String| Line {
        name: register.trim_end_matches(word).trim_end().to_owned(),
        values: rate
            .outcome
            .held
            .iter()
            .map(|held| to_f64(held.records.get(register).copied().unwrap_or(0)))
            .collect(),
    };
    of_body.map(line).filter(|line| line.values.iter().any(|value| *value > 0.0)).collect()
}

struct Line {
    name: String,
    values: Vec<f64>,
}

pub(super) fn name(rate: &Rate) -> String {
    if rate.adoption == 0 { "no app".to_owned() } else { format!("app {} %", rate.adoption) }
}

fn in_words(head: Head, rates: &[Rate]) -> String {
    let ends: Vec<String> = rates
        .iter()
        .map(|rate| {
            format!("{}: {} infected", name(rate), rate.outcome.infected.last().copied().unwrap_or(0))
        })
        .collect();
    format!("After {} days {}.", head.days, ends.join(", "))
}

#[expect(clippy::cast_precision_loss, reason = "a place in a drawing")]
pub(super) const fn to_f64(number: u64) -> f64 {
    number as f64
}

fn panel(drawn: &mut String, top: f64, title: &str, lines: &[Line]) {
    let highest = lines.iter().flat_map(|line| &line.values).fold(1.0_f64, |top, value| top.max(*value));
    let days = lines.iter().map(|line| line.values.len()).max().unwrap_or(1).max(2);
    let x = |day: usize| LEFT + (WIDTH - LEFT - RIGHT) * to_f64(day as u64) / to_f64(days as u64 - 1);
    let y = |value: f64| top + HEIGHT * (1.0 - value / highest);
    let _ = writeln!(
        drawn,
        "<text x=\"{LEFT}\" y=\"{:.0}\" font-size=\"18\" fill=\"#202020\">{}</text>",
        top - 22.0,
        escaped(title)
    );
    for part in 0..=4_u32 {
        let value = highest * f64::from(part) / 4.0;
        let (at, right) = (y(value), WIDTH - RIGHT);
        let _ = writeln!(
            drawn,
            "<line x1=\"{LEFT}\" x2=\"{right:.0}\" y1=\"{at:.1}\" y2=\"{at:.1}\" stroke=\"#d0d0d0\"/><text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#404040\">{value:.0}</text>",
            LEFT - 8.0,
            at + 5.0
        );
    }
    for day in (0..days).step_by(10) {
        let _ = writeln!(
            drawn,
            "<text x=\"{:.1}\" y=\"{:.0}\" text-anchor=\"middle\" fill=\"#404040\">{day}</text>",
            x(day),
            top + HEIGHT + 22.0
        );
    }
    // Names that would lie on each other are moved apart.
    let mut ends: Vec<(f64, usize)> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| (y(line.values.last().copied().unwrap_or(0.0)), at))
        .collect();
    ends.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut floor = top - 20.0;
    for end in &mut ends {
        end.0 = end.0.max(floor + 17.0);
        floor = end.0;
    }
    for (at, line) in lines.iter().enumerate() {
        let (colour, dashes) = LINES.get(at % LINES.len()).copied().unwrap_or(("#202020", "none"));
        let points: Vec<String> = line
            .values
            .iter()
            .enumerate()
            .map(|(day, value)| format!("{:.1},{:.1}", x(day), y(*value)))
            .collect();
        let _ = writeln!(
            drawn,
            "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\" stroke-dasharray=\"{dashes}\" points=\"{}\"/>",
            points.join(" ")
        );
        let end = ends.iter().find(|(_, which)| *which == at).map_or(top, |(end, _)| *end);
        let _ = writeln!(
            drawn,
            "<text x=\"{:.0}\" y=\"{:.1}\" fill=\"{colour}\">{}</text>",
            WIDTH - RIGHT + 8.0,
            end + 5.0,
            escaped(&line.name)
        );
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
