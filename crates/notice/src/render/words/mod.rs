//! Words for what the program knows as values: times, conditions, clocks, grounds in law, refusals.
//!
//! Invariant: every value has words in both languages, and the words come from the value alone.

mod clock;
mod condition;
mod country;
mod law;
mod may;
mod refusal;
mod time;

pub use clock::clock_words;
pub use condition::{condition_words, own_condition_words};
pub use country::country_words;
pub use law::{Citation, citation};
pub use may::{class_words, shared_fields, use_sentence, verb_words};
pub use refusal::{RefusalWords, Way, clause_words, refusal_words};
pub use time::{day, duration, month, time_of_day};

use crate::policy::Policy;
use crate::text::Lang;

/// The text in the language.
pub(super) const fn say<'a>(lang: Lang, da: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Da => da,
        Lang::En => en,
    }
}

/// `a, b og c`
pub(super) fn list(lang: Lang, items: &[String], last: (&str, &str)) -> String {
    let word = say(lang, last.0, last.1);
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., end] => format!("{} {word} {end}", before.join(", ")),
    }
}

/// The title of a role, event or other name, or the name itself with spaces where nothing declares it.
pub(super) fn plain(name: &str) -> String {
    name.replace(['-', '.'], " ")
}

/// The first letter large, as a sentence begins.
pub(super) fn sentence(text: &str) -> String {
    let mut signs = text.chars();
    match signs.next() {
        Some(first) => format!("{}{}", first.to_uppercase(), signs.as_str()),
        None => String::new(),
    }
}

/// The first letter small, as within a sentence; `CPR-nummer`, `Min Log` and `MyLog` stay as they are.
pub(super) fn within(text: &str) -> String {
    let signs: Vec<_> = text.chars().collect();
    let name = signs
        .windows(2)
        .skip(1)
        .any(|pair| matches!(pair, [large, small] if large.is_uppercase() && small.is_lowercase()));
    match signs.as_slice() {
        [first, second, ..] if second.is_lowercase() && !name => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _as_it_is => text.to_owned(),
    }
}

/// The title of an event, to be read after *when* and *after*.
pub(super) fn event(policy: &Policy, name: &str, lang: Lang) -> String {
    let found = policy.event(name);
    found.map_or_else(|| format!("«{}»", plain(name)), |event| event.said.title.get(lang).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_capitals_within_a_sentence() {
        for (title, text) in [
            ("Recepter", "recepter"),
            ("Min Log", "Min Log"),
            ("MyLog", "MyLog"),
            ("CPR-nummer", "CPR-nummer"),
            ("Status i CPR", "status i CPR"),
            ("Æg", "æg"),
            ("A", "A"),
            ("", ""),
        ] {
            assert_eq!(within(title), text);
        }
    }
}
