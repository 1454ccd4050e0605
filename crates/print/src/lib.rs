#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod format;
mod pdf;
mod xlsx;

pub use format::{Format, Made, NotMade, Order, made};
pub use pdf::{PdfError, pdf};
pub use xlsx::{XlsxError, xlsx};
