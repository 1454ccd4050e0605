//! The pages: a table of contents.
//!
//! Invariant: a GET changes nothing, and no address holds a personal value but an unguessable id.

pub mod assets;
mod card_view;
mod dates;
mod frame;
mod gone;
mod look_view;
mod notice_view;
mod problem_page;
mod promises;
mod routes;
pub mod view;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::app::App;
use crate::problem::{Code, Problem};
use routes::{
    blocks, citizen, clocks, drafts, emergencies, log, officer, open, orders, patients, pharmacies, pharmacy,
    prints, registers, represented,
};

pub(crate) use frame::{home, page, shell};
pub use problem_page::error_page;

/// Every page and asset.
pub fn routes() -> Router<App> {
    let routes = Router::new()
        .route("/", get(open::root))
        .route("/assets/{hash}/{*path}", get(asset))
        .route("/{lang}", get(open::root))
        .route("/{lang}/", get(open::front))
        .route("/{lang}/notices", get(open::notices))
        .route("/{lang}/notices/{id}", get(open::notice))
        .route("/{lang}/notices/{id}/", get(open::notice))
        .route("/{lang}/promises", get(open::promises))
        .route("/{lang}/accessibility", get(open::accessibility))
        .route("/{lang}/statistics", get(routes::statistics::statistics))
        .route("/{lang}/europe", get(routes::europe::anyone))
        .route("/{lang}/login", get(open::login))
        .route("/{lang}/kept", get(open::kept).post(open::forget_kept))
        .route("/{lang}/me", get(citizen::me))
        .route("/{lang}/me/medicine", get(citizen::medicine))
        .route("/{lang}/me/medicine/{order}/private", post(citizen::mark))
        .route("/{lang}/me/log", get(log::mine))
        .route("/{lang}/me/when", get(citizen::when))
        .route("/{lang}/me/blocks", get(blocks::list_blocks).post(blocks::ask_block))
        .route("/{lang}/me/blocks/{id}/end", post(blocks::end_block))
        .route("/{lang}/me/consents", get(blocks::list_consents).post(blocks::ask_consent))
        .route("/{lang}/me/consents/{id}/end", post(blocks::end_consent))
        .route("/{lang}/me/children", get(citizen::children))
        .route("/{lang}/me/children/{id}/medicine", get(citizen::child_medicine))
        .route("/{lang}/me/children/{id}/log", get(log::child))
        .route("/{lang}/me/represented", get(represented::list).post(represented::give_power))
        .route("/{lang}/me/represented/{id}/end", post(represented::end_power))
        .route("/{lang}/me/represented/{id}/medicine", get(represented::medicine))
        .route("/{lang}/me/represented/{id}/log", get(represented::log))
        .route("/{lang}/me/pharmacies", get(pharmacies::list).post(pharmacies::send))
        .route("/{lang}/me/pharmacies/{id}/end", post(pharmacies::take_back))
        .route("/{lang}/me/basic", get(citizen::basic).post(citizen::change_contact))
        .route("/{lang}/me/device", get(citizen::device))
        .route("/{lang}/patients", get(patients::today))
        .route("/{lang}/patients/find", get(patients::to_today).post(patients::find))
        .route("/{lang}/patients/{id}/card", get(patients::card))
        .route("/{lang}/patients/{id}/emergency", get(patients::emergency).post(patients::take_emergency))
        .route("/{lang}/patients/{id}/emergency/private", get(patients::to_card).post(patients::open_private))
        .route("/{lang}/patients/{id}/consent", get(patients::consent).post(patients::with_consent))
        .route("/{lang}/patients/{id}/reviewed", get(patients::to_card).post(patients::reviewed))
        .route(
            "/{lang}/patients/{id}/prescriptions/{prescription}/cancel",
            get(patients::cancel_form).post(patients::cancel),
        )
        .route("/{lang}/patients/{id}/prescribe", get(orders::new_form).post(orders::prescribe))
        .route("/{lang}/patients/{id}/prescribe/preview", get(patients::to_card).post(orders::preview_new))
        .route("/{lang}/patients/{id}/prescribe/edit", get(patients::to_card).post(orders::edit_new))
        .route("/{lang}/patients/{id}/orders/{order}/{act}", get(orders::form).post(orders::carry_out))
        .route(
            "/{lang}/patients/{id}/orders/{order}/{act}/preview",
            get(orders::to_card).post(orders::preview),
        )
        .route("/{lang}/patients/{id}/orders/{order}/{act}/edit", get(orders::to_card).post(orders::edit))
        .route("/{lang}/looks", get(log::in_my_name))
        .route("/{lang}/pharmacy", get(pharmacy::counter))
        .route("/{lang}/pharmacy/find", get(pharmacy::to_counter).post(pharmacy::find))
        .route("/{lang}/pharmacy/people/{id}", get(pharmacy::person))
        .route("/{lang}/pharmacy/people/{id}/", get(pharmacy::person))
        .route("/{lang}/pharmacy/people/{id}/register", get(pharmacy::to_counter).post(pharmacy::register))
        .route(
            "/{lang}/pharmacy/prescriptions/{id}/dispense",
            get(pharmacy::to_counter).post(pharmacy::dispense),
        )
        .route("/{lang}/officer", get(officer::front))
        .route("/{lang}/officer/due", get(officer::due))
        .route("/{lang}/officer/promises", get(officer::promises))
        .route("/{lang}/officer/notices", get(officer::notices))
        .route("/{lang}/officer/notices/{id}", get(officer::notice))
        .route("/{lang}/officer/notices/{id}/prints/{print}", get(prints::one))
        .route("/{lang}/officer/notices/{id}/prints/{print}/beside", get(prints::beside))
        .route("/{lang}/officer/notices/{id}/prints/{print}/file/{format}", get(prints::file))
        .route("/{lang}/officer/clocks", get(clocks::clocks))
        .route("/{lang}/officer/draft", get(drafts::form).post(drafts::try_out))
        .route("/{lang}/officer/draft/file/{file}", get(drafts::form_of))
        .route("/{lang}/officer/draft/{id}", get(drafts::one))
        .route("/{lang}/officer/draft/{id}/beside", get(drafts::beside))
        .route("/{lang}/officer/draft/{id}/edit", get(drafts::edit))
        .route("/{lang}/officer/draft/{id}/forget", get(drafts::to_form).post(drafts::forget))
        .route("/{lang}/officer/emergencies", get(emergencies::list))
        .route("/{lang}/officer/people/{person}/emergencies/{id}", get(emergencies::one))
        .route(
            "/{lang}/officer/people/{person}/emergencies/{id}/review",
            get(emergencies::to_one).post(emergencies::judge),
        )
        .route(
            "/{lang}/officer/people/{person}/emergencies/{id}/keep",
            get(emergencies::to_one).post(emergencies::keep),
        )
        .route("/{lang}/operator", get(officer::operator))
        .route("/{lang}/operator/europe", get(routes::europe::operator))
        .route(
            "/{lang}/operator/europe/held",
            get(routes::europe_held::to_operator).post(routes::europe_held::decide),
        )
        .route("/{lang}/registers", get(registers::overview))
        .route("/{lang}/registers/{register}", get(registers::list))
        .route("/{lang}/registers/{register}/find", get(registers::to_list).post(registers::find))
        .route("/{lang}/registers/{register}/add", get(registers::blank).post(registers::add))
        .route("/{lang}/registers/{register}/due", get(registers::due))
        .route("/{lang}/registers/{register}/me", get(registers::own))
        .route("/{lang}/registers/{register}/people/{person}", get(registers::person))
        .route("/{lang}/registers/{register}/people/{person}/records/{record}", get(registers::entry))
        .route(
            "/{lang}/registers/{register}/people/{person}/records/{record}/correct",
            get(registers::filled).post(registers::correct),
        )
        .route(
            "/{lang}/registers/{register}/people/{person}/records/{record}/events/{event}",
            get(registers::event).post(registers::raise),
        );
    #[cfg(feature = "demo")]
    let routes = routes
        .route("/{lang}/demo", get(routes::demo::choose))
        .route("/{lang}/demo/be", get(routes::demo::to_choose).post(routes::demo::be))
        .route("/{lang}/demo/time", get(routes::demo::time).post(routes::demo::travel))
        .route("/{lang}/demo/tour", get(routes::demo::tour))
        .route(
            "/{lang}/demo/europe",
            get(routes::demo_europe::misdeeds).post(routes::demo_europe::misbehave),
        );
    routes
}

/// The pages of smitte|stop, where the server does verification.
pub(crate) fn warn_routes() -> Router<App> {
    Router::new()
        .route("/{lang}/warn", get(routes::warn::open))
        .route("/{lang}/me/warn", get(routes::warn::start).post(routes::warn::ask))
}

/// The same for somebody whose app sent her here.
pub(crate) fn warn_for_app_routes() -> Router<App> {
    Router::new().route("/{lang}/me/warn/app/{asked}", get(routes::warn::start_for_app))
}

async fn asset(Path((hash, path)): Path<(String, String)>) -> Result<Response, Problem> {
    let found = assets::find(&hash, &path).ok_or(Code::NotFound)?;
    let headers = [(CONTENT_TYPE, found.media_type), (CACHE_CONTROL, assets::CACHE_CONTROL)];
    Ok((StatusCode::OK, headers, found.bytes).into_response())
}
