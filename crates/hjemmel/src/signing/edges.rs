//! The last moments before and the first after which notices run: each bound from both sides. Threats T1 and T2.

use jiff::ToSpan;
use jiff::tz::TimeZone;

use super::tests::{NOW, at, compiled, files, held, house, later, signed, two_years};
use super::*;

/// Threat T1: the clock of a signer may go before ours by minutes, and no signature waits for its day.
#[test]
fn threat_t1_a_signature_may_be_five_minutes_ahead_and_no_more() {
    let house = house();
    let policy = compiled(&files("", ""));
    let ask = |seconds: i64| {
        let sheet = signed(&house, &policy, at(NOW) + seconds.seconds());
        verify(&sheet, &policy.version.to_string(), &house.signers, at(NOW)).map(|it| it.by.len())
    };
    assert_eq!(ask(300), Ok(2));
    assert_eq!(ask(301), Err(Refused::Future("anna".to_owned())));
}

/// Threat T2: what runs on until the new take effect must still be signed by those who may.
#[test]
fn threat_t2_the_former_run_on_only_while_their_own_signatures_stand() {
    let mut house = house();
    let (from, to) = two_years();
    let (before, after) = (files("", ""), files(&from, &to));
    let (old, new) = (compiled(&before), compiled(&after));
    let former = held(&before, &signed(&house, &old, at("2026-01-01T09:00:00Z")), at(NOW));
    let carl = Signer { name: "carl".to_owned(), key: house.keys[2].public().unwrap() };
    let mut sheet = Sheet::new(&new.version.to_string(), at(NOW));
    sheet.sign("anna", &house.keys[0], at(NOW));
    sheet.sign("carl", &house.keys[2], at(NOW));
    // Bent may sign no longer, and carl may.
    house.signers[1] = carl;
    let candidate = Candidate { policy: &new, sheet: &sheet };
    let former = Former { policy: &old, held: Some(&former) };
    let chosen = choose(candidate, Some(former), &house.signers, at(NOW), &TimeZone::UTC);
    assert_eq!(chosen, Err(Refused::Stranger("bent".to_owned())));
}

/// Threat T2: a day that was signed beyond the seven days is kept, and what is signed for the past gains nothing.
#[test]
fn threat_t2_a_shortened_clock_waits_for_the_later_of_seven_days_and_the_signed_day() {
    let house = house();
    let (from, to) = two_years();
    let (before, after) = (files("", ""), files(&from, &to));
    let (old, new) = (compiled(&before), compiled(&after));
    let former = held(&before, &signed(&house, &old, at("2026-01-01T09:00:00Z")), at(NOW));
    for (valid_from, until) in [(later(30), later(30)), (at("2020-01-01T00:00:00Z"), later(7))] {
        let mut sheet = Sheet::new(&new.version.to_string(), valid_from);
        sheet.sign("anna", &house.keys[0], at(NOW));
        sheet.sign("bent", &house.keys[1], at(NOW));
        let ask = |now| {
            let candidate = Candidate { policy: &new, sheet: &sheet };
            let former = Former { policy: &old, held: Some(&former) };
            choose(candidate, Some(former), &house.signers, now, &TimeZone::UTC)
        };
        assert_eq!(ask(until - 1.second()), Ok(Choice::Former { until }));
        assert_eq!(ask(until), Ok(Choice::New));
    }
}

/// Threat T2: two versions signed in one second have no order; neither takes the place of the other.
#[test]
fn threat_t2_notices_signed_in_the_same_second_as_those_that_run_are_not_newer() {
    let house = house();
    let (before, after) = (files("", ""), files("language = 1", "language = 1 "));
    let (old, new) = (compiled(&before), compiled(&after));
    let former = held(&before, &signed(&house, &old, at(NOW)), at(NOW));
    let ask = |when| {
        let sheet = signed(&house, &new, when);
        let candidate = Candidate { policy: &new, sheet: &sheet };
        let former = Former { policy: &old, held: Some(&former) };
        choose(candidate, Some(former), &house.signers, later(1), &TimeZone::UTC)
    };
    assert_eq!(ask(at(NOW)), Err(Refused::Replayed));
    assert_eq!(ask(at(NOW) + 1.second()), Ok(Choice::New));
}

/// Threats T2 and T5: a clock may be put right by an hour; beyond it nothing starts.
#[test]
fn threat_t2_the_clock_may_be_put_back_by_an_hour_and_no_more() {
    let house = house();
    let all = files("", "");
    let policy = compiled(&all);
    let sheet = signed(&house, &policy, at(NOW));
    let seen = later(30);
    let former = held(&all, &sheet, seen);
    let ask = |now| {
        let candidate = Candidate { policy: &policy, sheet: &sheet };
        let former = Former { policy: &policy, held: Some(&former) };
        choose(candidate, Some(former), &house.signers, now, &TimeZone::UTC)
    };
    assert_eq!(ask(seen - 1.hour()), Ok(Choice::New));
    assert_eq!(ask(seen - 1.hour() - 1.second()), Err(Refused::ClockSetBack));
}
