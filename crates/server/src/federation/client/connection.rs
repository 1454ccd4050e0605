//! The connection to the gateway: our certificate shown, its own checked, every answer held to its form.

use std::time::Duration;

use exposure::gateway::Batch;
use jiff::Timestamp;
use jiff::civil::Date;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap};
use reqwest::{Certificate, Identity, RequestBuilder, Response, StatusCode};
use serde::Deserialize;
use services::smittestop::gateway::audit::Entry;

use super::Failure;
use crate::config::FederationSettings;
use crate::pem::{self, BadPem};

const PROTOBUF: &str = "application/protobuf; version=1.0";
const JSON: &str = "application/json; version=1.0";
/// Five thousand keys, several times over.
const BATCH_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Every upload of a batch with two certificates and a signature.
const AUDIT_BYTES_MAX: usize = 64 * 1024 * 1024;
const SECONDS_MAX: u64 = 60;

/// The gateway as we reach it.
#[derive(Debug)]
pub(super) struct Connection {
    http: reqwest::Client,
    base: String,
}

/// What the gateway says of an upload.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// All stored.
    Stored,
    /// Nothing stored: by position, what it has already and what could go.
    Partly { known: Vec<usize>, rest: Vec<usize> },
    /// The tag was used.
    TagTaken,
    /// Too many keys at once.
    TooMany,
    /// Something in it is wrong.
    Refused,
}

/// A batch that came down.
#[derive(Debug)]
pub(super) struct Fetched {
    pub(super) tag: String,
    pub(super) next: Option<String>,
    pub(super) batch: Batch,
}

/// What the gateway says of a day or a tag.
#[derive(Debug)]
pub(super) enum Found {
    Batch(Box<Fetched>),
    /// There is none, or none yet.
    Nothing,
    /// Older than what it gives out.
    TooOld,
}

#[derive(Deserialize)]
struct Partly {
    #[serde(rename = "201", default)]
    new: Vec<usize>,
    #[serde(rename = "409", default)]
    known: Vec<usize>,
    #[serde(rename = "500", default)]
    failed: Vec<usize>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Audited {
    country: String,
    uploaded_time: String,
    amount: usize,
    batch_signature: String,
}

impl Connection {
    pub(super) fn of(settings: &FederationSettings) -> Result<Self, BadPem> {
        let mut both = pem::text(&settings.certificate)?;
        both.push('\n');
        both.push_str(&pem::text(&settings.key)?);
        let identity = Identity::from_pem(both.as_bytes())
            .map_err(|_| pem::bad(&settings.key, "is no key of the certificate"))?;
        let mut builder = reqwest::Client::builder()
            .use_rustls_tls()
            .identity(identity)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .timeout(Duration::from_secs(SECONDS_MAX));
        if let Some(path) = &settings.gateway_ca {
            builder = builder.tls_built_in_root_certs(false);
            for der in pem::chain(path)? {
                let root = Certificate::from_der(&der).map_err(|_| pem::bad(path, "is no certificate"))?;
                builder = builder.add_root_certificate(root);
            }
        }
        let http = builder.build().map_err(|_| pem::bad(&settings.certificate, "cannot be used for TLS"))?;
        Ok(Self { http, base: settings.gateway.trim_end_matches('/').to_owned() })
    }

    fn upload_of(&self, tag: &str, signature: &str, batch: &Batch) -> RequestBuilder {
        self.http
            .post(format!("{}/diagnosiskeys/upload", self.base))
            .header(CONTENT_TYPE, PROTOBUF)
            .header("batchTag", tag)
            .header("batchSignature", signature)
            .body(batch.to_bytes())
    }

    /// The status and the words of the gateway; 0 if there is no answer.
    #[cfg(any(test, feature = "demo"))]
    pub(super) async fn upload_wrongly(&self, tag: &str, signature: &str, batch: &Batch) -> (u16, String) {
        let Ok(answer) = self.upload_of(tag, signature, batch).send().await else {
            return (0, String::new());
        };
        let status = answer.status().as_u16();
        let body = body(answer, 10_000).await.unwrap_or_default();
        let said: Option<serde_json::Value> = serde_json::from_slice(&body).ok();
        let words = said.and_then(|said| Some(said.get("message")?.as_str()?.to_owned()));
        (status, words.unwrap_or_default())
    }

    pub(super) async fn upload(&self, tag: &str, signature: &str, batch: &Batch) -> Result<Answer, Failure> {
        let answer = self.upload_of(tag, signature, batch).send().await.map_err(|_| Failure::Unreachable)?;
        match answer.status().as_u16() {
            201 => Ok(Answer::Stored),
            207 => {
                has_form(answer.headers(), "application/json")?;
                let body = body(answer, AUDIT_BYTES_MAX).await?;
                let partly: Partly =
                    serde_json::from_slice(&body).map_err(|_| Failure::NotAGateway("no multi-status"))?;
                let all = batch.keys.len();
                let mut rest = partly.new;
                rest.extend(partly.failed);
                rest.retain(|position| *position < all && !partly.known.contains(position));
                let known = partly.known.into_iter().filter(|position| *position < all).collect();
                Ok(Answer::Partly { known, rest })
            }
            409 => Ok(Answer::TagTaken),
            413 => Ok(Answer::TooMany),
            400 => Ok(Answer::Refused),
            _ => Err(other(answer.status())),
        }
    }

    pub(super) async fn batch(&self, day: Date, tag: Option<&str>) -> Result<Found, Failure> {
        let url = format!("{}/diagnosiskeys/download/{day}", self.base);
        let mut request = self.http.get(url).header(ACCEPT, PROTOBUF);
        if let Some(tag) = tag {
            request = request.header("batchTag", tag);
        }
        let answer = request.send().await.map_err(|_| Failure::Unreachable)?;
        match answer.status().as_u16() {
            200 => {}
            404 => return Ok(Found::Nothing),
            410 => return Ok(Found::TooOld),
            _ => return Err(other(answer.status())),
        }
        has_form(answer.headers(), "application/protobuf")?;
        let tag = header(answer.headers(), "batchtag").ok_or(Failure::NotAGateway("no batchTag"))?;
        let next = header(answer.headers(), "nextbatchtag").filter(|next| next != "null");
        let body = body(answer, BATCH_BYTES_MAX).await?;
        let batch = Batch::read(&body).map_err(|_| Failure::NotAGateway("no batch"))?;
        Ok(Found::Batch(Box::new(Fetched { tag, next, batch })))
    }

    /// Asks the gateway to call an address when there is something new.
    pub(super) async fn ask_to_be_told(&self, id: &str, url: &str) -> Result<(), Failure> {
        let to = format!("{}/diagnosiskeys/callback/{id}", self.base);
        let answer = self.http.put(to).query(&[("url", url)]).send().await;
        match answer.map_err(|_| Failure::Unreachable)?.status() {
            StatusCode::OK => Ok(()),
            status => Err(other(status)),
        }
    }

    pub(super) async fn audit(&self, day: Date, tag: &str) -> Result<Vec<Entry>, Failure> {
        let url = format!("{}/diagnosiskeys/audit/download/{day}/{tag}", self.base);
        let answer = self.http.get(url).header(ACCEPT, JSON).send().await;
        let answer = answer.map_err(|_| Failure::Unreachable)?;
        if answer.status() != StatusCode::OK {
            return Err(other(answer.status()));
        }
        has_form(answer.headers(), "application/json")?;
        let body = body(answer, AUDIT_BYTES_MAX).await?;
        let all: Vec<Audited> =
            serde_json::from_slice(&body).map_err(|_| Failure::NotAGateway("no account"))?;
        Ok(all
            .into_iter()
            .map(|one| Entry {
                country: one.country,
                // A moment in another form is taken for the earliest that can be.
                uploaded: one.uploaded_time.parse().unwrap_or(Timestamp::MIN),
                amount: one.amount,
                signature: one.batch_signature,
            })
            .collect())
    }
}

fn other(status: StatusCode) -> Failure {
    match status.as_u16() {
        401 | 403 => Failure::NotAdmitted,
        429 => Failure::OverCap,
        500..=599 => Failure::NotAGateway("server error"),
        _ => Failure::NotAGateway("status"),
    }
}

fn has_form(headers: &HeaderMap, wanted: &str) -> Result<(), Failure> {
    let found = header(headers, "content-type").unwrap_or_default();
    let essence = found.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(wanted) { Ok(()) } else { Err(Failure::NotAGateway("other content")) }
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// The body, as far as it is not too long.
async fn body(mut answer: Response, bytes_max: usize) -> Result<Vec<u8>, Failure> {
    let mut whole = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(|_| Failure::Unreachable)? {
        if whole.len() + part.len() > bytes_max {
            return Err(Failure::NotAGateway("too long"));
        }
        whole.extend_from_slice(&part);
    }
    Ok(whole)
}
