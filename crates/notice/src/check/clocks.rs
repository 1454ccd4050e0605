//! Retention rules: every register has one, every start is declared, nothing is kept without an end unseen.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{Check, codes, resolve};
use crate::clock::{Arg, Mode, Plus, Rule, Stage, Verb, When};
use crate::diagnostic::Diagnostic;
use crate::policy::{Class, Place, Said};
use crate::source::Word;
use crate::written::{Line, Notice, Register, within};

pub(super) fn check(check: &Check<'_>) {
    let shared: HashSet<_> = check
        .corpus
        .registers()
        .filter_map(|(notice, register)| {
            let at = resolve(&check.names.clocks, &notice.said.id, &register.clock.as_ref()?.text)?;
            check.corpus.clocks.get(at).map(|clock| clock.said.id.as_str())
        })
        .collect();
    for clock in &check.corpus.clocks {
        let keeps = shared.contains(clock.said.id.as_str());
        Clock { check, said: &clock.said, hard: &clock.hard, keeps }.all(clock.line.as_ref());
    }
    for (notice, register) in check.corpus.registers() {
        match (&register.keep, &register.clock) {
            (None, None) => {
                check.tell(codes::no_clock(&register.said.id), &register.said.place);
            }
            (Some(_), Some(shared)) => {
                check.tell(codes::two_rules(&register.said.id), &shared.place);
            }
            (Some(_), None) | (None, Some(_)) => {}
        }
        Clock { check, said: &register.said, hard: &register.hard, keeps: true }.all(register.keep.as_ref());
        inquiry(check, notice, register);
    }
    final_acts(check);
    for event in &check.corpus.events {
        if event.by.is_none() && event.roles.is_empty() {
            check.tell(codes::nobody_raises(&event.said.id), &event.said.place);
        }
    }
}

/// Parts of terms by which a purpose is known to be an inquiry into somebody.
const INQUIRY: [&str; 6] = ["Regulatory", "Enforce", "Investigat", "Misconduct", "Whistle", "Disciplin"];

/// Whom an inquiry is about does not end its record (threat T4).
fn inquiry(check: &Check<'_>, notice: &Notice, register: &Register) {
    let criminal = || register.fields.iter().any(|field| field.class == Some(Class::Criminal));
    let main = check.vocabulary(notice, register).next().unwrap_or_default();
    let (Some(person), Some((line, rule))) = (register.about.first(), check.rule(notice, register)) else {
        return;
    };
    if !INQUIRY.iter().any(|part| main.contains(part)) && !criminal() {
        return;
    }
    for name in rule.events() {
        let Some(event) = check.names.events.get(&name).and_then(|at| check.corpus.events.get(*at)) else {
            continue;
        };
        let is_person = |role: &&Word| {
            check.is_within(&role.text, &person.text) || check.is_within(&person.text, &role.text)
        };
        if let Some(role) = event.roles.iter().find(is_person) {
            let message = codes::raised_by_person(&person.text, &role.text, &name);
            let finding = Diagnostic::new(message, spot(line, &name));
            check.say(finding.second(role.place.clone(), codes::the_role_that_may_raise_it()));
        }
    }
}

/// What a rule does to the data in the end.
fn is_final(rule: &Rule, wanted: impl Fn(Verb) -> bool) -> bool {
    rule.branches().any(|stage| wanted(stage.verb))
}

fn hands_over(verb: Verb) -> bool {
    matches!(verb, Verb::Archive | Verb::Move)
}

fn destroys(verb: Verb) -> bool {
    matches!(verb, Verb::Erase | Verb::Destroy | Verb::Anonymise)
}

/// A rule that falls on a register.
#[derive(Clone, Copy)]
struct Act<'a> {
    said: &'a Said,
    rule: &'a Rule,
    after: Option<&'a Word>,
}

impl Act<'_> {
    /// Whether one of two rules says that it comes after the other.
    fn is_ordered_with(self, other: Self) -> bool {
        let after = |one: Self, other: Self| one.after.is_some_and(|word| word.text == other.said.id);
        after(self, other) || after(other, self)
    }
}

/// Two rules on the same data, one that hands over and one that erases, and nobody says which comes first.
fn final_acts(check: &Check<'_>) {
    let mut acts: BTreeMap<usize, Vec<Act<'_>>> = BTreeMap::new();
    for clock in check.corpus.clocks.iter().filter(|clock| !clock.of.is_empty()) {
        let Some(rule) = clock.line.as_ref().and_then(|line| line.rule.as_ref()) else { continue };
        let act = Act { said: &clock.said, rule, after: clock.after.as_ref() };
        let positions = clock.of.iter();
        let positions =
            positions.filter_map(|word| resolve(&check.names.registers, clock.notice(), &word.text));
        positions.for_each(|position| acts.entry(position).or_default().push(act));
    }
    let mut told = BTreeSet::new();
    for (position, mut all) in acts {
        all.extend(check.corpus.owned_register(position).and_then(|(notice, register)| {
            let rule = check.rule(notice, register)?.1;
            // A rule that the register shares says itself what it comes after.
            let shared = register.clock.as_ref().filter(|_| register.keep.is_none());
            let shared = shared.and_then(|name| resolve(&check.names.clocks, &notice.said.id, &name.text));
            let shared = shared.and_then(|position| check.corpus.clocks.get(position));
            let (said, after) = shared.map_or((&register.said, None), |it| (&it.said, it.after.as_ref()));
            Some(Act { said, rule, after })
        }));
        if !check.steps.spend(all.len() * all.len()) {
            return;
        }
        for giver in all.iter().filter(|act| is_final(act.rule, hands_over)) {
            let against = |act: &&Act<'_>| {
                act.said.id != giver.said.id
                    && act.rule != giver.rule
                    && is_final(act.rule, destroys)
                    && !act.is_ordered_with(*giver)
            };
            let Some(eraser) = all.iter().find(against) else { continue };
            if told.insert((giver.said.id.clone(), eraser.said.id.clone())) {
                two_final_acts(check, giver.said, eraser.said);
            }
        }
    }
}

fn two_final_acts(check: &Check<'_>, giver: &Said, eraser: &Said) {
    let finding = Diagnostic::new(codes::two_final_acts(&giver.id, &eraser.id), giver.place.clone());
    check.say(finding.second(eraser.place.clone(), codes::the_other_final_act()));
}

/// One rule with what stands around it.
struct Clock<'a> {
    check: &'a Check<'a>,
    said: &'a Said,
    hard: &'a [Word],
    /// Whether a register goes by the rule.
    keeps: bool,
}

impl Clock<'_> {
    fn all(&self, line: Option<&Line>) {
        if let Some(word) = self.hard.iter().find(|word| word.text == "start-not-named") {
            self.check.tell(codes::no_start(&self.said.id), &word.place);
        }
        if self.said.unstated.is_some() {
            self.check.tell(codes::silent(&self.said.id), &self.said.place);
        }
        let Some((word, rule)) = line.and_then(|line| Some((&line.word, line.rule.as_ref()?))) else {
            return;
        };
        self.events(word, rule);
        self.flags(word, rule);
        self.order(word, rule);
        self.ceiling(word, rule);
    }

    fn events(&self, word: &Word, rule: &Rule) {
        let events = &self.check.names.events;
        for name in rule.events().iter().filter(|name| !events.contains_key(*name)) {
            let shown = if word.text.contains(name.as_str()) { name } else { "inherit" };
            let finding = Diagnostic::new(codes::no_event(name), spot(word, shown));
            self.check.say(finding.meant(self.check.nearest(name, events.keys().map(String::as_str))));
        }
    }

    fn flags(&self, word: &Word, rule: &Rule) {
        let names = rule.names();
        for name in &names.flags {
            let declared = self.check.names.flags.get(name).and_then(|at| self.check.corpus.flags.get(*at));
            let ends = declared.is_some_and(|flag| flag.ends.is_some());
            if names.holding_flags.contains(name) && !ends {
                // Rule DR-16: the person may prolong, but not for ever.
                self.check.tell(codes::endless_hold(name), &spot(word, name));
            } else if declared.is_none() {
                self.check.tell(codes::undefined_flag(name), &spot(word, name));
            }
        }
    }

    fn order(&self, word: &Word, rule: &Rule) {
        for (before, after) in rule.stages.iter().zip(rule.stages.iter().skip(1)) {
            if always_ends(before) {
                let part = format!("then {after}");
                self.check.tell(codes::after_the_end(&before.verb.word()), &spot(word, &part));
            }
        }
        let handed_over =
            |stage: &&Stage| matches!(stage.verb, Verb::Move | Verb::Archive) && stage.target.is_none();
        for stage in rule.branches().filter(handed_over) {
            let verb = stage.verb.word();
            self.check.tell(codes::no_target(&verb), &spot(word, verb));
        }
    }

    /// A rule ends for certain when a stage that binds the controller ends the data after a period.
    fn ceiling(&self, word: &Word, rule: &Rule) {
        // A rule that no register goes by may be a deadline: a look, a report.
        if !self.keeps && !rule.branches().any(|stage| stage.verb.ends()) {
            return;
        }
        let binding: Vec<_> =
            rule.branches().filter(|stage| stage.verb.ends() && stage.mode != Mode::From).collect();
        let message = if binding.is_empty() {
            codes::never_must(&self.said.id)
        } else if !binding.iter().any(|stage| has_period(&stage.when)) {
            codes::ends_at_an_event_alone(&self.said.id)
        } else if !rule.stages.iter().any(ends_for_certain) {
            codes::ends_on_a_condition(&self.said.id)
        } else {
            return;
        };
        self.check.tell(message, &word.place);
    }
}

/// Whether the data is gone after a stage, whatever its conditions.
fn always_ends(stage: &Stage) -> bool {
    stage.verb.ends() && stage.only.is_none()
}

/// Whether a stage binds the controller to end the data, whichever way its condition turns out: in the end after a period.
fn ends_for_certain(stage: &Stage) -> bool {
    let binds = stage.verb.ends() && stage.mode != Mode::From;
    binds
        && match stage.only {
            None => has_period(&stage.when),
            Some(_) => stage.otherwise().is_some_and(ends_for_certain),
        }
}

/// Whether a date adds a period to an event, or follows a source that has one.
fn has_period(when: &When) -> bool {
    match when {
        When::Earliest(all) => all.iter().any(has_period),
        When::Latest(args) => args.iter().any(|Arg { when, .. }| has_period(when)),
        When::Inherit(_) => true,
        When::After { plus, .. } => matches!(plus, Some(Plus::Duration(_))),
    }
}

/// The place of a part of a line, or of the whole line where it is written otherwise.
fn spot(word: &Word, part: &str) -> Place {
    let is_name = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-');
    let stands_alone = |(at, found): &(usize, &str)| {
        let before = word.text.get(..*at).and_then(|text| text.chars().next_back());
        let after = word.text.get(at + found.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(is_name) && !after.is_some_and(is_name)
    };
    match word.text.match_indices(part).find(stands_alone) {
        Some((at, found)) => within(word, at..at + found.len()),
        None => word.place.clone(),
    }
}
