//! What the gateway says when it does not do what it was asked: one table from reasons to status and words.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use notice::Lang;
use services::gateway_service::Reason;
use services::{Error, Explain as _};

/// A refusal or a failure, as a country reads it.
#[derive(Debug)]
pub(super) struct Failed {
    status: StatusCode,
    message: String,
}

impl Failed {
    pub(super) fn new(status: StatusCode, message: &str) -> Self {
        Self { status, message: message.to_owned() }
    }
}

impl From<Error<Reason>> for Failed {
    fn from(error: Error<Reason>) -> Self {
        match error {
            Error::Not(reason) => {
                let status = status(&reason);
                if reason == Reason::OldForm || status.is_server_error() {
                    tracing::error!(target: "technical", reason = reason.code(), "the gateway cannot answer as it should");
                }
                Self { status, message: reason.words(Lang::En) }
            }
            Error::Conflict(_) => Self::new(StatusCode::CONFLICT, "somebody else was first; try again"),
            Error::Refused(_) | Error::Unavailable(_) | Error::Invalid(_) => {
                tracing::error!(target: "technical", problem = %error, "the gateway could not answer");
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "the gateway cannot answer now; try again later")
            }
        }
    }
}

const fn status(reason: &Reason) -> StatusCode {
    match reason {
        Reason::NotAdmitted | Reason::OldForm => StatusCode::FORBIDDEN,
        Reason::TooMany => StatusCode::PAYLOAD_TOO_LARGE,
        Reason::TagTaken | Reason::Admitted => StatusCode::CONFLICT,
        Reason::OverCap => StatusCode::TOO_MANY_REQUESTS,
        Reason::NoBatch | Reason::NoCallback | Reason::NoCertificate => StatusCode::NOT_FOUND,
        Reason::TooOld | Reason::Closed => StatusCode::GONE,
        Reason::PartMissing => StatusCode::INTERNAL_SERVER_ERROR,
        Reason::NoCountry
        | Reason::BadKey { .. }
        | Reason::BadTag
        | Reason::Signature(_)
        | Reason::Origin
        | Reason::DayAfterBatch
        | Reason::BadAddress
        | Reason::BadCertificate(_)
        | Reason::NotTwo => StatusCode::BAD_REQUEST,
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let mut answer = (self.status, Json(serde_json::json!({ "message": self.message }))).into_response();
        if self.status == StatusCode::TOO_MANY_REQUESTS {
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("3600"));
        }
        answer
    }
}

pub(super) async fn nothing_here() -> Failed {
    Failed::new(StatusCode::NOT_FOUND, "there is nothing at this address")
}
