//! A JSON body, read strictly: no duplicate keys, no unknown fields, bounded in depth and size. Threats 4.10.

use std::fmt;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use serde::de::{DeserializeOwned, DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Number, Value};

use crate::app::App;
use crate::problem::{Code, Problem};

const DEPTH_MAX: usize = 32;
const TEXT_BYTES_MAX: usize = 64 * 1024;
const ITEMS_MAX: usize = 10_000;
/// Items of the one list that holds a country's people (rule SS-13).
pub(crate) const LIST_ITEMS_MAX: usize = 500_000;
const DIGITS_MAX: usize = 40;

/// A body of JSON. `T` carries `#[serde(deny_unknown_fields)]`; a test looks for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if kind.and_then(|kind| kind.split(';').next()) != Some("application/json") {
            return Err(Code::UnsupportedMediaType.into());
        }
        let bytes = Bytes::from_request(request, app).await.map_err(|_| Code::TooLarge)?;
        read(&bytes).map(Self)
    }
}

/// Reads a text strictly.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    read_up_to(bytes, ITEMS_MAX)
}

/// Reads a text strictly whose lists hold so many items at most.
pub(crate) fn read_up_to<T: DeserializeOwned>(bytes: &[u8], items_max: usize) -> Result<T, Problem> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = Strict { depth: 0, items_max }.deserialize(&mut deserializer).map_err(|_| Code::Malformed)?;
    deserializer.end().map_err(|_| Code::Malformed)?;
    // A derived reader would take a list for a struct, field by field.
    if !value.is_object() {
        return Err(Code::Malformed.into());
    }
    serde_json::from_value(value).map_err(|error| problem(&error.to_string()))
}

// The library's words may hold what was sent: they decide the code and go no further.
fn problem(words: &str) -> Problem {
    if words.starts_with("unknown field") { Code::UnknownField.into() } else { Code::Malformed.into() }
}

#[derive(Clone, Copy)]
struct Strict {
    depth: usize,
    items_max: usize,
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        if self.depth > DEPTH_MAX {
            return Err(D::Error::custom("too deep"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value).ok_or_else(|| E::custom("not a number"))?;
        if number.to_string().len() > DIGITS_MAX {
            Err(E::custom("too long a number"))
        } else {
            Ok(Value::Number(number))
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        if value.len() > TEXT_BYTES_MAX {
            Err(E::custom("too long a text"))
        } else {
            Ok(Value::String(value.to_owned()))
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element_seed(Self { depth: self.depth + 1, ..self })? {
            if all.len() == self.items_max {
                return Err(A::Error::custom("too many items"));
            }
            all.push(item);
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut all = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            let value = fields.next_value_seed(Self { depth: self.depth + 1, ..self })?;
            if all.len() == ITEMS_MAX || name.len() > TEXT_BYTES_MAX {
                return Err(A::Error::custom("too many fields"));
            }
            if all.insert(name, value).is_some() {
                return Err(A::Error::custom("a field twice"));
            }
        }
        Ok(Value::Object(all))
    }
}

/// A body without fields: `{}`, or nothing at all.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Empty {}

#[cfg(test)]
mod tests {
    use super::*;

    fn code<T: DeserializeOwned + fmt::Debug>(text: &str) -> Code {
        read::<T>(text.as_bytes()).unwrap_err().code
    }

    #[test]
    fn a_field_twice_is_refused_at_any_depth() {
        assert_eq!(code::<Value>(r#"{"a":1,"a":1}"#), Code::Malformed);
        assert_eq!(code::<Value>(r#"{"b":[{"a":1,"a":2}]}"#), Code::Malformed);
    }

    #[test]
    fn a_field_that_nobody_declared_is_refused() {
        assert_eq!(code::<Empty>(r#"{"role":"operator"}"#), Code::UnknownField);
    }

    #[test]
    fn what_is_too_deep_too_long_or_too_many_is_refused() {
        let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        let inside = |levels: usize| format!("{{\"a\":{}}}", deep(levels));
        assert!(read::<Value>(inside(31).as_bytes()).is_ok());
        assert_eq!(code::<Value>(&inside(33)), Code::Malformed);
        assert_eq!(code::<Value>(&inside(100_000)), Code::Malformed);
        assert_eq!(
            code::<Value>(&format!("{{\"a\":\"{}\"}}", "a".repeat(TEXT_BYTES_MAX + 1))),
            Code::Malformed
        );
        assert_eq!(code::<Value>(&format!("{{\"a\":[{}1]}}", "1,".repeat(ITEMS_MAX))), Code::Malformed);
    }

    #[test]
    fn what_follows_the_body_is_refused() {
        assert_eq!(code::<Value>("{} {}"), Code::Malformed);
        assert_eq!(code::<Value>(""), Code::Malformed);
    }
}
