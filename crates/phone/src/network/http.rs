//! Asks real servers over HTTPS, one question at a time.
//!
//! Invariant: no cookies, no redirections, no name of the program's version, and in clear to this machine only. What
//! is sent says nothing but what the body says. Nothing that a server said in a connection is shown in the next one:
//! neither is the connection kept, nor the ticket by which TLS would take it up again.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body, http};

use super::{Answer, DECOY_HEADER, Network, NetworkError, Question, Server};

/// A question takes no longer than this, all in all.
const TIMEOUT: Duration = Duration::from_secs(40);
/// All phones call themselves alike.
const NAME: &str = "smittestop";

/// Why an address is none that is asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not an address, or neither `https` nor on this machine.
    #[error("`{0}` is no address in https; only a server on this machine may be asked in clear")]
    NotSecure(String),
    /// No certificate in PEM.
    #[error("the certificate is none in PEM")]
    Certificate,
}

/// Where the servers are.
#[derive(Clone, Debug)]
pub struct HttpNetwork {
    keys: String,
    verification: String,
    /// Leader and helper of the statistics.
    counting: Option<[String; 2]>,
    config: Config,
    waited: Duration,
}

impl HttpNetwork {
    /// Asks these two servers. `roots` are certificates in PEM that are believed in place of those of the web.
    ///
    /// # Errors
    /// When an address is not `https`, unless it is on this machine, or a certificate cannot be read.
    pub fn new(keys: &str, verification: &str, roots: &[String]) -> Result<Self, AddressError> {
        let certificates: Vec<Certificate<'static>> = roots
            .iter()
            .map(|pem| Certificate::from_pem(pem.as_bytes()).map_err(|_| AddressError::Certificate))
            .collect::<Result<_, _>>()?;
        let believed =
            if certificates.is_empty() { RootCerts::WebPki } else { RootCerts::from(certificates) };
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_global(Some(TIMEOUT))
            .user_agent(NAME)
            .accept("*/*")
            .tls_config(TlsConfig::builder().root_certs(believed).build())
            // A kept connection would tie one question to the next.
            .max_idle_connections(0)
            .build();
        Ok(Self {
            keys: checked(keys)?,
            verification: checked(verification)?,
            counting: None,
            config,
            waited: Duration::ZERO,
        })
    }

    /// Asks also the two bodies of the statistics.
    ///
    /// # Errors
    /// When an address is not `https`, unless it is on this machine.
    pub fn counting_at(self, leader: &str, helper: &str) -> Result<Self, AddressError> {
        Ok(Self { counting: Some([checked(leader)?, checked(helper)?]), ..self })
    }

    fn answer(&self, question: &Question<'_>) -> Result<Answer, NetworkError> {
        let base = self.base(question.server).ok_or(NetworkError::Unreachable)?;
        let method = if question.body.is_some() { "POST" } else { "GET" };
        let mut request = http::Request::builder().method(method).uri(format!("{base}{}", question.path));
        if let Some(tag) = question.known_tag {
            request = request.header("If-None-Match", tag);
        }
        if question.is_decoy {
            request = request.header(DECOY_HEADER.0, DECOY_HEADER.1);
        }
        // An agent of its own for each question: tickets of TLS lie in the agent.
        let agent = self.config.new_agent();
        let response = match question.body {
            Some(body) => {
                let request = request.header("Content-Type", question.content_type).body(body);
                agent.run(request.map_err(|_| NetworkError::Unreachable)?)
            }
            None => agent.run(request.body(()).map_err(|_| NetworkError::Unreachable)?),
        };
        read(response.map_err(|_| NetworkError::Unreachable)?, question.most_bytes)
    }

    fn base(&self, server: Server) -> Option<&String> {
        match server {
            Server::Keys => Some(&self.keys),
            Server::Verification => Some(&self.verification),
            Server::Leader => self.counting.as_ref().map(|[leader, _]| leader),
            Server::Helper => self.counting.as_ref().map(|[_, helper]| helper),
        }
    }
}

impl Network for HttpNetwork {
    #[expect(clippy::disallowed_methods, reason = "how long a server takes, whatever the clock says")]
    fn ask(&mut self, question: &Question<'_>) -> Result<Answer, NetworkError> {
        let begun = Instant::now();
        let answer = self.answer(question);
        self.waited += begun.elapsed();
        answer
    }

    fn waited(&self) -> Duration {
        self.waited
    }
}

fn read(mut response: http::Response<Body>, most_bytes: usize) -> Result<Answer, NetworkError> {
    let text = |name: &str| {
        let value = response.headers().get(name)?;
        value.to_str().ok().filter(|text| text.len() <= 200).map(str::to_owned)
    };
    let (status, content_type, tag) =
        (response.status().as_u16(), text("content-type").unwrap_or_default(), text("etag"));
    let most = u64::try_from(most_bytes).unwrap_or(u64::MAX);
    let body = response.body_mut().with_config().limit(most).read_to_vec().map_err(|error| match error {
        ureq::Error::BodyExceedsLimit(_) => NetworkError::TooLong,
        _ => NetworkError::Unreachable,
    })?;
    Ok(Answer { status, content_type, tag, body })
}

/// The address without its last slash.
fn checked(address: &str) -> Result<String, AddressError> {
    let refused = || AddressError::NotSecure(address.to_owned());
    let uri: http::Uri = address.parse().map_err(|_| refused())?;
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    let is_plain = uri.query().is_none() && !uri.authority().is_some_and(|one| one.as_str().contains('@'));
    match uri.scheme_str() {
        Some("https") if is_plain && !host.is_empty() => {}
        Some("http") if is_plain && is_here => {}
        _ => return Err(refused()),
    }
    Ok(address.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::HttpNetwork;

    #[test]
    fn only_a_server_on_this_machine_is_asked_in_clear() {
        let is_asked = |address: &str| HttpNetwork::new(address, "https://verify.example", &[]).is_ok();
        for good in
            ["https://keys.example/", "http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:80"]
        {
            assert!(is_asked(good), "{good}");
        }
        for bad in [
            "http://keys.example",
            "ftp://keys.example",
            "keys.example",
            "https://",
            "",
            "http://127.0.0.1@keys.example",
            "https://user@keys.example",
            "http://localhost.example",
            "https://keys.example/?x=1",
        ] {
            assert!(!is_asked(bad), "{bad}");
        }
        assert!(HttpNetwork::new("https://a.example", "https://b.example", &["no pem".to_owned()]).is_err());
    }
}
