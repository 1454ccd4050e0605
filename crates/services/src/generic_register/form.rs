//! The form of an entry: the JSON Schema that stands beside the notice, read and held against the declared fields at the start.

use jsonschema::{Draft, PatternOptions, Validator};
use notice::Policy;
use notice::policy::{RegisterId, UseId};
use serde_json::Value;

/// Largest file of a schema.
const SCHEMA_BYTES_MAX: usize = 256 * 1024;

/// Why a schema cannot be used; the server does not start with one.
#[derive(Debug, thiserror::Error)]
pub enum BadForm {
    /// The file is not there or cannot be read.
    #[error("`{path}` of register `{register}` cannot be read: {problem}")]
    Unreadable {
        /// The register.
        register: String,
        /// The file.
        path: String,
        /// The operating system's word.
        problem: String,
    },
    /// It is not a JSON Schema 2020-12 that stands alone.
    #[error("`{path}` of register `{register}` is no JSON Schema 2020-12: {problem}")]
    NotASchema {
        /// The register.
        register: String,
        /// The file.
        path: String,
        /// What does not fit.
        problem: String,
    },
    /// It asks for what the notice does not say is kept.
    #[error(
        "`{path}` asks for `{field}`, which register `{register}` does not declare\nhelp: declare the field in the notice, or take it out of the schema"
    )]
    Undeclared {
        /// The register.
        register: String,
        /// The file.
        path: String,
        /// The property.
        field: String,
    },
}

/// One register that is served by its schema.
#[derive(Debug)]
pub struct Form {
    name: &'static str,
    id: RegisterId,
    schema: Value,
    pub(super) validator: Validator,
    pub(super) uses: Vec<(UseId, &'static str)>,
}

/// Every register of the notices that has a schema.
#[derive(Debug, Default)]
pub struct Forms(Vec<Form>);

impl Forms {
    /// Reads the schemas of the notices. `read` gives the text of a file by its path within the corpus.
    ///
    /// # Errors
    /// [`BadForm`] names the register and the file.
    pub fn load(policy: &Policy, read: impl Fn(&str) -> Result<String, String>) -> Result<Self, BadForm> {
        let mut forms = Vec::new();
        for (id, register) in policy.register_ids() {
            let Some(file) = &register.schema else { continue };
            let folder = register.said.place.file.rsplit_once('/').map_or("", |(folder, _)| folder);
            let path = if folder.is_empty() { file.clone() } else { format!("{folder}/{file}") };
            let name = register.said.id.clone();
            let text = read(&path).map_err(|problem| BadForm::Unreadable {
                register: name.clone(),
                path: path.clone(),
                problem,
            })?;
            let (schema, validator) = compile(&text).map_err(|problem| BadForm::NotASchema {
                register: name.clone(),
                path: path.clone(),
                problem,
            })?;
            let declared = |field: &String| register.fields.iter().any(|known| known.name == *field);
            let properties = schema.get("properties").and_then(Value::as_object);
            if let Some(field) = properties.and_then(|all| all.keys().find(|field| !declared(field))) {
                return Err(BadForm::Undeclared { register: name, path, field: field.clone() });
            }
            let covering = policy.use_ids().filter(|(_, used)| used.of.iter().any(|of| of.register == id));
            let uses = covering.map(|(id, used)| (id, for_good(&used.said.id))).collect();
            forms.push(Form { name: for_good(&name), id, schema, validator, uses });
        }
        Ok(Self(forms))
    }

    /// The register of a full name, such as `members.member`.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Form> {
        self.0.iter().find(|form| form.name == name)
    }

    /// All of them, in the order of the notices.
    pub fn iter(&self) -> impl Iterator<Item = &Form> {
        self.0.iter()
    }
}

impl Form {
    /// Full name of the register.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The register.
    #[must_use]
    pub const fn id(&self) -> RegisterId {
        self.id
    }

    /// The schema as it was written.
    #[must_use]
    pub const fn schema(&self) -> &Value {
        &self.schema
    }

    /// The events that some use of the register raises, each once.
    pub(super) fn events<'a>(&'a self, policy: &'a Policy) -> impl Iterator<Item = &'a str> {
        let mut seen = std::collections::BTreeSet::new();
        let uses = self.uses.iter().filter_map(|(id, _)| policy.use_(*id));
        uses.flat_map(|used| &used.raises).map(String::as_str).filter(move |event| seen.insert(*event))
    }
}

fn compile(text: &str) -> Result<(Value, Validator), String> {
    if text.len() > SCHEMA_BYTES_MAX {
        return Err(format!("it is longer than {SCHEMA_BYTES_MAX} bytes"));
    }
    let schema: Value = serde_json::from_str(text).map_err(|problem| problem.to_string())?;
    if !schema.is_object() {
        return Err("it is no object".to_owned());
    }
    // Patterns without going back: the time of a check grows with the text and no faster. Nothing is fetched.
    let validator = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false)
        .with_pattern_options(PatternOptions::regex())
        .offline()
        .build(&schema)
        .map_err(|problem| problem.to_string())?;
    Ok((schema, validator))
}

/// A name of the notices lives as long as the process that read them: they are read once, at the start.
fn for_good(name: &str) -> &'static str {
    Box::leak(name.to_owned().into_boxed_str())
}
