//! From a line to a [`Rule`], or to the first place where it stops making sense.

use std::ops::Range;
use std::str::FromStr;

use super::lexer::{Spot, Token, tokens};
use super::limits::{DEPTH_MAX, LINE_MAX_BYTES};
use super::{Arg, Cond, Duration, Mode, Need, NotADuration, Only, Pick, Plus, Rule, Stage, Verb, When};
use crate::check::codes;
use crate::text::Bilingual;

/// Words of the grammar, which no event, flag or quantity may be called.
const KEYWORDS: [&str; 26] = [
    "then",
    "erase",
    "block",
    "archive",
    "anonymise",
    "move",
    "review",
    "destroy",
    "to",
    "at",
    "by",
    "from",
    "earliest",
    "latest",
    "inherit",
    "first",
    "last",
    "opt",
    "if",
    "else",
    "unless",
    "or",
    "and",
    "not",
    "flag",
    "within",
];
const HAPPENED: &str = "happened";

/// Why a line is not a rule: what was found, what was expected, and one line of help.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("found {}, expected {}", found.en, expected.en)]
pub struct ClockError {
    /// Bytes of the line.
    pub span: Range<usize>,
    /// What stands there.
    pub found: Bilingual,
    /// What may stand there.
    pub expected: Bilingual,
    /// What to do.
    pub help: Bilingual,
}

impl FromStr for Rule {
    type Err = ClockError;

    fn from_str(line: &str) -> Result<Self, ClockError> {
        Self::parse(line)
    }
}

impl Rule {
    /// Reads a line.
    ///
    /// # Errors
    /// When the line does not follow the grammar or is larger than a rule may be.
    pub fn parse(line: &str) -> Result<Self, ClockError> {
        let mut parser = Parser::over(line)?;
        let mut stages = vec![parser.stage()?];
        while parser.takes("then") {
            stages.push(parser.stage()?);
        }
        parser.end()?;
        Ok(Self { stages, review: Duration::YEAR })
    }
}

impl When {
    /// Reads a date alone, such as `request.received + P1M`.
    ///
    /// # Errors
    /// When the line does not follow the grammar or is larger than a rule may be.
    pub fn parse(line: &str) -> Result<Self, ClockError> {
        let mut parser = Parser::over(line)?;
        let when = parser.when()?;
        parser.end()?;
        Ok(when)
    }
}

struct Parser<'a> {
    spots: Vec<Spot<'a>>,
    at: usize,
    depth: usize,
    end: Spot<'a>,
}

type Parsed<T> = Result<T, ClockError>;
/// Words that are made only when they are needed.
type Phrase = fn() -> Bilingual;

impl<'a> Parser<'a> {
    fn over(line: &'a str) -> Parsed<Self> {
        if line.len() > LINE_MAX_BYTES {
            return Err(ClockError {
                span: 0..line.len(),
                found: codes::bytes(&line.len()),
                expected: codes::at_most(&LINE_MAX_BYTES),
                help: codes::write_several_rules(),
            });
        }
        let end = Spot { token: Token::End, span: line.len()..line.len() };
        Ok(Self { spots: tokens(line), at: 0, depth: 0, end })
    }

    fn peek(&self) -> &Spot<'a> {
        self.spots.get(self.at).unwrap_or(&self.end)
    }

    fn is(&self, word: &str) -> bool {
        self.peek().token == Token::Word(word)
    }

    fn takes(&mut self, word: &str) -> bool {
        let there = self.is(word);
        self.at += usize::from(there);
        there
    }

    fn takes_sign(&mut self, sign: Token<'_>) -> bool {
        let there = self.peek().token == sign;
        self.at += usize::from(there);
        there
    }

    fn wants_sign(&mut self, sign: Token<'_>, expected: Phrase, help: Phrase) -> Parsed<()> {
        if self.takes_sign(sign) { Ok(()) } else { Err(self.wrong(expected(), help())) }
    }

    fn wrong(&self, expected: Bilingual, help: Bilingual) -> ClockError {
        let spot = self.peek();
        ClockError { span: spot.span.clone(), found: found(spot.token), expected, help }
    }

    fn end(&self) -> Parsed<()> {
        if self.peek().token == Token::End {
            return Ok(());
        }
        Err(self.wrong(codes::then_or_the_end(), codes::second_stage_begins_with_then()))
    }

    /// Runs a part one level deeper.
    fn deeper<T>(&mut self, part: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth == DEPTH_MAX {
            return Err(self.wrong(codes::at_most_levels(&DEPTH_MAX), codes::split_the_rule()));
        }
        self.depth += 1;
        let result = part(self);
        self.depth -= 1;
        result
    }

    fn stage(&mut self) -> Parsed<Stage> {
        let verb = self.verb()?;
        let target = if self.takes("to") { Some(self.name(codes::name_of_the_receiver)?) } else { None };
        let mode = self.mode()?;
        let when = self.when()?;
        let only = if self.takes("if") { Some(self.only()?) } else { None };
        // After `else` a trailing `unless` belongs to the innermost stage, which has taken it.
        let innermost = only.as_ref().is_none_or(|only: &Only| only.otherwise.is_none());
        let unless = if innermost && self.takes("unless") { Some(self.cond()?) } else { None };
        Ok(Stage { verb, target, mode, when, only, unless })
    }

    fn only(&mut self) -> Parsed<Only> {
        let cond = self.cond()?;
        let otherwise = if self.takes("else") { Some(Box::new(self.deeper(Self::stage)?)) } else { None };
        Ok(Only { cond, otherwise })
    }

    fn verb(&mut self) -> Parsed<Verb> {
        let found = Verb::ALL.into_iter().find(|verb| self.is(verb.word()));
        self.at += usize::from(found.is_some());
        found.ok_or_else(|| self.wrong(codes::a_verb(), codes::stage_begins_with_what_is_done()))
    }

    fn mode(&mut self) -> Parsed<Mode> {
        let found = Mode::ALL.into_iter().find(|mode| self.is(mode.word()));
        self.at += usize::from(found.is_some());
        found.ok_or_else(|| self.wrong(codes::a_mode(), codes::the_modes()))
    }

    fn when(&mut self) -> Parsed<When> {
        if self.takes("earliest") {
            return Ok(When::Earliest(self.deeper(|parser| parser.list(Self::when))?));
        }
        if self.takes("latest") {
            return Ok(When::Latest(self.deeper(|parser| parser.list(Self::arg))?));
        }
        if self.takes("inherit") {
            self.wants_sign(Token::Open, codes::an_opening_bracket, codes::write_inherit)?;
            let source = self.name(codes::name_of_a_source)?;
            self.wants_sign(Token::Close, codes::a_closing_bracket, codes::write_inherit)?;
            return Ok(When::Inherit(source));
        }
        if self.is("opt") {
            return Err(self.wrong(codes::an_event(), codes::opt_stands_in_latest()));
        }
        self.after()
    }

    fn after(&mut self) -> Parsed<When> {
        let pick = if self.takes("first") {
            Pick::First
        } else if self.takes("last") {
            Pick::Last
        } else {
            Pick::Unsaid
        };
        if let Token::Duration(text) = self.peek().token {
            return Err(self.wrong(codes::event_it_counts_from(), codes::name_its_start(&text)));
        }
        let event = self.name(codes::an_event_or_choice)?;
        let plus = if self.takes_sign(Token::Plus) { Some(self.plus()?) } else { None };
        Ok(When::After { pick, event, plus })
    }

    fn plus(&mut self) -> Parsed<Plus> {
        if let Token::Duration(_) = self.peek().token {
            return self.duration().map(Plus::Duration);
        }
        self.name(codes::duration_or_quantity).map(Plus::Quantity)
    }

    fn list<T>(&mut self, item: fn(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        self.wants_sign(Token::Open, codes::an_opening_bracket, codes::dates_in_brackets)?;
        let mut items = vec![item(self)?];
        while self.takes_sign(Token::Comma) {
            items.push(item(self)?);
        }
        self.wants_sign(Token::Close, codes::comma_or_bracket, codes::dates_in_brackets)?;
        Ok(items)
    }

    fn arg(&mut self) -> Parsed<Arg> {
        let need = if self.takes("opt") { Need::Opt } else { Need::Must };
        Ok(Arg { need, when: self.when()? })
    }

    fn cond(&mut self) -> Parsed<Cond> {
        let mut all = vec![self.conj()?];
        while self.takes("or") {
            all.push(self.conj()?);
        }
        Ok(one_or(all, Cond::Any))
    }

    fn conj(&mut self) -> Parsed<Cond> {
        let mut all = vec![self.atom()?];
        while self.takes("and") {
            all.push(self.atom()?);
        }
        Ok(one_or(all, Cond::All))
    }

    fn atom(&mut self) -> Parsed<Cond> {
        if self.takes("not") {
            return Ok(Cond::Not(Box::new(self.deeper(Self::atom)?)));
        }
        if self.takes_sign(Token::Open) {
            let cond = self.deeper(Self::cond)?;
            self.wants_sign(Token::Close, codes::a_closing_bracket, codes::every_bracket_is_closed)?;
            return Ok(cond);
        }
        if self.takes("flag") {
            return self.name(codes::name_of_a_flag).map(Cond::Flag);
        }
        if self.takes(HAPPENED) {
            return self.name(codes::an_event).map(Cond::Happened);
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Parsed<Cond> {
        let name = self.name(codes::a_condition)?;
        if self.takes("within") {
            return Ok(Cond::Within(name, self.duration()?));
        }
        if self.takes_sign(Token::Greater) {
            return Ok(Cond::Longer(name, self.duration()?));
        }
        Err(self.wrong(codes::within_or_greater(), codes::write_a_comparison(&name)))
    }

    fn duration(&mut self) -> Parsed<Duration> {
        let Token::Duration(text) = self.peek().token else {
            return Err(self.wrong(codes::a_duration(), codes::the_units()));
        };
        let duration = text.parse().map_err(|error| match error {
            NotADuration::Malformed => self.wrong(codes::a_duration(), codes::the_units()),
            NotADuration::TooLong => {
                self.wrong(codes::at_most_200_years(), codes::no_rule_outlives_a_person())
            }
        })?;
        self.at += 1;
        Ok(duration)
    }

    fn name(&mut self, expected: Phrase) -> Parsed<String> {
        let Token::Word(word) = self.peek().token else {
            return Err(self.wrong(expected(), codes::how_names_are_written()));
        };
        if KEYWORDS.contains(&word) || word == HAPPENED {
            return Err(self.wrong(expected(), codes::a_word_of_the_language(&word)));
        }
        if word.split('.').any(|part| part.is_empty() || part.ends_with('-') || part.starts_with('-')) {
            return Err(self.wrong(expected(), codes::parts_of_names()));
        }
        let name = word.to_owned();
        self.at += 1;
        Ok(name)
    }
}

fn one_or(mut all: Vec<Cond>, many: fn(Vec<Cond>) -> Cond) -> Cond {
    match (all.len(), all.pop()) {
        (1, Some(single)) => single,
        (_, last) => {
            all.extend(last);
            many(all)
        }
    }
}

/// What stands at a place.
fn found(token: Token<'_>) -> Bilingual {
    let text = match token {
        Token::Word(text) | Token::Duration(text) | Token::Odd(text) => text,
        Token::Open => "(",
        Token::Close => ")",
        Token::Comma => ",",
        Token::Plus => "+",
        Token::Greater => ">",
        Token::End => return codes::end_of_rule(),
    };
    codes::quoted(&text)
}
