//! A notice as a page: what the policy that runs says, and behind each sentence how it is kept.

use std::collections::BTreeMap;

use jiff::Timestamp;
use notice::render::{Item, ItemKind, NoticeView, Section};

use super::promises;
use super::view::open::{Kept, Part, Sentence};

/// When the sweep last acted, by register.
pub(super) type Acted = BTreeMap<String, Timestamp>;

/// The parts of the page.
pub(super) fn parts(view: &NoticeView, acted: &Acted) -> Vec<Part> {
    let part = |section: &Section| Part {
        id: section.id.anchor().to_owned(),
        heading: section.title.clone(),
        sentences: section.items.iter().map(|item| sentence(item, acted)).collect(),
    };
    view.sections.iter().map(part).collect()
}

fn sentence(item: &Item, acted: &Acted) -> Sentence {
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
            last_acted: is_kept.then(|| acted.get(&item.id).copied()).flatten(),
        },
    }
}
