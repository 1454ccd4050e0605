//! A bar plot in SVG that can be read in grey and by a screen reader.

use std::fmt::Write as _;

/// How heights follow from numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// In proportion.
    Linear,
    /// Each power of ten the same height.
    Logarithmic,
}

/// One colour: a number for each group, `None` where it was not measured.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its name in the legend.
    pub name: String,
    /// A number a group.
    pub values: Vec<Option<f64>>,
}

/// Groups of bars.
#[derive(Clone, Debug)]
pub struct Bars {
    /// What is shown.
    pub title: String,
    /// What is counted upwards.
    pub unit: String,
    /// Names of the groups along the bottom.
    pub groups: Vec<String>,
    /// The colours.
    pub series: Vec<Series>,
    /// Upwards.
    pub scale: Scale,
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 360.0;
const LEFT: f64 = 70.0;
const TOP: f64 = 64.0;
const BOTTOM: f64 = 312.0;

/// Dark to light: they differ in grey too.
const COLOURS: [&str; 4] = ["#0059b3", "#e07b00", "#7fb069", "#c9c9c9"];

impl Bars {
    /// The picture.
    #[must_use]
    pub fn svg(&self) -> String {
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
             font-family=\"sans-serif\" font-size=\"13\">\n<title>{}</title>\n<desc>{}</desc>\n\
             <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#ffffff\"/>\n\
             <text x=\"{LEFT}\" y=\"22\" font-size=\"15\" font-weight=\"bold\">{}</text>\n",
            escaped(&self.title),
            escaped(&self.described()),
            escaped(&self.title),
        );
        self.draw_legend(&mut svg);
        self.draw_axis(&mut svg);
        self.draw_bars(&mut svg);
        svg += "</svg>\n";
        svg
    }

    fn draw_legend(&self, svg: &mut String) {
        let mut x = LEFT;
        for (series, colour) in self.series.iter().zip(COLOURS) {
            let _ = writeln!(
                svg,
                "<rect x=\"{x}\" y=\"34\" width=\"12\" height=\"12\" fill=\"{colour}\" stroke=\"#1a1a1a\" \
                 stroke-width=\"0.5\"/><text x=\"{}\" y=\"45\">{}</text>",
                x + 18.0,
                escaped(&series.name)
            );
            x += 44.0 + 7.2 * series.name.chars().count() as f64;
        }
    }

    fn draw_axis(&self, svg: &mut String) {
        for mark in self.marks() {
            let y = self.y(mark);
            let _ = writeln!(
                svg,
                "<line x1=\"{LEFT}\" x2=\"{}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#dcdcdc\"/>\
                 <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                WIDTH - 20.0,
                LEFT - 8.0,
                y + 4.0,
                number(mark)
            );
        }
        let _ = writeln!(
            svg,
            "<text x=\"{LEFT}\" y=\"{}\" fill=\"#454545\">{}</text>",
            HEIGHT - 10.0,
            escaped(&self.unit)
        );
    }

    fn draw_bars(&self, svg: &mut String) {
        let group_width = (WIDTH - 20.0 - LEFT) / self.groups.len().max(1) as f64;
        let bar_width = (group_width * 0.78) / self.series.len().max(1) as f64;
        for (group, name) in self.groups.iter().enumerate() {
            let start = LEFT + group_width * (group as f64 + 0.11);
            for (index, (series, colour)) in self.series.iter().zip(COLOURS).enumerate() {
                let Some(value) = series.values.get(group).copied().flatten() else { continue };
                let (x, y) = (start + bar_width * index as f64, self.y(value));
                let _ = writeln!(
                    svg,
                    "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{colour}\" \
                     stroke=\"#1a1a1a\" stroke-width=\"0.5\"/>\
                     <text x=\"{:.1}\" y=\"{:.1}\" font-size=\"11\" text-anchor=\"middle\">{}</text>",
                    bar_width - 3.0,
                    (BOTTOM - y).max(1.0),
                    x + bar_width / 2.0 - 1.5,
                    y - 4.0,
                    number(value)
                );
            }
            let _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                LEFT + group_width * (group as f64 + 0.5),
                BOTTOM + 18.0,
                escaped(name)
            );
        }
    }

    fn values(&self) -> impl Iterator<Item = f64> + '_ {
        self.series.iter().flat_map(|series| series.values.iter().copied().flatten())
    }

    fn bounds(&self) -> (f64, f64) {
        let most = self.values().fold(0.0_f64, f64::max);
        match self.scale {
            Scale::Linear => (0.0, most * 1.08),
            Scale::Logarithmic => {
                let least = self.values().filter(|value| *value > 0.0).fold(f64::INFINITY, f64::min);
                (least.log10().floor(), most.log10().ceil())
            }
        }
    }

    fn y(&self, value: f64) -> f64 {
        let (low, high) = self.bounds();
        let value = match self.scale {
            Scale::Linear => value,
            Scale::Logarithmic => value.max(f64::MIN_POSITIVE).log10(),
        };
        let share = if high > low { ((value - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 };
        BOTTOM - share * (BOTTOM - TOP)
    }

    fn marks(&self) -> Vec<f64> {
        let (low, high) = self.bounds();
        match self.scale {
            Scale::Linear => (0..=4).map(|quarter| high * f64::from(quarter) / 4.0).collect(),
            Scale::Logarithmic => (low as i32..=high as i32).map(|power| 10_f64.powi(power)).collect(),
        }
    }

    /// The same in words, for those who do not see it.
    fn described(&self) -> String {
        let mut words = format!("{} ({}).", self.title, self.unit);
        for series in &self.series {
            for (group, value) in self.groups.iter().zip(&series.values) {
                if let Some(value) = value {
                    let _ = write!(words, " {}, {group}: {}.", series.name, number(*value));
                }
            }
        }
        words
    }
}

fn number(value: f64) -> String {
    match value.abs() {
        size if size >= 1_000.0 => {
            let digits = format!("{value:.0}");
            let mut grouped = String::new();
            for (index, digit) in digits.chars().enumerate() {
                if index > 0 && (digits.len() - index) % 3 == 0 {
                    grouped.push(',');
                }
                grouped.push(digit);
            }
            grouped
        }
        size if size >= 10.0 || size == 0.0 => format!("{value:.0}"),
        size if size >= 1.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{Bars, Scale, Series, number};

    #[test]
    fn a_plot_says_its_numbers_in_words_too() {
        let bars = Bars {
            title: "a < b".to_owned(),
            unit: "µs".to_owned(),
            groups: vec!["10".to_owned(), "100".to_owned()],
            series: vec![Series { name: "ours".to_owned(), values: vec![Some(0.2), None] }],
            scale: Scale::Logarithmic,
        };
        let svg = bars.svg();
        assert!(svg.contains("<desc>a &lt; b (µs). ours, 10: 0.20.</desc>"), "{svg}");
        assert!(!svg.contains("NaN"));
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(number(1_234_567.0), "1,234,567");
        assert_eq!(number(12.4), "12");
        assert_eq!(number(0.456), "0.46");
    }
}
