//! Consent, statistics and their end, from a terminal. They may be given while the phone runs in another.

use phone::consent::{QUESTION, VERSION, WORDS};
use phone::language::Text;
use phone::statistics;

use crate::Failure;
use crate::config::Config;
use crate::machine::{now, random, say};

/// Shows the words, and takes the consent if the owner says so.
pub(crate) fn consent(config: &Config, yes: bool) -> Result<(), Failure> {
    WORDS.of(config.language).iter().for_each(|paragraph| say(&format!("{paragraph}\n")));
    say(QUESTION.words(config.language));
    if yes {
        config.phone()?.consents(VERSION, now(), &mut random())?;
        let holds = Text {
            da: "Du har givet dit samtykke. smitte|stop er slået til og virker, mens `phone run` kører. `phone withdraw` trækker det tilbage.",
            en: "You have given your consent. smitte|stop is on, and works while `phone run` runs. `phone withdraw` takes it back.",
        };
        say(holds.words(config.language));
    } else {
        say("phone consent --yes");
    }
    Ok(())
}

/// Shows the words of the statistics, and whether the owner takes part.
pub(crate) fn statistics(config: &Config) -> Result<(), Failure> {
    statistics::WORDS.of(config.language).iter().for_each(|paragraph| say(&format!("{paragraph}\n")));
    match config.phone()?.takes_part_since() {
        Some(since) => {
            let date = since.to_zoned(config.settings.zone.clone()).date();
            let since = Text { da: "Du er med siden", en: "You have taken part since" };
            say(&format!("{} {date}", since.words(config.language)));
            say("phone statistics --no");
        }
        None if config.settings.statistics.is_none() => {
            let nobody = Text {
                da: "Denne telefon er ikke sat op til nogen, der tæller: `[statistics]` mangler i indstillingerne.",
                en: "This phone is set up for nobody who counts: its settings have no `[statistics]`.",
            };
            say(nobody.words(config.language));
        }
        None => {
            say(statistics::QUESTION.words(config.language));
            say("phone statistics --yes");
        }
    }
    Ok(())
}

/// Takes part in the statistics.
pub(crate) fn takes_part(config: &Config) -> Result<(), Failure> {
    if config.settings.statistics.is_none() {
        return Err(Failure::new(
            "indstillingerne nævner ingen statistik: tilføj `[statistics]` med `leader` og `helper`",
            "the settings name no statistics: add `[statistics]` with `leader` and `helper`",
        ));
    }
    config.phone()?.takes_part(statistics::VERSION, now(), &mut random())?;
    let holds = Text {
        da: "Du er med i statistikken. `phone statistics --no` hører op.",
        en: "You take part in the statistics. `phone statistics --no` stops it.",
    };
    say(holds.words(config.language));
    Ok(())
}

/// Takes no part in them any more.
pub(crate) fn takes_no_part(config: &Config) -> Result<(), Failure> {
    config.phone()?.takes_no_part(&mut random())?;
    let holds = Text {
        da: "Du er ikke med i statistikken. Telefonen svarer ikke mere.",
        en: "You take no part in the statistics. The phone answers no more.",
    };
    say(holds.words(config.language));
    Ok(())
}

/// Erases everything.
pub(crate) fn withdraw(config: &Config) -> Result<(), Failure> {
    config.withdraw()?;
    let gone = Text { da: "Alt er slettet.", en: "Everything is erased." };
    say(gone.words(config.language));
    Ok(())
}

/// Erases everything, and what the program has made.
pub(crate) fn uninstall(config: &Config) -> Result<(), Failure> {
    let gone = Text { da: "Alt er slettet og afinstalleret.", en: "Everything is erased and uninstalled." };
    config.remove_all()?;
    say(gone.words(config.language));
    Ok(())
}
