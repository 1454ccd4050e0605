//! Fetches what a country publishes: the list, then only what is new, and believes nothing that is not signed.
//!
//! Notice sst, rules SS-14 and SS-18: which keys were heard, and whether that is enough for a warning, is worked out
//! here on the phone.
//!
//! Invariant: a phone carries no mark of a server's choosing (threats T17). An `ETag` would be one, another for each
//! phone; so would its hash be, of a list with a space too many. A list is asked for again only under the mark that
//! follows from the names of the files that were believed and looked through, and which those are the server sees
//! anyway from what it is asked for. The rest is asked for whole. Which files were refused is forgotten when a look is
//! over, for the same reason: a phone that left one out for good could be known by it.
//!
//! Invariant: whoever answers slowly, or with what is not to be believed, holds up a phone for a minute or two and no more,
//! takes no more memory than a look may, and keeps it from no other file for long.

use std::collections::BTreeSet;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use exposure::Random;
use exposure::export::{MAX_PACKED_BYTES, Published, ReadError, TrustedKey, Verified, VerifyError, verify};
use jiff::{SignedDuration, Timestamp};

use crate::guidance::{self, Guidance};
use crate::network::{Network, NetworkError, Question, Server};
use crate::phone::{Phone, PhoneError};
use crate::warnings::Warning;

/// The list of two weeks of hourly files has 336 lines.
const MAX_INDEX_BYTES: usize = 256 * 1024;
const MAX_LINES: usize = 4_096;
/// So many new files are looked through at a time; the rest follows soon after.
const FILES_AT_A_TIME: usize = 96;
/// And no further one is begun when as much as this was fetched: then there may be once [`MAX_PACKED_BYTES`] more.
const BYTES_AT_A_TIME: usize = 32 * 1024 * 1024;
/// Nor when a look has waited for so long: the radio waits too.
pub(crate) const LOOK_AT_MOST: Duration = Duration::from_secs(60);
/// Files are kept by the server for this long.
const KEPT: SignedDuration = SignedDuration::from_hours(14 * 24);
/// The end of a file lies by no more than this before that of its window: by a second for each of the files after it.
const ENDS_BEFORE: SignedDuration = SignedDuration::from_hours(1);

/// What the phone believes and whom it asks.
#[derive(Clone, Debug)]
pub struct Country {
    /// The folder of the exports: `dk` for the keys of home, `all` with those of Europe too.
    pub root: String,
    /// The region that a file of this folder says.
    pub region: String,
    /// Keys whose files are believed.
    pub trusted: Vec<TrustedKey>,
}

/// What came of a look.
#[derive(Debug, Default)]
pub struct Fetched {
    /// Files that were looked through.
    pub files: usize,
    /// Files that were not believed, those of one batch together; they are asked for again hours later.
    pub refused: Vec<(Vec<String>, FileError)>,
    /// Whether there is more to fetch soon: not where all that was fetched was refused.
    pub is_more: bool,
    /// A new warning, if these files make one.
    pub warning: Option<Warning>,
}

/// Why a file is not looked through.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It could not be fetched.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// It is no export.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It is not signed by whom the phone believes, or files of its batch are missing.
    #[error(transparent)]
    Verify(#[from] VerifyError),
    /// It is signed, and for somewhere else.
    #[error("it is an export of another region")]
    Region,
    /// It is signed, and of another time than its name says: an old one under a new name.
    #[error("it is an export of another time than its name says")]
    Window,
}

/// Why there was no look at all.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The list, or the first file of it, could not be fetched.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The phone could not keep what it learnt.
    #[error(transparent)]
    Phone(#[from] PhoneError),
}

/// Fetches and looks through what is new.
///
/// # Errors
/// When there is no consent, nothing can be fetched, or what was learnt cannot be kept. One bad file fails itself.
pub fn fetch(
    phone: &mut Phone,
    network: &mut dyn Network,
    country: &Country,
    now: Timestamp,
    random: &mut Random<'_>,
) -> Result<Fetched, FetchError> {
    let known_mark = phone.list_mark()?;
    let known = phone.looked_through()?;
    let is_known = |name: &str| known.contains(name);
    let Some(new) = download(network, country, known_mark.as_deref(), &is_known, phone.unfinished(), now)?
    else {
        phone.has_looked(now, random)?;
        return Ok(Fetched::default());
    };
    let Downloaded { believed, looked_through, refused, is_more, mark } = new;
    let files = looked_through.len();
    let warning = phone.looks_through(&believed, looked_through, mark, now, random)?;
    if refused.is_empty() && !is_more {
        phone.has_looked(now, random)?;
    }
    Ok(Fetched { files, refused, is_more, warning })
}

/// What is new, verified.
pub(crate) struct Downloaded {
    pub(crate) believed: Vec<Verified>,
    pub(crate) looked_through: Vec<Listed>,
    pub(crate) refused: Vec<(Vec<String>, FileError)>,
    pub(crate) is_more: bool,
    /// Under what the list is asked for again; none while there is something left of it.
    pub(crate) mark: Option<String>,
}

/// What is remembered of a look that is done in parts, in memory and until all of it is done.
#[derive(Debug)]
pub(crate) struct Unfinished {
    /// Files that were refused: the parts that follow within minutes leave them out.
    refused: BTreeSet<String>,
    /// So many windows, the oldest, were asked for in vain. The next look begins behind them, and comes to them last.
    in_vain: usize,
}

impl Unfinished {
    pub(crate) const fn new() -> Self {
        Self { refused: BTreeSet::new(), in_vain: 0 }
    }

    /// The files that are to be asked for, those of one window together.
    fn in_order(&self, mut new: Vec<Listed>) -> Vec<Vec<Listed>> {
        new.retain(|file| !self.refused.contains(&file.name));
        let windows = new.chunk_by(|one, other| (one.begins, one.ends) == (other.begins, other.ends));
        let mut windows: Vec<Vec<Listed>> = windows.map(<[Listed]>::to_vec).collect();
        if let Some(behind) = self.in_vain.checked_rem(windows.len()) {
            windows.rotate_left(behind);
        }
        windows
    }

    /// Takes in what came of a part, and says whether another is to follow soon.
    fn goes_on(&mut self, look: &Look<'_>, windows: &[Vec<Listed>]) -> bool {
        self.refused.extend(look.refused.iter().flat_map(|(names, _)| names).cloned());
        let is_left =
            |file: &Listed| !self.refused.contains(&file.name) && !look.looked_through.contains(file);
        let is_left = windows.iter().flatten().any(is_left);
        let is_in_vain = look.believed.is_empty();
        match (is_left, is_in_vain) {
            (false, _) => self.in_vain = 0,
            (true, true) => self.in_vain = self.in_vain.saturating_add(look.windows),
            (true, false) => {}
        }
        let is_more = is_left && !is_in_vain;
        if !is_more {
            self.refused.clear();
        }
        is_more
    }
}

/// Fetches the list and the files of it that are not known; `None` where the list is the one that is known.
pub(crate) fn download(
    network: &mut dyn Network,
    country: &Country,
    known_mark: Option<&str>,
    is_known: &dyn Fn(&str) -> bool,
    unfinished: &mut Unfinished,
    now: Timestamp,
) -> Result<Option<Downloaded>, NetworkError> {
    let mut look = Look::new(country, network.waited());
    let path = format!("/exports/{}/index.txt", country.root);
    let question =
        Question { known_tag: known_mark, ..Question::fetch(Server::Keys, &path, MAX_INDEX_BYTES) };
    let answer = network.ask(&question)?;
    if answer.status == 304 && known_mark.is_some() {
        return Ok(None);
    }
    let said = answer.tag.clone().unwrap_or_default();
    let index = answer.bytes(&["text/plain"])?;
    let listed = names(&index).ok_or(NetworkError::SomebodyElse)?;
    let mark = mark(&country.root, &listed, &index).filter(|mark| said.trim_start_matches("W/") == mark);
    let mut new = listed.clone();
    // Files that are no longer kept are left out.
    new.retain(|file| now.duration_since(file.ends) <= KEPT && !is_known(&file.name));
    let windows = unfinished.in_order(new);
    let went_through = look.through(network, &windows);
    let is_more = unfinished.goes_on(&look, &windows);
    let Look { believed, looked_through, refused, .. } = look;
    if let Err(error) = went_through
        && believed.is_empty()
    {
        return Err(error);
    }
    // A list is done with only when all of it is.
    let is_done = |file: &Listed| is_known(&file.name) || looked_through.contains(file);
    let mark = mark.filter(|_| listed.iter().all(is_done));
    Ok(Some(Downloaded { believed, looked_through, refused, is_more, mark }))
}

/// The mark of a list, worked out from the names in it; none if there is anything in its text but these names, each
/// once, the oldest first.
fn mark(root: &str, listed: &[Listed], index: &[u8]) -> Option<String> {
    let mut by_age: Vec<&Listed> = listed.iter().collect();
    by_age.sort_by_key(|file| (file.begins, &file.name));
    let paths: Vec<String> = by_age.iter().map(|file| format!("{root}/{}", file.name)).collect();
    let text = exposure::export::index(paths.iter().map(String::as_str));
    let hash = digest(&SHA256, text.as_bytes());
    (text.as_bytes() == index).then(|| format!("\"{}\"", exposure::key::to_hex(hash.as_ref())))
}

/// Fetches the guidance in force, and believes it like a file of keys. It is two kilobytes and is fetched whole each
/// time: a condition would tell the server which one this phone was given last.
///
/// # Errors
/// When it cannot be fetched or is none; the phone goes on with the one that it has.
pub fn fetch_guidance(
    phone: &mut Phone,
    network: &mut dyn Network,
    country: &Country,
    random: &mut Random<'_>,
) -> Result<(), FetchError> {
    let answer = network.ask(&Question::fetch(Server::Keys, "/guidance.json", guidance::MAX_BYTES))?;
    let bytes = answer.bytes(&["application/json"])?;
    let guidance = Guidance::read(&bytes, &country.trusted).map_err(|_| NetworkError::SomebodyElse)?;
    Ok(phone.is_advised(guidance, random)?)
}

/// A file of the list, and when its window begins and ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Listed {
    pub(crate) ends: Timestamp,
    pub(crate) begins: Timestamp,
    pub(crate) name: String,
}

/// The files of a list, the oldest first; `None` if it is no list.
fn names(index: &[u8]) -> Option<Vec<Listed>> {
    let text = std::str::from_utf8(index).ok()?;
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.len() > MAX_LINES {
        return None;
    }
    let mut listed: Vec<Listed> = lines.into_iter().map(listed).collect::<Option<_>>()?;
    listed.sort();
    listed.dedup();
    Some(listed)
}

/// `{folder}/{start}-{end}-{number}.zip`, and nothing that would lead out of the folder.
fn listed(line: &str) -> Option<Listed> {
    let name = line.rsplit('/').next()?;
    let mut parts = name.strip_suffix(".zip")?.split('-');
    let mut number = |most: usize| {
        let digits = parts.next()?;
        let is_number =
            !digits.is_empty() && digits.len() <= most && digits.bytes().all(|one| one.is_ascii_digit());
        is_number.then(|| digits.parse::<i64>().ok()).flatten()
    };
    let (begins, ends, _) = (number(12)?, number(12)?, number(5)?);
    if parts.next().is_some() {
        return None;
    }
    let (begins, ends) = (Timestamp::from_second(begins).ok()?, Timestamp::from_second(ends).ok()?);
    Some(Listed { ends, begins, name: name.to_owned() })
}

/// A look in progress.
struct Look<'a> {
    country: &'a Country,
    /// How long the network had been waited for when it began.
    begun: Duration,
    /// Windows, files and bytes that were asked for.
    windows: usize,
    files: usize,
    bytes: usize,
    believed: Vec<Verified>,
    looked_through: Vec<Listed>,
    refused: Vec<(Vec<String>, FileError)>,
}

/// A file and what it holds. Nobody has checked yet that it is whole.
type Found = (Listed, Published);

impl<'a> Look<'a> {
    const fn new(country: &'a Country, begun: Duration) -> Self {
        Self {
            country,
            begun,
            windows: 0,
            files: 0,
            bytes: 0,
            believed: Vec::new(),
            looked_through: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// Whether it has taken as much, of whatever kind, as a look may.
    fn is_enough(&self, network: &dyn Network) -> bool {
        self.files >= FILES_AT_A_TIME
            || self.bytes >= BYTES_AT_A_TIME
            || network.waited().saturating_sub(self.begun) >= LOOK_AT_MOST
    }

    /// Looks through windows until it is enough, or the server does not answer.
    fn through(&mut self, network: &mut dyn Network, windows: &[Vec<Listed>]) -> Result<(), NetworkError> {
        for window in windows {
            if self.is_enough(network) {
                return Ok(());
            }
            self.windows += 1;
            self.at(network, window)?;
        }
        Ok(())
    }

    /// Fetches the files of a window and verifies them, those of a batch together.
    fn at(&mut self, network: &mut dyn Network, window: &[Listed]) -> Result<(), NetworkError> {
        let mut batch: Vec<Found> = Vec::new();
        for file in window {
            if self.is_enough(network) {
                // A batch is believed whole: what is here of it is fetched again with the rest.
                return Ok(());
            }
            match self.fetch(network, file) {
                // The next file would be waited for in vain too.
                Err(FileError::Network(error @ (NetworkError::Unreachable | NetworkError::NotNow(_)))) => {
                    return Err(error);
                }
                Err(error) => self.refused.push((vec![file.name.clone()], error)),
                Ok(published) if published.unchecked().chunk.is_none_or(|chunk| chunk.of <= 1) => {
                    self.check(vec![(file.clone(), published)]);
                }
                // What waits for others was signed by somebody whom the phone believes.
                Ok(published) => match published.is_signed_by(&self.country.trusted) {
                    Ok(()) => batch.push((file.clone(), published)),
                    Err(error) => self.refused.push((vec![file.name.clone()], error.into())),
                },
            }
        }
        if !batch.is_empty() {
            self.check(batch);
        }
        Ok(())
    }

    fn fetch(&mut self, network: &mut dyn Network, file: &Listed) -> Result<Published, FileError> {
        let path = format!("/exports/{}/{}", self.country.root, file.name);
        self.files += 1;
        let answer = network.ask(&Question::fetch(Server::Keys, &path, MAX_PACKED_BYTES));
        self.bytes += match &answer {
            Ok(answer) => answer.body.len(),
            Err(NetworkError::TooLong) => MAX_PACKED_BYTES,
            Err(_) => 0,
        };
        let zip = answer?.bytes(&["application/zip", "application/octet-stream"])?;
        Ok(Published::read(&zip)?)
    }

    /// Believes files that belong together, or none of them.
    fn check(&mut self, files: Vec<Found>) {
        let (listed, published): (Vec<Listed>, Vec<Published>) = files.into_iter().unzip();
        match check(self.country, &listed, published) {
            Ok(verified) => {
                self.believed.push(verified);
                self.looked_through.extend(listed);
            }
            Err(error) => self.refused.push((listed.into_iter().map(|file| file.name).collect(), error)),
        }
    }
}

/// The signature first: nothing that a stranger wrote is looked at any further.
fn check(country: &Country, listed: &[Listed], published: Vec<Published>) -> Result<Verified, FileError> {
    let verified = verify(published, &country.trusted)?;
    for (file, export) in listed.iter().zip(verified.exports()) {
        if export.region != country.region {
            return Err(FileError::Region);
        }
        // The ends of several files of one window differ by seconds, backwards from the window's own.
        let before = file.ends.duration_since(export.end);
        if export.start != file.begins || before.is_negative() || export.end <= export.start {
            return Err(FileError::Window);
        }
        // Else a server could give the same file to each phone under another name, and know the phone by it.
        if before >= ENDS_BEFORE {
            return Err(FileError::Window);
        }
    }
    Ok(verified)
}

#[cfg(test)]
mod tests {
    use super::{listed, mark, names};

    #[test]
    fn a_list_names_files_of_one_folder_and_nothing_else() {
        let one = listed("dk/1795219200-1795222800-00001.zip").unwrap();
        assert_eq!(one.name, "1795219200-1795222800-00001.zip");
        assert_eq!((one.begins.as_second(), one.ends.as_second()), (1_795_219_200, 1_795_222_800));
        for bad in [
            "<html>",
            "dk/1795219200-1795222800.zip",
            "dk/1795219200-1795222800-00001-2.zip",
            "dk/+795219200-1795222800-00001.zip",
            "dk/..%2f1795222800-1-1.zip",
            "1795219200-1795222800-00001.zip.exe",
            "9999999999999-1795222800-00001.zip",
            "--.zip",
        ] {
            assert_eq!(listed(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_web_page_is_no_list_nor_is_one_without_end() {
        let list = b"dk/1795219200-1795222800-00001.zip\ndk/1700000000-1700003600-00001.zip\n";
        assert_eq!(names(list).unwrap().len(), 2);
        assert_eq!(names(b"").unwrap(), []);
        assert_eq!(names(b"<html><body>sorry</body></html>"), None);
        assert_eq!(names(&[0xff, 0xfe]), None);
        assert_eq!(names("dk/1795219200-1795222800-00001.zip\n".repeat(5_000).as_bytes()), None);
    }

    #[test]
    fn the_mark_of_a_list_follows_from_its_names_alone() {
        let of = |text: &str| mark("dk", &names(text.as_bytes()).unwrap(), text.as_bytes());
        let (one, two) = ("dk/1795219200-1795222800-00001.zip\n", "dk/1795222800-1795226400-00001.zip\n");
        assert!(of(&[one, two].concat()).is_some() && of("").is_some());
        let cut = one.trim_end();
        for marked in [
            [two, one].concat(),
            [one, one].concat(),
            [one, "\n", two].concat(),
            [" ", one].concat(),
            cut.to_owned(),
            format!("{cut}\r\n"),
            one.replace("dk/", "dk/x/"),
            one.replace("dk/", ""),
        ] {
            assert_eq!(of(&marked), None, "{marked:?}");
        }
    }
}
