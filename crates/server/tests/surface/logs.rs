//! Planted values are in no output: technical log, security log, metrics, errors. Threat T30.

use axum::body::Body;
use serde_json::json;
use server::SecurityLog;

use crate::heard::Heard;
use crate::town::{Town, config, request};

#[tokio::test]
async fn planted_values_are_in_no_log_metric_or_error() {
    let heard = Heard::default();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("security.log");
    // For the whole process: what the other tests make the server say is heard too.
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(heard.clone()).finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let town = Town::logging_to(config(), SecurityLog::open(Some(&file)).unwrap());
    let (nancy, doctor, stranger) = (town.nancy(), town.doctor(), town.other_doctor());
    let id = town.country.nancy.to_string();
    let mut answers = Vec::new();
    answers.push(
        town.post(Some(&doctor), "/api/v1/patients/find", &json!({ "cpr": "2512489996" })).await.text(),
    );
    town.get(Some(&doctor), &format!("/api/v1/patients/{id}/medicine-card?q=KANARIEFUGL")).await;
    town.get(Some(&doctor), &format!("/da/patients/{id}/card")).await;
    for _ in 0..32 {
        town.get(Some(&stranger), &format!("/api/v1/patients/{id}/medicine-card")).await;
    }
    let mut errors = vec![
        town.post(Some(&doctor), "/api/v1/patients/find", &json!({ "cpr": "KANARIEFUGL" })).await.text(),
        town.post(Some(&doctor), "/api/v1/patients/find", &json!({ "KANARIEFUGL": 1 })).await.text(),
        town.get(Some(&doctor), "/api/v1/patients/KANARIEFUGL/medicine-card").await.text(),
        town.get(None, "/KANARIEFUGL").await.text(),
        town.get(Some(&nancy), "/api/v1/me/log?cursor=KANARIEFUGL").await.text(),
    ];
    let forged = request("KANARIEFUGL", "/da/?KANARIEFUGL", None)
        .header("x-request-id", "KANARIEFUGL")
        .header("user-agent", "KANARIEFUGL\u{e9}")
        .header("x-forwarded-for", "KANARIEFUGL")
        .header("origin", "https://KANARIEFUGL")
        .body(Body::empty())
        .unwrap();
    errors.push(town.send(forged).await.text());
    let metrics = crate::town::send(
        server::operations(town.app.clone()),
        request("GET", "/metrics", None).body(Body::empty()).unwrap(),
    )
    .await;
    let technical = String::from_utf8(heard.bytes()).unwrap();
    let security = std::fs::read_to_string(&file).unwrap();
    assert!(technical.contains("technical"), "the technical log was heard");
    assert!(
        security.contains("\"event\":\"cross-site\"") && security.contains("\"event\":\"many-refusals\""),
        "{security}"
    );
    assert!(metrics.text().contains("hjemmel_requests_total"), "{}", metrics.text());
    let secrets =
        [&nancy, &doctor, &stranger].map(|browser| browser.cookie.split('=').nth(1).unwrap().to_owned());
    let planted = [
        "KANARIEFUGL",
        "2512489996",
        "251248",
        "Nancy",
        "Berggren",
        "Test doctor",
        id.as_str(),
        &secrets[0],
        &secrets[1],
        &nancy.csrf,
    ];
    for (place, text) in [
        ("technical log", &technical),
        ("security log", &security),
        ("metrics", &metrics.text()),
        ("errors", &errors.join("\n")),
    ] {
        for value in planted {
            assert!(!text.contains(value), "{value} is in the {place}");
        }
    }
}

#[test]
fn the_security_log_is_a_file_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("security.log");
    SecurityLog::open(Some(&file)).unwrap();
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
}
