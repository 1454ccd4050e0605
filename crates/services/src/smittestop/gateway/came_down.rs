//! A batch came down: its signatures are checked, its keys filtered, and it is written down whole or not at all.

use std::collections::BTreeMap;

use exposure::gateway::{Batch, BatchError, FederatedKey};
use jiff::Timestamp;
use jiff::civil::Date;
use notice::id::Person;
use notice::{Id, Target, Writing};
use register::Change;

use super::audit::{self, Checked, Entry};
use super::held_back::Amounts;
use super::{Delivery, Listed, Part, Reason, Standing, Terms, USE, accept, again, list_all};
use crate::Call;
use crate::gateway_records::{self as records, Kind, Note};
use crate::smittestop::closing::is_closed;

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
    /// By country; if the batch was there already, only what was left out then and is believed now.
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
/// The app is closed, the account of the gateway does not fit, or the register cannot take it; then nothing was kept.
// rule SS-23: IDs from abroad come in. rule SS-39: with the country they come from.
pub fn run(at: &Call<'_>, terms: &Terms, request: &Request) -> Result<CameDown, Error> {
    // Rule SS-45: what is no longer needed is not collected either.
    if is_closed::run::<Reason>(at)? {
        return Err(Error::Not(Reason::Closed));
    }
    let checked = audit::run(&request.batch, &request.audit, (&terms.own, &terms.partners), at.now())
        .map_err(|audit::Amounts| Error::Not(Reason::Amounts))?;
    let list = list_all(at)?;
    let mut countries = by_country(checked);
    let before = times_before(&list, request);
    if before > 0 {
        let left_out = again::left_out(&list, request.day, &request.tag, terms);
        countries.retain(|country, _| left_out.contains(country.as_str()));
        if countries.is_empty() {
            return Ok(CameDown { parts: Vec::new(), known: true });
        }
    }
    let day = request.day.to_string();
    let subject = records::nobody(at, &subject(&day, &request.tag));
    let (mut parts, mut changes) = (Vec::new(), Vec::new());
    for (country, mut sent) in countries {
        let standing = standing(&sent, &Amounts::of(&list, &country), request.day, terms);
        keep_what_is_for_phones(&mut sent, &standing, terms, at.now());
        changes.extend(keys_of_country(at, subject, request, (&country, &sent, &standing)));
        let accepted = u64::try_from(sent.keys.len()).unwrap_or(u64::MAX);
        parts.push(Part { country, sent: sent.amount(), accepted, signers: sent.signers, standing });
    }
    changes.push(line(at, subject, request, before, parts.clone()));
    let grant = at.ask::<Writing, Reason>(USE, Target::Person(subject), None)?;
    at.change_under(grant, |_| Ok((changes.clone(), ())))?;
    Ok(CameDown { parts, known: before > 0 })
}

impl Sent {
    fn amount(&self) -> u64 {
        u64::try_from(self.sent).unwrap_or(u64::MAX)
    }
}

/// Puts together what each country sent. One bad signature is a country that cannot be believed in this batch.
fn by_country(checked: Vec<Checked>) -> BTreeMap<String, Sent> {
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
            Err(BatchError::Unlisted(signer)) => {
                sent.signers.push(signer.to_string());
                // Whatever else is wrong stays wrong when this certificate is known.
                sent.unsigned.get_or_insert(Standing::UNKNOWN);
            }
            Err(error) => sent.unsigned = Some(audit::word(&error)),
        }
    }
    for sent in countries.values_mut() {
        sent.signers.sort_unstable();
        sent.signers.dedup();
    }
    countries
}

/// How often this batch was written down before.
fn times_before(list: &[Listed], request: &Request) -> usize {
    let is_it = |line: &&Listed| match &line.delivery {
        Delivery::Down { tag, day, .. } | Delivery::Again { tag, day, .. } => {
            *tag == request.tag && *day == request.day
        }
        Delivery::Up { .. } | Delivery::Decided { .. } | Delivery::Ran { .. } => false,
    };
    list.iter().filter(is_it).count()
}

fn standing(sent: &Sent, amounts: &Amounts, day: Date, terms: &Terms) -> Standing {
    match sent.unsigned {
        Some(word) => Standing::Unsigned(word.to_owned()),
        None if amounts.must_wait(day, sent.amount(), terms) => Standing::Held,
        None => Standing::Accepted,
    }
}

/// Nothing of a country that is not believed, and of the others what phones here may have.
fn keep_what_is_for_phones(sent: &mut Sent, standing: &Standing, terms: &Terms, now: Timestamp) {
    let origins: Vec<&str> = terms.partners.iter().map(|one| one.country.as_str()).collect();
    match standing {
        Standing::Unsigned(_) => sent.keys.clear(),
        Standing::Accepted | Standing::Held => {
            sent.keys.retain(|key| accept::run(key, &terms.own, &origins, now).is_some());
        }
    }
}

/// The record of a country's keys, if there are any.
fn keys_of_country(
    at: &Call<'_>,
    subject: Id<Person>,
    request: &Request,
    (country, sent, standing): (&str, &Sent, &Standing),
) -> Option<Change> {
    let kind = match standing {
        Standing::Accepted => Kind::Down,
        Standing::Held => Kind::Held,
        Standing::Unsigned(_) => return None,
    };
    let note = Note { kind, day: request.day, tag: request.tag.clone() };
    let record = records::id_of(&record(&request.day.to_string(), &request.tag, country));
    // rule SS-43: the fourteen days count from the upload, wherever it was.
    let since = sent.uploaded.unwrap_or(at.now());
    (!sent.keys.is_empty()).then(|| records::keys(subject, record, (&note, country), &sent.keys, since))
}

/// The line of the list: of a batch that came down for the first time, or again.
fn line(at: &Call<'_>, subject: Id<Person>, request: &Request, before: usize, parts: Vec<Part>) -> Change {
    let (tag, day) = (request.tag.clone(), request.day);
    let (written, times) = (day.to_string(), before.to_string());
    let (record, said) = if before == 0 {
        let said = Delivery::Down { tag, day, next: request.next.clone(), parts };
        (records::id_of(&["down", &written, &request.tag]), said)
    } else {
        let record = records::id_of(&["again", &written, &request.tag, &times]);
        (record, Delivery::Again { tag, day, parts })
    };
    records::delivery(subject, record, &said, at.now())
}

/// What the subject of the records of a batch follows from.
pub(super) const fn subject<'a>(day: &'a str, tag: &'a str) -> [&'a str; 3] {
    ["batch", day, tag]
}

/// What the id of the record of a country's keys follows from.
pub(super) const fn record<'a>(day: &'a str, tag: &'a str, country: &'a str) -> [&'a str; 4] {
    ["keys", day, tag, country]
}
