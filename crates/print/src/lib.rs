#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod pdf;
mod xlsx;

pub use pdf::{PdfError, pdf};
pub use xlsx::{XlsxError, xlsx};
