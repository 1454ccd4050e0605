//! REST: the same actions as the pages, for programs. One file an action, as in the services.

mod basic_data;
pub(crate) mod caller;
mod consent;
mod cursor;
mod emergency_access;
mod idempotency;
pub(crate) mod json;
mod me;
mod my_log;
mod opt_out;
mod page;
mod positives;
mod presentation;
mod professional;
mod reference;
mod registers;
mod routes;
mod shared_medication_record;
mod tokens;
mod treatment_relation;
mod version;
mod what_goes_when;
mod whose;
mod wire;

pub(crate) use cursor::Cursors;
pub(crate) use idempotency::Answers;
pub use reference::description;
pub(crate) use routes::routes;
pub use tokens::BadSystemKey;
pub(crate) use tokens::Tokens;
