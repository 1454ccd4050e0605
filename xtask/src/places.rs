//! Where things lie in the repository.

use std::path::{Path, PathBuf};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Where cargo builds to.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Folders with a `package.json` and a lock file: the front end's own, and the browser tests'.
pub(crate) fn assets() -> PathBuf {
    root().join("crates/server/assets")
}

/// The browser tests.
pub(crate) fn journeys() -> PathBuf {
    root().join("e2e")
}
