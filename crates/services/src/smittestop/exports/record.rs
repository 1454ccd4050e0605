//! What is written down of a file: its name, checksum, window and count. Also of a window in which nothing came.

use std::collections::BTreeMap;

use jiff::Timestamp;
use notice::Id;
use notice::id;
use notice::id::Person;
use register::{Change, Draft, Query, Record};
use serde::{Deserialize, Serialize};

use super::{PUBLISHED, REGISTER, Root};
use crate::smittestop::keys::{ROLE, nobody};
use crate::{Call, Explain, content};

/// A file that may be fetched now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which keys.
    pub root: Root,
    /// Name below the root.
    pub name: String,
    /// SHA-256 of the bytes, in hexadecimal digits.
    pub sha256: String,
    /// Number within its window, from 1.
    pub number: u32,
    /// First second of the window.
    pub from: i64,
    /// First second after it.
    pub until: i64,
    /// How many keys the files of its window hold, those included that were made up so that nobody can count people.
    pub keys: usize,
    /// How many of them each other country sent.
    pub abroad: BTreeMap<String, usize>,
    /// When it was published, to the hour.
    pub published: Timestamp,
    /// From when it is gone.
    pub due_at: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct ExportContent {
    /// Absent for a window in which nothing came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<FileContent>,
    window: WindowContent,
    count: Count,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct FileContent {
    root: Root,
    name: String,
    sha256: String,
    number: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WindowContent {
    from: i64,
    until: i64,
}

/// How many keys the files of a window hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Count {
    pub(crate) keys: usize,
    pub(crate) revised: usize,
    /// By country; made-up keys and our own are in none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) abroad: BTreeMap<String, usize>,
}

/// A file to be written down; `None` for a window in which nothing came.
pub(crate) struct FileRecord {
    pub(crate) file: Option<(Root, String, String, u32)>,
    pub(crate) window: (i64, i64),
    pub(crate) count: Count,
}

impl FileRecord {
    fn content(&self) -> ExportContent {
        ExportContent {
            file: self.file.clone().map(|(root, name, sha256, number)| FileContent {
                root,
                name,
                sha256,
                number,
            }),
            window: WindowContent { from: self.window.0, until: self.window.1 },
            count: self.count.clone(),
        }
    }

    /// The record to be made. Its id follows from what it is: the same file is never written down twice.
    pub(crate) fn create(&self, at: &Call<'_>, published: Timestamp) -> (Id<Person>, Vec<Change>) {
        let (root, number) =
            self.file.as_ref().map_or(("-", 0), |(root, _, _, number)| (root.word(), *number));
        let what = format!("{root} {} {} {number}", self.window.0, self.window.1);
        let person = nobody(at.register, "export", what.as_bytes());
        let draft = Draft {
            register: REGISTER,
            id: Some(crate::smittestop::keys::only_record(person)),
            subjects: vec![(ROLE.to_owned(), person)],
            content: content::write(&self.content()),
            events: vec![(PUBLISHED.to_owned(), published)],
            quantities: Vec::new(),
            private: false,
            link: None,
        };
        (person, vec![Change::Create(Box::new(draft))])
    }
}

/// What is known of the windows so far.
pub(crate) struct Known {
    pub(crate) person: Id<Person>,
    pub(crate) record: Id<id::Record>,
    pub(crate) version: u32,
    pub(crate) window: (i64, i64),
    pub(crate) count: Count,
    /// The file; none for a window in which nothing came.
    pub(crate) file: Option<Standing>,
}

impl Known {
    /// The same file with other bytes: only the signature differs, no key does.
    pub(crate) fn correct(&self, sha256: String) -> Option<(Id<Person>, Vec<Change>)> {
        let file = self.file.as_ref()?;
        let anew = FileRecord {
            file: Some((file.root, file.name.clone(), sha256, file.number)),
            window: self.window,
            count: self.count.clone(),
        };
        let content = content::write(&anew.content());
        let change = Change::Correct { record: self.record, version: self.version, content, note: None };
        Some((self.person, vec![change]))
    }
}

/// Every window and file that stands, under a use.
pub(crate) fn known<Own: Explain>(
    at: &Call<'_>,
    use_name: &'static str,
) -> Result<Vec<Known>, crate::Error<Own>> {
    let days = jiff::SignedDuration::from_hours(16 * 24);
    let query = Query::CollectedIn {
        register: REGISTER,
        from: at.now().checked_sub(days).unwrap_or(at.now()),
        until: at.now().checked_add(jiff::SignedDuration::from_hours(1)).unwrap_or(at.now()),
    };
    Ok(at.find::<Own>(use_name, query)?.iter().filter_map(read).collect())
}

/// Up to which hour everything of ours is published; nothing if no window ever was.
pub(crate) fn published_until<Own: Explain>(at: &Call<'_>) -> Result<Option<Timestamp>, crate::Error<Own>> {
    let last = known(at, super::publish_due::USE)?.iter().map(|known| known.window.1).max();
    Ok(last.and_then(|second| Timestamp::from_second(second).ok()))
}

/// The files that stand, by their names.
pub(crate) fn names(known: &[Known]) -> Vec<(Root, String)> {
    known.iter().filter_map(|one| one.file.as_ref()).map(|file| (file.root, file.name.clone())).collect()
}

fn read(record: &Record) -> Option<Known> {
    let content: ExportContent = content::read(record)?;
    let window = (content.window.from, content.window.until);
    let standing = |file: FileContent| Standing {
        root: file.root,
        name: file.name,
        sha256: file.sha256,
        number: file.number,
        keys: content.count.keys,
        abroad: content.count.abroad.clone(),
        from: window.0,
        until: window.1,
        published: record.collected_at,
        due_at: record.due_at,
    };
    Some(Known {
        person: record.subjects.first().map(|(_, person)| *person)?,
        record: record.id,
        version: record.version,
        window,
        file: content.file.map(standing),
        count: content.count,
    })
}
