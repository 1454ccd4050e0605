//! The condition of a use: facts joined by `and`, `or`, `not` and brackets.

use std::fmt;
use std::ops::Range;

use crate::check::codes;
use crate::decide::{Fact, Facts};
use crate::policy::Condition;
use crate::text::Bilingual;

/// Deepest nesting.
const DEPTH_MAX: usize = 32;
/// Longest condition in bytes.
const LINE_MAX_BYTES: usize = 2 * 1024;

/// Why a text is not a condition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("found {}, expected {}", found.en, expected.en)]
pub(crate) struct ConditionError {
    /// Bytes of the text.
    pub(crate) span: Range<usize>,
    /// What stands there.
    pub(crate) found: Bilingual,
    /// What may stand there.
    pub(crate) expected: Bilingual,
    /// What to do.
    pub(crate) help: Bilingual,
    /// The fact that was probably meant.
    pub(crate) meant: Option<&'static str>,
}

/// Reads a condition.
///
/// # Errors
/// When it does not follow the grammar or uses a word that is no fact.
pub(crate) fn parse(text: &str) -> Result<Condition, ConditionError> {
    let mut parser = Parser { text, words: words(text), at: 0, depth: 0 };
    if text.len() > LINE_MAX_BYTES {
        return Err(parser.wrong(codes::at_most_2048_bytes(), codes::write_several_uses()));
    }
    let condition = parser.any()?;
    match parser.word() {
        "" => Ok(condition),
        _more => Err(parser.wrong(codes::and_or_the_end(), help())),
    }
}

struct Parser<'a> {
    text: &'a str,
    words: Vec<(usize, &'a str)>,
    at: usize,
    depth: usize,
}

type Parsed = Result<Condition, ConditionError>;

impl<'a> Parser<'a> {
    fn word(&self) -> &'a str {
        self.words.get(self.at).map_or("", |(_, word)| word)
    }

    fn takes(&mut self, word: &str) -> bool {
        let there = self.word() == word;
        self.at += usize::from(there);
        there
    }

    fn wrong(&self, expected: Bilingual, help: Bilingual) -> ConditionError {
        let end = self.text.len();
        let (start, word) = self.words.get(self.at).copied().unwrap_or((end, ""));
        let found = if word.is_empty() { codes::the_end() } else { codes::quoted(&word) };
        ConditionError { span: start..start + word.len(), found, expected, help, meant: None }
    }

    fn any(&mut self) -> Parsed {
        let mut all = vec![self.all()?];
        while self.takes("or") {
            all.push(self.all()?);
        }
        Ok(one_or(all, Condition::Any))
    }

    fn all(&mut self) -> Parsed {
        let mut all = vec![self.atom()?];
        while self.takes("and") {
            all.push(self.atom()?);
        }
        Ok(one_or(all, Condition::All))
    }

    fn atom(&mut self) -> Parsed {
        if self.depth == DEPTH_MAX {
            return Err(self.wrong(codes::at_most_32_levels(), codes::write_several_uses()));
        }
        self.depth += 1;
        let atom = self.inner();
        self.depth -= 1;
        atom
    }

    fn inner(&mut self) -> Parsed {
        if self.takes("not") {
            return Ok(Condition::Not(Box::new(self.atom()?)));
        }
        if self.takes("(") {
            let inner = self.any()?;
            return if self.takes(")") {
                Ok(inner)
            } else {
                Err(self.wrong(codes::a_closing_bracket(), help()))
            };
        }
        let Some(fact) = Fact::in_conditions().find(|fact| fact.word() == self.word()) else {
            return Err(self.unknown());
        };
        self.at += 1;
        self.takes("subject");
        Ok(Condition::Holds(fact))
    }

    fn unknown(&self) -> ConditionError {
        if self.word() == Fact::FreshLogin.word() {
            return self.wrong(codes::a_fact(), codes::write_step_up());
        }
        let meant = crate::source::nearest(self.word(), Fact::in_conditions().map(Fact::word));
        let help = meant.map_or_else(help, |meant| codes::did_you_mean(&meant));
        ConditionError { meant, ..self.wrong(codes::a_fact(), help) }
    }
}

fn help() -> Bilingual {
    let words: Vec<_> = Fact::in_conditions().map(|fact| format!("`{}`", fact.word())).collect();
    codes::the_facts_are(&words.join(", "))
}

/// Cuts at blanks and keeps brackets as words of their own.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, sign) in text.char_indices().chain([(text.len(), ' ')]) {
        let bracket = matches!(sign, '(' | ')');
        if !(bracket || sign.is_whitespace()) {
            start.get_or_insert(at);
            continue;
        }
        if let Some(begin) = start.take() {
            words.extend(text.get(begin..at).map(|word| (begin, word)));
        }
        if bracket {
            words.extend(text.get(at..at + 1).map(|word| (at, word)));
        }
    }
    words
}

fn one_or(mut all: Vec<Condition>, many: fn(Vec<Condition>) -> Condition) -> Condition {
    match (all.len(), all.pop()) {
        (1, Some(single)) => single,
        (_, last) => {
            all.extend(last);
            many(all)
        }
    }
}

impl Condition {
    /// Whether it holds; `None` if that leans on a fact that nobody knows.
    #[must_use]
    pub fn holds(&self, facts: Facts) -> Option<bool> {
        match self {
            Self::Always => Some(true),
            Self::Holds(fact) => facts.get(*fact),
            Self::Not(inner) => inner.holds(facts).map(|holds| !holds),
            Self::All(all) => fold(all, facts, false),
            Self::Any(all) => fold(all, facts, true),
        }
    }

    /// The facts that it speaks of, in reading order, with repetitions.
    pub fn facts(&self) -> Vec<Fact> {
        match self {
            Self::Always => Vec::new(),
            Self::Holds(fact) => vec![*fact],
            Self::Not(inner) => inner.facts(),
            Self::All(all) | Self::Any(all) => all.iter().flat_map(Self::facts).collect(),
        }
    }

    /// How many different facts it speaks of.
    pub(crate) fn kinds(&self) -> usize {
        self.facts().into_iter().map(Fact::bit).collect::<std::collections::BTreeSet<_>>().len()
    }

    /// The parts that are joined: in brackets where they are made of several.
    fn part(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(_) | Self::Any(_) => write!(f, "({self})"),
            Self::Always | Self::Holds(_) | Self::Not(_) => write!(f, "{self}"),
        }
    }
}

/// Three values: the deciding value wins, then the unknown, then the other.
fn fold(all: &[Condition], facts: Facts, deciding: bool) -> Option<bool> {
    let mut result = Some(!deciding);
    for condition in all {
        match condition.holds(facts) {
            Some(holds) if holds == deciding => return Some(deciding),
            Some(_) => {}
            None => result = None,
        }
    }
    result
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (all, word) = match self {
            Self::Always => return f.write_str("always"),
            Self::Holds(fact) => return f.write_str(fact.word()),
            Self::Not(inner) => {
                f.write_str("not ")?;
                return inner.part(f);
            }
            Self::All(all) => (all, " and "),
            Self::Any(all) => (all, " or "),
        };
        for (position, part) in all.iter().enumerate() {
            if position > 0 {
                f.write_str(word)?;
            }
            part.part(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    fn condition() -> impl Strategy<Value = Condition> {
        let facts: Vec<_> = Fact::in_conditions().take(5).collect();
        let leaf = select(facts).prop_map(Condition::Holds);
        leaf.prop_recursive(4, 16, 3, |inner| {
            prop_oneof![
                inner.clone().prop_map(|inner| Condition::Not(Box::new(inner))),
                proptest::collection::vec(inner.clone(), 2..4).prop_map(Condition::All),
                proptest::collection::vec(inner, 2..4).prop_map(Condition::Any),
            ]
        })
    }

    /// Five facts, each unknown, not so, or so.
    fn facts() -> impl Strategy<Value = Facts> {
        proptest::collection::vec(proptest::option::of(any::<bool>()), 5).prop_map(|known| {
            let pairs = Fact::in_conditions().zip(known);
            pairs.fold(Facts::default(), |facts, (fact, known)| match known {
                Some(holds) => facts.with(fact, holds),
                None => facts,
            })
        })
    }

    proptest! {
        #[test]
        fn a_condition_reads_back_as_it_prints(condition in condition()) {
            prop_assert_eq!(parse(&condition.to_string()), Ok(condition));
        }

        #[test]
        fn what_is_decided_under_doubt_holds_however_the_doubt_is_settled(condition in condition(), facts in facts(), settled in 0u32..32) {
            let all = Fact::in_conditions().take(5).enumerate().fold(Facts::default(), |all, (position, fact)| {
                all.with(fact, facts.get(fact).unwrap_or(settled & (1 << position) != 0))
            });
            let certain = condition.holds(all);
            prop_assert!(certain.is_some());
            if let Some(early) = condition.holds(facts) {
                prop_assert_eq!(Some(early), certain);
            }
        }

        #[test]
        fn any_text_is_a_condition_or_an_error_inside_the_text(text in "\\PC{0,80}") {
            if let Err(error) = parse(&text) {
                prop_assert!(text.get(error.span.clone()).is_some());
            }
        }
    }

    #[test]
    fn and_binds_tighter_than_or_and_the_word_subject_may_follow_a_fact() {
        for (text, printed) in [
            ("treats subject and not blocked", "treats and not blocked"),
            ("self or treats and not blocked", "self or (treats and not blocked)"),
            ("(self or treats) and not(blocked)", "(self or treats) and not blocked"),
        ] {
            assert_eq!(parse(text).unwrap().to_string(), printed);
        }
    }

    #[test]
    fn a_condition_that_is_none_says_what_was_expected() {
        for (text, message) in [
            ("", "found the end, expected a fact, `not` or `(`"),
            ("treats blocked", "found `blocked`, expected `and`, `or` or the end"),
            ("(treats", "found the end, expected `)`"),
            ("fresh-login", "found `fresh-login`, expected a fact, `not` or `(`"),
        ] {
            assert_eq!(parse(text).unwrap_err().to_string(), message);
        }
        let deep = format!("{}treats", "not ".repeat(40));
        assert!(parse(&deep).unwrap_err().to_string().contains("at most 32 levels"));
    }
}
