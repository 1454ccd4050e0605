//! The helper's door for the leader: jobs, and once a day the sum.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use services::smittestop::statistics::{NotCounted, answer, release};
use statistics::Day;
use statistics::wire::Reader;

use super::{At, Body, Fault, system};

/// Answers a job.
pub(super) async fn answer(
    State(at): State<At>,
    Path((task, job)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    at.task(&task)?;
    is_the_leader(&at.body, &headers)?;
    let malformed = Fault::Not(NotCounted::Malformed);
    let job: [u8; 16] =
        URL_SAFE_NO_PAD.decode(job).ok().and_then(|id| id.try_into().ok()).ok_or(malformed)?;
    let caller = system(&at.app).ok_or(Fault::Unavailable)?;
    let counting = at.body.clone();
    let answered = at
        .app
        .act_as(caller, move |call| {
            let request = answer::Request { helper: &counting.checker, job, body: body.to_vec() };
            answer::run(call, &request)
        })
        .await?;
    Ok(([(CONTENT_TYPE, "application/dap-aggregation-job-resp")], answered).into_response())
}

/// Gives the sum of a day away.
pub(super) async fn release(
    State(at): State<At>,
    Path(task): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    at.task(&task)?;
    is_the_leader(&at.body, &headers)?;
    let (day, reports, checksum) = asked(&body).ok_or(Fault::Not(NotCounted::Malformed))?;
    let caller = system(&at.app).ok_or(Fault::Unavailable)?;
    let terms = at.body.terms;
    let request = release::Request { day, reports, checksum, terms };
    let sum = at.app.act_as(caller, move |call| release::run(call, request)).await?;
    Ok(([(CONTENT_TYPE, "application/dap-aggregate-share")], sum).into_response())
}

fn asked(body: &[u8]) -> Option<(Day, u64, [u8; 32])> {
    let mut from = Reader::new(body);
    let asked = (Day::beginning(from.u64().ok()?)?, from.u64().ok()?, from.array().ok()?);
    from.end().ok().map(|()| asked)
}

/// Threat 4.4: the token is compared in constant time.
fn is_the_leader(body: &Body, headers: &HeaderMap) -> Result<(), Fault> {
    let shown = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let shown = shown.and_then(|text| URL_SAFE_NO_PAD.decode(text).ok()).unwrap_or_default();
    verify_slices_are_equal(&shown, &*body.token.0).map_err(|_| Fault::Unauthorized)
}
