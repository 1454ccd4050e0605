//! What stands between the notices of one controller: the same data kept for two periods.

use std::collections::{BTreeMap, HashMap};

use super::{Check, codes};
use crate::clock::Rule;
use crate::diagnostic::Diagnostic;
use crate::policy::Class;
use crate::written::{Notice, Register};

/// The same name with the same title is the same thing; `identifier` with another title is not.
type SameField<'a> = (&'a str, &'a str, Option<&'a Class>);

/// A register with what it is compared by.
struct Kept<'a> {
    notice: &'a Notice,
    register: &'a Register,
    rule: &'a Rule,
    /// The position of the first register with the same rule: what is equal needs no comparison.
    same: usize,
}

pub(super) fn check(check: &Check<'_>) {
    let mut by_person: BTreeMap<(&str, &str), Vec<(&Notice, &Register)>> = BTreeMap::new();
    for (notice, register) in check.corpus.registers() {
        if let (Some(controller), Some(person)) = (&notice.controller, register.about.first()) {
            by_person.entry((&controller.text, &person.text)).or_default().push((notice, register));
        }
    }
    for registers in by_person.into_values().filter(|registers| registers.len() > 1) {
        person(check, &registers);
    }
}

/// The registers of one controller about one kind of person.
fn person<'a>(check: &Check<'a>, registers: &[(&'a Notice, &'a Register)]) {
    let mut rules: HashMap<String, usize> = HashMap::new();
    let kept = registers.iter().filter_map(|(notice, register)| {
        let rule = check.rule(notice, register)?.1;
        let next = rules.len();
        Some(Kept { notice, register, rule, same: *rules.entry(rule.to_string()).or_insert(next) })
    });
    let kept: Vec<_> = kept.collect();
    if rules.len() < 2 {
        return;
    }
    // Field by field and rule by rule: only registers that share a field and not the rule are compared.
    let mut seen: HashMap<SameField<'a>, BTreeMap<usize, Vec<usize>>> = HashMap::new();
    for (position, right) in kept.iter().enumerate() {
        let mut shared: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for field in &right.register.fields {
            let name = field.name.text.as_str();
            let earlier = seen.entry((name, &field.title.da, field.class.as_ref())).or_default();
            if !check.steps.spend(earlier.values().map(Vec::len).sum()) {
                return;
            }
            for left in earlier.iter().filter(|(rule, _)| **rule != right.same).flat_map(|(_, all)| all) {
                shared.entry(*left).or_default().push(name);
            }
            earlier.entry(right.same).or_default().push(position);
        }
        for (left, fields) in shared {
            // A corpus that says the same a hundred times has been told.
            if check.is_full() {
                return;
            }
            kept.get(left).into_iter().for_each(|left| periods(check, left, right, &fields));
        }
    }
}

/// The same fields of the same person, under two rules.
fn periods(check: &Check<'_>, left: &Kept<'_>, right: &Kept<'_>, fields: &[&str]) {
    let few_of_many = fields.len() * 2 < left.register.fields.len().min(right.register.fields.len());
    if few_of_many || left.notice.said.id == right.notice.said.id {
        return;
    }
    let names = fields.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let message = codes::two_periods(&names, left.rule, right.rule);
    let finding = Diagnostic::new(message, right.register.said.place.clone());
    check.say(finding.second(left.register.said.place.clone(), codes::the_other_period()));
}
