//! The condition of a use in words, told to the person whom the data is about: `de behandler dig, og du ikke har spærret`.

use super::{list, say};
use crate::decide::Fact;
use crate::policy::Condition;
use crate::text::Lang;

/// The condition to be read after *when*; `None` when nothing is asked for.
#[must_use]
pub fn condition_words(condition: &Condition, lang: Lang) -> Option<String> {
    match condition {
        Condition::Always => None,
        Condition::Holds(_) | Condition::Not(_) | Condition::All(_) | Condition::Any(_) => {
            Some(words(condition, Sign::Is, lang))
        }
    }
}

/// Whether a part is asserted or denied.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Is,
    IsNot,
}

impl Sign {
    const fn turned(self) -> Self {
        match self {
            Self::Is => Self::IsNot,
            Self::IsNot => Self::Is,
        }
    }
}

fn words(condition: &Condition, sign: Sign, lang: Lang) -> String {
    match condition {
        Condition::Always => match sign {
            Sign::Is => say(lang, "altid", "always").to_owned(),
            Sign::IsNot => say(lang, "aldrig", "never").to_owned(),
        },
        Condition::Holds(fact) => {
            let (is, is_not) = fact_words(*fact, lang);
            match sign {
                Sign::Is => is.to_owned(),
                Sign::IsNot => is_not.to_owned(),
            }
        }
        Condition::Not(inner) => words(inner, sign.turned(), lang),
        Condition::All(parts) => joined(parts, sign, sign == Sign::Is, lang),
        Condition::Any(parts) => joined(parts, sign, sign == Sign::IsNot, lang),
    }
}

/// What is denied as a whole turns *and* into *or*.
fn joined(parts: &[Condition], sign: Sign, all: bool, lang: Lang) -> String {
    let mixed = parts.iter().any(|part| matches!(part, Condition::All(_) | Condition::Any(_)));
    let parts: Vec<_> = parts.iter().map(|part| words(part, sign, lang)).collect();
    let conjunction = if all { ("og", "and") } else { ("eller", "or") };
    if mixed {
        // A comma before every alternative, so that the inner "and" is not heard as the outer one.
        return parts.join(&format!(", {} ", say(lang, conjunction.0, conjunction.1)));
    }
    list(lang, &parts, conjunction)
}

/// A fact and its opposite as clauses.
const fn fact_words(fact: Fact, lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Da => danish(fact),
        Lang::En => english(fact),
    }
}

const fn danish(fact: Fact) -> (&'static str, &'static str) {
    match fact {
        Fact::Myself => ("det handler om dem selv", "det ikke handler om dem selv"),
        Fact::Guardian => ("de har forældremyndigheden", "de ikke har forældremyndigheden"),
        Fact::Represents => ("de har fuldmagt eller er værge", "de hverken har fuldmagt eller er værge"),
        Fact::Treats => ("de behandler dig", "de ikke behandler dig"),
        Fact::Assigned => ("sagen er tildelt dem", "sagen ikke er tildelt dem"),
        Fact::Involved => ("de selv er part i oplysningen", "de ikke selv er part i oplysningen"),
        Fact::Consented => ("du har givet dem samtykke", "du ikke har givet dem samtykke"),
        Fact::Asked => ("du har bedt om det", "du ikke har bedt om det"),
        Fact::Blocked => ("du har spærret for dem", "du ikke har spærret for dem"),
        Fact::BreakGlass => ("de har taget nødadgang", "de ikke har taget nødadgang"),
        Fact::Author => ("de selv har skrevet oplysningen", "de ikke selv har skrevet oplysningen"),
        Fact::Authorised => ("deres autorisation gælder", "deres autorisation ikke gælder"),
        Fact::Presented => ("du har vist dem recepten", "du ikke har vist dem recepten"),
        Fact::Of15 => ("personen er fyldt 15", "personen ikke er fyldt 15"),
        Fact::FreshLogin => ("de lige har logget på", "de ikke lige har logget på"),
    }
}

const fn english(fact: Fact) -> (&'static str, &'static str) {
    match fact {
        Fact::Myself => ("it is about themselves", "it is not about themselves"),
        Fact::Guardian => ("they have custody", "they do not have custody"),
        Fact::Represents => (
            "they hold a power of attorney or are the guardian",
            "they hold no power of attorney and are not the guardian",
        ),
        Fact::Treats => ("they treat you", "they do not treat you"),
        Fact::Assigned => ("the case is assigned to them", "the case is not assigned to them"),
        Fact::Involved => {
            ("they are a party to the record themselves", "they are not a party to the record themselves")
        }
        Fact::Consented => ("you have given them consent", "you have not given them consent"),
        Fact::Asked => ("you have asked for it", "you have not asked for it"),
        Fact::Blocked => ("you have blocked them", "you have not blocked them"),
        Fact::BreakGlass => ("they have taken emergency access", "they have not taken emergency access"),
        Fact::Author => ("they wrote the record themselves", "they did not write the record themselves"),
        Fact::Authorised => ("their authorisation holds", "their authorisation does not hold"),
        Fact::Presented => {
            ("you have shown them the prescription", "you have not shown them the prescription")
        }
        Fact::Of15 => ("the person has turned 15", "the person has not turned 15"),
        Fact::FreshLogin => ("they have just logged in", "they have not just logged in"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(fact: Fact) -> Condition {
        Condition::Holds(fact)
    }

    fn not(condition: Condition) -> Condition {
        Condition::Not(Box::new(condition))
    }

    #[test]
    fn a_condition_reads_as_a_clause() {
        let treats = Condition::All(vec![holds(Fact::Treats), not(holds(Fact::Blocked))]);
        assert_eq!(
            condition_words(&treats, Lang::Da).unwrap(),
            "de behandler dig og du ikke har spærret for dem"
        );
        assert_eq!(
            condition_words(&treats, Lang::En).unwrap(),
            "they treat you and you have not blocked them"
        );
        let wide = Condition::Any(vec![treats, holds(Fact::Consented)]);
        assert_eq!(
            condition_words(&wide, Lang::En).unwrap(),
            "they treat you and you have not blocked them, or you have given them consent"
        );
    }

    #[test]
    fn what_is_denied_as_a_whole_turns_and_into_or() {
        let none = not(Condition::All(vec![holds(Fact::Treats), not(holds(Fact::Blocked))]));
        assert_eq!(
            condition_words(&none, Lang::En).unwrap(),
            "they do not treat you or you have blocked them"
        );
    }

    #[test]
    fn nothing_is_said_where_nothing_is_asked_for() {
        assert_eq!(condition_words(&Condition::Always, Lang::Da), None);
    }
}
