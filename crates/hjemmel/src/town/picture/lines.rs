//! Lines over days with their names at their ends.

use notice::Lang;

use super::paper::{EDGE, Paper, Side, WIDTH};
use super::words::{self, number};
use super::{place, written};

/// A line and its name.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) name: String,
    /// By day.
    pub(super) values: Vec<f64>,
}

/// How much room there is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plot {
    pub(super) high: f64,
    /// Free for names.
    pub(super) right: f64,
}

/// Where the numbers of the left edge end.
const LEFT: f64 = 48.0;
/// Classes of lines; the first is that of a town without the app.
const CLASSES: usize = 6;
/// Names lie no closer.
const APART: f64 = 15.0;

/// Draws lines on one scale from zero.
pub(super) fn plot(paper: &mut Paper, lines: &[Line], room: Plot, lang: Lang) {
    let top = paper.down + 14.0;
    let foot = top + room.high;
    let (from, to) = (LEFT, WIDTH - EDGE - room.right);
    let days = lines.iter().map(|line| line.values.len()).max().unwrap_or(1).max(2);
    let highest = lines.iter().flat_map(|line| &line.values).fold(1.0_f64, |most, value| most.max(*value));
    let step = round_step(highest);
    let ceiling = (highest / step).ceil() * step;
    let x = |day: usize| from + (to - from) * place(day as u64) / place(days as u64 - 1);
    let y = |value: f64| foot - room.high * value / ceiling;
    let mut value = 0.0;
    while value <= ceiling + step / 2.0 {
        paper.rule(from, to, y(value));
        paper.text(from - 6.0, y(value) + 4.0, "s", Side::Left, &number(rounded(value), lang));
        value += step;
    }
    for (day, side) in [(0, Side::Right), (days / 2, Side::Middle), (days - 1, Side::Left)] {
        let said = words::DAY.with(lang, &[&written(day + 1, lang)]);
        paper.text(x(day), foot + 16.0, "s", side, &said);
    }
    let mut ends: Vec<(f64, usize)> =
        lines.iter().enumerate().map(|(at, line)| (y(last(line)), at)).collect();
    ends.sort_by(|one, other| one.0.total_cmp(&other.0));
    let middle = ends.iter().map(|end| end.0).sum::<f64>() / place(ends.len().max(1) as u64);
    let mut floor = f64::MIN;
    for end in &mut ends {
        end.0 = end.0.max(floor + APART);
        floor = end.0;
    }
    // Moved apart about their own middle, and not below the days.
    let moved = ends.iter().map(|end| end.0).sum::<f64>() / place(ends.len().max(1) as u64) - middle;
    let moved = moved.max(floor - foot).min(ends.first().map_or(0.0, |end| end.0 - top));
    for (end, at) in &ends {
        let Some(line) = lines.get(*at) else { continue };
        let class = at % CLASSES;
        let points: Vec<(f64, f64)> =
            line.values.iter().enumerate().map(|(day, value)| (x(day), y(*value))).collect();
        paper.line(&points, &format!("l{class}"));
        let label = end - moved;
        paper.line(&[(to + 1.0, y(last(line))), (to + 7.0, label)], &format!("l{class} thin"));
        paper.text(to + 10.0, label + 4.0, &format!("k{class}"), Side::Right, &line.name);
    }
    paper.down = foot + 20.0;
}

fn last(line: &Line) -> f64 {
    line.values.last().copied().unwrap_or(0.0)
}

#[expect(clippy::cast_possible_truncation, reason = "a whole number of people")]
const fn rounded(value: f64) -> i64 {
    value.round() as i64
}

/// One, two or five of a power of ten, so that there are two to five lines.
pub(super) fn round_step(highest: f64) -> f64 {
    let mut power = 1.0;
    while power * 10.0 <= highest {
        power *= 10.0;
    }
    let steps = [power / 5.0, power / 2.0, power, power * 2.0, power * 5.0];
    steps.into_iter().find(|step| *step >= 1.0 && highest / step <= 4.5).unwrap_or(power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_has_round_numbers_and_few_of_them() {
        for (highest, step) in
            [(1.0, 1.0), (9.0, 2.0), (13.0, 5.0), (120.0, 50.0), (990.0, 500.0), (20_000.0, 5_000.0)]
        {
            assert_eq!(round_step(highest), step, "{highest}");
        }
    }
}
