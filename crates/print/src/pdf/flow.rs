//! From blocks to sheets: headings stay with what follows, lists and labels are hung, long tables go on overleaf.

use notice::render::{Block, Document, Line};

use super::letters::{Letters, Weight};
use super::sheets::{Drawing, GREY, INK, LYING, RULE, Sheets, UPRIGHT};
use super::tree::{Part, Role};
use super::{figure, table};

/// A document on sheets.
pub(super) struct Laid {
    pub(super) sheets: Sheets,
    pub(super) parts: Vec<Part>,
    /// Headings for the outline: level, words, page, height on it.
    pub(super) outline: Vec<(u8, String, usize, f32)>,
}

/// How a kind of text is set.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) size: f32,
    pub(super) line: f32,
    pub(super) weight: Weight,
    pub(super) ink: (u8, u8, u8),
}

const BODY: Style = Style { size: 10.5, line: 15.0, weight: Weight::Regular, ink: INK };
const LABEL: Style = Style { size: 10.5, line: 15.0, weight: Weight::Bold, ink: INK };
const TITLE: Style = Style { size: 20.0, line: 25.0, weight: Weight::Bold, ink: INK };
const SECOND: Style = Style { size: 14.0, line: 19.0, weight: Weight::Bold, ink: INK };
const THIRD: Style = Style { size: 11.5, line: 16.0, weight: Weight::Bold, ink: INK };
const SMALL: Style = Style { size: 9.0, line: 12.5, weight: Weight::Regular, ink: GREY };

/// A table with more columns lies on its side.
const UPRIGHT_COLUMNS: usize = 4;

pub(super) struct Flow<'a> {
    pub(super) letters: &'a Letters,
    pub(super) sheets: Sheets,
    pub(super) parts: Vec<Part>,
    outline: Vec<(u8, String, usize, f32)>,
}

/// Lays a document out.
pub(super) fn lay_out(document: &Document, letters: &Letters) -> Laid {
    let size = if lies(document) { LYING } else { UPRIGHT };
    let mut flow = Flow { letters, sheets: Sheets::new(size), parts: Vec::new(), outline: Vec::new() };
    flow.heading(1, &document.title, &[]);
    if let Some(about) = &document.about {
        flow.paragraph(about);
    }
    for (at, block) in document.blocks.iter().enumerate() {
        let after = document.blocks.get(at + 1..).unwrap_or_default();
        flow.block(block, after, document);
    }
    flow.printed(document);
    Laid { sheets: flow.sheets, parts: flow.parts, outline: flow.outline }
}

fn lies(document: &Document) -> bool {
    document.blocks.iter().any(|block| match block {
        Block::Table(table) => table.columns.len() > UPRIGHT_COLUMNS,
        Block::Figure(_) => true,
        Block::Heading { .. }
        | Block::Paragraph { .. }
        | Block::Remark { .. }
        | Block::Pairs { .. }
        | Block::List { .. }
        | Block::More { .. } => false,
    })
}

impl Flow<'_> {
    fn block(&mut self, block: &Block, after: &[Block], document: &Document) {
        match block {
            Block::Heading { level, text, .. } => self.heading(*level, text, after),
            Block::Paragraph { text } => self.paragraph(text),
            Block::Remark { label, text } => self.remark(label, text),
            Block::Pairs { pairs } => self.pairs(pairs),
            Block::List { lines } => self.list(lines),
            Block::Table(table) => table::lay_out(self, table),
            Block::Figure(figure) => figure::lay_out(self, figure),
            Block::More { stands, .. } => {
                let more = document.lang == notice::Lang::Da;
                let words =
                    if more { "Mere i hele erklæringen under" } else { "More in the whole notice under" };
                self.small(&format!("{words} «{stands}»."));
            }
        }
    }

    /// Lines one below the other, each a mark; breaks to a new sheet where they do not fit.
    pub(super) fn lines(&mut self, lines: &[String], x: f32, style: Style) -> Vec<usize> {
        let mut marks = Vec::new();
        for line in lines {
            self.sheets.need(style.line);
            let drawing = text(line, x, self.sheets.y, style);
            self.sheets.y += style.line;
            marks.push(self.sheets.mark(vec![drawing]));
        }
        marks
    }

    fn heading(&mut self, level: u8, words: &str, after: &[Block]) {
        let (style, above, below) = match level {
            1 => (TITLE, 0.0, 8.0),
            2 => (SECOND, 18.0, 4.0),
            _third => (THIRD, 12.0, 2.0),
        };
        let room = self.sheets.size.room();
        let lines = self.letters.lines(words, style.weight, style.size, room);
        let count = f32::from(u16::try_from(lines.len()).unwrap_or(u16::MAX));
        // A heading alone at the foot of a sheet would belong to nothing.
        self.sheets.need(above + count * style.line + below + 2.0 + self.least(after));
        self.sheets.gap(above);
        self.outline.push((level, self.letters.printable(words), self.sheets.page(), self.sheets.y));
        let marks = self.lines(&lines, self.sheets.size.margin, style);
        if level == 2 {
            let line = Drawing::Filled {
                x: self.sheets.size.margin,
                y: self.sheets.y,
                width: room,
                height: 0.75,
                ink: RULE,
            };
            self.sheets.adorn(vec![line]);
            self.sheets.y += 2.0;
        }
        self.sheets.y += below;
        self.parts.push(Part::with(Role::Heading(u16::from(level), self.letters.printable(words)), marks));
    }

    /// What must stand on the same sheet as a heading before it.
    fn least(&self, after: &[Block]) -> f32 {
        match after {
            [Block::Heading { .. }, rest @ ..] => THIRD.line + 14.0 + self.least(rest),
            [Block::Table(table), ..] => table::least(self, table),
            [Block::Figure(_) | Block::More { .. } | Block::Paragraph { .. } | Block::Remark { .. }, ..]
            | [Block::Pairs { .. } | Block::List { .. }, ..]
            | [] => 3.0 * BODY.line,
        }
    }

    fn paragraph(&mut self, words: &str) {
        self.set(words, BODY);
    }

    fn small(&mut self, words: &str) {
        self.set(words, SMALL);
    }

    fn set(&mut self, words: &str, style: Style) {
        let lines = self.letters.lines(words, style.weight, style.size, self.sheets.size.room());
        if lines.is_empty() {
            return;
        }
        self.sheets.need(style.line * 2.0);
        let marks = self.lines(&lines, self.sheets.size.margin, style);
        self.sheets.y += 5.0;
        self.parts.push(Part::with(Role::Paragraph, marks));
    }

    /// A remark is hung beside a bar, its label bold above it.
    fn remark(&mut self, label: &str, words: &str) {
        let (x, room) = (self.sheets.size.margin + 10.0, self.sheets.size.room() - 10.0);
        let label = self.letters.lines(label, LABEL.weight, LABEL.size, room);
        let words = self.letters.lines(words, BODY.weight, BODY.size, room);
        self.sheets.need(LABEL.line * 3.0);
        let (page, top) = (self.sheets.page(), self.sheets.y);
        let mut marks = self.lines(&label, x, LABEL);
        marks.extend(self.lines(&words, x, BODY));
        if self.sheets.page() == page {
            let bar =
                Drawing::Filled { x: x - 10.0, y: top, width: 2.5, height: self.sheets.y - top, ink: RULE };
            self.sheets.adorn(vec![bar]);
        }
        self.sheets.y += 5.0;
        self.parts.push(Part::with(Role::Paragraph, marks));
    }

    /// Labels to the left, values hung to the right; for a screen reader a list.
    fn pairs(&mut self, pairs: &[(String, String)]) {
        let whole = self.sheets.size.room();
        let widest = pairs
            .iter()
            .map(|(label, _)| self.letters.width(&self.letters.printable(label), LABEL.weight, LABEL.size));
        let column = widest.fold(0.0_f32, f32::max).min(whole * 0.36) + 12.0;
        let mut list = Part::new(Role::List);
        for (label, value) in pairs {
            let labels = self.letters.lines(label, LABEL.weight, LABEL.size, column - 11.0);
            let values = self.letters.lines(value, BODY.weight, BODY.size, whole - column);
            let longest = labels.len().max(values.len());
            self.sheets.need(BODY.line * f32::from(u16::try_from(longest.clamp(1, 3)).unwrap_or(1)));
            let mut item = Part::new(Role::Item);
            let (margin, top, page) = (self.sheets.size.margin, self.sheets.y, self.sheets.page());
            item.push(Part::with(Role::Label, self.lines(&labels, margin, LABEL)));
            let below = self.sheets.y;
            // The value begins beside its label, also where the label took several lines.
            if self.sheets.page() == page {
                self.sheets.y = top;
            }
            item.push(Part::with(Role::Body, self.lines(&values, margin + column, BODY)));
            if self.sheets.page() == page {
                self.sheets.y = self.sheets.y.max(below);
            }
            self.sheets.y += 1.5;
            list.push(item);
        }
        self.sheets.y += 5.0;
        self.parts.push(list);
    }

    fn list(&mut self, lines: &[Line]) {
        let mut list = Part::new(Role::List);
        let (margin, hung) = (self.sheets.size.margin, 14.0);
        for line in lines {
            let words =
                line.note.as_ref().map_or(line.text.clone(), |note| format!("{} ({note})", line.text));
            let words = self.letters.lines(&words, BODY.weight, BODY.size, self.sheets.size.room() - hung);
            self.sheets.need(BODY.line * if words.len() > 1 { 2.0 } else { 1.0 });
            let bullet = text("•", margin + 2.0, self.sheets.y, BODY);
            let mut item = Part::new(Role::Item);
            item.push(Part::with(Role::Label, [self.sheets.mark(vec![bullet])]));
            item.push(Part::with(Role::Body, self.lines(&words, margin + hung, BODY)));
            self.sheets.y += 1.5;
            list.push(item);
        }
        self.sheets.y += 5.0;
        self.parts.push(list);
    }

    /// Where the print comes from, at its end.
    fn printed(&mut self, document: &Document) {
        self.sheets.gap(10.0);
        let words = match document.lang {
            notice::Lang::Da => "Trykt af det, der kører. Udgave",
            notice::Lang::En => "Printed from what runs. Version",
        };
        self.small(&format!("{words} {}", document.version));
    }
}

/// One line whose upper edge is at `y`.
pub(super) fn text(words: &str, x: f32, y: f32, style: Style) -> Drawing {
    let base = y + (style.line - style.size) / 2.0 + style.size * 0.8;
    Drawing::Text {
        x,
        y: base,
        size: style.size,
        weight: style.weight,
        ink: style.ink,
        turned: 0.0,
        text: words.to_owned(),
    }
}
