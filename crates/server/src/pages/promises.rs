//! The promises: every rule that was read out of the published notices, whether a notice file states it and whether a test holds it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::Timestamp;
use notice::policy::Said;
use notice::{Lang, Policy};

use super::view::open::{Promise, PromiseGroup, Proof, Standing, Tested};
use crate::proofs::Proofs;

const RULES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rules.tsv"));
const UNTESTED: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/untested-rules.txt"));

static UNTESTED_RULES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    UNTESTED.lines().map(str::trim).filter(|line| !line.is_empty() && !line.contains(' ')).collect()
});

/// Whether a test names a rule.
pub(super) fn tested(rule: &str) -> Tested {
    if UNTESTED_RULES.contains(rule) { Tested::No } else { Tested::Yes }
}

/// All promises by the part of the house that made them.
pub(super) fn groups(policy: &Policy, lang: Lang) -> Vec<PromiseGroup> {
    let stated: BTreeSet<String> = policy.stated().into_keys().collect();
    let mut groups: Vec<PromiseGroup> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for row in RULES.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let (Some(id), Some(group), Some(rule)) = (columns.first(), columns.get(1), columns.get(5)) else {
            continue;
        };
        let at = *places.entry(group).or_insert_with(|| {
            groups.push(PromiseGroup {
                id: (*group).to_owned(),
                title: (*group).to_owned(),
                promises: Vec::new(),
            });
            groups.len().saturating_sub(1)
        });
        let standing = match (stated.contains(*id), tested(id)) {
            (false, _) => Standing::Missing,
            (true, Tested::No) => Standing::Stated,
            (true, Tested::Yes) => Standing::Tested,
        };
        if let Some(group) = groups.get_mut(at) {
            group.promises.push(Promise {
                id: (*id).to_owned(),
                rule: (*rule).to_owned(),
                standing,
                proof: Proof::default(),
            });
        }
    }
    for group in &mut groups {
        if let Some(title) = title(policy, &group.promises, lang) {
            group.title = title;
        }
    }
    groups
}

/// What a rule says, in English.
pub(super) fn words(rule: &str) -> Option<&'static str> {
    let mut rows = RULES.lines().skip(1).map(|row| row.split('\t').collect::<Vec<_>>());
    rows.find(|columns| columns.first() == Some(&rule)).and_then(|columns| columns.get(5).copied())
}

/// The tests that name a rule: the name of the test as a sentence, and its file.
pub(super) fn tests_of(proofs: &Proofs, rule: &str) -> Vec<(String, String)> {
    let told = |test: &String| {
        let (file, name) = test.split_once(": ").unwrap_or(("", test));
        (name.replace('_', " "), file.to_owned())
    };
    proofs.of(rule).iter().map(told).collect()
}

/// The promises with what each stands on: the sections that state it, its tests, the last act of its clocks.
pub(super) fn proven(
    policy: &Policy,
    lang: Lang,
    proofs: &Proofs,
    acted: impl Fn(&str) -> Option<Timestamp>,
) -> Vec<PromiseGroup> {
    let mut sections: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    for said in policy.all_said() {
        for rule in &said.states {
            let stated = sections.entry(rule).or_default();
            if !stated.iter().any(|(_, id)| *id == said.id) {
                stated.push((said.title.get(lang).to_owned(), said.id.clone()));
            }
        }
    }
    let mut groups = groups(policy, lang);
    for promise in groups.iter_mut().flat_map(|group| &mut group.promises) {
        let sections = sections.remove(promise.id.as_str()).unwrap_or_default();
        let acts = sections.iter().filter_map(|(_, id)| acted(id));
        promise.proof = Proof { acted: acts.max(), tests: tests_of(proofs, &promise.id), sections };
    }
    groups
}

/// All, stated, tested.
pub(super) fn count(groups: &[PromiseGroup]) -> (u64, u64, u64) {
    groups.iter().fold((0, 0, 0), |(all, stated, tested), group| {
        (all + group.all(), stated + group.stated(), tested + group.tested())
    })
}

/// The title of the notice that states most of the rules.
fn title(policy: &Policy, rules: &[Promise], lang: Lang) -> Option<String> {
    let rules: BTreeSet<&str> = rules.iter().map(|promise| promise.id.as_str()).collect();
    let states = |said: &&Said| said.states.iter().any(|rule| rules.contains(rule.as_str()));
    let mut notices: BTreeMap<&str, usize> = BTreeMap::new();
    for said in policy.all_said().filter(states) {
        *notices.entry(said.id.split('.').next().unwrap_or_default()).or_default() += 1;
    }
    let found = |id: &str| policy.notices.iter().find(|notice| notice.said.id == id);
    let most = notices.into_iter().filter_map(|(id, times)| Some((times, found(id)?)));
    most.max_by_key(|(times, _)| *times).map(|(_, notice)| notice.said.title.get(lang).to_owned())
}
