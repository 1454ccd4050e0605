//! Files that are looked into: never more of them than their kind can hold.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::answer::Failure;

/// The bytes of a file, at most one more than the bound; whoever reads them refuses so many.
pub(super) fn bytes(path: &Path, at_most: usize) -> Result<Vec<u8>, Failure> {
    let cannot = |problem: std::io::Error| {
        Failure::cannot(
            format!("`{}` cannot be read: {problem}", path.display()),
            "name a file that you may read",
        )
    };
    let mut bytes = Vec::new();
    let bound = u64::try_from(at_most).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path).map_err(cannot)?.take(bound).read_to_end(&mut bytes).map_err(cannot)?;
    Ok(bytes)
}

/// The text of a small file.
pub(super) fn text(path: &Path) -> Result<String, Failure> {
    const AT_MOST: usize = 1024 * 1024;
    Ok(String::from_utf8_lossy(&bytes(path, AT_MOST)?).into_owned())
}
