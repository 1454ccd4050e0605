//! Uses: within the purpose, with a trace, by those who may, under a condition that can hold.

use super::{Check, codes};
use crate::decide::{Fact, Facts, Verb};
use crate::diagnostic::Diagnostic;
use crate::policy::{Class, Condition};
use crate::source::Word;
use crate::written::{Notice, Use};

pub(super) fn check(check: &Check<'_>) {
    for notice in &check.corpus.notices {
        for used in &notice.uses {
            purpose(check, notice, used);
            trace(check, notice, used);
            raising(check, used);
            condition(check, notice, used);
        }
    }
}

fn purpose(check: &Check<'_>, notice: &Notice, used: &Use) {
    let Some(purpose) = &used.purpose else { return };
    for word in used.of.iter().filter(|word| !check.reaches(notice, &word.text, purpose)) {
        let sentence = format!("`{}` is not kept for `{}`", word.text, purpose.text);
        let finding = Diagnostic::new(&codes::PURPOSE_NOT_REACHED, purpose.place.clone(), sentence);
        let register = check.register(notice, &word.text).map(|register| register.said.place.clone());
        check.say(match register {
            Some(place) => finding.second(place, "the register and its purposes"),
            None => finding,
        });
    }
}

/// No log, no data.
fn trace(check: &Check<'_>, notice: &Notice, used: &Use) {
    let hidden = |word: &&Word| check.register(notice, &word.text).is_some_and(|register| !register.public);
    if used.log.is_none()
        && let Some(word) = used.of.iter().find(hidden)
    {
        let sentence = format!("`{}` touches `{}` and leaves no trace", used.said.id, word.text);
        check.tell(&codes::NO_LOG, &used.said.place, sentence);
    }
}

fn raising(check: &Check<'_>, used: &Use) {
    let may = used.may.contains(&Verb::Raise);
    match used.raises.first() {
        Some(event) if !may => {
            let sentence = format!("`{}` raises `{}` without the verb `raise`", used.said.id, event.text);
            check.tell(&codes::RAISE_MISMATCH, &event.place, sentence);
        }
        None if may => {
            let sentence = format!("`{}` may raise events and names none", used.said.id);
            check.tell(&codes::RAISE_MISMATCH, &used.said.place, sentence);
        }
        Some(_) | None => {}
    }
    for word in &used.raises {
        let Some(event) = check.names.events.get(&word.text).and_then(|at| check.corpus.events.get(*at))
        else {
            continue;
        };
        for role in
            used.who.iter().filter(|role| !event.roles.iter().any(|raiser| is_within(check, role, raiser)))
        {
            let sentence = format!("`{}` may not raise `{}`", role.text, word.text);
            let finding = Diagnostic::new(&codes::MAY_NOT_RAISE, word.place.clone(), sentence);
            check.say(finding.second(event.said.place.clone(), format!("raised by: {}", event.by)));
        }
    }
}

/// Whether a role is another one or belongs to it.
fn is_within(check: &Check<'_>, role: &Word, wider: &Word) -> bool {
    let mut open = vec![role.text.as_str()];
    let mut seen = Vec::new();
    while let Some(name) = open.pop() {
        if name == wider.text {
            return true;
        }
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        let declared = check.names.roles.get(name).and_then(|at| check.corpus.roles.get(*at));
        open.extend(declared.into_iter().flat_map(|role| role.is.iter().map(|word| word.text.as_str())));
    }
    false
}

fn condition(check: &Check<'_>, notice: &Notice, used: &Use) {
    if let Some(word) = &used.when_word
        && !used.when.facts().is_empty()
        && !can_hold(&used.when)
    {
        check.tell(&codes::NEVER_HOLDS, &word.place, format!("`{}` can never hold", word.text));
    }
    let looks = used.may.iter().any(|verb| matches!(verb, Verb::Read | Verb::Search));
    if used.when_word.is_some() || !looks {
        return;
    }
    let sensitive = |word: &&Word| {
        check.register(notice, &word.text).is_some_and(|register| {
            !register.public
                && register.fields.iter().any(|field| field.class.is_some_and(|it| it != Class::Ordinary))
        })
    };
    if let Some(word) = used.of.iter().find(sensitive) {
        let sentence =
            format!("`{}` opens `{}` to everybody in the role, for every person", used.said.id, word.text);
        check.tell(&codes::OPEN_TO_ALL, &used.said.place, sentence);
    }
}

/// Whether some state of the facts makes a condition hold.
fn can_hold(condition: &Condition) -> bool {
    const TRIED_MAX: usize = 8;
    let mut named = condition.facts();
    named.sort_by_key(|fact| fact.bit());
    named.dedup();
    // Every further fact doubles the work; a condition over many facts is left to its author.
    if named.len() > TRIED_MAX {
        return true;
    }
    let state = |number: u32| {
        let set =
            |facts: Facts, (position, fact): (usize, &Fact)| facts.with(*fact, number & (1 << position) != 0);
        named.iter().enumerate().fold(Facts::default(), set)
    };
    (0..1_u32 << named.len()).any(|number| condition.holds(state(number)) == Some(true))
}
