//! The form of an entry, and what the caller's role may do with the register.

use axum::Json;
use axum::extract::{Path, State};
use services::generic_register::may;

use super::find;
use crate::api::caller::Caller;
use crate::api::wire::{FormBody, ProblemBody};
use crate::app::App;
use crate::problem::{Code, Problem};

/// The form of an entry, and what the caller's role may do with the register.
#[utoipa::path(
    get,
    path = "/registers/{register}/form",
    operation_id = "registers.form",
    tag = "registers",
    params(("register" = String, Path, description = "Full name of the register, such as `members.member`.")),
    responses((status = 200, body = FormBody), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(register): Path<String>,
) -> Result<Json<FormBody>, Problem> {
    find(&app, &register)?;
    let known = app.clone();
    let done = app
        .act_as(caller.caller(), move |at| {
            let Some(form) = known.forms().find(&register) else { return Err(Problem::from(Code::NotFound)) };
            let may = may(at, form);
            Ok((
                may,
                at.register.policy().register(form.id()).map(|it| it.said.title.clone()).unwrap_or_default(),
                form.schema().clone(),
            ))
        })
        .await?;
    let (may, title, schema) = done;
    FormBody::of(may, title, schema).map(Json).ok_or_else(|| Code::NotFound.into())
}
