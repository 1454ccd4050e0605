//! A table as CSV that a spreadsheet opens as text and never as a formula.

use super::{Document, Table};

/// Signs with which a spreadsheet begins a formula or a command.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

impl Document {
    /// The sheets as CSV (RFC 4180, UTF-8 with its mark, so that spreadsheets know the letters); tables apart by an empty line.
    #[must_use]
    pub fn csv(&self) -> Option<String> {
        if self.sheets.is_empty() {
            return None;
        }
        let tables: Vec<_> = self.sheets.iter().map(csv).collect();
        Some(format!("\u{feff}{}", tables.join("\r\n")))
    }
}

fn csv(table: &Table) -> String {
    std::iter::once(&table.columns).chain(&table.rows).map(|row| line(row)).collect()
}

fn line(cells: &[String]) -> String {
    let cells: Vec<_> = cells.iter().map(|cell| quoted(cell)).collect();
    cells.join(",") + "\r\n"
}

/// In quotes, with quotes doubled; what would be a formula gets an apostrophe before it and stays text.
fn quoted(cell: &str) -> String {
    let guard = if cell.trim_start().starts_with(FORMULA) || cell.starts_with(FORMULA) { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_a_formula() {
        for cell in
            ["=1+1", "+45 12", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =cmd|' /C calc'!A0", "=HYPERLINK(\"x\")"]
        {
            let text = quoted(cell);
            assert!(text.starts_with("\"'"), "{text}");
        }
        assert_eq!(quoted("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(quoted("to\nlines"), "\"to\nlines\"");
    }
}
