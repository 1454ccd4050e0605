//! The commands of a phone without a page. They may be given while the phone runs in another terminal.

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use phone::consent::{QUESTION, VERSION, WORDS};
use phone::guidance::{self, NO_DIAGNOSIS, VOLUNTARY};
use phone::language::Text;
use phone::page::day_number;
use phone::report::{Details, Ending, ending};
use phone::stored::Count;
use phone::{Language, Phone, Standing, statistics};

use crate::Failure;
use crate::config::Config;
use crate::machine::{now, random, say};

/// A report that takes longer than this goes on with `phone run`.
const REPORT_AT_MOST: SignedDuration = SignedDuration::from_mins(10);

const TRIED_IN_VAIN: Text = Text {
    da: "Serverne kan ikke nås. Telefonen prøver igen i ti minutter. Stopper du den, fortsætter `phone run` med det.",
    en: "The servers cannot be reached. The phone tries again for ten minutes. If you stop it, `phone run` goes on with it.",
};

/// What stands.
pub(crate) fn status(config: &Config) -> Result<(), Failure> {
    let (phone, language, zone) = (config.phone()?, config.language, &config.settings.zone);
    let tell = |da, en| say(Text { da, en }.words(language));
    match phone.standing() {
        Standing::None => tell("Slået fra: intet samtykke.", "Off: no consent."),
        Standing::Agreed(_) => tell("Slået til.", "On."),
        Standing::AskAnew(_) => {
            tell("Venter: ordene i samtykket er ændret.", "Waiting: the words of the consent have changed.");
        }
    }
    if phone.messages(now()).is_empty() {
        tell("Ingen advarsler.", "No warnings.");
    } else {
        warning(&phone, language);
    }
    if let Some(outcome) = phone.outcome() {
        say(ending(outcome.ending).words(language));
    }
    if let Some(stored) = phone.stored() {
        let count = |da, en, count: Count| line(Text { da, en }, count, language, zone);
        count("Egne nøgler", "Own keys", stored.own_keys);
        count("Numre fra telefoner i nærheden", "Numbers of phones nearby", stored.sightings);
        count(
            "Nøgler fra smittede, som blev hørt",
            "Keys of infected people that were heard",
            stored.exposures,
        );
        count("Advarsler", "Warnings", stored.messages);
    }
    Ok(())
}

// Rules SS-20 to SS-22.
fn warning(phone: &Phone, language: Language) {
    let told =
        Text { da: "Du kan have været udsat for smitte.", en: "You may have been exposed to infection." };
    say(told.words(language));
    say(NO_DIAGNOSIS.words(language));
    let guidance = phone.guidance();
    let advice = guidance::advice(&guidance, language);
    say(&advice.title);
    advice.paragraphs.iter().for_each(|paragraph| say(&format!("- {paragraph}")));
    say(&advice.link);
    say(VOLUNTARY.words(language));
}

fn line(what: Text, count: Count, language: Language, zone: &TimeZone) {
    let date = |moment: Timestamp| moment.to_zoned(zone.clone()).date();
    let goes = count.first_goes.map_or(String::new(), |goes| match language {
        Language::Danish => format!(" (den ældste slettes {})", date(goes)),
        Language::English => format!(" (the oldest is erased {})", date(goes)),
    });
    say(&format!("{}: {}{goes}", what.words(language), count.count));
}

/// Warns others, and waits until it is done.
pub(crate) fn warn(
    config: &Config,
    code: &str,
    symptoms: Option<&str>,
    visited: Vec<String>,
) -> Result<(), Failure> {
    let (mut phone, mut network, mut random) = (config.phone()?, config.network.clone(), random());
    let day = |text: &str| {
        day_number(text).ok_or_else(|| Failure(format!("`{text}` is no date such as 2026-11-20")))
    };
    let details = Details { symptoms: symptoms.map(day).transpose()?, visited };
    phone.reports(code, details, now(), &mut random)?;
    let until = now() + REPORT_AT_MOST;
    let mut told = false;
    while let Some(progress) = phone.report()?.filter(|_| now() < until) {
        if progress.tries > 0 && !told {
            say(TRIED_IN_VAIN.words(config.language));
            told = true;
        }
        phone.reports_on(&mut network, &config.settings.authority, now(), &mut random)?;
        std::thread::sleep(Duration::from_millis(200));
    }
    match phone.outcome() {
        Some(outcome) if outcome.ending == Ending::Sent => {
            say(ending(Ending::Sent).words(config.language));
            Ok(())
        }
        Some(outcome) => Err(Failure(ending(outcome.ending).words(config.language).to_owned())),
        None => Err(Failure("the servers cannot be reached; the report goes on with `phone run`".to_owned())),
    }
}

/// Shows the words, and takes the consent if the owner says so.
pub(crate) fn consent(config: &Config, yes: bool) -> Result<(), Failure> {
    WORDS.of(config.language).iter().for_each(|paragraph| say(&format!("{paragraph}\n")));
    say(QUESTION.words(config.language));
    if yes {
        config.phone()?.consents(VERSION, now(), &mut random())?;
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
        return Err(Failure(
            "the settings name no statistics: add `[statistics]` with `leader` and `helper`".to_owned(),
        ));
    }
    Ok(config.phone()?.takes_part(statistics::VERSION, now(), &mut random())?)
}

/// Takes no part in them any more.
pub(crate) fn takes_no_part(config: &Config) -> Result<(), Failure> {
    Ok(config.phone()?.takes_no_part(&mut random())?)
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
