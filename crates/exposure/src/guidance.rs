//! What the health authorities advise whoever was warned, as it travels: a text in two languages, signed by whoever signs
//! the export files.
//!
//! A phone that believed any guidance would let whoever stands between it and the server tell its owner what to do. So
//! it is believed under the same keys as exports. What is signed is a header of its own and then the text, byte by byte,
//! so that neither can ever be taken for the other.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::export::{ExportSigner, Signature, SignatureInfo, SigningError, TrustedKey};

/// The most that guidance may weigh as it travels.
pub const MAX_BYTES: usize = 64 * 1024;
/// The most that its text may weigh: quoted in JSON it may grow.
pub const MAX_TEXT_BYTES: usize = 24 * 1024;
const MAX_PARAGRAPHS: usize = 30;
const MAX_CHARACTERS: usize = 2_000;
/// Before what is signed, as `EK Export v1    ` stands before keys.
const HEADER: &[u8; 16] = b"SST Guidance v1 ";

/// Advice in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guidance {
    /// Counts up; a lower one never replaces a higher one. The one that phones are born with is 0.
    pub version: u32,
    /// In Danish.
    pub da: Advice,
    /// In English.
    pub en: Advice,
}

/// Advice in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// What it is about.
    pub title: String,
    /// What to do, one thing a paragraph.
    pub paragraphs: Vec<String>,
    /// Where to read more.
    pub link: String,
}

/// Why bytes are no guidance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GuidanceError {
    /// Not the form that guidance has.
    #[error(
        "it has not the form of guidance: `version`, and in `da` and `en` each `title`, `paragraphs`, `link`"
    )]
    Form,
    /// Empty, too long, or with signs that hide what is written.
    #[error("it is empty or too long, or holds signs that hide what is written")]
    Text,
    /// A link that is no `https`.
    #[error("its link is no address in https")]
    Link,
    /// Not by whom the phone believes.
    #[error("it is not signed by whom is believed")]
    Untrusted,
}

/// Guidance as it travels.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Signed {
    /// The text that was signed, itself JSON.
    guidance: String,
    key_id: String,
    key_version: String,
    algorithm: String,
    /// Two numbers in DER, in base64, as in `export.sig`.
    signature: String,
}

impl Guidance {
    /// Guidance as an authority writes it.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn parse(text: &str) -> Result<Self, GuidanceError> {
        if text.len() > MAX_TEXT_BYTES {
            return Err(GuidanceError::Text);
        }
        let guidance: Self = serde_json::from_str(text).map_err(|_| GuidanceError::Form)?;
        for advice in [&guidance.da, &guidance.en] {
            advice.check()?;
        }
        Ok(guidance)
    }

    /// Guidance as it is fetched, if one of these keys has signed it.
    ///
    /// # Errors
    /// When it is anything else, or nobody who is believed has signed it.
    pub fn read(bytes: &[u8], trusted: &[TrustedKey]) -> Result<Self, GuidanceError> {
        if bytes.len() > MAX_BYTES {
            return Err(GuidanceError::Form);
        }
        let signed: Signed = serde_json::from_slice(bytes).map_err(|_| GuidanceError::Form)?;
        let info = SignatureInfo {
            key_id: signed.key_id,
            key_version: signed.key_version,
            algorithm: signed.algorithm,
        };
        let bytes = STANDARD.decode(&signed.signature).map_err(|_| GuidanceError::Form)?;
        let signature = Signature { info, chunk: (None, None), bytes };
        let is_believed = |key: &TrustedKey| {
            key.goes_by(&signature.info) && key.has_signed(&signed_bytes(&signed.guidance), &signature)
        };
        if trusted.iter().any(is_believed) {
            Self::parse(&signed.guidance)
        } else {
            Err(GuidanceError::Untrusted)
        }
    }
}

/// Signs a text that [`Guidance::parse`] has read, for its way to phones.
///
/// # Errors
/// When what holds the key refuses.
pub fn signed(text: &str, signer: &dyn ExportSigner) -> Result<Vec<u8>, SigningError> {
    let info = signer.info().clone();
    let signed = Signed {
        guidance: text.to_owned(),
        signature: STANDARD.encode(signer.sign(&signed_bytes(text))?),
        key_id: info.key_id,
        key_version: info.key_version,
        algorithm: info.algorithm,
    };
    serde_json::to_vec(&signed).map_err(|_| SigningError::Refused)
}

fn signed_bytes(text: &str) -> Vec<u8> {
    [&HEADER[..], text.as_bytes()].concat()
}

impl Advice {
    fn check(&self) -> Result<(), GuidanceError> {
        let said = [&self.title].into_iter().chain(&self.paragraphs);
        let is_text = |text: &String| {
            !text.trim().is_empty() && text.chars().count() <= MAX_CHARACTERS && !text.chars().any(hides)
        };
        if self.paragraphs.is_empty() || self.paragraphs.len() > MAX_PARAGRAPHS || !said.clone().all(is_text)
        {
            return Err(GuidanceError::Text);
        }
        let rest = self.link.strip_prefix("https://").ok_or(GuidanceError::Link)?;
        let is_plain = rest.chars().all(|sign| sign.is_ascii_alphanumeric() || "./-_~%?=&#".contains(sign));
        if is_plain && !rest.is_empty() { Ok(()) } else { Err(GuidanceError::Link) }
    }
}

/// Signs of control, and those that turn the direction of writing around or take no room.
fn hides(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::P256Signer;

    fn guidance() -> Guidance {
        let advice = |title: &str, link: &str| Advice {
            title: title.to_owned(),
            paragraphs: vec!["En".to_owned(), "To".to_owned()],
            link: link.to_owned(),
        };
        Guidance {
            version: 3,
            da: advice("Råd", "https://www.sst.dk/"),
            en: advice("Advice", "https://sst.dk/en"),
        }
    }

    fn with(change: impl Fn(&mut Guidance)) -> Result<Guidance, GuidanceError> {
        let mut guidance = guidance();
        change(&mut guidance);
        Guidance::parse(&serde_json::to_string(&guidance).unwrap())
    }

    #[test]
    fn guidance_that_hides_or_leads_elsewhere_is_refused() {
        assert_eq!(with(|_| ()), Ok(guidance()));
        assert_eq!(with(|one| one.en.paragraphs.clear()), Err(GuidanceError::Text));
        assert_eq!(with(|one| one.da.title = " ".to_owned()), Err(GuidanceError::Text));
        assert_eq!(with(|one| one.da.title.push('\u{202e}')), Err(GuidanceError::Text));
        assert_eq!(with(|one| one.da.title.push('\u{1b}')), Err(GuidanceError::Text));
        assert_eq!(with(|one| one.da.paragraphs.push("x".repeat(2_001))), Err(GuidanceError::Text));
        for link in ["http://sst.dk", "javascript:alert(1)", "https://", "https://sst.dk/\"onclick"] {
            assert_eq!(with(|one| one.en.link = link.to_owned()), Err(GuidanceError::Link), "{link}");
        }
        assert_eq!(Guidance::parse("<html>Log in to the net of this café</html>"), Err(GuidanceError::Form));
        assert_eq!(Guidance::parse(&" ".repeat(70_000)), Err(GuidanceError::Text));
    }

    #[test]
    fn guidance_is_believed_under_the_keys_of_exports_and_under_no_other() {
        let signer = |version| P256Signer::generate(SignatureInfo::new("238", version)).unwrap().0;
        let (ours, stranger) = (signer("v1"), signer("v1"));
        let text = serde_json::to_string(&guidance()).unwrap();
        let bytes = signed(&text, &ours).unwrap();
        let read = |bytes: &[u8], key: TrustedKey| Guidance::read(bytes, &[key]);
        assert_eq!(read(&bytes, ours.trusted()), Ok(guidance()));
        assert_eq!(read(&bytes, stranger.trusted()), Err(GuidanceError::Untrusted));
        assert_eq!(read(&bytes, ours.trusted().named("238", "v2")), Err(GuidanceError::Untrusted));
        assert_eq!(Guidance::read(&bytes, &[]), Err(GuidanceError::Untrusted));
        let changed = String::from_utf8(bytes).unwrap().replace("Advice", "Advise");
        assert_eq!(read(changed.as_bytes(), ours.trusted()), Err(GuidanceError::Untrusted));
        // What is signed for an export is not signed for guidance.
        let mut elsewhere: Signed = serde_json::from_slice(&signed(&text, &ours).unwrap()).unwrap();
        elsewhere.signature = STANDARD.encode(ours.sign(text.as_bytes()).unwrap());
        let elsewhere = serde_json::to_vec(&elsewhere).unwrap();
        assert_eq!(read(&elsewhere, ours.trusted()), Err(GuidanceError::Untrusted));
        for none in [&b"{}"[..], b"", &text.into_bytes(), &vec![b' '; MAX_BYTES + 1]] {
            assert_eq!(read(none, ours.trusted()), Err(GuidanceError::Form));
        }
    }
}
