//! What was typed into a form made from a schema, read field by field into the content of an entry.

use register::Content;
use serde_json::{Map, Value};
use services::generic_register::{Asked, Kind, Parts, plain, value_at};

use super::super::super::dates;
use super::rows;
use crate::problem::{Code, Problem};

/// What is sent for yes and for no.
pub(super) const YES: &str = "yes";
pub(super) const NO: &str = "no";

/// The name of a field in what is sent; the same as in the problems of the services.
pub(super) fn name(path: &[String]) -> String {
    format!("content.{}", path.join("."))
}

/// Names and values as they were sent.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(transparent)]
pub(in crate::pages) struct Typed(Vec<(String, String)>);

impl Typed {
    /// Adds a value.
    pub(super) fn push(&mut self, name: &str, value: String) {
        self.0.push((name.to_owned(), value));
    }

    /// Keeps the names that are wanted, under the names that they are given.
    pub(super) fn renamed(&mut self, name: impl Fn(&str) -> Option<String>) {
        let all = std::mem::take(&mut self.0);
        self.0 = all.into_iter().filter_map(|(old, value)| Some((name(&old)?, value))).collect();
    }

    /// Names and values.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The first value of a name; empty if there is none.
    pub(super) fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// All values of a name.
    pub(super) fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Refuses names that the form does not have, and two values where it takes one. Threats T13.
    pub(super) fn only(&self, fields: &[Asked], more: &[&str]) -> Result<(), Problem> {
        let fields = &rows::spread(fields, self);
        for (at, (sent, _)) in self.0.iter().enumerate() {
            let field = fields.iter().find(|field| name(&field.path) == *sent);
            match field.map(|field| &field.kind) {
                Some(Kind::AnyOf(_)) => continue,
                Some(Kind::ByProgram) => return Err(Code::UnknownField.into()),
                Some(_) => {}
                None if more.contains(&sent.as_str()) => {}
                None => return Err(Code::UnknownField.into()),
            }
            if self.0.iter().skip(at + 1).any(|(other, _)| other == sent) {
                return Err(Code::Malformed.into());
            }
        }
        Ok(())
    }
}

/// The content that was typed, and what cannot be read: name of the field and key of the text.
pub(super) fn content(
    fields: &[Asked],
    typed: &Typed,
    before: &Content,
) -> (Content, Vec<(String, &'static str)>) {
    let (mut content, mut wrong) = (Content::new(), Vec::new());
    for field in fields {
        let name = name(&field.path);
        let read = match &field.kind {
            Kind::Rows { parts, most } => {
                Ok(rows::read(field, (parts, *most), typed, &mut wrong).map(Value::Array))
            }
            Kind::ByProgram => Ok(value_at(before, &field.path).cloned()),
            kind => value(kind, &typed.all(&name)),
        };
        match read {
            Ok(Some(value)) => put(&mut content, &field.path, value),
            Ok(None) => {}
            Err(key) => wrong.push((name, key)),
        }
    }
    (content, wrong)
}

pub(super) fn value(kind: &Kind, typed: &[&str]) -> Result<Option<Value>, &'static str> {
    let text = typed.first().map_or("", |text| text.trim());
    if let Kind::AnyOf(choices) = kind {
        let all: Option<Vec<Value>> = typed
            .iter()
            .map(|sent| choices.iter().find(|one| plain(&one.value) == **sent).map(|one| one.value.clone()))
            .collect();
        return match all {
            Some(all) if all.is_empty() => Ok(None),
            Some(all) => Ok(Some(all.into())),
            None => Err("registers-problem-choice"),
        };
    }
    if text.is_empty() {
        return Ok(None);
    }
    match kind {
        Kind::Text { .. } => Ok(Some(text.replace("\r\n", "\n").into())),
        Kind::Day => match dates::parse(text) {
            Some(day) => Ok(Some(day.to_string().into())),
            None => Err("registers-problem-day"),
        },
        Kind::Number { parts, .. } => number(*parts, text).map(Some),
        Kind::YesNo => match text {
            YES => Ok(Some(true.into())),
            NO => Ok(Some(false.into())),
            _ => Err("registers-problem-yes-no"),
        },
        Kind::OneOf(choices) => {
            let found = choices.iter().find(|one| plain(&one.value) == text);
            found.map(|one| Some(one.value.clone())).ok_or("registers-problem-choice")
        }
        Kind::Lines => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            Ok(Some(lines.map(Value::from).collect::<Vec<_>>().into()))
        }
        Kind::AnyOf(_) | Kind::Rows { .. } | Kind::ByProgram => Ok(None),
    }
}

/// A number as people write it: with a comma or a point before the decimals.
fn number(parts: Parts, text: &str) -> Result<Value, &'static str> {
    let key = match parts {
        Parts::Whole => "registers-problem-whole",
        Parts::Decimals => "registers-problem-number",
    };
    let plain = text.replace(',', ".");
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let shaped = digits.len() <= 40
        && digits.starts_with(|sign: char| sign.is_ascii_digit())
        && digits.bytes().all(|sign| sign.is_ascii_digit() || sign == b'.');
    let whole = !digits.contains('.');
    if !shaped || (parts == Parts::Whole && !whole) {
        return Err(key);
    }
    if whole {
        return plain.parse::<i64>().map(Value::from).map_err(|_| key);
    }
    let number = plain.parse::<f64>().ok().and_then(serde_json::Number::from_f64);
    number.map(Value::Number).ok_or(key)
}

/// Puts a value at its path, with the groups on the way.
pub(super) fn put(content: &mut Content, path: &[String], value: Value) {
    let Some((first, rest)) = path.split_first() else { return };
    if rest.is_empty() {
        content.insert(first.clone(), value);
        return;
    }
    let group = content.entry(first.clone()).or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(group) = group {
        put(group, rest, value);
    }
}

#[cfg(test)]
mod tests {
    use notice::Bilingual;
    use serde_json::json;
    use services::generic_register::{Choice, Need, Room};

    use super::*;

    fn field(path: &[&str], kind: Kind) -> Asked {
        Asked {
            path: path.iter().map(|step| (*step).to_owned()).collect(),
            title: Bilingual::default(),
            help: Bilingual::default(),
            need: Need::Optional,
            kind,
        }
    }

    fn fields() -> Vec<Asked> {
        let choice = |value: Value| Choice { value, title: Bilingual::default() };
        vec![
            field(&["name"], Kind::Text { characters_max: None, room: Room::Line }),
            field(&["address", "street"], Kind::Text { characters_max: None, room: Room::Line }),
            field(&["since"], Kind::Day),
            field(&["age"], Kind::Number { parts: Parts::Whole, least: None, most: None }),
            field(&["weight"], Kind::Number { parts: Parts::Decimals, least: None, most: None }),
            field(&["swims"], Kind::YesNo),
            field(&["team"], Kind::OneOf(vec![choice(json!("a")), choice(json!(2))])),
            field(&["days"], Kind::AnyOf(vec![choice(json!("mon")), choice(json!("tue"))])),
            field(&["notes"], Kind::Lines),
            field(&["picture"], Kind::ByProgram),
        ]
    }

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        let mut typed = Typed::default();
        pairs.iter().for_each(|(name, value)| typed.push(name, (*value).to_owned()));
        typed
    }

    #[test]
    fn what_people_type_becomes_what_the_form_asks_for() {
        let typed = typed(&[
            ("content.name", " Anna \u{e6}"),
            ("content.address.street", "Havnen 1"),
            ("content.since", "1. 2. 2026"),
            ("content.age", "12"),
            ("content.weight", "40,5"),
            ("content.swims", "no"),
            ("content.team", "2"),
            ("content.days", "mon"),
            ("content.days", "tue"),
            ("content.notes", "one\r\n\r\n two "),
        ]);
        typed.only(&fields(), &[]).unwrap();
        let before = json!({ "picture": { "kept": true } }).as_object().cloned().unwrap();
        let (content, wrong) = content(&fields(), &typed, &before);
        assert_eq!(wrong, []);
        assert_eq!(
            Value::Object(content),
            json!({
                "name": "Anna \u{e6}", "address": { "street": "Havnen 1" }, "since": "2026-02-01", "age": 12,
                "weight": 40.5, "swims": false, "team": 2, "days": ["mon", "tue"], "notes": ["one", "two"],
                "picture": { "kept": true }
            })
        );
    }

    #[test]
    fn what_cannot_be_read_is_named_and_what_is_empty_is_left_out() {
        for (name, value) in [
            ("content.since", "31-13-2026"),
            ("content.age", "1.5"),
            ("content.age", "1e400"),
            ("content.weight", "1.2.3"),
            ("content.weight", "NaN"),
            ("content.swims", "perhaps"),
            ("content.team", "3"),
            ("content.days", "sun"),
        ] {
            let (content, wrong) = content(&fields(), &typed(&[(name, value)]), &Content::new());
            assert!(content.is_empty(), "{name} {value}");
            assert_eq!(wrong.len(), 1, "{name} {value}");
        }
        let (content, wrong) = content(&fields(), &typed(&[("content.name", "  ")]), &Content::new());
        assert!(content.is_empty() && wrong.is_empty());
    }

    // Threats T13: what the form does not ask for is refused, not dropped.
    #[test]
    fn names_that_the_form_does_not_have_are_refused() {
        for sent in [
            [("content.name", "a"), ("content.secret", "b")],
            [("content.name", "a"), ("content.name", "b")],
            [("content.name", "a"), ("content.picture", "b")],
            [("content.name", "a"), ("role", "secretary")],
        ] {
            assert!(typed(&sent).only(&fields(), &["about"]).is_err(), "{sent:?}");
        }
        assert!(typed(&[("about", "a")]).only(&fields(), &["about"]).is_ok());
    }
}
