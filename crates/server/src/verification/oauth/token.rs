//! `POST /oauth/token`: the app brings its code and what its challenge came of, and gets the token. Errors are those of RFC 6749.
//!
//! The token of that app said who was ill and nothing of keys, so whoever had it could upload any. Ours is tied to keys by
//! `ekeyhmac`, as every certificate is; without it the token says what came of the test and no key server takes it.

use aws_lc_rs::digest::{SHA256, digest};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use register::Personal;
use serde::Deserialize;
use serde_json::{Value, json};
use services::smittestop::verification::{certify, redeem};

use super::super::verify::system;
use super::OAuth;
use super::come_back::Came;
use crate::app::App;
use crate::danish::Said;
use crate::http::client::Client;
use crate::limits::Counted;
use crate::problem::{Code, Problem};

/// How long a token holds, as every certificate.
const LIFE_SECONDS: i64 = 15 * 60;

/// The form of the app; a field that we do not know is its own affair.
#[derive(Deserialize)]
struct Request {
    grant_type: String,
    code: String,
    code_verifier: String,
    client_id: String,
    redirect_uri: String,
    #[serde(default)]
    ekeyhmac: Option<String>,
}

/// Why there is no token, in the words of RFC 6749, 5.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Request,
    Client,
    Grant,
    GrantType,
    Later(u64),
}

pub(crate) async fn run(
    State(app): State<App>,
    Extension(client): Extension<Client>,
    body: Bytes,
) -> Result<Response, Problem> {
    let verification = app.verification().ok_or(Code::NotFound)?;
    let oauth = verification.oauth.as_ref().ok_or(Code::NotFound)?;
    if let Err(too_many) = app.limits().from_address(Counted::Code, client.0, app.clock()) {
        return Ok(Fault::Later(too_many.retry_after_seconds).answer());
    }
    Ok(match given(&app, oauth, &body).await {
        Ok(token) => {
            let answer = json!({ "access_token": token, "token_type": "Bearer", "expires_in": LIFE_SECONDS });
            ([(CACHE_CONTROL, "no-store")], Json(answer)).into_response()
        }
        Err(fault) => fault.answer(),
    })
}

async fn given(app: &App, oauth: &OAuth, body: &Bytes) -> Result<String, Fault> {
    let request: Request = serde_urlencoded::from_bytes(body).map_err(|_| Fault::Request)?;
    if request.grant_type != "authorization_code" {
        return Err(Fault::GrantType);
    }
    if request.client_id != oauth.settings.client_id {
        return Err(Fault::Client);
    }
    // Looked at first: nothing is spent on what cannot be attested.
    let tekmac = match &request.ekeyhmac {
        None => None,
        Some(text) => Some(STANDARD.decode(text).ok().filter(|it| it.len() == 32).ok_or(Fault::Request)?),
    };
    let challenge = digest(&SHA256, request.code_verifier.as_bytes());
    let came = oauth.came(&request.code, &request.redirect_uri, challenge.as_ref(), app.now());
    let said = said(app, came.ok_or(Fault::Grant)?).await?;
    token(app, oauth, said, tekmac).ok_or(Fault::Later(30))
}

/// Spends the code behind a positive test.
async fn said(app: &App, came: Came) -> Result<Said, Fault> {
    let code = match came {
        Came::Code(code) => Personal::new(code),
        Came::NotListed => return Ok(Said::Negative),
        Came::TooMany => return Ok(Said::Blocked),
        Came::Closed => return Ok(Said::Unknown),
    };
    let caller = system(app).ok_or(Fault::Later(30))?;
    let spent = app
        .act_as(caller, move |at| {
            let found = redeem::run(at, redeem::Request { code })?;
            certify::run(at, certify::Request { token: found.token })
        })
        .await;
    match spent {
        Ok(behind) => Ok(Said::Positive(behind.test_day)),
        Err(services::Error::Not(_)) => Err(Fault::Grant),
        Err(_) => Err(Fault::Later(30)),
    }
}

fn token(app: &App, oauth: &OAuth, said: Said, tekmac: Option<Vec<u8>>) -> Option<String> {
    let settings = &app.verification()?.settings;
    let mut id = [0_u8; 16];
    app.randomness().fill(&mut id);
    let at = app.now().as_second();
    let mut claims = said.claims();
    let mut put = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    put("iss", json!(settings.issuer));
    put("aud", json!(settings.audience));
    put("iat", json!(at));
    put("nbf", json!(at));
    put("exp", json!(at + LIFE_SECONDS));
    put("jti", json!(exposure::key::to_hex(&id)));
    if let Some(tekmac) = tekmac {
        put("tekmac", json!(STANDARD.encode(tekmac)));
    }
    oauth.signer.sign(&claims)
}

impl Fault {
    fn answer(self) -> Response {
        let (status, error, words) = match self {
            Self::Request => {
                (StatusCode::BAD_REQUEST, "invalid_request", "a field is missing or has not its form")
            }
            Self::Client => (StatusCode::UNAUTHORIZED, "invalid_client", "this app is not registered here"),
            Self::Grant => (
                StatusCode::BAD_REQUEST,
                "invalid_grant",
                "the code is used, too old, or of another app; send the owner here again",
            ),
            Self::GrantType => {
                (StatusCode::BAD_REQUEST, "unsupported_grant_type", "only authorization_code is served")
            }
            Self::Later(_) => (StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable", "try again later"),
        };
        let body = Json(json!({ "error": error, "error_description": words }));
        let mut response = (status, [(CACHE_CONTROL, "no-store")], body).into_response();
        if let Self::Later(seconds) = self {
            response.headers_mut().insert(axum::http::header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
