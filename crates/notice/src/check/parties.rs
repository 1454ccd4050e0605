//! Those who answer together and those who work for others: joint controllers, processors, sub-processors.

use super::{Check, codes, decided, shares};
use crate::diagnostic::Diagnostic;
use crate::written::{Notice, Party};

pub(super) fn check(check: &Check<'_>) {
    check.corpus.notices.iter().for_each(|notice| arrangement(check, notice));
    for party in &check.corpus.parties {
        let is = |kind: &str| party.kinds.iter().any(|word| word.text == kind);
        if is("processor") || is("sub-processor") {
            agreement(check, party);
            abroad(check, party);
        }
        if is("sub-processor") && party.under.is_none() {
            let sentence = format!("`{}` is a sub-processor, and nobody says whose", party.said.id);
            check.tell(&codes::WHOSE_SUB_PROCESSOR, &party.said.place, sentence);
        }
    }
}

/// Joint controllers say in an arrangement who does what.
fn arrangement(check: &Check<'_>, notice: &Notice) {
    if let (Some(first), None) = (notice.joint.first(), &notice.arrangement) {
        let sentence =
            format!("`{}` is answered for jointly, and nothing says who does what", notice.said.id);
        let finding = Diagnostic::new(&codes::NO_ARRANGEMENT, first.place.clone(), sentence);
        check.say(decided(finding, notice.said.unstated.as_ref()));
    }
}

/// Whoever works for a controller does so under a contract.
fn agreement(check: &Check<'_>, party: &Party) {
    if party.agreement.is_none() {
        let sentence = format!("`{}` processes for others, and no agreement is named", party.said.id);
        check.tell(&codes::NO_AGREEMENT, &party.said.place, sentence);
    }
}

/// A processor in a third country is a transfer like any other.
fn abroad(check: &Check<'_>, party: &Party) {
    let Some(country) = party.country.as_ref() else { return };
    match &party.instrument {
        Some(word) => shares::instrument(check, word, &country.text),
        None if shares::is_abroad(&country.text) => {
            let sentence =
                format!("`{}` processes in {}, and nothing allows the transfer", party.said.id, country.text);
            let finding = Diagnostic::new(&codes::PROCESSOR_ABROAD, country.place.clone(), sentence);
            check.say(decided(finding, party.said.unstated.as_ref()));
        }
        None => {}
    }
}
