//! A panic is our mistake: the caller gets an event id, the log gets the place and never the words.

use std::any::Any;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::problem::{Code, Problem};

/// The answer in place of a panic. Its words may hold anything and are dropped.
pub(crate) fn answer(_words: Box<dyn Any + Send + 'static>) -> Response {
    Problem::new(Code::Internal).into_response()
}

/// The answer when even the page of an error failed: two fixed sentences.
pub(crate) fn last_answer(_words: Box<dyn Any + Send + 'static>) -> Response {
    let entry = Code::Internal.entry();
    (StatusCode::INTERNAL_SERVER_ERROR, format!("{}. {}\n", entry.title.1, entry.advice.1)).into_response()
}

/// From now on a panic prints its place only.
pub fn print_places_only() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map_or_else(|| "unknown".to_owned(), |at| format!("{}:{}", at.file(), at.line()));
        tracing::error!(target: "technical", place, "a panic was caught");
    }));
}
