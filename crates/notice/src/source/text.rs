//! What a person reads must be what the house runs: no hidden signs, no look-alike letters.

use std::ops::Range;
use std::sync::Arc;

use unicode_normalization::is_nfc;
use unicode_script::{Script, ScriptExtension, UnicodeScript};

use crate::check::codes::{self, Message};
use crate::diagnostic::Diagnostic;
use crate::policy::Place;

/// Findings of one kind that are shown for one file; a file full of them needs no more.
const SHOWN_MAX: usize = 50;

/// What an editor may write at the beginning of a file, and only there.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Checks a whole file as it lies on disk, comments and keys too.
pub(crate) fn check_signs(file: &Arc<str>, text: &str, found: &mut Vec<Diagnostic>) {
    let mut signs = Signs { file, hidden: 0, denormal: 0, mixed: 0, lookalike: 0, found };
    // Some editors begin a file with a sign that says how its letters are written; a reader of TOML leaves it out.
    let after_mark = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let mark_bytes = text.len() - after_mark.len();
    for (at, line) in lines(after_mark).map(|(at, line)| (mark_bytes + at, line)) {
        // Most lines are plain; only the others are looked at sign by sign.
        if !line.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~')) {
            signs.line(at, line);
        }
    }
}

/// What was found in one file so far.
struct Signs<'a> {
    file: &'a Arc<str>,
    hidden: usize,
    denormal: usize,
    mixed: usize,
    lookalike: usize,
    found: &'a mut Vec<Diagnostic>,
}

impl Signs<'_> {
    fn line(&mut self, start: usize, line: &str) {
        for (at, sign) in line.char_indices().filter(|(_, sign)| is_hidden(*sign)) {
            self.hidden += 1;
            if self.hidden <= SHOWN_MAX {
                self.say(hidden(sign), start + at, sign.len_utf8());
            }
        }
        if !is_nfc(line) {
            self.denormal += 1;
            if self.denormal <= SHOWN_MAX {
                self.say(codes::line_not_nfc(), start, line.len());
            }
        }
        for (at, word) in words(line) {
            if is_mixed(word) {
                self.mixed += 1;
                if self.mixed <= SHOWN_MAX {
                    self.say(codes::mixed_script(&word), start + at, word.len());
                }
            } else if is_lookalike(word) {
                self.lookalike += 1;
                if self.lookalike <= SHOWN_MAX {
                    self.say(codes::lookalike(&word), start + at, word.len());
                }
            }
        }
    }

    fn say(&mut self, message: Message, start: usize, length: usize) {
        let place = Place { file: Arc::clone(self.file), span: start..start + length };
        self.found.push(Diagnostic::new(message, place));
    }
}

fn hidden(sign: char) -> Message {
    codes::hidden_sign(&format!("U+{:04X}", u32::from(sign)))
}

/// Whether a text holds markup, which a page would show as it stands.
pub(crate) fn has_markup(text: &str) -> bool {
    text.split('<').skip(1).any(|rest| {
        let tag = rest.strip_prefix('/').unwrap_or(rest);
        tag.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '!') && rest.contains('>')
    })
}

/// Checks a value that was written with escapes: `\u200B` is as hidden as the sign itself.
pub(crate) fn check_escaped(file: &Arc<str>, value: &str, span: Range<usize>, found: &mut Vec<Diagnostic>) {
    let place = Place { file: Arc::clone(file), span };
    if let Some(sign) = value.chars().find(|sign| is_hidden(*sign)) {
        found.push(Diagnostic::new(hidden(sign), place));
    } else if !is_nfc(value) {
        found.push(Diagnostic::new(codes::text_not_nfc(), place));
    } else if let Some((_, word)) = words(value).find(|(_, word)| is_mixed(word)) {
        found.push(Diagnostic::new(codes::mixed_script(&word), place));
    } else if let Some((_, word)) = words(value).find(|(_, word)| is_lookalike(word)) {
        found.push(Diagnostic::new(codes::lookalike(&word), place));
    }
}

/// Controls of direction, zero-width signs, control characters but tab and line ends, and private signs.
fn is_hidden(sign: char) -> bool {
    matches!(sign,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E000}'..='\u{F8FF}'
        | '\u{E0000}'..='\u{10FFFF}')
        || (sign.is_control() && !matches!(sign, '\t' | '\n' | '\r'))
}

fn is_mixed(word: &str) -> bool {
    let scripts = word.chars().filter(|sign| !matches!(sign.script(), Script::Common | Script::Inherited));
    let mut shared: Option<ScriptExtension> = None;
    for sign in scripts {
        let extension = sign.script_extension();
        shared = Some(match shared {
            Some(shared) => shared.intersection(extension),
            None => extension,
        });
    }
    shared.is_some_and(ScriptExtension::is_empty)
}

/// Letters of the Cyrillic and the Greek alphabet that look like Latin ones (Unicode TR39).
const LOOKALIKES: &str = "аеорсухіјѕһԁԛԝвкмнтАВЕКМНОРСТУХІЈЅԌοαερτυνχικμΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";

/// Whether a whole word is written in letters that look Latin and are not.
fn is_lookalike(word: &str) -> bool {
    let letters = || word.chars().filter(|sign| sign.is_alphabetic());
    // A Greek letter alone is a quantity; a Cyrillic one is nothing here.
    let is_word = letters().count() > 1 || letters().any(|sign| sign.script() == Script::Cyrillic);
    is_word && letters().all(|sign| LOOKALIKES.contains(sign))
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\r', '\n']))
    })
}

/// Runs of letters, digits, `.`, `-` and `_`, with their first byte; only those that are not plain ASCII.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(|sign: char| !(sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.')))
        .map(move |word| {
            let start = at;
            at += word.len();
            (start, word)
        })
        .filter(|(_, word)| !word.is_ascii())
        .map(|(start, word)| {
            (
                start,
                word.trim_end_matches(|sign: char| {
                    !(sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.'))
                }),
            )
        })
}
