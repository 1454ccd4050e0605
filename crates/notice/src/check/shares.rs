//! Disclosures: within the purpose, and abroad only with an instrument.

use super::{Check, codes};
use crate::diagnostic::Diagnostic;
use crate::written::{Notice, Share};

/// The European Union and the European Economic Area; `EU` for the Union's own bodies.
const INSIDE: [&str; 31] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "EU", "FI", "FR", "GR", "HR", "HU", "IE", "IS",
    "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Whether a country is outside the European Economic Area.
pub(crate) fn is_abroad(country: &str) -> bool {
    !INSIDE.contains(&country)
}

pub(super) fn check(check: &Check<'_>) {
    for notice in &check.corpus.notices {
        for share in &notice.shares {
            purpose(check, notice, share);
            transfer(check, notice, share);
        }
    }
}

fn purpose(check: &Check<'_>, notice: &Notice, share: &Share) {
    let Some(purpose) = &share.purpose else { return };
    for word in share.of.iter().filter(|word| !check.reaches(notice, &word.text, purpose)) {
        let sentence = format!("`{}` is not kept for `{}`", word.text, purpose.text);
        check.tell(&codes::SHARE_NOT_REACHED, &purpose.place, sentence);
    }
}

fn transfer(check: &Check<'_>, notice: &Notice, share: &Share) {
    let Some((to, party)) = share.to.as_ref().and_then(|to| Some((to, check.party(&to.text)?))) else {
        return;
    };
    let country = party.country.as_ref().map(|country| country.text.as_str());
    let abroad = country.filter(|country| is_abroad(country));
    if let (Some(country), None) = (abroad, &share.instrument) {
        let sentence = format!("`{}` is in {country}, and nothing allows the transfer", to.text);
        let finding = Diagnostic::new(&codes::NO_INSTRUMENT, to.place.clone(), sentence);
        check.say(finding.second(party.said.place.clone(), "the recipient"));
    }
    if let Some(word) = &share.instrument
        && word.text == "gdpr:49(1)(a)"
        && check.is_public(notice)
    {
        let sentence = "a public authority does not transfer on consent in the exercise of its powers";
        check.tell(&codes::CONSENT_TRANSFER, &word.place, sentence);
    }
}
