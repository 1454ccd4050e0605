//! A change must come from our own page. Threats 4.3.

use axum::extract::{Request, State};
use axum::http::header::{COOKIE, ORIGIN};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::problem::{Code, Problem};

/// Lets through what only reads, what our own page sends, and programs that ride on no cookie.
pub(crate) async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads
        || rides_on_no_cookie(request.uri().path(), request.headers())
        || is_ours(request.headers(), &app)
    {
        next.run(request).await
    } else {
        Problem::new(Code::CrossSite).into_response()
    }
}

// A program that sends no cookie has no ambient authority that another page could borrow.
fn rides_on_no_cookie(path: &str, headers: &HeaderMap) -> bool {
    let browser = headers.contains_key("sec-fetch-site") || headers.contains_key(ORIGIN);
    (path.starts_with("/api/") || path == "/oauth/token") && !headers.contains_key(COOKIE) && !browser
}

/// `Sec-Fetch-Site: same-origin`, or where a browser does not send it an `Origin` equal to ours. Both absent: refused.
fn is_ours(headers: &HeaderMap, app: &App) -> bool {
    let single = |name: &str| {
        let mut all = headers.get_all(name).iter();
        let first = all.next();
        if all.next().is_some() { None } else { first }
    };
    if headers.contains_key("sec-fetch-site") {
        return single("sec-fetch-site").is_some_and(|site| site == "same-origin");
    }
    single("origin").is_some_and(|origin| origin.as_bytes() == app.config().site.origin.as_bytes())
}
