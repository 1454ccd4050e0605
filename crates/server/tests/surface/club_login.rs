//! Login under a notice that the house has never heard of: what the broker says becomes a person and a role of that notice.

use std::net::TcpListener;

use axum::body::Body;
use axum::http::StatusCode;
use register::{Identifier, OwnId};
use serde_json::{Value, json};
use server::config::{People, RoleOfValue};
use server::{App, Config, NotStarted};

use crate::broker::Broker;
use crate::club::Club;
use crate::oidc_provider::{start, walk};
use crate::town::{Answer, Browser, request};

/// The club's broker: members by their address, the board keeps the list.
fn members(broker: &Broker, config: &mut Config) {
    broker.configure(config, "mitid", People::Notice);
    let settings = &mut config.brokers[0];
    settings.scopes = vec!["club".into(), "profile".into()];
    settings.claims.own = Some("email".into());
    settings.claims.roles = Some("groups".into());
    settings.everybody = Some("member".into());
    let role = |value: &str, role: &str| RoleOfValue {
        value: value.into(),
        role: role.into(),
        persona: "staff".into(),
    };
    settings.roles = vec![role("board", "secretary"), role("trainers", "trainer")];
}

async fn logs_in(club: &Club) -> Answer {
    let start = request("POST", "/en/login/mitid", None)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded");
    let left = club.send(start.body(Body::from("return=")).unwrap()).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.text());
    let cookie = left.header("set-cookie").split(';').next().unwrap().to_owned();
    let back = walk(left.header("location")).await;
    let path = back.strip_prefix("http://localhost:8080").unwrap_or_else(|| panic!("{back}"));
    club.send(request("GET", path, None).header("cookie", cookie).body(Body::empty()).unwrap()).await
}

fn cookie(answer: &Answer, name: &str) -> Browser {
    let all = answer.headers.get_all("set-cookie").iter().map(|one| one.to_str().unwrap());
    let found = all.filter(|one| one.starts_with(name)).find(|one| !one.contains("Max-Age=0"));
    let cookie = found.unwrap_or_else(|| panic!("no {name}: {}", answer.text()));
    Browser { cookie: cookie.split(';').next().unwrap().to_owned(), csrf: String::new() }
}

/// A club whose broker is a certified provider that we did not write, and that says this of whoever comes.
async fn club_of(person: &Value) -> (Club, impl Drop) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut broker = Broker::start(0).await;
    broker.issuer = format!("http://127.0.0.1:{port}");
    let provider = start(&broker.client.public_pem(), port, Some(&person.to_string()));
    let club = Club::with(|config| members(&broker, config), App::new).unwrap();
    // The provider reads the machine's clock, so the club lives on it too.
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    club.house.clock.jump_to(jiff::Timestamp::from_second(now.try_into().unwrap()).unwrap());
    (club, provider)
}

#[tokio::test]
async fn a_member_is_known_by_the_address_that_she_was_added_by() {
    let anna = json!({ "email": "Anna@svoem.example", "email_verified": true, "name": "Anna Test" });
    let (club, _provider) = club_of(&anna).await;
    let added = club.adds("anna@svoem.example", json!({ "name": "Anna Test" })).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.text());
    let answer = logs_in(&club).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (StatusCode::SEE_OTHER, "/en/registers"),
        "{}",
        answer.text()
    );
    let browser = cookie(&answer, "__Host-session=");
    let to = club.get(&browser, "/en/registers").await;
    assert_eq!(to.header("location"), "/en/registers/members.member/me", "she has only her own to see");
    let own = club.get(&browser, to.header("location")).await;
    assert!(own.text().contains("Anna Test") && own.text().contains("Keep the list"), "{}", own.text());
    assert_eq!(club.get(&browser, "/en/registers/members.member").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_keeps_the_list_and_is_a_member_chooses_in_which_role_she_comes() {
    let karen = json!({ "email": "karen@svoem.example", "email_verified": true, "name": "Karen Test", "groups": ["board", "choir"] });
    let (club, _provider) = club_of(&karen).await;
    let answer = logs_in(&club).await;
    assert_eq!(answer.header("location"), "/en/login/role", "{}", answer.text());
    let choosing = cookie(&answer, "__Host-login=");
    let page = club.get(&choosing, "/en/login/role").await.text();
    assert!(page.contains("Whoever keeps the list") && page.contains("Member") && !page.contains("Trainer"));
    let chosen = request("POST", "/en/login/role", Some(&choosing))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded");
    let answer = club.send(chosen.body(Body::from("choice=0")).unwrap()).await;
    let browser = cookie(&answer, "__Host-session=");
    let list = club.get(&browser, "/en/registers/members.member").await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.text());
}

// An address that anybody may write into her profile would open anybody's entry.
#[tokio::test]
async fn an_address_that_the_broker_has_not_confirmed_leads_to_nobody() {
    for claims in [
        json!({ "email": "anna@svoem.example", "email_verified": false, "name": "Anna" }),
        json!({ "email": "anna@svoem.example", "name": "Anna" }),
        json!({ "email": "anna@svoem.example", "email_verified": "true", "name": "Anna" }),
        json!({ "email": "2512489996", "email_verified": true, "name": "Anna" }),
        json!({ "name": "Anna" }),
    ] {
        let (club, _provider) = club_of(&claims).await;
        let answer = logs_in(&club).await;
        assert!(answer.status.is_client_error(), "{claims}: {} {}", answer.status, answer.text());
        assert!(!answer.text().contains("svoem.example"), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_role_that_the_notice_does_not_declare_stops_the_start() {
    let broker = Broker::start(0).await;
    for spoil in [
        |config: &mut Config| config.brokers[0].everybody = Some("members".into()),
        |config: &mut Config| config.brokers[0].roles[0].role = "board".into(),
    ] {
        let change = |config: &mut Config| {
            members(&broker, config);
            spoil(config);
        };
        assert!(matches!(Club::with(change, App::new), Err(NotStarted::Role { .. })));
    }
}

async fn tries(club: &Club, host: &str, fields: &str) -> Answer {
    tries_from("127.0.0.1:50000", club, host, fields).await
}

async fn tries_from(peer: &str, club: &Club, host: &str, fields: &str) -> Answer {
    let sent = request("POST", "/en/login/trial", None)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded");
    let mut sent = sent.body(Body::from(fields.to_owned())).unwrap();
    sent.headers_mut().insert("host", host.parse().unwrap());
    let peer: std::net::SocketAddr = peer.parse().unwrap();
    sent.extensions_mut().insert(axum::extract::ConnectInfo(peer));
    club.send(sent).await
}

#[tokio::test]
async fn in_a_trial_one_goes_in_by_saying_who_one_is() {
    let club = Club::with(|_| {}, App::trial).unwrap();
    let added = club.adds("anna@svoem.example", json!({ "name": "Anna Test" })).await.json();
    let page = club.send(request("GET", "/en/login", None).body(Body::empty()).unwrap()).await.text();
    assert!(page.contains("A trial on your own machine") && page.contains("Go in as: Trainer"), "{page}");
    let answer = tries(&club, "localhost:8080", "role=member&own=Anna%40svoem.example").await;
    assert_eq!(answer.header("location"), "/en/registers", "{}", answer.text());
    let own = club.get(&cookie(&answer, "__Host-session="), "/en/registers/members.member/me").await;
    assert!(own.text().contains("Anna Test"), "{}", own.text());
    let anna =
        club.house.register.person(&Identifier::Own(OwnId::parse("club", "anna@svoem.example").unwrap()));
    assert_eq!(added["person"], anna.to_string());
    let answer = tries(&club, "localhost:8080", "role=secretary").await;
    let list = club.get(&cookie(&answer, "__Host-session="), "/en/registers/members.member").await;
    assert_eq!(list.status, StatusCode::OK);
    for nobody in ["role=member&own=", "role=system", "role=", "role=secretary&persona=operator"] {
        let answer = tries(&club, "localhost:8080", nobody).await;
        assert!(answer.status.is_client_error(), "{nobody}: {}", answer.status);
    }
}

// Decision 012: a page elsewhere whose name leads to this machine hears nothing, and a real server has no such door.
#[tokio::test]
async fn the_door_of_a_trial_opens_nowhere_else() {
    let trial = Club::with(|_| {}, App::trial).unwrap();
    for host in ["evil.example", "evil.example:8080", "localhost", "127.0.0.1:8080"] {
        assert_eq!(tries(&trial, host, "role=secretary").await.status, StatusCode::NOT_FOUND, "{host}");
    }
    let far = tries_from("192.168.1.7:50000", &trial, "localhost:8080", "role=secretary").await;
    assert_eq!(far.status, StatusCode::NOT_FOUND);
    let real = Club::new();
    assert_eq!(tries(&real, "localhost:8080", "role=secretary").await.status, StatusCode::NOT_FOUND);
    let page = real.send(request("GET", "/en/login", None).body(Body::empty()).unwrap()).await.text();
    assert!(!page.contains("login/trial"));
    let broker = Broker::start(0).await;
    let spoils: [&dyn Fn(&mut Config); 5] = [
        &|config| config.site.origin = "https://club.example".into(),
        &|config| config.listen.address = "0.0.0.0:8080".parse().unwrap(),
        &|config| config.listen.operations = "192.168.1.2:9090".parse().unwrap(),
        &|config| config.listen.tls = server::config::Tls::Proxy,
        &|config| members(&broker, config),
    ];
    for spoil in spoils {
        assert!(matches!(Club::with(spoil, App::trial), Err(NotStarted::NotATrial)));
    }
}
