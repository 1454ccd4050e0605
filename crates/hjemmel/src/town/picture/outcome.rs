//! What came of the town at each rate of adoption: who was warned in time, which chains ended, how many were infected.

use notice::Lang;

use super::lines::{Line, Plot, plot};
use super::paper::{EDGE, Paper, Side, WIDTH};
use super::{Rate, ever_infected, name, place, words, written};

/// Where rows begin after their names.
const BESIDE: f64 = 92.0;
/// Free for the numbers behind dots.
const BEHIND: f64 = 104.0;

/// A bar for each rate: before they could infect, while they could, not in time.
pub(super) fn warned(paper: &mut Paper, rates: &[Rate], lang: Lang) {
    paper.heading(words::WARNED.of(lang));
    let infected = |rate: &Rate| {
        let outcome = &rate.outcome;
        outcome.warned_in_time + outcome.warned_late + outcome.not_warned
    };
    let most = rates.iter().map(infected).max().unwrap_or(0).max(1);
    let scale = (WIDTH - EDGE - BESIDE) / place(most as u64);
    for rate in rates {
        let outcome = &rate.outcome;
        paper.down += 20.0;
        let parts = [outcome.warned_in_time, outcome.warned_late, outcome.not_warned];
        let numbers = parts.map(|many| written(many, lang));
        let row = words::WARNED_ROW.with(lang, &numbers.each_ref().map(String::as_str));
        paper.text(EDGE, paper.down + 12.0, "n", Side::Right, &name(rate, lang));
        paper.text(BESIDE, paper.down, "s", Side::Right, &row);
        let mut x = BESIDE;
        for (many, class) in parts.into_iter().zip(["a", "b", "c"]) {
            let wide = place(many as u64) * scale;
            if many > 0 {
                paper.bar((x, paper.down + 5.0), (wide, 13.0), class);
            }
            x += wide;
        }
        paper.down += 20.0;
    }
}

/// A dot for each chain: full if it ended.
pub(super) fn chains(paper: &mut Paper, rates: &[Rate], lang: Lang) {
    paper.heading(words::CHAINS.of(lang));
    paper.lines("s", words::CHAINS_NOTE.of(lang));
    let most = rates.iter().map(|rate| rate.outcome.chains).max().unwrap_or(0).max(1);
    let step = ((WIDTH - EDGE - BEHIND - BESIDE) / place(most as u64)).min(17.0);
    let radius = step * 0.36;
    for rate in rates {
        let outcome = &rate.outcome;
        paper.down += 22.0;
        paper.text(EDGE, paper.down, "n", Side::Right, &name(rate, lang));
        for chain in 0..outcome.chains {
            let at = (BESIDE + step * (place(chain as u64) + 0.5), paper.down - 4.5);
            paper.dot(at, radius, if chain < outcome.chains_ended { "a" } else { "e" });
        }
        let numbers = [outcome.chains_ended, outcome.chains].map(|many| written(many, lang));
        let row = words::CHAINS_ROW.with(lang, &numbers.each_ref().map(String::as_str));
        paper.text(WIDTH - EDGE, paper.down, "s", Side::Left, &row);
    }
}

/// A line for each rate.
pub(super) fn infected(paper: &mut Paper, rates: &[Rate], lang: Lang) {
    paper.heading(words::INFECTED.of(lang));
    let lines: Vec<Line> = rates
        .iter()
        .map(|rate| Line {
            name: format!("{} {}", written(ever_infected(rate), lang), name(rate, lang)),
            values: rate.outcome.infected.iter().map(|many| place(*many as u64)).collect(),
        })
        .collect();
    plot(paper, &lines, Plot { high: 150.0, right: 104.0 }, lang);
}

/// All of it in words.
pub(super) fn in_words(rates: &[Rate], lang: Lang) -> String {
    let one = |rate: &Rate| {
        let outcome = &rate.outcome;
        let said = |text: words::Text, numbers: &[usize]| {
            let gaps: Vec<String> = numbers.iter().map(|many| written(*many, lang)).collect();
            text.with(lang, &gaps.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let warned =
            said(words::WARNED_ROW, &[outcome.warned_in_time, outcome.warned_late, outcome.not_warned]);
        let chains = said(words::CHAINS_ROW, &[outcome.chains_ended, outcome.chains]);
        format!(
            "{}: {} {}. {}: {warned}. {}: {chains}.",
            name(rate, lang),
            words::INFECTED.of(lang),
            written(ever_infected(rate), lang),
            words::WARNED.of(lang),
            words::CHAINS.of(lang),
        )
    };
    rates.iter().map(one).collect::<Vec<_>>().join(" ")
}
