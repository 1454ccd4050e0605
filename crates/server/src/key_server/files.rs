//! The folder of export files. A file is put whole: written beside, flushed, and then given its name.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use services::smittestop::exports::{Folder, NotPut, Root};

use super::{BadKeyServer, bad};

/// A folder with one below it for each root.
#[derive(Debug)]
pub(crate) struct Files {
    folder: PathBuf,
}

impl Files {
    pub(crate) fn new(folder: &Path) -> Result<Self, BadKeyServer> {
        for root in Root::EACH {
            std::fs::create_dir_all(folder.join(root.word()))
                .map_err(|_| bad("exports", "the folder cannot be made"))?;
        }
        Ok(Self { folder: folder.to_owned() })
    }

    fn path(&self, root: Root, name: &str) -> Option<PathBuf> {
        // Names come from our own records; nothing else is a path here.
        let fits =
            name.ends_with(".zip") && name.bytes().all(|b| b.is_ascii_digit() || b"-.zip".contains(&b));
        fits.then(|| self.folder.join(root.word()).join(name))
    }
}

impl Folder for Files {
    fn put(&self, root: Root, name: &str, bytes: &[u8]) -> Result<(), NotPut> {
        let path = self.path(root, name).ok_or(NotPut)?;
        let beside = path.with_extension("new");
        let write = || {
            let mut file = std::fs::File::create(&beside)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            std::fs::rename(&beside, &path)?;
            std::fs::File::open(self.folder.join(root.word()))?.sync_all()
        };
        write().map_err(|_| NotPut)
    }

    fn get(&self, root: Root, name: &str) -> Option<Vec<u8>> {
        std::fs::read(self.path(root, name)?).ok()
    }

    fn keep_only(&self, names: &[(Root, String)]) {
        for root in Root::EACH {
            let Ok(entries) = std::fs::read_dir(self.folder.join(root.word())) else { continue };
            for entry in entries.flatten() {
                let name = entry.file_name();
                let known = names.iter().any(|(of, known)| *of == root && name.to_str() == Some(known));
                if !known {
                    // It is tried again; nobody is given it meanwhile.
                    let _ = std::fs::remove_file(entry.path());
                }
            }
        }
    }
}
