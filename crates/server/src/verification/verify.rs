//! `POST /api/verify`: a phone brings a code and gets a token that is good once.

use axum::body::Bytes;
use axum::extract::{Extension, State};
use axum::http::HeaderMap;
use axum::response::Response;
use register::Personal;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use services::smittestop::verification::{Form, redeem};

use super::Asked;
use super::answer::Fault;
use super::question::answered;
use crate::api::json::read;
use crate::app::App;
use crate::http::client::Client;
use crate::limits::Counted;
use crate::problem::Problem;
use crate::security_log::Happened;

/// What a phone sends; other fields, such as padding, are its own affair.
#[derive(Deserialize)]
struct Request {
    code: String,
    #[serde(default)]
    accept: Vec<String>,
}

pub(super) async fn run(
    State(app): State<App>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    answered(&app, Asked::Verify, client, &headers, redeemed(&app, client, &body)).await
}

async fn redeemed(app: &App, client: Client, body: &Bytes) -> Result<Map<String, Value>, Fault> {
    let verification = app.verification().ok_or(Fault::Unavailable)?;
    let request: Request = read(body).map_err(|_| Fault::Unparsable)?;
    takes_confirmed(&request.accept)?;
    let form = Form::parse(&request.code).map(|(form, _)| form);
    let now = app.clock().monotonic_seconds();
    if app.limits().is_over_from_address(Counted::WrongCode, client.0, app.clock()) {
        return Err(Fault::TooOften(60));
    }
    if form != Some(Form::Link) {
        verification
            .guesses
            .open(now)
            .map_err(|closed| Fault::TooOften(closed.0.as_secs().unsigned_abs()))?;
    }
    let request = redeem::Request { code: Personal::new(request.code) };
    let caller = system(app).ok_or(Fault::Unavailable)?;
    match app.act_as(caller, move |at| redeem::run(at, request)).await {
        Ok(found) => Ok(fields(&found)),
        Err(services::Error::Not(_)) => {
            let _ = app.limits().from_address(Counted::WrongCode, client.0, app.clock());
            if form != Some(Form::Link) && verification.guesses.wrong(now) {
                app.metrics().alarm("code-guessing");
                app.security(Happened::LimitReached, None, None, Some("codes of eight digits are closed"));
            }
            Err(Fault::Code)
        }
        Err(_) => Err(Fault::Unavailable),
    }
}

/// A phone says which results it takes; each of these words includes a confirmed test. None said is the same.
fn takes_confirmed(accept: &[String]) -> Result<(), Fault> {
    const INCLUDE: [&str; 4] = ["confirmed", "likely", "negative", "user-report"];
    let fits = accept.is_empty() || accept.iter().any(|word| INCLUDE.contains(&word.as_str()));
    if fits { Ok(()) } else { Err(Fault::TestType) }
}

fn fields(found: &redeem::Output) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("testtype".to_owned(), json!("confirmed"));
    fields.insert("symptomDate".to_owned(), json!(found.behind.onset.to_string()));
    fields.insert("testDate".to_owned(), json!(found.behind.test_day.to_string()));
    fields.insert("token".to_owned(), json!(found.token.reveal()));
    fields
}

/// The authority's own system: a phone has no name here.
pub(super) fn system(app: &App) -> Option<register::Caller> {
    Some(register::Caller {
        actor: notice::Actor { person: None, role: app.role("system")?, organisation: None },
        name: Personal::new("smitte|stop".to_owned()),
        organisation_name: None,
        on_behalf_of: None,
        authenticated_at: None,
    })
}
