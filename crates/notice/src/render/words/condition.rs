//! The condition of a use in words, told to the person whom the data is about: `de behandler dig, og du ikke har spærret`.

use super::{list, say};
use crate::decide::Fact;
use crate::policy::Condition;
use crate::text::Lang;

/// The condition to be read after *when*; `None` when nothing is asked for.
#[must_use]
pub fn condition_words(condition: &Condition, lang: Lang) -> Option<String> {
    told(condition, Teller { voice: Voice::They, lang })
}

/// The condition of what a person may do, told to that person: `du har forældremyndigheden`.
#[must_use]
pub fn own_condition_words(condition: &Condition, lang: Lang) -> Option<String> {
    told(condition, Teller { voice: Voice::You, lang })
}

fn told(condition: &Condition, teller: Teller) -> Option<String> {
    (*condition != Condition::Always).then(|| teller.words(condition, Sign::Is))
}

/// Who is spoken of as acting.
#[derive(Clone, Copy)]
enum Voice {
    They,
    You,
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

#[derive(Clone, Copy)]
struct Teller {
    voice: Voice,
    lang: Lang,
}

impl Teller {
    fn words(self, condition: &Condition, sign: Sign) -> String {
        match condition {
            Condition::Always => match sign {
                Sign::Is => say(self.lang, "altid", "always").to_owned(),
                Sign::IsNot => say(self.lang, "aldrig", "never").to_owned(),
            },
            Condition::Holds(fact) => {
                let (is, is_not) = self.fact(*fact);
                match sign {
                    Sign::Is => is.to_owned(),
                    Sign::IsNot => is_not.to_owned(),
                }
            }
            Condition::Not(inner) => self.words(inner, sign.turned()),
            // What is denied as a whole turns *and* into *or*.
            Condition::All(parts) if sign == Sign::Is => self.all(parts, sign),
            Condition::Any(parts) if sign == Sign::IsNot => self.all(parts, sign),
            Condition::All(parts) | Condition::Any(parts) => self.any(parts, sign),
        }
    }

    fn all(self, parts: &[Condition], sign: Sign) -> String {
        let mixed = parts.iter().any(|part| matches!(part, Condition::All(_) | Condition::Any(_)));
        let parts: Vec<_> = parts.iter().map(|part| self.words(part, sign)).collect();
        if mixed {
            parts.join(say(self.lang, ", og ", ", and "))
        } else {
            list(self.lang, &parts, ("og", "and"))
        }
    }

    /// A comma before every alternative, so that an *and* within it is not heard as the outer one.
    fn any(self, parts: &[Condition], sign: Sign) -> String {
        let parts: Vec<_> = parts.iter().map(|part| self.words(part, sign)).collect();
        parts.join(say(self.lang, ", eller ", ", or "))
    }

    const fn fact(self, fact: Fact) -> (&'static str, &'static str) {
        let own = match self.voice {
            Voice::They => None,
            Voice::You => own_words(fact, self.lang),
        };
        match own {
            Some(words) => words,
            None => fact_words(fact, self.lang),
        }
    }
}

/// What a citizen can be, told to the citizen.
const fn own_words(fact: Fact, lang: Lang) -> Option<(&'static str, &'static str)> {
    let (da, en) = match fact {
        Fact::Myself => (
            ("det handler om dig selv", "det ikke handler om dig selv"),
            ("it is about yourself", "it is not about yourself"),
        ),
        Fact::Guardian => (
            ("du har forældremyndigheden", "du ikke har forældremyndigheden"),
            ("you have custody", "you do not have custody"),
        ),
        Fact::Represents => (
            ("du har fuldmagt eller er værge", "du hverken har fuldmagt eller er værge"),
            (
                "you hold a power of attorney or are the guardian",
                "you hold no power of attorney and are not the guardian",
            ),
        ),
        Fact::Treats
        | Fact::Assigned
        | Fact::Involved
        | Fact::Consented
        | Fact::Asked
        | Fact::Blocked
        | Fact::BreakGlass
        | Fact::Author
        | Fact::Authorised
        | Fact::Presented
        | Fact::Of15
        | Fact::FreshLogin => return None,
    };
    match lang {
        Lang::Da => Some(da),
        Lang::En => Some(en),
    }
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
            "they do not treat you, or you have blocked them"
        );
    }

    #[test]
    fn what_a_person_may_do_is_told_to_that_person() {
        let child = Condition::All(vec![holds(Fact::Guardian), not(holds(Fact::Of15))]);
        let own = Condition::Any(vec![holds(Fact::Myself), child]);
        assert_eq!(
            own_condition_words(&own, Lang::Da).unwrap(),
            "det handler om dig selv, eller du har forældremyndigheden og personen ikke er fyldt 15"
        );
    }

    #[test]
    fn nothing_is_said_where_nothing_is_asked_for() {
        assert_eq!(condition_words(&Condition::Always, Lang::Da), None);
    }
}
