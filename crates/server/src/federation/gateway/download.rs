//! `GET /diagnosiskeys/download/{day}`, with the tag of a batch in a header or without.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use jiff::civil::Date;
use services::gateway_service::download::{self, Request};

use super::Gateway;
use super::answer::Failed;
use super::identify::Country;
use super::negotiate::Form;

/// How the end of the chain is written.
const END: &str = "null";

pub(super) async fn handle(
    State(gateway): State<Gateway>,
    Country(country): Country,
    Path(day): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failed> {
    let form = Form::wanted(&headers)?;
    let day = self::day(&day)?;
    let tag = headers.get("batchtag").map(|value| value.to_str().unwrap_or_default().to_owned());
    let rules = gateway.0.rules.clone();
    let request = Request { day, tag: tag.filter(|tag| !tag.is_empty()) };
    let found = gateway.0.door.act(move |at| download::run(at, &rules, &country, &request)).await?;
    let mut answer = form.answer(&found.batch);
    let next = found.next.unwrap_or_else(|| END.to_owned());
    for (name, value) in [("batchtag", found.tag), ("nextbatchtag", next)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            answer.headers_mut().insert(name, value);
        }
    }
    Ok(answer)
}

pub(super) fn day(text: &str) -> Result<Date, Failed> {
    text.parse().map_err(|_| Failed::new(StatusCode::BAD_REQUEST, "a date is written as 2026-11-21"))
}
