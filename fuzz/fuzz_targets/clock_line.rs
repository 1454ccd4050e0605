//! Any text as a clock line: what is read prints to a line that is read as the same rule, and has a status on any day.

#![no_main]

use jiff::Timestamp;
use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;
use notice::clock::{History, Rule};

fuzz_target!(|input: (i64, &str)| {
    let (seconds, line) = input;
    let Ok(rule) = Rule::parse(line) else { return };
    let printed = rule.to_string();
    let again = Rule::parse(&printed).expect("a rule that was printed can be read");
    assert_eq!(again, rule, "{printed}");
    let Ok(now) = Timestamp::from_second(seconds) else { return };
    let mut history = History::default();
    for event in rule.events() {
        history.events.insert(event, vec![now]);
    }
    for zone in [TimeZone::UTC, TimeZone::fixed(jiff::tz::offset(2))] {
        let _ = rule.statuses(&history, now, &zone);
        let _ = rule.next_look(&history, now, &zone);
    }
});
