//! A person's browser in a rehearsal: it logs in at the broker, answers the questions of the page, and reads the code.

use std::collections::BTreeMap;

use jiff::civil::Date;
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{RequestBuilder, Response, StatusCode};
use services::smittestop::verification::Form;

use super::broker::{Broker, ID, Person};

/// What somebody says on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// Symptoms since this day.
    SymptomsSince(Date),
    /// No symptoms.
    NoSymptoms,
    /// Nothing.
    Unsaid,
}

impl Answers {
    fn fields(self) -> String {
        match self {
            Self::SymptomsSince(day) => format!("symptoms=yes&day={}", day.strftime("%d-%m-%Y")),
            Self::NoSymptoms => "symptoms=no".to_owned(),
            Self::Unsaid => "symptoms=unsaid".to_owned(),
        }
    }
}

/// Why there is no code.
#[derive(Debug, thiserror::Error)]
pub enum NoCode {
    /// A server does not answer.
    #[error("a server does not answer: {0}")]
    Unreachable(#[from] reqwest::Error),
    /// The way to the code went elsewhere: the step, and its status.
    #[error("`{0}` was answered with {1}")]
    Astray(&'static str, StatusCode),
    /// A page came in place of the code: its heading.
    #[error("the page says `{0}`")]
    Page(String),
}

/// What browsers ask with; any number of them may share it. No connection is kept, since theirs are not one person's.
pub(super) fn http() -> Result<reqwest::Client, reqwest::Error> {
    // Redirects are followed by hand: cookies of ours go to nobody else.
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .pool_max_idle_per_host(0)
        .timeout(std::time::Duration::from_secs(30))
        .build()
}

/// A browser that keeps its cookies.
pub(super) struct Browser {
    http: reqwest::Client,
    origin: String,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// A browser with nothing in it.
    pub(super) fn with(http: reqwest::Client, origin: &str) -> Self {
        Self { http, origin: origin.to_owned(), cookies: BTreeMap::new() }
    }

    /// Gets a code for somebody.
    pub(super) async fn code(
        &mut self,
        broker: &Broker,
        person: &Person,
        answers: Answers,
        form: Form,
    ) -> Result<String, NoCode> {
        self.logs_in(broker, person).await?;
        let page = self.get("/da/me/warn").await?.text().await?;
        let token = between(&page, "name=\"_csrf\" value=\"", "\"");
        let token = token.ok_or_else(|| NoCode::Page(heading(&page)))?;
        let word = match form {
            Form::Digits => "digits",
            Form::Link => "link",
        };
        let fields = format!("_csrf={token}&step=done&{}&form={word}", answers.fields());
        let came = self.post("/da/me/warn", fields).await?.text().await?;
        let found = match form {
            Form::Digits => between(&came, "class=\"code-to-type\" translate=\"no\">", "<"),
            // The address is escaped as text of a page; the code behind its last `=` is letters and digits.
            Form::Link => between(&came, "href=\"ens:", "\"").and_then(|href| href.rsplit('=').next()),
        };
        found.map(|code| code.replace(' ', "")).ok_or_else(|| NoCode::Page(heading(&came)))
    }

    pub(super) async fn logs_in(&mut self, broker: &Broker, person: &Person) -> Result<(), NoCode> {
        broker.knows(person);
        let left = self.post(&format!("/da/login/{ID}"), "return=%2Fda%2Fme%2Fwarn".to_owned()).await?;
        let there = location(&left, "the login page")?;
        let back = self.http.get(there).query(&[("pid", &person.pid)]).send().await?;
        let back = location(&back, "the broker")?;
        let back = back.strip_prefix(&self.origin).unwrap_or_default().to_owned();
        location(&self.get(&back).await?, "the way back from the broker").map(|_| ())
    }

    pub(super) async fn get(&mut self, path: &str) -> Result<Response, NoCode> {
        let request = self.http.get(format!("{}{path}", self.origin));
        self.send(request).await
    }

    pub(super) async fn post(&mut self, path: &str, fields: String) -> Result<Response, NoCode> {
        let request = self
            .http
            .post(format!("{}{path}", self.origin))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(fields);
        self.send(request).await
    }

    async fn send(&mut self, request: RequestBuilder) -> Result<Response, NoCode> {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = if cookies.is_empty() { request } else { request.header(COOKIE, cookies.join("; ")) };
        let response = request.send().await?;
        for set in response.headers().get_all(SET_COOKIE) {
            let pair = set.to_str().ok().and_then(|set| set.split(';').next()?.split_once('='));
            match pair {
                Some((name, "")) => drop(self.cookies.remove(name)),
                Some((name, value)) => drop(self.cookies.insert(name.to_owned(), value.to_owned())),
                None => {}
            }
        }
        Ok(response)
    }
}

pub(super) fn location(answer: &Response, step: &'static str) -> Result<String, NoCode> {
    let to = answer.headers().get(LOCATION).and_then(|to| to.to_str().ok());
    to.filter(|_| answer.status().is_redirection())
        .map(str::to_owned)
        .ok_or(NoCode::Astray(step, answer.status()))
}

fn heading(page: &str) -> String {
    between(page, "<h1>", "<").unwrap_or_default().to_owned()
}

pub(super) fn between<'a>(page: &'a str, before: &str, after: &str) -> Option<&'a str> {
    page.split_once(before)?.1.split_once(after).map(|(found, _)| found)
}
