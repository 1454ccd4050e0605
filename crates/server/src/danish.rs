//! What the token of the Danish app says of a test: the claims as its makers specified them, written and read.
//!
//! Whoever reads looks in the order of that app: closed for too many tries, not infected, unknown or over, and only then
//! infected. What is missing or spelt otherwise is never infected.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde_json::{Map, Value, json};

const STATUS: &str = "covid19_status";
/// The specification spells it so once, for a negative test.
const STATUS_MISSPELT: &str = "covid19-status";
const BLOCKED: &str = "covid19_blokeret";
const FROM: &str = "covid19_smitte_start";
const UNTIL: &str = "covid19_smitte_stop";
/// A test says so many days something of whoever was tested.
const DAYS: i64 = 14;
/// A closed token names the limit that it comes of: so many checks in so many hours (rule SS-37).
const LIMIT: (&str, &str) = ("24", "3");

/// What is said of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// It was positive, and keys count from this day.
    Positive(Date),
    /// There is no positive test.
    Negative,
    /// Nobody knows, or it is over.
    Unknown,
    /// It was asked for too often.
    Blocked,
}

impl Said {
    /// The claims that say it. A negative test says nothing else.
    pub(crate) fn claims(self) -> Map<String, Value> {
        let all = match self {
            Self::Positive(from) => {
                let until = from.saturating_add(Span::new().days(DAYS));
                json!({ STATUS: "positiv", BLOCKED: "false", FROM: from.to_string(), UNTIL: until.to_string() })
            }
            Self::Negative => json!({ STATUS: "negativ" }),
            Self::Unknown => json!({ STATUS: "ukendt", BLOCKED: "false" }),
            Self::Blocked => json!({
                STATUS: "ukendt", BLOCKED: "true",
                "covid19_limit_duration": LIMIT.0, "covid19_limit_count": LIMIT.1,
            }),
        };
        match all {
            Value::Object(claims) => claims,
            _ => Map::new(),
        }
    }

    /// What these claims say on this day.
    pub(crate) fn read(claims: &Map<String, Value>, today: Date) -> Self {
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        let status = text(STATUS).or_else(|| text(STATUS_MISSPELT));
        match (text(BLOCKED), status) {
            (Some("true"), _) => Self::Blocked,
            (_, Some("negativ")) => Self::Negative,
            (Some("false"), Some("positiv")) => {
                let day = |name: &str| claims.get(name).and_then(day);
                match (day(FROM), day(UNTIL)) {
                    (Some(from), Some(until)) if (from..=until).contains(&today) => Self::Positive(from),
                    _ => Self::Unknown,
                }
            }
            _ => Self::Unknown,
        }
    }
}

/// A day as written, or as the second with which it begins in Denmark.
fn day(value: &Value) -> Option<Date> {
    let second = match value {
        Value::String(text) => match text.parse::<i64>() {
            Ok(second) => second,
            Err(_) => return text.parse().ok(),
        },
        other => other.as_i64()?,
    };
    let zone = TimeZone::get("Europe/Copenhagen").ok()?;
    Some(Timestamp::from_second(second).ok()?.to_zoned(zone).date())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn read(claims: Value, today: Date) -> Said {
        Said::read(claims.as_object().unwrap(), today)
    }

    #[test]
    fn what_is_written_is_read_again() {
        let today = date(2020, 5, 20);
        for said in [Said::Positive(date(2020, 5, 10)), Said::Negative, Said::Unknown, Said::Blocked] {
            assert_eq!(Said::read(&said.claims(), today), said);
        }
        assert_eq!(Said::Negative.claims().len(), 1, "negative says nothing else");
        assert_eq!(Said::Positive(date(2020, 5, 10)).claims()[UNTIL], "2020-05-24");
    }

    #[test]
    fn days_are_read_as_text_and_as_seconds_of_danish_midnight() {
        let claims = |from: Value, until: Value| json!({ STATUS: "positiv", BLOCKED: "false", FROM: from, UNTIL: until });
        let (today, expected) = (date(2020, 5, 20), Said::Positive(date(2020, 5, 10)));
        // The numbers of the specification's own example.
        assert_eq!(read(claims(json!(1_589_061_600), json!(1_590_271_200)), today), expected);
        assert_eq!(read(claims(json!("1589061600"), json!("1590271200")), today), expected);
        assert_eq!(read(claims(json!("2020-05-10"), json!("2020-05-24")), today), expected);
        assert_eq!(read(claims(json!("2020-05-10"), json!("2020-05-24")), date(2020, 5, 25)), Said::Unknown);
        assert_eq!(read(claims(json!("2020-05-21"), json!("2020-06-04")), today), Said::Unknown, "not yet");
        assert_eq!(read(claims(json!("soon"), json!(null)), today), Said::Unknown);
    }

    #[test]
    fn nothing_is_infected_that_does_not_say_so_in_every_word() {
        let whole = Said::Positive(date(2020, 5, 10)).claims();
        let today = date(2020, 5, 20);
        for name in [STATUS, BLOCKED, FROM, UNTIL] {
            let mut less = whole.clone();
            less.remove(name);
            assert_eq!(Said::read(&less, today), Said::Unknown, "without {name}");
            let mut other = whole.clone();
            other.insert(name.to_owned(), json!(true));
            assert_eq!(Said::read(&other, today), Said::Unknown, "with another {name}");
        }
        let blocked = json!({ STATUS: "positiv", BLOCKED: "true", FROM: "2020-05-10", UNTIL: "2020-05-24" });
        assert_eq!(read(blocked, today), Said::Blocked, "closed goes first");
        assert_eq!(read(json!({ STATUS_MISSPELT: "negativ" }), today), Said::Negative);
    }
}
