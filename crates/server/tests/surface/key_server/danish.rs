//! The addresses of the app that Danes had on their phones.

use super::*;

/// As many bytes as HTTP/1.1 needs for an answer, but for the date.
fn on_the_wire(answer: &Answer) -> usize {
    let reason = answer.status.canonical_reason().unwrap().len();
    let length = ("content-length".len(), answer.body.len().to_string().len());
    let named = answer.headers.iter().filter(|(name, _)| *name != "content-length");
    let headers = named.map(|(name, value)| (name.as_str().len(), value.len())).chain([length]);
    reason + headers.map(|(name, value)| name + value + 4).sum::<usize>() + answer.body.len()
}

#[tokio::test]
async fn at_the_address_of_the_danish_app_nobody_tells_taken_refused_and_decoy_apart_by_length_or_time() {
    let land = Land::new();
    let danish = |keys: &[DiagnosisKey], secret: &[u8]| {
        let wire = keys.iter().map(|key| {
            json!({
                "key": key.key.reveal_base64(),
                "rollingStart": key.start.start().to_string(),
                "rollingDuration": "1.00:00:00",
            })
        });
        json!({ "keys": wire.collect::<Vec<_>>(), "regions": ["dk"], "hmacKey": STANDARD.encode(secret) })
    };
    let secret = land.random::<16>();
    let other = danish(&land.phone(3), &secret);
    let mut lengths = std::collections::BTreeMap::<&str, Vec<usize>>::new();
    for round in 0..12 {
        let keys = land.phone(3);
        let body = danish(&keys, &secret);
        let bearer = format!("Bearer {}", land.signed(&land.claims(&keys, &secret)));
        let told: &[(&str, &str)] = &[("authorization", &bearer)];
        let decoy: &[(&str, &str)] = &[("authorization", &bearer), ("x-chaff", "1")];
        let mut no_region = body.clone();
        no_region["regions"] = json!(["xx"]);
        // The words stay those of that app's own server: nothing, or one line.
        for (what, body, headers, status, words) in [
            ("decoy", &body, decoy, 200, ""),
            ("no certificate", &body, &[][..], 401, ""),
            ("no JSON", &json!([]), told, 400, "Incorrect JSON format: see the interface"),
            ("another region", &no_region, told, 400, "Incorrect input format: regions"),
            ("other keys", &other, told, 401, "health_authority_verification_certificate_invalid"),
            ("taken", &body, told, 200, ""),
            ("again", &body, told, 200, ""),
            ("replayed", &other, told, 401, "health_authority_verification_certificate_invalid"),
        ] {
            let began = Instant::now();
            let answer = land.post("/v2/diagnostickeys", body, headers).await;
            assert_eq!((answer.status.as_u16(), answer.text().as_str()), (status, words), "{what}");
            lengths.entry(what).or_default().push(on_the_wire(&answer));
            // Before anybody uploaded, a refusal is told no sooner than a disk takes keys.
            let waited = began.elapsed() >= Duration::from_millis(20);
            assert!(
                round > 0 || ["taken", "again", "replayed"].contains(&what) || waited,
                "{what} was told at once"
            );
        }
    }
    // Each has a length of its own, drawn from five hundred, on top of what all of them have.
    let least = lengths.values().flatten().min().unwrap() / 2 * 2;
    for (what, of_it) in &lengths {
        assert!(of_it.iter().all(|length| (least..least + 512).contains(length)), "{what}: {of_it:?}");
        assert!(of_it.iter().max().unwrap() - of_it.iter().min().unwrap() > 100, "{what}: {of_it:?}");
    }
}

#[tokio::test]
async fn the_danish_app_uploads_and_fetches_at_its_own_addresses() {
    let land = Land::new();
    let keys = land.phone(10);
    let secret = land.random::<16>();
    let certificate = format!("Bearer {}", land.signed(&land.claims(&keys, &secret)));
    let wire: Vec<_> = keys
        .iter()
        .map(|key| {
            json!({
                "key": key.key.reveal_base64(),
                "rollingStart": key.start.start().to_string(),
                "rollingDuration": "1.00:00:00",
                "transmissionRiskLevel": 0,
                "daysSinceOnsetOfSymptoms": 0,
            })
        })
        .collect();
    let body = json!({
        "keys": wire,
        "regions": ["dk"],
        "visitedCountries": ["DE"],
        "appPackageName": "x",
        "platform": "ios",
        "deviceVerificationPayload": "x",
        "padding": "x",
        "hmacKey": STANDARD.encode(secret),
    });
    let bearer = [("authorization", certificate.as_str())];
    assert_eq!(land.post("/v2/diagnostickeys", &body, &[]).await.status, StatusCode::UNAUTHORIZED);
    let mut wrong = body.clone();
    wrong["visitedCountries"] = json!(["US"]);
    assert_eq!(land.post("/v2/diagnostickeys", &wrong, &bearer).await.status, StatusCode::BAD_REQUEST);
    let taken = land.post("/v2/diagnostickeys", &body, &bearer).await;
    assert_eq!((taken.status, taken.body.len()), (StatusCode::OK, 0), "{}", taken.text());
    let mut replayed = body.clone();
    replayed["keys"][0]["key"] = json!(land.phone(1)[0].key.reveal_base64());
    assert_eq!(
        land.post("/v2/diagnostickeys", &replayed, &bearer).await.status,
        StatusCode::UNAUTHORIZED,
        "replayed"
    );
    land.pass(5).await;
    let file = land.get("/v2/diagnostickeys/2026-11-21_1_dk.zip").await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!((file.header("nextbatchexists"), file.header("lastbatchreturned")), ("False", "1"));
    assert_eq!(file.header("cache-control"), "public, max-age=7200");
    assert!(Published::read(&file.body).unwrap().unchecked().keys.len() >= 1_000);
    assert_eq!(land.get("/v2/diagnostickeys/2026-11-21_2_dk.zip").await.status, StatusCode::NO_CONTENT);
    assert_eq!(land.get("/v2/diagnostickeys/2026-11-01_1_dk.zip").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(land.get("/v2/diagnostickeys/nonsense.zip").await.status, StatusCode::BAD_REQUEST);
    let daily = land.get("/v2/diagnostickeys/dailysummaryconfiguration").await.json();
    assert_eq!(daily["scoreSumThreshold"], 780.0);
    assert_eq!(daily["dailySummaryConfiguration"]["daysSinceOnsetInfectiousness"]["-2"], 2);
    assert_eq!(daily["dailySummaryConfiguration"]["daysSinceOnsetInfectiousness"]["-3"], 0);
    let older = land.get("/v2/diagnostickeys/exposureconfiguration").await.json();
    assert_eq!(older["configuration"]["minimumRiskScore"], 8);
    assert_eq!(land.get("/v2/countries").await.json()["countryCollection"].as_array().unwrap().len(), 30);
}

/// Threat T17: numbers that no phone sends are an error of the sender, and nothing of it is stored.
#[tokio::test]
async fn the_danish_address_refuses_numbers_beyond_all_days() {
    let land = Land::new();
    let keys = land.phone(1);
    let secret = land.random::<16>();
    let bearer = format!("Bearer {}", land.signed(&land.claims(&keys, &secret)));
    let with = |name: &str, value: Value| {
        let mut key = json!({
            "key": keys[0].key.reveal_base64(),
            "rollingStart": keys[0].start.start().to_string(),
            "rollingDuration": "1.00:00:00",
        });
        key[name] = value;
        json!({ "keys": [key], "regions": ["dk"], "hmacKey": STANDARD.encode(secret) })
    };
    let before = land.standing();
    let most = i64::MAX;
    for (name, value) in [
        ("daysSinceOnsetOfSymptoms", json!(most)),
        ("daysSinceOnsetOfSymptoms", json!(i64::MIN)),
        ("daysSinceOnsetOfSymptoms", json!(i64::MIN / 144)),
        ("rollingDuration", json!(format!("{most}.00:00:00"))),
        ("rollingDuration", json!(format!("{most}:00:00"))),
        ("rollingDuration", json!(format!("00:{most}:{most}"))),
    ] {
        let told = [("authorization", bearer.as_str())];
        let answer = land.post("/v2/diagnostickeys", &with(name, value.clone()), &told).await;
        let words = format!("Incorrect input format: {name}");
        assert_eq!((answer.status, answer.text()), (StatusCode::BAD_REQUEST, words), "{value}");
    }
    assert_eq!(land.standing(), before);
}
