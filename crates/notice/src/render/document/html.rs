//! A document as a page: one column, headings in order, no script, every text escaped.

use super::super::html::STYLE;
use super::super::markup::Markup;
use super::super::words::say;
use super::{Block, Document, Figure, Line, Table};

/// What tables and pictures add to the style of a notice.
const MORE_STYLE: &str = "\
.scroll{overflow-x:auto;margin:1rem 0}.scroll table{min-width:30rem}.wide main{max-width:76rem}\
.scroll th,.scroll td{border-bottom:1px solid;padding:.35rem .75rem .35rem 0}\
.remark{border-left:4px solid;padding-left:.75rem}figure{margin:1rem 0}figure svg{max-width:none}\
@media print{.scroll{overflow:visible}body{font-size:10pt}}";

/// Where on a page a document stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// How many levels below the heading of the page its title is.
    below: u8,
    /// What its names end in.
    names: &'a str,
}

/// From this many columns on a table takes the width of the page.
const WIDE: usize = 5;

impl Document {
    /// A whole page that stands alone.
    #[must_use]
    pub fn html(&self) -> String {
        let lang = self.lang.tag();
        let mut out = Markup::default();
        out.raw("<!doctype html>\n<html lang=\"").raw(lang).raw("\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
        out.text(&self.title).raw("</title>\n<style>").raw(STYLE).raw(MORE_STYLE);
        out.raw("</style>\n</head>\n<body").raw(if self.is_wide() { " class=\"wide\"" } else { "" });
        out.raw(">\n<main>\n").raw(&self.fragment()).raw("</main>\n</body>\n</html>\n");
        out.0
    }

    /// The document as part of a page of its own house; its title is the heading of the page.
    #[must_use]
    pub fn fragment(&self) -> String {
        self.laid(Place { below: 0, names: "" })
    }

    /// The document as one of several on a page: its title stands one level below the heading of the page, and its
    /// names end in its language, so that it can stand beside itself in the other.
    #[must_use]
    pub fn fragment_beside(&self) -> String {
        let names = format!("-{}", self.lang.tag());
        self.laid(Place { below: 1, names: &names })
    }

    fn laid(&self, at: Place<'_>) -> String {
        let mut out = Markup::default();
        out.raw("<article class=\"print ").raw(self.kind).raw("\" lang=\"").raw(self.lang.tag());
        let level = 1 + at.below;
        out.raw(&format!("\">\n<header>\n<h{level}>")).text(&self.title).raw(&format!("</h{level}>\n"));
        if let Some(about) = &self.about {
            out.paragraph(about);
        }
        out.raw("</header>\n");
        for block in &self.blocks {
            self.block(block, at, &mut out);
        }
        out.raw("<footer>\n<p><small>").text(say(
            self.lang,
            "Trykt af det, der kører. Udgave ",
            "Printed from what runs. Version ",
        ));
        out.raw("<code>").text(&self.version).raw("</code></small></p>\n</footer>\n</article>\n");
        out.0
    }

    /// Whether a table needs the width of the page.
    #[must_use]
    pub fn is_wide(&self) -> bool {
        self.blocks.iter().any(|block| match block {
            Block::Table(table) => table.columns.len() >= WIDE,
            Block::Figure(_) => true,
            Block::Heading { .. }
            | Block::Paragraph { .. }
            | Block::Remark { .. }
            | Block::Pairs { .. }
            | Block::List { .. }
            | Block::More { .. } => false,
        })
    }

    fn block(&self, block: &Block, at: Place<'_>, out: &mut Markup) {
        match block {
            Block::Heading { level, anchor, text } => {
                let level = level + at.below;
                out.raw(&format!("<h{level} id=\"")).text(anchor).raw(at.names).raw("\">").text(text);
                out.raw(&format!("</h{level}>\n"));
            }
            Block::Paragraph { text } => {
                out.paragraph(text);
            }
            Block::Remark { label, text } => {
                out.raw("<p class=\"remark\"><strong>")
                    .text(label)
                    .raw("</strong> ")
                    .text(text)
                    .raw("</p>\n");
            }
            Block::Pairs { pairs } => {
                out.raw("<dl>\n");
                for (label, value) in pairs {
                    out.raw("<dt>").text(label).raw("</dt><dd>").text(value).raw("</dd>\n");
                }
                out.raw("</dl>\n");
            }
            Block::List { lines } => list(lines, out),
            Block::Table(table) => drawn(table, out),
            Block::Figure(figure) => picture(figure, at, out),
            Block::More { summary, lines, .. } => {
                out.raw("<details>\n<summary>").text(summary).raw("</summary>\n");
                list(lines, out);
                out.raw("</details>\n");
            }
        }
    }
}

fn list(lines: &[Line], out: &mut Markup) {
    out.raw("<ul>\n");
    for line in lines {
        out.raw("<li>").text(&line.text);
        if let Some(note) = &line.note {
            out.raw(" <small>(");
            match &line.link {
                Some(link) => out.raw("<a href=\"").text(link).raw("\">").text(note).raw("</a>"),
                None => out.text(note),
            };
            out.raw(")</small>");
        }
        out.raw("</li>\n");
    }
    out.raw("</ul>\n");
}

/// A table that scrolls by itself on a narrow screen, also with the keyboard.
fn drawn(table: &Table, out: &mut Markup) {
    out.raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"").text(&table.caption);
    out.raw("\">\n<table>\n<caption>").text(&table.caption).raw("</caption>\n<thead><tr>");
    for column in &table.columns {
        out.raw("<th scope=\"col\">").text(column).raw("</th>");
    }
    out.raw("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.raw("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let (open, close) = if at == 0 { ("<th scope=\"row\">", "</th>") } else { ("<td>", "</td>") };
            out.raw(open);
            for (line, text) in cell.lines().enumerate() {
                out.raw(if line == 0 { "" } else { "<br>" }).text(text);
            }
            out.raw(close);
        }
        out.raw("</tr>\n");
    }
    out.raw("</tbody>\n</table>\n</div>\n");
}

fn picture(figure: &Figure, at: Place<'_>, out: &mut Markup) {
    let figure = &Figure { name: format!("{}{}", figure.name, at.names), ..figure.clone() };
    out.raw("<figure>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
        .text(&figure.title);
    out.raw("\">\n").raw(&figure.svg()).raw("</div>\n<figcaption>").text(&figure.description);
    out.raw("</figcaption>\n</figure>\n");
}
