//! Uses: within the purpose, with a trace, by those who may, under a condition that can hold.

use super::{Check, codes};
use crate::decide::{Fact, Facts, Verb};
use crate::diagnostic::Diagnostic;
use crate::policy::{Class, Condition};
use crate::source::Word;
use crate::written::{Field, Notice, Register, Use};

pub(super) fn check(check: &Check<'_>) {
    for notice in &check.corpus.notices {
        for used in &notice.uses {
            purpose(check, notice, used);
            trace(check, notice, used);
            raising(check, used);
            condition(check, notice, used);
            recognises(check, notice, used);
        }
        notice.registers.iter().for_each(|register| published(check, register));
        notice
            .registers
            .iter()
            .filter(|register| register.unnamed)
            .for_each(|register| named(check, register));
    }
}

/// Where nobody can be found, nothing leads to anybody: no number of a person, no tie to somebody else.
fn named(check: &Check<'_>, register: &Register) {
    if let Some(field) = register.fields.iter().find(|field| field.class == Some(Class::Cpr)) {
        let sentence = format!(
            "nobody can be found in `{}`, and `{}` names a person",
            register.said.id, field.name.text
        );
        let finding = Diagnostic::new(&codes::NAMED_AFTER_ALL, field.name.place.clone(), sentence);
        check.say(finding.second(register.said.place.clone(), "the register is unnamed"));
    }
    if let Some(fact) = register.gives {
        let sentence = format!(
            "nobody can be found in `{}`, and its records tie people together by `{}`",
            register.said.id,
            fact.word()
        );
        check.tell(&codes::NAMED_AFTER_ALL, &register.said.place, sentence);
    }
}

/// Nobody comes as oneself, or for somebody, to a register in which nobody can be found.
fn recognises(check: &Check<'_>, notice: &Notice, used: &Use) {
    const RECOGNISED: [Fact; 4] = [Fact::Myself, Fact::Guardian, Fact::Represents, Fact::Treats];
    let Some(fact) = used.when.facts().into_iter().find(|fact| RECOGNISED.contains(fact)) else { return };
    let unnamed = |word: &&Word| check.register(notice, &word.text).is_some_and(|register| register.unnamed);
    if let Some(word) = used.of.iter().find(unnamed) {
        let sentence = format!(
            "`{}` asks for `{}`, and nobody can be recognised in `{}`",
            used.said.id,
            fact.word(),
            word.text
        );
        check.tell(&codes::NAMED_AFTER_ALL, &word.place, sentence);
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

/// What everybody may see holds nothing that only a few may.
fn published(check: &Check<'_>, register: &Register) {
    let closed = |field: &&Field| field.class.is_some_and(|class| class != Class::Ordinary);
    if let Some(field) = register.fields.iter().find(closed).filter(|_| register.public) {
        let sentence = format!(
            "everybody may see `{}`, and `{}` is not ordinary data",
            register.said.id, field.name.text
        );
        let finding = Diagnostic::new(&codes::SENSITIVE_PUBLISHED, field.name.place.clone(), sentence);
        check.say(finding.second(register.said.place.clone(), "the register is public"));
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
        for role in used
            .who
            .iter()
            .filter(|role| !event.roles.iter().any(|raiser| check.is_within(&role.text, &raiser.text)))
        {
            let sentence = format!("`{}` may not raise `{}`", role.text, word.text);
            let finding = Diagnostic::new(&codes::MAY_NOT_RAISE, word.place.clone(), sentence);
            check.say(finding.second(event.said.place.clone(), format!("raised by: {}", event.by)));
        }
    }
}

fn condition(check: &Check<'_>, notice: &Notice, used: &Use) {
    if let Some(word) = &used.when_word
        && !used.when.facts().is_empty()
        && !can_hold(&used.when)
    {
        check.tell(&codes::NEVER_HOLDS, &word.place, format!("`{}` can never hold", word.text));
    }
    let looks = used.may.iter().any(|verb| matches!(verb, Verb::Read | Verb::Search));
    if !looks || !holds_for_anybody(&used.when) {
        return;
    }
    let sensitive = |word: &&Word| {
        check.register(notice, &word.text).is_some_and(|register| {
            let seen = |field: &&Field| used.covers(&word.text, &field.name.text);
            let closed = |field: &Field| field.class.is_some_and(|it| it != Class::Ordinary);
            !register.public && register.fields.iter().filter(seen).any(closed)
        })
    };
    if let Some(word) = used.of.iter().find(sensitive) {
        let sentence =
            format!("`{}` opens `{}` to everybody in the role, for every person", used.said.id, word.text);
        check.tell(&codes::OPEN_TO_ALL, &used.said.place, sentence);
    }
}

/// Facts that tie the one who looks to the person, or that the person decides.
const TIES: [Fact; 11] = [
    Fact::Myself,
    Fact::Guardian,
    Fact::Represents,
    Fact::Treats,
    Fact::Assigned,
    Fact::Involved,
    Fact::Consented,
    Fact::Asked,
    Fact::BreakGlass,
    Fact::Author,
    Fact::Presented,
];

/// Whether a condition holds for somebody whom nothing ties to the person: `not blocked` alone does.
fn holds_for_anybody(condition: &Condition) -> bool {
    let tied = |facts: Facts, fact: Fact| facts.with(fact, false);
    let stranger = TIES.into_iter().fold(Facts::default(), tied);
    let others =
        [Fact::Authorised, Fact::Of15].into_iter().fold(stranger, |facts, fact| facts.with(fact, true));
    condition.holds(others.with(Fact::Blocked, false)) == Some(true)
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
