//! From which address a request comes. A forwarding header is believed from a listed proxy only.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;

use crate::config::Config;

/// The address of the one who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client(pub IpAddr);

impl Client {
    /// Finds it.
    pub(crate) fn of(parts: &Parts, config: &Config) -> Self {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip().to_canonical());
        let proxies = &config.listen.proxies;
        if !proxies.contains(&peer) {
            return Self(peer);
        }
        // The last address that is not one of our proxies: what stands before it was written by anybody.
        let forwarded =
            parts.headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let all: Vec<&str> = forwarded.flat_map(|line| line.split(',')).map(str::trim).collect();
        let found = all
            .iter()
            .rev()
            .map(|one| one.parse::<IpAddr>().ok())
            .find(|one| one.is_none_or(|ip| !proxies.contains(&ip)));
        Self(found.flatten().map_or(peer, |ip| ip.to_canonical()))
    }

    /// The network in the security log: /24 or /48.
    pub(crate) fn cut(self) -> String {
        match self.0 {
            IpAddr::V4(ip) => format!("{}/24", Ipv4Addr::from_bits(ip.to_bits() & 0xffff_ff00)),
            IpAddr::V6(ip) => format!("{}/48", std::net::Ipv6Addr::from_bits(ip.to_bits() >> 80 << 80)),
        }
    }
}

/// Headers that only a proxy may send; they go before anything else reads the request.
pub(crate) const FORWARDING: [&str; 7] = [
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
    "x-ssl-client-cert",
    "x-ssl-client-sha256",
];

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn client(peer: &str, forwarded: &str) -> Client {
        let mut config =
            Config::loopback("127.0.0.1:1".parse().unwrap(), "127.0.0.1:2".parse().unwrap(), "sds");
        config.listen.proxies = vec!["10.0.0.5".parse().unwrap()];
        let request = Request::builder().header("x-forwarded-for", forwarded).body(()).unwrap();
        let (mut parts, ()) = request.into_parts();
        parts.extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 1)));
        Client::of(&parts, &config)
    }

    #[test]
    fn a_forged_forwarding_header_is_ignored() {
        assert_eq!(client("192.0.2.9", "8.8.8.8"), Client("192.0.2.9".parse().unwrap()));
    }

    #[test]
    fn of_a_listed_proxy_the_last_foreign_address_counts() {
        assert_eq!(client("10.0.0.5", "1.1.1.1, 8.8.8.8"), Client("8.8.8.8".parse().unwrap()));
        assert_eq!(client("10.0.0.5", "1.1.1.1, 8.8.8.8, 10.0.0.5"), Client("8.8.8.8".parse().unwrap()));
        assert_eq!(client("10.0.0.5", "1.1.1.1, nonsense"), Client("10.0.0.5".parse().unwrap()));
    }

    #[test]
    fn the_log_has_a_network_and_no_address() {
        assert_eq!(Client("192.0.2.9".parse().unwrap()).cut(), "192.0.2.0/24");
        assert_eq!(Client("2001:db8:1:2::9".parse().unwrap()).cut(), "2001:db8:1::/48");
    }
}
