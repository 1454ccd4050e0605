//! Registers that are served by the form of their entries: list, add, correct, history, events, what goes when, one's own.

pub(crate) mod add;
pub(crate) mod correct;
pub(crate) mod due;
pub(crate) mod form;
pub(crate) mod history;
pub(crate) mod list;
pub(crate) mod raise;
pub(crate) mod see_own;

use services::generic_register::Form;

use crate::app::App;
use crate::problem::{Code, Problem};

/// The register of a full name. One that is not there is the same answer as one that is not for the caller.
pub(crate) fn find<'a>(app: &'a App, name: &str) -> Result<&'a Form, Problem> {
    app.forms().find(name).ok_or_else(|| Code::NotFound.into())
}

/// The controller at whom the own ids of a register mean something.
pub(crate) fn controller(app: &App, form: &Form) -> String {
    let notice = app.policy().register(form.id()).and_then(|register| app.policy().notice(register.notice));
    notice.map(|notice| notice.controller.clone()).unwrap_or_default()
}
