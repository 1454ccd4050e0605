//! A country uploads keys: everything is checked, in the order that other gateways check it, before anything is kept.

use std::collections::HashSet;

use exposure::gateway::{Batch, BatchError, MAX_KEYS, check_batch, cms, validate_all};
use jiff::Timestamp;
use notice::{Target, Writing};

use super::authenticate::Admitted;
use super::certificates::Usage;
use super::{In, Known, Line, Reason, Rules, USE, all_lines, certificates, known, refused, uploads};
use crate::Call;
use crate::gateway_records::{self as records, Kind, Note};

/// What came.
#[derive(Clone, Debug)]
pub struct Request {
    /// Under which tag.
    pub tag: String,
    /// The signature, in base64.
    pub signature: String,
    /// The keys.
    pub batch: Batch,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Uploaded {
    /// All keys were stored.
    Stored,
    /// Some keys were there already, and nothing was stored. By position, from 0.
    Partly {
        /// Those that could be stored without the others.
        new: Vec<usize>,
        /// Those that were there already.
        known: Vec<usize>,
    },
}

/// Why not.
pub type Error = crate::Error<Reason>;

const TAG_CHARACTERS_MAX: usize = 64;

/// Takes in an upload.
///
/// # Errors
/// The first thing that is wrong. Then nothing was kept but that, and why.
pub fn run(
    at: &Call<'_>,
    rules: &Rules,
    seen: &Known,
    who: &Admitted,
    request: &Request,
) -> Result<Uploaded, Error> {
    let taken = take_in(at, rules, seen, who, request);
    if let Err(Error::Not(reason)) = &taken {
        refused::note(at, &who.country, request.batch.keys.len(), reason)?;
    }
    taken
}

fn take_in(
    at: &Call<'_>,
    rules: &Rules,
    seen: &Known,
    who: &Admitted,
    request: &Request,
) -> Result<Uploaded, Error> {
    let Request { tag, batch, .. } = request;
    validate_all(batch, at.now())
        .map_err(|(number, fault)| Error::Not(Reason::BadKey { number, fault: fault.to_string() }))?;
    if batch.keys.len() > MAX_KEYS {
        return Err(Error::Not(Reason::TooMany));
    }
    if !is_tag(tag) {
        return Err(Error::Not(Reason::BadTag));
    }
    // From here on nobody else takes in: two uploads of one tag or one key cannot pass each other.
    let mut lock = seen.lock();
    let lines = all_lines::<Reason>(at)?;
    if uploads(&lines).any(|upload| upload.tag == *tag) {
        return Err(Error::Not(Reason::TagTaken));
    }
    let signer = signer(at, who, request)?;
    let today = records::day_of(at.now());
    let of_today = |upload: &&In| upload.country == who.country && records::day_of(upload.uploaded) == today;
    let already: usize = uploads(&lines).filter(of_today).map(|upload| upload.keys).sum();
    let whole = u64::try_from(already.saturating_add(batch.keys.len())).unwrap_or(u64::MAX);
    if whole > rules.keys_per_day_max {
        return Err(Error::Not(Reason::OverCap));
    }
    let have = known::loaded(at, &mut lock)?;
    let mut hashes = HashSet::new();
    let (mut new, mut known) = (Vec::new(), Vec::new());
    for (position, key) in batch.keys.iter().enumerate() {
        let hash = known::short(key);
        let fresh = !have.contains_key(&hash) && hashes.insert(hash);
        if fresh { new.push(position) } else { known.push(position) }
    }
    if !known.is_empty() {
        return Ok(Uploaded::Partly { new, known });
    }
    let upload = In {
        tag: tag.clone(),
        country: who.country.clone(),
        keys: batch.keys.len(),
        uploaded: at.now(),
        uploader: who.thumbprint.clone(),
        signer,
        signature: request.signature.split_ascii_whitespace().collect(),
    };
    write(at, request, upload)?;
    have.extend(hashes.into_iter().map(|hash| (hash, at.now())));
    Ok(Uploaded::Stored)
}

/// Who signed: a certificate of the country that uploads, over these keys, all of which are its own.
fn signer(at: &Call<'_>, who: &Admitted, request: &Request) -> Result<String, Error> {
    let wrong = |why: String| Error::Not(Reason::Signature(why));
    let signature = cms::from_base64(&request.signature).map_err(|error| wrong(error.to_string()))?;
    let listed = certificates::signing(&who.rows, at.now());
    let checked = check_batch(&request.batch, &signature, &listed, at.now());
    let signer = checked.map_err(|error| match error {
        BatchError::Origin { .. } => Error::Not(Reason::Origin),
        BatchError::Unlisted(signer)
            if certificates::is_in_old_form(&who.rows, &signer.to_string(), Usage::Signing) =>
        {
            Error::Not(Reason::OldForm)
        }
        other => wrong(other.to_string()),
    })?;
    // An empty batch has no origin that could be checked.
    if signer.country.as_deref() != Some(who.country.as_str()) {
        return Err(Error::Not(Reason::Origin));
    }
    Ok(signer.thumbprint.to_string())
}

fn write(at: &Call<'_>, request: &Request, upload: In) -> Result<(), Error> {
    let (tag, uploaded): (&str, Timestamp) = (&request.tag, upload.uploaded);
    let person = records::nobody(at, &subject(tag));
    let note = Note { kind: Kind::In, day: records::day_of(uploaded), tag: tag.to_owned() };
    let origin = upload.country.clone();
    let line = Line::In(upload);
    let changes = vec![
        records::keys(
            person,
            records::id_of(&keys_record(tag)),
            (&note, &origin),
            &request.batch.keys,
            uploaded,
        ),
        records::delivery(person, records::id_of(&line_record(tag)), &line, uploaded),
    ];
    let grant = at.ask::<Writing, Reason>(USE, Target::Person(person), None)?;
    at.change_under(grant, |_| Ok((changes.clone(), ())))
}

/// The line of an upload, if it stands.
pub(super) fn read(at: &Call<'_>, tag: &str) -> Result<Option<In>, Error> {
    let target = Target::Record {
        person: records::nobody(at, &subject(tag)),
        record: records::id_of(&line_record(tag)),
    };
    let found = at.read(USE, target, None)?;
    Ok(match found.first().and_then(|record| records::said(record, "delivery")) {
        Some(Line::In(upload)) => Some(upload),
        Some(Line::Batch { .. } | Line::Refused(_)) | None => None,
    })
}

fn is_tag(tag: &str) -> bool {
    (1..=TAG_CHARACTERS_MAX).contains(&tag.len())
        && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
}

/// What the subject of the records of an upload follows from.
pub(super) const fn subject(tag: &str) -> [&str; 2] {
    ["taken-in", tag]
}

/// What the id of its line follows from.
const fn line_record(tag: &str) -> [&str; 2] {
    ["in", tag]
}

/// What the id of the record of its keys follows from.
pub(super) const fn keys_record(tag: &str) -> [&str; 2] {
    ["taken-in-keys", tag]
}
