//! Unknown and not allowed are one answer: same status, same headers, same bytes, same time. Threats 4.7.

use std::time::Instant;

use axum::http::StatusCode;
use serde_json::json;

use crate::town::{Town, bytes};

const NOBODY: &str = "0123456789abcdef0123456789abcdef";

#[tokio::test]
async fn a_stranger_cannot_tell_a_patient_from_nobody() {
    let town = Town::new();
    let stranger = town.other_doctor();
    let (real, nobody) = (town.country.nancy.to_string(), NOBODY);
    for path in ["medicine-card", "medicine-card/with-consent", "medicine-card/in-emergency", "basic-data"] {
        let known = town.get(Some(&stranger), &format!("/api/v1/patients/{real}/{path}")).await;
        let unknown = town.get(Some(&stranger), &format!("/api/v1/patients/{nobody}/{path}")).await;
        assert_eq!(bytes(&known), bytes(&unknown), "{path}");
        assert_eq!(known.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn a_number_that_nobody_has_is_answered_like_any_other() {
    let town = Town::new();
    let find = async |browser: crate::town::Browser, cpr: &str| {
        town.post(Some(&browser), "/api/v1/patients/find", &json!({ "cpr": cpr })).await
    };
    // Who may search sees the name behind a number; that there is an id tells nothing, there always is one.
    let doctor = town.other_doctor();
    let (known, unknown) =
        (find(doctor.clone(), "2512489996").await, find(doctor.clone(), "0101019999").await);
    assert_eq!((known.status, unknown.status), (StatusCode::OK, StatusCode::OK));
    assert!(unknown.json()["person"].is_string());
    // Who may not search learns nothing at all.
    for browser in [town.citizen(town.country.einer), town.operator()] {
        let (known, unknown) =
            (find(browser.clone(), "2512489996").await, find(browser.clone(), "0101019999").await);
        assert_eq!(bytes(&known), bytes(&unknown));
        assert_eq!(known.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_citizen_cannot_tell_anothers_record_from_none() {
    let town = Town::new();
    let (order, _) = town.country.prescribes(town.country.nancy, "Amlodipin", "C08CA01");
    let einer = town.citizen(town.country.einer);
    let mark = async |id: String| {
        town.post(Some(&einer), &format!("/api/v1/people/me/medicine-card/orders/{id}/private"), &json!({}))
            .await
    };
    let (foreign, none) = (mark(order.id.to_string()).await, mark(NOBODY.to_owned()).await);
    assert_eq!(bytes(&foreign), bytes(&none));
    assert!(foreign.status.is_client_error());
}

/// 2 × this many interleaved samples; the full 2 × 2,000 run with `ORACLE_SAMPLES=2000`.
pub fn samples() -> usize {
    std::env::var("ORACLE_SAMPLES").ok().and_then(|text| text.parse().ok()).unwrap_or(250)
}

#[tokio::test]
async fn the_time_of_a_refusal_does_not_tell_who_exists() {
    let mut config = crate::town::config();
    config.limits.requests_per_minute = 6000;
    let town = Town::with(config);
    let (real, nobody) = (town.country.nancy.to_string(), NOBODY);
    let mut times = [Vec::new(), Vec::new()];
    let mut stranger = town.other_doctor();
    for round in 0..samples() {
        for (kind, id) in [
            (round % 2, if round % 2 == 0 { &real[..] } else { nobody }),
            (1 - round % 2, if round % 2 == 0 { nobody } else { &real[..] }),
        ] {
            if town.own_sessions(&stranger).is_empty() {
                stranger = town.other_doctor();
            }
            let path = format!("/api/v1/patients/{id}/medicine-card");
            let began = Instant::now();
            let answer = town.get(Some(&stranger), &path).await;
            times[kind].push(began.elapsed().as_secs_f64() * 1000.0);
            assert_eq!(answer.status, StatusCode::FORBIDDEN);
            // Time passes so that neither the limits nor the session end the measurement.
            town.pass_seconds(13);
        }
    }
    let [known, unknown] = &mut times;
    let (a, b) = (median(known), median(unknown));
    assert!((a - b).abs() <= f64::max(2.0, 0.05 * a.max(b)), "medians {a:.3} and {b:.3} ms");
    let right = best_threshold(known, unknown);
    // 55 % of 2 × 2,000; with fewer samples chance alone does better, by about one over the root.
    let allowed = 0.55 + 1.2 / (2.0 * known.len() as f64).sqrt() * f64::from(u8::from(known.len() < 2000));
    assert!(
        right <= allowed,
        "a threshold is right in {:.1} % of {} samples",
        right * 100.0,
        known.len() * 2
    );
}

pub fn median(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

pub fn best_threshold(a: &[f64], b: &[f64]) -> f64 {
    let mut all: Vec<(f64, f64)> =
        a.iter().map(|time| (*time, 1.0)).chain(b.iter().map(|time| (*time, -1.0))).collect();
    all.sort_by(|x, y| x.0.total_cmp(&y.0));
    let mut sum = 0.0;
    let mut best: f64 = 0.0;
    for (_, side) in &all {
        sum += side;
        best = best.max(f64::abs(sum));
    }
    0.5 + best / all.len() as f64
}
