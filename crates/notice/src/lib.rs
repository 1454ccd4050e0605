#![doc = include_str!("../README.md")]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::print_stderr
    )
)]

pub mod check;
pub mod clock;
mod compile;
mod condition;
pub mod decide;
pub mod diagnostic;
pub mod diff;
pub mod editor;
pub mod explain;
pub mod export;
pub mod id;
mod lookup;
pub mod policy;
pub mod render;
mod source;
pub mod text;
mod written;

pub use compile::{Compiled, compile};
pub use decide::{
    Actor, Decision, Fact, Facts, Grant, Mode, Question, Reading, Refusal, Target, Verb, Writing,
};
pub use diagnostic::{Colour, Diagnostic, Severity};
pub use id::{Id, Kind};
pub use policy::Policy;
pub use source::SourceFile;
pub use text::{Bilingual, Lang};
