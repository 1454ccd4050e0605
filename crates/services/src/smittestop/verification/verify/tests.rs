//! Who gets a code, who does not, how often, and what a code is good for.

use notice::Id;
use notice::id::Person;

use super::*;
use crate::smittestop::positives::tests::{list, positive, send};
use crate::smittestop::verification::{certify, redeem, see_own};
use crate::testing::{Country, EINER, NANCY};

pub(crate) fn asks(symptoms: Symptoms) -> Request {
    Request { pid: Personal::new("9208-2002-2-123456789012".into()), symptoms, form: Form::Digits }
}

/// The code that a person gets.
pub(crate) fn warns(country: &Country, person: Id<Person>, symptoms: Symptoms) -> Personal<String> {
    match country.act(&country.citizen(person), |at| run(at, asks(symptoms))).unwrap() {
        Outcome::Code { code, .. } => code,
        other => panic!("{other:?}"),
    }
}

fn redeems(country: &Country, code: &str) -> Result<redeem::Output, redeem::Error> {
    let system = country.caller("system", None, None);
    let request = redeem::Request { code: Personal::new(code.to_owned()) };
    country.act(&system, |at| redeem::run(at, request))
}

fn certifies(country: &Country, token: &Personal<String>) -> Result<Behind, certify::Error> {
    let system = country.caller("system", None, None);
    country.act(&system, |at| certify::run(at, certify::Request { token: token.clone() }))
}

#[test]
fn whoever_is_on_the_list_gets_a_code_that_works_once_and_leads_to_a_certificate_once() {
    // proves rule SS-11, rule SS-12
    let country = Country::new();
    send(&country, list(&country, &[NANCY])).unwrap();
    let code = warns(&country, country.nancy, Symptoms::Since(jiff::civil::date(2026, 11, 17)));
    assert!(code.reveal().len() == 8 && code.reveal().bytes().all(|byte| byte.is_ascii_digit()));
    let redeemed = redeems(&country, code.reveal()).unwrap();
    assert_eq!(redeemed.behind.onset, jiff::civil::date(2026, 11, 17));
    assert!(matches!(redeems(&country, code.reveal()), Err(redeem::Error::Not(_))), "a code works once");
    assert_eq!(certifies(&country, &redeemed.token).unwrap(), redeemed.behind);
    assert!(
        matches!(certifies(&country, &redeemed.token), Err(certify::Error::Not(_))),
        "a token works once"
    );
}

#[test]
fn whoever_is_not_on_the_list_gets_no_code() {
    // proves rule SS-12
    let country = Country::new();
    send(&country, list(&country, &[NANCY])).unwrap();
    let answer = country.act(&country.citizen(country.einer), |at| run(at, asks(Symptoms::Unsaid)));
    assert!(matches!(answer, Ok(Outcome::NotListed)));
}

#[test]
fn the_code_of_minutes_and_the_link_of_a_day_go_by_their_clocks() {
    let country = Country::new();
    send(&country, list(&country, &[NANCY])).unwrap();
    let code = warns(&country, country.nancy, Symptoms::Unsaid);
    let nancy = country.citizen(country.nancy);
    let link = country.act(&nancy, |at| run(at, Request { form: Form::Link, ..asks(Symptoms::Unsaid) }));
    let Ok(Outcome::Code { code: link, until, .. }) = link else { panic!("{link:?}") };
    assert_eq!((link.reveal().len(), until), (16, Some("2026-11-22T09:00:00Z".parse().unwrap())));
    country.house.clock.pass(jiff::Span::new().minutes(15));
    assert!(redeems(&country, code.reveal()).is_err(), "after 15 minutes");
    // Typed as people type.
    let typed = format!("{}-{}", &link.reveal()[..8], &link.reveal()[8..]).to_lowercase();
    assert!(redeems(&country, &typed).is_ok());
}

#[test]
fn the_fourth_check_in_a_day_waits_until_the_first_is_forgotten() {
    // proves rule SS-37, rule SS-42
    let country = Country::new();
    send(&country, list(&country, &[NANCY, EINER])).unwrap();
    let ask = |country: &Country| {
        country.act(&country.citizen(country.nancy), |at| run(at, asks(Symptoms::None))).unwrap()
    };
    for _ in 0..CHECKS_MAX {
        assert!(matches!(ask(&country), Outcome::Code { .. }));
        country.house.clock.pass(jiff::Span::new().hours(1));
    }
    let again = Some("2026-11-22T09:00:00Z".parse().unwrap());
    let Outcome::TooMany { again_at } = ask(&country) else { panic!("a fourth check") };
    assert_eq!(again_at, again);
    warns(&country, country.einer, Symptoms::None);
    country.house.clock.pass_until("2026-11-22T08:59:59Z".parse().unwrap());
    assert!(matches!(ask(&country), Outcome::TooMany { .. }));
    country.house.clock.pass_until("2026-11-22T09:00:00Z".parse().unwrap());
    assert!(matches!(ask(&country), Outcome::Code { .. }));
}

#[test]
fn login_and_counts_are_gone_after_a_day() {
    // proves rule SS-34, rule SS-40, rule SS-42, rule SS-46
    let country = Country::new();
    send(&country, list(&country, &[NANCY])).unwrap();
    warns(&country, country.nancy, Symptoms::Unsaid);
    let own = |country: &Country| {
        country.act(&country.citizen(country.nancy), |at| see_own::run(at, see_own::Request {})).unwrap()
    };
    let day = Some("2026-11-22T09:00:00Z".parse().unwrap());
    assert_eq!((own(&country).logins, own(&country).checks), (vec![day], vec![day]));
    country.house.clock.pass(jiff::Span::new().hours(24));
    assert!(own(&country).logins.is_empty() && own(&country).checks.is_empty());
    country.house.register.sweep().unwrap();
    let erased = |name: &str| {
        let register = country.house.policy.register_id(name).unwrap();
        country.house.register.receipts(20).unwrap().iter().filter(|one| one.register == register).count()
    };
    assert_eq!((erased(LOGIN), erased(COUNT), erased("sst.verification-code")), (1, 1, 1));
}

#[test]
fn an_old_login_and_somebody_elses_are_refused() {
    // proves rule SS-12
    let country = Country::new();
    send(&country, list(&country, &[NANCY])).unwrap();
    let nancy = country.citizen(country.nancy);
    country.house.clock.pass(jiff::Span::new().seconds(301));
    let old = country.act(&nancy, |at| run(at, asks(Symptoms::Unsaid)));
    let Err(Error::Refused(refusal)) = old else { panic!("{old:?}") };
    assert_eq!(refusal.clause, notice::policy::ClauseId::StepUp);
    for role in ["caseworker", "ssi", "doctor", "system"] {
        let answer = country
            .act(&country.caller(role, Some(country.nancy), None), |at| run(at, asks(Symptoms::Unsaid)));
        assert!(matches!(answer, Err(Error::Refused(_))), "{role}");
    }
}

#[test]
fn a_day_of_symptoms_that_cannot_be_is_not_taken() {
    let country = Country::new();
    send(&country, list(&country, &[NANCY])).unwrap();
    let nancy = country.citizen(country.nancy);
    for day in [jiff::civil::date(2026, 11, 22), jiff::civil::date(2026, 10, 23)] {
        let answer = country.act(&nancy, |at| run(at, asks(Symptoms::Since(day))));
        assert!(matches!(answer, Err(Error::Invalid(_))), "{day}");
    }
    warns(&country, country.nancy, Symptoms::Since(jiff::civil::date(2026, 10, 24)));
}

#[test]
fn keys_count_from_the_first_symptoms_or_else_from_the_test() {
    // proves rule SS-17
    let country = Country::new();
    let mut request = list(&country, &[NANCY]);
    request.people[0] = positive(NANCY, "2026-11-20T08:00:00Z");
    request.people[0].onset = Some(jiff::civil::date(2026, 11, 18));
    send(&country, request).unwrap();
    let onset = |symptoms| {
        let code = warns(&country, country.nancy, symptoms);
        redeems(&country, code.reveal()).unwrap().behind.onset
    };
    assert_eq!(onset(Symptoms::Unsaid), jiff::civil::date(2026, 11, 18), "as the institute knows");
    assert_eq!(onset(Symptoms::None), jiff::civil::date(2026, 11, 20), "the day of the test");
    assert_eq!(onset(Symptoms::Since(jiff::civil::date(2026, 11, 16))), jiff::civil::date(2026, 11, 16));
}

#[test]
fn unknown_used_and_nonsensical_are_one_answer() {
    let country = Country::new();
    send(&country, list(&country, &[NANCY])).unwrap();
    let used = warns(&country, country.nancy, Symptoms::Unsaid);
    redeems(&country, used.reveal()).unwrap();
    let answers: Vec<_> =
        [used.reveal().as_str(), "00000000", "", "1234567", "ABCDEFGHJKMNPQRS", "'; drop table"]
            .map(|code| format!("{:?}", redeems(&country, code).unwrap_err()))
            .into();
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

#[test]
fn two_phones_with_one_code_at_the_same_moment_get_one_token() {
    let country = Country::new();
    send(&country, list(&country, &[NANCY])).unwrap();
    let code = warns(&country, country.nancy, Symptoms::Unsaid);
    let good = std::thread::scope(|scope| {
        let one = || scope.spawn(|| redeems(&country, code.reveal()).is_ok());
        let phones: Vec<_> = (0..8).map(|_| one()).collect();
        phones.into_iter().filter(|_| true).map(|phone| phone.join().unwrap()).filter(|good| *good).count()
    });
    assert_eq!(good, 1);
}
