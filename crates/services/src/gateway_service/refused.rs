//! An upload was refused: who sent it and why is written down, for whoever runs the gateway and for the country.
//!
//! Of what was sent nothing is kept, neither a key nor a tag.

use notice::{Target, Writing};

use super::{Line, Reason, Refused, USE, lines};
use crate::gateway_records as records;
use crate::{Call, Error, Explain as _};

/// So many refusals of one country are written down in a day; the rest is only answered.
const OF_A_DAY_MAX: usize = 50;

/// Writes a refusal down, if it is one that tells something of the country.
pub(super) fn note(at: &Call<'_>, country: &str, keys: usize, why: &Reason) -> Result<(), Error<Reason>> {
    if !tells(why) {
        return Ok(());
    }
    let today = records::day_start(records::day_of(at.now()));
    let so_far = lines::<Reason>(at, today)?;
    let same = |line: &Line| matches!(line, Line::Refused(refused) if refused.country == country);
    if so_far.iter().filter(|(_, line)| same(line)).count() >= OF_A_DAY_MAX {
        return Ok(());
    }
    let line = Line::Refused(Refused { country: country.to_owned(), keys, why: why.code().to_owned() });
    let record = at.new_id();
    let person = records::nobody(at, &["refused", &record.to_string()]);
    let change = records::delivery(person, record, &line, at.now());
    let grant = at.ask::<Writing, Reason>(USE, Target::Person(person), None)?;
    at.change_under(grant, |_| Ok((vec![change.clone()], ())))
}

/// Whether somebody has to look. A tag that is taken is chosen anew; whoever is not admitted is no country.
const fn tells(why: &Reason) -> bool {
    match why {
        Reason::OldForm
        | Reason::BadKey { .. }
        | Reason::TooMany
        | Reason::BadTag
        | Reason::Signature(_)
        | Reason::Origin
        | Reason::OverCap => true,
        Reason::NotAdmitted
        | Reason::NoCountry
        | Reason::TagTaken
        | Reason::NoBatch
        | Reason::DayAfterBatch
        | Reason::TooOld
        | Reason::PartMissing
        | Reason::BadAddress
        | Reason::NoCallback
        | Reason::BadCertificate(_)
        | Reason::Admitted
        | Reason::NoCertificate
        | Reason::NotTwo
        | Reason::Closed => false,
    }
}
