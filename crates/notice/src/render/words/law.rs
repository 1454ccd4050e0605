//! A ground in law: first what it means, then where it stands.

use serde::Serialize;

use super::say;
use crate::policy::{Law, Policy};
use crate::text::Lang;

/// A provision as a person and a lawyer read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// As in the notice: `gdpr:6(1)(e)`.
    pub id: String,
    /// What it means, in plain words.
    pub words: String,
    /// Where it stands: `databeskyttelsesforordningen, artikel 6, stk. 1, litra e`.
    pub number: String,
    /// Address of the act.
    pub eli: Option<String>,
}

/// What a reference means; one that is not declared is printed as it is.
#[must_use]
pub fn citation(policy: &Policy, reference: &str, lang: Lang) -> Citation {
    let (act, name) = reference.split_once(':').unwrap_or((reference, ""));
    let Some(law) = policy.law(act) else {
        return Citation {
            id: reference.to_owned(),
            words: reference.to_owned(),
            number: reference.to_owned(),
            eli: None,
        };
    };
    let provision = law.provisions.iter().find(|provision| provision.name == name);
    let act = law.said.title.get(lang);
    let number = match number(law, name, lang) {
        Some(number) => format!("{act}, {number}"),
        None => act.to_owned(),
    };
    let words = provision.map_or(act, |provision| provision.title.get(lang)).to_owned();
    Citation { id: reference.to_owned(), words, number, eli: law.eli.clone() }
}

/// `artikel 6, stk. 1, litra e`, `§ 7, stk. 3`, `§ 193 b`; a name that is no number has none.
fn number(law: &Law, name: &str, lang: Lang) -> Option<String> {
    let mut parts = name.split('(').map(|part| part.trim_end_matches(')'));
    let head = parts.next().filter(|head| head.starts_with(|sign: char| sign.is_ascii_digit()))?;
    let rest: Vec<_> = parts.collect();
    let european = law.eli.as_deref().is_some_and(|eli| eli.contains("/eli/reg") || eli.contains("/eli/dir"));
    let mark = if european { say(lang, "artikel ", "Article ") } else { "§ " };
    let head = spaced(head);
    Some(match lang {
        Lang::En => rest.iter().fold(format!("{mark}{head}"), |text, part| format!("{text}({part})")),
        Lang::Da => rest.iter().enumerate().fold(format!("{mark}{head}"), |text, (depth, part)| {
            let unit = match (part.starts_with(|sign: char| sign.is_ascii_digit()), depth) {
                (true, 0) => "stk.",
                (true, _deeper) => "nr.",
                (false, _depth) => "litra",
            };
            format!("{text}, {unit} {part}")
        }),
    })
}

/// `193b` is written `193 b`.
fn spaced(head: &str) -> String {
    match head.find(|sign: char| sign.is_ascii_alphabetic()) {
        Some(at) => {
            let (digits, letter) = head.split_at(at);
            format!("{digits} {letter}")
        }
        None => head.to_owned(),
    }
}
