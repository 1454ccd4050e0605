//! What is a rule, what is not, and what a person is told.

use super::super::{DEPTH_MAX, Duration, LINE_MAX_BYTES, Rule};

/// The retention rules of the specification.
const RULES: [&str; 34] = [
    "block at imi.case.closed + P6M then erase at imi.case.closed + P3Y",
    "erase by case.closed + P30Y",
    "archive to rigsarkivet from need.ended if flag preserve-worthy else erase by case.closed + P30Y then erase by earliest(archive.handed-over, case.closed + P30Y)",
    "archive to rigsarkivet from need.ended if flag preserve-worthy else erase by subject.died + P100Y then erase by subject.died + P100Y",
    "erase from need.ended",
    "review by report.closed + P45D then erase from need.ended",
    "erase at nemid.login + PT24H",
    "erase at verification.counted + PT24H",
    "erase at ssi.not-relevant",
    "erase at gateway.upload + P14D",
    "erase at earliest(consent.withdrawn, app.uninstalled, key.made + P14D)",
    "erase at app.not-needed",
    "archive to rigsarkivet from need.ended if flag preserve-worthy",
    "erase at supplier.task.done",
    "archive to rigsarkivet from need.ended then erase from archive.handed-over",
    "erase at earliest(recruitment.concluded, application.received + P6M) unless flag applicant-asked-to-keep",
    "destroy at recruitment.concluded",
    "erase at earliest(appointment.fulfilled + P2Y, subject.died + P1Y)",
    "erase at earliest(removed-by-subject, subject.died + P1Y)",
    "erase at inherit(data-source)",
    "erase at subject.died + P1Y",
    "erase at log.written + P5Y if flag special-case else erase at log.written + P2Y",
    "erase at latest(order.made + P2Y, opt last dispensed + P2Y, opt last dispensed + active-period)",
    "erase at latest(prescription.issued + P2Y, opt last dispensed + P2Y, opt last dispensed + active-period)",
    "erase at dispensing.recorded + P2Y",
    "erase at subject.died + P2Y",
    "erase by newsletter.unsubscribed + P2M",
    "erase from latest(need.ended, not-current, audit-duty.ended)",
    "move to personnel-file at applicant.hired",
    "erase by applicant.rejected + P3M",
    "erase at application.unsolicited + P14D",
    "erase at removal.asked",
    "erase from earliest(removal.asked, not-current)",
    "anonymise at first made + P1Y2M3DT4H if (a within P1Y or not (b > P2W and happened c)) and flag d unless not flag e",
];

#[test]
fn every_rule_prints_as_it_is_written() {
    for line in RULES {
        assert_eq!(Rule::parse(line).unwrap().to_string(), line);
    }
}

#[test]
fn a_wrong_line_says_where_what_was_found_and_what_was_expected() {
    for (line, at, message) in [
        (
            "",
            0,
            "found the end of the rule, expected `erase`, `block`, `archive`, `anonymise`, `move`, `review` or `destroy`",
        ),
        (
            "delete at a",
            0,
            "found `delete`, expected `erase`, `block`, `archive`, `anonymise`, `move`, `review` or `destroy`",
        ),
        ("erase a", 6, "found `a`, expected `at`, `by` or `from`"),
        ("erase at P14D", 9, "found `P14D`, expected the event from which it counts"),
        ("erase at a + P", 13, "found `P`, expected a duration"),
        ("erase at a + P201Y", 13, "found `P201Y`, expected at most P200Y"),
        ("erase at a + P99999999999Y", 13, "found `P99999999999Y`, expected at most P200Y"),
        ("erase at earliest(a, b", 22, "found the end of the rule, expected `,` or `)`"),
        ("erase at earliest()", 18, "found `)`, expected an event, `earliest(`, `latest(` or `inherit(`"),
        ("erase at earliest(opt a)", 18, "found `opt`, expected an event"),
        ("erase at a b", 11, "found `b`, expected `then` or the end of the rule"),
        ("erase at a if b", 15, "found the end of the rule, expected `within` or `>`"),
        ("erase at a unless flag", 22, "found the end of the rule, expected the name of a flag"),
        ("erase at then", 9, "found `then`, expected an event, `earliest(`, `latest(` or `inherit(`"),
        ("erase at a..b", 9, "found `a..b`, expected an event, `earliest(`, `latest(` or `inherit(`"),
        ("erase at dеath", 9, "found `d`, expected `then` or the end of the rule"),
        (
            "erase at a if flag x else erase at b unless flag y unless flag z",
            51,
            "found `unless`, expected `then` or the end of the rule",
        ),
    ] {
        let error = Rule::parse(line).unwrap_err();
        if line.is_ascii() {
            assert_eq!((error.span.start, error.to_string().as_str()), (at, message), "{line}");
        }
        assert!(!error.help.en.is_empty(), "{line}");
    }
}

#[test]
fn a_line_is_bounded_in_length_and_depth() {
    let long = format!("erase at a{}", " ".repeat(LINE_MAX_BYTES));
    assert!(Rule::parse(&long).unwrap_err().to_string().contains("at most 2048"));
    let nest = |depth: usize| format!("erase at {}a{}", "earliest(".repeat(depth), ")".repeat(depth));
    assert!(Rule::parse(&nest(DEPTH_MAX)).is_ok());
    assert!(Rule::parse(&nest(DEPTH_MAX + 1)).unwrap_err().to_string().contains("at most 32 levels"));
    let not = format!("erase at a if {}flag b", "not ".repeat(DEPTH_MAX + 1));
    assert!(Rule::parse(&not).unwrap_err().to_string().contains("at most 32 levels"));
    let otherwise = format!("erase at a{}", " if flag b else erase at a".repeat(DEPTH_MAX + 1));
    assert!(Rule::parse(&otherwise).unwrap_err().to_string().contains("at most 32 levels"));
}

#[test]
fn a_duration_reads_back_as_it_is() {
    for text in ["P6M", "P3Y", "P14D", "PT24H", "P4W", "P1Y2M3W4DT5H6M7S", "P0D", "P200Y"] {
        assert_eq!(text.parse::<Duration>().unwrap().to_string(), text);
    }
    for text in
        ["", "P", "PT", "P1", "1Y", "P-1Y", "P1D1Y", "P1YT", "P1.5Y", "p1y", "P2401M", "P73050D", "P1Y1Y"]
    {
        assert!(text.parse::<Duration>().is_err(), "{text}");
    }
}

#[test]
fn names_of_a_rule_are_gathered_once() {
    let names = Rule::parse(RULES[33]).unwrap().names();
    assert_eq!(names.events.into_iter().collect::<Vec<_>>(), ["a", "c", "made"]);
    assert_eq!(names.flags.into_iter().collect::<Vec<_>>(), ["d", "e"]);
    assert_eq!(names.holding_flags.into_iter().collect::<Vec<_>>(), ["e"]);
    assert_eq!(names.quantities.into_iter().collect::<Vec<_>>(), ["b"]);
    assert_eq!(Rule::parse("erase at inherit(data-source)").unwrap().events(), ["source.erased"]);
}
