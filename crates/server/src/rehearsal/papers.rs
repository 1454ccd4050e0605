//! The keys of both bodies of smitte|stop and where they write: all that the one hands to the other, made before either
//! starts. What lies in the folder already is used again, so that files that were signed before are still believed.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use register::Randomness;

use super::paper::{self, Paper};
use super::{AUTHORITY, BadRehearsal};
use crate::config::{
    AuthorityKey, AuthoritySettings, KeyServerSettings, SigningSettings, TokenForm, VerificationSettings,
};

/// What certificates call the verification server.
const ISSUER: &str = "dk.smittestop.verification";
/// What certificates call the key server.
const AUDIENCE: &str = "dk.smittestop.keys";
/// What a link to the app begins with.
const LINK: &str = "ens://v?r=dk&c=";
/// By which id and version the key of export files is known.
const KEY_ID: [&str; 2] = ["238", "v1"];

/// What whoever is warned is advised in a rehearsal.
const GUIDANCE: &str = include_str!("guidance.json");

/// The keys of both bodies, and where each writes.
#[derive(Debug)]
pub struct Papers {
    at_verification: PathBuf,
    at_keys: PathBuf,
    certificates: Paper,
    exports: Paper,
}

impl Papers {
    /// Those of a folder; what is not there is made.
    ///
    /// # Errors
    /// [`BadRehearsal`]: a key cannot be made, read or written.
    pub fn of(folder: &Path, randomness: &dyn Randomness) -> Result<Self, BadRehearsal> {
        let at_verification = folder.join("verification");
        let at_keys = folder.join("keys");
        std::fs::create_dir_all(&at_verification)?;
        std::fs::create_dir_all(&at_keys)?;
        let certificates = Paper::of(&at_verification, "certificate")?;
        let exports = Paper::of(&at_keys, "export")?;
        let revision = at_keys.join("revision.key");
        if !revision.is_file() {
            paper::secret(&revision, &paper::hex_secret(randomness))?;
        }
        std::fs::write(at_keys.join("guidance.json"), GUIDANCE)?;
        std::fs::write(at_keys.join("verification.pub"), certificates.public_pem())?;
        std::fs::write(at_keys.join("export.pem"), exports.public_pem())?;
        Ok(Self { at_verification, at_keys, certificates, exports })
    }

    /// The folder of the body that knows who is ill.
    #[must_use]
    pub fn at_verification(&self) -> &Path {
        &self.at_verification
    }

    /// The public key of export files: SubjectPublicKeyInfo, DER.
    #[must_use]
    pub fn export_key(&self) -> Vec<u8> {
        self.exports.public_der()
    }

    /// The same as a file, in PEM.
    #[must_use]
    pub fn export_pem(&self) -> PathBuf {
        self.at_keys.join("export.pem")
    }

    /// By which id and version phones know it.
    #[must_use]
    pub const fn export_key_id() -> [&'static str; 2] {
        KEY_ID
    }

    /// How people are verified.
    #[must_use]
    pub fn verification(&self) -> VerificationSettings {
        VerificationSettings {
            issuer: ISSUER.to_owned(),
            audience: AUDIENCE.to_owned(),
            key: self.certificates.private.clone(),
            key_id: "1".to_owned(),
            link: LINK.to_owned(),
            danish: None,
        }
    }

    /// How keys are taken and given out, at an address of this machine.
    #[must_use]
    pub fn key_server(&self, address: SocketAddr) -> KeyServerSettings {
        let [key_id, key_version] = KEY_ID.map(str::to_owned);
        KeyServerSettings {
            address,
            origin: Some(format!("http://{address}")),
            exports: self.at_keys.join("exports"),
            audience: AUDIENCE.to_owned(),
            window_hours: 2,
            keys_at_most: 500_000,
            keys_at_least: 1_000,
            region: "DK".to_owned(),
            guidance: Some(self.at_keys.join("guidance.json")),
            accepts: vec!["confirmed".to_owned()],
            revision_keys: vec![self.at_keys.join("revision.key")],
            authorities: vec![AuthoritySettings {
                id: AUTHORITY.to_owned(),
                issuer: ISSUER.to_owned(),
                keys: vec![AuthorityKey {
                    kid: "1".to_owned(),
                    path: self.at_keys.join("verification.pub"),
                    form: TokenForm::Certificate,
                }],
            }],
            signing: vec![SigningSettings {
                key: self.exports.private.clone(),
                key_id,
                key_version,
                from: jiff::Timestamp::UNIX_EPOCH,
            }],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Sevens;

    impl Randomness for Sevens {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    #[test]
    fn keys_that_lie_in_the_folder_are_used_again() {
        let folder = tempfile::tempdir().unwrap();
        let first = Papers::of(folder.path(), &Sevens).unwrap();
        let again = Papers::of(folder.path(), &Sevens).unwrap();
        assert_eq!(first.export_key(), again.export_key());
        assert_eq!(first.certificates.public_pem(), again.certificates.public_pem());
        let elsewhere = tempfile::tempdir().unwrap();
        assert_ne!(Papers::of(elsewhere.path(), &Sevens).unwrap().export_key(), first.export_key());
    }
}
