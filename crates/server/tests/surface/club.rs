//! A club behind the real router: its notice, the form of its entries, and nothing else.

use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::http::StatusCode;
use notice::Id;
use register::Personal;
use register::testing::{SeededRandomness, TestRegister, corpus};
use serde_json::{Value, json};
use server::session::{Identity, Persona};
use server::{App, Config, NotStarted, Parts, SecurityLog};

use crate::town::{Answer, Browser, config, fresh_key, request, send};

pub struct Club {
    pub house: TestRegister,
    pub app: App,
}

pub const LIST: &str = "/api/v1/registers/members.member";

impl Club {
    pub fn new() -> Self {
        Self::with(|_| {}, App::new).unwrap()
    }

    pub fn with(
        change: impl FnOnce(&mut Config),
        open: impl FnOnce(Parts) -> Result<App, NotStarted>,
    ) -> Result<Self, NotStarted> {
        Self::on(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../services/fixtures/club"), change, open)
    }

    /// With the notices of another folder.
    pub fn on(
        folder: &Path,
        change: impl FnOnce(&mut Config),
        open: impl FnOnce(Parts) -> Result<App, NotStarted>,
    ) -> Result<Self, NotStarted> {
        let house = TestRegister::on(corpus(folder), "2026-11-21T09:00:00Z");
        let mut config = config();
        config.register.notices = folder.to_owned();
        config.site.controller = "club".to_owned();
        change(&mut config);
        let parts = Parts {
            register: house.register.clone(),
            clock: house.clock.clone(),
            randomness: Arc::new(SeededRandomness::new(11)),
            config,
            security_log: SecurityLog::default(),
            proofs: server::Proofs::default(),
            #[cfg(feature = "demo")]
            demo: None,
        };
        Ok(Self { app: open(parts)?, house })
    }

    pub fn log_in(&self, role: &str, person: u128) -> Browser {
        let persona = if role == "member" { Persona::Person } else { Persona::Staff };
        self.log_in_as(persona, role, person)
    }

    pub fn log_in_as(&self, persona: Persona, role: &str, person: u128) -> Browser {
        let identity = Identity {
            issuer: "https://broker.test".to_owned(),
            subject: Personal::new(format!("{role}-{person}")),
            persona,
            person: Some(Id::from_bits(person)),
            role: self.app.role(role).unwrap(),
            organisation: None,
            name: Personal::new(format!("Test {role}")),
            organisation_name: None,
            on_behalf_of: None,
            logout_hint: None,
        };
        let started = self.app.sessions().start(identity, 0, self.app.clock(), self.app.randomness());
        let live = self.app.sessions().touch(&started.id, self.app.clock()).unwrap();
        Browser { cookie: format!("__Host-session={}", started.id.text()), csrf: live.csrf }
    }

    pub async fn send(&self, request: axum::http::Request<Body>) -> Answer {
        send(server::router(self.app.clone()), request).await
    }

    pub async fn get(&self, browser: &Browser, path: &str) -> Answer {
        self.send(request("GET", path, Some(browser)).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = [("_csrf", browser.csrf.as_str())];
        let fields: Vec<_> = fields.iter().chain(&token).collect();
        let body = serde_urlencoded::to_string(fields).unwrap();
        let sent = request("POST", path, Some(browser))
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded");
        self.send(sent.body(Body::from(body)).unwrap()).await
    }

    /// Sends a form that must be taken, and follows to where it leads.
    pub async fn posted(&self, browser: &Browser, path: &str, fields: &[(&str, &str)]) -> (String, Answer) {
        let answer = self.post(browser, path, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.text());
        let to = answer.header("location").to_owned();
        let page = self.get(browser, &to).await;
        (to.split('?').next().unwrap().to_owned(), page)
    }

    pub async fn asks(&self, role: &str, person: u128, method: &str, path: &str, body: Value) -> Answer {
        let browser = self.log_in_as(Persona::Citizen, role, person);
        let sent = request(method, path, None)
            .header("cookie", &browser.cookie)
            .header("x-csrf-token", &browser.csrf)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/json")
            .header("idempotency-key", fresh_key());
        let body = if method == "GET" { Body::empty() } else { Body::from(body.to_string()) };
        self.send(sent.body(body).unwrap()).await
    }

    pub async fn adds(&self, email: &str, content: Value) -> Answer {
        self.asks("secretary", 1, "POST", LIST, json!({ "about": { "own": email }, "content": content }))
            .await
    }
}
