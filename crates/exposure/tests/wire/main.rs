//! Every published vector and sample, reproduced or verified, and what must be refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod cms;
mod export;
mod files;
mod gateway;
mod keys;
mod publish;
mod rubbish;
mod schedule;
