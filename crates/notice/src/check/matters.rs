//! Acts and parties under their right names, and acts that stay with their own matter.

use std::collections::{BTreeSet, HashMap};

use super::{Check, codes};
use crate::diagnostic::Diagnostic;
use crate::policy::{Place, Said};
use crate::source::Word;
use crate::written::{Law, Matter, Notice, Party, Register};

/// Parts of terms of the Data Privacy Vocabulary by which a purpose is known to be of a matter.
fn terms(matter: Matter) -> &'static [&'static str] {
    match matter {
        Matter::Employment => {
            &["Personnel", "HumanResource", "Employ", "Hiring", "Recruit", "SocialSecurity"]
        }
        Matter::HealthCare => {
            &["Patient", "Healthcare", "Prescription", "Dispensation", "Appointment", "Vaccination", "Care"]
        }
        Matter::PublicHealth => &["PublicHealth", "Pandemic", "Vaccination"],
        Matter::Research => &["Research", "Statistic"],
        Matter::Archives => &["Archiv", "RecordManagement"],
        Matter::Supervision => &["Regulatory", "Enforce", "Investigat", "Misconduct", "QualitySafety"],
    }
}

fn is_of(term: &str, matter: Matter) -> bool {
    terms(matter).iter().any(|part| term.contains(part))
}

/// What a provision is about, if it is about one thing.
fn matter(check: &Check<'_>, cited: &Word) -> Option<Matter> {
    // GDPR art. 9(2)(b): employment, social security and social protection.
    if cited.text == "gdpr:9(2)(b)" {
        return Some(Matter::Employment);
    }
    let (law, provision) = check.cited(&cited.text)?;
    provision.matter.or(law.matter)
}

/// A ground that belongs to another matter than any of the purposes.
pub(super) fn ground(check: &Check<'_>, notice: &Notice, register: &Register) {
    for word in register.grounds() {
        let Some(matter) = matter(check, word) else { continue };
        let is_own = |purpose: &Word| {
            let position = check.purpose(notice, purpose);
            let purpose = position.and_then(|position| check.corpus.purpose(position));
            purpose
                .is_some_and(|purpose| purpose.vocabulary.as_deref().is_some_and(|term| is_of(term, matter)))
        };
        // A register that also serves control or the rights of the person keeps its matter.
        let Some(purpose) = register.purposes.first().filter(|_| !register.purposes.iter().any(is_own))
        else {
            continue;
        };
        let message = match word.text.as_str() {
            "gdpr:9(2)(b)" => codes::employment_ground(&purpose.text),
            _other => codes::ground_of_another_matter(&word.text, &codes::matter(matter), &purpose.text),
        };
        check.tell(message, &word.place);
    }
}

/// An act under `laws` that is about none of the notice's purposes.
pub(super) fn leant_on(check: &Check<'_>, notice: &Notice) {
    for word in &notice.laws {
        let Some(matter) = matter(check, word) else { continue };
        let mut purposes = notice.purposes.iter().filter_map(|purpose| purpose.vocabulary.as_deref());
        if !purposes.any(|term| is_of(term, matter)) {
            check.tell(codes::law_of_another_matter(&word.text, &codes::matter(matter)), &word.place);
        }
    }
}

/// Names that have changed: of acts, of parties, in texts.
pub(super) fn names(check: &Check<'_>) {
    let mut by_eli: HashMap<&str, &Law> = HashMap::new();
    for law in &check.corpus.laws {
        let Some(eli) = law.eli.as_deref() else { continue };
        let first = *by_eli.entry(eli).or_insert(law);
        if first.said.id != law.said.id {
            let message = codes::two_titles(&first.said.title.da, &law.said.title.da);
            let finding = Diagnostic::new(message, law.said.place.clone());
            check.say(finding.second(first.said.place.clone(), codes::the_other_title()));
        }
    }
    for party in check.corpus.parties.iter().filter(|party| party.valid.until.is_none()) {
        if let Some(successor) = &party.successor {
            check.tell(codes::undated_successor(&party.said.id, &successor.text), &successor.place);
        }
    }
    called(check);
}

/// Texts that use another name than the one that an act or a party bears.
fn called(check: &Check<'_>) {
    let law = |law: &Law| {
        law.also.iter().map(|word| (word.text.to_lowercase(), law.said.clone())).collect::<Vec<_>>()
    };
    let party = |party: &Party| {
        party.also.iter().map(|word| (word.text.to_lowercase(), party.said.clone())).collect::<Vec<_>>()
    };
    let names: Vec<_> =
        check.corpus.laws.iter().flat_map(law).chain(check.corpus.parties.iter().flat_map(party)).collect();
    if names.is_empty() {
        return;
    }
    for said in check.corpus.said() {
        let text = said.says.as_ref().map(|says| format!("{}\n{}", says.da, says.en).to_lowercase());
        let Some(text) = text else { continue };
        let mut told = BTreeSet::new();
        // A name is found in a text at some hundred megabytes a second.
        if !check.steps.spend(names.len() * (1 + text.len() / 32)) {
            return;
        }
        for (name, bearer) in names.iter().filter(|(name, _)| text.contains(name.as_str())) {
            if told.insert(&bearer.id) {
                other_name(check, &said.place, name, bearer);
            }
        }
    }
}

fn other_name(check: &Check<'_>, place: &Place, name: &str, bearer: &Said) {
    let finding = Diagnostic::new(codes::other_name(&name, &bearer.title.da), place.clone());
    check.say(finding.second(bearer.place.clone(), codes::declared_here()));
}
