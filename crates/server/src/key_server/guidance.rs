//! `GET /guidance.json`: what whoever was warned is advised today, signed by whoever signs export files (rule SS-22).
//!
//! The text is a file of the authority's. It is looked at each minute: a newer version that can be read takes the place
//! of the one before at once, and one that cannot is told of and changes nothing.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use exposure::export::ExportSigner;
use exposure::guidance::{Guidance, GuidanceError, signed};

use super::answer::{Refused, nothing_here, refused};
use super::exports::cached;
use super::{BadKeyServer, bad};
use crate::app::App;

/// Seconds for which it may be kept on the way; phones look a few times a day.
const KEPT_SECONDS: u32 = 300;

/// The guidance in force.
#[derive(Debug)]
pub(crate) struct InForce {
    path: PathBuf,
    text: RwLock<Text>,
    /// What was signed last, and the version of text and key under which.
    signed: RwLock<Option<Arc<Signed>>>,
}

/// A text that was read, and its version.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Text {
    version: u32,
    text: String,
}

#[derive(Debug)]
struct Signed {
    of: Text,
    key: (String, String),
    bytes: Vec<u8>,
}

/// Why a text is not taken.
#[derive(Debug, thiserror::Error)]
enum NotTaken {
    #[error("the file cannot be read")]
    Unreadable,
    #[error(transparent)]
    Guidance(#[from] GuidanceError),
    #[error(
        "it says something else under the same version or a lower one; count `version` up, or no phone takes it"
    )]
    NotNewer,
}

impl InForce {
    /// Reads the file that the configuration names, if it names one.
    pub(super) fn new(path: Option<&Path>) -> Result<Option<Self>, BadKeyServer> {
        let Some(path) = path else { return Ok(None) };
        let why = "the guidance cannot be used; a version above 0, and title, paragraphs and an https link in `da` and `en`";
        let text = read(path).map_err(|_| bad("guidance", why))?;
        // The one that phones are born with is 0: no phone would take another of that version.
        if text.version == 0 {
            return Err(bad("guidance", why));
        }
        Ok(Some(Self { path: path.to_owned(), text: RwLock::new(text), signed: RwLock::default() }))
    }

    /// Looks whether the authority has written something newer.
    pub(super) fn look_again(&self) {
        let known = self.text.read().unwrap_or_else(PoisonError::into_inner).clone();
        let newer = match read(&self.path) {
            Ok(text) if text == known => return,
            Ok(text) if text.version <= known.version => Err(NotTaken::NotNewer),
            other => other,
        };
        match newer {
            Ok(text) => {
                tracing::info!(target: "technical", version = text.version, "new guidance is in force");
                *self.text.write().unwrap_or_else(PoisonError::into_inner) = text;
            }
            Err(problem) => {
                tracing::error!(target: "technical", problem = %problem, version = known.version, "new guidance is not taken; what was in force stays");
            }
        }
    }

    /// Its bytes as they travel, signed by this key.
    fn bytes(&self, signer: &dyn ExportSigner) -> Option<Arc<Signed>> {
        let text = self.text.read().unwrap_or_else(PoisonError::into_inner).clone();
        let info = signer.info();
        let key = (info.key_id.clone(), info.key_version.clone());
        let held = self.signed.read().unwrap_or_else(PoisonError::into_inner).clone();
        // Signed once and not for each who asks: a signature differs each time, and the tag follows from the bytes.
        if let Some(held) = held.filter(|held| held.of == text && held.key == key) {
            return Some(held);
        }
        let bytes = signed(&text.text, signer).ok()?;
        let signed = Arc::new(Signed { of: text, key, bytes });
        *self.signed.write().unwrap_or_else(PoisonError::into_inner) = Some(signed.clone());
        Some(signed)
    }
}

fn read(path: &Path) -> Result<Text, NotTaken> {
    let text = std::fs::read_to_string(path).map_err(|_| NotTaken::Unreadable)?;
    Ok(Text { version: Guidance::parse(&text)?.version, text })
}

pub(super) async fn guidance(State(app): State<App>, headers: HeaderMap) -> Response {
    let Some((in_force, signers)) =
        app.key_server().and_then(|it| Some((it.guidance.as_ref()?, &it.signers)))
    else {
        return nothing_here().await;
    };
    match signers.at(app.now()).and_then(|signer| in_force.bytes(signer)) {
        Some(signed) => cached(&headers, "application/json", signed.bytes.clone().into(), KEPT_SECONDS),
        None => refused(Refused::INTERNAL),
    }
}

#[cfg(test)]
mod tests {
    use exposure::export::{P256Signer, SignatureInfo};

    use super::*;

    fn text(version: u32, title: &str) -> String {
        let advice =
            serde_json::json!({ "title": title, "paragraphs": ["Et"], "link": "https://www.sst.dk/" });
        serde_json::json!({ "version": version, "da": advice, "en": advice }).to_string()
    }

    #[test]
    fn newer_guidance_takes_over_and_what_cannot_be_read_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("guidance.json");
        let write = |text: &str| std::fs::write(&path, text).unwrap();
        assert!(InForce::new(None).unwrap().is_none());
        assert!(InForce::new(Some(&path)).is_err(), "the file is not there");
        for bad in [text(0, "Som født"), text(1, " "), "{}".to_owned()] {
            write(&bad);
            assert!(InForce::new(Some(&path)).is_err(), "{bad}");
        }
        write(&text(1, "Første"));
        let in_force = InForce::new(Some(&path)).unwrap().unwrap();
        let signer = P256Signer::generate(SignatureInfo::new("238", "v1")).unwrap().0;
        let said = |signer: &P256Signer| {
            let signed = in_force.bytes(signer).unwrap();
            Guidance::read(&signed.bytes, &[signer.trusted()]).unwrap().da.title
        };
        let first = in_force.bytes(&signer).unwrap();
        assert_eq!(said(&signer), "Første");
        for bad in ["{".to_owned(), text(1, "Andet under samme tal"), text(0, "Lavere"), text(2, "\u{202e}")]
        {
            write(&bad);
            in_force.look_again();
            assert!(in_force.bytes(&signer).unwrap().bytes == first.bytes, "{bad}");
        }
        write(&text(2, "Anden"));
        in_force.look_again();
        assert_eq!(said(&signer), "Anden");
        let next = P256Signer::generate(SignatureInfo::new("238", "v2")).unwrap().0;
        assert_eq!(said(&next), "Anden", "a new key signs it too");
    }
}
