//! Every address of the house, and the layers that every request passes.

use axum::Router;
use axum::middleware::from_fn_with_state;
use tower_http::catch_panic::CatchPanicLayer;

use crate::app::App;
use crate::http::{guard, headers, kept, looks, origin, panics, render, technical};
use crate::problem::{Code, Problem};

/// The public surface: pages, REST, assets.
pub fn router(app: App) -> Router {
    let routes = Router::new()
        .nest("/api/v1", crate::api::routes(&app))
        .merge(crate::pages::routes())
        .merge(crate::login::routes())
        .merge(crate::verification::routes(&app))
        .merge(crate::federation::routes())
        .fallback(nothing_here)
        .with_state(app.clone());
    with_layers(routes, &app)
}

/// The layers that every request passes, around some routes; the last one named is the outermost.
pub fn with_layers(routes: Router, app: &App) -> Router {
    routes
        .layer(from_fn_with_state(app.clone(), looks::watch))
        .layer(CatchPanicLayer::custom(panics::answer))
        .layer(from_fn_with_state(app.clone(), kept::keep))
        .layer(from_fn_with_state(app.clone(), origin::check))
        .layer(from_fn_with_state(app.clone(), guard::guard))
        .layer(from_fn_with_state(app.clone(), render::problems))
        // Outside of all: also a page that fails while it is written becomes an answer.
        .layer(CatchPanicLayer::custom(panics::last_answer))
        .layer(from_fn_with_state(app.clone(), headers::put))
        .layer(from_fn_with_state(app.clone(), technical::line))
}

async fn nothing_here() -> Problem {
    Code::NotFound.into()
}
