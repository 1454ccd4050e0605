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

/// The Python packages of programs that we did not write.
pub(crate) fn peers_list() -> PathBuf {
    root().join("crates/exposure/tests/peers/python/requirements.txt")
}

/// Where they are installed.
pub(crate) fn peers() -> PathBuf {
    target().join("peers")
}

/// The Python that finds them.
pub(crate) fn peers_python() -> PathBuf {
    peers().join("bin/python")
}
