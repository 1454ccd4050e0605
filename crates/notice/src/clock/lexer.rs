//! Words, durations and signs of a rule, each with the bytes where it stands.

use std::ops::Range;

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A keyword or a name.
    Word(&'a str),
    /// `P2Y`, not yet read.
    Duration(&'a str),
    /// `(`
    Open,
    /// `)`
    Close,
    /// `,`
    Comma,
    /// `+`
    Plus,
    /// `>`
    Greater,
    /// Anything else.
    Odd(&'a str),
    /// The end of the rule.
    End,
}

/// A token and its bytes.
#[derive(Clone, Debug)]
pub(super) struct Spot<'a> {
    pub(super) token: Token<'a>,
    pub(super) span: Range<usize>,
}

/// Cuts a line into tokens. Never fails: what is no token becomes [`Token::Odd`].
pub(super) fn tokens(line: &str) -> Vec<Spot<'_>> {
    let mut spots = Vec::new();
    let mut at = 0;
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let (token, length) = first(rest);
        if let Some(token) = token {
            spots.push(Spot { token, span: at..at + length });
        }
        at += length.max(1);
    }
    spots.push(Spot { token: Token::End, span: line.len()..line.len() });
    spots
}

fn first(rest: &str) -> (Option<Token<'_>>, usize) {
    let Some(sign) = rest.chars().next() else { return (None, 0) };
    let simple = |token| (Some(token), 1);
    match sign {
        ' ' | '\t' | '\n' | '\r' => (None, 1),
        '(' => simple(Token::Open),
        ')' => simple(Token::Close),
        ',' => simple(Token::Comma),
        '+' => simple(Token::Plus),
        '>' => simple(Token::Greater),
        'a'..='z' => run(rest, |c| matches!(c, 'a'..='z' | '0'..='9' | '.' | '-'), Token::Word),
        'P' => run(rest, |c| c.is_ascii_uppercase() || c.is_ascii_digit(), Token::Duration),
        odd if odd.is_alphanumeric() => {
            run(rest, |c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'), Token::Odd)
        }
        odd => {
            let length = odd.len_utf8();
            (rest.get(..length).map(Token::Odd), length)
        }
    }
}

fn run<'a>(
    rest: &'a str,
    goes_on: fn(char) -> bool,
    token: fn(&'a str) -> Token<'a>,
) -> (Option<Token<'a>>, usize) {
    let length = rest.find(|c| !goes_on(c)).unwrap_or(rest.len());
    (rest.get(..length).map(token), length)
}
