//! The schema: what ships validates, and what it refuses the parser refuses too.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{findings, sections};
use crate::Lang;
use crate::check::codes;
use crate::diagnostic::Severity;
use crate::editor::grammar::Shape;
use crate::editor::schema;

fn validator() -> jsonschema::Validator {
    jsonschema::draft202012::options().build(&schema(Lang::En)).unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(text: &str) -> Value {
    serde_json::to_value(text.parse::<toml::Table>().unwrap()).unwrap()
}

fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    found.sort();
    assert!(!found.is_empty());
    found
}

#[track_caller]
fn accepts(validator: &jsonschema::Validator, name: &str, text: &str) {
    let value = read(text);
    let errors: Vec<String> =
        validator.iter_errors(&value).map(|it| format!("{}: {it}", it.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

#[test]
fn the_schema_is_a_schema_in_both_languages() {
    for lang in Lang::ALL {
        let schema = schema(lang);
        jsonschema::draft202012::meta::validate(&schema).unwrap();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    }
}

#[test]
fn every_shipped_notice_is_valid() {
    let validator = validator();
    for path in toml_files(&root().join("notices"))
        .into_iter()
        .chain(toml_files(&root().join("fixtures/notices/base")))
    {
        accepts(&validator, &path.display().to_string(), &fs::read_to_string(&path).unwrap());
    }
}

#[test]
fn every_good_case_is_valid() {
    let validator = validator();
    for entry in fs::read_dir(root().join("fixtures/notices/good")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let (input, _) = text.split_once("== expected\n").unwrap();
        for part in input.split("\n== ").skip(1) {
            let (header, body) = part.split_once('\n').unwrap_or((part, ""));
            let is_whole = header != "base" && !header.starts_with("change ");
            if is_whole && !header.ends_with(".json") {
                accepts(&validator, &format!("{} {header}", path.display()), body);
            }
        }
    }
}

#[test]
fn an_unknown_key_is_refused_by_schema_and_compiler_in_every_section() {
    let validator = validator();
    for (section, form) in sections() {
        let text = form.replace('%', "no-such-key = 1");
        assert!(findings(&text).iter().any(|it| *it.code == codes::UNKNOWN_KEY), "{}", section.name);
        let value = read(&text);
        let told = validator.iter_errors(&value).any(|error| error.to_string().contains("no-such-key"));
        assert!(told, "the schema lets `no-such-key` into `{}`", section.name);
    }
}

/// A value of every kind that TOML has, for each key of each section: the schema refuses only what the parser refuses.
#[test]
fn what_the_schema_refuses_the_compiler_refuses() {
    let schema = validator();
    let values = [
        "1",
        "7",
        "1.5",
        "true",
        "\"\"",
        "\" \"",
        "\"å ß\"",
        "\"x\"",
        "[]",
        "[1]",
        "[\"\"]",
        "[\"x\", 2]",
        "{}",
        "{ a = 1 }",
        "[{}]",
        "1979-05-27",
    ];
    for (section, form) in sections() {
        for key in section.keys {
            for value in values {
                let text = form.replace('%', &format!("{} = {value}", key.name));
                let Ok(table) = text.parse::<toml::Table>() else { continue };
                let json = serde_json::to_value(table).unwrap();
                let refused = schema
                    .iter_errors(&json)
                    .any(|error| error.instance_path().to_string().split('/').any(|part| part == key.name));
                let found = findings(&text);
                let errors = found.iter().any(|it| it.severity == Severity::Error);
                assert!(!refused || errors, "only the schema refuses {text}");
                let wrong = found.iter().any(|it| {
                    *it.code == codes::WRONG_KIND && it.sentence.en.starts_with(&format!("`{}`", key.name))
                });
                assert!(!wrong || refused, "the schema lets {text} pass, the parser does not: {found:?}");
            }
        }
    }
}

#[test]
fn the_schema_refuses_what_has_a_form_of_its_own() {
    let schema = validator();
    let notice = |line: &str| {
        read(&format!(
            "[notice]\nid = \"x\"\ncontroller = \"b\"\ntitle = {{ da = \"X\", en = \"X\" }}\n{line}\n"
        ))
    };
    assert!(schema.is_valid(&notice("valid = \"2024-01-01..\"\nlaws = [\"gdpr:6(1)(e)\"]")));
    for line in [
        "valid = \"2024\"",
        "valid = \"..\"",
        "laws = [\"gdpr\"]",
        "states = \"f-1\"",
        "says = { da = \"x\" }",
    ] {
        assert!(!schema.is_valid(&notice(line)), "{line}");
    }
    assert!(!schema.is_valid(&json!({ "language": 2 })));
    assert!(!schema.is_valid(&json!({ "use": [] })), "a use needs its notice");
    let keep = |line: &str| {
        let mut notice = notice("");
        notice["register"] = json!({ "a": { "title": { "da": "x", "en": "x" }, "about": "p", "purpose": ["q"],
            "fields": { "f": { "class": "ordinary", "da": "x", "en": "x" } }, "keep": line } });
        notice
    };
    assert!(schema.is_valid(&keep("erase at made + P1Y")));
    assert!(!schema.is_valid(&keep("delete when done")));
}

#[test]
fn a_section_that_editors_complete_has_a_description() {
    for (section, _) in sections() {
        for key in section.keys.iter().filter(|key| matches!(key.shape, Shape::Table(_) | Shape::Named(..))) {
            assert!(!key.says.en.is_empty());
        }
    }
}
