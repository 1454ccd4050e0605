//! Which batches are asked for again: those of which a part was left out for a certificate that we know by now.
//!
//! The gateway still holds them. Nothing is asked for until the very certificate that signed is on our list, so that a
//! country of which we have heard nothing costs no request.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Listed, Part, Standing, Terms, list_all, parts};
use crate::{Call, Nothing};

/// A batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Its day.
    pub day: Date,
    /// Its tag.
    pub tag: String,
}

/// Why not.
pub type Error = crate::Error<Nothing>;

/// The batches, the newest first: what the gateway no longer gives out stands at the end.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, terms: &Terms) -> Result<Vec<Batch>, Error> {
    let list = list_all::<Nothing>(at)?;
    let mut batches = Vec::new();
    for came in parts::of(&list).iter().rev().filter(|came| may_be_believed(came.part, terms)) {
        let batch = Batch { day: came.day, tag: came.tag.to_owned() };
        // The parts of a batch stand together.
        if batches.last() != Some(&batch) {
            batches.push(batch);
        }
    }
    Ok(batches)
}

/// The countries of a batch whose part was left out and may be believed by now.
pub(super) fn left_out<'a>(list: &'a [Listed], day: Date, tag: &str, terms: &Terms) -> BTreeSet<&'a str> {
    let of_batch = parts::of(list).into_iter().filter(|came| came.day == day && came.tag == tag);
    of_batch.filter(|came| may_be_believed(came.part, terms)).map(|came| came.part.country.as_str()).collect()
}

/// Whether a part was left out for nothing but certificates that are all on our list now.
fn may_be_believed(part: &Part, terms: &Terms) -> bool {
    let is_listed = |signer: &String| {
        terms.partners.iter().any(|one| one.country == part.country && one.thumbprint.to_string() == *signer)
    };
    let Standing::Unsigned(why) = &part.standing else { return false };
    // Older lines do not name who signed; they stay as they are.
    why == Standing::UNKNOWN && !part.signers.is_empty() && part.signers.iter().all(is_listed)
}
