//! The form of an entry: the JSON Schema that stands beside the notice, read and held against the declared fields at the start.

use jsonschema::{Draft, PatternOptions, Validator};
use notice::check::codes;
use notice::policy::{Place, RegisterId, RoleId, UseId};
use notice::{Diagnostic, Policy};
use serde_json::Value;

/// Largest size of a compiled pattern: threats 4.10.
const PATTERN_BYTES_MAX: usize = 1024 * 1024;

/// Why a schema cannot be used; the server does not start with one.
#[derive(Debug, thiserror::Error)]
pub enum BadForm {
    /// It is not a JSON Schema 2020-12 that stands alone.
    #[error("`{path}` of register `{register}` is no JSON Schema 2020-12: {problem}")]
    NotASchema {
        /// The register.
        register: String,
        /// The file.
        path: String,
        /// What does not fit.
        problem: String,
        /// Where in the file, as a pointer.
        at: String,
    },
}

impl BadForm {
    /// The same as a finding of the compiler.
    #[must_use]
    pub fn finding(&self) -> Diagnostic {
        let Self::NotASchema { path, problem, at, .. } = self;
        let place = Place { file: path.as_str().into(), span: 0..0 };
        Diagnostic::new(codes::no_json_schema(problem, at), place)
    }
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

/// What part a role has in registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It works with entries about others.
    Others,
    /// It sees its own.
    Oneself,
}

/// Every register of the notices that has a schema.
#[derive(Debug, Default)]
pub struct Forms(Vec<Form>);

impl Forms {
    /// Reads the schemas of the notices. The compiler has held them to what the notice declares and to a bounded cost.
    ///
    /// # Errors
    /// [`BadForm`] names the register and the file.
    pub fn load(policy: &Policy) -> Result<Self, BadForm> {
        let mut forms = Vec::new();
        for (id, register) in policy.register_ids() {
            let Some(file) = &register.schema else { continue };
            let name = &register.said.id;
            let (schema, validator) = compile(&file.text).map_err(|(problem, at)| BadForm::NotASchema {
                register: name.clone(),
                path: file.path.clone(),
                problem,
                at,
            })?;
            let covering = policy.use_ids().filter(|(_, used)| used.of.iter().any(|of| of.register == id));
            let uses = covering.map(|(id, used)| (id, for_good(&used.said.id))).collect();
            forms.push(Form { name: for_good(name), id, schema, validator, uses });
        }
        Ok(Self(forms))
    }

    /// The register of a full name, such as `members.member`.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Form> {
        self.0.iter().find(|form| form.name == name)
    }

    /// Whether a role has a part in one of them: to work with others' entries, or only to see its own.
    #[must_use]
    pub fn standing(&self, policy: &Policy, role: RoleId) -> Option<Standing> {
        let mine: Vec<UseId> = policy.uses_of(role).collect();
        let uses = self.0.iter().flat_map(|form| &form.uses).filter(|(id, _)| mine.contains(id));
        let mut found: Vec<_> = uses.filter_map(|(id, _)| policy.use_(*id)).collect();
        found.retain(|used| !used.may.is_empty());
        if found.is_empty() {
            return None;
        }
        let own = found.iter().all(|used| super::uses::asks_for_self(&used.when));
        Some(if own { Standing::Oneself } else { Standing::Others })
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

fn compile(text: &str) -> Result<(Value, Validator), (String, String)> {
    let whole = || "#".to_owned();
    let schema: Value = serde_json::from_str(text).map_err(|problem| (problem.to_string(), whole()))?;
    if !schema.is_object() {
        return Err(("it is no object".to_owned(), whole()));
    }
    // Patterns without going back: the time of a check grows with the text and no faster. Nothing is fetched.
    let validator = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false)
        .with_pattern_options(PatternOptions::regex().size_limit(PATTERN_BYTES_MAX))
        .offline()
        .build(&schema)
        .map_err(|problem| (problem.to_string(), format!("#{}", problem.instance_path().as_str())))?;
    Ok((schema, validator))
}

/// A name of the notices lives as long as the process that read them: they are read once, at the start.
fn for_good(name: &str) -> &'static str {
    Box::leak(name.to_owned().into_boxed_str())
}
