//! Who may do what: a picture of roles and registers, and the same in words, role by role.

use super::super::document::{Align, Document, Figure, Shade, Shape, Table};
use super::super::matrix::{Cell, Matrix, matrix};
use super::super::words::{sentence, verb_words};
use super::desk::Desk;
use crate::decide::Verb;
use crate::policy::{NoticeId, Policy};
use crate::text::Lang;

/// Most registers in one picture of a document; more go into the next picture.
const COLUMNS: usize = 14;
/// Most roles in one picture of a document.
const ROWS: usize = 18;

pub(super) fn document(desk: Desk<'_>) -> Document {
    let title = format!("{}{}", desk.say("Hvem må hvad: ", "Who may do what: "), desk.title());
    let about = desk.say(
        "Hver rolle, hvert register, og hvad erklæringen tillader. Hvad der ikke står her, sker ikke.",
        "Each role, each register, and what the notice allows. What does not stand here does not happen.",
    );
    let mut out = desk.document("matrix", title, Some(about.to_owned()));
    let all = matrix(desk.policy, Some(desk.id), desk.lang);
    if all.rows.is_empty() {
        out.paragraph(desk.say(
            "Denne erklæring gemmer ikke selv oplysninger, så ingen har adgang til noget.",
            "This notice keeps no data itself, so nobody has access to anything.",
        ));
        return out;
    }
    out.heading("picture", desk.say("Som billede", "As a picture"));
    legend(desk, &mut out);
    let parts = parts(&all);
    let count = parts.len();
    for (number, part) in parts.into_iter().enumerate() {
        let title = match count {
            1 => desk.title().to_owned(),
            _many => format!("{} ({} {} {count})", desk.title(), number + 1, desk.say("af", "of")),
        };
        let figure = drawn(&part, desk.lang, &title, &format!("matrix-{}", number + 1));
        out.blocks.push(super::super::document::Block::Figure(figure));
    }
    out.heading("words", desk.say("Med ord", "In words"));
    for row in &all.rows {
        out.subheading(format!("role-{}", row.id), row.title.as_str());
        out.blocks.push(super::super::document::Block::Table(in_words(desk, &all, row)));
    }
    out.sheets = vec![grid(desk, &all), long(desk, &all)];
    out
}

/// The whole matrix of a notice as one picture; `None` where nobody may do anything.
#[must_use]
pub fn picture(policy: &Policy, notice: NoticeId, lang: Lang) -> Option<Figure> {
    let desk = Desk::open(policy, notice, lang)?;
    let all = matrix(policy, Some(notice), lang);
    (!all.rows.is_empty()).then(|| drawn(&all, lang, desk.title(), "matrix"))
}

fn legend(desk: Desk<'_>, out: &mut Document) {
    let letters: Vec<_> = Verb::ALL
        .into_iter()
        .map(|verb| format!("{} {}", letter(verb, desk.lang), verb_words(verb, desk.lang)))
        .collect();
    out.pairs(vec![
        desk.pair("Bogstaver", "Letters", letters.join(", ")),
        desk.pair("Mørk", "Dark", desk.say("uden betingelse", "without a condition")),
        desk.pair(
            "Lys",
            "Light",
            desk.say("kun på en betingelse, som står nedenfor", "only on a condition, which stands below"),
        ),
        desk.pair(
            "Brudt kant",
            "Broken border",
            desk.say("kun nogle af oplysningerne", "only some of the data"),
        ),
    ]);
}

/// The letter of a verb in the picture.
const fn letter(verb: Verb, lang: Lang) -> &'static str {
    let (da, en) = match verb {
        Verb::Read => ("S", "S"),
        Verb::Search => ("Ø", "F"),
        Verb::Create => ("T", "A"),
        Verb::Correct => ("Æ", "C"),
        Verb::Raise => ("M", "E"),
        Verb::Disclose => ("V", "D"),
    };
    match lang {
        Lang::Da => da,
        Lang::En => en,
    }
}

/// Pieces that fit on a page; roles that have nothing in a piece are left out of it.
fn parts(all: &Matrix) -> Vec<Matrix> {
    let mut parts = Vec::new();
    for (at, columns) in all.columns.chunks(COLUMNS).enumerate() {
        let cut = |row: &super::super::matrix::Row| {
            let cells = row.cells.iter().skip(at * COLUMNS).take(columns.len()).cloned().collect();
            super::super::matrix::Row { id: row.id.clone(), title: row.title.clone(), cells }
        };
        let rows: Vec<_> =
            all.rows.iter().map(cut).filter(|row| row.cells.iter().any(|cells| !cells.is_empty())).collect();
        for rows in rows.chunks(ROWS) {
            parts.push(Matrix { columns: columns.to_vec(), rows: rows.to_vec() });
        }
    }
    parts
}

/// Measures of the picture, in points.
mod measure {
    pub(super) const LETTER: f32 = 9.0;
    pub(super) const LABELS: f32 = 190.0;
    pub(super) const CELL: f32 = 44.0;
    pub(super) const ROW: f32 = 22.0;
    pub(super) const MARGIN: f32 = 8.0;
    /// Room for a title that stands at 60 degrees.
    pub(super) const TITLES: f32 = 150.0;
    pub(super) const TURNED: f32 = 60.0;
    pub(super) const TITLE_ROOM: f32 = 165.0;
    /// How far the last title leans out to the right.
    pub(super) const LEAN: f32 = 84.0;
}

fn drawn(part: &Matrix, lang: Lang, title: &str, name: &str) -> Figure {
    use measure::{CELL, LABELS, LEAN, LETTER, MARGIN, ROW, TITLE_ROOM, TITLES, TURNED};
    let (columns, rows) = (count(part.columns.len()), count(part.rows.len()));
    let mut shapes = Vec::new();
    for (at, column) in part.columns.iter().enumerate() {
        let x = MARGIN + LABELS + count(at) * CELL + CELL / 2.0;
        let text = fitted(&column.title, TITLE_ROOM, LETTER);
        shapes.push(Shape::Text {
            x,
            y: MARGIN + TITLES - 6.0,
            size: LETTER,
            align: Align::Start,
            turned: TURNED,
            bold: true,
            room: TITLE_ROOM,
            on: Shade::None,
            text,
        });
    }
    for (at, row) in part.rows.iter().enumerate() {
        let y = MARGIN + TITLES + count(at) * ROW;
        let text = fitted(&row.title, LABELS - 8.0, LETTER);
        shapes.push(Shape::Text {
            x: MARGIN + LABELS - 6.0,
            y: y + ROW / 2.0 + 3.0,
            size: LETTER,
            align: Align::End,
            turned: 0.0,
            bold: false,
            room: LABELS - 8.0,
            on: Shade::None,
            text,
        });
        for (place, cells) in row.cells.iter().enumerate() {
            cell(cells, MARGIN + LABELS + count(place) * CELL, y, lang, &mut shapes);
        }
    }
    let (da, en) = ("Hvem må hvad: ", "Who may do what: ");
    let said = match lang {
        Lang::Da => format!("{da}{title}"),
        Lang::En => format!("{en}{title}"),
    };
    Figure {
        name: name.to_owned(),
        title: said,
        description: description(part, lang),
        width: 2.0 * MARGIN + LABELS + columns * CELL + LEAN,
        height: 2.0 * MARGIN + TITLES + rows * ROW,
        shapes,
    }
}

fn cell(cells: &[Cell], x: f32, y: f32, lang: Lang, shapes: &mut Vec<Shape>) {
    use measure::{CELL, ROW};
    let (shade, broken) = if cells.is_empty() {
        (Shade::None, false)
    } else if cells.iter().any(|cell| cell.open) {
        (Shade::Dark, cells.iter().all(|cell| cell.fields < cell.fields_all))
    } else {
        (Shade::Light, cells.iter().all(|cell| cell.fields < cell.fields_all))
    };
    shapes.push(Shape::Box { x: x + 1.0, y: y + 1.0, width: CELL - 2.0, height: ROW - 2.0, shade, broken });
    let text: String = Verb::ALL
        .into_iter()
        .filter(|verb| cells.iter().any(|cell| cell.may.contains(&verb.word())))
        .map(|verb| letter(verb, lang))
        .collect();
    if !text.is_empty() {
        shapes.push(Shape::Text {
            x: x + CELL / 2.0,
            y: y + ROW / 2.0 + 3.0,
            size: 8.5,
            align: Align::Middle,
            turned: 0.0,
            bold: true,
            room: CELL - 4.0,
            on: shade,
            text,
        });
    }
}

/// What those hear who do not see the picture; the words follow it.
fn description(part: &Matrix, lang: Lang) -> String {
    let cells = part.rows.iter().flat_map(|row| &row.cells).filter(|cells| !cells.is_empty()).count();
    let (rows, columns) = (part.rows.len(), part.columns.len());
    match lang {
        Lang::Da => format!(
            "{rows} roller ned og {columns} registre hen. {cells} felter er fyldt: der må rollen noget. Det samme står med ord for hver rolle."
        ),
        Lang::En => format!(
            "{rows} roles down and {columns} registers across. {cells} fields are filled: there the role may do something. The same stands in words for each role."
        ),
    }
}

/// Numbers of rows and columns are small: at most 20,000 keys in a corpus.
fn count(number: usize) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}

/// A title shortened with a sign where it would leave its room; letters of the house are at most 0.62 of their size wide on average.
fn fitted(title: &str, room: f32, size: f32) -> String {
    let mut width = 0.0;
    let mut kept = String::new();
    for sign in title.chars() {
        width += wide(sign) * size;
        if width > room - size {
            return format!("{}…", kept.trim_end());
        }
        kept.push(sign);
    }
    kept
}

/// How wide a sign is, in parts of its size; rather too wide than too narrow.
fn wide(sign: char) -> f32 {
    match sign {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' => 0.33,
        'f' | 't' | 'r' | '(' | ')' | '-' => 0.43,
        'm' | 'w' | 'M' | 'W' | 'æ' | 'Æ' | '–' => 0.96,
        upper if upper.is_uppercase() => 0.72,
        _letter => 0.62,
    }
}

/// What one role may do, register by register.
fn in_words(desk: Desk<'_>, all: &Matrix, row: &super::super::matrix::Row) -> Table {
    let columns = [
        desk.say("Register", "Register"),
        desk.say("Må", "May"),
        desk.say("Når", "When"),
        desk.say("Hvor meget", "How much"),
        desk.say("Hvor det står", "Where it stands"),
    ];
    let caption = format!("{}: {}", row.title, desk.say("hvad rollen må", "what the role may do"));
    let mut table = Table::new(&format!("role-{}", row.id), caption, &columns);
    for (column, cells) in all.columns.iter().zip(&row.cells) {
        for cell in cells {
            table.rows.push(vec![
                column.title.clone(),
                sentence(&cell.may_words.join(", ")),
                when(desk, cell),
                how_much(desk, cell),
                cell.title.clone(),
            ]);
        }
    }
    table
}

fn when(desk: Desk<'_>, cell: &Cell) -> String {
    let mut words = cell.when.clone().unwrap_or_else(|| desk.say("altid", "always").to_owned());
    if cell.step_up {
        words.push_str(desk.say("; efter at have logget på igen", "; after logging in again"));
    }
    words
}

fn how_much(desk: Desk<'_>, cell: &Cell) -> String {
    if cell.fields == cell.fields_all {
        return desk.say("det hele", "all of it").to_owned();
    }
    format!("{} {} {}", cell.fields, desk.say("af", "of"), cell.fields_all)
}

/// Roles down, registers across, verbs in the cells.
fn grid(desk: Desk<'_>, all: &Matrix) -> Table {
    let mut columns = vec![desk.say("Rolle", "Role")];
    columns.extend(all.columns.iter().map(|column| column.title.as_str()));
    let mut table = Table::new("matrix", desk.say("Hvem må hvad", "Who may do what"), &columns);
    for row in &all.rows {
        let mut cells = vec![row.title.clone()];
        cells.extend(row.cells.iter().map(|cells| {
            let verbs =
                Verb::ALL.into_iter().filter(|verb| cells.iter().any(|cell| cell.may.contains(&verb.word())));
            verbs.map(|verb| verb_words(verb, desk.lang)).collect::<Vec<_>>().join(", ")
        }));
        table.rows.push(cells);
    }
    table
}

/// One row for each use, role and register, so that it can be sorted and filtered.
fn long(desk: Desk<'_>, all: &Matrix) -> Table {
    let columns = [
        desk.say("Rolle", "Role"),
        desk.say("Register", "Register"),
        desk.say("Må", "May"),
        desk.say("Når", "When"),
        desk.say("Hvor meget", "How much"),
        desk.say("Hvor det står", "Where it stands"),
        "Id",
    ];
    let mut table = Table::new("uses", desk.say("Hver adgang for sig", "Each access by itself"), &columns);
    for row in &all.rows {
        for (column, cells) in all.columns.iter().zip(&row.cells) {
            for cell in cells {
                table.rows.push(vec![
                    row.title.clone(),
                    column.title.clone(),
                    cell.may_words.join(", "),
                    when(desk, cell),
                    how_much(desk, cell),
                    cell.title.clone(),
                    cell.id.clone(),
                ]);
            }
        }
    }
    table
}
