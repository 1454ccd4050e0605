//! Disclosures: within the purpose, and abroad only with an instrument.

use super::{Check, codes, decided};
use crate::diagnostic::Diagnostic;
use crate::source::Word;
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
/// Countries of which the Commission has found the protection adequate; of the United States those that have certified.
const ADEQUATE: [&str; 16] =
    ["AD", "AR", "BR", "CA", "CH", "FO", "GB", "GG", "IL", "IM", "JE", "JP", "KR", "NZ", "US", "UY"];

pub(super) fn check(check: &Check<'_>) {
    for notice in &check.corpus.notices {
        for share in &notice.shares {
            purpose(check, notice, share);
            transfer(check, notice, share);
            recipient(check, share);
            silent(check, share);
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
        let finding = finding.second(party.said.place.clone(), "the recipient");
        check.say(decided(finding, share.said.unstated.as_ref()));
    }
    if let (Some(word), Some(country)) = (&share.instrument, country) {
        instrument(check, word, country);
    }
    if let Some(word) = &share.instrument
        && word.text == "gdpr:49(1)(a)"
        && check.is_public(notice)
    {
        let sentence = "a public authority does not transfer on consent in the exercise of its powers";
        check.tell(&codes::CONSENT_TRANSFER, &word.place, sentence);
    }
}

/// An instrument is of Articles 45 to 49, fits the country, and is needed.
pub(super) fn instrument(check: &Check<'_>, word: &Word, country: &str) {
    const INSTRUMENTS: [&str; 4] = ["gdpr:45", "gdpr:46", "gdpr:47", "gdpr:49"];
    let under = |article: &str| {
        word.text.strip_prefix(article).is_some_and(|rest| rest.is_empty() || rest.starts_with('('))
    };
    if !INSTRUMENTS.iter().any(|article| under(article)) {
        let sentence = format!("`{}` allows no transfer to a third country", word.text);
        return check.tell(&codes::NOT_AN_INSTRUMENT, &word.place, sentence);
    }
    if !is_abroad(country) {
        let sentence = format!("{country} is no third country, and `{}` is named", word.text);
        check.tell(&codes::NEEDLESS_INSTRUMENT, &word.place, sentence);
    } else if under("gdpr:45") && !ADEQUATE.contains(&country) {
        let sentence = format!("no decision on adequacy is known for {country}");
        check.tell(&codes::NO_ADEQUACY, &word.place, sentence);
    }
}

/// Who receives is declared as somebody who may.
fn recipient(check: &Check<'_>, share: &Share) {
    const RECEIVES: [&str; 5] =
        ["recipient", "controller", "joint-controller", "authority", "supervisory-authority"];
    let Some((to, party)) = share.to.as_ref().and_then(|to| Some((to, check.party(&to.text)?))) else {
        return;
    };
    if !party.kinds.iter().any(|kind| RECEIVES.contains(&kind.text.as_str())) {
        let sentence = format!("`{}` receives data and is not declared as a recipient", to.text);
        let finding = Diagnostic::new(&codes::NOT_A_RECIPIENT, to.place.clone(), sentence);
        check.say(finding.second(party.said.place.clone(), "declared here"));
    }
}

/// A disclosure that the controller has filled in.
fn silent(check: &Check<'_>, share: &Share) {
    if share.said.unstated.is_some() && share.instrument.is_some() {
        let sentence =
            format!("the published notice leaves `{}` open; the controller has chosen", share.said.id);
        check.tell(&codes::SILENT, &share.said.place, sentence);
    }
}
