//! Where everything stands in a file that is being written: sections, keys and texts, as far as they can be told.
//!
//! The compiler reads TOML that is right; an editor is asked about the moment before. This reader never fails: a text
//! that is not closed ends with its line, a list that is not closed ends where the next key or section begins.

use std::ops::Range;

/// A name in a path, with its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

/// `[register.card]` or `[[use]]`.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) path: Vec<Name>,
    pub(super) span: Range<usize>,
    /// First byte after the last line that belongs to it.
    pub(super) until: usize,
}

/// A key before `=`, with the whole path from the file down.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub(super) path: Vec<Name>,
    /// Which header it stands under; `None` before the first.
    pub(super) header: Option<usize>,
    /// Key and value.
    pub(super) span: Range<usize>,
}

/// A text in quotation marks.
#[derive(Clone, Debug)]
pub(super) struct Text {
    /// The path of the key that it stands behind.
    pub(super) path: Vec<Name>,
    /// Which header it stands under.
    pub(super) header: Option<usize>,
    /// The bytes between the quotation marks.
    pub(super) inside: Range<usize>,
}

/// A file, read.
#[derive(Clone, Debug, Default)]
pub(super) struct Scan {
    pub(super) headers: Vec<Header>,
    pub(super) pairs: Vec<Pair>,
    pub(super) texts: Vec<Text>,
}

/// What would come next at the end of what was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A name in a header: the parts before it, and where it begins.
    Header { before: Vec<String>, from: usize },
    /// A key: the path of its table, and where it begins.
    Key { table: Vec<String>, from: usize },
    /// A value without quotation marks: the path of its key, and where it begins.
    Value { path: Vec<String>, from: usize },
    /// A text: the path of its key, and where the text begins.
    Text { path: Vec<String>, from: usize },
    /// Nothing that could be helped with: a comment, or the end of a value.
    Nothing,
}

/// Reads a file.
pub(super) fn scan(text: &str) -> Scan {
    Reader::over(text).run().0
}

/// Reads the beginning of a file and says what would come next.
pub(super) fn next(beginning: &str) -> (Scan, Next) {
    Reader::over(beginning).run()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    List,
    /// A table in one line, and how many names of the path it began with.
    Table(usize),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Key,
    Value,
    Nothing,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    scan: Scan,
    /// The names of the key that is being read, below the header.
    path: Vec<Name>,
    /// Pairs that are not finished.
    open: Vec<usize>,
    inside: Vec<Inside>,
    wanted: Wanted,
}

/// Deepest nesting that is followed; the compiler refuses it sooner.
const DEPTH_MAX: usize = 64;

impl<'a> Reader<'a> {
    fn over(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            scan: Scan::default(),
            path: Vec::new(),
            open: Vec::new(),
            inside: Vec::new(),
            wanted: Wanted::Key,
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn slice(&self, span: Range<usize>) -> &'a str {
        self.text.get(span).unwrap_or("")
    }

    /// Goes on while the bytes are of a kind; these kinds hold whole characters only.
    fn skip(&mut self, of: impl Fn(u8) -> bool) {
        while self.byte().is_some_and(&of) {
            self.at += 1;
        }
    }

    fn run(mut self) -> (Scan, Next) {
        loop {
            self.skip(|byte| byte == b' ' || byte == b'\t' || byte == b'\r');
            let Some(byte) = self.byte() else {
                let next = self.expected(self.at);
                return self.done(next);
            };
            let before = self.at;
            let ended = match byte {
                b'\n' => {
                    self.at += 1;
                    self.line();
                    None
                }
                b'#' => {
                    self.skip(|byte| byte != b'\n');
                    (self.at == self.text.len()).then_some(Next::Nothing)
                }
                _other => match self.wanted {
                    Wanted::Key => self.key(),
                    Wanted::Value => self.value(),
                    Wanted::Nothing => self.after(),
                },
            };
            if let Some(next) = ended {
                return self.done(next);
            }
            if self.at == before {
                self.step();
            }
        }
    }

    /// Goes on by one character.
    fn step(&mut self) {
        self.at += self.rest().chars().next().map_or(1, char::len_utf8);
    }

    fn done(mut self, next: Next) -> (Scan, Next) {
        let end = self.text.len();
        self.close_pairs(0, end);
        if let Some(header) = self.scan.headers.last_mut() {
            header.until = end;
        }
        (self.scan, next)
    }

    /// What is wanted at a place where nothing is written yet.
    fn expected(&self, from: usize) -> Next {
        match self.wanted {
            Wanted::Key => Next::Key { table: self.whole_path(), from },
            Wanted::Value => Next::Value { path: self.whole_path(), from },
            Wanted::Nothing => Next::Nothing,
        }
    }

    fn header_path(&self) -> &[Name] {
        self.scan.headers.last().map_or(&[], |header| &header.path)
    }

    fn full(&self) -> Vec<Name> {
        self.header_path().iter().chain(&self.path).cloned().collect()
    }

    fn whole_path(&self) -> Vec<String> {
        self.full().into_iter().map(|name| name.text).collect()
    }

    /// A new line: outside lists and tables a new key; inside of them only what can be nothing else ends them.
    fn line(&mut self) {
        let ahead = self.rest().trim_start_matches([' ', '\t']);
        let section = ahead.starts_with("[[") || (ahead.starts_with('[') && opens_section(ahead));
        let key = || self.inside.last() == Some(&Inside::List) && opens_pair(ahead);
        if self.inside.is_empty() || section || key() {
            let at = self.at;
            self.close_pairs(0, at);
            self.inside.clear();
            self.path.clear();
            self.wanted = Wanted::Key;
        }
    }

    fn close_pairs(&mut self, keep: usize, at: usize) {
        let end = self.text.get(..at).map_or(at, |text| text.trim_end().len());
        while self.open.len() > keep {
            let Some(index) = self.open.pop() else { break };
            if let Some(pair) = self.scan.pairs.get_mut(index) {
                pair.span.end = end.max(pair.span.end);
            }
        }
    }

    fn key(&mut self) -> Option<Next> {
        match self.byte() {
            Some(b'[') if self.inside.is_empty() => self.header(),
            Some(b'}') => {
                self.close();
                None
            }
            Some(b',') => {
                self.at += 1;
                None
            }
            Some(_) => self.names(),
            None => None,
        }
    }

    /// `a.b."c d" =`
    fn names(&mut self) -> Option<Next> {
        let table = self.path.len();
        let begin = self.at;
        loop {
            let from = self.at;
            let name = self.name();
            if self.at == self.text.len() {
                let table = self.whole_path();
                return Some(Next::Key { table, from });
            }
            match name {
                Some(name) => self.path.push(name),
                None => break,
            }
            self.blanks();
            if self.byte() != Some(b'.') {
                break;
            }
            self.at += 1;
            self.blanks();
        }
        self.blanks();
        if self.path.len() > table {
            let pair = Pair { path: self.full(), header: self.last_header(), span: begin..self.at };
            self.open.push(self.scan.pairs.len());
            self.scan.pairs.push(pair);
        }
        if self.byte() == Some(b'=') {
            self.at += 1;
            self.wanted = Wanted::Value;
        } else {
            self.wanted = Wanted::Nothing;
        }
        None
    }

    fn last_header(&self) -> Option<usize> {
        self.scan.headers.len().checked_sub(1)
    }

    fn blanks(&mut self) {
        self.skip(|byte| byte == b' ' || byte == b'\t');
    }

    /// One name of a path, bare or in quotation marks.
    fn name(&mut self) -> Option<Name> {
        let start = self.at;
        if let Some(quote @ (b'"' | b'\'')) = self.byte() {
            self.at += 1;
            self.skip(|byte| byte != quote && byte != b'\n');
            let text = self.slice(start + 1..self.at).to_owned();
            if self.byte() == Some(quote) {
                self.at += 1;
            }
            return Some(Name { text, span: start..self.at });
        }
        // Other letters are an error of the language and still one name.
        self.skip(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_' || byte >= 0x80);
        (self.at > start).then(|| Name { text: self.slice(start..self.at).to_owned(), span: start..self.at })
    }

    fn header(&mut self) -> Option<Next> {
        let start = self.at;
        self.skip(|byte| byte == b'[');
        let mut path: Vec<Name> = Vec::new();
        loop {
            self.blanks();
            let from = self.at;
            let name = self.name();
            if self.at == self.text.len() {
                let before = path.into_iter().map(|name| name.text).collect();
                return Some(Next::Header { before, from });
            }
            path.extend(name);
            self.blanks();
            if self.byte() != Some(b'.') {
                break;
            }
            self.at += 1;
        }
        self.skip(|byte| byte == b']');
        let end = self.at;
        if let Some(before) = self.scan.headers.last_mut() {
            before.until = start;
        }
        self.path.clear();
        self.scan.headers.push(Header { path, span: start..end, until: end });
        self.wanted = Wanted::Nothing;
        None
    }

    fn value(&mut self) -> Option<Next> {
        match self.byte() {
            Some(b'"' | b'\'') => self.quoted(),
            Some(b'[') => {
                self.at += 1;
                self.enter(Inside::List);
                None
            }
            Some(b'{') => {
                self.at += 1;
                self.enter(Inside::Table(self.path.len()));
                self.wanted = Wanted::Key;
                None
            }
            Some(b']' | b'}') => {
                self.close();
                None
            }
            Some(b',') => {
                self.at += 1;
                None
            }
            Some(_) | None => {
                let from = self.at;
                self.skip(|byte| !matches!(byte, b',' | b']' | b'}' | b'\n' | b'#' | b' ' | b'\t' | b'\r'));
                if self.at == self.text.len() {
                    return Some(Next::Value { path: self.whole_path(), from });
                }
                self.wanted = Wanted::Nothing;
                None
            }
        }
    }

    fn enter(&mut self, inside: Inside) {
        if self.inside.len() < DEPTH_MAX {
            self.inside.push(inside);
        }
    }

    fn close(&mut self) {
        self.at += 1;
        let closed = self.inside.pop();
        if let Some(Inside::Table(names)) = closed {
            self.path.truncate(names);
            let at = self.at;
            let keep = self.open_within(names);
            self.close_pairs(keep, at);
        }
        self.wanted = Wanted::Nothing;
    }

    /// How many open pairs have at most this many names below the header.
    fn open_within(&self, names: usize) -> usize {
        let header = self.header_path().len();
        let within = |index: &&usize| {
            self.scan.pairs.get(**index).is_some_and(|pair| pair.path.len() <= header + names)
        };
        self.open.iter().take_while(within).count()
    }

    /// After a value: a comma goes on, a bracket closes.
    fn after(&mut self) -> Option<Next> {
        match (self.byte(), self.inside.last().copied()) {
            (Some(b','), Some(Inside::List)) => {
                self.at += 1;
                self.wanted = Wanted::Value;
            }
            (Some(b','), Some(Inside::Table(names))) => {
                self.path.truncate(names);
                let at = self.at;
                let keep = self.open_within(names);
                self.close_pairs(keep, at);
                self.at += 1;
                self.wanted = Wanted::Key;
            }
            (Some(b']' | b'}'), Some(_)) => self.close(),
            // What follows a value without a comma is an error of the compiler's; its texts are still found.
            (Some(b'"' | b'\''), Some(Inside::List)) => self.wanted = Wanted::Value,
            (Some(b'{'), Some(Inside::List)) => self.wanted = Wanted::Value,
            (Some(_) | None, _) => self.step(),
        }
        None
    }

    fn quoted(&mut self) -> Option<Next> {
        let mark = self.rest().chars().next().unwrap_or('"');
        let three: String = [mark; 3].iter().collect();
        let many = self.rest().starts_with(&three);
        let from = self.at + if many { 3 } else { 1 };
        let end = if many { self.many_lines(from, &three) } else { self.one_line(from, mark) };
        let closed = end.is_some();
        let until = end.unwrap_or_else(|| self.unclosed(from, many));
        self.scan.texts.push(Text { path: self.full(), header: self.last_header(), inside: from..until });
        self.at = if closed { until + from - self.at } else { until };
        self.wanted = Wanted::Nothing;
        let open = !closed && until == self.text.len();
        open.then(|| Next::Text { path: self.whole_path(), from })
    }

    /// The end of a text in one line; a backslash takes the next sign with it, but not in `'...'`.
    fn one_line(&self, from: usize, mark: char) -> Option<usize> {
        let mut escaped = false;
        for (at, sign) in self.text.get(from..)?.char_indices() {
            match sign {
                '\n' => return None,
                _taken if escaped => escaped = false,
                '\\' if mark == '"' => escaped = true,
                sign if sign == mark => return Some(from + at),
                _sign => {}
            }
        }
        None
    }

    fn many_lines(&self, from: usize, marks: &str) -> Option<usize> {
        let mut search = from;
        loop {
            let end = search + self.text.get(search..)?.find(marks)?;
            let slashes = self.text.get(from..end)?.bytes().rev().take_while(|byte| *byte == b'\\').count();
            if marks.starts_with('\'') || slashes % 2 == 0 {
                return Some(end);
            }
            search = end + 1;
        }
    }

    /// Where a text ends that is not closed: with its line, or, in several lines, with the file.
    fn unclosed(&self, from: usize, many: bool) -> usize {
        if many {
            return self.text.len();
        }
        let line = self.text.get(from..).and_then(|rest| rest.find('\n'));
        line.map_or(self.text.len(), |length| from + length)
    }
}

/// Whether a line that begins with `[` is a header and no list: `[name`.
fn opens_section(line: &str) -> bool {
    line.get(1..).is_some_and(|rest| rest.trim_start().starts_with(|sign: char| sign.is_ascii_lowercase()))
}

/// Whether a line begins with `name =`.
fn opens_pair(line: &str) -> bool {
    let name =
        line.trim_start_matches(|sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | '.'));
    name.len() < line.len() && name.trim_start_matches([' ', '\t']).starts_with('=')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        let join = |path: &[Name]| path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join("/");
        let scan = scan(text);
        scan.texts
            .iter()
            .map(|it| format!("{} = {}", join(&it.path), text.get(it.inside.clone()).unwrap()))
            .collect()
    }

    #[test]
    fn texts_are_found_with_the_path_of_their_key() {
        let text = "[register.card]\ntitle = { da = \"Kort\", en = \"Card\" }\nabout = [\"a\", 'b']\n\
                    says.da = \"\"\"\nlong\n\"\"\"\n[law.gdpr.provision.\"6(1)(e)\"]\ncovers = [\n  \"ordinary\", # why\n]\n";
        assert_eq!(
            paths(text),
            [
                "register/card/title/da = Kort",
                "register/card/title/en = Card",
                "register/card/about = a",
                "register/card/about = b",
                "register/card/says/da = \nlong\n",
                "law/gdpr/provision/6(1)(e)/covers = ordinary",
            ]
        );
    }

    #[test]
    fn what_is_not_closed_ends_where_the_next_thing_begins() {
        let text = "[[use]]\nwho = [\"doc\nmay = [\"read\", \nof = [\"a\"\n[register.b]\nkeep = \"erase";
        assert_eq!(paths(text), ["use/who = doc", "use/may = read", "use/of = a", "register/b/keep = erase"]);
    }

    #[test]
    fn the_end_of_a_beginning_says_what_comes_next() {
        let s = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        for (text, expected) in [
            ("", Next::Key { table: s(&[]), from: 0 }),
            ("[", Next::Header { before: s(&[]), from: 1 }),
            ("[[us", Next::Header { before: s(&[]), from: 2 }),
            ("[register.", Next::Header { before: s(&["register"]), from: 10 }),
            ("[a.b]\nti", Next::Key { table: s(&["a", "b"]), from: 6 }),
            ("[a]\nx = ", Next::Value { path: s(&["a", "x"]), from: 8 }),
            ("[a]\nx = [\"y\", ", Next::Value { path: s(&["a", "x"]), from: 14 }),
            ("[a]\nx = [\"y\", \"z", Next::Text { path: s(&["a", "x"]), from: 15 }),
            ("[a]\nx = { d", Next::Key { table: s(&["a", "x"]), from: 10 }),
            ("[a]\nx = { da = \"å\", ", Next::Key { table: s(&["a", "x"]), from: 21 }),
            ("[a]\nx.d", Next::Key { table: s(&["a", "x"]), from: 6 }),
            ("[a]\nx = \"y\" ", Next::Nothing),
            ("[a] # note", Next::Nothing),
            ("[a]\nx = [\"y\"\nb", Next::Nothing),
        ] {
            assert_eq!(next(text).1, expected, "{text}");
        }
    }

    #[test]
    fn every_beginning_of_every_notice_is_read_to_its_end() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../notices");
        for entry in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let step = (text.len() / 200).max(1);
            for end in (0..text.len()).step_by(step).filter(|end| text.is_char_boundary(*end)) {
                let (scan, _) = next(&text[..end]);
                assert!(scan.texts.iter().all(|it| it.inside.end <= end && it.inside.start <= it.inside.end));
                assert!(scan.pairs.iter().all(|it| it.span.end <= end));
            }
        }
    }

    #[test]
    fn a_pair_reaches_to_the_end_of_its_value() {
        let text = "[a]\nx = [\n  \"y\",\n]\n\nz = 1\n";
        let spans: Vec<&str> = scan(text).pairs.iter().map(|pair| &text[pair.span.clone()]).collect();
        assert_eq!(spans, ["x = [\n  \"y\",\n]", "z = 1"]);
    }
}
