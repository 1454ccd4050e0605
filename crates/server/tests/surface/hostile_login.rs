//! Logins by somebody who means ill. ASVS 6.8, 9.1, 10.

use std::collections::HashMap;

use axum::body::Body;
use axum::http::StatusCode;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use server::config::People;

use crate::broker::{Broker, KeyPair, LEVEL_HIGH, LEVEL_LOW};
use crate::town::{Answer, Browser, Town, config, request};

struct Login {
    town: Town,
    broker: Broker,
}

struct Left {
    cookie: String,
    query: HashMap<String, String>,
}

async fn login() -> Login {
    let now = "2026-11-21T09:00:00Z".parse::<jiff::Timestamp>().unwrap().as_second();
    let broker = Broker::start(now).await;
    let mut config = config();
    broker.configure(&mut config, "mitid", People::Citizens);
    broker.configure(&mut config, "work", People::Staff);
    Login { town: Town::with(config), broker }
}

impl Login {
    async fn leave_for(&self, id: &str, form: &str) -> Answer {
        let builder = request("POST", &format!("/da/login/{id}"), None)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded");
        self.town.send(builder.body(Body::from(form.to_owned())).unwrap()).await
    }

    async fn leave(&self, id: &str, form: &str) -> Left {
        let answer = self.leave_for(id, form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let cookie = answer.header("set-cookie");
        assert!(cookie.ends_with("; Max-Age=600; Path=/; Secure; HttpOnly; SameSite=Lax"), "{cookie}");
        let location = answer.header("location");
        let (address, query) = location.split_once('?').unwrap();
        assert_eq!(address, format!("{}/authorize", self.broker.issuer));
        let query: HashMap<String, String> = query_of(query);
        let mut script = self.broker.script.lock().unwrap();
        script.nonce = query["nonce"].clone();
        script.challenge = query["code_challenge"].clone();
        Left { cookie: cookie.split(';').next().unwrap().to_owned(), query }
    }

    async fn come_back(&self, id: &str, cookie: &str, query: &str) -> Answer {
        let builder = request("GET", &format!("/login/{id}/callback?{query}"), None).header("cookie", cookie);
        self.town.send(builder.body(Body::empty()).unwrap()).await
    }

    async fn whole(&self, id: &str, form: &str) -> Answer {
        let left = self.leave(id, form).await;
        self.come_back(
            id,
            &left.cookie,
            &format!("code={}&state={}", crate::town::fresh_key(), left.query["state"]),
        )
        .await
    }
}

fn query_of(query: &str) -> HashMap<String, String> {
    let address = reqwest::Url::parse(&format!("http://x/?{query}")).unwrap();
    address.query_pairs().into_owned().collect()
}

fn is_in(answer: &Answer) -> bool {
    answer.status == StatusCode::SEE_OTHER
        && answer.headers.get_all("set-cookie").iter().any(|one| {
            one.to_str().unwrap().starts_with("__Host-session=")
                && !one.to_str().unwrap().starts_with("__Host-session=;")
        })
}

fn browser(answer: &Answer) -> Browser {
    let cookie = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|value| value.to_str().unwrap())
        .find(|value| value.starts_with("__Host-session="))
        .unwrap();
    Browser { cookie: cookie.split(';').next().unwrap().to_owned(), csrf: String::new() }
}

#[tokio::test]
async fn an_honest_login_gets_in_as_herself() {
    let login = login().await;
    let left = login.leave("mitid", "return=%2Fda%2Fme%2Flog").await;
    assert_eq!(left.query["response_type"], "code");
    assert_eq!(left.query["code_challenge_method"], "S256");
    assert_eq!(left.query["redirect_uri"], "http://localhost:8080/login/mitid/callback");
    assert!(left.query["scope"].split(' ').eq(["openid", "ssn"]));
    assert!(left.query["state"].len() >= 22 && left.query["nonce"].len() >= 22);
    let answer =
        login.come_back("mitid", &left.cookie, &format!("code=c1&state={}", left.query["state"])).await;
    assert!(is_in(&answer), "{} {}", answer.status, answer.text());
    assert_eq!(answer.header("location"), "/da/me/log");
    let me = login.town.get(Some(&browser(&answer)), "/api/v1/me").await.json();
    assert_eq!((me["persona"].as_str(), me["role"].as_str()), (Some("citizen"), Some("citizen")));
    let card = login.town.get(Some(&browser(&answer)), "/api/v1/me/medicine-card").await;
    assert_eq!(card.json()["patient"], login.town.country.nancy.to_string());
}

#[tokio::test]
async fn a_broker_that_hangs_up_on_a_kept_connection_keeps_nobody_out() {
    let login = login().await;
    assert!(is_in(&login.whole("mitid", "").await));
    login.broker.script.lock().unwrap().hangs_up = true;
    for _ in 0..3 {
        let answer = login.whole("mitid", "").await;
        assert!(is_in(&answer), "{} {}", answer.status, answer.text());
    }
}

#[tokio::test]
async fn a_return_path_leads_nowhere_else() {
    let login = login().await;
    for path in ["//evil.example", "https://evil.example", "/\\evil.example", "/%2Fevil.example"] {
        let form = format!(
            "return={}",
            path.replace('%', "%25").replace('/', "%2F").replace('\\', "%5C").replace(':', "%3A")
        );
        let answer = login.whole("mitid", &form).await;
        assert_eq!(answer.header("location"), "/da/me", "{path}");
    }
}

#[tokio::test]
async fn state_is_needed_is_ours_and_is_used_once() {
    let login = login().await;
    let left = login.leave("mitid", "").await;
    let state = &left.query["state"];
    for query in [
        "code=a".to_owned(),
        "code=a&state=".into(),
        "code=a&state=other".into(),
        format!("code=a&state={state}&state={state}"),
    ] {
        let left = login.leave("mitid", "").await;
        assert!(!is_in(&login.come_back("mitid", &left.cookie, &query).await), "{query}");
    }
    let left = login.leave("mitid", "").await;
    let query = format!("code=once&state={}", left.query["state"]);
    assert!(is_in(&login.come_back("mitid", &left.cookie, &query).await));
    assert!(!is_in(&login.come_back("mitid", &left.cookie, &query).await), "the same answer again");
}

#[tokio::test]
async fn the_answer_to_one_browser_is_nothing_in_another() {
    let login = login().await;
    let mallory = login.leave("mitid", "").await;
    let query = format!("code=of-mallory&state={}", mallory.query["state"]);
    assert!(!is_in(&login.come_back("mitid", "", &query).await), "no cookie");
    let nancy = login.leave("mitid", "").await;
    assert!(!is_in(&login.come_back("mitid", &nancy.cookie, &query).await), "her cookie, his answer");
    assert!(!is_in(&login.come_back("work", &mallory.cookie, &query).await), "at another broker");
}

#[tokio::test]
async fn a_login_takes_ten_minutes_at_most() {
    let login = login().await;
    let left = login.leave("mitid", "").await;
    login.town.pass_seconds(600);
    login.broker.script.lock().unwrap().now += 600;
    let answer =
        login.come_back("mitid", &left.cookie, &format!("code=late&state={}", left.query["state"])).await;
    assert!(!is_in(&answer));
}

#[tokio::test]
async fn the_issuer_named_in_the_answer_is_the_one_we_asked() {
    let login = login().await;
    let left = login.leave("mitid", "").await;
    let query = format!("code=a&state={}&iss=https%3A%2F%2Fevil.example", left.query["state"]);
    assert!(!is_in(&login.come_back("mitid", &left.cookie, &query).await));
    login.broker.script.lock().unwrap().metadata =
        json!({ "authorization_response_iss_parameter_supported": true });
    let fresh = Login {
        town: Town::with({
            let mut c = config();
            login.broker.configure(&mut c, "mitid", People::Citizens);
            c
        }),
        broker: login.broker.clone(),
    };
    assert!(!is_in(&fresh.whole("mitid", "").await), "a broker that names itself must do so");
}

#[tokio::test]
async fn claims_that_are_not_for_us_now_are_refused() {
    let login = login().await;
    let now = login.town.now().as_second();
    let cases: Vec<(&str, Value)> = vec![
        ("iss", json!("https://evil.example")),
        ("iss", Value::Null),
        ("aud", json!("other")),
        ("aud", json!(["hjemmel", "other"])),
        ("aud", Value::Null),
        ("azp", json!("other")),
        ("exp", json!(now - 61)),
        ("exp", json!(now + 8000)),
        ("exp", Value::Null),
        ("iat", json!(now + 1000)),
        ("iat", json!(now - 4000)),
        ("iat", Value::Null),
        ("nbf", json!(now + 1000)),
        ("nonce", json!("other")),
        ("nonce", Value::Null),
        ("auth_time", json!(now - 400)),
        ("auth_time", json!(now + 1000)),
        ("auth_time", Value::Null),
        ("sub", json!("")),
        ("sub", Value::Null),
        ("acr", json!(LEVEL_LOW)),
        ("acr", json!("https://evil.example/very-high")),
        ("acr", Value::Null),
        ("cprNumberIdentifier", Value::Null),
        ("cprNumberIdentifier", json!("12345")),
    ];
    for (name, value) in cases {
        let changed = value.clone();
        login.broker.change(move |claims| {
            if changed.is_null() {
                claims.as_object_mut().unwrap().remove(name);
            } else {
                claims[name] = changed.clone();
            }
        });
        let answer = login.whole("mitid", "").await;
        assert!(!is_in(&answer), "{name} {value}");
        assert!(!answer.text().contains("2512489996"));
        login.town.pass_seconds(4);
        login.broker.script.lock().unwrap().now += 4;
    }
    login.broker.change(|_| {});
    assert!(is_in(&login.whole("mitid", "").await), "an honest one still gets in");
}

#[tokio::test]
async fn a_token_that_the_broker_did_not_sign_is_refused() {
    let login = login().await;
    let forgeries: Vec<(&str, Box<dyn Fn(&Value, &KeyPair) -> String + Send + Sync>)> = vec![
        ("another key under the same name", Box::new(|claims, _| KeyPair::new().sign(claims, Some("1")))),
        ("another key under another name", Box::new(|claims, _| KeyPair::new().sign(claims, Some("2")))),
        (
            "no signature",
            Box::new(|claims, key| {
                let signed = key.sign(claims, Some("1"));
                format!("{}.", signed.rsplit_once('.').unwrap().0)
            }),
        ),
        (
            "algorithm none",
            Box::new(|claims, key| {
                let signed = key.sign(claims, Some("1"));
                format!("eyJhbGciOiJub25lIiwia2lkIjoiMSJ9.{}.", signed.split('.').nth(1).unwrap())
            }),
        ),
        (
            "HS256 with the public key as secret",
            Box::new(|claims, key| {
                let mut header = Header::new(Algorithm::HS256);
                header.kid = Some("1".into());
                jsonwebtoken::encode(&header, claims, &EncodingKey::from_secret(key.public_pem().as_bytes()))
                    .unwrap()
            }),
        ),
        (
            "a key that the token brings along",
            Box::new(|claims, _| {
                let own = KeyPair::new();
                let mut header = Header::new(Algorithm::ES256);
                header.kid = Some("1".into());
                header.jwk = serde_json::from_value(own.jwk("1")).ok();
                let key = EncodingKey::from_ec_pem(own.private_pem().as_bytes()).unwrap();
                jsonwebtoken::encode(&header, claims, &key).unwrap()
            }),
        ),
        (
            "claims changed after signing",
            Box::new(|claims, key| {
                let mut other = claims.clone();
                other["cprNumberIdentifier"] = json!("0201609995");
                let (signed, forged) = (key.sign(claims, Some("1")), key.sign(&other, Some("1")));
                let (parts, changed): (Vec<&str>, Vec<&str>) =
                    (signed.split('.').collect(), forged.split('.').collect());
                format!("{}.{}.{}", parts[0], changed[1], parts[2])
            }),
        ),
        ("no token", Box::new(|_, _| "token".to_owned())),
    ];
    for (what, forge) in forgeries {
        login.broker.text(forge);
        assert!(!is_in(&login.whole("mitid", "").await), "{what}");
    }
}

#[tokio::test]
async fn keys_are_fetched_again_once_a_minute_at_most() {
    let login = login().await;
    assert!(is_in(&login.whole("mitid", "").await));
    for _ in 0..5 {
        login.broker.text(|claims, _| KeyPair::new().sign(claims, Some("unknown")));
        assert!(!is_in(&login.whole("mitid", "").await));
    }
    assert_eq!(login.broker.script.lock().unwrap().keys_fetched, 1, "within the first minute");
    login.town.pass_seconds(61);
    login.broker.change(|_| {});
    {
        let mut script = login.broker.script.lock().unwrap();
        script.now += 61;
        script.key_id = "2".into();
    }
    assert!(is_in(&login.whole("mitid", "").await), "the broker has changed its keys");
    assert_eq!(login.broker.script.lock().unwrap().keys_fetched, 2);
}

#[tokio::test]
async fn a_fresh_login_is_fresh() {
    let login = login().await;
    let left = login.leave("mitid", "fresh=1").await;
    assert_eq!((left.query["prompt"].as_str(), left.query["max_age"].as_str()), ("login", "0"));
    let old = login.town.now().as_second() - 200;
    login.broker.change(move |claims| claims["auth_time"] = json!(old));
    let answer =
        login.come_back("mitid", &left.cookie, &format!("code=f&state={}", left.query["state"])).await;
    assert!(!is_in(&answer), "the broker leant on an older login");
    assert!(is_in(&login.whole("mitid", "").await), "which is good enough otherwise");
}

#[tokio::test]
async fn each_login_has_a_new_session_and_the_old_one_is_dead() {
    let login = login().await;
    let first = browser(&login.whole("mitid", "").await);
    let left = login.leave("mitid", "fresh=1").await;
    let cookies = format!("{}; {}", left.cookie, first.cookie);
    let answer = login.come_back("mitid", &cookies, &format!("code=g&state={}", left.query["state"])).await;
    let second = browser(&answer);
    assert_ne!(first.cookie, second.cookie);
    assert_eq!(login.town.get(Some(&first), "/api/v1/me").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(login.town.get(Some(&second), "/api/v1/me").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_private_login_is_a_citizen_and_work_is_asked_of_the_register() {
    let login = login().await;
    login.broker.change(|claims| claims["groups"] = json!(["operators"]));
    let me = login.town.get(Some(&browser(&login.whole("mitid", "").await)), "/api/v1/me").await.json();
    assert_eq!(me["persona"], "citizen", "groups are nothing in a private login");
    login.broker.change(|_| {});
    assert!(!is_in(&login.whole("work", "").await), "Nancy has no authorisation");
    login.broker.change(|claims| claims["groups"] = json!("reviewers"));
    let me = login.town.get(Some(&browser(&login.whole("work", "").await)), "/api/v1/me").await.json();
    assert_eq!(me["persona"], "reviewer");
}

#[tokio::test]
async fn an_operator_needs_the_highest_level() {
    let login = login().await;
    login.broker.change(|claims| claims["groups"] = json!(["operators"]));
    let low = login.whole("work", "").await;
    assert_eq!(low.status, StatusCode::FORBIDDEN);
    login.broker.change(|claims| {
        claims["groups"] = json!(["operators"]);
        claims["acr"] = json!(LEVEL_HIGH);
    });
    assert!(is_in(&login.whole("work", "").await));
}

#[tokio::test]
async fn who_has_several_roles_chooses_one_before_anybody_is_logged_in() {
    let login = login().await;
    login.broker.change(|claims| {
        claims["groups"] = json!(["operators", "reviewers"]);
        claims["acr"] = json!(LEVEL_HIGH);
    });
    let cookie = async || {
        let answer = login.whole("work", "return=%2Fda%2Fofficer%2Femergencies").await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/da/login/role"));
        assert!(!is_in(&answer));
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        assert!(cookie.starts_with("__Host-login=") && cookie.len() > 40, "{cookie}");
        cookie
    };
    let choose = async |cookie: &str, form: &str, site: &str| {
        let builder = request("POST", "/da/login/role", None)
            .header("cookie", cookie)
            .header("sec-fetch-site", site)
            .header("content-type", "application/x-www-form-urlencoded");
        login.town.send(builder.body(Body::from(form.to_owned())).unwrap()).await
    };
    let first = cookie().await;
    for path in ["/da/login/role", "/en/login/role"] {
        let asked = request("GET", path, None).header("cookie", &first).body(Body::empty()).unwrap();
        let page = login.town.send(asked).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        assert_eq!(page.text().matches("name=\"choice\"").count(), 2);
    }
    assert!(!is_in(&choose(&first, "choice=0", "cross-site").await));
    let answer = choose(&first, "choice=0", "same-origin").await;
    assert!(is_in(&answer), "{}", answer.text());
    assert_eq!(answer.header("location"), "/da/officer/emergencies");
    let me = login.town.get(Some(&browser(&answer)), "/api/v1/me").await.json();
    assert!(me["persona"] == "operator" || me["persona"] == "reviewer", "{me}");
    assert!(!is_in(&choose(&first, "choice=1", "same-origin").await), "used once");
    assert!(!is_in(&choose(&cookie().await, "choice=7", "same-origin").await), "only what was offered");
    let late = cookie().await;
    login.town.pass_seconds(601);
    assert!(!is_in(&choose(&late, "choice=0", "same-origin").await), "ten minutes");
    assert!(!is_in(&choose("", "choice=0", "same-origin").await), "another browser");
}

#[tokio::test]
async fn the_form_of_a_login_may_lead_over_the_origins_that_are_named_and_no_others() {
    let login = login().await;
    let page = login.town.get(None, "/da/login").await;
    let expected = format!(" form-action 'self' {} https://nemlog-in.example; ", login.broker.issuer);
    assert!(page.header("content-security-policy").contains(&expected), "{page:?}");
}

#[tokio::test]
async fn a_role_that_needs_a_higher_level_is_not_offered() {
    let login = login().await;
    login.broker.change(|claims| claims["groups"] = json!(["operators", "reviewers"]));
    let me = login.town.get(Some(&browser(&login.whole("work", "").await)), "/api/v1/me").await.json();
    assert_eq!(me["persona"], "reviewer");
    login.broker.change(|claims| {
        claims["groups"] = json!(["operators", "reviewers"]);
        claims["acr"] = json!(LEVEL_HIGH);
    });
    let asked_for = login.whole("work", "role=reviewer").await;
    assert!(is_in(&asked_for), "a role that was named at the start is not asked for again");
}

#[tokio::test]
async fn the_same_subject_at_another_issuer_is_another_person() {
    let login = login().await;
    let other = Broker::start(login.town.now().as_second()).await;
    let mut config = config();
    login.broker.configure(&mut config, "mitid", People::Citizens);
    other.configure(&mut config, "other", People::Citizens);
    let here = Login { town: Town::with(config), broker: login.broker.clone() };
    let first = browser(&here.whole("mitid", "").await);
    let there = Login { town: here.town, broker: other.clone() };
    other.change(|claims| claims["cprNumberIdentifier"] = json!("0201609995"));
    let second = browser(&there.whole("other", "").await);
    assert_eq!(there.town.own_sessions(&first).len(), 1);
    assert_eq!(there.town.own_sessions(&second).len(), 1);
    let card = there.town.get(Some(&second), "/api/v1/me/medicine-card").await.json();
    assert_eq!(card["patient"], there.town.country.einer.to_string());
}

#[tokio::test]
async fn when_the_broker_is_down_there_is_a_clear_answer_and_no_other_way_in() {
    let login = login().await;
    login.broker.script.lock().unwrap().down = true;
    let answer = login.leave_for("mitid", "").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.headers.contains_key("retry-after"));
    assert!(!answer.headers.contains_key("set-cookie"));
    login.broker.script.lock().unwrap().down = false;
    login.broker.script.lock().unwrap().metadata = json!({ "issuer": "https://evil.example" });
    assert_eq!(
        login.leave_for("mitid", "").await.status,
        StatusCode::SERVICE_UNAVAILABLE,
        "a broker that says it is another"
    );
    assert_eq!(login.leave_for("nobody", "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn starts_of_logins_are_counted() {
    let login = login().await;
    for _ in 0..20 {
        assert_eq!(login.leave_for("mitid", "").await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(login.leave_for("mitid", "").await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn logout_goes_on_to_the_broker() {
    let login = login().await;
    let mut browser = browser(&login.whole("mitid", "").await);
    browser.csrf =
        login.town.get(Some(&browser), "/api/v1/me").await.json()["csrf_token"].as_str().unwrap().to_owned();
    let builder = request("POST", "/da/logout", Some(&browser))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded");
    let answer = login.town.send(builder.body(Body::from(format!("_csrf={}", browser.csrf))).unwrap()).await;
    let (address, query) = answer.header("location").split_once('?').unwrap();
    assert_eq!(address, format!("{}/end", login.broker.issuer));
    let query = query_of(query);
    assert_eq!(query["post_logout_redirect_uri"], "http://localhost:8080/");
    assert!(query["id_token_hint"].split('.').count() == 3);
}
