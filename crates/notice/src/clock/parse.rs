//! From a line to a [`Rule`], or to the first place where it stops making sense.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use super::lexer::{Spot, Token, tokens};
use super::limits::{DEPTH_MAX, LINE_MAX_BYTES};
use super::{Arg, Cond, Duration, Mode, Need, NotADuration, Only, Pick, Plus, Rule, Stage, Verb, When};

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
#[error("found {found}, expected {expected}")]
pub struct ClockError {
    /// Bytes of the line.
    pub span: Range<usize>,
    /// What stands there.
    pub found: String,
    /// What may stand there.
    pub expected: String,
    /// What to do.
    pub help: String,
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

impl<'a> Parser<'a> {
    fn over(line: &'a str) -> Parsed<Self> {
        if line.len() > LINE_MAX_BYTES {
            return Err(ClockError {
                span: 0..line.len(),
                found: format!("{} bytes", line.len()),
                expected: format!("at most {LINE_MAX_BYTES}"),
                help: "write several rules, one for each register".to_owned(),
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

    fn wants_sign(&mut self, sign: Token<'_>, expected: &str, help: &str) -> Parsed<()> {
        if self.takes_sign(sign) { Ok(()) } else { Err(self.wrong(expected, help)) }
    }

    fn wrong(&self, expected: &str, help: &str) -> ClockError {
        let spot = self.peek();
        ClockError {
            span: spot.span.clone(),
            found: spot.token.to_string(),
            expected: expected.to_owned(),
            help: help.to_owned(),
        }
    }

    fn end(&self) -> Parsed<()> {
        if self.peek().token == Token::End {
            return Ok(());
        }
        Err(self.wrong("`then` or the end of the rule", "a second stage begins with `then`"))
    }

    /// Runs a part one level deeper.
    fn deeper<T>(&mut self, part: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth == DEPTH_MAX {
            return Err(self.wrong(&format!("at most {DEPTH_MAX} levels"), "split the rule into several"));
        }
        self.depth += 1;
        let result = part(self);
        self.depth -= 1;
        result
    }

    fn stage(&mut self) -> Parsed<Stage> {
        let verb = self.verb()?;
        let target = if self.takes("to") { Some(self.name("the name of the receiver")?) } else { None };
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
        found.ok_or_else(|| {
            self.wrong(
                "`erase`, `block`, `archive`, `anonymise`, `move`, `review` or `destroy`",
                "a stage begins with what is done, as in `erase at subject.died + P1Y`",
            )
        })
    }

    fn mode(&mut self) -> Parsed<Mode> {
        let found = Mode::ALL.into_iter().find(|mode| self.is(mode.word()));
        self.at += usize::from(found.is_some());
        found.ok_or_else(|| {
            self.wrong(
                "`at`, `by` or `from`",
                "`at`: exactly then; `by`: at the latest; `from`: at the earliest, on a decision",
            )
        })
    }

    fn when(&mut self) -> Parsed<When> {
        if self.takes("earliest") {
            return Ok(When::Earliest(self.deeper(|parser| parser.list(Self::when))?));
        }
        if self.takes("latest") {
            return Ok(When::Latest(self.deeper(|parser| parser.list(Self::arg))?));
        }
        if self.takes("inherit") {
            self.wants_sign(Token::Open, "`(`", "write `inherit(data-source)`")?;
            let source = self.name("the name of a source")?;
            self.wants_sign(Token::Close, "`)`", "write `inherit(data-source)`")?;
            return Ok(When::Inherit(source));
        }
        if self.is("opt") {
            return Err(self.wrong(
                "an event",
                "`opt` stands in `latest(...)` only; `earliest(...)` leaves out by itself what has not happened",
            ));
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
            return Err(self.wrong(
                "the event from which it counts",
                &format!("name its start, as in `case.closed + {text}`"),
            ));
        }
        let event = self.name("an event, `earliest(`, `latest(` or `inherit(`")?;
        let plus = if self.takes_sign(Token::Plus) { Some(self.plus()?) } else { None };
        Ok(When::After { pick, event, plus })
    }

    fn plus(&mut self) -> Parsed<Plus> {
        if let Token::Duration(_) = self.peek().token {
            return self.duration().map(Plus::Duration);
        }
        self.name("a duration or the name of a quantity").map(Plus::Quantity)
    }

    fn list<T>(&mut self, item: fn(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        self.wants_sign(Token::Open, "`(`", "the dates stand in brackets, with commas between them")?;
        let mut items = vec![item(self)?];
        while self.takes_sign(Token::Comma) {
            items.push(item(self)?);
        }
        self.wants_sign(Token::Close, "`,` or `)`", "the dates stand in brackets, with commas between them")?;
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
            self.wants_sign(Token::Close, "`)`", "every bracket that is opened is closed")?;
            return Ok(cond);
        }
        if self.takes("flag") {
            return self.name("the name of a flag").map(Cond::Flag);
        }
        if self.takes(HAPPENED) {
            return self.name("an event").map(Cond::Happened);
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Parsed<Cond> {
        let name = self.name("`not`, `(`, `flag`, `happened`, an event or a quantity")?;
        if self.takes("within") {
            return Ok(Cond::Within(name, self.duration()?));
        }
        if self.takes_sign(Token::Greater) {
            return Ok(Cond::Longer(name, self.duration()?));
        }
        Err(self.wrong(
            "`within` or `>`",
            &format!("write `flag {name}`, `happened {name}`, `{name} within P1Y` or `{name} > P1Y`"),
        ))
    }

    fn duration(&mut self) -> Parsed<Duration> {
        let help = "years P2Y, months P6M, weeks P4W, days P14D, hours PT24H";
        let Token::Duration(text) = self.peek().token else {
            return Err(self.wrong("a duration", help));
        };
        let duration = text.parse().map_err(|error| match error {
            NotADuration::Malformed => self.wrong("a duration", help),
            NotADuration::TooLong => self.wrong("at most P200Y", "no rule outlives a person twice over"),
        })?;
        self.at += 1;
        Ok(duration)
    }

    fn name(&mut self, expected: &str) -> Parsed<String> {
        let Token::Word(word) = self.peek().token else {
            return Err(
                self.wrong(expected, "names are written a-z, 0-9, `.` and `-`, and begin with a letter")
            );
        };
        if KEYWORDS.contains(&word) || word == HAPPENED {
            return Err(
                self.wrong(expected, &format!("`{word}` is a word of the language; choose another name"))
            );
        }
        if word.split('.').any(|part| part.is_empty() || part.ends_with('-') || part.starts_with('-')) {
            return Err(self.wrong(expected, "no part of a name is empty or begins or ends with `-`"));
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

impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(text) | Self::Duration(text) | Self::Odd(text) => write!(f, "`{text}`"),
            Self::Open => f.write_str("`(`"),
            Self::Close => f.write_str("`)`"),
            Self::Comma => f.write_str("`,`"),
            Self::Plus => f.write_str("`+`"),
            Self::Greater => f.write_str("`>`"),
            Self::End => f.write_str("the end of the rule"),
        }
    }
}
