//! The sheet that the town is drawn on: texts, shapes, and colours for light and dark. Narrow, so that it can be read on a phone.

use std::fmt::Write as _;

/// Units across. A phone shows it a little smaller, a screen larger.
pub(super) const WIDTH: f64 = 480.0;
/// Free on both sides.
pub(super) const EDGE: f64 = 16.0;
/// Letters of a line by its class, in the widest of the fonts that a machine is likely to have.
const LETTERS: [(&str, usize); 2] = [("n", 56), ("s", 70)];
/// Of any other.
const LETTERS_OTHERWISE: usize = 62;

/// Colours by what they mean, each for light and for dark; all are told apart in grey too, and lines by their pattern.
const STYLE: &str = "\
svg{--paper:#fff;--ink:#1a1a1a;--soft:#585858;--rule:#dcdcdc;--a:#0b4f3c;--b:#5aa985;--c:#d3d9d6;--l0:#585858;--l1:#a84300;--l2:#1f5fa8;--l3:#0b6e4f;--l4:#7a2f8f;--l5:#7d6200}\
@media(prefers-color-scheme:dark){svg{--paper:#14181b;--ink:#ececec;--soft:#aab2b5;--rule:#3a4145;--a:#8ff0c6;--b:#3f9a76;--c:#3c4549;--l0:#aab2b5;--l1:#ffb078;--l2:#8cc0ff;--l3:#7fe0b5;--l4:#dfb0ee;--l5:#e2cb68}}\
text{fill:var(--ink);font-size:13px}.t{font-size:21px;font-weight:700}.h{font-size:16px;font-weight:700}.s{fill:var(--soft);font-size:12px}.n{font-weight:700}\
.a{fill:var(--a)}.b{fill:var(--b)}.c{fill:var(--c)}.e{fill:none;stroke:var(--soft);stroke-width:1.3}.r{stroke:var(--rule)}.area{fill:var(--b);fill-opacity:.35;stroke:var(--a);stroke-width:1.2}\
polyline{fill:none;stroke-width:2.2;stroke-linejoin:round}.thin{stroke-width:1}\
.l0{stroke:var(--l0)}.l1{stroke:var(--l1);stroke-dasharray:2 3}.l2{stroke:var(--l2);stroke-dasharray:7 3}.l3{stroke:var(--l3)}.l4{stroke:var(--l4);stroke-dasharray:9 3 2 3}.l5{stroke:var(--l5);stroke-dasharray:12 4}\
.k0{fill:var(--l0)}.k1{fill:var(--l1)}.k2{fill:var(--l2)}.k3{fill:var(--l3)}.k4{fill:var(--l4)}.k5{fill:var(--l5)}";

/// On which side of its place a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Right,
    Left,
    Middle,
}

/// What is drawn so far, and how far down.
#[derive(Debug)]
pub(super) struct Paper {
    drawn: String,
    pub(super) down: f64,
}

impl Paper {
    pub(super) const fn blank() -> Self {
        Self { drawn: String::new(), down: EDGE }
    }

    /// A text whose foot stands at a height.
    pub(super) fn text(&mut self, x: f64, y: f64, class: &str, side: Side, text: &str) {
        let anchor = match side {
            Side::Right => "",
            Side::Left => " text-anchor=\"end\"",
            Side::Middle => " text-anchor=\"middle\"",
        };
        let _ = writeln!(
            self.drawn,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" class=\"{class}\"{anchor}>{}</text>",
            escaped(text)
        );
    }

    /// A heading over what follows.
    pub(super) fn heading(&mut self, text: &str) {
        self.down += 38.0;
        self.text(EDGE, self.down, "h", Side::Right, text);
        self.down += 8.0;
    }

    /// Lines of text, broken where they are full.
    pub(super) fn lines(&mut self, class: &str, text: &str) {
        let known = LETTERS.iter().find(|(known, _)| *known == class);
        for line in broken(text, known.map_or(LETTERS_OTHERWISE, |(_, letters)| *letters)) {
            self.down += 17.0;
            self.text(EDGE, self.down, class, Side::Right, &line);
        }
    }

    pub(super) fn bar(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), class: &str) {
        let _ = writeln!(
            self.drawn,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" class=\"{class}\"/>"
        );
    }

    pub(super) fn dot(&mut self, (x, y): (f64, f64), radius: f64, class: &str) {
        let _ =
            writeln!(self.drawn, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" class=\"{class}\"/>");
    }

    pub(super) fn rule(&mut self, from: f64, to: f64, y: f64) {
        let _ = writeln!(
            self.drawn,
            "<line x1=\"{from:.1}\" x2=\"{to:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\" class=\"r\"/>"
        );
    }

    pub(super) fn line(&mut self, points: &[(f64, f64)], class: &str) {
        let _ = writeln!(self.drawn, "<polyline class=\"{class}\" points=\"{}\"/>", listed(points));
    }

    /// A line with what is under it.
    pub(super) fn area(&mut self, points: &[(f64, f64)], foot: f64) {
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
        let _ = writeln!(
            self.drawn,
            "<polygon class=\"area\" points=\"{:.1},{foot:.1} {} {:.1},{foot:.1}\"/>",
            first.0,
            listed(points),
            last.0
        );
    }

    /// The whole file. `made_by` stands near its beginning.
    pub(super) fn file(self, made_by: &str, lang: &str, title: &str, words: &str) -> String {
        let high = (self.down + 24.0).ceil();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" data-made-by=\"{made_by}\" lang=\"{lang}\" viewBox=\"0 0 {WIDTH} {high}\" width=\"640\" style=\"max-width:100%;height:auto\" role=\"img\" aria-labelledby=\"title words\" font-family=\"system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif\">\n<title id=\"title\">{}</title>\n<desc id=\"words\">{}</desc>\n<style>{STYLE}</style>\n<rect width=\"100%\" height=\"100%\" style=\"fill:var(--paper)\"/>\n{}</svg>\n",
            escaped(title),
            escaped(words),
            self.drawn
        )
    }
}

fn listed(points: &[(f64, f64)]) -> String {
    points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ")
}

fn broken(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sentence_is_broken_between_words_and_no_line_is_too_long() {
        let lines = broken("one two three four five", 9);
        assert_eq!(lines, ["one two", "three", "four five"]);
        assert_eq!(broken("unbreakable", 3), ["unbreakable"]);
    }

    #[test]
    fn what_is_written_cannot_become_a_tag() {
        let mut paper = Paper::blank();
        paper.lines("s", "<script>&");
        let file = paper.file("x", "en", "<t>", "");
        assert!(file.contains("&lt;script&gt;&amp;") && !file.contains("<script") && !file.contains("<t>"));
    }
}
