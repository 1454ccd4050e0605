//! What checking an entry against a form costs: every part counted as often as references lead to it.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// Deepest nesting, references followed.
pub(super) const DEPTH_MAX: usize = 32;
/// Most parts of a form, each counted as often as references lead to it.
pub(super) const STEPS_MAX: u64 = 5_000;
/// Longest pattern in bytes.
pub(super) const PATTERN_MAX: usize = 1_000;

/// Words by which a form would mean something else than stands in it.
const SHIFTING: [&str; 5] = ["$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveRef"];

/// Why a form is refused.
pub(super) enum Wrong {
    /// A reference that leads out of the form or nowhere.
    Refers(String),
    /// A word that shifts what references mean.
    Word(String),
    /// A part that contains itself.
    Circle(String),
    /// Too deep.
    Deep,
    /// Too many steps.
    Many,
    /// A pattern that is too long, at this word.
    Pattern(String),
}

/// Counts the steps of a form.
pub(super) fn weigh(schema: &Map<String, Value>) -> Result<(), Wrong> {
    Scale { schema, known: HashMap::new() }.object(schema, 0).map(|_| ())
}

/// What a part costs.
#[derive(Clone, Copy)]
struct Weight {
    steps: u64,
    /// How many levels lie below it, references followed.
    levels: usize,
}

impl Weight {
    const NOTHING: Self = Self { steps: 0, levels: 0 };
    /// A part with nothing in it yet.
    const PART: Self = Self { steps: 1, levels: 0 };

    /// With one more part a level below.
    fn with(self, part: Self) -> Result<Self, Wrong> {
        let steps = self.steps.saturating_add(part.steps);
        if steps > STEPS_MAX {
            return Err(Wrong::Many);
        }
        Ok(Self { steps, levels: self.levels.max(part.levels + 1) })
    }
}

/// The part of a form that a reference names.
pub(super) fn find<'a>(schema: &'a Map<String, Value>, to: &str) -> Option<&'a Value> {
    let mut steps = to.strip_prefix("#/")?.split('/');
    let unescaped = |step: &str| step.replace("~1", "/").replace("~0", "~");
    let mut at = schema.get(&unescaped(steps.next()?))?;
    for step in steps {
        at = match at {
            Value::Object(object) => object.get(&unescaped(step))?,
            Value::Array(list) => list.get(step.parse::<usize>().ok()?)?,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
        };
    }
    Some(at)
}

struct Scale<'a> {
    schema: &'a Map<String, Value>,
    /// What each part costs that a reference led to; nothing while it is being counted.
    known: HashMap<&'a str, Option<Weight>>,
}

impl<'a> Scale<'a> {
    fn object(&mut self, object: &'a Map<String, Value>, depth: usize) -> Result<Weight, Wrong> {
        let mut all = Weight::PART;
        for (key, value) in object {
            if SHIFTING.contains(&key.as_str()) && depth > 0 || key == "$dynamicRef" {
                return Err(Wrong::Word(key.clone()));
            }
            let part = match (key.as_str(), value) {
                ("$ref", Value::String(to)) => self.reference(to, depth + 1)?,
                ("pattern", Value::String(pattern)) if pattern.len() > PATTERN_MAX => {
                    return Err(Wrong::Pattern(key.clone()));
                }
                ("patternProperties", Value::Object(named))
                    if named.keys().any(|key| key.len() > PATTERN_MAX) =>
                {
                    return Err(Wrong::Pattern(key.clone()));
                }
                _ => self.value(value, depth + 1)?,
            };
            all = all.with(part)?;
        }
        Ok(all)
    }

    fn value(&mut self, value: &'a Value, depth: usize) -> Result<Weight, Wrong> {
        if depth > DEPTH_MAX {
            return Err(Wrong::Deep);
        }
        match value {
            Value::Object(object) => self.object(object, depth),
            Value::Array(list) => {
                let mut all = Weight::PART;
                for value in list {
                    all = all.with(self.value(value, depth + 1)?)?;
                }
                Ok(all)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(Weight::NOTHING),
        }
    }

    fn reference(&mut self, to: &'a str, depth: usize) -> Result<Weight, Wrong> {
        match self.known.get(to) {
            Some(Some(known)) if depth + known.levels > DEPTH_MAX => return Err(Wrong::Deep),
            Some(Some(known)) => return Ok(*known),
            Some(None) => return Err(Wrong::Circle(to.to_owned())),
            None => {}
        }
        if to == "#" {
            return Err(Wrong::Circle(to.to_owned()));
        }
        let target = find(self.schema, to).ok_or_else(|| Wrong::Refers(to.to_owned()))?;
        self.known.insert(to, None);
        let weight = self.value(target, depth)?;
        self.known.insert(to, Some(weight));
        Ok(weight)
    }
}
