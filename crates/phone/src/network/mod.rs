//! The network: questions to servers that know nothing of each other, and their answers.
//!
//! The phone asks through [`Network`]; [`http`] is the one that asks real servers.

mod http;

pub use http::HttpNetwork;

use std::time::Duration;

use serde::de::DeserializeOwned;

/// Which server is asked. No question is ever put to two of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Server {
    /// Takes and publishes keys, and sees no person.
    Keys,
    /// Knows who is ill, and sees no key.
    Verification,
    /// Takes reports of the statistics, and can read none of them.
    Leader,
    /// Counts together with the leader, and is run by somebody else.
    Helper,
}

/// The header of a decoy.
pub const DECOY_HEADER: (&str, &str) = ("x-chaff", "1");
/// What it adds to a question. The body of a decoy is shorter by as much: whoever looks on sees only how long all of it is.
pub const DECOY_HEADER_BYTES: usize = DECOY_HEADER.0.len() + ": ".len() + DECOY_HEADER.1.len() + "\r\n".len();

const JSON: &str = "application/json";

/// A question.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// To whom.
    pub server: Server,
    /// The path on that server, with its first slash.
    pub path: &'a str,
    /// What is sent; nothing where something is only fetched.
    pub body: Option<&'a [u8]>,
    /// What that is.
    pub content_type: &'a str,
    /// What the server called the answer that the phone has already.
    pub known_tag: Option<&'a str>,
    /// Whether it is only there so that a real one is not noticed.
    pub is_decoy: bool,
    /// No longer answer is taken.
    pub most_bytes: usize,
}

impl<'a> Question<'a> {
    /// Fetches something.
    #[must_use]
    pub const fn fetch(server: Server, path: &'a str, most_bytes: usize) -> Self {
        Self { server, path, body: None, content_type: JSON, known_tag: None, is_decoy: false, most_bytes }
    }

    /// Sends something, as JSON. Answers are padded to at most a few kilobytes.
    #[must_use]
    pub const fn send(server: Server, path: &'a str, body: &'a [u8]) -> Self {
        Self { body: Some(body), ..Self::fetch(server, path, 64 * 1024) }
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// What it says that it is.
    pub content_type: String,
    /// What the server calls it.
    pub tag: Option<String>,
    /// What it is.
    pub body: Vec<u8>,
}

/// Why there is no answer that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// Nobody answered in time.
    #[error("the server cannot be reached")]
    Unreachable,
    /// The answer is longer than it may be.
    #[error("the answer is longer than it may be")]
    TooLong,
    /// Somebody else answered: the page of a café's network, or of a server that is down.
    #[error("what answered is not the server, but a page in between")]
    SomebodyElse,
    /// The server is there and cannot answer now, or says that this is asked too often.
    #[error("the server cannot answer now (status {0})")]
    NotNow(u16),
    /// The server says no.
    #[error("the server refused (status {0})")]
    Refused(u16),
}

/// A way to ask.
pub trait Network {
    /// Asks once, and follows no redirection.
    ///
    /// # Errors
    /// When nobody answers, or too much.
    fn ask(&mut self, question: &Question<'_>) -> Result<Answer, NetworkError>;

    /// How long answers have been waited for until now, all in all: nothing in a simulation.
    fn waited(&self) -> Duration {
        Duration::ZERO
    }
}

impl Answer {
    /// Whether it says to be of this type, whatever parameters it adds.
    #[must_use]
    pub fn is_of_type(&self, media_type: &str) -> bool {
        let said = self.content_type.split(';').next().unwrap_or_default().trim();
        said.eq_ignore_ascii_case(media_type)
    }

    /// The bytes of a good answer of one of these types. A status of 200 alone proves nothing.
    ///
    /// # Errors
    /// When it is no good answer, or of another type.
    pub fn bytes(self, media_types: &[&str]) -> Result<Vec<u8>, NetworkError> {
        match self.status {
            200 if media_types.iter().any(|one| self.is_of_type(one)) => Ok(self.body),
            // A redirection is never followed: it leads to whoever is in between.
            200..=399 => Err(NetworkError::SomebodyElse),
            429 | 500.. => Err(NetworkError::NotNow(self.status)),
            refused => Err(NetworkError::Refused(refused)),
        }
    }

    /// What JSON says, whatever the status.
    ///
    /// # Errors
    /// When it is no JSON, or of another form.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, NetworkError> {
        let is_json = self.is_of_type("application/json") || self.is_of_type("application/problem+json");
        let read = is_json.then(|| serde_json::from_slice(&self.body).ok()).flatten();
        read.ok_or(NetworkError::SomebodyElse)
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, NetworkError};

    fn answer(status: u16, content_type: &str, body: &str) -> Answer {
        Answer { status, content_type: content_type.to_owned(), tag: None, body: body.into() }
    }

    #[test]
    fn a_page_of_a_cafe_is_no_answer() {
        let page = answer(200, "text/html; charset=utf-8", "<html>Welcome</html>");
        assert_eq!(page.json::<Vec<u8>>(), Err(NetworkError::SomebodyElse));
        assert_eq!(page.bytes(&["application/zip"]), Err(NetworkError::SomebodyElse));
        let disguised = answer(200, "application/json", "<html>Welcome</html>");
        assert_eq!(disguised.json::<Vec<u8>>(), Err(NetworkError::SomebodyElse));
        assert_eq!(answer(302, "", "").bytes(&[""]), Err(NetworkError::SomebodyElse));
        assert_eq!(
            answer(204, "application/zip", "").bytes(&["application/zip"]),
            Err(NetworkError::SomebodyElse)
        );
    }

    #[test]
    fn not_now_is_told_from_no() {
        let said = |status| answer(status, "application/zip", "").bytes(&["application/zip"]).unwrap_err();
        assert_eq!(said(503), NetworkError::NotNow(503));
        assert_eq!(said(429), NetworkError::NotNow(429));
        assert_eq!(said(404), NetworkError::Refused(404));
        assert!(answer(200, "Application/ZIP ; x=y", "").bytes(&["application/zip"]).is_ok());
    }
}
