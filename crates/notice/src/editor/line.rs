//! The words of the two small languages of one line, retention rules and conditions, wherever they stand.

use std::ops::Range;

use super::grammar::Kind;
use crate::clock::{Mode, Verb};
use crate::text::Lang;

/// A word of a line with its bytes.
type Part<'a> = (&'a str, Range<usize>);

/// Cuts a line into words and signs.
fn parts(line: &str) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, sign) in line.char_indices().chain([(line.len(), ' ')]) {
        if sign.is_alphanumeric() || matches!(sign, '.' | '-' | '_') {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            found.extend(line.get(from..at).map(|word| (word, from..at)));
        }
        if !sign.is_whitespace() && at < line.len() {
            let end = at + sign.len_utf8();
            found.extend(line.get(at..end).map(|word| (word, at..end)));
        }
    }
    found
}

/// The words of a retention rule; names come with what they are names of.
pub(super) fn clock(line: &str) -> Vec<(Option<Kind>, &str, Range<usize>)> {
    let parts = parts(line);
    let word = |at: Option<usize>| at.and_then(|at| parts.get(at)).map_or("", |(word, _)| *word);
    let kind = |at: usize, text: &str| {
        let before = word(at.checked_sub(1));
        let source = before == "(" && at.checked_sub(2).is_some_and(|at| word(Some(at)) == "inherit");
        let quantity = before == "+" || word(Some(at + 1)) == ">";
        if before == "flag" {
            return Some(Kind::Flag);
        }
        let plain = is_keyword(text) || is_duration(text) || source || quantity || before == "to";
        let named = text.starts_with(|sign: char| sign.is_ascii_lowercase());
        (named && !plain).then_some(Kind::Event)
    };
    parts.iter().enumerate().map(|(at, (text, span))| (kind(at, text), *text, span.clone())).collect()
}

/// The words of a condition.
pub(super) fn condition(line: &str) -> Vec<Part<'_>> {
    parts(line).into_iter().filter(|(word, _)| word.starts_with(char::is_alphabetic)).collect()
}

fn is_duration(word: &str) -> bool {
    word.starts_with('P') && word.parse::<crate::clock::Duration>().is_ok()
}

fn is_keyword(word: &str) -> bool {
    meaning(word, Lang::En).is_some()
}

/// What may stand next in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Expected {
    Word(&'static str),
    Event,
    Flag,
    Party,
    Duration,
    Fact,
}

use Expected::{Duration, Event, Fact, Flag, Party, Word};

const DATE: &[Expected] =
    &[Event, Word("earliest("), Word("latest("), Word("inherit("), Word("first"), Word("last")];
const OPTIONAL: &[Expected] =
    &[Event, Word("opt"), Word("earliest("), Word("latest("), Word("inherit("), Word("first"), Word("last")];
const DECISION: &[Expected] = &[Word("flag"), Word("happened"), Word("not"), Event];
const AFTER_DATE: &[Expected] = &[Word("then"), Word("if"), Word("unless")];

/// What may stand after the beginning of a retention rule; the word that is being written is left out.
pub(super) fn clock_next(beginning: &str) -> Vec<Expected> {
    let parts = parts(beginning);
    let mut words: Vec<&str> = parts.iter().map(|(word, _)| *word).collect();
    let last_ends = parts.last().map_or(0, |(_, span)| span.end);
    if last_ends == beginning.len()
        && words.last().is_some_and(|word| word.starts_with(char::is_alphanumeric))
    {
        words.pop();
    }
    let place = Place::of(&words);
    let Some((last, before)) = words.split_last() else { return verbs() };
    let before = before.last().copied().unwrap_or_default();
    match *last {
        "then" | "else" => verbs(),
        "to" => vec![Party],
        "at" | "by" | "from" => DATE.to_vec(),
        "+" | "within" | ">" => vec![Duration],
        "flag" => vec![Flag],
        "happened" | "first" | "last" | "opt" => vec![Event],
        "if" | "unless" | "and" | "or" | "not" => DECISION.to_vec(),
        "(" | "," => match place {
            Place::Latest => OPTIONAL.to_vec(),
            Place::Decision => DECISION.to_vec(),
            Place::Date => DATE.to_vec(),
        },
        verb if Verb::ALL.iter().any(|it| it.word() == verb) => modes([Word("to")]),
        _name if before == "to" => modes([]),
        _name => match place {
            Place::Decision => {
                [Word("and"), Word("or"), Word("within"), Word("else"), Word("then"), Word("unless")].to_vec()
            }
            Place::Date | Place::Latest => AFTER_DATE.to_vec(),
        },
    }
}

/// What may stand after the beginning of a condition.
pub(super) fn condition_next(beginning: &str) -> Vec<Expected> {
    let parts = parts(beginning);
    let mut words: Vec<&str> = parts.iter().map(|(word, _)| *word).collect();
    let ends = parts.last().map_or(0, |(_, span)| span.end);
    if ends == beginning.len() && words.last().is_some_and(|word| word.starts_with(char::is_alphanumeric)) {
        words.pop();
    }
    match words.last().copied() {
        None | Some("and" | "or" | "not" | "(") => vec![Fact, Word("not")],
        Some(_fact) => vec![Word("and"), Word("or")],
    }
}

fn verbs() -> Vec<Expected> {
    Verb::ALL.map(|verb| Word(verb.word())).to_vec()
}

fn modes<const N: usize>(more: [Expected; N]) -> Vec<Expected> {
    Mode::ALL.map(|mode| Word(mode.word())).into_iter().chain(more).collect()
}

/// Where in a stage the end of a beginning lies.
#[derive(Clone, Copy)]
enum Place {
    Date,
    Latest,
    Decision,
}

impl Place {
    fn of(words: &[&str]) -> Self {
        let mut open = Vec::new();
        let mut decision = false;
        let mut before = "";
        for word in words {
            match *word {
                "if" | "unless" => decision = true,
                "then" | "else" => decision = false,
                "(" => open.push(before),
                ")" => {
                    open.pop();
                }
                _other => {}
            }
            before = word;
        }
        if decision {
            Self::Decision
        } else if open.last() == Some(&"latest") {
            Self::Latest
        } else {
            Self::Date
        }
    }
}

/// What a word of the two languages means.
pub(super) fn meaning(word: &str, lang: Lang) -> Option<&'static str> {
    let (da, en) = match word {
        "erase" => (
            "Slettes: nøglen, rækken og enhver kopi, erklæringen kender.",
            "Erased: the key, the row and every copy that the notice knows.",
        ),
        "block" => (
            "Blokeres: kun til indsigt, bevis og samtykke.",
            "Blocked: for access requests, proof and consent only.",
        ),
        "archive" => (
            "Afleveres til et arkiv; hvad der sker bagefter, står i næste trin.",
            "Handed over to an archive; what follows is the next stage.",
        ),
        "anonymise" => (
            "Gøres anonymt, så ingen kan finde personen igen.",
            "Made anonymous, so that nobody can find the person again.",
        ),
        "move" => (
            "Flyttes til et andet sted, der har sin egen frist.",
            "Moved to another place, which has a rule of its own.",
        ),
        "review" => ("Gennemgås af et menneske.", "Reviewed by a person."),
        "destroy" => ("Destrueres hos den, der har en kopi.", "Destroyed by whoever holds a copy."),
        "at" => (
            "Netop da; systemet gør det og spørger ingen.",
            "Exactly then; the system does it and asks nobody.",
        ),
        "by" => (
            "Senest da; tidligere efter en nedskrevet beslutning, aldrig senere.",
            "At the latest; earlier on a recorded decision, never later.",
        ),
        "from" => (
            "Tidligst da, og kun efter en nedskrevet beslutning.",
            "At the earliest, and only on a recorded decision.",
        ),
        "to" => ("Hvem eller hvad der modtager.", "Who or what receives."),
        "earliest" => (
            "Den første af disse datoer; det, der ikke er sket, regnes ikke med.",
            "The first of these dates; what has not happened is left out.",
        ),
        "latest" => (
            "Den sidste af disse datoer; den venter på dem alle, undtagen dem med `opt`.",
            "The last of these dates; it waits for all but those marked `opt`.",
        ),
        "opt" => {
            ("Kan udeblive; regnes først med, når den er sket.", "May never come; left out until it has.")
        }
        "inherit" => {
            ("Følger den kilde, oplysningen kommer fra.", "Follows the source that the data comes from.")
        }
        "first" => ("Den første gang, det skete.", "The first time that it happened."),
        "last" => ("Den seneste gang, det skete.", "The last time that it happened."),
        "then" => ("Næste trin, når det forrige er udført.", "The next stage, when the one before is done."),
        "if" => (
            "Kun hvis det er sådan; ellers det, der står efter `else`, eller ingenting.",
            "Only if it is so; otherwise what follows `else`, or nothing.",
        ),
        "else" => ("Ellers dette trin.", "Otherwise this stage."),
        "unless" => (
            "Holdes tilbage, så længe det er sådan, uanset datoen.",
            "Held while it is so, whatever the date.",
        ),
        "flag" => ("En navngiven, nedskrevet beslutning.", "A named, recorded decision."),
        "happened" => ("Er sket mindst én gang.", "Has happened at least once."),
        "within" => ("Er sket inden for denne tid.", "Has happened within this time."),
        "and" => ("Begge dele.", "Both."),
        "or" => ("Mindst en af delene.", "At least one."),
        "not" => (
            "Det modsatte; det ukendte er ikke det modsatte.",
            "The opposite; the unknown is not the opposite.",
        ),
        "subject" => ("Den, oplysningen handler om.", "The person whom the data is about."),
        _name => return None,
    };
    Some(match lang {
        Lang::Da => da,
        Lang::En => en,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_a_rule_are_events_and_flags() {
        let line =
            "archive to rigsarkivet from need.ended if flag preserve-worthy else erase by case.closed + P30Y";
        let names: Vec<_> =
            clock(line).into_iter().filter_map(|(kind, word, _)| Some((kind?, word))).collect();
        assert_eq!(
            names,
            [(Kind::Event, "need.ended"), (Kind::Flag, "preserve-worthy"), (Kind::Event, "case.closed")]
        );
        let line = "erase at latest(made + P2Y, opt last dispensed + active-period, inherit(source)) unless size > P1Y";
        let names: Vec<_> =
            clock(line).into_iter().filter_map(|(kind, word, _)| Some((kind?, word))).collect();
        assert_eq!(names, [(Kind::Event, "made"), (Kind::Event, "dispensed")]);
    }

    #[test]
    fn what_comes_next_follows_the_grammar() {
        for (beginning, expected) in [
            ("", Word("erase")),
            ("er", Word("erase")),
            ("erase ", Word("at")),
            ("archive ", Word("to")),
            ("archive to arc", Party),
            ("archive to archive-house ", Word("from")),
            ("erase at ", Event),
            ("erase at earliest(a, ", Word("earliest(")),
            ("erase at latest(a, o", Word("opt")),
            ("erase at made + ", Duration),
            ("erase at made + P1Y ", Word("then")),
            ("erase at made unless ", Word("flag")),
            ("erase at made unless flag ", Flag),
            ("erase at made if (", Word("not")),
            ("erase at made if a ", Word("within")),
            ("erase at made if happened ", Event),
            ("erase at made then ", Word("review")),
        ] {
            assert!(clock_next(beginning).contains(&expected), "{beginning}: {:?}", clock_next(beginning));
        }
        assert!(!clock_next("erase at earliest(a, ").contains(&Word("opt")));
        assert!(condition_next("treats and ").contains(&Fact));
        assert!(condition_next("treats ").contains(&Word("and")));
    }
}
