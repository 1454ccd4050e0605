//! Make files again whose record stands and whose bytes are gone, as after a restored backup: with the very same keys.

use std::collections::{BTreeMap, BTreeSet};

use exposure::export::Window;
use jiff::Timestamp;

use super::gather::{earlier, foreign_in, gather};
use super::publish_due::{Request, USE};
use super::write::{each_once, sha256, write};
use super::{Error, Foreign, Known, Not, Root, known, names};
use crate::Call;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// Files that were made again.
    pub files: usize,
    /// Windows whose files cannot be made again: of some of their keys the fourteen days are over.
    pub lost: usize,
}

/// Makes what is missing, and clears the folder of what nobody knows.
///
/// # Errors
/// Refused, or [`Not`].
pub fn run(
    at: &Call<'_>,
    request: &Request<'_>,
    foreign: impl Fn(Timestamp, Timestamp) -> Result<Vec<Foreign>, Error>,
) -> Result<Output, Error> {
    let known = known(at, USE)?;
    request.folder.keep_only(&names(&known));
    let mut broken: BTreeSet<(Root, (i64, i64))> = BTreeSet::new();
    for one in &known {
        let Some(file) = &one.file else { continue };
        let bytes = request.folder.get(file.root, &file.name);
        if bytes.is_none_or(|bytes| sha256(&bytes) != file.sha256) {
            broken.insert((file.root, one.window));
        }
    }
    let mut output = Output::default();
    for (root, window) in broken {
        let of_window = known
            .iter()
            .filter(|one| one.window == window && one.file.as_ref().is_some_and(|file| file.root == root));
        match anew(at, request, (root, window), &of_window.collect::<Vec<_>>(), &foreign)? {
            0 => output.lost += 1,
            files => output.files += files,
        }
    }
    Ok(output)
}

fn anew(
    at: &Call<'_>,
    request: &Request<'_>,
    (root, (from, until)): (Root, (i64, i64)),
    known: &[&Known],
    foreign: &impl Fn(Timestamp, Timestamp) -> Result<Vec<Foreign>, Error>,
) -> Result<usize, Error> {
    let second = |second| Timestamp::from_second(second).ok();
    let window = second(from).zip(second(until)).and_then(|(from, until)| Window::between(from, until));
    let (Some(window), Some(file)) = (window, known.first().and_then(|one| one.file.as_ref())) else {
        return Ok(0);
    };
    let signer = request.signers.at(at.now()).ok_or(Error::Not(Not::NoSigner))?;
    let gathered = gather(at, window, Some(file.published))?;
    let mut keys: Vec<_> = gathered.ours.into_iter().map(|kept| kept.key).collect();
    if root == Root::All {
        let abroad = foreign_in(window, foreign(earlier(window), window.end())?);
        keys.extend(abroad.into_iter().map(|one| one.key));
        keys.extend(gathered.not_home);
    }
    let keys = each_once(keys);
    // Of some keys the fourteen days are over: what is published again would no longer be the same.
    if keys.len() != known.first().map_or(0, |one| one.count.keys) {
        return Ok(0);
    }
    let files = write(window, (keys, gathered.revised), request.settings, signer)?;
    let files = files.put((root, BTreeMap::new()), request.folder)?;
    let mut changes = Vec::new();
    for written in &files {
        let Some((_, name, sha256, _)) = &written.file else { continue };
        let same = known.iter().find(|one| one.file.as_ref().is_some_and(|file| file.name == *name));
        changes.extend(same.and_then(|one| one.correct(sha256.clone())));
    }
    at.import::<Not>(USE, changes)?;
    Ok(files.len())
}
