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
        let message = codes::unnamed_names(&register.said.id, &field.name.text);
        let finding = Diagnostic::new(message, field.name.place.clone());
        check.say(finding.second(register.said.place.clone(), codes::the_register_is_unnamed()));
    }
    if let Some(fact) = register.gives {
        check.tell(codes::unnamed_ties(&register.said.id, &fact.word()), &register.said.place);
    }
}

/// Nobody comes as oneself, or for somebody, to a register in which nobody can be found.
fn recognises(check: &Check<'_>, notice: &Notice, used: &Use) {
    const RECOGNISED: [Fact; 4] = [Fact::Myself, Fact::Guardian, Fact::Represents, Fact::Treats];
    let Some(fact) = used.when.facts().into_iter().find(|fact| RECOGNISED.contains(fact)) else { return };
    let unnamed = |word: &&Word| check.register(notice, &word.text).is_some_and(|register| register.unnamed);
    if let Some(word) = used.of.iter().find(unnamed) {
        check.tell(codes::unnamed_recognised(&used.said.id, &fact.word(), &word.text), &word.place);
    }
}

fn purpose(check: &Check<'_>, notice: &Notice, used: &Use) {
    let Some(purpose) = &used.purpose else { return };
    for word in used.of.iter().filter(|word| !check.reaches(notice, &word.text, purpose)) {
        let finding = Diagnostic::new(codes::not_kept_for(&word.text, &purpose.text), purpose.place.clone());
        let register = check.register(notice, &word.text).map(|register| register.said.place.clone());
        check.say(match register {
            Some(place) => finding.second(place, codes::the_register_and_its_purposes()),
            None => finding,
        });
    }
}

/// What everybody may see holds nothing that only a few may.
fn published(check: &Check<'_>, register: &Register) {
    let closed = |field: &&Field| field.class.is_some_and(|class| class != Class::Ordinary);
    if let Some(field) = register.fields.iter().find(closed).filter(|_| register.public) {
        let message = codes::sensitive_published(&register.said.id, &field.name.text);
        let finding = Diagnostic::new(message, field.name.place.clone());
        check.say(finding.second(register.said.place.clone(), codes::the_register_is_public()));
    }
}

/// No log, no data.
fn trace(check: &Check<'_>, notice: &Notice, used: &Use) {
    let hidden = |word: &&Word| check.register(notice, &word.text).is_some_and(|register| !register.public);
    if used.log.is_none()
        && let Some(word) = used.of.iter().find(hidden)
    {
        check.tell(codes::no_trace(&used.said.id, &word.text), &used.said.place);
    }
}

fn raising(check: &Check<'_>, used: &Use) {
    let may = used.may.contains(&Verb::Raise);
    match used.raises.first() {
        Some(event) if !may => {
            check.tell(codes::raises_without_the_verb(&used.said.id, &event.text), &event.place);
        }
        None if may => {
            check.tell(codes::raises_nothing(&used.said.id), &used.said.place);
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
            let finding = Diagnostic::new(codes::may_not_raise(&role.text, &word.text), word.place.clone());
            let roles = || codes::all_of(event.roles.iter().map(|role| &role.text));
            let who = event.by.clone().unwrap_or_else(roles);
            check.say(finding.second(event.said.place.clone(), codes::raised_by(&who)));
        }
    }
}

fn condition(check: &Check<'_>, notice: &Notice, used: &Use) {
    if let Some(word) = &used.when_word
        && !used.when.facts().is_empty()
        && check.steps.spend((used.when.facts().len() << used.when.kinds().min(TRIED_MAX)) / 4)
        && !can_hold(&used.when)
    {
        check.tell(codes::never_holds(&word.text), &word.place);
    }
    let looks = used.may.iter().any(|verb| matches!(verb, Verb::Read | Verb::Search));
    if !looks || !holds_for_anybody(&used.when) {
        return;
    }
    // Each field of each register is looked for among the fields that the use names.
    let kept = |word: &Word| check.register(notice, &word.text).map_or(0, |register| register.fields.len());
    let named = used.fields.as_ref().map_or(1, Vec::len);
    if !check.steps.spend(used.of.iter().map(kept).sum::<usize>() * named) {
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
        check.tell(codes::open_to_all(&used.said.id, &word.text), &used.said.place);
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

/// Conditions over more facts are not tried out.
const TRIED_MAX: usize = 8;

/// Whether some state of the facts makes a condition hold.
fn can_hold(condition: &Condition) -> bool {
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
