//! The key server under load: the export of half a million keys straight from the register, and a day of uploads and polls over HTTP.

pub mod day;
mod door;
pub mod exported;
mod house;
mod phones;
