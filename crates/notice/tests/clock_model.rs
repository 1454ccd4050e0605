//! The compiled clocks against a slow plain model: own calendar, own summer time, definitions read off the specification.
//!
//! A failure is: another status, another date, a rule that does not read back, or a stage that is due before anybody looks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod model;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use model::{generate, plain};
use notice::clock::{History, Rule, Status};
use proptest::prelude::*;

fn denmark() -> TimeZone {
    TimeZone::get("Europe/Copenhagen")
        .unwrap_or_else(|_| TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap())
}

fn seconds(instant: Timestamp) -> i64 {
    instant.as_second()
}

/// What both sides are compared by.
fn simple(status: &Status) -> plain::Simple {
    match status {
        Status::Waiting { .. } => plain::Simple::Waiting,
        Status::Pending(date) => plain::Simple::Pending(seconds(*date)),
        Status::Due(date) => plain::Simple::Due(seconds(*date)),
        Status::Held { .. } => plain::Simple::Held,
        Status::Done(date) => plain::Simple::Done(seconds(*date)),
        Status::NotApplicable => plain::Simple::NotApplicable,
    }
}

/// Every instant at which something of this record may turn, and one second before and after.
fn instants(rule: &Rule, history: &History, now: Timestamp) -> Vec<Timestamp> {
    let flags = history.flags.values().flatten().flat_map(|(set, lifted)| [Some(*set), *lifted]).flatten();
    let dates =
        plain::dates(rule, history).into_iter().filter_map(|second| Timestamp::from_second(second).ok());
    let near =
        |instant: Timestamp| [-1, 0, 1].map(|offset| Timestamp::from_second(instant.as_second() + offset));
    let mut all: Vec<_> =
        flags.chain(dates).flat_map(near).flatten().filter(|instant| *instant >= now).collect();
    all.push(now);
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn a_rule_reads_back_as_it_prints(rule in generate::rule()) {
        let line = rule.to_string();
        prop_assert_eq!(Rule::parse(&line).map_err(|error| format!("{error}: {line}")), Ok(rule));
    }

    #[test]
    fn the_clocks_agree_with_the_plain_model(
        rule in generate::rule(), history in generate::history(), now in generate::instant(),
    ) {
        let rule = Rule::parse(&rule.to_string()).unwrap();
        let found: Vec<_> = rule.statuses(&history, now, &denmark()).iter().map(|stage| simple(&stage.status)).collect();
        let wanted = plain::statuses(&rule, &history, seconds(now));
        prop_assert_eq!(found, wanted, "{}\n{:?}\nat {}", rule, history, now);
    }

    #[test]
    fn the_order_of_events_does_not_matter_and_a_revoked_one_is_as_if_it_never_was(
        rule in generate::rule(), history in generate::history(), extra in generate::instant(), now in generate::instant(),
    ) {
        let statuses = |history: &History| rule.statuses(history, now, &denmark());
        let mut turned = history.clone();
        turned.events.values_mut().for_each(|all| all.reverse());
        prop_assert_eq!(statuses(&history), statuses(&turned));
        let mut raised = history.clone();
        raised.events.entry("e0".to_owned()).or_default().push(extra);
        let mut revoked = raised;
        revoked.events.get_mut("e0").unwrap().pop();
        prop_assert_eq!(statuses(&history), statuses(&revoked));
    }

    #[test]
    fn nothing_is_due_before_somebody_looks_and_nothing_sleeps_for_ever(
        rule in generate::rule(), history in generate::history(), now in generate::instant(),
    ) {
        let look = rule.next_look(&history, now, &denmark());
        for instant in instants(&rule, &history, now) {
            let due = rule.statuses(&history, instant, &denmark()).iter().any(|stage| matches!(stage.status, Status::Due(_)));
            if due {
                prop_assert!(look.is_some_and(|look| look <= instant), "{}\n{:?}\nat {} due {}, looks {:?}", rule, history, now, instant, look);
            }
        }
        let open = rule.statuses(&history, now, &denmark()).iter().any(|stage| !stage.status.is_over());
        prop_assert!(!open || look.is_some());
    }

    #[test]
    fn any_line_is_a_rule_or_an_error_and_never_a_panic(line in "\\PC{0,120}") {
        let _ = Rule::parse(&line);
    }

    #[test]
    fn a_rule_with_a_slip_is_a_rule_or_an_error_and_never_a_panic(
        rule in generate::rule(), cut in 0usize..200, put in "[ ()+,>a-zP0-9éа\u{200b}]{0,3}", history in generate::history(),
    ) {
        let line = rule.to_string();
        let at = line.char_indices().map(|(at, _)| at).nth(cut % line.chars().count()).unwrap();
        let mut slipped = line.clone();
        slipped.replace_range(at..at + line[at..].chars().next().unwrap().len_utf8(), &put);
        match Rule::parse(&slipped) {
            Ok(rule) => {
                let _ = rule.statuses(&history, Timestamp::UNIX_EPOCH, &denmark());
            }
            Err(error) => prop_assert!(slipped.get(error.span.clone()).is_some(), "{error:?}"),
        }
    }

    #[test]
    fn the_edges_of_the_calendar_never_panic(rule in generate::rule(), mut history in generate::history(), far in prop::bool::ANY) {
        let edge = if far { Timestamp::MAX } else { Timestamp::MIN };
        history.events.entry("e0".to_owned()).or_default().push(edge);
        history.events.entry("e1".to_owned()).or_default().push(edge);
        for now in [Timestamp::MIN, Timestamp::UNIX_EPOCH, Timestamp::MAX] {
            let _ = rule.statuses(&history, now, &denmark());
            let _ = rule.next_look(&history, now, &denmark());
        }
    }
}
