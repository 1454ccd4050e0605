//! The European gateway itself: takes in what a country has signed, lays it into batches, gives it to the others.
//!
//! Invariant: a country never gets its own keys back, and nobody uploads for another.
//! Invariant: a batch that was given out never changes, and an upload lies in one batch whole.

pub mod audit;
pub mod authenticate;
pub mod callbacks;
pub mod certificates;
pub mod download;
mod known;
pub mod make_batches;
pub mod onboard;
mod refused;
pub mod revoke;
pub mod state;
pub mod upload;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use notice::Lang;
use register::query::Query;
use serde::{Deserialize, Serialize};

use crate::gateway_records::{self as records, DELIVERIES, KEPT_HOURS};
use crate::{Call, Error, Explain};
use exposure::gateway::cms::Certificate;

pub use known::Known;

/// Use of the notice.
pub const USE: &str = "sst.run-gateway";

/// By which rules the gateway is run.
#[derive(Clone, Debug)]
pub struct Rules {
    /// With which certificate the operator signs the rows of the countries.
    pub operator: Certificate,
    /// The most keys of one country in a day.
    pub keys_per_day_max: u64,
    /// For how many days batches are given out.
    pub days_given: u8,
}

/// Seconds between two times at which batches are made.
pub const BATCH_SECONDS: i64 = 300;

/// The least hours after which the notice's clock erases an upload: fourteen days, one of which the change of the clocks may
/// have made an hour shorter.
const ERASED_HOURS: i64 = 14 * 24 - 1;

/// A line in the gateway's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Line {
    /// An upload.
    In(In),
    /// A batch: the tags of its uploads, in order, and when the first of them was taken in; older lines do not say when.
    Batch {
        tag: String,
        day: Date,
        uploads: Vec<String>,
        #[serde(default)]
        since: Option<Timestamp>,
    },
    /// An upload of which nothing was kept.
    Refused(Refused),
}

/// An upload of which nothing was kept, with a stable word for why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Refused {
    pub(crate) country: String,
    pub(crate) keys: usize,
    pub(crate) why: String,
}

/// An upload, without its keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct In {
    pub(crate) tag: String,
    pub(crate) country: String,
    pub(crate) keys: usize,
    pub(crate) uploaded: Timestamp,
    pub(crate) uploader: String,
    pub(crate) signer: String,
    pub(crate) signature: String,
}

/// A batch in the order in which batches were made.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) at: Timestamp,
    pub(crate) tag: String,
    pub(crate) day: Date,
    pub(crate) uploads: Vec<String>,
    pub(crate) since: Option<Timestamp>,
}

impl Made {
    /// Whether the notice's clock may have erased an upload of it.
    fn may_be_erased(&self, now: Timestamp) -> bool {
        let erased = |since: Timestamp| since.checked_add(SignedDuration::from_hours(ERASED_HOURS)).ok();
        self.since.and_then(erased).is_none_or(|erased| erased <= now)
    }
}

/// Why the gateway does not do what a country asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No certificate, one that nobody admitted, or one that was revoked or has expired.
    NotAdmitted,
    /// The certificate was admitted, and the operator signed that in a form that is believed no longer.
    OldForm,
    /// The certificate names no country.
    NoCountry,
    /// A key is wrong, and with it the batch.
    BadKey {
        /// Which, from 1.
        number: usize,
        /// What is wrong, without the key.
        fault: String,
    },
    /// More keys than a batch may hold.
    TooMany,
    /// The tag is no tag.
    BadTag,
    /// The tag was used before.
    TagTaken,
    /// The signature is not believed.
    Signature(String),
    /// A key is of another country.
    Origin,
    /// More keys in a day than a country may upload.
    OverCap,
    /// There is no such batch.
    NoBatch,
    /// The day is later than that of the batch.
    DayAfterBatch,
    /// The batch is older than what is given out.
    TooOld,
    /// An upload of the batch is missing, and nobody has erased it.
    PartMissing,
    /// The address cannot be told anything.
    BadAddress,
    /// The country has no address of that name.
    NoCallback,
    /// The certificate cannot be admitted, for this reason.
    BadCertificate(String),
    /// The certificate was admitted before.
    Admitted,
    /// There is no such certificate.
    NoCertificate,
    /// The same person twice, or none.
    NotTwo,
    /// Two have decided here that this is no longer needed: nothing is taken any more.
    Closed,
}

impl Explain for Reason {
    fn code(&self) -> &'static str {
        match self {
            Self::NotAdmitted => "not-admitted",
            Self::OldForm => "old-form",
            Self::NoCountry => "no-country",
            Self::BadKey { .. } => "bad-key",
            Self::TooMany => "too-many-keys",
            Self::BadTag => "bad-tag",
            Self::TagTaken => "tag-taken",
            Self::Signature(_) => "bad-signature",
            Self::Origin => "other-origin",
            Self::OverCap => "over-cap",
            Self::NoBatch => "no-batch",
            Self::DayAfterBatch => "day-after-batch",
            Self::TooOld => "too-old",
            Self::PartMissing => "part-missing",
            Self::BadAddress => "bad-address",
            Self::NoCallback => "no-callback",
            Self::BadCertificate(_) => "bad-certificate",
            Self::Admitted => "admitted-already",
            Self::NoCertificate => "no-certificate",
            Self::NotTwo => "not-two-persons",
            Self::Closed => "app-closed",
        }
    }

    fn words(&self, lang: Lang) -> String {
        let (da, en): (&str, &str) = match self {
            Self::BadKey { number, fault } => {
                return match lang {
                    Lang::Da => format!("Nøgle {number} er forkert, og dermed hele leverancen: {fault}"),
                    Lang::En => format!("key {number} is wrong, and with it the batch: {fault}"),
                };
            }
            Self::Signature(why) => {
                return match lang {
                    Lang::Da => format!("Underskriften gælder ikke: {why}"),
                    Lang::En => format!("the signature is not believed: {why}"),
                };
            }
            Self::BadCertificate(why) => {
                return match lang {
                    Lang::Da => format!("Certifikatet kan ikke bruges: {why}"),
                    Lang::En => format!("the certificate cannot be admitted: {why}"),
                };
            }
            Self::NotAdmitted => (
                "Certifikatet er ikke optaget her, eller det er trukket tilbage.",
                "the certificate is not admitted here, or was revoked",
            ),
            Self::OldForm => (
                "Gatewayens underskrift på certifikatet har en gammel form. Den, der driver gatewayen, skal optage certifikatet igen.",
                "the gateway's signature over the certificate has an old form; its operator must admit the certificate again",
            ),
            Self::NoCountry => ("Certifikatet nævner intet land.", "the certificate names no country"),
            Self::TooMany => {
                ("En leverance har højst 5.000 nøgler.", "a batch holds at most 5000 keys; send it in parts")
            }
            Self::BadTag => (
                "Et nummer er 1 til 64 bogstaver, tal, punktummer, bindestreger eller understreger.",
                "a batchTag is 1 to 64 letters, digits, full stops, hyphens or underscores",
            ),
            Self::TagTaken => {
                ("Nummeret er brugt før.", "the batchTag was used before; send under a new one")
            }
            Self::Origin => (
                "En nøgle er fra et andet land end det, der lægger op.",
                "a key has another origin than the country that uploads",
            ),
            Self::OverCap => (
                "Landet har lagt alt op, hvad det må i dag.",
                "the country has uploaded all that it may today; go on tomorrow",
            ),
            Self::NoBatch => ("Den leverance findes ikke.", "there is no such batch"),
            Self::DayAfterBatch => {
                ("Dagen er senere end leverancens.", "the date is later than that of the batch")
            }
            Self::TooOld => ("Den leverance er for gammel.", "the batch is older than what is given out"),
            Self::PartMissing => (
                "En del af leverancen mangler. Sig det til den, der driver gatewayen.",
                "a part of the batch is missing; tell the operator of the gateway",
            ),
            Self::BadAddress => (
                "Adressen skal begynde med https og have et offentligt værtsnavn og ingen forespørgsel.",
                "the url must be https, with a public host and no query",
            ),
            Self::NoCallback => {
                ("Landet har ingen adresse med det navn.", "the country has no callback with that id")
            }
            Self::Admitted => ("Certifikatet er optaget i forvejen.", "the certificate was admitted before"),
            Self::NoCertificate => ("Det certifikat findes ikke.", "there is no such certificate"),
            Self::NotTwo => return register::NotTwo.words(lang),
            Self::Closed => (
                "Gatewayen er lukket, og der tages ikke imod mere.",
                "the gateway is closed and takes nothing more",
            ),
        };
        match lang {
            Lang::Da => da.to_owned(),
            Lang::En => en.to_owned(),
        }
    }
}

/// The gateway's list from a moment on, oldest first.
fn lines<Own: Explain>(at: &Call<'_>, from: Timestamp) -> Result<Vec<(Timestamp, Line)>, Error<Own>> {
    let until = at.now().checked_add(SignedDuration::from_micros(1)).unwrap_or(at.now());
    let found = at.find(USE, Query::CollectedIn { register: DELIVERIES, from, until })?;
    Ok(found
        .iter()
        .filter_map(|record| Some((record.collected_at, records::said(record, "delivery")?)))
        .collect())
}

/// The whole list, as long as it is kept.
fn all_lines<Own: Explain>(at: &Call<'_>) -> Result<Vec<(Timestamp, Line)>, Error<Own>> {
    let from = at.now().checked_sub(SignedDuration::from_hours(KEPT_HOURS)).unwrap_or(Timestamp::MIN);
    lines(at, from)
}

/// The batches of a list.
fn batches(lines: &[(Timestamp, Line)]) -> Vec<Made> {
    let made = |(at, line): &(Timestamp, Line)| match line {
        Line::Batch { tag, day, uploads, since } => {
            Some(Made { at: *at, tag: tag.clone(), day: *day, uploads: uploads.clone(), since: *since })
        }
        Line::In(_) | Line::Refused(_) => None,
    };
    lines.iter().filter_map(made).collect()
}

/// The uploads of a list.
fn uploads(lines: &[(Timestamp, Line)]) -> impl Iterator<Item = &In> {
    lines.iter().filter_map(|(_, line)| match line {
        Line::In(upload) => Some(upload),
        Line::Batch { .. } | Line::Refused(_) => None,
    })
}
