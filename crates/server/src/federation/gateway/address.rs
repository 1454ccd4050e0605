//! Whom the gateway may call: https, a public address, looked up once and then held on to (threat T19).

use std::fmt;
use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;

/// Which addresses may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addresses {
    /// Public ones.
    Public,
    /// Also this machine. Not in a release: tests and the demonstration run on one machine.
    #[cfg(any(test, feature = "demo"))]
    ThisMachineToo,
}

/// The addresses that a look-up gave.
pub type Found<'a> = Pin<Box<dyn Future<Output = Vec<IpAddr>> + Send + 'a>>;

/// What looks names up.
pub trait Resolver: Send + Sync + fmt::Debug {
    /// The addresses of a name, none if there is none.
    fn resolve<'a>(&'a self, host: &'a str) -> Found<'a>;
}

/// The operating system's own.
#[derive(Clone, Copy, Debug)]
pub struct SystemResolver;

impl Resolver for SystemResolver {
    fn resolve<'a>(&'a self, host: &'a str) -> Found<'a> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 443)).await;
            found.map(|all| all.map(|one| one.ip()).collect()).unwrap_or_default()
        })
    }
}

/// An address that a country has named.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) url: reqwest::Url,
    pub(super) host: String,
    port: u16,
}

impl Target {
    /// An https address with a host, and with nothing that could carry more than that.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let url = reqwest::Url::parse(text).ok()?;
        let plain = url.scheme() == "https"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        let host = url.host_str()?.trim_matches(['[', ']']).to_owned();
        let port = url.port_or_known_default()?;
        plain.then_some(Self { url, host, port })
    }

    /// Where it is, if every address of it may be called. One that may not spoils the others: whoever answers
    /// with both could choose.
    pub(super) async fn resolved(&self, resolver: &dyn Resolver, addresses: Addresses) -> Option<SocketAddr> {
        let found = match self.host.parse::<IpAddr>() {
            Ok(ip) => vec![ip],
            Err(_) => resolver.resolve(&self.host).await,
        };
        let may = found.iter().all(|ip| may_be_called(*ip, addresses));
        found.first().filter(|_| may).map(|ip| SocketAddr::new(*ip, self.port))
    }
}

fn may_be_called(ip: IpAddr, addresses: Addresses) -> bool {
    match addresses {
        Addresses::Public => is_public(ip),
        #[cfg(any(test, feature = "demo"))]
        Addresses::ThisMachineToo => is_public(ip) || ip.is_loopback(),
    }
}

/// Whether an address lies in the public internet: none that is set aside for anything else.
fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

const fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(a == 0
        || ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast()
        || a >= 240
        || (a == 100 && b >= 64 && b <= 127)
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19)))
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    // Global unicast only, and in it neither what carries an IPv4 address inside nor what is for documents.
    (first & 0xe000) == 0x2000
        && first != 0x2002
        && !(first == 0x2001 && (second < 0x0200 || second == 0x0db8))
        && !(first == 0x3fff && second < 0x1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_inward_is_public() {
        let inward = [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "::1",
            "::",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "::7f00:1",
            "fec0::1",
        ];
        for ip in inward {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in ["8.8.8.8", "193.3.0.1", "2a00:1450:4001::1", "2606:4700::1111"] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn an_address_is_https_and_nothing_more() {
        for fine in ["https://example.org/told", "https://example.org:8443/", "https://[2606:4700::1111]/"] {
            assert!(Target::parse(fine).is_some(), "{fine}");
        }
        let wrong = [
            "http://example.org/",
            "https://example.org/?a=b",
            "https://example.org/#a",
            "https://user@example.org/",
            "https://user:secret@example.org/",
            "ftp://example.org/",
            "https:///",
            "example.org",
            "file:///etc/passwd",
            "",
        ];
        for wrong in wrong {
            assert!(Target::parse(wrong).is_none(), "{wrong}");
        }
        // Other ways of writing a number come out as what they are.
        assert_eq!(Target::parse("https://0x7f.1/").unwrap().host, "127.0.0.1");
        assert_eq!(Target::parse("https://2130706433/").unwrap().host, "127.0.0.1");
    }
}
