//! A notice as a page: what the policy that runs says, and behind each sentence how it is kept.

use std::collections::BTreeMap;

use jiff::Timestamp;
use notice::Policy;
use notice::render::{Item, ItemKind, NoticeView, Section};
use register::Act;

use super::promises;
use super::view::open::{Kept, Part, Sentence};
use crate::proofs::Proofs;

/// When the sweep last acted, by register.
pub(super) type Acted = BTreeMap<String, Timestamp>;

/// When the sweep last acted, by the full name of the register and of the rule that it goes by.
pub(super) fn acted(policy: &Policy, acts: &[Act]) -> Acted {
    let mut acted = Acted::new();
    for act in acts {
        let rule = policy.clock_of(act.register).map(|clock| clock.said.id.clone());
        for name in [Some(policy.register_name(act.register).to_owned()), rule].into_iter().flatten() {
            let last = acted.entry(name).or_insert(act.last);
            *last = (*last).max(act.last);
        }
    }
    acted
}

/// The parts of the page.
pub(super) fn parts(view: &NoticeView, proofs: &Proofs, acted: &Acted) -> Vec<Part> {
    let part = |section: &Section| Part {
        id: section.id.anchor().to_owned(),
        heading: section.title.clone(),
        sentences: section.items.iter().map(|item| sentence(item, proofs, acted)).collect(),
    };
    view.sections.iter().map(part).collect()
}

fn sentence(item: &Item, proofs: &Proofs, acted: &Acted) -> Sentence {
    let facts = item.facts.iter().map(|(label, value)| format!("{label}: {value}"));
    let fields = item.fields.iter().map(|field| format!("{} ({})", field.title, field.class));
    let is_kept = matches!(item.kind, ItemKind::Clock | ItemKind::Register);
    Sentence {
        title: item.title.clone(),
        text: item.text.clone().unwrap_or_default(),
        lines: facts.chain(fields).collect(),
        unstated: item.unstated.clone(),
        kept: Kept {
            source: item.file.clone(),
            clock: item.time.as_ref().map(|time| time.words.clone()),
            condition: item.condition.clone(),
            grounds: item.laws.iter().map(|law| (law.words.clone(), law.number.clone())).collect(),
            rules: item.promises.iter().map(|rule| (rule.clone(), promises::tested(rule))).collect(),
            tests: tests(item, proofs),
            last_acted: is_kept.then(|| acted.get(&item.id).copied()).flatten(),
        },
    }
}

/// The tests that name a rule of the sentence, each once.
fn tests(item: &Item, proofs: &Proofs) -> Vec<(String, String)> {
    let mut tests: Vec<_> = item.promises.iter().flat_map(|rule| promises::tests_of(proofs, rule)).collect();
    tests.sort();
    tests.dedup();
    tests
}
