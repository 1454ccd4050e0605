//! Places in a text as editors count them: lines from 0, and columns in units of UTF-16 or in bytes.

use std::ops::Range;

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Columns {
    /// Units of UTF-16, the default of the protocol.
    Utf16,
    /// Bytes, where the editor can.
    Utf8,
}

/// A text with the beginnings of its lines.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    columns: Columns,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str, columns: Columns) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect(), columns }
    }

    /// The place of a byte.
    pub(super) fn position(&self, offset: usize) -> lsp_types::Position {
        let offset = floor(self.text, offset);
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = self.text.get(start..offset).unwrap_or("");
        let column = match self.columns {
            Columns::Utf16 => before.encode_utf16().count(),
            Columns::Utf8 => before.len(),
        };
        let number = |size: usize| u32::try_from(size).unwrap_or(u32::MAX);
        lsp_types::Position { line: number(line), character: number(column) }
    }

    pub(super) fn range(&self, span: &Range<usize>) -> lsp_types::Range {
        lsp_types::Range { start: self.position(span.start), end: self.position(span.end.max(span.start)) }
    }

    /// The byte of a place; a place beyond a line is its end, one beyond the text is the text's.
    pub(super) fn offset(&self, position: lsp_types::Position) -> usize {
        let at = |line: u32| usize::try_from(line).ok().and_then(|line| self.starts.get(line).copied());
        let Some(start) = at(position.line) else { return self.text.len() };
        let line = self.text.get(start..).unwrap_or("").split('\n').next().unwrap_or("");
        let line = line.strip_suffix('\r').unwrap_or(line);
        let wanted = usize::try_from(position.character).unwrap_or(usize::MAX);
        let mut counted = 0;
        for (at, sign) in line.char_indices() {
            if counted >= wanted {
                return start + at;
            }
            counted += match self.columns {
                Columns::Utf16 => sign.len_utf16(),
                Columns::Utf8 => sign.len_utf8(),
            };
        }
        start + line.len()
    }

    /// The text of some bytes.
    pub(super) fn slice(&self, span: &Range<usize>) -> &'a str {
        self.text.get(span.clone()).unwrap_or("")
    }

    pub(super) fn bytes(&self, range: lsp_types::Range) -> Range<usize> {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        start.min(end)..end.max(start)
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_units_of_utf_16_or_in_bytes() {
        let text = "a\næø😀b\r\nc";
        let place = |line, character| lsp_types::Position { line, character };
        let lines = Lines::of(text, Columns::Utf16);
        let b = text.find('b').unwrap();
        assert_eq!(lines.position(b), place(1, 4));
        assert_eq!(lines.offset(place(1, 4)), b);
        assert_eq!(lines.offset(place(1, 3)), b, "within a pair of units the next letter counts");
        assert_eq!(lines.offset(place(1, 99)), b + 1, "beyond a line is its end, before its break");
        assert_eq!(lines.offset(place(9, 0)), text.len());
        let lines = Lines::of(text, Columns::Utf8);
        assert_eq!(lines.position(b), place(1, 8));
        assert_eq!(lines.offset(place(1, 8)), b);
    }

    #[test]
    fn every_letter_is_found_again() {
        let text = "first\n\n  æ😀ö \"x\"\r\nlast";
        for columns in [Columns::Utf16, Columns::Utf8] {
            let lines = Lines::of(text, columns);
            for (at, sign) in text.char_indices().filter(|(_, sign)| !matches!(sign, '\n' | '\r')) {
                assert_eq!(lines.offset(lines.position(at)), at, "{sign}");
            }
        }
    }
}
