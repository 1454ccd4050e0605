//! Our side of the European gateway, and the gateway itself, as the operator sets them.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use serde::Deserialize;
use services::smittestop::gateway::Terms;

use super::check::{OPEN, is_open};

/// `[federation]`: our side of the gateway.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FederationSettings {
    /// Where the gateway is, `https://` and host.
    pub gateway: String,
    /// Who may vouch for the gateway, PEM; the usual authorities if absent.
    pub gateway_ca: Option<PathBuf>,
    /// Our country, two capital letters.
    pub country: String,
    /// With what we connect: certificate and key, PEM.
    pub certificate: PathBuf,
    /// The key of it.
    pub key: PathBuf,
    /// With what we sign batches: certificate and key, PEM (PKCS#8).
    pub signing_certificate: PathBuf,
    /// The key of it.
    pub signing_key: PathBuf,
    /// Minutes between two exchanges.
    #[serde(default = "two_hours")]
    pub every_minutes: u16,
    /// How many days back a first download goes, at most 14.
    #[serde(default = "usual_days_back")]
    pub days_back: u8,
    /// The most keys of one country in a day; more waits for two persons.
    #[serde(default = "usual_keys_per_day")]
    pub keys_per_day_max: u64,
    /// The address of `/federation/callback` of this site as the gateway reaches it; without it we ask by the clock.
    pub callback: Option<String>,
    /// The countries whose keys we take.
    #[serde(default, rename = "partner")]
    pub partners: Vec<Partner>,
}

/// `[[federation.partner]]`: a country whose keys we take.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// Two capital letters.
    pub country: String,
    /// With what it signs, PEM; as that country gave them to us, not as the gateway says.
    pub certificates: Vec<PathBuf>,
}

/// `[gateway]`: the European gateway itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewaySettings {
    /// Where it listens.
    pub listen: SocketAddr,
    /// TLS that we end ourselves.
    pub tls: Option<GatewayTls>,
    /// Proxies that end it for us and say in `X-SSL-Client-SHA256` and `X-SSL-Client-DN` which certificate was shown.
    #[serde(default)]
    pub proxies: Vec<IpAddr>,
    /// With what the operator signs the rows of the countries, PEM.
    pub operator_certificate: PathBuf,
    /// The key of it, PEM (PKCS#8); only `hjemmel gateway onboard` reads it.
    pub operator_key: PathBuf,
    /// The most keys of one country in a day.
    #[serde(default = "usual_keys_per_day")]
    pub keys_per_day_max: u64,
    /// For how many days batches are given out, at most 14.
    #[serde(default = "a_fortnight")]
    pub days_given: u8,
}

/// `[gateway.tls]`: TLS that we end ourselves.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewayTls {
    /// Our certificate and what vouches for it, PEM.
    pub certificate: PathBuf,
    /// The key of it, PEM.
    pub key: PathBuf,
    /// Who may vouch for the countries, PEM.
    pub client_ca: PathBuf,
}

const fn two_hours() -> u16 {
    120
}

const fn usual_days_back() -> u8 {
    Terms::DAYS_BACK
}

const fn a_fortnight() -> u8 {
    14
}

const fn usual_keys_per_day() -> u64 {
    Terms::KEYS_PER_DAY_MAX
}

const DAYS_MAX: u8 = 14;

impl FederationSettings {
    pub(super) fn paths(&mut self) -> Vec<&mut PathBuf> {
        let mut paths =
            vec![&mut self.certificate, &mut self.key, &mut self.signing_certificate, &mut self.signing_key];
        paths.extend(self.gateway_ca.as_mut());
        paths.extend(self.partners.iter_mut().flat_map(|partner| &mut partner.certificates));
        paths
    }

    /// Settings that would put people at risk, each with why.
    pub(super) fn problems(&self) -> Vec<(&'static str, &'static str)> {
        let mut found = Vec::new();
        let mut when = |bad: bool, setting, why| found.extend(bad.then_some((setting, why)));
        let rest = self.gateway.strip_prefix("https://").unwrap_or_default();
        when(
            rest.is_empty() || rest.contains(['@', '?', '#', ' ']),
            "federation.gateway",
            "write https:// and the host of the gateway; keys and certificates travel on it",
        );
        when(
            !is_country(&self.country) || self.partners.iter().any(|partner| !is_country(&partner.country)),
            "federation.country",
            "a country is two capital letters",
        );
        when(
            self.partners.iter().any(|partner| partner.country == self.country),
            "federation.partner",
            "we are no partner of ourselves; our own keys would come back",
        );
        when(self.every_minutes < 5, "federation.every_minutes", "exchange every five minutes at most");
        when(
            !(1..=DAYS_MAX).contains(&self.days_back),
            "federation.days_back",
            "look back 1 to 14 days; older keys warn nobody",
        );
        when(
            self.callback
                .as_ref()
                .is_some_and(|url| !url.starts_with("https://") || url.contains(['?', '#', ' '])),
            "federation.callback",
            "write an https address without a question mark; the gateway calls no other",
        );
        when(is_open(&self.key), "federation.key", OPEN);
        when(is_open(&self.signing_key), "federation.signing_key", OPEN);
        found
    }
}

impl GatewaySettings {
    pub(super) fn paths(&mut self) -> Vec<&mut PathBuf> {
        let mut paths = vec![&mut self.operator_certificate, &mut self.operator_key];
        if let Some(tls) = &mut self.tls {
            paths.extend([&mut tls.certificate, &mut tls.key, &mut tls.client_ca]);
        }
        paths
    }

    /// Settings that would put people at risk, each with why.
    pub(super) fn problems(&self) -> Vec<(&'static str, &'static str)> {
        let mut found = Vec::new();
        let mut when = |bad: bool, setting, why| found.extend(bad.then_some((setting, why)));
        when(
            self.tls.is_some() != self.proxies.is_empty(),
            "gateway.tls",
            "either we end TLS or the listed proxies do; name a certificate or list proxies, not both and not neither",
        );
        when(
            self.proxies.iter().any(IpAddr::is_unspecified),
            "gateway.proxies",
            "an unspecified address would believe everybody",
        );
        when(
            !(1..=DAYS_MAX).contains(&self.days_given),
            "gateway.days_given",
            "give out 1 to 14 days; then the notice has it erased",
        );
        when(is_open(&self.operator_key), "gateway.operator_key", OPEN);
        when(self.tls.as_ref().is_some_and(|tls| is_open(&tls.key)), "gateway.tls.key", OPEN);
        found
    }
}

fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|letter| letter.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEDERATION: &str = "gateway = 'https://gateway.example'\ncountry = 'DK'\ncertificate = 'a'\nkey = 'b'\nsigning_certificate = 'c'\nsigning_key = 'd'\n";
    const GATEWAY: &str = "listen = '127.0.0.1:0'\noperator_certificate = 'a'\noperator_key = 'b'\n";

    fn federation(more: &str) -> Vec<&'static str> {
        let settings: FederationSettings = toml::from_str(&format!("{FEDERATION}{more}")).unwrap();
        settings.problems().iter().map(|(setting, _)| *setting).collect()
    }

    #[test]
    fn a_federation_without_tls_or_with_ourselves_does_not_start() {
        assert!(federation("").is_empty());
        assert_eq!(federation("days_back = 15"), ["federation.days_back"]);
        assert_eq!(federation("every_minutes = 1"), ["federation.every_minutes"]);
        let own = "[[partner]]\ncountry = 'DK'\ncertificates = []";
        assert_eq!(federation(own), ["federation.partner"]);
        let plain = FEDERATION.replace("https", "http");
        let settings: FederationSettings = toml::from_str(&plain).unwrap();
        assert_eq!(settings.problems().first().unwrap().0, "federation.gateway");
    }

    #[test]
    fn a_gateway_that_nobody_guards_does_not_start() {
        let problems = |more: &str| {
            let settings: GatewaySettings = toml::from_str(&format!("{GATEWAY}{more}")).unwrap();
            settings.problems().iter().map(|(setting, _)| *setting).collect::<Vec<_>>()
        };
        let tls = "[tls]\ncertificate = 'c'\nkey = 'd'\nclient_ca = 'e'";
        assert!(problems(tls).is_empty());
        assert!(problems("proxies = ['10.0.0.1']").is_empty());
        assert_eq!(problems(""), ["gateway.tls"]);
        assert_eq!(problems(&format!("proxies = ['10.0.0.1']\n{tls}")), ["gateway.tls"]);
        assert_eq!(problems("proxies = ['0.0.0.0']"), ["gateway.proxies"]);
        assert_eq!(problems(&format!("days_given = 15\n{tls}")), ["gateway.days_given"]);
    }
}
