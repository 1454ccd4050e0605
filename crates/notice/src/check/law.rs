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
        let sentence = format!("the published notice does not name `{}` as a ground", word.text);
        check.tell(&codes::GROUND_NOT_PUBLISHED, &word.place, sentence);
    }
    if register.grounds().next().is_none() {
        return check.tell(
            &codes::NO_BASIS,
            place,
            format!("the register `{}` has no ground", register.said.id),
        );
    }
    let cited: Vec<_> =
        register.grounds().filter_map(|word| Some((word, check.cited(&word.text)?.1))).collect();
    // A name that leads nowhere has been reported; what it might have covered is not known.
    if cited.len() < register.grounds().count() {
        return;
    }
    for (word, _) in cited.iter().filter(|(_, provision)| provision.covers.is_empty()) {
        check.tell(&codes::NOT_A_BASIS, &word.place, format!("`{}` covers no class of data", word.text));
    }
    let covers = |class: Class| cited.iter().any(|(_, provision)| provision.covers.contains(&class));
    if !covers(Class::Ordinary) {
        // GDPR art. 6(1) is needed for all data; art. 9 and 10 only lift the ban on theirs.
        let sentence = format!("no ground of the register `{}` covers ordinary data", register.said.id);
        let finding = Diagnostic::new(&codes::NO_BASIS, place.clone(), sentence);
        check.say(
            finding
                .help("add a ground of art. 6(1), such as `gdpr:6(1)(e)`; art. 9 and 10 do not replace it"),
        );
    }
    for field in &register.fields {
        if let Some(class) = field.class.filter(|class| *class != Class::Ordinary && !covers(*class)) {
            let sentence = format!("no ground covers the {} in `{}`", words(class), field.name.text);
            let finding = Diagnostic::new(&codes::CLASS_NOT_COVERED, field.name.place.clone(), sentence);
            let grounds = register.grounds().next().map(|word| word.place.clone());
            check.say(match grounds {
                Some(first) => finding.second(first, "these are the grounds"),
                None => finding,
            });
        }
        looks_like_health(check, field);
    }
    matters::ground(check, notice, register);
    if check.is_public(notice) {
        for word in register.grounds().filter(|word| word.text == "gdpr:6(1)(f)") {
            let sentence = "a public authority does not rest its tasks on a legitimate interest";
            check.tell(&codes::LEGITIMATE_INTEREST, &word.place, sentence);
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
                let sentence = format!("`{}` has two values for `{}`", party.said.id, label.en);
                check.tell(&codes::TWO_CONTACTS, &party.said.place, sentence);
            }
        }
    }
}

const fn words(class: Class) -> &'static str {
    match class {
        Class::Ordinary => "ordinary data",
        Class::Health => "health data",
        Class::Special => "special category of data",
        Class::Criminal => "data on offences",
        Class::Cpr => "civil registration number",
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
        let sentence = format!("`{}` is declared ordinary, and `{word}` tells of health", field.name.text);
        check.tell(&codes::LOOKS_LIKE_HEALTH, &field.name.place, sentence);
    }
}

fn has_ended(check: &Check<'_>, valid: Valid) -> bool {
    valid.until.is_some_and(|until| until <= check.as_of)
}

/// A notice that holds no longer is not published as if it did.
fn ended(check: &Check<'_>, notice: &Notice) {
    if let Some(until) = notice.valid.until.filter(|_| has_ended(check, notice.valid)) {
        let sentence = format!("the notice `{}` has not held since {until}", notice.said.id);
        check.tell(&codes::NOTICE_ENDED, &notice.said.place, sentence);
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
        let sentence = match law.valid.until {
            Some(until) => format!("`{}` has not been in force since {until}", law.said.id),
            None => format!("`{}` is not in force", law.said.id),
        };
        let finding = Diagnostic::new(&codes::STALE_LAW, word.place.clone(), sentence);
        let finding = match &law.successor {
            Some(successor) => finding.help(format!("`{}` has taken its place", successor.text)),
            None => finding,
        };
        check.say(finding.second(law.said.place.clone(), "declared here"));
    }
    let shares = notice.shares.iter().filter_map(|share| share.to.as_ref());
    for word in notice.controller.iter().chain(shares) {
        let Some(party) = check.party(&word.text).filter(|party| has_ended(check, party.valid)) else {
            continue;
        };
        let finding = Diagnostic::new(
            &codes::STALE_PARTY,
            word.place.clone(),
            format!("`{}` no longer exists", word.text),
        );
        check.say(match &party.successor {
            Some(successor) => finding.help(format!("`{}` has taken over", successor.text)),
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
            let sentence =
                format!("`{}` is a public controller and names no data protection officer", party.said.id);
            let finding = Diagnostic::new(&codes::NO_OFFICER, party.said.place.clone(), sentence);
            check.say(decided(finding, party.said.unstated.as_ref()));
        }
        if party.contact.is_empty() {
            let sentence = format!("`{}` is a controller, and nothing says how to reach it", party.said.id);
            check.tell(&codes::NOT_REACHABLE, &party.said.place, sentence);
        }
    }
}
