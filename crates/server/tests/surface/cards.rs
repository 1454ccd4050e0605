//! The medicine card over REST, from a reading to a change and its conflict.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::town::Town;

pub fn order() -> Value {
    json!({
        "kind": "by-professional",
        "drug": { "name": "Amlodipin", "atc": "C08CA01", "drug_id": "28101606385", "form": "tabletter", "strength": "10 mg" },
        "route": "gennem munden",
        "indication": "forhøjet blodtryk",
        "dosage": {
            "kind": "structured", "unit": "tablet", "units": "tabletter",
            "periods": [{ "fixed": { "every_days": 1, "doses": [
                { "day": 1, "when": { "at": "morning" }, "dose": { "kind": "exactly", "quantity": "0.5" } }
            ] } }]
        },
        "active": { "from": "2026-11-21" },
        "substitution": "allowed",
        "handover": "prescription"
    })
}

#[tokio::test]
async fn a_doctor_reads_prescribes_and_is_told_of_a_conflict() {
    let town = Town::new();
    let doctor = town.doctor();
    let base = format!("/api/v1/patients/{}", town.country.nancy);
    let card = town.get(Some(&doctor), &format!("{base}/medicine-card")).await;
    assert_eq!(card.status, StatusCode::OK, "{}", card.text());
    let tag = card.header("etag").to_owned();
    assert!(tag.starts_with('"'));

    let body = json!({ "treatment": { "new": order() } });
    let preview = town
        .write("POST", Some(&doctor), &format!("{base}/orders/preview"), &body, &[("if-match", &tag)])
        .await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text());
    let untouched = town.get(Some(&doctor), &format!("{base}/medicine-card")).await;
    assert_eq!(untouched.header("etag"), tag, "a preview writes nothing");

    let missing = town.post(Some(&doctor), &format!("{base}/orders"), &body).await;
    assert_eq!(
        (missing.status, missing.code().as_str()),
        (StatusCode::PRECONDITION_REQUIRED, "version-missing")
    );
    let written =
        town.write("POST", Some(&doctor), &format!("{base}/orders"), &body, &[("if-match", &tag)]).await;
    assert_eq!(written.status, StatusCode::OK, "{}", written.text());
    assert_eq!(
        written.json()["order"]["dosage"]["periods"][0]["fixed"]["doses"][0]["dose"]["quantity"],
        "0.5"
    );

    let stale =
        town.write("POST", Some(&doctor), &format!("{base}/orders"), &body, &[("if-match", &tag)]).await;
    assert_eq!(
        (stale.status, stale.code().as_str()),
        (StatusCode::PRECONDITION_FAILED, "version-changed"),
        "{}",
        stale.text()
    );

    let nancy = town.get(Some(&town.nancy()), "/api/v1/me/medicine-card").await;
    assert_eq!(nancy.json()["orders"][0]["drug"]["name"], "Amlodipin");
    let log = town.get(Some(&town.nancy()), "/api/v1/me/log").await;
    assert!(log.text().contains("Test doctor"), "{}", log.text());
}

#[tokio::test]
async fn a_refusal_names_the_clause_and_the_way_forward() {
    let town = Town::new();
    let path = format!("/api/v1/patients/{}/medicine-card", town.country.nancy);
    let answer = town.get(Some(&town.other_doctor()), &path).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let body = answer.json();
    assert_eq!(body["code"], "refused-by-notice");
    assert_eq!(body["refusal"]["use"], "fmk.read-card");
    assert_eq!(body["refusal"]["clause"], "missing:treats");
    assert!(body["refusal"]["instead"].as_array().is_some_and(|ways| !ways.is_empty()), "{body}");
}

#[tokio::test]
async fn a_block_holds_from_the_next_request() {
    let town = Town::new();
    let (doctor, nancy) = (town.doctor(), town.nancy());
    let path = format!("/api/v1/patients/{}/medicine-card", town.country.nancy);
    assert_eq!(town.get(Some(&doctor), &path).await.status, StatusCode::OK);
    let blocked = town.post(Some(&nancy), "/api/v1/people/me/blocks", &json!({ "whom": "everyone" })).await;
    assert_eq!(blocked.status, StatusCode::OK, "{}", blocked.text());
    assert_eq!(town.get(Some(&doctor), &path).await.status, StatusCode::FORBIDDEN);
}
