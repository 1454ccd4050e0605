//! Where the servers of the town keep their files while it lives: in memory where there is room, for each of their thousands
//! of commits is flushed, and a disk takes its time. They go with the town, also when it is stopped.

use std::path::Path;

use tempfile::TempDir;

/// The folder that Linux keeps in memory.
const IN_MEMORY: &str = "/dev/shm";
/// A town is not begun in memory with less room than this; a container often has no more than 64 MB there.
const ROOM_BYTES: u64 = 1 << 30;

/// A folder that goes with the value. Whoever sets `TMPDIR` has chosen it.
pub(super) fn folder() -> std::io::Result<TempDir> {
    let begins = tempfile::Builder::new().prefix("town-").to_owned();
    if !is_chosen()
        && has_room(Path::new(IN_MEMORY))
        && let Ok(folder) = begins.tempdir_in(IN_MEMORY)
    {
        return Ok(folder);
    }
    begins.tempdir()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the convention for where scratch files lie is a variable of the environment"
)]
fn is_chosen() -> bool {
    std::env::var_os("TMPDIR").is_some_and(|value| !value.is_empty())
}

#[cfg(target_os = "linux")]
fn has_room(folder: &Path) -> bool {
    rustix::fs::statvfs(folder).is_ok_and(|room| room.f_bavail.saturating_mul(room.f_frsize) >= ROOM_BYTES)
}

#[cfg(not(target_os = "linux"))]
fn has_room(_: &Path) -> bool {
    false
}
