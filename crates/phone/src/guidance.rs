//! What the health authorities advise whoever was warned: in force at any time, fetched, and built in for the first day.
//!
//! Notice sst, rules SS-21 and SS-22: that a warning is no diagnosis, and that following the advice is voluntary, is
//! said by the phone itself beside any advice, whatever was fetched.

pub use exposure::guidance::{Advice, Guidance, GuidanceError, MAX_BYTES};

use crate::language::{Language, Text};

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

/// The one that every phone is born with.
#[must_use]
pub fn built_in() -> Guidance {
    let advice = |title: &str, paragraphs: &[&str], link: &str| Advice {
        title: title.to_owned(),
        paragraphs: paragraphs.iter().map(|one| (*one).to_owned()).collect(),
        link: link.to_owned(),
    };
    Guidance {
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

/// The advice in one language.
#[must_use]
pub const fn advice(guidance: &Guidance, language: Language) -> &Advice {
    match language {
        Language::Danish => &guidance.da,
        Language::English => &guidance.en,
    }
}

#[cfg(test)]
mod tests {
    use super::{Guidance, built_in};

    #[test]
    fn the_built_in_guidance_is_whole_in_both_languages() {
        assert_eq!(Guidance::parse(&serde_json::to_string(&built_in()).unwrap()), Ok(built_in()));
    }
}
