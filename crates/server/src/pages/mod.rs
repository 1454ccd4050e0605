//! The pages: a table of contents.

use axum::Router;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::problem::Problem;
use crate::visitor::Visitor;

/// Every page and asset.
pub fn routes() -> Router<App> {
    Router::new()
}

/// The page that stands where a problem stood. Status and common headers are put on by the caller.
pub fn error_page(_app: &App, visitor: &Visitor, problem: &Problem) -> Response {
    let entry = problem.code.entry();
    axum::response::Html(format!(
        "<h1>{}</h1><p>{}</p>",
        entry.title().get(visitor.lang),
        entry.advice().get(visitor.lang)
    ))
    .into_response()
}
