//! Every route of the API, one line each. What writes stands in the second list: it happens once for each idempotency key.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post, put};
use utoipa::OpenApi;

use super::reference::Security;
use super::{
    basic_data, consent, emergency_access, idempotency, me, my_log, opt_out, positives, presentation,
    professional, reference, registers, shared_medication_record, tokens, treatment_relation, what_goes_when,
};
use crate::app::App;

/// Every route below `/api/v1`.
pub(crate) fn routes(app: &App) -> Router<App> {
    let reads = Router::new()
        .route("/openapi.json", get(reference::openapi))
        .route("/problems", get(reference::problems))
        .route("/token", post(tokens::token))
        .route("/me", get(me::me))
        .route("/me/sessions", get(me::sessions))
        .route("/me/medicine-card", get(shared_medication_record::see_own_card::run))
        .route("/children/{child}/medicine-card", get(shared_medication_record::see_child_card::run))
        .route(
            "/represented/{person}/medicine-card",
            get(shared_medication_record::see_represented_card::run),
        )
        .route("/patients/{patient}/medicine-card", get(shared_medication_record::open_card::run))
        .route(
            "/patients/{patient}/medicine-card/with-consent",
            get(shared_medication_record::open_card_with_consent::run),
        )
        .route(
            "/patients/{patient}/medicine-card/in-emergency",
            get(shared_medication_record::open_card_in_emergency::run),
        )
        .route(
            "/patients/{patient}/medicine-card/private-in-emergency",
            post(shared_medication_record::open_private_in_emergency::run),
        )
        .route("/patients/{patient}/prescriptions", get(shared_medication_record::find_prescriptions::run))
        .route("/patients/{patient}/orders/preview", post(shared_medication_record::prescribe::preview))
        .route(
            "/patients/{patient}/orders/{order}/change/preview",
            post(shared_medication_record::change_order::preview),
        )
        .route(
            "/patients/{patient}/orders/{order}/pause/preview",
            post(shared_medication_record::pause::preview),
        )
        .route(
            "/patients/{patient}/orders/{order}/resume/preview",
            post(shared_medication_record::resume::preview),
        )
        .route(
            "/patients/{patient}/orders/{order}/stop/preview",
            post(shared_medication_record::stop::preview),
        )
        .route(
            "/patients/{patient}/orders/{order}/undo-stop/preview",
            post(shared_medication_record::undo_stop::preview),
        )
        .route("/patients/{patient}/reviews/preview", post(shared_medication_record::review::preview))
        .route(
            "/patients/{patient}/prescriptions/{prescription}/dispensings/preview",
            post(shared_medication_record::dispense::preview),
        )
        .route("/people/{person}/blocks", get(opt_out::see_own_blocks::run))
        .route("/people/{person}/consents", get(consent::see_own_consents::run))
        .route("/people/{person}/presentations", get(presentation::see_own_presentations::run))
        .route("/me/log", get(my_log::see_own_log::run))
        .route("/children/{child}/log", get(my_log::see_child_log::run))
        .route("/represented/{person}/log", get(my_log::see_represented_log::run))
        .route("/me/looks", get(my_log::looks_in_my_name::run))
        .route("/patients/find", post(basic_data::find_patient::run))
        .route("/patients/{person}/basic-data", get(basic_data::read_basic::run))
        .route("/me/basic-data", get(basic_data::see_own::run))
        .route("/me/children", get(basic_data::my_children::run))
        .route("/me/authorisations", get(professional::see_own::run))
        .route("/me/patients", get(treatment_relation::my_patients_today::run))
        .route("/me/emergency-accesses", get(emergency_access::see_own::run))
        .route("/emergency-accesses", get(emergency_access::review_queue::run))
        .route("/patients/{patient}/emergency-accesses/{access}", get(emergency_access::see_looks::run))
        .route("/registers/{register}", get(registers::list::run))
        .route("/registers/{register}/form", get(registers::form::run))
        .route("/registers/{register}/due", get(registers::due::run))
        .route("/registers/{register}/me", get(registers::see_own::run))
        .route("/registers/{register}/people/{person}/records/{record}", get(registers::history::run))
        .route("/me/what-goes-when", get(what_goes_when::see_own::run));
    let writes = Router::new()
        .route("/registers/{register}", post(registers::add::run))
        .route(
            "/registers/{register}/people/{person}/records/{record}/correct",
            post(registers::correct::run),
        )
        .route("/registers/{register}/people/{person}/records/{record}/events", post(registers::raise::run))
        .route("/me/sessions/{handle}/end", post(me::end_session))
        .route("/patients/{patient}/orders", post(shared_medication_record::prescribe::run))
        .route("/patients/{patient}/orders/{order}", put(shared_medication_record::change_order::run))
        .route("/patients/{patient}/orders/{order}/pause", post(shared_medication_record::pause::run))
        .route("/patients/{patient}/orders/{order}/resume", post(shared_medication_record::resume::run))
        .route("/patients/{patient}/orders/{order}/stop", post(shared_medication_record::stop::run))
        .route("/patients/{patient}/orders/{order}/undo-stop", post(shared_medication_record::undo_stop::run))
        .route("/patients/{patient}/reviews", post(shared_medication_record::review::run))
        .route(
            "/patients/{patient}/prescriptions/{prescription}/cancel",
            post(shared_medication_record::cancel_prescription::run),
        )
        .route(
            "/patients/{patient}/prescriptions/{prescription}/dispensings",
            post(shared_medication_record::dispense::run),
        )
        .route(
            "/people/{person}/medicine-card/orders/{order}/private",
            post(shared_medication_record::mark_private::run),
        )
        .route(
            "/people/{person}/medicine-card/orders/{order}/not-private",
            post(shared_medication_record::unmark_private::run),
        )
        .route("/people/{person}/blocks", post(opt_out::block::run))
        .route("/people/{person}/blocks/{block}/end", post(opt_out::unblock::run))
        .route("/people/{person}/consents", post(consent::give::run))
        .route("/people/{person}/consents/{consent}/withdraw", post(consent::withdraw::run))
        .route("/people/{person}/presentations", post(presentation::present::run))
        .route("/people/{person}/presentations/{presentation}/take-back", post(presentation::take_back::run))
        .route("/patients/{person}/presentations", post(presentation::register_presentation::run))
        .route("/patients/{person}/presentations/{presentation}/end", post(presentation::end::run))
        .route("/people/{person}/basic-data/contact", put(basic_data::change_own_contact::run))
        .route("/feeds/people", post(basic_data::import_person::run))
        .route("/feeds/custodies", post(basic_data::register_custody::run))
        .route("/feeds/custodies/end", post(basic_data::end_custody::run))
        .route("/feeds/deaths", post(basic_data::report_death::run))
        .route("/feeds/professionals", post(professional::import_professional::run))
        .route("/patients/{patient}/treatment-relations", post(treatment_relation::register_relation::run))
        .route(
            "/patients/{patient}/treatment-relations/{relation}/end",
            post(treatment_relation::end_relation::run),
        )
        .route("/feeds/treatment-relations", post(treatment_relation::import_relations::run))
        // As large as the guard has let it in.
        .route("/feeds/positives", post(positives::replace::run).layer(DefaultBodyLimit::disable()))
        .route("/feeds/positives/correct", post(positives::correct::run))
        .route("/feeds/positives/end", post(positives::end::run))
        .route("/patients/{patient}/emergency-access", post(emergency_access::take::run))
        .route("/patients/{patient}/emergency-accesses/{access}/review", post(emergency_access::review::run))
        .route("/patients/{patient}/log/keep-longer", post(emergency_access::keep_longer::run))
        .route_layer(from_fn_with_state(app.clone(), idempotency::once));
    reads.merge(writes)
}

/// What the API offers, as OpenAPI 3.1.
#[derive(OpenApi)]
#[openapi(
    info(title = "Hjemmel", description = "The same actions as the pages, with the same grants, log and clocks.", license(name = "EUPL-1.2", identifier = "EUPL-1.2")),
    servers((url = "/api/v1")),
    modifiers(&Security),
    security(("session" = []), ("token" = [])),
    paths(
        tokens::token,
        me::me,
        me::sessions,
        me::end_session,
        shared_medication_record::see_own_card::run,
        shared_medication_record::see_child_card::run,
        shared_medication_record::see_represented_card::run,
        shared_medication_record::open_card::run,
        shared_medication_record::open_card_with_consent::run,
        shared_medication_record::open_card_in_emergency::run,
        shared_medication_record::open_private_in_emergency::run,
        shared_medication_record::find_prescriptions::run,
        shared_medication_record::prescribe::run,
        shared_medication_record::prescribe::preview,
        shared_medication_record::change_order::run,
        shared_medication_record::change_order::preview,
        shared_medication_record::pause::run,
        shared_medication_record::pause::preview,
        shared_medication_record::resume::run,
        shared_medication_record::resume::preview,
        shared_medication_record::stop::run,
        shared_medication_record::stop::preview,
        shared_medication_record::undo_stop::run,
        shared_medication_record::undo_stop::preview,
        shared_medication_record::review::run,
        shared_medication_record::review::preview,
        shared_medication_record::cancel_prescription::run,
        shared_medication_record::dispense::run,
        shared_medication_record::dispense::preview,
        shared_medication_record::mark_private::run,
        shared_medication_record::unmark_private::run,
        opt_out::see_own_blocks::run,
        opt_out::block::run,
        opt_out::unblock::run,
        consent::see_own_consents::run,
        consent::give::run,
        consent::withdraw::run,
        presentation::see_own_presentations::run,
        presentation::present::run,
        presentation::take_back::run,
        presentation::register_presentation::run,
        presentation::end::run,
        my_log::see_own_log::run,
        my_log::see_child_log::run,
        my_log::see_represented_log::run,
        my_log::looks_in_my_name::run,
        basic_data::find_patient::run,
        basic_data::read_basic::run,
        basic_data::see_own::run,
        basic_data::change_own_contact::run,
        basic_data::my_children::run,
        basic_data::import_person::run,
        basic_data::register_custody::run,
        basic_data::end_custody::run,
        basic_data::report_death::run,
        professional::see_own::run,
        professional::import_professional::run,
        treatment_relation::my_patients_today::run,
        treatment_relation::register_relation::run,
        treatment_relation::end_relation::run,
        treatment_relation::import_relations::run,
        positives::replace::run,
        positives::correct::run,
        positives::end::run,
        emergency_access::take::run,
        emergency_access::review_queue::run,
        emergency_access::see_looks::run,
        emergency_access::review::run,
        emergency_access::keep_longer::run,
        emergency_access::see_own::run,
        what_goes_when::see_own::run,
        registers::list::run,
        registers::form::run,
        registers::due::run,
        registers::see_own::run,
        registers::history::run,
        registers::add::run,
        registers::correct::run,
        registers::raise::run,
    )
)]
pub(crate) struct Api;
