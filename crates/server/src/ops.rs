//! Health and metrics, on a port of their own. Threats 4.11.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;

use crate::app::App;

/// The surface for operations.
pub fn operations(app: App) -> Router {
    Router::new().route("/health", get(health)).route("/metrics", get(numbers)).with_state(app)
}

// Healthy is who can answer a question: the register is asked when something is due next.
async fn health(State(app): State<App>) -> (StatusCode, &'static str) {
    let asked = tokio::task::spawn_blocking(move || app.register().next_due()).await;
    match asked {
        Ok(Ok(_)) => (StatusCode::OK, "ok\n"),
        Ok(Err(_)) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the register does not answer\n"),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a gauge")]
async fn numbers(State(app): State<App>) -> String {
    app.metrics().gauge("hjemmel_sessions", app.sessions().count() as f64);
    app.metrics().page()
}
