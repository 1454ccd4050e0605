//! A batch came down: its signatures are checked, its keys filtered, and it is written down whole or not at all.

use std::collections::BTreeMap;

use exposure::gateway::{Batch, FederatedKey};
use jiff::Timestamp;
use jiff::civil::Date;
use notice::{Target, Writing};

use super::audit::{self, Entry};
use super::held_back::Amounts;
use super::{Delivery, Part, Reason, Standing, Terms, USE, accept, list_all};
use crate::Call;
use crate::gateway_records::{self as records, Kind, Note};

/// What came.
#[derive(Clone, Debug)]
pub struct Request {
    /// The day of the batch.
    pub day: Date,
    /// Its tag.
    pub tag: String,
    /// The tag of the one after it, if there is one.
    pub next: Option<String>,
    /// The keys, without our own.
    pub batch: Batch,
    /// Who uploaded them, in order.
    pub audit: Vec<Entry>,
}

/// What was written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CameDown {
    /// By country; empty if the batch was there already.
    pub parts: Vec<Part>,
    /// Whether this batch had been written down before.
    pub known: bool,
}

/// Why not.
pub type Error = crate::Error<Reason>;

/// What one country sent, put together.
#[derive(Default)]
struct Sent {
    keys: Vec<FederatedKey>,
    sent: usize,
    signers: Vec<String>,
    uploaded: Option<Timestamp>,
    unsigned: Option<&'static str>,
}

/// Checks a batch and writes it down.
///
/// # Errors
/// The account of the gateway does not fit, or the register cannot take it; then nothing was kept.
// rule SS-23: IDs from abroad come in. rule SS-39: with the country they come from.
pub fn run(at: &Call<'_>, terms: &Terms, request: &Request) -> Result<CameDown, Error> {
    let checked = audit::run(&request.batch, &request.audit, (&terms.own, &terms.partners), at.now())
        .map_err(|audit::Amounts| Error::Not(Reason::Amounts))?;
    let mut countries: BTreeMap<String, Sent> = BTreeMap::new();
    for one in checked {
        let sent = countries.entry(one.country).or_default();
        sent.sent += one.amount;
        sent.uploaded = Some(sent.uploaded.map_or(one.uploaded, |before| before.min(one.uploaded)));
        match one.found {
            Ok((signer, keys)) => {
                sent.keys.extend(keys);
                sent.signers.push(signer);
            }
            Err(error) => sent.unsigned = Some(audit::word(&error)),
        }
    }
    let known = list_all(at)?;
    let already = |line: &super::Listed| matches!(&line.delivery, Delivery::Down { tag, day, .. } if *tag == request.tag && *day == request.day);
    if known.iter().any(already) {
        return Ok(CameDown { parts: Vec::new(), known: true });
    }
    let origins: Vec<&str> = terms.partners.iter().map(|one| one.country.as_str()).collect();
    let day = request.day.to_string();
    let subject = records::nobody(at, &subject(&day, &request.tag));
    let (mut parts, mut changes) = (Vec::new(), Vec::new());
    for (country, mut sent) in countries {
        let more = u64::try_from(sent.sent).unwrap_or(u64::MAX);
        let waits = || Amounts::of(&known, &country).must_wait(request.day, more, terms);
        let standing = match sent.unsigned {
            // One bad signature is a country that cannot be believed in this batch.
            Some(word) => Standing::Unsigned(word.to_owned()),
            None if waits() => Standing::Held,
            None => Standing::Accepted,
        };
        let kind = match standing {
            Standing::Accepted => Some(Kind::Down),
            Standing::Held => Some(Kind::Held),
            Standing::Unsigned(_) => None,
        };
        sent.keys.retain(|key| accept::run(key, &terms.own, &origins, at.now()).is_some());
        if kind.is_none() {
            sent.keys.clear();
        }
        if let (Some(kind), false) = (kind, sent.keys.is_empty()) {
            let note = Note { kind, day: request.day, tag: request.tag.clone() };
            let record = records::id_of(&record(&day, &request.tag, &country));
            // rule SS-43: the fourteen days count from the upload, wherever it was.
            let since = sent.uploaded.unwrap_or(at.now());
            changes.push(records::keys(subject, record, (&note, &country), &sent.keys, since));
        }
        sent.signers.sort_unstable();
        sent.signers.dedup();
        let accepted = u64::try_from(sent.keys.len()).unwrap_or(u64::MAX);
        parts.push(Part { country, sent: more, accepted, signers: sent.signers, standing });
    }
    let said = Delivery::Down {
        tag: request.tag.clone(),
        day: request.day,
        next: request.next.clone(),
        parts: parts.clone(),
    };
    let list = records::id_of(&["down", &day, &request.tag]);
    changes.push(records::delivery(subject, list, &said, at.now()));
    let grant = at.ask::<Writing, Reason>(USE, Target::Person(subject), None)?;
    at.change_under(grant, |_| Ok((changes.clone(), ())))?;
    Ok(CameDown { parts, known: false })
}

/// What the subject of the records of a batch follows from.
pub(super) const fn subject<'a>(day: &'a str, tag: &'a str) -> [&'a str; 3] {
    ["batch", day, tag]
}

/// What the id of the record of a country's keys follows from.
pub(super) const fn record<'a>(day: &'a str, tag: &'a str, country: &'a str) -> [&'a str; 4] {
    ["keys", day, tag, country]
}
