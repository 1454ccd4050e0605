//! Tables: columns as wide as their words ask for, the head again on each sheet, a row too tall for a sheet cut.

use notice::render::Table;

use super::flow::{Flow, Style, text};
use super::letters::{Letters, Weight};
use super::sheets::{Drawing, INK, RULE, SHADE};
use super::tree::{Part, Role};

const CELL: Style = Style { size: 8.5, line: 11.5, weight: Weight::Regular, ink: INK };
const HEAD: Style = Style { size: 8.5, line: 11.5, weight: Weight::Bold, ink: INK };
const CAPTION: Style = Style { size: 10.0, line: 14.0, weight: Weight::Bold, ink: INK };
/// Room left and right, and above and below, of the words of a cell.
const ASIDE: f32 = 4.0;
const ABOVE: f32 = 3.0;
/// A row taller than this part of a sheet may be cut; a lower one goes overleaf as a whole.
const CUT: f32 = 0.4;

pub(super) fn lay_out(flow: &mut Flow<'_>, table: &Table) {
    let widths = widths(flow.letters, table, flow.sheets.size.room());
    let head = cells(flow.letters, &table.columns, &widths, HEAD);
    flow.sheets.need(least(flow, table));
    let mut part = Part::new(Role::Table(table.caption.clone()));
    let caption = flow.letters.lines(&table.caption, CAPTION.weight, CAPTION.size, flow.sheets.size.room());
    let margin = flow.sheets.size.margin;
    part.push(Part::with(Role::Caption, flow.lines(&caption, margin, CAPTION)));
    let mut row = Part::new(Role::Row);
    for marks in draw_head(flow, &head, &widths, Purpose::Tree) {
        row.push(Part::with(Role::ColumnHead, marks));
    }
    let mut top = Part::new(Role::Head);
    top.push(row);
    part.push(top);
    let mut rows = Part::new(Role::Rows);
    for row in &table.rows {
        rows.push(one_row(flow, cells(flow.letters, row, &widths, CELL), &widths, &head));
    }
    part.push(rows);
    flow.parts.push(part);
    flow.sheets.y += 8.0;
}

/// Caption, head and as much of the first row as stays together.
pub(super) fn least(flow: &Flow<'_>, table: &Table) -> f32 {
    let widths = widths(flow.letters, table, flow.sheets.size.room());
    let head = cells(flow.letters, &table.columns, &widths, HEAD);
    let first = table.rows.first().map(|row| cells(flow.letters, row, &widths, CELL));
    let first = first.map_or(0.0, |row| height(&row).min(flow.sheets.size.tall() * CUT));
    CAPTION.line + height(&head) + first
}

/// Whether a head is part of the tree, or repeated for the eye.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Tree,
    Eye,
}

/// The lines of each cell.
fn cells(letters: &Letters, row: &[String], widths: &[f32], style: Style) -> Vec<Vec<String>> {
    let lines =
        |(cell, width): (&String, &f32)| letters.lines(cell, style.weight, style.size, width - 2.0 * ASIDE);
    row.iter().zip(widths).map(lines).collect()
}

fn count(lines: usize) -> f32 {
    f32::from(u16::try_from(lines).unwrap_or(u16::MAX))
}

fn height(cells: &[Vec<String>]) -> f32 {
    count(cells.iter().map(Vec::len).max().unwrap_or(0).max(1)) * CELL.line + 2.0 * ABOVE
}

/// Between the widest word and the whole text, each column gets what it asks for in proportion.
fn widths(letters: &Letters, table: &Table, room: f32) -> Vec<f32> {
    let column = |at: usize| {
        let cells = table.rows.iter().filter_map(move |row| row.get(at));
        let head = table.columns.get(at).map_or("", String::as_str);
        let word = cells.clone().map(|cell| letters.widest_word(cell, CELL.weight, CELL.size));
        let word = word.fold(letters.widest_word(head, HEAD.weight, HEAD.size), f32::max);
        let whole =
            cells.flat_map(|cell| cell.lines()).map(|line| letters.whole(line, CELL.weight, CELL.size));
        let whole = whole.fold(letters.width(&letters.printable(head), HEAD.weight, HEAD.size), f32::max);
        (word.min(room * 0.3) + 2.0 * ASIDE + 1.0, whole.min(room * 1.2) + 2.0 * ASIDE + 1.0)
    };
    let asked: Vec<_> = (0..table.columns.len()).map(column).collect();
    let least: f32 = asked.iter().map(|(least, _)| least).sum();
    let most: f32 = asked.iter().map(|(_, most)| most).sum();
    if most <= room {
        let more = room / most.max(1.0);
        return asked.iter().map(|(_, most)| most * more).collect();
    }
    if least >= room {
        return asked.iter().map(|(own, _)| own * room / least).collect();
    }
    let share = (room - least) / (most - least);
    asked.iter().map(|(least, most)| least + (most - least) * share).collect()
}

fn draw_head(flow: &mut Flow<'_>, head: &[Vec<String>], widths: &[f32], purpose: Purpose) -> Vec<Vec<usize>> {
    let (margin, room, y) = (flow.sheets.size.margin, flow.sheets.size.room(), flow.sheets.y);
    let tall = height(head);
    flow.sheets.adorn(vec![
        Drawing::Filled { x: margin, y, width: room, height: tall, ink: SHADE },
        Drawing::Filled { x: margin, y: y + tall - 0.75, width: room, height: 0.75, ink: INK },
    ]);
    let mut marks = Vec::new();
    let mut x = margin;
    for (lines, width) in head.iter().zip(widths) {
        let mut own = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let drawing = vec![text(line, x + ASIDE, y + ABOVE + count(at) * HEAD.line, HEAD)];
            match purpose {
                Purpose::Tree => own.push(flow.sheets.mark(drawing)),
                Purpose::Eye => flow.sheets.adorn(drawing),
            }
        }
        marks.push(own);
        x += width;
    }
    flow.sheets.y += tall;
    marks
}

/// Draws a row, over several sheets if it must be.
fn one_row(flow: &mut Flow<'_>, cells: Vec<Vec<String>>, widths: &[f32], head: &[Vec<String>]) -> Part {
    let tall = height(&cells);
    let may_be_cut = tall > flow.sheets.size.tall() * CUT && flow.sheets.left() > 6.0 * CELL.line;
    if tall > flow.sheets.left() && !may_be_cut {
        flow.sheets.turn();
        draw_head(flow, head, widths, Purpose::Eye);
    }
    let mut marks: Vec<Vec<usize>> = vec![Vec::new(); cells.len()];
    let total = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let mut from = 0;
    while from < total {
        let fits = lines_that_fit(flow.sheets.left() - 2.0 * ABOVE).max(1);
        let until = total.min(from + fits);
        piece(flow, &cells, widths, from..until, &mut marks);
        from = until;
        if from < total {
            flow.sheets.turn();
            draw_head(flow, head, widths, Purpose::Eye);
        }
    }
    let mut row = Part::new(Role::Row);
    for (at, own) in marks.into_iter().enumerate() {
        row.push(Part::with(if at == 0 { Role::RowHead } else { Role::Cell }, own));
    }
    row
}

fn lines_that_fit(room: f32) -> usize {
    (1_u16..).take_while(|lines| f32::from(*lines) * CELL.line <= room).last().map_or(0, usize::from)
}

/// Draws some lines of each cell.
fn piece(
    flow: &mut Flow<'_>,
    cells: &[Vec<String>],
    widths: &[f32],
    part: std::ops::Range<usize>,
    marks: &mut [Vec<usize>],
) {
    let (margin, room, y) = (flow.sheets.size.margin, flow.sheets.size.room(), flow.sheets.y);
    let mut x = margin;
    for (at, ((lines, width), own)) in cells.iter().zip(widths).zip(marks).enumerate() {
        let style = if at == 0 { HEAD } else { CELL };
        for (below, line) in lines.iter().skip(part.start).take(part.len()).enumerate() {
            let drawing = text(line, x + ASIDE, y + ABOVE + count(below) * CELL.line, style);
            own.push(flow.sheets.mark(vec![drawing]));
        }
        x += width;
    }
    flow.sheets.y += count(part.len()) * CELL.line + 2.0 * ABOVE;
    let line = Drawing::Filled { x: margin, y: flow.sheets.y - 0.5, width: room, height: 0.5, ink: RULE };
    flow.sheets.adorn(vec![line]);
}
