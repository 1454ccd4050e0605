//! A field of a form as a question on a page, and its content as people read it.

use jiff::civil::Date;
use notice::Lang;
use register::Content;
use serde_json::Value;
use services::generic_register::{Asked, Kind, Need, Parts, Room, plain, value_at};

use super::super::super::dates;
use super::super::super::frame::Frame;
use super::super::super::view::registers::{Control, Question};
use super::super::super::view::{Choice, Chosen, Field};
use super::rows;
use super::typed::{NO, Typed, YES, name};
use crate::i18n::{self, Texts};

/// Up to so many choices all are shown at once.
const SHOWN_AT_ONCE: usize = 5;

/// The limit of a line is told up to so many characters.
const TOLD_UP_TO: u64 = 60;

/// The questions of a form, with what was typed and what is wrong.
pub(super) fn questions(
    frame: &Frame,
    fields: &[Asked],
    typed: &Typed,
    wrong: &[(String, String)],
) -> Vec<Question> {
    let one = |field: &Asked| match &field.kind {
        Kind::Rows { parts, most } => row_questions(frame, (field, parts, *most), typed, wrong),
        Kind::Text { .. }
        | Kind::Day
        | Kind::Number { .. }
        | Kind::YesNo
        | Kind::OneOf(_)
        | Kind::AnyOf(_)
        | Kind::Lines
        | Kind::ByProgram => vec![question(frame, field, typed, wrong)],
    };
    fields.iter().flat_map(one).collect()
}

/// The rows of a list, each with a way to take it out, and a way to add one.
fn row_questions(
    frame: &Frame,
    (field, parts, most): (&Asked, &[Asked], usize),
    typed: &Typed,
    wrong: &[(String, String)],
) -> Vec<Question> {
    let rows = rows::count(field, most, typed);
    let mut all = Vec::new();
    let title = frame.say(&field.title);
    for row in 0..rows {
        let begins = Question {
            control: Control::RowBegins,
            ..plainly(format!("{}.{row}.begins", name(&field.path)), String::new())
        };
        all.push(begins);
        all.extend(parts.iter().map(|part| question(frame, &rows::part(field, row, part), typed, wrong)));
        let label = with(frame, "registers-row-out", &[("list", &title), ("row", &(row + 1).to_string())]);
        all.push(Question {
            control: Control::RowOut,
            ..plainly(format!("{}.{row}", name(&field.path)), label)
        });
    }
    let control = if rows < most { Control::RowIn } else { Control::RowsFull };
    let own = question(frame, field, typed, wrong);
    all.push(Question {
        control,
        label: title,
        field: Field { value: rows.to_string(), ..own.field },
        ..own
    });
    all
}

fn plainly(name: String, label: String) -> Question {
    Question {
        name,
        label,
        hint: String::new(),
        control: Control::Fixed,
        field: Field::default(),
        choices: Vec::new(),
    }
}

fn question(frame: &Frame, field: &Asked, typed: &Typed, wrong: &[(String, String)]) -> Question {
    let name = name(&field.path);
    let problem = wrong.iter().find(|(at, _)| *at == name).map(|(_, words)| words.clone());
    let label = frame.say(&field.title);
    let label = match field.need {
        Need::Required => label,
        Need::Optional => with(frame, "registers-optional", &[("label", &label)]),
    };
    Question {
        label,
        hint: hint(frame, field),
        control: control(field),
        field: Field { value: typed.one(&name).to_owned(), problem },
        choices: choices(frame, field, &typed.all(&name)),
        name,
    }
}

fn control(field: &Asked) -> Control {
    match &field.kind {
        Kind::Text { room: Room::Line, .. } | Kind::Day => Control::Line,
        Kind::Text { room: Room::Lines, .. } | Kind::Lines => Control::Area,
        Kind::Number { .. } => Control::Number,
        Kind::YesNo => Control::Radios,
        Kind::OneOf(choices) if choices.len() <= SHOWN_AT_ONCE => Control::Radios,
        Kind::OneOf(_) => Control::Select,
        Kind::AnyOf(_) => Control::Checks,
        Kind::Rows { .. } => Control::RowIn,
        Kind::ByProgram => Control::Fixed,
    }
}

/// The help of the notice's author, and what the form itself asks for.
fn hint(frame: &Frame, field: &Asked) -> String {
    let mut own = frame.say(&field.help);
    if own.ends_with(char::is_alphanumeric) {
        own.push('.');
    }
    let limit = match &field.kind {
        // Nobody comes near the limit of a name.
        Kind::Text { characters_max: Some(most), room: Room::Line } if *most > TOLD_UP_TO => None,
        Kind::Text { characters_max: Some(most), .. } => {
            Some(with(frame, "registers-at-most", &[("most", &most.to_string())]))
        }
        Kind::Day => Some(frame.t("registers-day-hint")),
        Kind::Number { least: Some(least), most: Some(most), .. } => {
            Some(with(frame, "registers-between", &[("least", least), ("most", most)]))
        }
        Kind::Number { least: Some(least), .. } => Some(with(frame, "registers-least", &[("least", least)])),
        Kind::Number { most: Some(most), .. } => Some(with(frame, "registers-most", &[("most", most)])),
        Kind::Lines => Some(frame.t("registers-lines-hint")),
        Kind::ByProgram => Some(frame.t("registers-by-program")),
        Kind::Text { characters_max: None, .. }
        | Kind::Number { least: None, most: None, .. }
        | Kind::YesNo
        | Kind::OneOf(_)
        | Kind::AnyOf(_)
        | Kind::Rows { .. } => None,
    };
    [Some(own), limit].into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

fn with(frame: &Frame, key: &str, values: &[(&str, &str)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, (*value).into())).collect();
    Texts::of(frame.lang()).get(key, &values)
}

fn choices(frame: &Frame, field: &Asked, chosen: &[&str]) -> Vec<Choice> {
    let choice = |value: String, label: String| Choice {
        chosen: if chosen.contains(&value.as_str()) { Chosen::Yes } else { Chosen::No },
        value,
        label,
    };
    let nothing = |label: &str| Choice {
        chosen: if chosen.iter().all(|one| one.is_empty()) { Chosen::Yes } else { Chosen::No },
        value: String::new(),
        label: frame.t(label),
    };
    let mut all = match &field.kind {
        Kind::YesNo => vec![
            choice(YES.to_owned(), frame.t("registers-yes")),
            choice(NO.to_owned(), frame.t("registers-no")),
        ],
        Kind::OneOf(of) | Kind::AnyOf(of) => {
            of.iter().map(|one| choice(plain(&one.value), frame.say(&one.title))).collect()
        }
        Kind::Text { .. }
        | Kind::Day
        | Kind::Number { .. }
        | Kind::Lines
        | Kind::Rows { .. }
        | Kind::ByProgram => Vec::new(),
    };
    match (control(field), field.need) {
        (Control::Select, Need::Required) => all.insert(0, nothing("registers-choose")),
        (Control::Select | Control::Radios, Need::Optional) => all.insert(0, nothing("registers-not-said")),
        _ => {}
    }
    all
}

/// What an entry holds in a field, as people read it; nothing if it holds nothing there.
pub(super) fn shown(frame: &Frame, field: &Asked, content: &Content) -> Option<String> {
    let value = value_at(content, &field.path)?;
    let titled = |of: &[services::generic_register::Choice], value: &Value| {
        let found = of.iter().find(|one| one.value == *value);
        found.map_or_else(|| plain(value), |one| frame.say(&one.title))
    };
    Some(match (&field.kind, value) {
        (Kind::Day, Value::String(text)) => {
            let day = dates::parse(text);
            // Seen from no day in particular: with its year, and never as yesterday.
            day.map_or_else(|| text.clone(), |day| i18n::day(day, Date::ZERO, frame.lang()).words)
        }
        (Kind::YesNo, Value::Bool(yes)) => frame.t(if *yes { "registers-yes" } else { "registers-no" }),
        (Kind::OneOf(of), value) => titled(of, value),
        (Kind::AnyOf(of), Value::Array(all)) => {
            all.iter().map(|value| titled(of, value)).collect::<Vec<_>>().join(", ")
        }
        (Kind::Rows { parts, .. }, Value::Array(all)) => {
            let row = |row: &Value| {
                let row = row.as_object()?;
                Some(parts.iter().filter_map(|part| shown(frame, part, row)).collect::<Vec<_>>().join(", "))
            };
            all.iter().filter_map(row).collect::<Vec<_>>().join("; ")
        }
        (Kind::Number { .. }, Value::Number(number)) => number_typed(&number.to_string(), frame.lang()),
        (_, value) => plain(value),
    })
}

/// All that an entry holds, with the titles of the notice.
pub(super) fn facts(frame: &Frame, fields: &[Asked], content: &Content) -> Vec<(String, String)> {
    let fact = |field: &Asked| Some((frame.say(&field.title), shown(frame, field, content)?));
    let fields = rows::of_content(fields, content);
    fields.iter().filter_map(fact).filter(|(_, value)| !value.is_empty()).collect()
}

/// What an entry holds in its fields, as it would be typed.
pub(super) fn as_typed(frame: &Frame, fields: &[Asked], content: &Content) -> Typed {
    let mut typed = Typed::default();
    for field in fields {
        let Some(value) = value_at(content, &field.path) else { continue };
        let name = name(&field.path);
        match (&field.kind, value) {
            (Kind::Rows { .. }, Value::Array(all)) => {
                typed.push(&name, all.len().to_string());
                let parts = rows::of_content(std::slice::from_ref(field), content);
                as_typed(frame, &parts, content)
                    .iter()
                    .for_each(|(name, value)| typed.push(name, value.to_owned()));
            }
            (Kind::AnyOf(_), Value::Array(all)) => {
                all.iter().for_each(|one| typed.push(&name, plain(one)));
            }
            (Kind::Lines, Value::Array(all)) => {
                typed.push(&name, all.iter().map(plain).collect::<Vec<_>>().join("\n"));
            }
            (Kind::Day, Value::String(text)) => {
                typed.push(&name, dates::parse(text).map_or_else(|| text.clone(), dates::typed));
            }
            (Kind::YesNo, Value::Bool(yes)) => typed.push(&name, (if *yes { YES } else { NO }).to_owned()),
            (Kind::Number { parts: Parts::Decimals | Parts::Whole, .. }, Value::Number(number)) => {
                typed.push(&name, number_typed(&number.to_string(), frame.lang()));
            }
            (_, value) => typed.push(&name, plain(value)),
        }
    }
    typed
}

fn number_typed(number: &str, lang: Lang) -> String {
    match lang {
        Lang::Da => number.replace('.', ","),
        Lang::En => number.to_owned(),
    }
}
