//! The files of the notices that run, kept for as long as a record was collected under them.

use serde::{Deserialize, Serialize};

/// The files of a corpus as they were compiled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corpus {
    /// Path within the corpus and text, in order of the paths.
    pub files: Vec<(String, String)>,
}
