//! A problem becomes what its reader understands: JSON for a program, a page for a person.

use axum::Json;
use axum::extract::{OriginalUri, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::app::App;
use crate::http::client::Client;
use crate::http::guard::{Refusals, count_refusal};
use crate::problem::{Code, Problem};
use crate::security_log::Happened;
use crate::visitor::visitor;

/// Turns what a handler or a layer refused into its form for the reader.
pub(crate) async fn problems(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let original = OriginalUri(parts.uri.clone());
    parts.extensions.insert(original);
    let head = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let Some(problem) = taken(&app, &mut response) else { return response };
    notice_attack(&app, &head, &problem);
    let mut answer = if head.uri.path().starts_with("/api/") {
        json_answer(&app, &problem)
    } else {
        crate::pages::error_page(&app, &visitor(&head, &app), &problem)
    };
    *answer.status_mut() = problem.status();
    keep_headers(&response, &mut answer);
    if let Some(seconds) = problem.retry_after_seconds {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds.get()));
    }
    answer
}

// What an attack would look like goes to the security log.
fn notice_attack(app: &App, head: &Parts, problem: &Problem) {
    let signed_in = visitor(head, app).signed_in;
    let happened = match (problem.code.entry().slug, &signed_in) {
        ("cross-site", _) => Some(Happened::CrossSite),
        ("too-many-requests", _) => Some(Happened::LimitReached),
        ("seal-broken", _) => Some(Happened::SealBroken),
        ("bad-credentials", _) => Some(Happened::SystemRefused),
        ("refused-by-notice" | "not-found", Some(who))
            if problem.refusal.is_some() && !who.persona().is_for_oneself() =>
        {
            match count_refusal(app, who.account()) {
                Refusals::Usual | Refusals::Told => None,
                Refusals::Many | Refusals::Flood => Some(Happened::ManyRefusals),
            }
        }
        _ => None,
    };
    if let Some(happened) = happened {
        if matches!(happened, Happened::ManyRefusals | Happened::SealBroken) {
            app.metrics().alarm(happened.word());
        }
        let client =
            head.extensions.get::<Client>().copied().unwrap_or_else(|| Client::of(head, app.config()));
        app.security(happened, Some(client), signed_in.map(|who| who.account_key()), None);
    }
}

fn json_answer(app: &App, problem: &Problem) -> Response {
    let mut answer = Json(body(app, problem)).into_response();
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    answer
}

// Also what the framework itself refuses (a body that is too large, a method) has no text of its own here.
fn taken(app: &App, response: &mut Response) -> Option<Problem> {
    let carried = response.extensions_mut().remove::<Box<Problem>>();
    let mut problem = match carried {
        Some(problem) => *problem,
        None if has_words_of_its_own(response) => return None,
        None => Problem::new(of_status(response.status().as_u16())?),
    };
    if problem.status() == StatusCode::INTERNAL_SERVER_ERROR && problem.event.is_none() {
        problem.event = Some(app.new_event());
    }
    if let Some(event) = problem.event {
        tracing::error!(event = %event, code = problem.code.entry().slug, "answered with a failure");
    }
    Some(problem)
}

fn has_words_of_its_own(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.starts_with("text/html") || kind.starts_with("application/")
}

const fn of_status(status: u16) -> Option<Code> {
    match status {
        400 => Some(Code::Malformed),
        404 => Some(Code::NotFound),
        405 => Some(Code::MethodNotAllowed),
        408 | 504 => Some(Code::TookTooLong),
        413 => Some(Code::TooLarge),
        414 => Some(Code::AddressTooLong),
        415 => Some(Code::UnsupportedMediaType),
        422 => Some(Code::Malformed),
        431 => Some(Code::HeadersTooLarge),
        500..=599 => Some(Code::Internal),
        _ => None,
    }
}

fn keep_headers(from: &Response, to: &mut Response) {
    for name in ["set-cookie", "allow", "www-authenticate"] {
        for value in from.headers().get_all(name) {
            to.headers_mut().append(axum::http::HeaderName::from_static(name), value.clone());
        }
    }
}

/// The body of a problem, RFC 9457. Never holds a value that was sent.
pub(crate) fn body(app: &App, problem: &Problem) -> Value {
    let entry = problem.code.entry();
    let mut body = json!({
        "type": format!("{}/api/v1/problems#{}", app.config().site.origin, entry.slug),
        "code": entry.slug,
        "status": entry.status,
        "title": { "da": entry.title.0, "en": entry.title.1 },
        "advice": { "da": entry.advice.0, "en": entry.advice.1 },
    });
    let Some(map) = body.as_object_mut() else { return body };
    if let Some(refusal) = problem.refusal.as_ref().filter(|_| problem.code != Code::NotFound) {
        map.insert("refusal".to_owned(), refusal_body(app, refusal));
    }
    if !problem.fields.is_empty() {
        let fields: Vec<Value> = problem
            .fields
            .iter()
            .map(|field| json!({ "field": field.field, "code": field.code, "problem": field.problem }))
            .collect();
        map.insert("fields".to_owned(), fields.into());
    }
    // To the caller who was granted the card that changed, and to nobody else.
    let changes = problem.changes.reveal();
    if !changes.is_empty() {
        map.insert("changes".to_owned(), json!(changes));
    }
    if let Some((code, words)) = &problem.reason {
        map.insert("reason".to_owned(), json!({ "code": code, "words": words }));
    }
    if let Some(event) = problem.event {
        map.insert("event".to_owned(), json!(event.to_string()));
    }
    body
}

fn refusal_body(app: &App, refusal: &notice::Refusal) -> Value {
    let policy = app.policy();
    let named = |id: notice::policy::UseId| policy.uses.get(id.index());
    let asked = named(refusal.use_id);
    let instead: Vec<Value> = refusal
        .instead
        .iter()
        .filter_map(|id| named(*id))
        .map(|way| json!({ "use": way.said.id, "title": way.said.title }))
        .collect();
    json!({
        "use": asked.map(|one| &one.said.id),
        "clause": clause(refusal.clause),
        "words": asked.and_then(|one| one.refused.as_ref()),
        "instead": instead,
    })
}

/// A clause in one word for programs.
pub(crate) fn clause(clause: notice::policy::ClauseId) -> String {
    use notice::policy::ClauseId;
    match clause {
        ClauseId::Role => "role".to_owned(),
        ClauseId::Verb => "verb".to_owned(),
        ClauseId::Missing(fact) => format!("missing:{}", fact.word()),
        ClauseId::Against(fact) => format!("against:{}", fact.word()),
        ClauseId::NotInForce => "not-in-force".to_owned(),
        ClauseId::StepUp => "step-up".to_owned(),
    }
}
