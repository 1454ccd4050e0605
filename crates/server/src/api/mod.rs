//! REST: the same actions as the pages, for programs.

use axum::Router;

use crate::app::App;

/// Every route below `/api/v1`.
pub fn routes() -> Router<App> {
    Router::new()
}
