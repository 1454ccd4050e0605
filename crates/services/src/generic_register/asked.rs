//! What a form asks for, field by field, so that a page can ask it: kind, choices, limits, whether it must be there, help.
//!
//! A property may say its help in both languages (`"x-text": { "da": …, "en": … }`), and so may a choice of `oneOf`;
//! without it `description` and `title` are used as they stand.

use notice::policy::FieldMask;
use notice::{Bilingual, Policy};
use register::Content;
use serde_json::{Map, Value};

use super::{Form, Wanted, fit, uses};
use crate::words::same;
use crate::{Call, Problem};

/// A text up to so many characters is asked for on one line.
const LINE_CHARACTERS: u64 = 200;
/// Deepest group of fields within a field.
const DEPTH_MAX: usize = 3;
/// Most rows that a page asks for.
const ROWS_MAX: u64 = 50;
/// Most parts of a row; more is no row that a person fills in.
const PARTS_MAX: usize = 12;

/// One field of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Where it stands in the content: `["address", "street"]`.
    pub path: Vec<String>,
    /// What the notice calls it.
    pub title: Bilingual,
    /// Help for whoever fills it in; empty if there is none.
    pub help: Bilingual,
    /// Whether it must be filled in.
    pub need: Need,
    /// What it takes.
    pub kind: Kind,
}

/// Whether a field must be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It must.
    Required,
    /// It may be left out.
    Optional,
}

/// What a field takes.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A text of at most so many characters, on a line or on several.
    Text {
        /// Most characters.
        characters_max: Option<u64>,
        /// How much room it needs.
        room: Room,
    },
    /// A calendar day.
    Day,
    /// A number within limits.
    Number {
        /// Whether only whole numbers fit.
        parts: Parts,
        /// The smallest.
        least: Option<String>,
        /// The largest.
        most: Option<String>,
    },
    /// Yes or no.
    YesNo,
    /// One of these.
    OneOf(Vec<Choice>),
    /// Any of these.
    AnyOf(Vec<Choice>),
    /// Texts, one on a line.
    Lines,
    /// Several of the same kind, each with these parts: a row each.
    Rows {
        /// The parts of a row; their paths begin in the row.
        parts: Vec<Asked>,
        /// Most rows.
        most: usize,
    },
    /// Something that only a program can fill in; it stays as it is.
    ByProgram,
}

/// How much room a text needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// A line.
    Line,
    /// Several lines.
    Lines,
}

/// Whether a number may have decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parts {
    /// Only whole ones.
    Whole,
    /// Decimals too.
    Decimals,
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What is kept.
    pub value: Value,
    /// What is read.
    pub title: Bilingual,
}

/// For what a form is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// A new entry.
    Adding,
    /// A correction.
    Correcting,
    /// To be read, in a list or on its own.
    Seeing,
}

/// The fields that the caller's role may fill in or see, in the order of the notice.
#[must_use]
pub fn asked(at: &Call<'_>, form: &Form, what: For) -> Vec<Asked> {
    mask(at, form, what).map_or_else(Vec::new, |mask| of(at.register.policy(), form, mask))
}

/// What of some content does not fit, before it is sent: so that a page tells it beside what cannot even be read.
#[must_use]
pub fn misfits(at: &Call<'_>, form: &Form, what: For, content: &Content) -> Vec<Problem> {
    let mask = mask(at, form, what);
    mask.map_or_else(Vec::new, |mask| fit::problems(at.register.policy(), form, mask, content))
}

/// The fields that the first fitting use of the caller's role covers.
fn mask(at: &Call<'_>, form: &Form, what: For) -> Option<FieldMask> {
    let wanted = match what {
        For::Adding => [Wanted::Create].as_slice(),
        For::Correcting => &[Wanted::Correct],
        For::Seeing => &[Wanted::Search, Wanted::Read, Wanted::Own],
    };
    let policy = at.register.policy();
    let used = wanted.iter().find_map(|wanted| {
        let name = uses::in_role(at, form, *wanted).next()?;
        policy.use_id(name).and_then(|id| policy.use_(id))
    })?;
    used.of.iter().find(|of| of.register == form.id()).map(|scope| scope.fields)
}

/// The fields of a form that a mask covers.
pub(super) fn of(policy: &Policy, form: &Form, mask: FieldMask) -> Vec<Asked> {
    let Some(register) = policy.register(form.id()) else { return Vec::new() };
    let root = form.schema().as_object();
    let none = Map::new();
    let sketch = Sketch { root: root.unwrap_or(&none) };
    let properties = sketch.root.get("properties").and_then(Value::as_object).unwrap_or(&none);
    let mut all = Vec::new();
    for field in &register.fields {
        let covered = policy.field_id(form.id(), &field.name).is_some_and(|id| mask.contains(id));
        if let Some(property) = properties.get(&field.name).filter(|_| covered) {
            let path = vec![field.name.clone()];
            sketch.field(path, &field.title, sketch.need(sketch.root, &field.name), property, &mut all);
        }
    }
    all
}

/// The value at a path of some content.
#[must_use]
pub fn value_at<'a>(content: &'a Content, path: &[String]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(content.get(first)?, |at, step| match at.as_array() {
        Some(rows) => rows.get(step.parse::<usize>().ok()?),
        None => at.get(step),
    })
}

struct Sketch<'a> {
    root: &'a Map<String, Value>,
}

impl<'a> Sketch<'a> {
    fn field(
        &self,
        path: Vec<String>,
        title: &Bilingual,
        need: Need,
        property: &'a Value,
        into: &mut Vec<Asked>,
    ) {
        let Some(property) = self.resolved(property) else { return };
        let parts = property.get("properties").and_then(Value::as_object);
        if let Some(parts) = parts.filter(|_| path.len() < DEPTH_MAX) {
            for (name, part) in parts {
                let own = self.resolved(part).map(|part| texts(part, "title")).unwrap_or_default();
                let own = if own.en.is_empty() { same(name.clone()) } else { own };
                let title = Bilingual {
                    da: format!("{}: {}", title.da, own.da),
                    en: format!("{}: {}", title.en, own.en),
                };
                let mut inner = path.clone();
                inner.push(name.clone());
                // A part of something that may be left out may be left out with it.
                let need = match need {
                    Need::Required => self.need(property, name),
                    Need::Optional => Need::Optional,
                };
                self.field(inner, &title, need, part, into);
            }
            return;
        }
        let kind = self.kind(property);
        let help = texts(property, "description");
        // What a part is called already is no help beside it.
        let is_told = title.da.ends_with(&help.da) && title.en.ends_with(&help.en);
        let help = if is_told { Bilingual::default() } else { help };
        into.push(Asked { path, title: title.clone(), help, need, kind });
    }

    fn need(&self, object: &Map<String, Value>, name: &str) -> Need {
        let required = object.get("required").and_then(Value::as_array);
        let is = required.is_some_and(|all| all.iter().any(|one| one == name));
        if is { Need::Required } else { Need::Optional }
    }

    /// The part that a reference names. The compiler has seen that references end.
    fn resolved(&self, value: &'a Value) -> Option<&'a Map<String, Value>> {
        let mut at = value.as_object()?;
        for _ in 0..32 {
            let Some(to) = at.get("$ref").and_then(Value::as_str) else { return Some(at) };
            let mut steps = to.strip_prefix("#/")?.split('/');
            let first = self.root.get(steps.next()?)?;
            let target =
                steps.try_fold(first, |at, step| at.get(step.replace("~1", "/").replace("~0", "~")))?;
            at = target.as_object()?;
        }
        None
    }

    fn kind(&self, property: &'a Map<String, Value>) -> Kind {
        if let Some(choices) = self.choices(property) {
            return Kind::OneOf(choices);
        }
        let word = |key: &str| property.get(key).and_then(Value::as_str);
        match word("type") {
            Some("boolean") => Kind::YesNo,
            Some(kind @ ("integer" | "number")) => Kind::Number {
                parts: if kind == "integer" { Parts::Whole } else { Parts::Decimals },
                least: property.get("minimum").map(ToString::to_string),
                most: property.get("maximum").map(ToString::to_string),
            },
            Some("string") if word("format") == Some("date") => Kind::Day,
            Some("string") => {
                let most = property.get("maxLength").and_then(Value::as_u64);
                let short = most.is_some_and(|most| most <= LINE_CHARACTERS)
                    || property.contains_key("format")
                    || property.contains_key("pattern");
                Kind::Text { characters_max: most, room: if short { Room::Line } else { Room::Lines } }
            }
            Some("array") => {
                let Some(items) = property.get("items").and_then(|items| self.resolved(items)) else {
                    return Kind::ByProgram;
                };
                match self.choices(items) {
                    Some(choices) => Kind::AnyOf(choices),
                    None if items.get("type").and_then(Value::as_str) == Some("string") => Kind::Lines,
                    None => self.rows(property, items).unwrap_or(Kind::ByProgram),
                }
            }
            Some(_) | None => Kind::ByProgram,
        }
    }

    /// The rows of a list, if a person can fill in every part of one.
    fn rows(&self, list: &Map<String, Value>, row: &'a Map<String, Value>) -> Option<Kind> {
        let mut parts = Vec::new();
        for (name, part) in row.get("properties")?.as_object()? {
            let own = self.resolved(part).map(|part| texts(part, "title")).unwrap_or_default();
            let title = if own.en.is_empty() { same(name.clone()) } else { own };
            self.field(vec![name.clone()], &title, self.need(row, name), part, &mut parts);
        }
        let by_hand = |part: &Asked| !matches!(part.kind, Kind::ByProgram | Kind::Rows { .. });
        let most = list.get("maxItems").and_then(Value::as_u64).map_or(ROWS_MAX, |most| most.min(ROWS_MAX));
        let fits = (1..=PARTS_MAX).contains(&parts.len()) && parts.iter().all(by_hand);
        fits.then_some(Kind::Rows { parts, most: usize::try_from(most).unwrap_or(0) })
    }

    /// `enum`, or `oneOf` with a `const` in each.
    fn choices(&self, property: &'a Map<String, Value>) -> Option<Vec<Choice>> {
        if let Some(values) = property.get("enum").and_then(Value::as_array) {
            let titles = property.get("x-choices").and_then(Value::as_object);
            let choice = |value: &Value| {
                let said = value.as_str().and_then(|word| titles?.get(word)?.as_object());
                let title = said.map_or_else(|| same(plain(value)), both);
                Choice { value: value.clone(), title }
            };
            return Some(values.iter().map(choice).collect());
        }
        let ways = property.get("oneOf").and_then(Value::as_array)?;
        let choice = |way: &'a Value| {
            let way = self.resolved(way)?;
            let value = way.get("const")?.clone();
            let said = texts(way, "title");
            let title = if said.en.is_empty() { same(plain(&value)) } else { said };
            Some(Choice { value, title })
        };
        ways.iter().map(choice).collect()
    }
}

/// What `x-text` says in both languages, or else what a word of JSON Schema says in one.
fn texts(property: &Map<String, Value>, word: &str) -> Bilingual {
    match property.get("x-text").and_then(Value::as_object) {
        Some(said) => both(said),
        None => same(property.get(word).and_then(Value::as_str).unwrap_or_default()),
    }
}

fn both(said: &Map<String, Value>) -> Bilingual {
    let of = |lang: &str| said.get(lang).and_then(Value::as_str).unwrap_or_default().to_owned();
    Bilingual { da: of("da"), en: of("en") }
}

/// A value as people read it.
#[must_use]
pub fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(plain).collect::<Vec<_>>().join(", "),
    }
}
