//! Programs that we did not write agree with ours: the reference in Python, a reader that protoc generated, openssl.
//!
//! They need the packages of `python/requirements.txt` and `openssl`; `cargo xtask test` installs both and says with
//! the variable `PEERS_PYTHON` where the Python is. Built with the feature `peers` alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod canonical;
mod export;
mod openssl;
mod program;
mod reference;
