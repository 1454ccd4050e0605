//! What the health authorities advise whoever was warned: in force at any time, fetched, and built in for the first day.
//!
//! Notice sst, rules SS-21 and SS-22: that a warning is no diagnosis, and that following the advice is voluntary, is
//! said by the phone itself beside any advice, whatever was fetched.

use serde::{Deserialize, Serialize};

use crate::language::{Language, Text};

/// The most that a guidance file may weigh.
pub const MAX_BYTES: usize = 64 * 1024;
const MAX_PARAGRAPHS: usize = 30;
const MAX_CHARACTERS: usize = 2_000;

/// Advice in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guidance {
    /// Counts up; a lower one never replaces a higher one. The built-in one is 0.
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
    #[error("it has not the form of guidance")]
    Form,
    /// Empty, too long, or with signs that hide what is written.
    #[error("it is empty or too long, or holds signs that hide what is written")]
    Text,
    /// A link that is no `https`.
    #[error("its link is no address in https")]
    Link,
}

/// Beside every warning, whatever is advised.
pub const NO_DIAGNOSIS: Text = Text {
    da: "Det er ikke en diagnose. Det betyder ikke, at du er smittet, kun at du kan have været udsat for smitte.",
    en: "This is not a diagnosis. It does not mean that you are infected, only that you may have been exposed.",
};

/// Beside all advice.
pub const VOLUNTARY: Text = Text {
    da: "Rådene er vejledende, og det er frivilligt at følge dem. Der sker dig ikke noget, hvis du lader være. Styrelsen for Patientsikkerhed opfordrer dig til at følge dem.",
    en: "The advice is only advice, and following it is voluntary. Nothing happens to you if you do not. The Danish Patient Safety Authority urges you to follow it.",
};

impl Guidance {
    /// The one that every phone is born with.
    #[must_use]
    pub fn built_in() -> Self {
        let advice = |title: &str, paragraphs: &[&str], link: &str| Advice {
            title: title.to_owned(),
            paragraphs: paragraphs.iter().map(|one| (*one).to_owned()).collect(),
            link: link.to_owned(),
        };
        Self {
            version: 0,
            da: advice(
                "Hvad du kan gøre nu",
                &[
                    "Bliv testet, også selv om du ikke har symptomer, og bliv hjemme, til du har fået svar.",
                    "Hold afstand til andre, vask hænder tit, og luft ud.",
                    "Ring til din læge, hvis du får det dårligt. Ring 112, hvis det er livstruende.",
                ],
                "https://www.sst.dk/",
            ),
            en: advice(
                "What you can do now",
                &[
                    "Get tested, also if you have no symptoms, and stay at home until you have the result.",
                    "Keep your distance from others, wash your hands often, and air the rooms.",
                    "Call your doctor if you feel ill. Call 112 if it is life-threatening.",
                ],
                "https://www.sst.dk/en/",
            ),
        }
    }

    /// Guidance as it is fetched.
    ///
    /// # Errors
    /// When it is anything else; the phone then goes on with the one that it has.
    pub fn parse(bytes: &[u8]) -> Result<Self, GuidanceError> {
        if bytes.len() > MAX_BYTES {
            return Err(GuidanceError::Form);
        }
        let guidance: Self = serde_json::from_slice(bytes).map_err(|_| GuidanceError::Form)?;
        for advice in [&guidance.da, &guidance.en] {
            advice.check()?;
        }
        Ok(guidance)
    }

    /// The advice in one language.
    #[must_use]
    pub const fn of(&self, language: Language) -> &Advice {
        match language {
            Language::Danish => &self.da,
            Language::English => &self.en,
        }
    }
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
    use super::{Guidance, GuidanceError};

    fn with(change: impl Fn(&mut Guidance)) -> Result<Guidance, GuidanceError> {
        let mut guidance = Guidance::built_in();
        change(&mut guidance);
        Guidance::parse(&serde_json::to_vec(&guidance).unwrap())
    }

    #[test]
    fn the_built_in_guidance_is_whole_in_both_languages() {
        assert_eq!(with(|_| ()), Ok(Guidance::built_in()));
    }

    #[test]
    fn guidance_that_hides_or_leads_elsewhere_is_refused() {
        assert_eq!(with(|one| one.en.paragraphs.clear()), Err(GuidanceError::Text));
        assert_eq!(with(|one| one.da.title = " ".to_owned()), Err(GuidanceError::Text));
        assert_eq!(with(|one| one.da.title.push('\u{202e}')), Err(GuidanceError::Text));
        assert_eq!(with(|one| one.da.title.push('\u{1b}')), Err(GuidanceError::Text));
        assert_eq!(with(|one| one.da.paragraphs.push("x".repeat(2_001))), Err(GuidanceError::Text));
        for link in ["http://sst.dk", "javascript:alert(1)", "https://", "https://sst.dk/\"onclick"] {
            assert_eq!(with(|one| one.en.link = link.to_owned()), Err(GuidanceError::Link), "{link}");
        }
        assert_eq!(
            Guidance::parse(b"<html>Log in to the net of this caf\xc3\xa9</html>"),
            Err(GuidanceError::Form)
        );
        assert_eq!(Guidance::parse(&vec![b' '; 70_000]), Err(GuidanceError::Form));
    }
}
