//! The tables of a document as a workbook: one table a sheet, its head kept in sight and ready to filter.
//!
//! Invariant: every cell is a text. Nothing that stands in a notice can become a formula.

use notice::render::{Block, Document, Table};
use rust_xlsxwriter::{DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

/// A document that cannot become a workbook.
#[derive(Debug, thiserror::Error)]
pub enum XlsxError {
    /// There is no table in it.
    #[error("this print has no table")]
    NoTable,
    /// The workbook cannot be written.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

/// Most signs of a cell that spreadsheets take.
const CELL_MAX: usize = 32_767;
/// Most signs of the name of a sheet.
const NAME_MAX: usize = 31;
/// Widest column, in signs.
const WIDEST: usize = 60;

/// A document as XLSX.
///
/// # Errors
/// If it has no table, or the workbook would break a limit of its format.
pub fn xlsx(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?;
    // A date of the clock would make each file another one; the version says which notice it is.
    let about = DocProperties::new()
        .set_title(&document.title)
        .set_comment(&document.version)
        .set_creation_datetime(&made);
    book.set_properties(&about);
    if document.sheets.is_empty() {
        return Err(XlsxError::NoTable);
    }
    for (at, table) in document.sheets.iter().enumerate() {
        write(table, at, book.add_worksheet())?;
    }
    write_cover(document, book.add_worksheet())?;
    Ok(book.save_to_buffer()?)
}

fn write(table: &Table, at: usize, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border_bottom(FormatBorder::Medium);
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_num_format("@");
    let name = sheet_name(&table.caption, at);
    sheet.set_name(name)?;
    for (column, words) in (0_u16..).zip(&table.columns) {
        sheet.write_string_with_format(0, column, words, &head)?;
        let cells = table.rows.iter().filter_map(|row| row.get(usize::from(column)));
        let longest = cells.flat_map(|cell| cell.lines()).map(|line| line.chars().count()).max().unwrap_or(0);
        let width = longest.max(words.chars().count()).clamp(8, WIDEST);
        sheet.set_column_width(column, f64::from(u16::try_from(width).unwrap_or(8)) + 2.0)?;
    }
    for (row, cells) in (1_u32..).zip(&table.rows) {
        for (column, words) in (0_u16..).zip(cells) {
            let words: String = words.chars().take(CELL_MAX).collect();
            sheet.write_string_with_format(row, column, words, &cell)?;
        }
    }
    let rows = u32::try_from(table.rows.len()).unwrap_or(0);
    let columns = u16::try_from(table.columns.len()).unwrap_or(1).saturating_sub(1);
    sheet.set_freeze_panes(1, 1)?;
    if rows > 0 {
        sheet.autofilter(0, 0, rows, columns)?;
    }
    sheet.set_landscape().set_repeat_rows(0, 0)?;
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

/// What the workbook is, and from which notice.
fn write_cover(document: &Document, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let (name, version) = match document.lang {
        notice::Lang::Da => ("Om", "Udgave"),
        notice::Lang::En => ("About", "Version"),
    };
    sheet.set_name(name)?;
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap();
    sheet.set_column_width(0, 30)?;
    sheet.set_column_width(1, 90)?;
    sheet.write_string_with_format(0, 0, &document.title, &bold)?;
    if let Some(about) = &document.about {
        sheet.write_string_with_format(1, 1, about, &wrapped)?;
    }
    let mut row = 3;
    let pairs = document.blocks.iter().filter_map(|block| match block {
        Block::Pairs { pairs } => Some(pairs),
        Block::Heading { .. }
        | Block::Paragraph { .. }
        | Block::Remark { .. }
        | Block::List { .. }
        | Block::Table(_)
        | Block::Figure(_)
        | Block::More { .. } => None,
    });
    for (label, value) in pairs.take(1).flatten() {
        sheet.write_string_with_format(row, 0, label, &bold)?;
        sheet.write_string_with_format(row, 1, value, &wrapped)?;
        row += 1;
    }
    sheet.write_string_with_format(row + 1, 0, version, &bold)?;
    sheet.write_string(row + 1, 1, &document.version)?;
    Ok(())
}

/// A name that spreadsheets take: short, without their own signs, never twice.
fn sheet_name(caption: &str, at: usize) -> String {
    let plain: String = caption
        .chars()
        .filter(|sign| !matches!(sign, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\''))
        .collect();
    let number = format!("{} ", at + 1);
    let room = NAME_MAX - number.chars().count();
    format!("{number}{}", plain.chars().take(room).collect::<String>().trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_short_and_plain() {
        let name = sheet_name("Overførsler til lande uden for EU/EØS: [alle]", 3);
        assert!(name.starts_with("4 Overførsler") && name.chars().count() <= 31, "{name}");
        assert!(!name.contains(['[', ':', '/']));
    }
}
