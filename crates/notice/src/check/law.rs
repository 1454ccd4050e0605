//! Grounds: every field is covered, every act is in force, every authority can be reached.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, codes};
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

pub(super) fn check(check: &Check<'_>) {
    for notice in &check.corpus.notices {
        for register in &notice.registers {
            basis(check, notice, register);
        }
        stale(check, notice);
    }
    officers(check);
    contacts(check);
}

fn basis(check: &Check<'_>, notice: &Notice, register: &Register) {
    let place = &register.said.place;
    if register.basis.is_empty() {
        return check.tell(
            &codes::NO_BASIS,
            place,
            format!("the register `{}` has no ground", register.said.id),
        );
    }
    let cited: Vec<_> =
        register.basis.iter().filter_map(|word| Some((word, check.cited(&word.text)?.1))).collect();
    // A name that leads nowhere has been reported; what it might have covered is not known.
    if cited.len() < register.basis.len() {
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
            let grounds = register.basis.first().map(|word| word.place.clone());
            check.say(match grounds {
                Some(first) => finding.second(first, "these are the grounds"),
                None => finding,
            });
        }
        looks_like_health(check, field);
    }
    employment(check, notice, register);
    if check.is_public(notice) {
        for word in register.basis.iter().filter(|word| word.text == "gdpr:6(1)(f)") {
            let sentence = "a public authority does not rest its tasks on a legitimate interest";
            check.tell(&codes::LEGITIMATE_INTEREST, &word.place, sentence);
        }
    }
}

/// Words of purposes for which Article 9(2)(b) is meant, as in the Data Privacy Vocabulary.
const EMPLOYMENT_WORDS: [&str; 6] =
    ["Personnel", "HumanResource", "Employ", "Hiring", "Recruit", "SocialSecurity"];

/// Article 9(2)(b) for a purpose that is not employment.
fn employment(check: &Check<'_>, notice: &Notice, register: &Register) {
    let Some(ground) = register.basis.iter().find(|word| word.text == "gdpr:9(2)(b)") else { return };
    let of = |position: usize| check.corpus.notices.iter().flat_map(|notice| &notice.purposes).nth(position);
    let is_employment = |word: &Word| {
        let purpose = check.purpose(notice, word).and_then(of);
        let vocabulary = purpose.and_then(|purpose| purpose.vocabulary.as_deref()).unwrap_or_default();
        EMPLOYMENT_WORDS.iter().any(|part| vocabulary.contains(part))
    };
    if let Some(purpose) = register.purposes.iter().find(|word| !is_employment(word)) {
        let sentence = format!("9(2)(b) is employment and social law; a purpose here is `{}`", purpose.text);
        check.tell(&codes::EMPLOYMENT_GROUND, &ground.place, sentence);
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
    if let Some(word) = HEALTH_WORDS.iter().find(|word| named.iter().any(|name| name.contains(*word))) {
        let sentence = format!("`{}` is declared ordinary, and `{word}` tells of health", field.name.text);
        check.tell(&codes::LOOKS_LIKE_HEALTH, &field.name.place, sentence);
    }
}

fn has_ended(check: &Check<'_>, valid: Valid) -> bool {
    valid.until.is_some_and(|until| until <= check.as_of)
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
    let limits = notice.rights.iter().flat_map(|right| &right.limits).filter_map(|limit| limit.law.as_ref());
    let registers = notice.registers.iter().flat_map(|register| &register.basis);
    let instruments = notice.shares.iter().filter_map(|share| share.instrument.as_ref());
    let articles = notice.rights.iter().filter_map(|right| right.article.as_ref());
    notice.laws.iter().chain(registers).chain(instruments).chain(articles).chain(limits)
}

fn officers(check: &Check<'_>) {
    let acting = |party: &&crate::written::Party| {
        check
            .corpus
            .notices
            .iter()
            .filter_map(|notice| notice.controller.as_ref())
            .any(|word| word.text == party.said.id)
    };
    for party in check.corpus.parties.iter().filter(acting) {
        if party.public_authority && party.officer.is_none() {
            let sentence =
                format!("`{}` is a public controller and names no data protection officer", party.said.id);
            check.tell(&codes::NO_OFFICER, &party.said.place, sentence);
        }
    }
}
