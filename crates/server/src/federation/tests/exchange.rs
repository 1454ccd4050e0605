//! Keys go round between three countries, whole and once, and never back to where they came from.

use std::collections::BTreeMap;

use exposure::gateway::FederatedKey;
use jiff::ToSpan as _;
use register::Randomness as _;
use register::testing::SeededRandomness;
use services::gateway_service::certificates;
use services::smittestop::gateway::{Way, state};

use super::europe::{COUNTRIES, Europe, as_told, door, key, keys};

// proves rule SS-03, SS-23, SS-39
#[tokio::test(flavor = "multi_thread")]
async fn every_country_gets_the_keys_of_the_others_once_and_with_their_origin() {
    let europe = Europe::new().await;
    for country in COUNTRIES {
        *europe.of(country).keys.lock().unwrap() = keys(country, 0..20);
        assert_eq!(europe.of(country).client.upload().await, Ok(20));
        assert_eq!(europe.of(country).client.upload().await, Ok(0), "nothing goes up twice");
    }
    europe.batches().await;
    for country in COUNTRIES {
        assert_eq!(europe.of(country).client.download().await, Ok(40));
        assert_eq!(europe.of(country).client.download().await, Ok(0), "nothing comes down twice");
        let others: Vec<FederatedKey> = COUNTRIES
            .iter()
            .filter(|other| **other != country)
            .flat_map(|other| keys(other, 0..20))
            .collect();
        assert_eq!(europe.for_phones(country), as_told(&others));
    }
    // More comes later: the chain goes on where it ended.
    *europe.of("SE").keys.lock().unwrap() = keys("SE", 0..25);
    assert_eq!(europe.of("SE").client.upload().await, Ok(5));
    europe.batches().await;
    assert_eq!(europe.of("DK").client.download().await, Ok(5));
    assert_eq!(europe.for_phones("DK").len(), 45);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_goes_where_its_owner_has_been_and_everywhere_if_nothing_was_said() {
    let europe = Europe::new().await;
    let mut some = keys("SE", 0..3);
    some[0].visited_countries = vec!["DK".to_owned()];
    some[1].visited_countries = vec!["DE".to_owned(), "FR".to_owned()];
    *europe.of("SE").keys.lock().unwrap() = some.clone();
    assert_eq!(europe.of("SE").client.upload().await, Ok(3));
    europe.batches().await;
    assert_eq!(europe.of("DK").client.download().await, Ok(2));
    assert_eq!(europe.for_phones("DK"), as_told(&[some[0].clone(), some[2].clone()]));
    assert_eq!(europe.of("DE").client.download().await, Ok(2));
    assert_eq!(europe.for_phones("DE"), as_told(&some[1..]));
}

/// Random exchanges: uploads of random sizes, batches and downloads at random times.
#[tokio::test(flavor = "multi_thread")]
async fn no_key_comes_back_to_its_origin_whatever_the_order() {
    let europe = Europe::new().await;
    let dice = SeededRandomness::new(2_020);
    let roll = |sides: u8| {
        let mut byte = [0];
        dice.fill(&mut byte);
        byte[0] % sides
    };
    let mut sent: BTreeMap<&str, u32> = BTreeMap::new();
    for _ in 0..40 {
        let country = COUNTRIES[usize::from(roll(3))];
        let one = europe.of(country);
        match roll(3) {
            0 => {
                let count = sent.entry(country).or_default();
                *count += u32::from(roll(6));
                *one.keys.lock().unwrap() = keys(country, 0..*count);
                one.client.upload().await.unwrap();
            }
            1 => europe.batches().await,
            _ => {
                one.client.download().await.unwrap();
            }
        }
        assert!(europe.for_phones(country).iter().all(|(_, origin)| origin != country));
    }
    europe.batches().await;
    for country in COUNTRIES {
        europe.of(country).client.download().await.unwrap();
        let others = COUNTRIES.iter().filter(|other| **other != country);
        let others: Vec<FederatedKey> =
            others.flat_map(|other| keys(other, 0..sent.get(other).copied().unwrap_or(0))).collect();
        assert_eq!(europe.for_phones(country), as_told(&others), "{country}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_exchange_runs_every_two_hours_and_at_once_when_the_gateway_says_so() {
    let europe = Europe::new().await;
    let (dk, se) = (europe.of("DK"), europe.of("SE"));
    *se.keys.lock().unwrap() = keys("SE", 0..4);
    let _ = se.client.run_due().await;
    let _ = dk.client.run_due().await;
    europe.batches().await;
    let _ = dk.client.run_due().await;
    assert_eq!(europe.for_phones("DK").len(), 0, "not due yet");
    dk.client.wake();
    let _ = dk.client.run_due().await;
    assert_eq!(europe.for_phones("DK").len(), 4);
    *se.keys.lock().unwrap() = vec![key("SE", 9)];
    europe.pass(2.hours());
    let _ = se.client.run_due().await;
    let state = door(&se.house, 5).act_here(state::run).unwrap();
    assert_eq!(state.uploaded, 5);
    assert_eq!(state.runs.get(&Way::Up).unwrap().1, "done");
}

// proves rule SS-24
#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_those_who_answer_together_is_that_of_the_admitted_countries() {
    let europe = Europe::new().await;
    let notice = &europe.gateway.policy;
    let joint: Vec<&String> =
        notice.notices.iter().filter(|one| one.said.id == "sst").flat_map(|one| &one.joint).collect();
    assert_eq!(joint, ["gateway-countries"]);
    let rules = europe.rehearsal.rules().clone();
    let rows = door(&europe.gateway, 5).act_here(|at| certificates::run(at, &rules)).unwrap();
    let mut countries: Vec<&str> = rows.iter().map(|row| row.country.as_str()).collect();
    countries.dedup();
    assert_eq!(countries, COUNTRIES);
}
