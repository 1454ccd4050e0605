//! Which country calls: by the certificate of its connection, or by what a listed proxy says of it.
//!
//! Invariant: a header about a certificate is believed from a listed proxy only, and never beside a certificate.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use exposure::gateway::Thumbprint;
use exposure::gateway::cms::Certificate;
use services::gateway_service::authenticate::{self, Admitted, Request};

use super::Gateway;
use super::answer::Failed;

const SHA256: &str = "x-ssl-client-sha256";
const DN: &str = "x-ssl-client-dn";

/// The certificate that the other end of this connection has proved to hold, in DER.
#[derive(Clone, Debug)]
pub struct ClientCertificate(pub Vec<u8>);

/// A country that was found to be admitted.
#[derive(Debug)]
pub(super) struct Country(pub(super) Admitted);

impl FromRequestParts<Gateway> for Country {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, gateway: &Gateway) -> Result<Self, Failed> {
        let shown = shown(parts, &gateway.0.proxies)?;
        let rules = gateway.0.rules.clone();
        let admitted = gateway.0.door.act(move |at| authenticate::run(at, &rules, &shown)).await?;
        Ok(Self(admitted))
    }
}

fn shown(parts: &Parts, proxies: &[IpAddr]) -> Result<Request, Failed> {
    let none = || Failed::new(StatusCode::FORBIDDEN, "no client certificate was shown");
    if let Some(ClientCertificate(der)) = parts.extensions.get() {
        let certificate = Certificate::from_der(der).map_err(|_| none())?;
        return Ok(Request { thumbprint: certificate.thumbprint(), country: certificate.country() });
    }
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    // Threat T19: whoever is no proxy of ours writes these headers for nothing.
    if !peer.is_some_and(|peer| proxies.contains(&peer)) {
        return Err(none());
    }
    let thumbprint = one(&parts.headers, SHA256).and_then(thumbprint).ok_or_else(none)?;
    let country = one(&parts.headers, DN).ok_or_else(none).map(country)?;
    Ok(Request { thumbprint, country })
}

/// A header that stands there once. Twice is a copy that somebody slipped in.
fn one<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(first)
}

/// 64 digits, or the bytes in base64, perhaps with percent signs.
fn thumbprint(text: &str) -> Option<Thumbprint> {
    let text = unescaped(text)?;
    let bytes = match text.len() {
        64 => exposure::key::from_hex(&text)?,
        _ => STANDARD.decode(text.as_bytes()).ok()?,
    };
    bytes.try_into().ok().map(Thumbprint)
}

/// The `C` of a name such as `C=DK,O=…`.
fn country(dn: &str) -> Option<String> {
    let dn = unescaped(dn)?;
    let mut parts = dn.split(',').filter_map(|part| part.split_once('='));
    let (_, country) = parts.find(|(name, _)| name.trim().eq_ignore_ascii_case("C"))?;
    Some(country.trim().to_owned())
}

/// Without percent signs; nothing if they mean nothing.
fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let (digits, after) = after.split_at_checked(2)?;
            let digits = std::str::from_utf8(digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = after;
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thumbprint_is_read_from_digits_from_base64_and_from_escaped_base64() {
        let print = Thumbprint([0xfb; 32]);
        let base64 = STANDARD.encode([0xfb; 32]);
        assert_eq!(thumbprint(&print.to_string()), Some(print));
        assert_eq!(thumbprint(&print.to_string().to_uppercase()), Some(print));
        assert_eq!(thumbprint(&base64), Some(print));
        let escaped = base64.replace('+', "%2B").replace('/', "%2f").replace('=', "%3D");
        assert_eq!(thumbprint(&escaped), Some(print));
        // A hash that begins with zeros is a hash like any other.
        let zeros = Thumbprint([0; 32]);
        assert_eq!(thumbprint(&zeros.to_string()), Some(zeros));
        for wrong in ["", "ab", "%zz", "%", &base64[1..], &"g".repeat(64)] {
            assert_eq!(thumbprint(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_country_of_a_name_is_its_c() {
        assert_eq!(country("C=DK,O=Test"), Some("DK".to_owned()));
        assert_eq!(country("CN=a, O=b, C=SE"), Some("SE".to_owned()));
        assert_eq!(country("CN%3Da%2CC%3DNO"), Some("NO".to_owned()));
        assert_eq!(country("CN=C,O=DK"), None);
        assert_eq!(country(""), None);
    }
}
