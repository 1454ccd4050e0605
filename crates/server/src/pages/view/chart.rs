//! Pictures, drawn on the server: numbers turned into places in a drawing, and the words beside them.
//!
//! Invariant: every picture has a text and a table beside it, and its parts differ by shape or pattern as well as colour.

use jiff::civil::Date;

use super::shell::Given;

/// One bar, made of stacked parts.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Under the bar, short.
    pub label: String,
    /// In the table, in full.
    pub name: String,
    /// One number for each series.
    pub parts: Vec<u64>,
}

/// Bars over days or weeks.
#[derive(Clone, Debug)]
pub struct Bars {
    /// Keys of the texts that name the series.
    pub series: Vec<&'static str>,
    /// The bars, from left to right.
    pub bars: Vec<Bar>,
}

/// A rectangle of a bar.
#[derive(Clone, Debug)]
pub struct Part {
    /// Place and size in the drawing.
    pub x: u64,
    /// From above.
    pub y: u64,
    /// Width.
    pub width: u64,
    /// Height.
    pub height: u64,
    /// Which series, from 0.
    pub series: usize,
}

/// Size of the drawing of bars.
const WIDTH: u64 = 720;
/// Height of the field in which bars stand.
const HEIGHT: u64 = 160;

impl Bars {
    /// The longest bar.
    #[must_use]
    pub fn top(&self) -> u64 {
        self.bars.iter().map(|bar| bar.parts.iter().sum()).max().unwrap_or(0)
    }

    /// All of it together.
    #[must_use]
    pub fn total(&self) -> usize {
        self.bars
            .iter()
            .flat_map(|bar| &bar.parts)
            .fold(0, |sum, part| sum.saturating_add(usize::try_from(*part).unwrap_or(usize::MAX)))
    }

    /// Whether there is nothing to draw.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.top() == 0
    }

    /// The number at the line across the drawing: a round one not above the longest bar.
    #[must_use]
    pub fn rule(&self) -> u64 {
        let top = self.top();
        let unit = 10_u64.checked_pow(top.max(1).ilog10()).unwrap_or(1);
        top / unit * unit
    }

    /// How high that line lies.
    #[must_use]
    pub fn rule_y(&self) -> u64 {
        HEIGHT - self.height(self.rule())
    }

    fn height(&self, number: u64) -> u64 {
        let top = self.top().max(1);
        // What is there is seen, however little.
        (number * (HEIGHT - 16) / top).max(if number > 0 { 3 } else { 0 })
    }

    fn step(&self) -> u64 {
        (WIDTH - 48) / u64::try_from(self.bars.len().max(1)).unwrap_or(1)
    }

    /// Middle of a bar.
    #[must_use]
    pub fn middle(&self, at: impl Given<usize>) -> u64 {
        48 + self.step() * u64::try_from(at.given()).unwrap_or(0) + self.step() / 2
    }

    /// Whether the bar's label is written: where bars are many, only some are.
    #[must_use]
    pub fn labelled(&self, at: impl Given<usize>) -> bool {
        at.given().is_multiple_of(self.bars.len().div_ceil(9).max(1))
    }

    /// All rectangles.
    #[must_use]
    pub fn rectangles(&self) -> Vec<Part> {
        let width = (self.step() * 7 / 10).clamp(4, 40);
        let mut drawn = Vec::new();
        for (at, bar) in self.bars.iter().enumerate() {
            let mut floor = HEIGHT;
            for (series, number) in bar.parts.iter().enumerate().filter(|(_, number)| **number > 0) {
                let height = self.height(*number).min(floor);
                floor -= height;
                drawn.push(Part { x: self.middle(at) - width / 2, y: floor, width, height, series });
            }
        }
        drawn
    }
}

/// A mark on a line of time.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The day.
    pub day: Date,
    /// What happens, as a number of a series: 0 blocked, 1 erased, 2 archived.
    pub series: usize,
    /// How many records.
    pub records: u64,
}

/// A line of time from today.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Marks in order.
    pub marks: Vec<Mark>,
}

impl Timeline {
    /// A line from today to the last mark, over whole years.
    #[must_use]
    pub fn new(today: Date, mut marks: Vec<Mark>) -> Self {
        marks.sort_by_key(|mark| (mark.day, mark.series));
        let last = marks.last().map_or(today, |mark| mark.day.max(today));
        let until = Date::new(last.year().saturating_add(1), 1, 1).unwrap_or(last);
        Self { from: today, until, marks }
    }

    /// Place of a day on the line.
    #[must_use]
    pub fn x(&self, day: impl Given<Date>) -> i64 {
        let days = |to: Date| i64::from((to - self.from).get_days()).max(0);
        24 + days(day.given()) * (i64::try_from(WIDTH).unwrap_or(0) - 48) / days(self.until).max(1)
    }

    /// Years to write under the line.
    #[must_use]
    pub fn years(&self) -> Vec<Date> {
        let years = self.from.year().saturating_add(1)..=self.until.year();
        let every = usize::from(years.clone().count() > 10) * 4 + 1;
        years.filter_map(|year| Date::new(year, 1, 1).ok()).step_by(every).collect()
    }

    /// Radius of a mark: its area tells how many.
    #[must_use]
    pub fn radius(&self, mark: &Mark) -> u64 {
        (5 + mark.records.isqrt() * 2).min(18)
    }
}

/// A row of the matrix of who may do what.
#[derive(Clone, Debug)]
pub struct Row {
    /// What is done to what.
    pub name: String,
    /// Its use, in the words of the notice.
    pub key: String,
    /// For each column: nothing, always, or under a condition.
    pub cells: Vec<Cell>,
}

/// A cell of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// May not.
    No,
    /// May.
    Yes,
    /// May under a condition, in words.
    If(String),
}

/// Who may do what.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    /// Roles.
    pub columns: Vec<String>,
    /// Uses.
    pub rows: Vec<Row>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(numbers: &[u64]) -> Bars {
        let bar = |number: &u64| Bar { label: String::new(), name: String::new(), parts: vec![*number] };
        Bars { series: vec!["x"], bars: numbers.iter().map(bar).collect() }
    }

    #[test]
    fn bars_stay_within_the_drawing_and_small_numbers_are_seen() {
        for part in bars(&[0, 1, 90_000, 12]).rectangles() {
            assert!(part.height >= 3 && part.y + part.height <= HEIGHT && part.x + part.width <= WIDTH);
        }
        assert!(bars(&[0, 0]).is_empty());
        assert!(bars(&[]).is_empty());
    }

    #[test]
    fn the_line_across_bears_a_round_number() {
        assert_eq!(bars(&[47]).rule(), 40);
        assert_eq!(bars(&[1]).rule(), 1);
        assert_eq!(bars(&[1999]).rule(), 1000);
    }

    #[test]
    fn a_line_of_time_ends_after_its_last_mark() {
        let today = jiff::civil::date(2026, 11, 21);
        let mark = Mark { day: jiff::civil::date(2041, 3, 1), series: 1, records: 4 };
        let line = Timeline::new(today, vec![mark]);
        assert!(line.x(line.until) <= 696 && line.x(today) == 24);
        assert_eq!(line.years().len(), 4);
        assert_eq!(Timeline::new(today, vec![]).years().len(), 1);
    }
}
