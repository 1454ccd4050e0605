//! The technical log: what was asked for by route, how it ended, how long it took. Nothing else: no value of a path, no query, no id, no address.

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::App;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request a number of its own, ours and never the caller's, and writes its line.
pub(crate) async fn line(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = app.new_event().to_string();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("-", |path| path.as_str()).to_owned();
    let surface = surface(&route);
    let began = app.clock().monotonic_seconds();
    let mut response = next.run(request).await;
    let seconds = app.clock().monotonic_seconds() - began;
    let status = response.status().as_u16();
    app.metrics().request(surface, status, seconds);
    tracing::info!(target: "technical", request = %id, method = %known(&method), route, status, seconds, "answered");
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

// A method may be any word: only known ones reach the log.
fn known(method: &axum::http::Method) -> &str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

fn surface(route: &str) -> &'static str {
    if route.starts_with("/api/") {
        "api"
    } else if ["/v1/", "/v2/", "/exports/"].iter().any(|start| route.starts_with(start)) {
        "keys"
    } else if route.starts_with("/assets/") {
        "assets"
    } else {
        "pages"
    }
}
