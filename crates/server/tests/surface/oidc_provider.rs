//! The whole login against npm `oidc-provider`, a certified provider that we did not write.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use axum::body::Body;
use axum::http::StatusCode;
use server::config::People;

use crate::broker::{Broker, LEVEL};
use crate::town::{Browser, Town, config, request};

pub struct Provider(Child);

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn start(public_key: &str, port: u16, person: Option<&str>) -> Provider {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let modules = root.join("../../e2e");
    let installed = modules.join("node_modules/oidc-provider").exists();
    assert!(installed, "`npm ci --ignore-scripts` in e2e/ installs the provider; `cargo xtask test` does it");
    let mut child = Command::new("node")
        .arg(root.join("tests/oidc-provider/provider.mjs"))
        .arg(modules)
        .args([public_key, "http://localhost:8080/login/mitid/callback", LEVEL, &port.to_string()])
        .args(person)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("node");
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("http://127.0.0.1:"), "{line}");
    Provider(child)
}

#[tokio::test]
async fn nancy_logs_in_at_a_provider_that_we_did_not_write() {
    // The provider reads the machine's clock, so the town lives on it too.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut broker = Broker::start(0).await;
    broker.issuer = format!("http://127.0.0.1:{port}");
    let mut config = config();
    broker.configure(&mut config, "mitid", People::Citizens);
    config.brokers[0].scopes = vec!["ssn".into(), "profile".into()];
    let _provider = start(&broker.client.public_pem(), port, None);
    let town = Town::with(config);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    town.country.house.clock.jump_to(jiff::Timestamp::from_second(now.try_into().unwrap()).unwrap());

    let start = request("POST", "/da/login/mitid", None)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded");
    let left = town.send(start.body(Body::from("return=%2Fda%2Fme")).unwrap()).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.text());
    let cookie = left.header("set-cookie").split(';').next().unwrap().to_owned();
    let back = walk(left.header("location")).await;
    let path = back.strip_prefix("http://localhost:8080").unwrap_or_else(|| panic!("{back}"));
    let answer =
        town.send(request("GET", path, None).header("cookie", cookie).body(Body::empty()).unwrap()).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (StatusCode::SEE_OTHER, "/da/me"),
        "{}",
        answer.text()
    );
    let session = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|one| one.to_str().unwrap())
        .find(|one| one.starts_with("__Host-session="))
        .unwrap();
    let browser = Browser { cookie: session.split(';').next().unwrap().to_owned(), csrf: String::new() };
    let card = town.get(Some(&browser), "/api/v1/me/medicine-card").await;
    assert_eq!(card.json()["patient"], town.country.nancy.to_string(), "{}", card.text());
}

// As a browser walks: from redirect to redirect with the provider's cookies, until it is sent back to us.
pub async fn walk(from: &str) -> String {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let mut jar: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    let mut at = reqwest::Url::parse(from).unwrap();
    for _ in 0..12 {
        let cookies =
            jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let answer = client.get(at.clone()).header("cookie", cookies).send().await.unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
            let (name, value) = pair.split_once('=').unwrap();
            jar.insert(name.to_owned(), value.to_owned());
        }
        let status = answer.status();
        let Some(next) = answer.headers().get("location").map(|value| value.to_str().unwrap().to_owned())
        else {
            panic!("{status} at {}: {}", at.path(), answer.text().await.unwrap());
        };
        at = at.join(&next).unwrap();
        if at.host_str() == Some("localhost") {
            return at.to_string();
        }
    }
    panic!("walked in a circle");
}
