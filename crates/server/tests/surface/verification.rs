//! smitte|stop at the surface: a person who tested positive, her phone, and everybody who should not get through. Threats 4.5, 4.7, T17.

use std::os::unix::fs::PermissionsExt;

use aws_lc_rs::hmac;
use axum::body::Body;
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};
use server::config::VerificationSettings;
use services::smittestop::positives::{Positive, replace};
use services::testing::{Country, NANCY};

use crate::broker::KeyPair;
use crate::no_oracle::{best_threshold, median, samples};
use crate::town::{Answer, Town, config, request};

pub struct Verifying {
    pub town: Town,
    key: KeyPair,
    _folder: tempfile::TempDir,
}

pub fn verifying() -> Verifying {
    let folder = tempfile::tempdir().unwrap();
    let key = KeyPair::new();
    let path = folder.path().join("certificate.key");
    std::fs::write(&path, key.private_pem()).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
    let mut config = config();
    config.verification = Some(VerificationSettings {
        issuer: "dk.smittestop.verification".into(),
        audience: "dk.smittestop.keys".into(),
        key: path,
        key_id: "2026-11".into(),
        link: "ens://v?r=dk&c=".into(),
        danish: None,
    });
    let town = Town::with(config);
    listed(&town.country, &[NANCY]);
    Verifying { town, key, _folder: folder }
}

/// The institute's list.
fn listed(country: &Country, numbers: &[&str]) {
    let ssi = country.caller("ssi", None, None);
    let now = country.house.register.call(ssi.clone()).now;
    let one = |number: &&str| Positive {
        cpr: register::Cpr::parse(number).unwrap(),
        test_time: "2026-11-20T08:00:00Z".parse().unwrap(),
        onset: None,
    };
    let people: Vec<Positive> = numbers.iter().map(one).collect();
    let request = replace::Request { made_at: now, count: people.len() as u64, confirmed_gone: None, people };
    country.act(&ssi, |at| replace::run(at, request)).unwrap();
}

impl Verifying {
    /// Nancy answers the questions; the page that comes of it.
    pub async fn warns(&self, form: &str) -> Answer {
        let fields = format!("step=done&symptoms=yes&day=17-11-2026&form={form}");
        self.town.form(&self.town.nancy(), "/da/me/warn", &fields).await
    }

    /// The eight digits of the page.
    pub async fn digits(&self) -> String {
        let page = self.warns("digits").await.text();
        let shown = page.split("code-to-type\" translate=\"no\">").nth(1).unwrap_or_else(|| panic!("{page}"));
        shown.split('<').next().unwrap().replace(' ', "")
    }

    pub async fn phone(&self, path: &str, body: Value, more: &[(&str, &str)]) -> Answer {
        let mut builder = request("POST", path, None).header("content-type", "application/json");
        for (name, value) in more {
            builder = builder.header(*name, *value);
        }
        self.town.send(builder.body(Body::from(body.to_string())).unwrap()).await
    }

    pub async fn verify(&self, code: &str) -> Answer {
        self.phone("/api/verify", json!({ "code": code, "accept": ["confirmed"], "padding": "AAAA" }), &[])
            .await
    }

    pub async fn certify(&self, token: &str, tekmac: &[u8]) -> Answer {
        let body = json!({ "token": token, "ekeyhmac": STANDARD.encode(tekmac), "padding": "AAAA" });
        self.phone("/api/certificate", body, &[]).await
    }

    pub fn claims(&self, certificate: &str) -> Value {
        let mut wanted = Validation::new(Algorithm::ES256);
        wanted.set_audience(&["dk.smittestop.keys"]);
        wanted.validate_exp = false;
        let key = DecodingKey::from_ec_pem(self.key.public_pem().as_bytes()).unwrap();
        jsonwebtoken::decode::<Value>(certificate, &key, &wanted).unwrap().claims
    }
}

fn error(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.json()["errorCode"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn from_the_question_to_the_certificate() {
    // proves rule SS-11, rule SS-12
    let verifying = verifying();
    let code = verifying.digits().await;
    let redeemed = verifying.verify(&code).await;
    assert_eq!(redeemed.status, StatusCode::OK, "{}", redeemed.text());
    let body = redeemed.json();
    assert_eq!(
        (body["testtype"].as_str(), body["symptomDate"].as_str(), body["testDate"].as_str()),
        (Some("confirmed"), Some("2026-11-17"), Some("2026-11-20"))
    );
    let tekmac = [7_u8; 32];
    let certified = verifying.certify(body["token"].as_str().unwrap(), &tekmac).await;
    assert_eq!(certified.status, StatusCode::OK, "{}", certified.text());
    let claims = verifying.claims(certified.json()["certificate"].as_str().unwrap());
    let now = verifying.town.now().as_second();
    assert_eq!(claims["iss"], "dk.smittestop.verification");
    assert_eq!((claims["iat"].as_i64(), claims["exp"].as_i64()), (Some(now), Some(now + 900)));
    assert_eq!(
        (claims["reportType"].as_str(), claims["symptomOnsetInterval"].as_i64()),
        (Some("confirmed"), Some(1_794_873_600 / 600))
    );
    assert_eq!(claims["tekmac"], STANDARD.encode(tekmac));
    assert_eq!(claims["jti"].as_str().unwrap().len(), 32);
    assert!(claims.as_object().unwrap().len() == 9, "a claim that nobody declared: {claims}");
    let keys = verifying.town.get(None, "/api/jwks").await.json();
    assert_eq!(keys["keys"][0], verifying.key.jwk("2026-11"));
}

#[tokio::test]
async fn each_outcome_has_its_page_in_both_languages() {
    // proves rule SS-04, rule SS-06
    let verifying = verifying();
    let town = &verifying.town;
    for (lang, voluntary, help) in
        [("da", "Ingen kan tvinge dig", "uden appen"), ("en", "Nobody can force you", "without the app")]
    {
        let open = town.get(None, &format!("/{lang}/warn")).await.text();
        assert!(open.contains(voluntary) && open.contains(help), "{lang}");
        let start = town.get(Some(&town.nancy()), &format!("/{lang}/me/warn")).await;
        assert_eq!(start.status, StatusCode::OK, "{}", start.text());
        let einer = town.citizen(town.country.einer);
        let fields = "step=done&symptoms=unsaid&form=digits";
        let path = format!("/{lang}/me/warn");
        let not_listed = town.form(&einer, &path, fields).await.text();
        assert!(not_listed.contains(if lang == "da" {
            "Vi kan ikke finde dig"
        } else {
            "We cannot find you"
        }));
        assert!(not_listed.contains("112") && not_listed.contains(help), "where to turn");
        if lang == "en" {
            town.form(&einer, &path, fields).await;
            let too_many = town.form(&einer, &path, fields).await.text();
            assert!(
                too_many.contains("three times in 24 hours") && too_many.contains("You can try again"),
                "{too_many}"
            );
        }
    }
    assert_eq!(town.get(None, "/da/me/warn").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(town.get(Some(&town.doctor()), "/da/me/warn").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn one_question_at_a_time_and_what_was_answered_is_carried() {
    let verifying = verifying();
    let town = &verifying.town;
    let nancy = town.nancy();
    let at = async |fields: &str| town.form(&nancy, "/en/me/warn", fields).await;
    assert!(at("step=start").await.text().contains("Do you have symptoms?"));
    assert_eq!(at("step=symptoms").await.status, StatusCode::UNPROCESSABLE_ENTITY, "no answer");
    assert!(at("step=symptoms&symptoms=yes").await.text().contains("When did the symptoms begin?"));
    assert!(at("step=symptoms&symptoms=no").await.text().contains("Where is the app?"));
    for day in ["", "tomorrow", "22-11-2026", "01-09-2026"] {
        let wrong = at(&format!("step=onset&symptoms=yes&day={day}")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{day}");
    }
    let form = at("step=onset&symptoms=yes&day=17-11-2026").await.text();
    assert!(form.contains("name=\"day\" value=\"17-11-2026\""), "{form}");
    assert!(at("step=form&symptoms=yes&day=17-11-2026&form=link").await.text().contains("Is this right?"));
    let link = at("step=done&symptoms=yes&day=17-11-2026&form=link").await;
    assert!(
        link.text().contains("href=\"ens://v?r=dk&#38;c=")
            || link.text().contains("href=\"ens://v?r=dk&amp;c="),
        "{}",
        link.text()
    );
    assert_eq!(link.header("cache-control"), "no-store");
    assert!(at("step=done&symptoms=no&form=picture").await.text().contains("<path d=\"M"));
}

#[tokio::test]
async fn a_login_of_more_than_five_minutes_is_asked_for_again_and_the_answers_are_kept() {
    let verifying = verifying();
    let town = &verifying.town;
    let nancy = town.nancy();
    town.pass_seconds(301);
    let old = town.form(&nancy, "/en/me/warn", "step=done&symptoms=no&form=digits").await;
    assert_eq!(old.status, StatusCode::FORBIDDEN, "{}", old.text());
    assert!(old.text().contains("at most five minutes old"), "{}", old.text());
    assert!(old.text().contains("is kept for"), "{}", old.text());
}

#[tokio::test]
async fn unknown_used_and_nonsense_are_one_answer() {
    let verifying = verifying();
    let code = verifying.digits().await;
    let token = verifying.verify(&code).await.json()["token"].as_str().unwrap().to_owned();
    verifying.certify(&token, &[7; 32]).await;
    let without_padding = |answer: &Answer| {
        let mut body = answer.json();
        let padding = body.as_object_mut().unwrap().remove("padding").unwrap();
        STANDARD.decode(padding.as_str().unwrap()).unwrap();
        assert!((3_072..4_096).contains(&answer.body.len()), "{}", answer.body.len());
        (answer.status, body.to_string())
    };
    let used = verifying.verify(&code).await;
    assert_eq!(error(&used), (400, "code_invalid".into()));
    for other in ["00000000", "0000000", "", "ABCDEFGHJKMNPQRS", "' or 1=1"] {
        assert_eq!(without_padding(&verifying.verify(other).await), without_padding(&used), "{other}");
    }
    let spent = verifying.certify(&token, &[7; 32]).await;
    assert_eq!(error(&spent), (400, "token_invalid".into()));
    for other in ["0".repeat(64), "x".into(), String::new()] {
        assert_eq!(without_padding(&verifying.certify(&other, &[7; 32]).await), without_padding(&spent));
    }
}

/// Threats 4.7: nor does the time of the answer tell a code that was used from one that never was.
#[tokio::test]
async fn the_time_of_the_answer_does_not_tell_a_used_code_from_none() {
    let verifying = verifying();
    let used = verifying.digits().await;
    verifying.verify(&used).await;
    let mut times = [Vec::new(), Vec::new()];
    for round in 0..samples() {
        let never = format!("{:08}", (round + 1) * 37);
        for kind in [round % 2, 1 - round % 2] {
            let began = std::time::Instant::now();
            let answer = verifying.verify(if kind == 0 { &used } else { &never }).await;
            times[kind].push(began.elapsed().as_secs_f64() * 1000.0);
            assert_eq!(error(&answer), (400, "code_invalid".into()));
            // Time passes so that the limits do not end the measurement.
            verifying.town.pass_seconds(60);
        }
    }
    let [used, never] = &mut times;
    let (a, b) = (median(used), median(never));
    assert!((a - b).abs() <= f64::max(2.0, 0.05 * a.max(b)), "medians {a:.3} and {b:.3} ms");
    let right = best_threshold(used, never);
    let allowed = 0.55 + 1.2 / (2.0 * used.len() as f64).sqrt() * f64::from(u8::from(used.len() < 2000));
    assert!(right <= allowed, "a threshold is right in {:.1} % of {} samples", right * 100.0, used.len() * 2);
}

#[tokio::test]
async fn what_cannot_be_attested_spends_no_code_and_no_token() {
    let verifying = verifying();
    let code = verifying.digits().await;
    let body = json!({ "code": code, "accept": ["something-new"] });
    assert_eq!(
        error(&verifying.phone("/api/verify", body, &[]).await),
        (412, "unsupported_test_type".into())
    );
    for bad in [json!({}), json!([]), json!({ "code": 1 })] {
        assert_eq!(
            error(&verifying.phone("/api/verify", bad, &[]).await),
            (400, "unparsable_request".into())
        );
    }
    let token = verifying.verify(&code).await.json()["token"].as_str().unwrap().to_owned();
    for tekmac in [&[7_u8; 31][..], &[7; 33], &[]] {
        assert_eq!(error(&verifying.certify(&token, tekmac).await), (400, "hmac_invalid".into()));
    }
    assert_eq!(verifying.certify(&token, &[7; 32]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_decoy_is_answered_like_a_real_one_and_leaves_nothing() {
    let verifying = verifying();
    let before = verifying.town.country.house.register.all_opened().unwrap();
    for path in ["/api/verify", "/api/certificate"] {
        let answer = verifying.phone(path, json!({ "padding": "AAAA" }), &[("x-chaff", "1")]).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.len() > 1024);
    }
    assert!(verifying.town.country.house.register.all_opened().unwrap() == before);
}

#[tokio::test]
async fn guessing_is_stopped_at_twenty_from_one_address_and_codes_at_120_a_minute() {
    let verifying = verifying();
    let code = verifying.digits().await;
    for guess in 0..20 {
        assert_eq!(verifying.verify(&format!("{guess:08}")).await.status, StatusCode::BAD_REQUEST, "{guess}");
    }
    let stopped = verifying.verify(&code).await;
    assert_eq!(error(&stopped), (429, "quota_exceeded".into()), "also the right one");
    assert!(!stopped.header("retry-after").is_empty());
    verifying.town.pass_seconds(900);
    let fresh = verifying.digits().await;
    assert_eq!(verifying.verify(&fresh).await.status, StatusCode::OK, "and opens again");
    verifying.town.pass_seconds(900);
    for _ in 0..120 {
        assert_eq!(verifying.certify("x", &[7; 32]).await.status, StatusCode::BAD_REQUEST);
    }
    // Who watches the line does not tell by the time either that somebody asks too often.
    for decoy in [&[][..], &[("x-chaff", "1")][..]] {
        let began = std::time::Instant::now();
        let answer = verifying.phone("/api/certificate", json!({}), decoy).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(began.elapsed() >= std::time::Duration::from_millis(20), "told at once");
    }
}

#[tokio::test]
async fn without_the_section_there_is_no_such_address() {
    let town = Town::new();
    for path in ["/api/verify", "/api/certificate"] {
        let request = request("POST", path, None).header("content-type", "application/json");
        assert_eq!(town.send(request.body(Body::from("{}")).unwrap()).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(town.get(None, "/da/warn").await.status, StatusCode::NOT_FOUND);
    assert_eq!(town.get(Some(&town.nancy()), "/da/me/warn").await.status, StatusCode::NOT_FOUND);
}

/// After a whole flow nothing of one side is on the other: neither in records, opened as whoever holds all keys could, nor in files.
#[tokio::test]
async fn threat_t17_who_she_is_and_what_her_phone_sends_are_nowhere_together() {
    // proves rule SS-07
    let verifying = verifying();
    let town = &verifying.town;
    let code = verifying.digits().await;
    let link = verifying.warns("link").await.text();
    let token = verifying.verify(&code).await.json()["token"].as_str().unwrap().to_owned();
    // The phone's side: keys and the secret that binds them never leave it.
    let secret = *b"KANARIEFUGL-der-binder-nogler-!!";
    let keys: Vec<String> = (0..14_u8).map(|day| STANDARD.encode([0xc0 + day; 16])).collect();
    let text: Vec<String> = keys.iter().map(|key| format!("{key}.2990880.144.0")).collect();
    let tekmac = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &secret), text.join(",").as_bytes());
    let tekmac: [u8; 32] = tekmac.as_ref().try_into().unwrap();
    let certificate =
        verifying.certify(&token, &tekmac).await.json()["certificate"].as_str().unwrap().to_owned();
    let claims = verifying.claims(&certificate);
    let long = link.split("href=\"ens://").nth(1).unwrap().split("c=").nth(1).unwrap();
    let long = long.split('"').next().unwrap().to_owned();
    assert_eq!(long.len(), 16);
    let id = town.country.nancy.to_string();
    // What the key server gets: certificate, keys, secret. Nothing of a person is in it.
    let handed = format!("{claims} {certificate}");
    for planted in [NANCY, "251248", "Nancy", "Berggren", &id, &code, &token, &long, "citizen-"] {
        assert!(!handed.contains(planted), "{planted} goes to the key server");
    }
    // What stays with verification, opened: nothing that leads to a code, a token, a certificate or a key.
    let opened = String::from_utf8_lossy(&town.country.house.register.all_opened().unwrap()).into_owned();
    assert!(
        opened.contains(NANCY) && opened.contains("sst.verification-link"),
        "the search sees what is there"
    );
    let mut planted: Vec<String> = vec![code, token, long, STANDARD.encode(tekmac), certificate];
    planted.push(claims["jti"].as_str().unwrap().to_owned());
    planted.push(tekmac.iter().map(|byte| format!("{byte:02x}")).collect());
    planted.extend(keys);
    for value in &planted {
        assert!(!opened.contains(value.as_str()), "{value} stays with verification");
    }
    // No record names both a person and what a code leads to.
    for line in opened.lines().filter(|line| {
        line.starts_with("sst.verification-l")
            || line.starts_with("sst.verification-t")
            || line.starts_with("sst.verification-code")
    }) {
        assert!(!line.contains(NANCY) && !line.contains(&id), "{line}");
    }
    // On the disk nothing of either side stands in clear.
    let mut clear: Vec<Vec<u8>> = planted.iter().map(|value| value.clone().into_bytes()).collect();
    clear.extend([NANCY.as_bytes().to_vec(), b"Berggren".to_vec(), tekmac.to_vec(), secret.to_vec()]);
    for file in files(town.country.house.folder()) {
        let bytes = std::fs::read(&file).unwrap();
        for value in &clear {
            let found = bytes.windows(value.len()).any(|window| window == value.as_slice());
            assert!(!found, "{} holds {}", file.display(), String::from_utf8_lossy(value));
        }
    }
}

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all
}
