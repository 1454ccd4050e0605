//! Settings that would put people at risk. Threat T29: the server does not start with one of them.

use std::collections::HashSet;
use std::fmt;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::{Broker, Config, Level, People, Signatures, Tls};
use crate::session::Persona;

/// An unsafe setting: which, why, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsafe {
    /// Path of the setting, such as `site.origin`.
    pub setting: String,
    /// Why.
    pub why: &'static str,
}

impl fmt::Display for Unsafe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.setting, self.why)
    }
}

const REQUESTS_PER_MINUTE_MAX: u32 = 6_000;
const SHARED_FACTOR_MAX: u32 = 100;

impl Config {
    /// Every unsafe setting at once; empty if there is none.
    #[must_use]
    pub fn check(&self) -> Vec<Unsafe> {
        let mut found = Found::default();
        self.check_site(&mut found);
        self.check_listen(&mut found);
        self.check_register(&mut found);
        self.check_limits(&mut found);
        let mut ids = HashSet::new();
        for broker in &self.brokers {
            found.when(
                !ids.insert(&broker.id),
                "broker.id",
                "two brokers have the same id; give each its own",
            );
            found.when(
                ["role", "trial"].contains(&broker.id.as_str()),
                "broker.id",
                "`role` and `trial` are pages of our own; name the broker otherwise",
            );
            check_broker(broker, &mut found);
        }
        self.check_systems(&mut found);
        self.check_signers(&mut found);
        self.check_doors(&mut found);
        self.check_verification(&mut found);
        if let Some(statistics) = &self.statistics {
            statistics.check(self.listen.tls, &mut found);
        }
        if let Some(key_server) = &self.key_server {
            let problems = key_server.problems(&self.register.database);
            problems.into_iter().for_each(|(setting, why)| found.when(true, setting, why));
        }
        let between = self.federation.iter().flat_map(super::FederationSettings::problems);
        let between = between.chain(self.gateway.iter().flat_map(super::GatewaySettings::problems));
        between.for_each(|(setting, why)| found.when(true, setting, why));
        found.0
    }

    fn check_site(&self, found: &mut Found) {
        let origin = &self.site.origin;
        let host = origin.split_once("://").map(|(_, rest)| rest).unwrap_or_default();
        let plain = host.is_empty() || host.contains(['/', '@', '?', '#', ' ', '*']);
        found.when(
            plain,
            "site.origin",
            "write scheme, host and port only, such as https://medicin.example.dk",
        );
        match self.listen.tls {
            Tls::Proxy => found.when(
                !origin.starts_with("https://"),
                "site.origin",
                "must begin with https://; cookies and logins travel on it",
            ),
            Tls::Loopback => found.when(
                !is_loopback_origin(origin),
                "site.origin",
                "without TLS the site may only be called http://localhost or http://127.0.0.1",
            ),
        }
        found.when(
            self.site.controller.is_empty(),
            "site.controller",
            "name the party of the notices that runs the site",
        );
    }

    fn check_listen(&self, found: &mut Found) {
        let listen = &self.listen;
        let public = !listen.address.ip().is_loopback();
        match listen.tls {
            Tls::Loopback => {
                found.when(public, "listen.address", "without TLS the server listens on loopback only; put a proxy in front and say tls = \"proxy\"");
                found.when(
                    !listen.proxies.is_empty(),
                    "listen.proxies",
                    "proxies are believed with tls = \"proxy\" only",
                );
            }
            Tls::Proxy => found.when(
                listen.proxies.is_empty(),
                "listen.proxies",
                "list the addresses of the proxy that ends TLS; forwarding headers of others are ignored",
            ),
        }
        found.when(
            listen.proxies.iter().any(|ip| ip.is_unspecified()),
            "listen.proxies",
            "an unspecified address would believe everybody",
        );
        found.when(
            listen.operations.ip().is_unspecified() || is_public(listen.operations.ip()),
            "listen.operations",
            "metrics must not be reachable from the internet; use loopback or a private address",
        );
    }

    fn check_register(&self, found: &mut Found) {
        let register = &self.register;
        found.when(
            register.keys.starts_with(&register.database) || register.database.starts_with(&register.keys),
            "register.keys",
            "keys beside the database fall to the same thief; use a folder of their own on another disk",
        );
        found.when(
            register.notices.starts_with(&register.database),
            "register.notices",
            "notices belong to the lawyers, not in the folder that the server writes",
        );
        found.when(
            jiff::tz::TimeZone::get(&register.zone).is_err(),
            "register.zone",
            "is not a zone of the IANA database; calendar clocks need one, such as Europe/Copenhagen",
        );
        found.when(
            is_open(&register.keys),
            "register.keys",
            "others may enter the folder of the keys; chmod 0700",
        );
    }

    fn check_limits(&self, found: &mut Found) {
        let limits = &self.limits;
        let fits = 1..=REQUESTS_PER_MINUTE_MAX;
        found.when(
            !fits.contains(&limits.requests_per_minute),
            "limits.requests_per_minute",
            "must be 1 to 6000",
        );
        found.when(
            !fits.contains(&limits.requests_per_minute_actor),
            "limits.requests_per_minute_actor",
            "must be 1 to 6000",
        );
        found.when(
            !(1..=SHARED_FACTOR_MAX).contains(&limits.shared_factor),
            "limits.shared_factor",
            "must be 1 to 100",
        );
        found.when(
            limits.shared_addresses.iter().any(|network| network.bits() < 8),
            "limits.shared_addresses",
            "a range this wide lifts the limits for a large part of the internet",
        );
    }

    fn check_signers(&self, found: &mut Found) {
        // Threat T1: who writes the notices does not put them in force.
        found.when(
            self.register.signatures == Signatures::None && self.listen.tls != Tls::Loopback,
            "register.signatures",
            "notices without signatures run on one's own machine only (tls = \"loopback\"); list two persons under [[signer]]",
        );
        let mut names = HashSet::new();
        for signer in &self.signers {
            found.when(
                signer.name.is_empty() || !names.insert(&signer.name),
                "signer.name",
                "each person who signs has a name of their own",
            );
            found.when(
                holds_private_key(&signer.key),
                "signer.key",
                "holds a private key; a person keeps that to themselves, put the public key here",
            );
        }
    }

    /// Who comes to one door must not be joined with who comes to another: each has an address and port of its own.
    fn check_doors(&self, found: &mut Found) {
        let mut doors =
            vec![("listen.address", self.listen.address), ("listen.operations", self.listen.operations)];
        doors.extend(self.statistics.as_ref().map(|body| ("statistics.address", body.address)));
        doors.extend(self.key_server.as_ref().map(|server| ("key_server.address", server.address)));
        doors.extend(self.gateway.as_ref().map(|gateway| ("gateway.listen", gateway.listen)));
        for (index, (setting, door)) in doors.iter().enumerate() {
            found.when(
                doors.iter().take(index).any(|(_, earlier)| is_one_door(door, earlier)),
                setting,
                "another section listens there; use a port of its own, so that who comes to the one is not joined with who comes to the other",
            );
        }
    }

    fn check_verification(&self, found: &mut Found) {
        let Some(settings) = &self.verification else { return };
        // Who knows the person never sees the keys: also not in the memory of one process, or in one register.
        found.when(
            self.key_server.is_some(),
            "verification",
            "who knows the person must not see the keys; give `[key_server]` a configuration, a register and a process of its own",
        );
        settings.problems().into_iter().for_each(|(setting, why)| found.add(setting, why));
        let danish = settings.danish.iter().map(|danish| ("verification.danish", &danish.key));
        for (setting, key) in std::iter::once(("verification.key", &settings.key)).chain(danish) {
            found.private_key(setting, key);
        }
    }

    fn check_systems(&self, found: &mut Found) {
        let mut ids = HashSet::new();
        for system in &self.systems {
            found.when(
                !ids.insert(&system.client_id),
                "system.client_id",
                "two systems have the same id; give each its own",
            );
            found.when(
                system.role.is_empty(),
                "system.role",
                "name the role of the notices in which the system acts",
            );
            found.when(!system.key.exists(), "system.key", "the file of the public key cannot be read");
            found.when(
                holds_private_key(&system.key),
                "system.key",
                "holds a private key; a system keeps that to itself, put its public key here",
            );
        }
    }
}

fn check_broker(broker: &Broker, found: &mut Found) {
    let at = |setting: &str| format!("broker.{}.{setting}", broker.id);
    let id_fits = !broker.id.is_empty()
        && broker.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    found.when(!id_fits, "broker.id", "use small letters, digits and hyphens: it stands in addresses");
    let issuer = &broker.issuer;
    let secure = issuer.starts_with("https://") || is_loopback_origin(&origin_of(issuer));
    found.when(!secure, &at("issuer"), "must begin with https://; a login over plain http is anybody's");
    found.when(issuer.contains(['?', '#', '@']), &at("issuer"), "an issuer has no query, fragment or user");
    found.when(
        !broker.redirect_origins.iter().all(|origin| is_origin(origin)),
        &at("redirect_origins"),
        "each is scheme, host and port only, begins with https:// and has no wildcard, such as https://login.example.dk",
    );
    found.when(broker.client_id.is_empty(), &at("client_id"), "is empty");
    found.when(broker.algorithms.is_empty(), &at("algorithms"), "name at least one");
    found.when(
        broker.levels.is_empty(),
        &at("levels"),
        "list the values of acr; without them every login is refused",
    );
    found.when(
        !broker.levels.is_empty() && broker.levels.values().all(|level| *level < Level::Substantial),
        &at("levels"),
        "no value reaches the floor for personal data, substantial",
    );
    found.private_key(&at("key"), &broker.key);
    match broker.people {
        People::Citizens => found.when(
            !broker.roles.is_empty() || broker.claims.roles.is_some(),
            &at("roles"),
            "a login of citizens gives no roles; a private login is a citizen's, also a doctor's",
        ),
        People::Staff => found.when(
            broker.claims.roles.is_none() != broker.roles.is_empty(),
            &at("roles"),
            "roles and the claim that carries them belong together",
        ),
        People::Notice => check_by_notice(broker, found),
    }
    if broker.people != People::Notice {
        found.when(
            broker.everybody.is_some() || broker.claims.own.is_some() || broker.claims.own_verified.is_some(),
            &at("people"),
            "`everybody`, `claims.own` and `claims.own_verified` belong to people = \"notice\"",
        );
        let unknown = broker.roles.iter().any(|role| match Persona::from_word(&role.persona) {
            Some(Persona::Citizen | Persona::Professional | Persona::Person) | None => true,
            Some(
                Persona::Pharmacy | Persona::Officer | Persona::Operator | Persona::Reviewer | Persona::Staff,
            ) => false,
        });
        found.when(unknown, &at("roles"), "a persona by claim is pharmacy, officer, operator, reviewer or staff; professionals come from the authorisation register");
    }
}

fn check_by_notice(broker: &Broker, found: &mut Found) {
    let at = |setting: &str| format!("broker.{}.{setting}", broker.id);
    found.when(
        broker.claims.roles.is_none() != broker.roles.is_empty(),
        &at("roles"),
        "roles and the claim that carries them belong together",
    );
    found.when(
        broker.everybody.is_none() && broker.roles.is_empty(),
        &at("everybody"),
        "nobody would come in: name the role of everybody, or roles by a claim",
    );
    found.when(
        broker.claims.own_verified.is_some() && broker.claims.own.is_none(),
        &at("claims.own_verified"),
        "there is nothing to verify: name the claim `own` as well",
    );
    let unknown = broker.roles.iter().any(|role| match Persona::from_word(&role.persona) {
        Some(Persona::Citizen | Persona::Professional | Persona::Pharmacy) | None => true,
        Some(Persona::Officer | Persona::Operator | Persona::Reviewer | Persona::Staff | Persona::Person) => {
            false
        }
    });
    found.when(
        unknown,
        &at("roles"),
        "a persona of a notice is staff, person, officer, operator or reviewer",
    );
}

#[derive(Default)]
pub(super) struct Found(Vec<Unsafe>);

impl Found {
    pub(super) fn when(&mut self, wrong: bool, setting: &str, why: &'static str) {
        if wrong {
            self.add(setting, why);
        }
    }

    fn add(&mut self, setting: &str, why: &'static str) {
        self.0.push(Unsafe { setting: setting.to_owned(), why });
    }

    /// A private key that must be there, and its owner's alone.
    fn private_key(&mut self, setting: &str, path: &Path) {
        self.when(!path.exists(), setting, "the private key cannot be read; give its path");
        self.when(is_open(path), setting, OPEN);
    }
}

/// Why a secret file of which [`is_open`] is true is not taken.
pub(super) const OPEN: &str = "others may read or write this secret; chmod 0400";

/// Whether others than its owner may read, write or enter it. What is not there is told when it is read.
pub(super) fn is_open(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|data| data.permissions().mode() & 0o077 != 0)
}

/// Whether two addresses are reached by the same port of one machine. Port 0 is any that is free.
fn is_one_door(one: &SocketAddr, other: &SocketAddr) -> bool {
    let everywhere = one.ip().is_unspecified() || other.ip().is_unspecified();
    one.port() != 0 && one.port() == other.port() && (one.ip() == other.ip() || everywhere)
}

fn holds_private_key(path: &Path) -> bool {
    std::fs::read_to_string(path).is_ok_and(|text| text.contains("PRIVATE KEY"))
}

fn is_public(ip: std::net::IpAddr) -> bool {
    match ip {
        std::net::IpAddr::V4(ip) => {
            !(ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified())
        }
        std::net::IpAddr::V6(ip) => {
            !(ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local() || ip.is_unspecified())
        }
    }
}

/// Scheme, host and port of an address.
pub(crate) fn origin_of(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return String::new() };
    format!("{scheme}://{}", rest.split('/').next().unwrap_or_default())
}

// Goes into a header as it stands: nothing that could end the directive or widen it.
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").unwrap_or_default();
    (!host.is_empty()
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']')))
        || is_loopback_origin(text)
}

pub(crate) fn is_loopback_origin(origin: &str) -> bool {
    let Some(host) = origin.strip_prefix("http://") else { return false };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests;
