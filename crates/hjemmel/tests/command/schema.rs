//! `hjemmel schema`: a schema that editors and validators take.

use std::fs;

use serde_json::Value;

use crate::run::{hjemmel, is_wrong_use, root};

fn valid(schema: &Value, text: &str) -> bool {
    let notice = serde_json::to_value(text.parse::<toml::Table>().unwrap()).unwrap();
    jsonschema::draft202012::options().build(schema).unwrap().is_valid(&notice)
}

#[test]
fn the_schema_takes_the_shipped_notices_and_refuses_a_slip() {
    for lang in ["da", "en"] {
        let said = hjemmel(&["schema", "--lang", lang]);
        assert_eq!((said.code, said.err.as_str()), (0, ""));
        let schema = said.json();
        jsonschema::draft202012::meta::validate(&schema).unwrap();
        let text = fs::read_to_string(root().join("notices/fmk.toml")).unwrap();
        assert!(valid(&schema, &text));
        assert!(!valid(&schema, &text.replace("controller =", "controler =")));
    }
}

#[test]
fn descriptions_are_in_the_language_that_was_asked_for() {
    let keep = |lang| {
        hjemmel(&["schema", "--lang", lang]).json()["$defs"]["register"]["properties"]["keep"]["description"]
            .clone()
    };
    assert!(keep("da").as_str().unwrap().starts_with("Fristen"));
    assert!(keep("en").as_str().unwrap().starts_with("The retention rule"));
    is_wrong_use(&hjemmel(&["schema", "--lang", "xx"]), "xx");
}
