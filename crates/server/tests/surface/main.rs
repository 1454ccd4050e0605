//! The surfaces, tried as a hostile caller would: on the real app, a fresh register, a fixed clock and a seed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    // A real socket and a real broker keep the machine's time.
    clippy::disallowed_methods,
    clippy::type_complexity,
    missing_docs,
    unreachable_pub
)]

mod acts;
mod alarms;
mod broker;
mod cards;
mod club;
mod club_login;
mod csrf;
mod drafts;
mod failures;
mod headers;
mod heard;
mod hostile_login;
mod kept;
mod key_server;
mod limits;
mod logs;
mod matrix;
mod no_oracle;
mod oidc_provider;
mod openapi;
mod prints;
mod register_pages;
mod registers;
mod reviews;
mod routes;
mod scripts;
mod sessions;
mod shut;
mod sockets;
mod states;
mod statistics;
mod systems;
mod town;
mod verification;
mod wire;
