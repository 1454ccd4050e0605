//! A document as Markdown, for reading in a terminal and for diffs.

use std::fmt::Write as _;

use super::super::markdown::escaped;
use super::super::words::say;
use super::{Block, Document, Line, Table};

impl Document {
    /// The document as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = format!("# {}\n", escaped(&self.title));
        if let Some(about) = &self.about {
            paragraph(&mut out, about);
        }
        for block in &self.blocks {
            self.write(block, &mut out);
        }
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "\n{} `{}`",
            say(self.lang, "Trykt af det, der kører. Udgave", "Printed from what runs. Version"),
            self.version
        );
        out
    }

    fn write(&self, block: &Block, out: &mut String) {
        match block {
            Block::Heading { level, text, .. } => {
                let marks = "#".repeat(usize::from(*level));
                let _ = writeln!(out, "\n{marks} {}", escaped(text));
            }
            Block::Paragraph { text } => paragraph(out, text),
            Block::Remark { label, text } => {
                let _ = writeln!(out, "\n> **{}** {}", escaped(label), escaped(text));
            }
            Block::Pairs { pairs } => {
                out.push('\n');
                for (label, value) in pairs {
                    let _ = writeln!(out, "- **{}**: {}", escaped(label), escaped(value));
                }
            }
            Block::List { lines } => list(lines, out),
            Block::Table(table) => rows(table, out),
            Block::Figure(figure) => paragraph(out, &figure.description),
            Block::More { stands, .. } => {
                let more = say(self.lang, "Mere i hele erklæringen under", "More in the whole notice under");
                paragraph(out, &format!("{more} «{stands}»."));
            }
        }
    }
}

fn paragraph(out: &mut String, text: &str) {
    let _ = writeln!(out, "\n{}", escaped(text));
}

fn list(lines: &[Line], out: &mut String) {
    out.push('\n');
    for line in lines {
        let note = line.note.as_ref().map(|note| format!(" ({})", escaped(note))).unwrap_or_default();
        let _ = writeln!(out, "- {}{note}", escaped(&line.text));
    }
}

fn rows(table: &Table, out: &mut String) {
    let _ = writeln!(out, "\n**{}**\n", escaped(&table.caption));
    line(&table.columns, out);
    let _ = writeln!(out, "|{}", " --- |".repeat(table.columns.len()));
    table.rows.iter().for_each(|row| line(row, out));
}

fn line(cells: &[String], out: &mut String) {
    let cells: Vec<_> = cells.iter().map(|cell| cell_text(cell)).collect();
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

fn cell_text(cell: &str) -> String {
    let lines: Vec<_> = cell.lines().map(escaped).collect();
    lines.join("<br>")
}
