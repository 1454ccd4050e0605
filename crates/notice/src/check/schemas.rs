//! The forms of entries: JSON Schemas beside the notices, held to what the notice says is kept and to a cost that is bounded.
//!
//! Invariant: a form that passes refers to nothing outside itself, and checking an entry against it takes a bounded
//! number of steps. Threat T25.

mod cost;

use serde_json::{Map, Value};

use super::{Check, codes};
use crate::diagnostic::Diagnostic;
use crate::policy::{Class, Place};
use crate::source::SourceFile;
use crate::written::{Field, Notice, Register};

/// Largest form in bytes.
const FORM_MAX_BYTES: usize = 256 * 1024;
/// Up to so many characters a text is a name, an address or a number; above it anything may be written there.
const SHORT_TEXT_MAX: u64 = 200;

/// Holds every form to the notice that names it.
pub(super) fn check(check: &Check<'_>, files: &[SourceFile]) {
    for notice in &check.corpus.notices {
        for register in &notice.registers {
            let Some(name) = &register.schema else { continue };
            let path = beside(&register.said.place.file, name);
            match files.iter().find(|file| file.path == path) {
                // The same form may be named by every register.
                Some(file) if !check.steps.spend(file.text.len()) => return,
                Some(file) => form(check, notice, register, file),
                None => check.tell(codes::form_missing(&path, &register.said.id), &register.said.place),
            }
        }
    }
}

/// The path of a file that lies in the folder of another.
pub(crate) fn beside(file: &str, name: &str) -> String {
    match file.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}

fn form(check: &Check<'_>, notice: &Notice, register: &Register, file: &SourceFile) {
    let tell = |message, at: &str| check.tell(message, &place(file, at));
    if file.text.len() > FORM_MAX_BYTES {
        return tell(codes::form_too_large(&file.text.len(), &FORM_MAX_BYTES), "");
    }
    let schema = match serde_json::from_str::<Value>(&file.text) {
        Ok(Value::Object(schema)) => schema,
        Ok(_) => return tell(codes::form_no_object(), ""),
        Err(problem) => {
            let start = line_start(&file.text, problem.line());
            let place = Place { file: file.path.as_str().into(), span: start..start };
            let message = codes::form_not_json(&problem, &problem.line(), &problem.column());
            return check.tell(message, &place);
        }
    };
    if let Err(wrong) = cost::weigh(&schema) {
        return match wrong {
            cost::Wrong::Refers(to) => tell(codes::form_refers(&to), &to),
            cost::Wrong::Word(word) => tell(codes::form_shifts(&word), &word),
            cost::Wrong::Circle(at) => tell(codes::form_circle(&at), &at),
            cost::Wrong::Deep => tell(codes::form_too_deep(&cost::DEPTH_MAX), ""),
            cost::Wrong::Many => tell(codes::form_too_many_steps(&cost::STEPS_MAX), ""),
            cost::Wrong::Pattern(at) => tell(codes::form_long_pattern(&cost::PATTERN_MAX), &at),
        };
    }
    let none = Map::new();
    let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
    for name in properties.keys() {
        if !register.fields.iter().any(|field| field.name.text == *name) {
            tell(codes::form_field(name, &register.said.id), name);
        }
    }
    free_texts(check, notice, register, &schema, properties);
}

/// Where anything may be written, the most sensitive of what the purpose handles will be.
fn free_texts(
    check: &Check<'_>,
    notice: &Notice,
    register: &Register,
    schema: &Map<String, Value>,
    properties: &Map<String, Value>,
) {
    let Some((sensitive, because)) = most_sensitive(check, notice, register) else { return };
    for field in &register.fields {
        let asked = properties.get(&field.name.text);
        let is_free = match asked {
            Some(asked) => is_free_text(schema, asked, 0),
            None => is_open(schema) || parts(schema).any(|part| is_free_text(schema, part, 0)),
        };
        if !is_free || field.class.is_none_or(is_sensitive) {
            continue;
        }
        let name = &field.name.text;
        let class = codes::class_of_text(sensitive);
        let finding = Diagnostic::new(codes::free_text(name, &class), field.name.place.clone());
        let finding = finding.help(codes::declare_free_text(name, &class.en, &SHORT_TEXT_MAX));
        let label = codes::handled_for_the_same_purpose();
        check.say(finding.second(because.name.place.clone(), label));
    }
}

/// The first field of a sensitive class in any register that serves one of the same purposes.
fn most_sensitive<'a>(check: &Check<'a>, notice: &Notice, register: &Register) -> Option<(Class, &'a Field)> {
    let mine: Vec<_> = register.purposes.iter().filter_map(|word| check.purpose(notice, word)).collect();
    let serves = |of: &Notice, other: &Register| {
        check.steps.spend(other.purposes.len() * (4 + mine.len()))
            && other.purposes.iter().filter_map(|word| check.purpose(of, word)).any(|one| mine.contains(&one))
    };
    let registers = check.corpus.notices.iter().flat_map(|of| of.registers.iter().map(move |one| (of, one)));
    let mut fields = registers.filter(|(of, one)| serves(of, one)).flat_map(|(_, one)| &one.fields);
    fields.find_map(|field| field.class.filter(|class| is_sensitive(*class)).map(|class| (class, field)))
}

const fn is_sensitive(class: Class) -> bool {
    match class {
        Class::Health | Class::Special | Class::Criminal => true,
        Class::Ordinary | Class::Cpr => false,
    }
}

/// Whether a form lets in what it does not name.
fn is_open(object: &Map<String, Value>) -> bool {
    let shut = |word: &str| object.get(word).and_then(Value::as_bool) == Some(false);
    !shut("additionalProperties") && !shut("unevaluatedProperties")
}

/// What a part holds that is not named by itself: entries of a list, and properties by their pattern.
fn parts(of: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    let all = ["items", "additionalProperties", "unevaluatedItems", "unevaluatedProperties", "contains"];
    let lists = of.get("prefixItems").and_then(Value::as_array).into_iter().flatten();
    let tables = of.get("patternProperties").and_then(Value::as_object).into_iter().flat_map(Map::values);
    all.into_iter().filter_map(move |word| of.get(word)).chain(lists).chain(tables)
}

/// Whether a list takes entries that nothing is said of.
fn is_endless(list: &Map<String, Value>) -> bool {
    let told = list.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
    let most = list.get("maxItems").and_then(Value::as_u64);
    let is_full = most.is_some_and(|most| most <= u64::try_from(told).unwrap_or(u64::MAX));
    !list.contains_key("items") && !list.contains_key("unevaluatedItems") && !is_full
}

/// Whether people may write there what they like: a text without choices, without a shape, and longer than a name.
fn is_free_text(schema: &Map<String, Value>, asked: &Value, depth: usize) -> bool {
    // What lies too deep to be followed may be anything.
    if depth > cost::DEPTH_MAX {
        return true;
    }
    let Some(asked) = asked.as_object() else {
        // `true` lets everything in.
        return asked.as_bool() == Some(true);
    };
    let below = |value: &Value| is_free_text(schema, value, depth + 1);
    let within = asked.get("properties").and_then(Value::as_object);
    if let Some(target) = asked.get("$ref").and_then(Value::as_str).and_then(|to| cost::find(schema, to)) {
        return below(target);
    }
    if parts(asked).any(below) || within.is_some_and(|all| all.values().any(below)) {
        return true;
    }
    for word in ["anyOf", "oneOf"] {
        if let Some(ways) = asked.get(word).and_then(Value::as_array) {
            return ways.iter().any(below);
        }
    }
    if ["enum", "const", "pattern", "format"].iter().any(|word| asked.contains_key(*word)) {
        return false;
    }
    let is = |wanted: &str| match asked.get("type") {
        Some(Value::String(kind)) => kind == wanted,
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == wanted),
        // Without a type everything is let in.
        _ => true,
    };
    let is_long = asked.get("maxLength").and_then(Value::as_u64).is_none_or(|most| most > SHORT_TEXT_MAX);
    (is("string") && is_long) || (is("object") && is_open(asked)) || (is("array") && is_endless(asked))
}

/// Where a word stands in a form for the first time, in quotation marks; the beginning if nowhere.
fn place(file: &SourceFile, word: &str) -> Place {
    let quoted = format!("\"{word}\"");
    let start = if word.is_empty() { None } else { file.text.find(&quoted) };
    let span = start.map_or(0..0, |start| start..start + quoted.len());
    Place { file: file.path.as_str().into(), span }
}

fn line_start(text: &str, line: usize) -> usize {
    let before = text.split_inclusive('\n').take(line.saturating_sub(1));
    before.map(str::len).sum::<usize>().min(text.len())
}
