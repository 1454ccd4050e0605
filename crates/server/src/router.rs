//! Every address of the house, and the layers that every request passes.

use axum::Router;
use axum::middleware::from_fn_with_state;

use crate::app::App;
use crate::http::{headers, origin, render};
use crate::problem::{Code, Problem};

/// The public surface: pages, REST, assets.
pub fn router(app: App) -> Router {
    Router::new()
        .nest("/api/v1", crate::api::routes())
        .merge(crate::pages::routes())
        .fallback(nothing_here)
        .layer(from_fn_with_state(app.clone(), origin::check))
        .layer(from_fn_with_state(app.clone(), render::problems))
        .layer(from_fn_with_state(app.clone(), headers::put))
        .with_state(app)
}

async fn nothing_here() -> Problem {
    Code::NotFound.into()
}
