//! The opponent: a JSON Schema validator with the language's own schema, given the same files.

use anyhow::{Result, anyhow};
use jsonschema::Validator;
use notice::{Lang, SourceFile};
use serde_json::Value;

/// A validator that has read the schema.
pub struct Schema(Validator);

impl Schema {
    /// With the schema that editors use.
    pub fn new() -> Result<Self> {
        let schema = notice::editor::schema(Lang::En);
        Ok(Self(jsonschema::validator_for(&schema).map_err(|error| anyhow!("{error}"))?))
    }

    /// How many faults it finds in a corpus; a file that is no TOML is one.
    pub fn faults(&self, files: &[SourceFile]) -> usize {
        let in_file = |file: &SourceFile| match toml::from_str::<Value>(&file.text) {
            Ok(value) => self.0.iter_errors(&value).count(),
            Err(_) => 1,
        };
        files.iter().map(in_file).sum()
    }
}
