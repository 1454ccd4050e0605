//! What the private statistics published, as dots, over what is true and only the town knows.

use notice::Lang;

use super::super::counting::REPORTS_MIN;
use super::super::tally::{CountedDay, Told};
use super::lines::round_step;
use super::paper::{EDGE, Paper, Side, WIDTH};
use super::words::{self, number};
use super::{Rate, place};

/// Three small plots beside each other.
const APART: f64 = 22.0;
const WIDE: f64 = (WIDTH - 2.0 * EDGE - 2.0 * APART) / 3.0;
const HIGH: f64 = 76.0;

/// One of the three: what it is called, and which part of what was told.
type Part = (words::Text, fn(&Told) -> i64);

/// Draws what was counted at one rate.
pub(super) fn draw(paper: &mut Paper, rate: &Rate, lang: Lang) {
    paper.heading(words::COUNTED.of(lang));
    let Some(counted) = &rate.counted else {
        let least = number(i64::try_from(REPORTS_MIN).unwrap_or(i64::MAX), lang);
        paper.lines("s", &words::COUNTED_NOTHING.with(lang, &[&least]));
        return;
    };
    paper.lines("s", &words::COUNTED_NOTE.with(lang, &[&rate.adoption.to_string()]));
    let parts: [Part; 3] = [
        (words::PHONES, |told| told.phones),
        (words::WERE_WARNED, |told| told.warned),
        (words::WARNED_OTHERS, |told| told.warned_others),
    ];
    paper.down += 20.0;
    let top = paper.down + 22.0;
    for (at, (name, part)) in (0_u64..).zip(parts) {
        let left = EDGE + (WIDE + APART) * place(at);
        paper.text(left, paper.down, "n", Side::Right, name.of(lang));
        small(paper, (left, top), &counted.days, part, lang);
    }
    paper.down = top + HIGH + 18.0;
}

fn small(
    paper: &mut Paper,
    (left, top): (f64, f64),
    days: &[CountedDay],
    part: fn(&Told) -> i64,
    lang: Lang,
) {
    let said = |day: &CountedDay| day.said.as_ref().map(part);
    let all = || days.iter().flat_map(|day| [Some(part(&day.truly)), said(day)]).flatten();
    let (least, most) = (all().min().unwrap_or(0).min(0), all().max().unwrap_or(0).max(1));
    let step = round_step(place(most.unsigned_abs()));
    let ceiling = (signed(most) / step).ceil() * step;
    let floor = signed(least);
    let last = place(days.last().map_or(1, |day| u64::from(day.day)).max(1));
    let x = |day: &CountedDay| left + 4.0 + (WIDE - 8.0) * f64::from(day.day) / last;
    let y = |value: f64| top + HIGH * (1.0 - (value - floor) / (ceiling - floor).max(1.0));
    for value in [0.0, ceiling] {
        paper.rule(left, left + WIDE, y(value));
    }
    paper.text(left + WIDE, y(ceiling) - 4.0, "s", Side::Left, &number(whole(ceiling), lang));
    paper.text(left + WIDE, y(0.0) + 14.0, "s", Side::Left, "0");
    let truly: Vec<(f64, f64)> = days.iter().map(|day| (x(day), y(signed(part(&day.truly))))).collect();
    paper.line(&truly, "l3");
    for day in days {
        if let Some(said) = said(day) {
            paper.dot((x(day), y(signed(said))), 2.1, "k1");
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a place in a drawing")]
const fn signed(number: i64) -> f64 {
    number as f64
}

#[expect(clippy::cast_possible_truncation, reason = "a round number")]
const fn whole(number: f64) -> i64 {
    number as i64
}
