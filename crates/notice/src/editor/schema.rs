//! The JSON Schema of notice files, printed from the table of the language, for editors that know TOML and schemas.
//!
//! A schema knows one file and no names of others: what it lets pass may still be refused by the compiler, and what it
//! refuses the compiler refuses too.

use serde_json::{Map, Value, json};

use super::grammar::{BILINGUAL, FILE, Key, Kind, Need, Section, Shape};
use crate::clock;
use crate::text::Lang;
use crate::written::FIELDS_MAX;

/// The address under which a schema is known; nothing is fetched from it.
const ADDRESS: &str = "urn:hjemmel:notice:1";
const ID: &str = "^[a-z]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*$";
const ID_MAX: usize = 80;

/// The JSON Schema (2020-12) of a notice file, with descriptions in one language.
#[must_use]
pub fn schema(lang: Lang) -> Value {
    let mut definitions = Map::new();
    plain(&mut definitions);
    section(&FILE, lang, &mut definitions);
    section(&BILINGUAL, lang, &mut definitions);
    let mut whole = Map::new();
    whole.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    whole.insert("$id".to_owned(), json!(ADDRESS));
    whole.insert(
        "title".to_owned(),
        json!(match lang {
            Lang::Da => "Hjemmel: privatlivserklæring",
            Lang::En => "Hjemmel: privacy notice",
        }),
    );
    if let Some(Value::Object(file)) = definitions.remove(FILE.name) {
        whole.extend(file);
    }
    whole.insert("dependentRequired".to_owned(), belonging());
    whole.insert("$defs".to_owned(), Value::Object(definitions));
    Value::Object(whole)
}

/// What belongs to a notice needs one in its file.
fn belonging() -> Value {
    let mut rows = Map::new();
    let own = FILE.keys.iter().filter(|key| match key.shape {
        Shape::Named(kind, _) => kind.belongs_to_a_notice(),
        Shape::List(_) => true,
        _shared => false,
    });
    for key in own {
        rows.insert(key.name.to_owned(), json!(["notice"]));
    }
    Value::Object(rows)
}

/// Forms that many keys have.
fn plain(definitions: &mut Map<String, Value>) {
    let text = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    let forms = [
        ("text", text(r"\S")),
        ("id", json!({ "type": "string", "pattern": ID, "maxLength": ID_MAX })),
        ("citation", text("^[a-z][a-z0-9.-]*:.+$")),
        ("rule", text("^[A-Z]+-[0-9A-Za-z]+$")),
        ("country", text("^[A-Z]{2}$")),
        ("period", text(r"^(\d{4}-\d{2}-\d{2}\.\.(\d{4}-\d{2}-\d{2})?|\.\.\d{4}-\d{2}-\d{2})$")),
        ("duration", text("^P([0-9]+[YMWD])*(T([0-9]+[HMS])+)?$")),
        ("clock-line", text(&format!(r"^\s*({})\s", clock::Verb::ALL.map(clock::Verb::word).join("|")))),
    ];
    definitions.extend(forms.map(|(name, form)| (name.to_owned(), form)));
}

fn section(section: &'static Section, lang: Lang, definitions: &mut Map<String, Value>) {
    if definitions.contains_key(section.name) {
        return;
    }
    definitions.insert(section.name.to_owned(), Value::Null);
    let mut properties = Map::new();
    for key in section.keys {
        properties.insert(key.name.to_owned(), described(key, lang, definitions));
    }
    let required: Vec<&str> =
        section.keys.iter().filter(|key| key.need == Need::Must).map(|key| key.name).collect();
    let mut form = Map::new();
    form.insert("type".to_owned(), json!("object"));
    form.insert("description".to_owned(), json!(section.says.get(lang)));
    form.insert("properties".to_owned(), Value::Object(properties));
    if !required.is_empty() {
        form.insert("required".to_owned(), json!(required));
    }
    form.insert("additionalProperties".to_owned(), json!(false));
    definitions.insert(section.name.to_owned(), Value::Object(form));
}

fn described(key: &Key, lang: Lang, definitions: &mut Map<String, Value>) -> Value {
    let form = form(key, lang, definitions);
    let mut described = Map::new();
    described.insert("description".to_owned(), json!(key.says.get(lang)));
    if let Value::Object(form) = form {
        described.extend(form);
    }
    Value::Object(described)
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn form(key: &Key, lang: Lang, definitions: &mut Map<String, Value>) -> Value {
    match key.shape {
        // An optional text may be empty; the parser takes no offence.
        Shape::Text if key.need == Need::May => json!({ "type": "string" }),
        Shape::Text => reference("text"),
        Shape::Version => json!({ "const": 1 }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Bilingual => reference(BILINGUAL.name),
        Shape::Period => reference("period"),
        Shape::Duration => reference("duration"),
        Shape::Clock => reference("clock-line"),
        Shape::Answer | Shape::Condition => reference("text"),
        Shape::Country => reference("country"),
        Shape::Id => reference("id"),
        Shape::Rules => some(reference("rule"), key.need),
        Shape::Words => some(json!({ "type": "string" }), key.need),
        Shape::One(words) => json!({ "enum": words.words() }),
        Shape::Many(words) => some(json!({ "enum": words.words() }), key.need),
        Shape::Name(kind) => name(kind),
        Shape::Names(kind) => some(name(kind), key.need),
        Shape::Table(inner) => {
            section(inner, lang, definitions);
            reference(inner.name)
        }
        Shape::Named(kind, inner) => {
            section(inner, lang, definitions);
            named(kind, inner)
        }
        Shape::List(inner) => {
            section(inner, lang, definitions);
            json!({ "type": "array", "items": reference(inner.name) })
        }
    }
}

fn name(kind: Kind) -> Value {
    if kind == Kind::Provision { reference("citation") } else { reference("id") }
}

/// One or several.
fn some(item: Value, need: Need) -> Value {
    let least = usize::from(need == Need::Must);
    json!({ "anyOf": [item, { "type": "array", "items": item, "minItems": least }] })
}

/// Tables by name.
fn named(kind: Kind, inner: &Section) -> Value {
    let mut form = json!({ "type": "object", "additionalProperties": reference(inner.name) });
    let names = match kind {
        Kind::Provision => None,
        Kind::Field => Some(json!({ "pattern": "^[a-z]([a-z0-9-]*[a-z0-9])?$", "maxLength": ID_MAX })),
        _with_parts => Some(json!({ "pattern": ID, "maxLength": ID_MAX })),
    };
    if let Some(form) = form.as_object_mut() {
        form.extend(names.map(|names| ("propertyNames".to_owned(), names)));
        if kind == Kind::Field {
            form.insert("maxProperties".to_owned(), json!(FIELDS_MAX));
        }
    }
    form
}
