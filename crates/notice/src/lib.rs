#![doc = include_str!("../README.md")]

pub mod clock;
pub mod decide;
pub mod id;
pub mod policy;
pub mod text;

pub use decide::{Actor, Decision, Fact, Facts, Grant, Mode, Question, Reading, Refusal, Target, Verb, Writing};
pub use id::{Id, Kind};
pub use policy::Policy;
pub use text::{Bilingual, Lang};
