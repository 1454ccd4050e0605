//! The only two cookies of the house: `__Host-session` and `__Host-login`. Rule W-01: nothing else is stored in a browser.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

use super::SecretId;

/// The session.
pub const SESSION_COOKIE: &str = "__Host-session";
/// A login that is under way, ten minutes.
pub const LOGIN_COOKIE: &str = "__Host-login";
/// How long a login may take.
pub(crate) const LOGIN_SECONDS: u64 = 600;

const ATTRIBUTES: &str = "; Path=/; Secure; HttpOnly; SameSite=Lax";

/// Sets the session.
#[must_use]
pub fn session_cookie(id: &SecretId) -> HeaderValue {
    value(format!("{SESSION_COOKIE}={}{ATTRIBUTES}", id.text()))
}

/// Sets the login that is under way.
#[must_use]
pub fn login_cookie(id: &SecretId) -> HeaderValue {
    value(format!("{LOGIN_COOKIE}={}; Max-Age={LOGIN_SECONDS}{ATTRIBUTES}", id.text()))
}

/// Removes the session.
#[must_use]
pub fn clear_session_cookie() -> HeaderValue {
    value(format!("{SESSION_COOKIE}=; Max-Age=0{ATTRIBUTES}"))
}

/// Removes the login that is under way.
#[must_use]
pub fn clear_login_cookie() -> HeaderValue {
    value(format!("{LOGIN_COOKIE}=; Max-Age=0{ATTRIBUTES}"))
}

/// The secret in a cookie. Sent twice under one name, it counts as not sent: a neighbour may have planted one.
#[must_use]
pub fn cookie_value(headers: &HeaderMap, name: &str) -> Option<SecretId> {
    let mut found = None;
    let pairs = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    for (key, value) in pairs {
        if key == name {
            if found.is_some() {
                return None;
            }
            found = Some(value.to_owned());
        }
    }
    SecretId::parse(&found?)
}

fn value(text: String) -> HeaderValue {
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[&str]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for line in lines {
            map.append(COOKIE, HeaderValue::from_str(line).unwrap());
        }
        map
    }

    #[test]
    fn a_cookie_sent_twice_counts_as_not_sent() {
        let one = format!("{SESSION_COOKIE}={}", "A".repeat(43));
        assert!(cookie_value(&headers(&[&one]), SESSION_COOKIE).is_some());
        assert!(cookie_value(&headers(&[&one, &one]), SESSION_COOKIE).is_none());
        assert!(cookie_value(&headers(&[&format!("{one}; {one}")]), SESSION_COOKIE).is_none());
    }

    #[test]
    fn cookies_have_exactly_the_attributes_promised() {
        let id = SecretId::parse(&"A".repeat(43)).unwrap();
        assert_eq!(
            session_cookie(&id).to_str().unwrap(),
            format!("__Host-session={}; Path=/; Secure; HttpOnly; SameSite=Lax", "A".repeat(43))
        );
        assert_eq!(
            login_cookie(&id).to_str().unwrap(),
            format!("__Host-login={}; Max-Age=600; Path=/; Secure; HttpOnly; SameSite=Lax", "A".repeat(43))
        );
    }
}
