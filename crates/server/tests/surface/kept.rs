//! What somebody had written when her session ended is kept for her and for nobody else.

use axum::http::StatusCode;

use crate::town::{Answer, Town};

const WRITTEN: &str = "phone=70+10+00+90&relative_first_name=&relative_last_name=&relative_phone=&temporary_address=&temporary_until=&languages=";

fn says(answer: &Answer, words: &str) -> bool {
    answer.text().contains(words)
}

#[tokio::test]
async fn a_form_sent_after_the_session_ended_waits_for_its_owner_and_is_sent_once() {
    let town = Town::new();
    let nancy = town.nancy();
    town.pass_seconds(16 * 60);
    let late = town.form(&nancy, "/da/me/basic", WRITTEN).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED);
    assert!(says(&late, "er gemt i 15 minutter"), "{}", late.text());
    assert!(!says(&late, "70 10 00 90"), "no word of it before she is logged in");
    let einer = town.citizen(town.country.einer);
    assert!(!says(&town.get(Some(&einer), "/da/kept").await, "70 10 00 90"), "nobody else's");
    assert_eq!(town.get(None, "/da/kept").await.status, StatusCode::UNAUTHORIZED);
    let again = town.nancy();
    let kept = town.get(Some(&again), "/da/kept").await;
    assert!(
        says(&kept, "value=\"70 10 00 90\"") && says(&kept, "action=\"/da/me/basic\""),
        "{}",
        kept.text()
    );
    assert!(!says(&kept, &nancy.csrf), "with the token of the new session");
    let sent = town.form(&again, "/da/me/basic", WRITTEN).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    assert!(says(&town.get(Some(&again), "/da/kept").await, "Der er ikke gemt noget"));
}

#[tokio::test]
async fn work_is_kept_for_a_fresh_login_and_thrown_away_on_request() {
    let town = Town::new();
    let nancy = town.nancy();
    town.pass_seconds(6 * 60);
    let stale = town.form(&nancy, "/en/me/basic", WRITTEN).await;
    assert_eq!(stale.status, StatusCode::FORBIDDEN);
    assert!(says(&stale, "is kept for 15 minutes"), "{}", stale.text());
    assert!(says(&town.get(Some(&nancy), "/en/kept").await, "70 10 00 90"));
    let forgotten = town.form(&nancy, "/en/kept", "").await;
    assert_eq!((forgotten.status, forgotten.header("location")), (StatusCode::SEE_OTHER, "/en/me"));
    assert!(!says(&town.get(Some(&nancy), "/en/kept").await, "70 10 00 90"));
}

#[tokio::test]
async fn nothing_is_kept_without_the_token_of_the_form_nor_for_more_than_fifteen_minutes() {
    let town = Town::new();
    let nancy = town.nancy();
    town.pass_seconds(16 * 60);
    let forged = crate::town::Browser { csrf: "x".repeat(64), ..nancy.clone() };
    let late = town.form(&forged, "/da/me/basic", WRITTEN).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED);
    assert!(!says(&late, "er gemt"), "{}", late.text());
    let large = format!("phone={}", "1".repeat(70_000));
    assert!(!says(&town.form(&nancy, "/da/me/basic", &large).await, "er gemt"));
    assert!(says(&town.form(&nancy, "/da/me/basic", WRITTEN).await, "er gemt"));
    town.pass_seconds(15 * 60);
    assert!(says(&town.get(Some(&town.nancy()), "/da/kept").await, "Der er ikke gemt noget"));
}
