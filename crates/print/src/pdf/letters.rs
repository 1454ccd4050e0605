//! The letters: how wide words are, and which signs there are.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Face, UnicodeBuffer};

const REGULAR: &[u8] = include_bytes!("../../fonts/IBMPlexSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/IBMPlexSans-SemiBold.ttf");

/// What stands where a sign has no letter; a file for the archive must not hold an empty box.
const UNKNOWN: char = '?';

/// How strong letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// For reading.
    Regular,
    /// For headings and labels.
    Bold,
}

/// Both weights, for measuring and for drawing.
pub(super) struct Letters {
    regular: One,
    bold: One,
}

struct One {
    face: Face<'static>,
    font: Font,
    units: f32,
    /// Words come again and again; each is measured once.
    widths: RefCell<HashMap<String, f32>>,
}

impl One {
    fn load(bytes: &'static [u8]) -> Option<Self> {
        let face = Face::from_slice(bytes, 0)?;
        let font = Font::new(bytes.into(), 0)?;
        let units = font.units_per_em();
        Some(Self { face, font, units, widths: RefCell::default() })
    }
}

impl Letters {
    pub(super) fn load() -> Option<Self> {
        Some(Self { regular: One::load(REGULAR)?, bold: One::load(BOLD)? })
    }

    const fn one(&self, weight: Weight) -> &One {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    pub(super) fn font(&self, weight: Weight) -> Font {
        self.one(weight).font.clone()
    }

    /// The text with signs that have letters only, on one line.
    pub(super) fn printable(&self, text: &str) -> String {
        let known = |sign: char| self.regular.face.glyph_index(sign).is_some();
        let sign = |sign: char| match sign {
            sign if sign.is_whitespace() => ' ',
            sign if known(sign) => sign,
            _no_letter => UNKNOWN,
        };
        text.chars().filter(|sign| !matches!(sign, '\u{ad}' | '\u{200b}' | '\u{feff}')).map(sign).collect()
    }

    /// The letters of one line, with widths in parts of the size.
    pub(super) fn shaped(&self, text: &str, weight: Weight) -> Vec<KrillaGlyph> {
        let one = self.one(weight);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(&one.face, &[], buffer);
        let starts: BTreeSet<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        let end = |start: usize| starts.range(start + 1..).next().copied().unwrap_or(text.len());
        shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .map(|(info, place)| {
                let start = info.cluster as usize;
                let part = |units: i32| parts(units, one.units);
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    part(place.x_advance),
                    part(place.x_offset),
                    part(place.y_offset),
                    part(place.y_advance),
                    start..end(start),
                    None,
                )
            })
            .collect()
    }

    /// How wide a text is at a size.
    pub(super) fn width(&self, text: &str, weight: Weight, size: f32) -> f32 {
        let one = self.one(weight);
        if let Some(width) = one.widths.borrow().get(text) {
            return width * size;
        }
        let width: f32 = self.shaped(text, weight).iter().map(|glyph| glyph.x_advance).sum();
        one.widths.borrow_mut().insert(text.to_owned(), width);
        width * size
    }

    /// The text broken into lines that fit; a word that is wider than the line is broken too.
    pub(super) fn lines(&self, text: &str, weight: Weight, size: f32, room: f32) -> Vec<String> {
        text.lines().flat_map(|line| self.broken(&self.printable(line), weight, size, room)).collect()
    }

    fn broken(&self, text: &str, weight: Weight, size: f32, room: f32) -> Vec<String> {
        let space = self.width(" ", weight, size);
        let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0.0_f32);
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            for piece in self.pieces(word, weight, size, room) {
                let width = self.width(&piece, weight, size);
                if !line.is_empty() && used + space + width > room {
                    lines.push(std::mem::take(&mut line));
                    used = 0.0;
                }
                if !line.is_empty() {
                    line.push(' ');
                    used += space;
                }
                line.push_str(&piece);
                used += width;
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// A word, or its parts where it is wider than the line.
    fn pieces(&self, word: &str, weight: Weight, size: f32, room: f32) -> Vec<String> {
        if self.width(word, weight, size) <= room {
            return vec![word.to_owned()];
        }
        let (mut pieces, mut piece) = (Vec::new(), String::new());
        for sign in word.chars() {
            piece.push(sign);
            if self.width(&piece, weight, size) > room && piece.chars().count() > 1 {
                piece.pop();
                pieces.push(std::mem::replace(&mut piece, sign.to_string()));
            }
        }
        pieces.push(piece);
        pieces
    }

    /// How wide a text is on one line, word by word.
    pub(super) fn whole(&self, text: &str, weight: Weight, size: f32) -> f32 {
        let space = self.width(" ", weight, size);
        let text = self.printable(text);
        text.split(' ').map(|word| self.width(word, weight, size) + space).sum()
    }

    /// The widest word of a text.
    pub(super) fn widest_word(&self, text: &str, weight: Weight, size: f32) -> f32 {
        let text = self.printable(text);
        text.split(' ').map(|word| self.width(word, weight, size)).fold(0.0, f32::max)
    }
}

/// Units of a font are small whole numbers.
fn parts(units: i32, whole: f32) -> f32 {
    f32::from(i16::try_from(units).unwrap_or(i16::MAX)) / whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_its_room() {
        let letters = Letters::load().unwrap();
        let text =
            "Databeskyttelsesrådgiverens erase at latest(prescription.issued+P2Y,optlastdispensed+P2Y) kort";
        for room in [40.0, 90.0, 300.0] {
            for line in letters.lines(text, Weight::Regular, 9.0, room) {
                assert!(letters.width(&line, Weight::Regular, 9.0) <= room, "{line} in {room}");
            }
        }
    }

    #[test]
    fn a_sign_without_a_letter_is_replaced() {
        let letters = Letters::load().unwrap();
        assert_eq!(letters.printable("blåbærgrød – «ja» …"), "blåbærgrød – «ja» …");
        assert_eq!(letters.printable("a\u{1f600}b\tc"), "a?b c");
    }
}
