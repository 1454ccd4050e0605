//! What an integrating developer reads: the description of the API and the table of problems. Public.

use axum::Json;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::routes::Api;
use crate::problem::Code;
use crate::session::SESSION_COOKIE;

const KEPT: (axum::http::HeaderName, &str) = (CACHE_CONTROL, "public, max-age=300");

/// How callers show who they are.
pub(crate) struct Security;

impl Modify for Security {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_default();
        let session = ApiKey::Cookie(ApiKeyValue::with_description(
            SESSION_COOKIE,
            "The session of a browser; what changes something also sends `x-csrf-token`.",
        ));
        let token = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("The token of a system, at most five minutes old, from `POST /token`."))
            .build();
        components.add_security_scheme("session", SecurityScheme::ApiKey(session));
        components.add_security_scheme("token", SecurityScheme::Http(token));
    }
}

/// The description of the API.
#[must_use]
pub fn description() -> Value {
    serde_json::to_value(Api::openapi()).unwrap_or_default()
}

pub(crate) async fn openapi() -> Response {
    ([KEPT], Json(description())).into_response()
}

pub(crate) async fn problems() -> Response {
    let row = |code: Code| {
        let entry = code.entry();
        json!({ "code": entry.slug, "status": entry.status, "title": entry.title(), "advice": entry.advice() })
    };
    let all: Vec<Value> = Code::ALL.into_iter().map(row).collect();
    ([KEPT], Json(json!({ "items": all }))).into_response()
}
