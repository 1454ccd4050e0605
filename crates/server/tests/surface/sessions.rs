//! Sessions begin, last and end as threats 4.1 says.

use axum::body::Body;
use axum::http::StatusCode;
use server::session::Persona;

use crate::town::{Browser, Town, request};

async fn lives(town: &Town, browser: &Browser) -> bool {
    town.get(Some(browser), "/api/v1/me").await.status == StatusCode::OK
}

#[tokio::test]
async fn a_session_ends_when_idle_and_when_old() {
    for (persona, role, idle, absolute) in [
        (Persona::Citizen, "citizen", 15 * 60, 2 * 3600),
        (Persona::Professional, "doctor", 30 * 60, 10 * 3600),
        (Persona::Operator, "supplier", 10 * 60, 4 * 3600),
    ] {
        let town = Town::new();
        let log_in = || town.log_in(town.identity(persona, role, Some(town.country.einer), None));
        let browser = log_in();
        town.pass_seconds(idle - 1);
        assert!(lives(&town, &browser).await, "{role}: just before");
        town.pass_seconds(idle);
        let answer = town.get(Some(&browser), "/api/v1/me").await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::UNAUTHORIZED, "session-ended"),
            "{role}"
        );

        let browser = log_in();
        let mut passed = 0;
        while passed + idle - 1 < absolute {
            town.pass_seconds(idle - 1);
            passed += idle - 1;
            assert!(lives(&town, &browser).await, "{role}: in use after {passed}");
        }
        town.pass_seconds(absolute - passed);
        assert!(!lives(&town, &browser).await, "{role}: in use all the time and yet over");
    }
}

#[tokio::test]
async fn the_oldest_of_too_many_sessions_ends() {
    let town = Town::new();
    let mut all = Vec::new();
    for _ in 0..4 {
        all.push(town.nancy());
        town.pass_seconds(1);
    }
    assert!(!lives(&town, &all[0]).await);
    for browser in &all[1..] {
        assert!(lives(&town, browser).await);
    }
    let (first, second) = (town.operator(), town.operator());
    assert!(!lives(&town, &first).await);
    assert!(lives(&town, &second).await);
}

#[tokio::test]
async fn one_sees_and_ends_ones_own_sessions_and_no_others() {
    let town = Town::new();
    let (here, there, einer) = (town.nancy(), town.nancy(), town.citizen(town.country.einer));
    assert_eq!(town.own_sessions(&here).len(), 2);
    let foreign = town.own_sessions(&einer)[0].handle.clone();
    let own = town.own_sessions(&there);
    let other = own.iter().find(|view| view.this_one == server::session::Current::Other).unwrap();
    let answer =
        town.post(Some(&there), &format!("/api/v1/me/sessions/{foreign}/end"), &serde_json::json!({})).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(lives(&town, &einer).await);
    let answer = town
        .post(Some(&there), &format!("/api/v1/me/sessions/{}/end", other.handle), &serde_json::json!({}))
        .await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
    assert!(!lives(&town, &here).await);
    assert!(lives(&town, &there).await);
}

#[tokio::test]
async fn logout_ends_the_session_and_empties_the_browser() {
    let town = Town::new();
    let nancy = town.nancy();
    let answer = town
        .send(
            request("POST", "/da/logout", Some(&nancy))
                .header("sec-fetch-site", "same-origin")
                .header("content-type", "application/x-www-form-urlencoded")
                .body(Body::from(format!("_csrf={}", nancy.csrf)))
                .unwrap(),
        )
        .await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/da/"));
    assert_eq!(answer.header("clear-site-data"), "\"cache\", \"cookies\", \"storage\"");
    assert_eq!(
        answer.header("set-cookie"),
        "__Host-session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax"
    );
    assert!(!lives(&town, &nancy).await);
}

#[tokio::test]
async fn a_cookie_that_nobody_issued_opens_nothing() {
    let town = Town::new();
    let nancy = town.nancy();
    let forged = [
        "__Host-session=".to_owned(),
        "__Host-session=AAAA".to_owned(),
        format!("__Host-session={}", "A".repeat(43)),
        format!("session={}", nancy.cookie.split('=').nth(1).unwrap()),
        format!("{0}; {0}", nancy.cookie),
    ];
    for cookie in forged {
        let browser = Browser { cookie: cookie.clone(), csrf: nancy.csrf.clone() };
        assert!(!lives(&town, &browser).await, "{cookie:.30}");
    }
    assert!(lives(&town, &nancy).await);
}

#[tokio::test]
async fn an_act_that_asks_for_a_fresh_login_is_refused_with_an_old_one() {
    let town = Town::new();
    let nancy = town.nancy();
    town.pass_seconds(301);
    let body = serde_json::json!({ "phone": "12345678" });
    let path = "/api/v1/people/me/basic-data/contact";
    let answer = town.write("PUT", Some(&nancy), path, &body, &[]).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (StatusCode::FORBIDDEN, "step-up-needed"),
        "{}",
        answer.text()
    );
    let answer = town.write("PUT", Some(&town.nancy()), path, &body, &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}
