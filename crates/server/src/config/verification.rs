//! The section `[verification]`: with it the server lets people warn others and hands phones their certificates.
//!
//! Invariant: the private key stands in a file of its own.

use std::path::PathBuf;

use serde::Deserialize;

/// Verification of people who tested positive.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerificationSettings {
    /// What certificates call their issuer; the key server knows it by this name.
    pub issuer: String,
    /// The key server for which certificates are made.
    pub audience: String,
    /// The private key that signs certificates: P-256, PEM (PKCS#8), mode 0400.
    pub key: PathBuf,
    /// Its name, so that the key server takes the right public key while two are in use.
    pub key_id: String,
    /// What a link to the app begins with; the code follows.
    #[serde(default = "link")]
    pub link: String,
    /// The way of the Danish app; none if absent.
    #[serde(default)]
    pub danish: Option<DanishSettings>,
}

/// OAuth 2.0 as the Danish app speaks it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DanishSettings {
    /// What the app calls itself.
    pub client_id: String,
    /// Where it is called back, to the letter.
    pub redirect_uris: Vec<String>,
    /// The private key that signs its tokens: RSA of 2048 bits or more, PEM (PKCS#8), mode 0400.
    pub key: PathBuf,
    /// Its name.
    pub key_id: String,
}

fn link() -> String {
    "ens://v?r=dk&c=".to_owned()
}

impl VerificationSettings {
    /// What is wrong with it: setting and why.
    pub(super) fn problems(&self) -> Vec<(&'static str, &'static str)> {
        let mut problems = Vec::new();
        let named = |text: &str| !text.trim().is_empty() && text.len() <= 200;
        if !named(&self.issuer) || !named(&self.audience) || self.issuer == self.audience {
            problems.push(("verification.issuer", "name the issuer and the audience, each by its own name"));
        }
        if !named(&self.key_id) {
            problems.push(("verification.key_id", "name the key; the key server looks it up by this name"));
        }
        let scheme = self.link.split_once(':').map(|(scheme, _)| scheme).unwrap_or_default();
        let fits = !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if !fits || matches!(scheme, "http" | "javascript" | "data" | "file") {
            problems.push(("verification.link", "begins with the scheme of the app, or with https:"));
        }
        // What stands before the fragment of an https address is sent to a server: the code may not be there.
        if scheme == "https" && !self.link.contains('#') {
            problems.push((
                "verification.link",
                "an https link carries the code behind `#`, where no server sees it",
            ));
        }
        if let Some(danish) = &self.danish {
            if !named(&danish.client_id) || !named(&danish.key_id) || danish.key_id == self.key_id {
                problems.push((
                    "verification.danish",
                    "name the app and the key of its tokens, each by its own name",
                ));
            }
            let fits = |uri: &String| {
                let (scheme, rest) = uri.split_once(':').unwrap_or_default();
                let plain =
                    uri.bytes().all(|byte| byte.is_ascii_graphic()) && !uri.contains(['?', '#', '"', '<']);
                plain && !rest.is_empty() && !matches!(scheme, "" | "http" | "javascript" | "data" | "file")
            };
            if danish.redirect_uris.is_empty() || !danish.redirect_uris.iter().all(fits) {
                problems.push((
                    "verification.danish",
                    "list where the app is called back: its own scheme or https, without query or fragment",
                ));
            }
        }
        problems
    }
}
