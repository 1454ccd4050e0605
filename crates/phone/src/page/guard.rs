//! Who may use the page: whoever opened the address with its one-time key, from the page itself, and nobody else who
//! can reach the port.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use exposure::Random;

use super::{Method, Request};
use crate::dice;
use crate::language::Language;

const BYTES: usize = 32;

/// Keys and cookies of one run of the program. None is ever written to the disk.
#[derive(Debug)]
pub struct Guard {
    port: u16,
    language: Language,
    key: String,
    cookie: Option<String>,
    token: String,
}

impl Guard {
    /// A guard for a page on this port, which begins in this language.
    #[must_use]
    pub fn new(port: u16, language: Language, random: &mut Random<'_>) -> Self {
        Self { port, language, key: drawn(random), cookie: None, token: drawn(random) }
    }

    /// The address that opens the page once.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/enter/{}", self.port, self.key)
    }

    /// The page that everything begins with.
    pub(super) fn first_page(&self) -> String {
        format!("/{}/", self.language.code())
    }

    /// The token that each form carries.
    pub(super) fn token(&self) -> String {
        self.token.clone()
    }

    /// The key is used up, and a fresh one is in its place; whoever came before is out.
    pub(super) fn enter(&mut self, key: &str, random: &mut Random<'_>) -> Option<String> {
        if !same(key, &self.key) {
            return None;
        }
        self.key = drawn(random);
        self.token = drawn(random);
        let value = drawn(random);
        let cookie = format!("{}={value}; HttpOnly; SameSite=Strict; Path=/", self.name());
        self.cookie = Some(value);
        Some(cookie)
    }

    /// Whether the browser means this page, and not a name that somebody made lead here.
    pub(super) fn is_ours(&self, host: Option<&str>) -> bool {
        host.is_some_and(|host| host == format!("127.0.0.1:{}", self.port))
    }

    pub(super) fn knows(&self, cookies: Option<&str>) -> bool {
        let Some(cookie) = &self.cookie else { return false };
        let name = self.name();
        let sent =
            cookies.into_iter().flat_map(|all| all.split(';')).filter_map(|one| one.trim().split_once('='));
        sent.filter(|(key, _)| *key == name).any(|(_, value)| same(value, cookie))
    }

    /// Whether a change was asked for by the page itself.
    pub(super) fn is_from_us(&self, request: &Request<'_>) -> bool {
        let ours = format!("http://127.0.0.1:{}", self.port);
        let is_ours = match (request.fetch_site, request.origin) {
            (Some(site), _) => site == "same-origin",
            (None, Some(origin)) => origin == ours,
            (None, None) => false,
        };
        let form = super::fields(request.body);
        let token = form.iter().find(|(key, _)| key == "token").map_or("", |(_, value)| value.as_str());
        request.method == Method::Post && is_ours && same(token, &self.token)
    }

    /// Cookies do not know ports: each phone of a machine has a name of its own for its own.
    fn name(&self) -> String {
        format!("phone-{}", self.port)
    }
}

fn drawn(random: &mut Random<'_>) -> String {
    URL_SAFE_NO_PAD.encode(dice::bytes(random, BYTES))
}

fn same(one: &str, other: &str) -> bool {
    verify_slices_are_equal(one.as_bytes(), other.as_bytes()).is_ok()
}
