//! The twenty dated scenarios of the specification, and its further cases.

use jiff::civil::date;

use super::super::answer_by;
use super::Case;

const IMI: &str = "block at imi.case.closed + P6M then erase at imi.case.closed + P3Y";
const APPOINTMENT: &str = "erase at earliest(appointment.fulfilled + P2Y, subject.died + P1Y)";
const MYLOG: &str = "erase at log.written + P5Y if flag special-case else erase at log.written + P2Y";
const PRESCRIPTION: &str = "erase at latest(prescription.issued + P2Y, opt last dispensed + P2Y, opt last dispensed + active-period)";
const ORDER: &str =
    "erase at latest(order.made + P2Y, opt last dispensed + P2Y, opt last dispensed + active-period)";
const RECRUITMENT: &str = "erase at earliest(recruitment.concluded, application.received + P6M) unless flag applicant-asked-to-keep";
const PLANS: &str = "erase at inherit(data-source)";
const STPS_CASE: &str = "archive to rigsarkivet from need.ended if flag preserve-worthy \
     else erase by case.closed + P30Y then erase by earliest(archive.handed-over, case.closed + P30Y)";
const PHONE: &str = "erase at earliest(consent.withdrawn, app.uninstalled, key.made + P14D)";

#[test]
fn imi_blocks_half_a_year_after_closure() {
    let case = Case::new(IMI, "2026-11-21").event("imi.case.closed", "2026-05-20");
    assert_eq!(case.stages(), "block due 2026-11-20; erase pending 2029-05-20");
}

#[test]
fn imi_shows_both_stages_overdue() {
    let case = Case::new(IMI, "2029-05-20").event("imi.case.closed", "2026-05-20");
    assert_eq!(case.stages(), "block due 2026-11-20; erase due 2029-05-20");
    assert_eq!(case.statuses()[1].blocked_by, Some(0));
}

#[test]
fn nsp_appointment_goes_a_year_after_death_if_that_is_first() {
    let case = Case::new(APPOINTMENT, "2026-03-02")
        .event("appointment.fulfilled", "2025-12-01")
        .event("subject.died", "2025-03-01");
    assert_eq!(case.stages(), "erase due 2026-03-01");
    assert_eq!(case.statuses()[0].clause, "subject.died + P1Y");
}

#[test]
fn nsp_appointment_waits_while_nothing_has_happened() {
    let case = Case::new(APPOINTMENT, "2026-03-02");
    assert_eq!(case.stages(), "erase waiting");
    assert!(case.status().review().is_some());
}

#[test]
fn nsp_mylog_goes_after_two_years() {
    let case = Case::new(MYLOG, "2026-03-02").event("log.written", "2024-03-01");
    assert_eq!(case.stages(), "erase due 2026-03-01");
}

#[test]
fn nsp_mylog_of_a_special_case_goes_after_five_years() {
    let case = Case::new(MYLOG, "2026-03-02").event("log.written", "2024-03-01").flag(
        "special-case",
        "2024-03-01",
        None,
    );
    assert_eq!(case.stages(), "erase pending 2029-03-01");
}

#[test]
fn fmk_prescription_that_was_never_dispensed_goes_after_two_years() {
    let case = Case::new(PRESCRIPTION, "2026-11-21").event("prescription.issued", "2024-11-21");
    assert_eq!(case.stages(), "erase due 2026-11-21");
}

#[test]
fn fmk_prescription_counts_from_the_last_dispensing() {
    let case = Case::new(PRESCRIPTION, "2026-11-21")
        .event("prescription.issued", "2024-01-01")
        .event("dispensed", "2024-02-01")
        .event("dispensed", "2025-06-01");
    assert_eq!(case.stages(), "erase pending 2027-06-01");
    assert_eq!(case.statuses()[0].clause, "last dispensed + P2Y");
}

#[test]
fn fmk_prescription_stays_while_the_treatment_is_active() {
    for (now, expected) in
        [("2027-11-21", "erase pending 2029-02-01"), ("2029-02-01", "erase due 2029-02-01")]
    {
        let case = Case::new(PRESCRIPTION, now)
            .event("prescription.issued", "2024-01-01")
            .event("dispensed", "2024-02-01")
            .quantity("active-period", "P5Y");
        assert_eq!(case.stages(), expected);
    }
}

#[test]
fn fmk_order_is_extended_by_a_dispensing() {
    let case =
        Case::new(ORDER, "2026-11-21").event("order.made", "2024-01-01").event("dispensed", "2025-06-01");
    assert_eq!(case.stages(), "erase pending 2027-06-01");
}

#[test]
fn sds_recruitment_has_a_ceiling_of_half_a_year() {
    let case = Case::new(RECRUITMENT, "2026-11-21").event("application.received", "2026-05-21");
    assert_eq!(case.stages(), "erase due 2026-11-21");
}

#[test]
fn sds_recruitment_is_held_for_an_applicant_who_asked() {
    let case = Case::new(RECRUITMENT, "2026-11-21").event("application.received", "2026-05-21").flag(
        "applicant-asked-to-keep",
        "2026-06-01",
        None,
    );
    assert_eq!(case.stages(), "erase held 2026-11-21");
    assert_eq!(case.statuses()[0].clause, "unless flag applicant-asked-to-keep");
}

#[test]
fn nsp_plans_follow_their_source() {
    assert_eq!(Case::new(PLANS, "2026-11-21").stages(), "erase waiting");
    let said = Case::new(PLANS, "2026-11-21").source("data-source", "2026-11-20");
    assert_eq!(said.stages(), "erase due 2026-11-20");
    let told = Case::new(PLANS, "2026-11-21").event("source.erased", "2026-11-20");
    assert_eq!(told.stages(), "erase due 2026-11-20");
}

#[test]
fn sst_nemid_login_goes_after_24_hours_that_pass() {
    let rule = "erase at nemid.login + PT24H";
    let case = Case::new(rule, "2022-03-27T03:00").event("nemid.login", "2022-03-26T03:00");
    assert_eq!(case.stages(), "erase due 2022-03-27T03:00");
    // The same night read as Danish time: 03:00 in winter time, due at 04:00 on the wall in summer time.
    let danish = Case::new(rule, "2022-03-27T01:59").event("nemid.login", "2022-03-26T02:00");
    assert_eq!(danish.stages(), "erase pending 2022-03-27T02:00");
}

#[test]
fn stps_case_that_is_not_kept_for_the_archive_has_two_equal_stages() {
    let case = Case::new(STPS_CASE, "2026-11-21").event("case.closed", "2000-01-01");
    assert_eq!(case.stages(), "erase pending 2030-01-01; erase pending 2030-01-01");
}

#[test]
fn stps_case_that_is_worth_preserving_is_handed_over_first() {
    let case = Case::new(STPS_CASE, "2026-11-21")
        .event("case.closed", "2000-01-01")
        .event("need.ended", "2026-01-01")
        .flag("preserve-worthy", "2026-01-02", None);
    assert_eq!(case.stages(), "archive due 2026-01-01; erase pending 2030-01-01");
    assert_eq!(case.statuses()[1].blocked_by, Some(0));
    assert_eq!(case.statuses()[0].target.as_deref(), Some("rigsarkivet"));
}

#[test]
fn sst_phone_erases_at_withdrawal() {
    let case = Case::new(PHONE, "2021-01-02")
        .event("key.made", "2021-01-01")
        .event("consent.withdrawn", "2021-01-02");
    assert_eq!(case.stages(), "erase due 2021-01-02");
}

#[test]
fn mc_rejected_clamps_to_the_end_of_the_month() {
    let case = Case::new("erase by applicant.rejected + P3M", "2026-11-21")
        .event("applicant.rejected", "2026-08-31");
    assert_eq!(case.stages(), "erase pending 2026-11-30");
}

#[test]
fn an_answer_is_due_by_the_earlier_of_promise_and_statute() {
    let received = date(2027, 1, 31);
    let deadline = answer_by(received, Some("P30D".parse().unwrap())).unwrap();
    assert_eq!(deadline.statute, date(2027, 2, 28));
    assert_eq!(deadline.promised, Some(date(2027, 3, 2)));
    assert_eq!(deadline.by, date(2027, 2, 28));
    assert_eq!(deadline.by_working_day, date(2027, 3, 1));
}

#[test]
fn four_weeks_never_end_later_than_the_calendar_month_and_thirty_days_do_on_120_days() {
    let four_years = (0..1461).map(|day| date(2026, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap());
    let later = |promise: &str| {
        let promise = promise.parse().unwrap();
        let ends_later = |day: &jiff::civil::Date| {
            let deadline = answer_by(*day, Some(promise)).unwrap();
            deadline.promised.unwrap() > deadline.statute
        };
        four_years.clone().filter(ends_later).count()
    };
    assert_eq!(later("P4W"), 0);
    assert_eq!(later("P30D"), 120);
}
