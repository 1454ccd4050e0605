//! Grounds: every field is covered, every act is in force, every authority can be reached.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, codes, decided, matters};
use crate::diagnostic::Diagnostic;
use crate::policy::{Class, Valid};
use crate::source::Word;
use crate::written::{Notice, Register};

/// Parts of names that tell of a state of health, in Danish and English.
const HEALTH_WORDS: [&str; 26] = [
    "symptom",
    "diagnos",
    "sygdom",
    "disease",
    "illness",
    "infect",
    "smitte",
    "medicin",
    "medicine",
    "drug",
    "laegemid",
    "lægemid",
    "dosis",
    "dosage",
    "dosering",
    "allerg",
    "handicap",
    "disabilit",
    "pregnan",
    "gravid",
    "vaccin",
    "prøvesvar",
    "test-result",
    "testresult",
    "onset",
    "treatment",
];

/// Names that tell of it only where they stand alone: `latest` is no test.
const HEALTH_WHOLE_WORDS: [&str; 5] = ["test", "tests", "tested", "testet", "prøve"];

pub(super) fn check(check: &Check<'_>) {
    for notice in &check.corpus.notices {
        for register in &notice.registers {
            basis(check, notice, register);
        }
        stale(check, notice);
        ended(check, notice);
        matters::leant_on(check, notice);
    }
    officers(check);
    contacts(check);
    matters::names(check);
}

fn basis(check: &Check<'_>, notice: &Notice, register: &Register) {
    let place = &register.said.place;
    for word in &register.basis_unstated {
        check.tell(codes::ground_not_published(&word.text), &word.place);
    }
    if register.grounds().next().is_none() {
        return check.tell(codes::no_ground(&register.said.id), place);
    }
    let cited: Vec<_> =
        register.grounds().filter_map(|word| Some((word, check.cited(&word.text)?.1))).collect();
    // A name that leads nowhere has been reported; what it might have covered is not known.
    if cited.len() < register.grounds().count() {
        return;
    }
    for (word, _) in cited.iter().filter(|(_, provision)| provision.covers.is_empty()) {
        check.tell(codes::covers_no_class(&word.text), &word.place);
    }
    let covers = |class: Class| cited.iter().any(|(_, provision)| provision.covers.contains(&class));
    if !covers(Class::Ordinary) {
        // GDPR art. 6(1) is needed for all data; art. 9 and 10 only lift the ban on theirs.
        let finding = Diagnostic::new(codes::no_ordinary_ground(&register.said.id), place.clone());
        check.say(finding.help(codes::add_article_6()));
    }
    for field in &register.fields {
        if let Some(class) = field.class.filter(|class| *class != Class::Ordinary && !covers(*class)) {
            let message = codes::class_not_covered(&codes::class(class), &field.name.text);
            let finding = Diagnostic::new(message, field.name.place.clone());
            let grounds = register.grounds().next().map(|word| word.place.clone());
            check.say(match grounds {
                Some(first) => finding.second(first, codes::these_are_the_grounds()),
                None => finding,
            });
        }
        looks_like_health(check, field);
    }
    matters::ground(check, notice, register);
    if check.is_public(notice) {
        for word in register.grounds().filter(|word| word.text == "gdpr:6(1)(f)") {
            check.tell(codes::legitimate_interest(), &word.place);
        }
    }
}

/// Two values under one label, as when a telephone number has two forms.
fn contacts(check: &Check<'_>) {
    for party in &check.corpus.parties {
        let mut ways: BTreeMap<&str, &str> = BTreeMap::new();
        for (label, value) in &party.contact {
            let first = *ways.entry(&label.en).or_insert(value);
            if first != value {
                check.tell(codes::two_contacts(&party.said.id, label), &party.said.place);
            }
        }
    }
}

fn looks_like_health(check: &Check<'_>, field: &crate::written::Field) {
    if field.class != Some(Class::Ordinary) {
        return;
    }
    let named = [&field.name.text, &field.title.da, &field.title.en].map(|text| text.to_lowercase());
    let whole = |word: &str| {
        named.iter().any(|name| name.split(|sign: char| !sign.is_alphanumeric()).any(|part| part == word))
    };
    let part = |word: &str| named.iter().any(|name| name.contains(word));
    let told = HEALTH_WORDS
        .iter()
        .find(|word| part(word))
        .or_else(|| HEALTH_WHOLE_WORDS.iter().find(|word| whole(word)));
    if let Some(word) = told {
        check.tell(codes::looks_like_health(&field.name.text, word), &field.name.place);
    }
}

fn has_ended(check: &Check<'_>, valid: Valid) -> bool {
    valid.until.is_some_and(|until| until <= check.as_of)
}

/// A notice that holds no longer is not published as if it did.
fn ended(check: &Check<'_>, notice: &Notice) {
    if let Some(until) = notice.valid.until.filter(|_| has_ended(check, notice.valid)) {
        check.tell(codes::notice_ended(&notice.said.id, &until), &notice.said.place);
    }
}

/// Each act that is no longer in force, once a notice.
fn stale(check: &Check<'_>, notice: &Notice) {
    let mut seen = BTreeSet::new();
    for word in citations(notice) {
        let Some(law) = word.text.split_once(':').and_then(|(law, _)| check.names.laws.get(law)) else {
            continue;
        };
        let Some(law) = check.corpus.laws.get(*law) else { continue };
        if !has_ended(check, law.valid) || !seen.insert(law.said.id.as_str()) {
            continue;
        }
        let message = match law.valid.until {
            Some(until) => codes::law_ended(&law.said.id, &until),
            None => codes::law_not_in_force(&law.said.id),
        };
        let finding = Diagnostic::new(message, word.place.clone());
        let finding = match &law.successor {
            Some(successor) => finding.help(codes::law_succeeded(&successor.text)),
            None => finding,
        };
        check.say(finding.second(law.said.place.clone(), codes::declared_here()));
    }
    let shares = notice.shares.iter().filter_map(|share| share.to.as_ref());
    for word in notice.controller.iter().chain(shares) {
        let Some(party) = check.party(&word.text).filter(|party| has_ended(check, party.valid)) else {
            continue;
        };
        let finding = Diagnostic::new(codes::party_gone(&word.text), word.place.clone());
        check.say(match &party.successor {
            Some(successor) => finding.help(codes::party_succeeded(&successor.text)),
            None => finding,
        });
    }
}

/// Every provision that a notice cites, in the order of its sections.
fn citations(notice: &Notice) -> impl Iterator<Item = &Word> {
    let limits = notice.rights.iter().flat_map(|right| &right.limits).flat_map(|limit| &limit.laws);
    let registers = notice.registers.iter().flat_map(Register::grounds);
    let instruments = notice.shares.iter().filter_map(|share| share.instrument.as_ref());
    let articles = notice.rights.iter().filter_map(|right| right.article.as_ref());
    notice.laws.iter().chain(registers).chain(instruments).chain(articles).chain(limits)
}

fn officers(check: &Check<'_>) {
    let acting: BTreeSet<_> = check
        .corpus
        .notices
        .iter()
        .filter_map(|notice| Some(notice.controller.as_ref()?.text.as_str()))
        .collect();
    for party in check.corpus.parties.iter().filter(|party| acting.contains(party.said.id.as_str())) {
        if party.public_authority && party.officer.is_none() {
            let finding = Diagnostic::new(codes::no_officer(&party.said.id), party.said.place.clone());
            check.say(decided(finding, party.said.unstated.as_ref()));
        }
        if party.contact.is_empty() {
            check.tell(codes::not_reachable(&party.said.id), &party.said.place);
        }
    }
}
