//! Who the caller is here, and the caller's own sessions.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::Caller;
use super::json::{Body, Empty};
use super::wire::{List, ProblemBody};
use crate::app::App;
use crate::problem::{Code, Problem};
use crate::security_log::Happened;
use crate::session::{Current, SessionView};

/// The caller.
#[derive(Serialize, ToSchema)]
pub(crate) struct Me {
    /// `citizen`, `professional`, `pharmacy`, `officer`, `operator`, `reviewer`, or `system`.
    persona: &'static str,
    /// Name.
    name: String,
    /// The role of the notices.
    role: String,
    /// The organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<String>,
    /// For `X-CSRF-Token` with each request of this session that changes something.
    #[serde(skip_serializing_if = "Option::is_none")]
    csrf_token: Option<String>,
}

/// One of the caller's sessions.
#[derive(Serialize, ToSchema)]
pub(crate) struct Session {
    /// To end it by.
    handle: String,
    /// Seconds since it began.
    age_seconds: u64,
    /// Seconds since its last request.
    idle_seconds: u64,
    /// Whether it is the one that asks.
    this_one: bool,
}

impl From<SessionView> for Session {
    fn from(view: SessionView) -> Self {
        let this_one = view.this_one == Current::This;
        Self { handle: view.handle, age_seconds: view.age_seconds, idle_seconds: view.idle_seconds, this_one }
    }
}

/// Who the caller is here.
#[utoipa::path(
    get,
    path = "/me",
    operation_id = "me",
    tag = "me",
    responses((status = 200, body = Me), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn me(State(app): State<App>, caller: Caller) -> Json<Me> {
    let known = caller.caller();
    let role =
        app.policy().roles.get(known.actor.role.index()).map(|role| role.said.id.clone()).unwrap_or_default();
    let (persona, csrf_token) = match &caller {
        Caller::Person(signed_in) => (signed_in.persona().word(), Some(signed_in.csrf().to_owned())),
        Caller::System(_) => ("system", None),
    };
    Json(Me {
        persona,
        name: known.name.into_revealed(),
        role,
        organisation: known.organisation_name,
        csrf_token,
    })
}

/// The caller's own sessions, the newest first.
#[utoipa::path(
    get,
    path = "/me/sessions",
    operation_id = "me.sessions",
    tag = "me",
    responses((status = 200, body = List<Session>), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn sessions(State(app): State<App>, caller: Caller) -> Result<Json<List<Session>>, Problem> {
    let key = caller.person()?.key();
    Ok(Json(List::of(app.sessions().list_own(&key, app.clock()))))
}

/// Ends one of the caller's own sessions.
#[utoipa::path(
    post,
    path = "/me/sessions/{handle}/end",
    operation_id = "me.sessions.end",
    tag = "me",
    params(
        ("handle" = String, Path, description = "The handle of the session."),
        ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")
    ),
    responses((status = 204), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn end_session(
    State(app): State<App>,
    caller: Caller,
    Path(handle): Path<String>,
    Body(Empty {}): Body<Empty>,
) -> Result<StatusCode, Problem> {
    let key = caller.person()?.key();
    app.sessions().end_own(&key, &handle).ok_or(Code::NotFound)?;
    app.security(Happened::SessionEnded, None, Some(caller.account()), None);
    Ok(StatusCode::NO_CONTENT)
}
