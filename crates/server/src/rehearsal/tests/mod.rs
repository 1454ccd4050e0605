//! Real phones at our real servers, from the meeting to the warning; everybody who should not get through; and what is
//! found in the files of either body afterwards.

mod chain;
mod counted;
mod danish_app;
#[path = "../../../tests/surface/heard.rs"]
mod heard;
mod house;
mod refusals;
mod traces;
