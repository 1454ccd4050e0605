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
            check.tell(codes::whose_sub_processor(&party.said.id), &party.said.place);
        }
    }
}

/// Joint controllers say in an arrangement who does what.
fn arrangement(check: &Check<'_>, notice: &Notice) {
    if let (Some(first), None) = (notice.joint.first(), &notice.arrangement) {
        let finding = Diagnostic::new(codes::no_arrangement(&notice.said.id), first.place.clone());
        check.say(decided(finding, notice.said.unstated.as_ref()));
    }
}

/// Whoever works for a controller does so under a contract.
fn agreement(check: &Check<'_>, party: &Party) {
    if party.agreement.is_none() {
        check.tell(codes::no_agreement(&party.said.id), &party.said.place);
    }
}

/// A processor in a third country is a transfer like any other.
fn abroad(check: &Check<'_>, party: &Party) {
    let Some(country) = party.country.as_ref() else { return };
    match &party.instrument {
        Some(word) => shares::instrument(check, word, &country.text),
        None if shares::is_abroad(&country.text) => {
            let message = codes::processor_abroad(&party.said.id, &country.text);
            let finding = Diagnostic::new(message, country.place.clone());
            check.say(decided(finding, party.said.unstated.as_ref()));
        }
        None => {}
    }
}
