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
        check.tell(codes::not_shared_for(&word.text, &purpose.text), &purpose.place);
    }
}

fn transfer(check: &Check<'_>, notice: &Notice, share: &Share) {
    let Some((to, party)) = share.to.as_ref().and_then(|to| Some((to, check.party(&to.text)?))) else {
        return;
    };
    let country = party.country.as_ref().map(|country| country.text.as_str());
    let abroad = country.filter(|country| is_abroad(country));
    if let (Some(country), None) = (abroad, &share.instrument) {
        let finding = Diagnostic::new(codes::no_instrument(&to.text, &country), to.place.clone());
        let finding = finding.second(party.said.place.clone(), codes::the_recipient());
        check.say(decided(finding, share.said.unstated.as_ref()));
    }
    if let (Some(word), Some(country)) = (&share.instrument, country) {
        instrument(check, word, country);
    }
    if let Some(word) = &share.instrument
        && word.text == "gdpr:49(1)(a)"
        && check.is_public(notice)
    {
        check.tell(codes::consent_transfer(), &word.place);
    }
}

/// An instrument is of Articles 45 to 49, fits the country, and is needed.
pub(super) fn instrument(check: &Check<'_>, word: &Word, country: &str) {
    const INSTRUMENTS: [&str; 4] = ["gdpr:45", "gdpr:46", "gdpr:47", "gdpr:49"];
    let under = |article: &str| {
        word.text.strip_prefix(article).is_some_and(|rest| rest.is_empty() || rest.starts_with('('))
    };
    if !INSTRUMENTS.iter().any(|article| under(article)) {
        return check.tell(codes::not_an_instrument(&word.text), &word.place);
    }
    if !is_abroad(country) {
        check.tell(codes::needless_instrument(&country, &word.text), &word.place);
    } else if under("gdpr:45") && !ADEQUATE.contains(&country) {
        check.tell(codes::no_adequacy(&country), &word.place);
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
        let finding = Diagnostic::new(codes::not_a_recipient(&to.text), to.place.clone());
        check.say(finding.second(party.said.place.clone(), codes::declared_here()));
    }
}

/// A disclosure that the controller has filled in.
fn silent(check: &Check<'_>, share: &Share) {
    if share.said.unstated.is_some() && share.instrument.is_some() {
        check.tell(codes::silent(&share.said.id), &share.said.place);
    }
}
