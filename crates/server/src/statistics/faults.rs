//! What can go wrong at a body, with the codes of the protocol. A fault says nothing of what was sent.

use std::any::Any;

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use services::Error;
use services::smittestop::statistics::NotCounted;

/// A fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nothing of this name is counted here.
    UnknownTask,
    /// The leader did not show that it is the leader.
    Unauthorized,
    /// The service says why.
    Not(NotCounted),
    /// Not now; try again.
    Unavailable,
}

impl Fault {
    const fn said(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::UnknownTask => {
                (StatusCode::NOT_FOUND, "unrecognizedTask", "check the address and what is counted")
            }
            Self::Unauthorized => {
                (StatusCode::FORBIDDEN, "unauthorizedRequest", "only the other body may ask this")
            }
            Self::Not(NotCounted::Replayed) => (
                StatusCode::CONFLICT,
                "reportReplayed",
                "it has been taken; send nothing more about this day",
            ),
            Self::Not(NotCounted::NotNow) => (
                StatusCode::BAD_REQUEST,
                "reportRejected",
                "reports are taken on the two days after their own",
            ),
            Self::Not(NotCounted::WrongDay) => {
                (StatusCode::BAD_REQUEST, "batchInvalid", "a day is counted when it is closed, once")
            }
            Self::Not(NotCounted::TooFew) => {
                (StatusCode::BAD_REQUEST, "invalidBatchSize", "too few reports: this day is not revealed")
            }
            Self::Not(NotCounted::Mismatch) => (
                StatusCode::BAD_REQUEST,
                "batchMismatch",
                "count all jobs of the day first; a day is given away over one set of reports",
            ),
            Self::Not(NotCounted::Closed) => {
                (StatusCode::GONE, "appClosed", "the app is closed; send nothing more")
            }
            Self::Not(NotCounted::Malformed) => {
                (StatusCode::BAD_REQUEST, "invalidMessage", "send what the protocol says")
            }
            Self::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "unavailable", "try the same again later"),
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let (status, code, help) = self.said();
        let body = serde_json::json!({
            "type": format!("urn:ietf:params:ppm:dap:error:{code}"),
            "status": status.as_u16(),
            "detail": help,
        });
        (status, [(CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
    }
}

impl From<Error<NotCounted>> for Fault {
    fn from(error: Error<NotCounted>) -> Self {
        match error {
            Error::Not(why) => Self::Not(why),
            Error::Refused(_) | Error::Unavailable(_) | Error::Conflict(_) | Error::Invalid(_) => {
                Self::Unavailable
            }
        }
    }
}

pub(super) fn panicked(_: Box<dyn Any + Send>) -> Response {
    // What panicked may hold what was sent: it is not looked at.
    Fault::Unavailable.into_response()
}
