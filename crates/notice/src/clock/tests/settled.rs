//! The points that the specification settles in its section 8.

use super::super::Status;
use super::Case;

#[test]
fn latest_waits_for_every_argument_that_is_not_optional() {
    let rule = "erase from latest(need.ended, not-current, audit-duty.ended)";
    let case = Case::new(rule, "2026-11-21").event("not-current", "2020-01-01");
    let Status::Waiting { events, .. } = case.status() else { panic!("{:?}", case.status()) };
    assert_eq!(events, ["need.ended", "audit-duty.ended"]);
    let all = case.event("need.ended", "2021-01-01").event("audit-duty.ended", "2025-12-31");
    assert_eq!(all.stages(), "erase due 2025-12-31");
}

#[test]
fn latest_of_optional_arguments_alone_waits_for_the_first() {
    let case = Case::new("erase at latest(opt a, opt b)", "2026-01-01");
    assert_eq!(case.stages(), "erase waiting");
    assert_eq!(case.event("b", "2025-01-01").stages(), "erase due 2025-01-01");
}

#[test]
fn a_stage_whose_condition_is_false_is_not_applicable_and_counts_as_done() {
    let rule = "archive to rigsarkivet from need.ended if flag preserve-worthy then erase from need.ended";
    let case = Case::new(rule, "2026-11-21").event("need.ended", "2026-01-01");
    assert_eq!(case.stages(), "archive not applicable; erase due 2026-01-01");
    assert_eq!(case.statuses()[1].blocked_by, None);
}

#[test]
fn an_unknown_quantity_holds_with_a_review_date() {
    let rule = "erase at latest(issued + P2Y, opt last dispensed + active-period)";
    let case =
        Case::new(rule, "2027-01-01").event("issued", "2024-01-01").quantity("active-period", "unknown");
    assert_eq!(case.stages(), "erase due 2026-01-01", "never dispensed: the quantity does not matter");
    let held = case.event("dispensed", "2024-02-01");
    assert_eq!(held.stages(), "erase held 2026-01-01");
    assert_eq!(held.statuses()[0].clause, rule.trim_start_matches("erase at "));
    assert!(held.status().review().unwrap() > super::instant("2027-01-01"));
}

#[test]
fn an_unknown_date_does_not_keep_what_another_date_ends_for_certain() {
    let rule = "erase at earliest(issued + active-period, subject.died + P1Y)";
    let case = |now| {
        Case::new(rule, now)
            .event("issued", "2020-01-01")
            .event("subject.died", "2025-01-01")
            .quantity("active-period", "unknown")
    };
    assert_eq!(case("2025-12-31").stages(), "erase held 2026-01-01");
    assert_eq!(case("2025-12-31").next_look().as_deref(), Some("2026-01-01"));
    assert_eq!(case("2026-01-01").stages(), "erase due 2026-01-01");
}

#[test]
fn erasure_is_blocked_by_an_archive_that_has_not_happened() {
    let rule = "archive to rigsarkivet from need.ended then erase by case.closed + P30Y";
    let case = Case::new(rule, "2031-01-01").event("case.closed", "2000-01-01");
    assert_eq!(case.stages(), "archive waiting; erase due 2030-01-01");
    assert_eq!(case.statuses()[1].blocked_by, Some(0));
}

const MYLOG: &str = "erase at log.written + P5Y if flag special-case else erase at log.written + P2Y";

#[test]
fn a_flag_set_when_the_shorter_period_is_over_has_no_effect() {
    for (set, expected) in [
        ("2026-02-28", "erase pending 2029-03-01"),
        ("2026-03-01", "erase due 2026-03-01"),
        ("2026-04-01", "erase due 2026-03-01"),
    ] {
        let case =
            Case::new(MYLOG, "2026-05-01").event("log.written", "2024-03-01").flag("special-case", set, None);
        assert_eq!(case.stages(), expected, "set {set}");
    }
}

#[test]
fn a_flag_that_is_lifted_gives_way_at_once() {
    let case = |now| {
        Case::new(MYLOG, now).event("log.written", "2024-03-01").flag(
            "special-case",
            "2025-01-01",
            Some("2027-01-01"),
        )
    };
    assert_eq!(case("2026-12-31").stages(), "erase pending 2029-03-01");
    assert_eq!(case("2026-12-31").next_look().as_deref(), Some("2027-01-01"));
    assert_eq!(case("2027-01-01").stages(), "erase due 2026-03-01");
}

#[test]
fn a_later_flag_still_counts_while_an_earlier_flag_runs() {
    let rule = "erase at made + P10Y if flag trial else erase at made + P5Y if flag complaint else erase at made + P2Y";
    let case =
        Case::new(rule, "2024-06-01").event("made", "2020-01-01").flag("complaint", "2021-01-01", None);
    assert_eq!(case.stages(), "erase pending 2025-01-01");
    let both = case.flag("trial", "2023-01-01", None);
    assert_eq!(both.stages(), "erase pending 2030-01-01");
}

#[test]
fn a_flag_for_the_archive_counts_after_the_need_has_ended() {
    let rule =
        "archive to rigsarkivet from need.ended if flag preserve-worthy else erase by case.closed + P30Y";
    let case = Case::new(rule, "2026-11-21")
        .event("case.closed", "2000-01-01")
        .event("need.ended", "2026-01-01")
        .flag("preserve-worthy", "2026-06-01", None);
    assert_eq!(case.stages(), "archive due 2026-01-01");
}

#[test]
fn a_stage_that_is_done_stays_done_when_its_event_is_revoked() {
    let rule = "block at closed + P6M then erase at closed + P3Y";
    let case = Case::new(rule, "2026-11-21").event("closed", "2026-01-01").done(0, "2026-07-01");
    assert_eq!(case.stages(), "block done 2026-07-01; erase pending 2029-01-01");
    assert_eq!(case.statuses()[1].blocked_by, None);
    let revoked = Case::new(rule, "2026-11-21").done(0, "2026-07-01");
    assert_eq!(revoked.stages(), "block done 2026-07-01; erase waiting");
}

#[test]
fn what_waits_is_looked_at_each_year_after_the_last_event() {
    let case = Case::new("erase at subject.died + P1Y", "2026-11-21").event("basic.made", "2020-02-29");
    assert_eq!(case.next_look().as_deref(), Some("2027-02-28"));
    let alone = Case::new("erase at subject.died + P1Y", "2026-11-21");
    assert_eq!(alone.next_look().as_deref(), Some("2027-11-21"));
}

#[test]
fn a_date_beyond_the_calendar_is_held_and_never_a_panic() {
    let case = Case::new("erase at made + P200Y", "2026-11-21").event("made", "9990-01-01");
    assert_eq!(case.stages(), "erase held");
    let odd = Case::new("erase at made + period", "2026-11-21").event("made", "2020-01-01");
    assert_eq!(odd.quantity("period", "-P1D").stages(), "erase held", "a quantity never points back");
}

#[test]
fn a_condition_on_a_quantity_compares_from_one_fixed_date() {
    let case = |period| {
        Case::new("erase at made + P5Y if period > P1M else erase at made + P1Y", "2020-01-02")
            .event("made", "2020-01-01")
            .quantity("period", period)
            .stages()
    };
    assert_eq!(case("P32D"), "erase pending 2025-01-01");
    assert_eq!(case("P31D"), "erase pending 2021-01-01");
    assert_eq!(case("unknown"), "erase held");
}

#[test]
fn within_turns_by_itself_and_is_looked_at_then() {
    let rule = "erase at made + P1Y unless seen within P3M";
    let case = |now| Case::new(rule, now).event("made", "2020-01-01").event("seen", "2021-01-01");
    assert_eq!(case("2021-03-31").stages(), "erase held 2021-01-01");
    assert_eq!(case("2021-03-31").next_look().as_deref(), Some("2021-04-01"));
    assert_eq!(case("2021-04-01").stages(), "erase due 2021-01-01");
}

#[test]
fn days_count_on_the_wall_and_hours_as_they_pass() {
    // The night to 2026-03-29 has 23 hours in Denmark.
    let days = Case::new("erase at made + P1D", "2026-04-01").event("made", "2026-03-28");
    assert_eq!(days.stages(), "erase due 2026-03-29");
    let next = Case::new("erase at made + P2D", "2026-04-01").event("made", "2026-03-28");
    assert_eq!(next.stages(), "erase due 2026-03-30");
    let hours = Case::new("erase at made + PT48H", "2026-04-01").event("made", "2026-03-28");
    assert_eq!(hours.stages(), "erase due 2026-03-29T23:00");
}
