//! Rules of the acceptance table that lose their statement or gain one.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Sides;
use crate::policy::Policy;

/// A rule that is stated no longer, or is stated now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleMove {
    /// The rule, such as `F-17`.
    pub rule: String,
    /// The sections that state it, on the side that does.
    pub sections: Vec<String>,
}

impl RuleMove {
    pub(super) fn json(&self) -> Value {
        json!({ "rule": self.rule, "sections": self.sections })
    }
}

pub(super) fn compare(sides: Sides<'_>) -> (Vec<RuleMove>, Vec<RuleMove>) {
    let (old, new) = (stated(sides.old), stated(sides.new));
    let only = |of: &BTreeMap<String, Vec<String>>, without: &BTreeMap<String, Vec<String>>| {
        of.iter()
            .filter(|(rule, _)| !without.contains_key(*rule))
            .map(|(rule, sections)| RuleMove { rule: rule.clone(), sections: sections.clone() })
            .collect()
    };
    (only(&old, &new), only(&new, &old))
}

fn stated(policy: &Policy) -> BTreeMap<String, Vec<String>> {
    let mut stated: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for said in policy.all_said() {
        for rule in &said.states {
            let sections = stated.entry(rule.clone()).or_default();
            if !sections.contains(&said.id) {
                sections.push(said.id.clone());
            }
        }
    }
    stated
}
