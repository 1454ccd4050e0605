//! The largest and most awkward corpora that may come in: they are answered, and soon.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fmt::Write as _;
use std::time::Instant;

use jiff::civil::date;
use notice::{SourceFile, compile};

/// Five seconds for a built product; a debug build on a shared machine gets more.
const SECONDS_MAX: u64 = 40;

fn answered(name: &str, text: String) -> usize {
    let files: Vec<_> = split(&text)
        .into_iter()
        .enumerate()
        .map(|(number, text)| SourceFile { path: format!("{number}.toml"), text })
        .collect();
    #[expect(clippy::disallowed_methods, reason = "the test measures how long an answer takes")]
    let start = Instant::now();
    let found = compile(&files, date(2026, 11, 21)).diagnostics.len();
    let seconds = start.elapsed().as_secs();
    assert!(seconds < SECONDS_MAX, "{name} took {seconds} s");
    found
}

/// Cuts at `%%` lines into files.
fn split(text: &str) -> Vec<String> {
    text.split("%%\n").map(str::to_owned).collect()
}

#[test]
fn many_registers_that_share_a_field_are_compared_and_no_longer_than_needed() {
    let mut text = String::new();
    for notice in 0..40 {
        writeln!(
            text,
            "[notice]\nid = \"n{notice}\"\ntitle = {{ da = \"N\", en = \"N\" }}\ncontroller = \"c\""
        )
        .unwrap();
        for register in 0..45 {
            writeln!(
                text,
                "[register.r{register}]\ntitle = {{ da = \"R\", en = \"R\" }}\nabout = [\"p\"]\npurpose = [\"x\"]\n\
                 keep = \"erase at made + P{}D\"\nfields.a = {{ class = \"cpr\", da = \"A\", en = \"A\" }}",
                notice * 45 + register + 1
            )
            .unwrap();
        }
        text.push_str("%%\n");
    }
    assert!(answered("registers", text) > 500);
}

#[test]
fn many_unknown_names_are_reported_without_guessing_for_ever() {
    let names: Vec<_> =
        (0..9_000).map(|number| format!("\"a-name-that-nobody-has-declared-{number}\"")).collect();
    let roles: String = (0..4_000).fold(String::new(), |mut text, number| {
        writeln!(text, "[role.a-name-that-somebody-has-declared-{number}]\nis = [\"a-name-{}\"]", number + 1)
            .unwrap();
        text
    });
    let mut text = format!("{roles}%%\n[notice]\nid = \"n\"\n");
    for (number, names) in names.chunks(500).enumerate() {
        writeln!(text, "[[use]]\nid = \"u{number}\"\nwho = [{}]", names.join(", ")).unwrap();
    }
    assert!(answered("names", text) > 9_000);
}

#[test]
fn many_conditions_over_many_facts_are_read() {
    let atom =
        "self guardian represents treats assigned involved consented asked blocked author presented of-15";
    let condition = vec![atom.replace(' ', " and not "); 9].join(" or ");
    let mut text = "[notice]\nid = \"n\"\n".to_owned();
    for number in 0..2_000 {
        writeln!(text, "[[use]]\nid = \"u{number}\"\nwhen = \"{condition}\"").unwrap();
        if number % 250 == 249 {
            writeln!(text, "%%\n[notice]\nid = \"n{number}\"").unwrap();
        }
    }
    assert!(answered("conditions", text) > 2_000);
}

#[test]
fn a_deep_rule_with_many_flags_is_cheap_to_ask() {
    let rule = (0..30)
        .map(|stage| format!("erase at made + P{}M if flag f{stage}", 40 - stage))
        .collect::<Vec<_>>()
        .join(" else ");
    let rule = notice::clock::Rule::parse(&rule).unwrap();
    let mut history = notice::clock::History::default();
    let day = |number: i64| jiff::Timestamp::from_second(1_600_000_000 + number * 86_400).unwrap();
    history.events.insert("made".to_owned(), vec![day(0)]);
    for flag in 0..30 {
        let all = (0..20).map(|time| (day(time * 7 + flag), Some(day(time * 7 + flag + 400)))).collect();
        history.flags.insert(format!("f{flag}"), all);
    }
    #[expect(clippy::disallowed_methods, reason = "the test measures how long an answer takes")]
    let start = Instant::now();
    let _ = rule.statuses(&history, day(200), &jiff::tz::TimeZone::UTC);
    assert!(start.elapsed().as_secs() < SECONDS_MAX);
}
