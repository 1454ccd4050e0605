//! Which files may be fetched now.

use super::{Error, Standing, known};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "sst.fetch-keys";

/// The files that stand, the oldest first. Nobody says who asks; the line has the count and no more.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>) -> Result<Vec<Standing>, Error> {
    let mut standing: Vec<Standing> = known(at, USE)?.into_iter().filter_map(|known| known.file).collect();
    standing.sort_by_key(|one| (one.root, one.from, one.number));
    Ok(standing)
}
