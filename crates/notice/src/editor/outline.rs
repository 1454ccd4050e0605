//! The outline of a file: its sections with their titles, fields below their register, provisions below their law.

use std::ops::Range;

use super::grammar::Kind;
use super::workspace::{Pointed, Sheet, Workspace, listed, named, own};
use crate::text::Lang;

/// A section of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Its name as it is written.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: Kind,
    /// All of it, in bytes.
    pub whole: Range<usize>,
    /// Its name, in bytes; within the whole.
    pub at: Range<usize>,
    /// What stands below it.
    pub below: Vec<Symbol>,
}

impl Workspace {
    /// The sections of a file, in the order in which they stand.
    #[must_use]
    pub fn outline(&self, path: &str, lang: Lang) -> Vec<Symbol> {
        let Some(sheet) = self.sheet(path) else { return Vec::new() };
        let mut found: Vec<Symbol> = Vec::new();
        for (index, header) in sheet.scan.headers.iter().enumerate() {
            let whole = header.span.start..self.trimmed(sheet, header.until);
            let names = header.path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>();
            match (names.first().copied().and_then(listed), names.len()) {
                (Some(kind), 1) => found.push(self.member(sheet, index, kind, whole, lang)),
                (Some(_), _) | (None, 0 | 1) => {}
                (None, _) => self.named_section(sheet, &header.path, whole, lang, &mut found),
            }
        }
        for pair in sheet.scan.pairs.iter().filter(|pair| pair.path.len() == 4) {
            if let Some(Pointed::Name(Kind::Field, full)) = named(sheet, &pair.path) {
                let last = pair.path.last().map_or(pair.span.clone(), |name| name.span.clone());
                let field = self.symbol(Kind::Field, &full, last, pair.span.clone(), lang);
                place_below(&mut found, field);
            }
        }
        found
    }

    /// The end of a section without the empty lines and comments before the next.
    fn trimmed(&self, sheet: &Sheet, until: usize) -> usize {
        let mut text = self.text(&sheet.path).get(..until).unwrap_or("").trim_end();
        while let Some(line) =
            text.rfind('\n').filter(|at| text.get(at + 1..).is_some_and(|line| line.starts_with('#')))
        {
            text = text.get(..line).unwrap_or("").trim_end();
        }
        text.len()
    }

    /// `[[use]]` and its like, by their id.
    fn member(&self, sheet: &Sheet, header: usize, kind: Kind, whole: Range<usize>, lang: Lang) -> Symbol {
        let id = sheet.scan.texts.iter().find(|text| {
            text.header == Some(header)
                && text.path.len() == 2
                && text.path.last().is_some_and(|name| name.text == "id")
        });
        match id {
            Some(text) => {
                let name = own(kind, &sheet.notice, self.slice(sheet, &text.inside));
                self.symbol(kind, &name, text.inside.clone(), whole, lang)
            }
            None => {
                let at = whole.start..(whole.start + 1).min(whole.end);
                Symbol { name: "?".to_owned(), title: String::new(), kind, whole, at, below: Vec::new() }
            }
        }
    }

    /// `[party.sds]`; a section within one that stands already widens it.
    fn named_section(
        &self,
        sheet: &Sheet,
        path: &[super::scan::Name],
        whole: Range<usize>,
        lang: Lang,
        found: &mut Vec<Symbol>,
    ) {
        let Some(owner) = path.get(..2) else { return };
        let (Some(Pointed::Name(kind, full)), Some(last)) = (named(sheet, owner), owner.last()) else {
            return;
        };
        let short = written(&full, &sheet.notice, kind);
        let there = found.iter().position(|it| it.kind == kind && it.name == short);
        match there.and_then(|at| found.get_mut(at)) {
            Some(symbol) => symbol.whole.end = symbol.whole.end.max(whole.end),
            None => found.push(self.symbol(kind, &full, last.span.clone(), whole.clone(), lang)),
        }
        if let (Some(Pointed::Name(Kind::Provision, full)), Some(last)) = (named(sheet, path), path.last()) {
            let provision = self.symbol(Kind::Provision, &full, last.span.clone(), whole, lang);
            place_below(found, provision);
        }
    }

    fn symbol(&self, kind: Kind, full: &str, at: Range<usize>, whole: Range<usize>, lang: Lang) -> Symbol {
        let title = super::hover::title(self.policy(), kind, full, lang).unwrap_or_default();
        let notice = full.split('.').next().unwrap_or_default();
        let name = match kind {
            Kind::Field => full.rsplit('.').next().unwrap_or(full).to_owned(),
            Kind::Provision => full.split_once(':').map_or(full, |(_, name)| name).to_owned(),
            kind => written(full, notice, kind),
        };
        // A text that is never closed reaches over the empty lines at the end.
        let whole = whole.start..whole.end.max(at.end);
        Symbol { name, title, kind, whole, at, below: Vec::new() }
    }
}

fn written(full: &str, notice: &str, kind: Kind) -> String {
    if !kind.belongs_to_a_notice() {
        return full.to_owned();
    }
    full.strip_prefix(notice).and_then(|rest| rest.strip_prefix('.')).unwrap_or(full).to_owned()
}

/// Puts a symbol below the one that holds it.
fn place_below(found: &mut [Symbol], symbol: Symbol) {
    let holder = found
        .iter_mut()
        .rev()
        .find(|it| it.whole.start <= symbol.whole.start && symbol.whole.end <= it.whole.end);
    if let Some(holder) = holder {
        holder.below.push(symbol);
    }
}
