//! The addresses of the Danish app, on the same IDs and files. An upload needs a certificate for just these here too.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use exposure::IntervalNumber;
use exposure::publish::COUNTRIES;
use exposure::risk::denmark;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::{Value, json};
use services::smittestop::exports::Root;
use services::smittestop::keys::publish::{Request, SentKey};
use zeroize::Zeroizing;

use super::answer::Refused;
use super::publish::{countries as visited, remember, take};
use super::standing::standing;
use super::{chaff, exports};
use crate::app::App;
use crate::padded::beside;

const NEXT_EXISTS: HeaderName = HeaderName::from_static("nextbatchexists");
const LAST_RETURNED: HeaderName = HeaderName::from_static("lastbatchreturned");
/// Filled with what means nothing.
const PADDING: HeaderName = HeaderName::from_static("x-padding");
/// Days for which files are kept.
const DAYS: i64 = 14;
/// Seconds for which a file of today is kept on the way; those of other days until they are erased.
const TODAY_SECONDS: u32 = 7_200;

/// What the Danish app sends, and the secret of the phone that binds it to its certificate.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Upload {
    keys: Vec<KeyWire>,
    regions: Vec<String>,
    #[serde(default)]
    visited_countries: Vec<String>,
    hmac_key: String,
    #[serde(default)]
    revision_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct KeyWire {
    key: String,
    rolling_start: String,
    rolling_duration: String,
    #[serde(default)]
    transmission_risk_level: i64,
    #[serde(default)]
    days_since_onset_of_symptoms: Option<i64>,
}

pub(super) async fn upload(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response {
    let began = app.clock().monotonic_seconds();
    if headers.contains_key("x-chaff") {
        chaff::as_lately(&app, began).await;
        return answered(&app, StatusCode::OK, String::new());
    }
    let taken = match read(&app, &headers, &body) {
        Ok(request) => take(&app, request).await.map_err(said),
        Err(refused) => Err(refused),
    };
    match taken {
        Ok(output) => {
            remember(&app, &output, app.clock().monotonic_seconds() - began);
            answered(&app, StatusCode::OK, String::new())
        }
        Err((status, words)) => {
            chaff::as_lately(&app, began).await;
            answered(&app, status, words)
        }
    }
}

/// A refusal: its status and a line of plain text, or none.
type Said = (StatusCode, String);

/// This address speaks plain text.
fn said(refused: Refused) -> Said {
    let words = match refused.status {
        StatusCode::BAD_REQUEST => format!("Incorrect input format: {}", refused.code),
        _ => refused.code.to_owned(),
    };
    (refused.status, words)
}

/// Taken, refused and decoys have one range of lengths. That app's form knows no padding, and what was taken is answered
/// with nothing; so what fills up stands beside the answer, in a header.
fn answered(app: &App, status: StatusCode, words: String) -> Response {
    let mut written = status.canonical_reason().unwrap_or_default().len() + words.len();
    // An empty answer says that it has 0 bytes, and not of what kind they are.
    written += words.len().to_string().len();
    let mut response = if words.is_empty() {
        status.into_response()
    } else {
        written += "content-type: text/plain; charset=utf-8\r\n".len();
        (status, words).into_response()
    };
    response.headers_mut().insert(PADDING, beside(written, app.randomness()));
    response
}

fn read(app: &App, headers: &HeaderMap, body: &[u8]) -> Result<Request, Said> {
    let wrong = |words: &str| (StatusCode::BAD_REQUEST, words.to_owned());
    let unauthorised = || (StatusCode::UNAUTHORIZED, String::new());
    let server = app.key_server().ok_or_else(|| said(Refused::INTERNAL))?;
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let token = bearer.ok_or_else(unauthorised)?;
    let certificate = server.authorities.read_any(token.trim(), app.now()).map_err(|_| unauthorised())?;
    let upload: Upload =
        serde_json::from_slice(body).map_err(|_| wrong("Incorrect JSON format: see the interface"))?;
    if !upload.regions.iter().any(|region| region.eq_ignore_ascii_case("dk")) {
        return Err(wrong("Incorrect input format: regions"));
    }
    let countries =
        visited(upload.visited_countries).ok_or_else(|| wrong("Incorrect input format: visitedCountries"))?;
    let hmac_key =
        STANDARD.decode(upload.hmac_key.as_bytes()).map_err(|_| wrong("Incorrect input format: hmacKey"))?;
    let mut keys = Vec::with_capacity(upload.keys.len());
    let mut onset = None;
    for key in &upload.keys {
        let start =
            start_of(&key.rolling_start).ok_or_else(|| wrong("Incorrect input format: rollingStart"))?;
        let period = period_of(&key.rolling_duration)
            .ok_or_else(|| wrong("Incorrect input format: rollingDuration"))?;
        // This address says for each ID how far it is from the onset; all of them mean one day.
        if let Some(days) = key.days_since_onset_of_symptoms.filter(|_| onset.is_none()) {
            let unfit = || wrong("Incorrect input format: daysSinceOnsetOfSymptoms");
            onset = Some(onset_of(start, days).ok_or_else(unfit)?);
        }
        keys.push(SentKey { key: key.key.clone(), start, period, risk: key.transmission_risk_level });
    }
    Ok(Request {
        keys,
        certificate,
        hmac_key: Zeroizing::new(hmac_key),
        onset: onset.filter(|interval| *interval > 0),
        countries,
        revision_token: STANDARD.decode(upload.revision_token.unwrap_or_default()).unwrap_or_default(),
    })
}

/// The interval of an ISO date and time, cut to midnight UTC as that app does.
fn start_of(text: &str) -> Option<i64> {
    let moment: Timestamp = text.parse().ok().or_else(|| format!("{text}Z").parse().ok())?;
    Some(i64::from(IntervalNumber::at(moment).day_start().number()))
}

/// The interval so many days before another.
fn onset_of(start: i64, days: i64) -> Option<i64> {
    start.checked_sub(days.checked_mul(144)?)
}

/// `1.00:00:00` or `hh:mm:ss`, as intervals.
fn period_of(text: &str) -> Option<i64> {
    let (days, clock) = text.split_once('.').unwrap_or(("0", text));
    let parts: Vec<i64> = clock.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [hours, minutes, seconds] = parts.as_slice() else { return None };
    let mut whole = 0_i64;
    for (count, unit) in [(days.parse().ok()?, 86_400), (*hours, 3_600), (*minutes, 60), (*seconds, 1)] {
        whole = whole.checked_add(count.checked_mul(unit)?)?;
    }
    (600..=86_400).contains(&whole).then_some(whole / 600)
}

/// `{yyyy-MM-dd}_{n}_{dk|all}.zip`: the n-th file that was published on a day.
pub(super) async fn download(
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    let wrong =
        || (StatusCode::BAD_REQUEST, "Incorrect input format: {date}_{number}_{dk|all}.zip").into_response();
    let Some((day, number, root)) = named(&name) else { return wrong() };
    let today = app.now().to_zoned(TimeZone::UTC).date();
    let age = i64::from((today - day).get_days());
    if age > DAYS {
        return (StatusCode::BAD_REQUEST, "Incorrect input format: the date is older than 14 days")
            .into_response();
    }
    let Some(all) = standing(&app).await else { return said(Refused::INTERNAL).into_response() };
    let of_day: Vec<_> = all
        .files
        .iter()
        .filter(|file| file.root == root && file.published.to_zoned(TimeZone::UTC).date() == day)
        .collect();
    let next = of_day.len() > number;
    let Some(file) = of_day.get(number - 1).copied().cloned() else {
        return StatusCode::NO_CONTENT.into_response();
    };
    let seconds_max = if day == today { TODAY_SECONDS } else { u32::MAX };
    let mut response = exports::give(&app, file, &headers, seconds_max).await;
    let headers = response.headers_mut();
    headers.insert(NEXT_EXISTS, HeaderValue::from_static(if next { "True" } else { "False" }));
    headers.insert(LAST_RETURNED, HeaderValue::from(number));
    response
}

fn named(name: &str) -> Option<(Date, usize, Root)> {
    let mut parts = name.strip_suffix(".zip")?.split('_');
    let (day, number, root) = (parts.next()?, parts.next()?, parts.next()?);
    let number = number.parse().ok().filter(|number| (1..=10_000).contains(number))?;
    parts.next().is_none().then_some((day.parse().ok()?, number, Root::of(root)?))
}

/// The older risk model and its buckets.
pub(super) async fn exposure_configuration() -> Json<Value> {
    let model = denmark::EXPOSURE_CONFIGURATION;
    let buckets = denmark::BUCKET_WEIGHTS;
    Json(json!({
        "configuration": {
            "minimumRiskScore": model.minimum_risk_score,
            "attenuationScores": model.attenuation_scores,
            "attenuationWeight": 50,
            "daysSinceLastExposureScores": model.days_since_last_exposure_scores,
            "daysSinceLastExposureWeight": 50,
            "durationScores": model.duration_scores,
            "durationWeight": 50,
            "transmissionRiskScores": model.transmission_risk_scores,
            "transmissionRiskWeight": 50,
            "durationAtAttenuationThresholds": model.duration_thresholds_db,
        },
        "attenuationBucketsParams": {
            "exposureTimeThreshold": buckets.minutes,
            "lowAttenuationBucketMultiplier": buckets.low,
            "middleAttenuationBucketMultiplier": buckets.middle,
            "highAttenuationBucketMultiplier": buckets.high,
        },
    }))
}

/// The model of daily summaries.
pub(super) async fn daily_summary_configuration() -> Json<Value> {
    let model = denmark::DAILY_SUMMARIES;
    let infectious: serde_json::Map<String, Value> = (-14_i64..)
        .zip(model.infectiousness.by_day)
        .map(|(day, infectious)| (day.to_string(), json!(infectious as u8)))
        .collect();
    let weights = model.attenuation_weights;
    let [standard, high] = model.infectiousness_weights;
    Json(json!({
        "dailySummaryConfiguration": {
            "attenuationThresholds": model.attenuation_thresholds_db,
            "attenuationWeights": {
                "immediate": weights.immediate,
                "near": weights.near,
                "medium": weights.medium,
                "other": weights.other,
            },
            "daysSinceOnsetInfectiousness": infectious,
            "defaultInfectiousness": model.infectiousness.when_missing as u8,
            "defaultReportType": model.report_type_when_missing.number(),
            "infectiousnessWeights": { "standard": standard, "high": high },
            "reportTypeWeights": {
                "confirmedTest": model.report_type_weights.confirmed_test,
                "confirmedClinicalDiagnosis": model.report_type_weights.confirmed_clinical_diagnosis,
                "selfReported": model.report_type_weights.self_report,
                "recursive": 0,
            },
            "daysSinceLastExposureThreshold": model.days_since_exposure_at_most,
        },
        "scoreSumThreshold": denmark::SCORE_SUM_THRESHOLD,
    }))
}

/// Which countries somebody may have been in.
pub(super) async fn countries() -> Json<Value> {
    Json(json!({ "countryCollection": COUNTRIES.map(|code| json!({ "code": code })) }))
}

#[cfg(test)]
mod tests {
    use super::{named, period_of, start_of};
    use services::smittestop::exports::Root;

    #[test]
    fn a_duration_is_ten_minutes_to_a_day() {
        assert_eq!(period_of("1.00:00:00"), Some(144));
        assert_eq!(period_of("00:10:00"), Some(1));
        let longer_than_there_are = format!("{}:{}:{}", i64::MAX / 60, i64::MAX / 60, i64::MAX);
        for wrong in ["00:00:00", "1.00:10:00", "24", "x", "-1.00:00:00", "00:09:59", &longer_than_there_are]
        {
            assert_eq!(period_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_start_is_cut_to_midnight() {
        assert_eq!(start_of("2026-11-21T09:30:00Z"), start_of("2026-11-21T00:00:00"));
        assert_eq!(start_of("yesterday"), None);
    }

    #[test]
    fn a_file_is_named_by_day_number_and_root() {
        assert_eq!(named("2026-11-21_2_all.zip"), Some((jiff::civil::date(2026, 11, 21), 2, Root::All)));
        for wrong in [
            "2026-11-21_0_dk.zip",
            "2026-11-21_1_no.zip",
            "2026-13-21_1_dk.zip",
            "x.zip",
            "2026-11-21_1_dk_2.zip",
        ] {
            assert_eq!(named(wrong), None, "{wrong}");
        }
    }
}
