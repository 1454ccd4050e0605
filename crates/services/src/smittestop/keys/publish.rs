//! Take the rolling IDs of somebody who wants to warn: with a certificate for just these, once, and with no name.

use std::fmt;

use exposure::DiagnosisKey;
use exposure::export::publishable_from;
use exposure::publish::{Sent, is_mac_of_sent};
use exposure::revision::{Revisable, TokenKey};
use notice::id::Person;
use notice::{Id, Lang};
use register::{Change, Draft};
use zeroize::Zeroizing;

use super::admit::{Admitted, admit};
use super::certificate::{Certificate, ReportKind};
use super::stored::{Kept, Place, hour_of, nobody, only_record};
use super::{CERTIFICATES, ROLE, revise};
use crate::smittestop::closing::is_closed;
use crate::{Call, Explain, content};

/// Use of the notice.
pub const USE: &str = "sst.receive-keys";

/// The event from which the twenty minutes of a used certificate count.
const USED: &str = "certificate.used";
/// How often somebody else may be first before we say that it cannot be done.
const TRIES: usize = 8;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The IDs as they were sent.
    pub keys: Vec<SentKey>,
    /// The certificate, its signature checked.
    pub certificate: Certificate,
    /// The secret of the phone under which the certificate was given for these IDs. Forgotten when this returns.
    pub hmac_key: Zeroizing<Vec<u8>>,
    /// The interval of the first symptoms, if the phone says so.
    pub onset: Option<i64>,
    /// Countries that the person has been in.
    pub countries: Vec<String>,
    /// The token of an earlier upload.
    pub revision_token: Vec<u8>,
}

/// An ID as it was sent; it may be none.
#[derive(Clone, PartialEq, Eq)]
pub struct SentKey {
    /// Base64.
    pub key: String,
    /// First interval.
    pub start: i64,
    /// How many.
    pub period: i64,
    /// Level for the older risk model; 0 if none was sent.
    pub risk: i64,
}

impl fmt::Debug for SentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(a rolling ID as it was sent)")
    }
}

/// What the server holds beside the register.
#[derive(Debug)]
pub struct Settings {
    /// What certificates may say.
    pub accepts: Vec<ReportKind>,
    /// Secrets of revision tokens, the newest first; the others are only read.
    pub token_keys: Vec<TokenKey>,
    /// What a token is bound to.
    pub token_bound: Vec<u8>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// How many IDs were taken or revised.
    pub inserted: usize,
    /// How many were left out because they are wrong.
    pub wrong: usize,
    /// How many were left out because they lie too far from the onset.
    pub far: usize,
    /// With it the phone may say later that the test was wrong.
    pub revision_token: Vec<u8>,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Not {
    /// The set of IDs cannot be taken.
    BadRequest,
    /// The certificate is not valid, not for these IDs, or was used before.
    Certificate,
    /// An ID is known already, and no token says that it is the sender's.
    MissingRevisionToken,
    /// The token is not for these IDs.
    InvalidRevisionToken,
    /// An ID was revised before.
    AlreadyRevised,
    /// What was said first cannot be followed by this.
    ReportTypeTransition,
    /// Two have decided that the app is no longer needed: nothing is taken any more.
    Closed,
}

impl Explain for Not {
    fn code(&self) -> &'static str {
        match self {
            Self::BadRequest => "bad_request",
            Self::Certificate => "health_authority_verification_certificate_invalid",
            Self::MissingRevisionToken => "missing_revision_token",
            Self::InvalidRevisionToken => "invalid_revision_token",
            Self::AlreadyRevised => "key_already_revised",
            Self::ReportTypeTransition => "invalid_report_type_transition",
            Self::Closed => "deprecated",
        }
    }

    fn words(&self, lang: Lang) -> String {
        let (da, en) = match self {
            Self::BadRequest => ("Sættet af ID'er kan ikke modtages.", "the set of keys cannot be taken"),
            Self::Certificate => (
                "Attesten gælder ikke; hent en ny.",
                "the certificate is not valid for this; ask for a new one",
            ),
            Self::MissingRevisionToken => (
                "Et af ID'erne er kendt; send tokenet med.",
                "a key is known already; send the revision token with it",
            ),
            Self::InvalidRevisionToken => {
                ("Tokenet er ikke til disse ID'er.", "the revision token is not for these keys")
            }
            Self::AlreadyRevised => ("Et af ID'erne er allerede rettet.", "a key was revised before"),
            Self::ReportTypeTransition => (
                "Det kan ikke følge efter det, der blev sagt først.",
                "this cannot follow what was reported first",
            ),
            Self::Closed => ("Appen er lukket.", "the app is closed"),
        };
        match lang {
            Lang::Da => da,
            Lang::En => en,
        }
        .to_owned()
    }
}

/// Why not.
pub type Error = crate::Error<Not>;

/// Takes IDs. All that are taken and the certificate are on the disk together when this returns, or nothing is.
///
/// # Errors
/// Refused, or [`Not`].
pub fn run(at: &Call<'_>, request: Request, settings: &Settings) -> Result<Output, Error> {
    let report = request.certificate.report;
    if !request.certificate.is_valid(at.now()) || !settings.accepts.contains(&report) {
        return Err(Error::Not(Not::Certificate));
    }
    let sent: Vec<Sent<'_>> = request.keys.iter().map(SentKey::as_sent).collect();
    if !is_mac_of_sent(&request.certificate.keys_mac, &request.hmac_key, &sent) {
        return Err(Error::Not(Not::Certificate));
    }
    let admitted = admit(&request.keys, &request.certificate, request.onset, at.now());
    let Ok(Admitted { keys, wrong, far }) = admitted else { return Err(Error::Not(Not::BadRequest)) };
    if keys.is_empty() {
        return Err(Error::Not(Not::BadRequest));
    }
    // Nobody is to read from the register, nor from a line about it, in which minute somebody warned.
    let hour = register::Call { caller: at.call.caller.clone(), now: hour_of(at.now()) };
    let hourly = Call { call: &hour, ..*at };
    // Rule SS-45: what is no longer needed is not collected either.
    if is_closed::run::<Not>(&hourly)? {
        return Err(Error::Not(Not::Closed));
    }
    // A token that is none counts as absent.
    let covered =
        exposure::revision::open(&request.revision_token, &settings.token_keys, &settings.token_bound)
            .unwrap_or_default();
    let inserted = take(&hourly, used(at, &request.certificate), &request, &keys, &covered)?;
    let revision_token = token(at, &keys, covered, settings);
    Ok(Output { inserted, wrong, far, revision_token })
}

impl SentKey {
    fn as_sent(&self) -> Sent<'_> {
        Sent { key: &self.key, start: self.start, period: self.period, risk: self.risk }
    }
}

/// Writes IDs and certificate down, `hourly`.
fn take(
    hourly: &Call<'_>,
    used: (Id<Person>, Vec<Change>),
    request: &Request,
    keys: &[DiagnosisKey],
    covered: &[Revisable],
) -> Result<usize, Error> {
    let mut look = request.certificate.report == ReportKind::Negative;
    for _ in 0..TRIES {
        if look && is_used(hourly, &request.certificate)? {
            return again(hourly, keys);
        }
        let kept = if look {
            revise::sorted_out(hourly, request, keys, covered)?
        } else {
            keys.iter().map(|key| fresh(hourly, key, &request.countries)).collect()
        };
        let mut people: Vec<(Id<Person>, Vec<Change>)> =
            kept.iter().map(|one| one.create(hourly.register, hourly.now())).collect();
        people.push(used.clone());
        match hourly.import::<Not>(USE, people) {
            Ok(_) => return Ok(kept.len()),
            // A key or the certificate is there already: look which.
            Err(crate::Error::Conflict(_)) => look = true,
            Err(error) => return Err(error),
        }
    }
    Err(crate::Error::Conflict(register::Personal::new(Vec::new())))
}

/// The same upload once more, as from a phone that heard no answer: it is told what it would have heard. A certificate
/// is for just these IDs and came down with them; one whose IDs are not there was used for others.
fn again(hourly: &Call<'_>, keys: &[DiagnosisKey]) -> Result<usize, Error> {
    for key in keys {
        if !revise::is_known(hourly, key)? {
            return Err(Error::Not(Not::Certificate));
        }
    }
    Ok(keys.len())
}

/// An ID that was never seen before.
pub(super) fn fresh(at: &Call<'_>, key: &DiagnosisKey, countries: &[String]) -> Kept {
    let from = publishable_from(key, at.now()).as_second();
    let place = Place { from, made_up: false, not_home: false, revises: None };
    Kept { key: key.clone(), countries: countries.to_vec(), place }
}

fn certificate_holder(at: &Call<'_>, certificate: &Certificate) -> Id<Person> {
    nobody(at.register, "certificate", certificate.id.as_bytes())
}

/// The record that a certificate was used; its number cannot be read from it.
fn used(at: &Call<'_>, certificate: &Certificate) -> (Id<Person>, Vec<Change>) {
    #[derive(serde::Serialize)]
    struct Used {
        used: bool,
    }
    let person = certificate_holder(at, certificate);
    let second = at.now().as_second();
    let minute = jiff::Timestamp::from_second(second - second.rem_euclid(60) + 60).unwrap_or(at.now());
    let draft = Draft {
        register: CERTIFICATES,
        id: Some(only_record(person)),
        subjects: vec![(ROLE.to_owned(), person)],
        content: content::write(&Used { used: true }),
        events: vec![(USED.to_owned(), minute)],
        quantities: Vec::new(),
        private: false,
        link: None,
    };
    (person, vec![Change::Create(Box::new(draft))])
}

/// One certificate, one upload (threats 4.5).
fn is_used(at: &Call<'_>, certificate: &Certificate) -> Result<bool, Error> {
    let person = certificate_holder(at, certificate);
    let found = at.read::<Not>(USE, notice::Target::Person(person), None)?;
    Ok(!found.is_empty())
}

/// A token over these IDs and those of the token before.
fn token(at: &Call<'_>, keys: &[DiagnosisKey], covered: Vec<Revisable>, settings: &Settings) -> Vec<u8> {
    let mut all: Vec<Revisable> = keys
        .iter()
        .map(|key| Revisable { key: key.key.clone(), start: key.start, period: key.period })
        .chain(covered)
        .collect();
    all.sort();
    all.dedup();
    // The newest days first: if somebody uploads again and again, a token does not cover all.
    all.sort_by_key(|one| std::cmp::Reverse(one.start));
    let seal = settings.token_keys.first();
    let sealed = seal.and_then(|key| {
        key.seal(&all, &settings.token_bound, &mut |bytes: &mut [u8]| at.randomness.fill(bytes))
    });
    sealed.unwrap_or_default()
}
