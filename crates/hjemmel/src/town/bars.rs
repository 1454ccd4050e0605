//! Who was warned in time, and how many chains ended: one bar for each rate of adoption, with the numbers beside it.

use std::fmt::Write as _;

use super::picture::{LEFT, RIGHT, WIDTH, name, to_f64};
use super::tally::Rate;

/// From one bar to the next.
const ROW: f64 = 30.0;
const THICK: f64 = 20.0;
/// Parts of a bar, told apart by how dark they are: also by those who see no colours.
const PARTS: [&str; 3] = ["#0b3d2e", "#4f9d7c", "#d9d9d9"];

/// How many, and in which colour.
type Parts = Vec<(usize, &'static str)>;

/// Draws both groups of bars below a top; how high they are.
pub(super) fn draw(drawn: &mut String, top: f64, rates: &[Rate]) -> f64 {
    let with_app: Vec<&Rate> = rates.iter().filter(|rate| rate.adoption > 0).collect();
    if with_app.is_empty() {
        return 0.0;
    }
    let warned = with_app.iter().map(|rate| {
        let outcome = &rate.outcome;
        let parts = [outcome.warned_in_time, outcome.warned_late, outcome.not_warned];
        (name(rate), parts.into_iter().zip(PARTS).collect())
    });
    let title = "Infected in the town: warned before they could infect (dark), while they could (middle), not in time (light)";
    let first = group(drawn, top, title, &warned.collect::<Vec<_>>());
    let chains = rates.iter().map(|rate| {
        let (all, ended) = (rate.outcome.chains, rate.outcome.chains_ended);
        (name(rate), vec![(ended, PARTS[0]), (all.saturating_sub(ended), PARTS[2])])
    });
    let title = "Chains of infection: ended (dark), not ended (light)";
    first + group(drawn, top + first, title, &chains.collect::<Vec<_>>())
}

fn group(drawn: &mut String, top: f64, title: &str, bars: &[(String, Parts)]) -> f64 {
    let _ = writeln!(
        drawn,
        "<text x=\"{LEFT}\" y=\"{:.0}\" font-size=\"15\" fill=\"#202020\">{title}</text>",
        top - 12.0
    );
    let most = bars
        .iter()
        .map(|(_, parts)| parts.iter().map(|(many, _)| many).sum::<usize>())
        .max()
        .unwrap_or(0)
        .max(1);
    let scale = (WIDTH - LEFT - RIGHT - 40.0) / to_f64(most as u64);
    for (row, (name, parts)) in bars.iter().enumerate() {
        let y = top + ROW * to_f64(row as u64);
        let mut x = LEFT + 40.0;
        let _ = writeln!(
            drawn,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\" fill=\"#404040\">{name}</text>",
            LEFT + 32.0,
            y + 15.0
        );
        for (part, colour) in parts {
            let width = to_f64(*part as u64) * scale;
            let _ = writeln!(
                drawn,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{THICK}\" fill=\"{colour}\" stroke=\"#202020\"/>"
            );
            x += width;
        }
        let numbers: Vec<String> = parts.iter().map(|(many, _)| many.to_string()).collect();
        let _ = writeln!(
            drawn,
            "<text x=\"{:.1}\" y=\"{:.0}\" fill=\"#202020\">{}</text>",
            x + 8.0,
            y + 15.0,
            numbers.join(" / ")
        );
    }
    ROW * to_f64(bars.len() as u64) + 50.0
}
