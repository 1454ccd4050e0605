//! What stands between the notices of one controller: the same data kept for two periods.

use super::{Check, codes};
use crate::diagnostic::Diagnostic;
use crate::written::{Field, Notice, Register};

pub(super) fn check(check: &Check<'_>) {
    let notices = &check.corpus.notices;
    for (position, left) in notices.iter().enumerate() {
        let same_controller = |right: &&Notice| {
            let name = |notice: &Notice| notice.controller.as_ref().map(|word| word.text.clone());
            name(left).is_some() && name(left) == name(right)
        };
        for right in notices.iter().skip(position + 1).filter(same_controller) {
            for register in &left.registers {
                // A corpus that says the same a hundred times has been told.
                if check.is_full() {
                    return;
                }
                right.registers.iter().for_each(|other| periods(check, register, other));
            }
        }
    }
}

/// The same fields of the same person, under two rules.
fn periods(check: &Check<'_>, left: &Register, right: &Register) {
    let rule = |register: &'_ Register| register.keep.as_ref().and_then(|line| line.rule.clone());
    let subject = |register: &Register| register.about.first().map(|word| word.text.clone());
    if subject(left) != subject(right) {
        return;
    }
    // The same name with the same title is the same thing; `identifier` with another title is not.
    let same = |field: &&Field| {
        let other = right.fields.iter().find(|other| other.name.text == field.name.text);
        other.is_some_and(|other| other.class == field.class && other.title.da == field.title.da)
    };
    let shared: Vec<_> =
        left.fields.iter().filter(same).map(|field| format!("`{}`", field.name.text)).collect();
    let few_of_many = shared.len() * 2 < left.fields.len().min(right.fields.len());
    if shared.is_empty() || few_of_many {
        return;
    }
    let (Some(left_rule), Some(right_rule)) = (rule(left), rule(right)) else { return };
    if left_rule == right_rule {
        return;
    }
    let sentence = format!("{} of one person: `{left_rule}` and `{right_rule}`", shared.join(", "));
    let finding = Diagnostic::new(&codes::TWO_PERIODS, right.said.place.clone(), sentence);
    check.say(finding.second(left.said.place.clone(), "the other period"));
}
