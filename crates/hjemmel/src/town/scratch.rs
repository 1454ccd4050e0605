//! Where the servers of the town keep their files while it lives: in memory where there is room, for each of their thousands
//! of commits is flushed, and a disk takes its time. They go with the town, also when it is stopped.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// The folder that Linux keeps in memory; a container often has no more than 64 MB there.
const IN_MEMORY: &str = "/dev/shm";
/// What the servers of one town hold for each of its people at most: 54 kB where 60 % have the app, 90 where all do.
const BYTES_EACH: u64 = 128 << 10;
/// And for nobody.
const BYTES_AT_LEAST: u64 = 64 << 20;

/// Where towns of so many people keep their files. Whoever sets `TMPDIR` has chosen.
pub(super) fn place(people: usize, towns: usize) -> PathBuf {
    if !is_chosen() && has_room(Path::new(IN_MEMORY), needed(people, towns)) {
        return PathBuf::from(IN_MEMORY);
    }
    std::env::temp_dir()
}

/// A folder there that goes with the value.
pub(super) fn folder(place: &Path) -> std::io::Result<TempDir> {
    tempfile::Builder::new().prefix("town-").tempdir_in(place)
}

fn needed(people: usize, towns: usize) -> u64 {
    let number = |many: usize| u64::try_from(many).unwrap_or(u64::MAX);
    let each = number(people).saturating_mul(BYTES_EACH).saturating_add(BYTES_AT_LEAST);
    each.saturating_mul(number(towns))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the convention for where scratch files lie is a variable of the environment"
)]
fn is_chosen() -> bool {
    std::env::var_os("TMPDIR").is_some_and(|value| !value.is_empty())
}

#[cfg(target_os = "linux")]
fn has_room(folder: &Path, bytes: u64) -> bool {
    rustix::fs::statvfs(folder).is_ok_and(|room| room.f_bavail.saturating_mul(room.f_frsize) >= bytes)
}

#[cfg(not(target_os = "linux"))]
fn has_room(_: &Path, _: u64) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_larger_town_is_begun_in_memory_only_where_there_is_more_room() {
        assert!(needed(2_000, 4) < 2 << 30);
        assert!(needed(20_000, 4) > 8 << 30);
        assert!(!has_room(Path::new("/nowhere"), 0) && !has_room(&std::env::temp_dir(), u64::MAX));
    }
}
