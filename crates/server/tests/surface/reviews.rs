//! A reviewer goes through emergency access; the person reads what was found. Rules N-11, N-18.

use axum::http::StatusCode;
use notice::Id;
use notice::id::Record;
use serde_json::json;
use server::Persona;

use crate::town::{Answer, Browser, Town};

const WHY: &str = "Bevidstl%C3%B8s+efter+trafikulykke+p%C3%A5+motorvejen";
const NOTE: &str = "Patienten+var+ved+bevidsthed+og+kunne+sp%C3%B8rges";
const FOUND: &str = "Patienten var ved bevidsthed og kunne spørges";

fn reviewer(town: &Town) -> Browser {
    town.log_in(town.identity(Persona::Reviewer, "reviewer", Some(town.country.einer), None))
}

/// A stranger takes emergency access and looks.
async fn taken(town: &Town) -> Id<Record> {
    let doctor = town.other_doctor();
    let nancy = town.country.nancy;
    let took = town.form(&doctor, &format!("/da/patients/{nancy}/emergency"), &format!("reason={WHY}")).await;
    assert_eq!(took.status, StatusCode::SEE_OTHER);
    assert_eq!(town.get(Some(&doctor), took.header("location")).await.status, StatusCode::OK);
    let queue = town.get(Some(&reviewer(town)), "/api/v1/emergency-accesses").await.json();
    queue["items"][0]["id"].as_str().unwrap().parse().unwrap()
}

fn page(town: &Town, access: Id<Record>) -> String {
    format!("/da/officer/people/{}/emergencies/{access}", town.country.nancy)
}

fn holds(answer: &Answer, words: &str) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert!(answer.text().contains(words), "`{words}` is missing: {}", answer.text());
}

#[tokio::test]
async fn a_verdict_reaches_the_person_and_the_looks_are_kept_for_five_years() {
    let town = Town::new();
    let access = taken(&town).await;
    let (reviewer, nancy) = (reviewer(&town), town.nancy());
    let page = page(&town, access);
    holds(&town.get(Some(&reviewer), "/da/officer/emergencies").await, &page);
    holds(&town.get(Some(&reviewer), &page).await, "motorvejen");
    let judged =
        town.form(&reviewer, &format!("{page}/review"), &format!("note={NOTE}&verdict=not-justified")).await;
    assert_eq!(judged.status, StatusCode::SEE_OTHER, "{}", judged.text());
    let twice =
        town.form(&reviewer, &format!("{page}/review"), &format!("note={NOTE}&verdict=justified")).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    let log = town.get(Some(&nancy), "/da/me/log").await;
    holds(&log, FOUND);
    holds(&log, "Det var ikke i orden");
    let own = town.get(Some(&nancy), "/api/v1/me/emergency-accesses").await.json();
    assert_eq!(own["items"][0]["review"]["verdict"], "not_justified");
    let kept = town.form(&reviewer, &format!("{page}/keep"), &format!("reason={NOTE}")).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
    let lines = town.get(Some(&nancy), "/api/v1/me/log").await.json();
    let lines = lines["days"][0]["lines"].as_array().unwrap().clone();
    let kept: Vec<_> = lines.iter().filter(|line| line["kept"].is_object()).collect();
    assert_eq!(kept.len(), 3, "the two looks and the taking");
    assert_eq!((&kept[0]["kept"]["years"], &kept[0]["kept"]["reason"]), (&json!(5), &json!(FOUND)));
}

#[tokio::test]
async fn looks_are_kept_through_the_api_by_line_or_by_emergency_and_by_a_reviewer_only() {
    let town = Town::new();
    let access = taken(&town).await;
    let reviewer = reviewer(&town);
    let path = format!("/api/v1/patients/{}/log/keep-longer", town.country.nancy);
    let seen = format!("/api/v1/patients/{}/emergency-accesses/{access}", town.country.nancy);
    let seen = town.get(Some(&reviewer), &seen).await.json();
    let number = seen["looks"][0]["number"].as_u64().unwrap();
    for looks in [json!({ "lines": [number] }), json!({ "emergency": access.to_string() })] {
        let body = json!({ "looks": looks, "reason": FOUND });
        for stranger in [town.nancy(), town.doctor(), town.operator()] {
            let answer = town.post(Some(&stranger), &path, &body).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.text());
        }
        let kept = town.post(Some(&reviewer), &path, &body).await;
        assert_eq!(kept.status, StatusCode::OK, "{}", kept.text());
    }
    let unknown = json!({ "looks": { "lines": [999_999] }, "reason": FOUND });
    let answer = town.post(Some(&reviewer), &path, &unknown).await.json();
    assert_eq!((&answer["code"], &answer["reason"]["code"]), (&json!("not-found"), &json!("no-such-line")));
    for malformed in [
        json!({ "looks": { "lines": [1], "emergency": access.to_string() }, "reason": FOUND }),
        json!({ "looks": { "days": [1] }, "reason": FOUND }),
        json!({ "looks": { "lines": ["1"] }, "reason": FOUND }),
        json!({ "looks": { "lines": [] }, "reason": FOUND }),
        json!({ "looks": { "lines": [number] }, "reason": "short" }),
    ] {
        let answer = town.post(Some(&reviewer), &path, &malformed).await;
        assert!(answer.status.is_client_error(), "{malformed}: {}", answer.text());
    }
    town.pass_seconds(6 * 60);
    let body = json!({ "looks": { "lines": [number] }, "reason": FOUND });
    assert_eq!(town.post(Some(&reviewer), &path, &body).await.code(), "step-up-needed");
}

#[tokio::test]
async fn the_reviewer_s_page_is_not_there_for_others_nor_for_an_access_that_is_none() {
    let town = Town::new();
    let access = taken(&town).await;
    let reviewer = reviewer(&town);
    for stranger in [town.nancy(), town.other_doctor(), town.operator()] {
        let answer = town.get(Some(&stranger), &page(&town, access)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        let sent = format!("{}/review", page(&town, access));
        let answer = town.form(&stranger, &sent, &format!("note={NOTE}&verdict=justified")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    for none in [
        page(&town, Id::from_bits(4)),
        page(&town, access).replace(&town.country.nancy.to_string(), &town.country.bo.to_string()),
    ] {
        assert_eq!(town.get(Some(&reviewer), &none).await.status, StatusCode::NOT_FOUND);
        let answer = town.form(&reviewer, &format!("{none}/keep"), &format!("reason={NOTE}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    let sent = format!("{}/review", page(&town, access));
    for (body, status) in [
        ("note=x&verdict=justified", StatusCode::UNPROCESSABLE_ENTITY),
        ("note=&verdict=not-justified", StatusCode::UNPROCESSABLE_ENTITY),
        ("note=x&verdict=perhaps", StatusCode::BAD_REQUEST),
        ("verdict=justified", StatusCode::BAD_REQUEST),
        ("note=x&verdict=justified&patient=1", StatusCode::BAD_REQUEST),
    ] {
        let answer = town.form(&reviewer, &sent, body).await;
        assert_eq!(answer.status, status, "{body}");
    }
}
