//! Lists of things with parts, such as several contacts: a row each, which is added and taken out without a script.

use notice::Bilingual;
use register::Content;
use serde_json::Value;
use services::generic_register::{Asked, Kind, value_at};

use super::typed::{self, Typed, name};
use crate::problem::{Code, Problem};

/// A part of one row as a field of its own: `Contacts 2: Name`.
pub(super) fn part(list: &Asked, row: usize, part: &Asked) -> Asked {
    let title = |list: &str, part: &str| format!("{list} {}: {part}", row + 1);
    let mut path = list.path.clone();
    path.push(row.to_string());
    path.extend(part.path.iter().cloned());
    let title =
        Bilingual { da: title(&list.title.da, &part.title.da), en: title(&list.title.en, &part.title.en) };
    Asked { path, title, ..part.clone() }
}

/// How many rows of a list were sent.
pub(super) fn count(list: &Asked, most: usize, typed: &Typed) -> usize {
    typed.one(&name(&list.path)).parse().unwrap_or(0).min(most)
}

/// The fields with the parts of every row that was sent after its list.
pub(super) fn spread(fields: &[Asked], typed: &Typed) -> Vec<Asked> {
    in_rows(fields, |list, most| count(list, most, typed))
}

/// The fields with the parts of every row that stands in some content in place of its list.
pub(super) fn of_content(fields: &[Asked], content: &Content) -> Vec<Asked> {
    let rows = |list: &Asked| value_at(content, &list.path).and_then(Value::as_array).map_or(0, Vec::len);
    let mut all = in_rows(fields, |list, _| rows(list));
    all.retain(|field| !matches!(field.kind, Kind::Rows { .. }));
    all
}

fn in_rows(fields: &[Asked], rows: impl Fn(&Asked, usize) -> usize) -> Vec<Asked> {
    let mut all = Vec::new();
    for field in fields {
        all.push(field.clone());
        if let Kind::Rows { parts, most } = &field.kind {
            for row in 0..rows(field, *most) {
                all.extend(parts.iter().map(|one| part(field, row, one)));
            }
        }
    }
    all
}

/// The rows that were typed; nothing if there are none.
pub(super) fn read(
    list: &Asked,
    (parts, most): (&[Asked], usize),
    typed: &Typed,
    wrong: &mut Vec<(String, &'static str)>,
) -> Option<Vec<Value>> {
    let mut rows = Vec::new();
    for row in 0..count(list, most, typed) {
        let mut content = Content::new();
        for one in parts {
            let name = name(&part(list, row, one).path);
            match typed::value(&one.kind, &typed.all(&name)) {
                Ok(Some(value)) => typed::put(&mut content, &one.path, value),
                Ok(None) => {}
                Err(key) => wrong.push((name, key)),
            }
        }
        rows.push(Value::Object(content));
    }
    (!rows.is_empty()).then_some(rows)
}

/// Adds or takes out the row that a button asks for, and says whether one did. Rows without anything in them go before
/// the rest is read, so that nobody has to take them out.
pub(super) fn change(fields: &[Asked], typed: &mut Typed) -> Result<bool, Problem> {
    let asked = typed.one("rows").to_owned();
    typed.renamed(|name| (name != "rows").then(|| name.to_owned()));
    let lists = fields.iter().filter_map(|field| match &field.kind {
        Kind::Rows { most, .. } => Some((field, *most)),
        Kind::Text { .. }
        | Kind::Day
        | Kind::Number { .. }
        | Kind::YesNo
        | Kind::OneOf(_)
        | Kind::AnyOf(_)
        | Kind::Lines
        | Kind::ByProgram => None,
    });
    let mut done = false;
    for (list, most) in lists {
        let (own, rows) = (name(&list.path), count(list, most, typed));
        let out = asked.strip_prefix("out ").and_then(|at| row_of(at, &own));
        if asked.strip_prefix("in ") == Some(own.as_str()) {
            set(typed, &own, (rows + 1).min(most));
            done = true;
        } else if let Some(row) = out.filter(|row| *row < rows) {
            take_out(typed, &own, row, rows);
            done = true;
        } else if asked.is_empty() {
            let is_empty = |row: usize, typed: &Typed| {
                typed.iter().all(|(name, value)| row_of(name, &own) != Some(row) || value.trim().is_empty())
            };
            for row in (0..rows).rev() {
                if is_empty(row, typed) {
                    let left = count(list, most, typed);
                    take_out(typed, &own, row, left);
                }
            }
        }
    }
    if asked.is_empty() || done { Ok(done) } else { Err(Code::Malformed.into()) }
}

/// The row of a list that a name belongs to: `content.contacts.1.name` is of row 1.
fn row_of(name: &str, list: &str) -> Option<usize> {
    let rest = name.strip_prefix(list)?.strip_prefix('.')?;
    rest.split('.').next()?.parse().ok()
}

fn take_out(typed: &mut Typed, list: &str, row: usize, rows: usize) {
    typed.renamed(|name| match row_of(name, list) {
        Some(at) if at == row => None,
        Some(at) if at > row => {
            let rest = name.strip_prefix(&format!("{list}.{at}")).unwrap_or_default();
            Some(format!("{list}.{}{rest}", at - 1))
        }
        Some(_) | None => Some(name.to_owned()),
    });
    set(typed, list, rows.saturating_sub(1));
}

fn set(typed: &mut Typed, list: &str, rows: usize) {
    typed.renamed(|name| (name != list).then(|| name.to_owned()));
    typed.push(list, rows.to_string());
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use services::generic_register::{Need, Parts, Room};

    use super::*;

    fn field(path: &str, kind: Kind) -> Asked {
        let title = Bilingual { da: path.to_owned(), en: path.to_owned() };
        Asked { path: vec![path.to_owned()], title, help: Bilingual::default(), need: Need::Optional, kind }
    }

    fn contacts() -> Vec<Asked> {
        let parts = vec![
            field("name", Kind::Text { characters_max: None, room: Room::Line }),
            field("age", Kind::Number { parts: Parts::Whole, least: None, most: None }),
        ];
        vec![field("contacts", Kind::Rows { parts, most: 3 })]
    }

    fn sent(pairs: &[(&str, &str)]) -> Typed {
        let mut typed = Typed::default();
        pairs.iter().for_each(|(name, value)| typed.push(name, (*value).to_owned()));
        typed
    }

    const TWO: [(&str, &str); 5] = [
        ("content.contacts", "2"),
        ("content.contacts.0.name", "Anna"),
        ("content.contacts.0.age", "40"),
        ("content.contacts.1.name", "Bent"),
        ("content.contacts.1.age", "41"),
    ];

    #[test]
    fn rows_become_a_list_of_things_with_parts() {
        let typed = sent(&TWO);
        typed.only(&contacts(), &[]).unwrap();
        let (content, wrong) = typed::content(&contacts(), &typed, &Content::new());
        assert_eq!(wrong, []);
        assert_eq!(
            json!(content),
            json!({ "contacts": [{ "name": "Anna", "age": 40 }, { "name": "Bent", "age": 41 }] })
        );
    }

    #[test]
    fn a_row_is_added_up_to_the_limit_and_taken_out_from_the_middle() {
        let mut typed = sent(&TWO);
        typed.push("rows", "in content.contacts".to_owned());
        assert!(change(&contacts(), &mut typed).unwrap());
        assert_eq!(typed.one("content.contacts"), "3");
        for _ in 0..3 {
            typed.push("rows", "in content.contacts".to_owned());
            assert!(change(&contacts(), &mut typed).unwrap());
        }
        assert_eq!(typed.one("content.contacts"), "3", "no more than the form takes");
        typed.push("rows", "out content.contacts.0".to_owned());
        assert!(change(&contacts(), &mut typed).unwrap());
        assert_eq!((typed.one("content.contacts"), typed.one("content.contacts.0.name")), ("2", "Bent"));
        assert_eq!(typed.one("content.contacts.1.name"), "");
    }

    #[test]
    fn an_empty_row_goes_by_itself_and_a_mistake_is_told_at_its_row() {
        let mut typed = sent(&[
            ("content.contacts", "2"),
            ("content.contacts.0.name", " "),
            ("content.contacts.1.age", "x"),
        ]);
        assert!(!change(&contacts(), &mut typed).unwrap());
        let (_, wrong) = typed::content(&contacts(), &typed, &Content::new());
        assert_eq!(wrong, [("content.contacts.0.age".to_owned(), "registers-problem-whole")]);
    }

    // Threats T13.
    #[test]
    fn rows_and_parts_that_the_form_does_not_have_are_refused() {
        for strange in ["content.contacts.2.name", "content.contacts.0.secret", "content.contacts.x.name"] {
            let mut typed = sent(&TWO);
            typed.push(strange, "y".to_owned());
            assert!(typed.only(&contacts(), &[]).is_err(), "{strange}");
        }
        let mut typed = sent(&TWO);
        typed.push("rows", "out content.name.0".to_owned());
        assert!(change(&contacts(), &mut typed).is_err());
    }
}
