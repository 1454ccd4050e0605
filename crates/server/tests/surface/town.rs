//! A small town behind the real router.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use notice::Id;
use notice::id::{Organisation, Person};
use register::testing::SeededRandomness;
use register::{Clock, Personal};
use serde_json::Value;
use server::session::{Identity, Persona, SessionView};
use server::{App, Config, Parts, SecurityLog};
use services::testing::Country;
use tower::ServiceExt;

pub struct Town {
    pub country: Country,
    pub app: App,
    pub router: Router,
}

/// A browser that is logged in.
#[derive(Clone)]
pub struct Browser {
    pub cookie: String,
    pub csrf: String,
}

#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

pub fn config() -> Config {
    let mut config =
        Config::loopback("127.0.0.1:8080".parse().unwrap(), "127.0.0.1:9090".parse().unwrap(), "sds");
    config.limits.requests_per_minute = 6000;
    config.limits.requests_per_minute_actor = 6000;
    config
}

impl Town {
    pub fn new() -> Self {
        Self::with(config())
    }

    pub fn with(config: Config) -> Self {
        Self::logging_to(config, SecurityLog::default())
    }

    pub fn logging_to(config: Config, security_log: SecurityLog) -> Self {
        Self::of(Country::new(), config, security_log)
    }

    pub fn of(country: Country, config: Config, security_log: SecurityLog) -> Self {
        let app = App::new(Parts {
            register: country.house.register.clone(),
            clock: country.house.clock.clone(),
            randomness: Arc::new(SeededRandomness::new(11)),
            config,
            security_log,
            proofs: server::Proofs::read("F-17\tcrates/x/tests/y.rs: a_prescription_goes_on_its_day"),
            #[cfg(feature = "demo")]
            demo: None,
        })
        .unwrap();
        let router = server::router(app.clone());
        Self { country, app, router }
    }

    pub fn identity(
        &self,
        persona: Persona,
        role: &str,
        person: Option<Id<Person>>,
        organisation: Option<Id<Organisation>>,
    ) -> Identity {
        Identity {
            issuer: "https://broker.test".to_owned(),
            subject: Personal::new(format!("{role}-{person:?}")),
            persona,
            person,
            role: self.app.role(role).unwrap_or_else(|| panic!("no role {role}")),
            organisation,
            name: Personal::new(format!("Test {role}")),
            organisation_name: organisation.map(|_| "Lægerne Torvet".to_owned()),
            on_behalf_of: None,
            logout_hint: None,
        }
    }

    pub fn log_in(&self, identity: Identity) -> Browser {
        let started = self.app.sessions().start(identity, 0, self.app.clock(), self.app.randomness());
        let live = self.app.sessions().touch(&started.id, self.app.clock()).unwrap();
        Browser { cookie: format!("__Host-session={}", started.id.text()), csrf: live.csrf }
    }

    pub fn citizen(&self, person: Id<Person>) -> Browser {
        self.log_in(self.identity(Persona::Citizen, "citizen", Some(person), None))
    }

    pub fn nancy(&self) -> Browser {
        self.citizen(self.country.nancy)
    }

    pub fn doctor(&self) -> Browser {
        self.log_in(self.identity(
            Persona::Professional,
            "doctor",
            Some(self.country.doctor),
            Some(self.country.practice),
        ))
    }

    pub fn other_doctor(&self) -> Browser {
        self.log_in(self.identity(
            Persona::Professional,
            "doctor",
            Some(self.country.other_doctor),
            Some(self.country.hospital),
        ))
    }

    pub fn operator(&self) -> Browser {
        self.log_in(self.identity(Persona::Operator, "supplier", Some(self.country.einer), None))
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        send(self.router.clone(), request).await
    }

    pub async fn get(&self, browser: Option<&Browser>, path: &str) -> Answer {
        self.send(request("GET", path, browser).body(Body::empty()).unwrap()).await
    }

    /// A form as our own page sends it; the token is put on.
    pub async fn form(&self, browser: &Browser, path: &str, fields: &str) -> Answer {
        let request = request("POST", path, Some(browser))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        let body = format!("_csrf={}&{fields}", browser.csrf);
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// A write as our own page's script sends it.
    pub async fn post(&self, browser: Option<&Browser>, path: &str, body: &Value) -> Answer {
        self.write("POST", browser, path, body, &[]).await
    }

    pub async fn write(
        &self,
        method: &str,
        browser: Option<&Browser>,
        path: &str,
        body: &Value,
        more: &[(&str, &str)],
    ) -> Answer {
        let mut builder = request(method, path, browser)
            .header("content-type", "application/json")
            .header("sec-fetch-site", "same-origin");
        if !more.iter().any(|(name, _)| *name == "idempotency-key") {
            builder = builder.header("idempotency-key", fresh_key());
        }
        if let Some(browser) = browser {
            builder = builder.header("x-csrf-token", &browser.csrf);
        }
        for (name, value) in more {
            builder = builder.header(*name, *value);
        }
        self.send(builder.body(Body::from(body.to_string())).unwrap()).await
    }

    pub fn pass_seconds(&self, seconds: i64) {
        self.country.house.clock.pass(jiff::Span::new().seconds(seconds));
    }

    pub fn now(&self) -> jiff::Timestamp {
        self.country.house.clock.now()
    }

    pub fn own_sessions(&self, browser: &Browser) -> Vec<SessionView> {
        let id = server::session::SecretId::parse(browser.cookie.split('=').nth(1).unwrap()).unwrap();
        self.app.sessions().list_own(&id.key(), self.app.clock())
    }
}

pub fn fresh_key() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("test-key-{:016}", NEXT.fetch_add(1, Ordering::Relaxed))
}

pub fn request(method: &str, path: &str, browser: Option<&Browser>) -> axum::http::request::Builder {
    let builder = Request::builder().method(method).uri(path).header("host", "localhost:8080");
    match browser {
        Some(browser) => builder.header("cookie", &browser.cookie),
        None => builder,
    }
}

pub async fn send(router: Router, request: Request<Body>) -> Answer {
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 16 << 20).await.unwrap().to_vec();
    Answer { status: parts.status, headers: parts.headers, body }
}

/// The answer without what differs each time on purpose: the event id and the number of the request.
pub fn bytes(answer: &Answer) -> (StatusCode, Vec<(String, String)>, Vec<u8>) {
    let mut headers: Vec<(String, String)> = answer
        .headers
        .iter()
        .filter(|(name, _)| *name != "x-request-id")
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    headers.sort();
    (answer.status, headers, answer.body.clone())
}
