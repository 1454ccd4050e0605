//! What stands, and the messages, for an owner at a terminal. Never a key, a code or a token, and neither whom the phone
//! met nor when.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use phone::guidance::{self, NO_DIAGNOSIS, VOLUNTARY};
use phone::report::ending;
use phone::stored::{Count, Stored};
use phone::working::{NOT_LATELY, Working};
use phone::{Language, Phone, PhoneError, Standing};

use crate::Failure;
use crate::config::Config;
use crate::machine::{now, random, say};

/// To whom it is told, and by which clock.
struct Teller<'a> {
    language: Language,
    zone: &'a TimeZone,
}

/// What stands.
pub(crate) fn status(config: &Config) -> Result<(), Failure> {
    let mut phone = config.phone()?;
    let teller = Teller::of(config);
    teller.standing(&phone);
    let working = phone.working(now());
    working.iter().for_each(|working| teller.working(working));
    if !phone.messages(now()).is_empty() {
        teller.warning(&phone);
    } else if working.is_none_or(|working| working.troubles.is_empty()) {
        teller.say("Ingen advarsler.", "No warnings.");
    } else {
        teller.say(
            "Ingen advarsler, men telefonen har måske ikke hørt eller hentet alt.",
            "No warnings, but the phone may not have heard or fetched everything.",
        );
    }
    teller.report(&mut phone)?;
    if let Some(stored) = phone.stored() {
        teller.stored(&stored);
        teller.statistics(&phone);
    }
    Ok(())
}

/// The messages, which are read from then on.
pub(crate) fn read(config: &Config) -> Result<(), Failure> {
    let mut phone = config.phone()?;
    let teller = Teller::of(config);
    let messages = phone.messages(now());
    if messages.is_empty() {
        teller.say("Ingen beskeder.", "No messages.");
        return Ok(());
    }
    teller.warning(&phone);
    for message in messages {
        let (came, goes) = (teller.date(message.arrived), teller.date(message.goes()));
        teller.say(
            &format!("Beskeden kom {came}. Den slettes {goes}."),
            &format!("The message came {came}. It is erased {goes}."),
        );
    }
    phone.reads(&mut random())?;
    teller.say("Beskederne er læst.", "The messages are read.");
    Ok(())
}

impl<'a> Teller<'a> {
    const fn of(config: &'a Config) -> Self {
        Self { language: config.language, zone: &config.settings.zone }
    }

    fn say(&self, da: &str, en: &str) {
        say(match self.language {
            Language::Danish => da,
            Language::English => en,
        });
    }

    fn date(&self, moment: Timestamp) -> String {
        moment.to_zoned(self.zone.clone()).date().to_string()
    }

    fn standing(&self, phone: &Phone) {
        match phone.standing() {
            Standing::None => self.say("Slået fra: intet samtykke.", "Off: no consent."),
            Standing::Agreed(_) => self.say("Slået til.", "On."),
            Standing::AskAnew(_) => {
                self.say(
                    "Venter: ordene i samtykket er ændret.",
                    "Waiting: the words of the consent have changed.",
                );
            }
        }
    }

    fn working(&self, working: &Working) {
        for trouble in &working.troubles {
            let (title, more) = (trouble.title(), trouble.what_to_do());
            say(&format!("{}. {}", title.words(self.language), more.words(self.language)));
        }
        let when = |moment: Option<Timestamp>| {
            let at = |moment: Timestamp| moment.to_zoned(self.zone.clone()).strftime("%F %H:%M").to_string();
            moment.map_or_else(|| NOT_LATELY.words(self.language).to_owned(), at)
        };
        let (looked, listened) = (when(working.looked), when(working.listened));
        self.say(&format!("Alle nøgler sidst hentet: {looked}"), &format!("All keys last fetched: {looked}"));
        self.say(
            &format!("Telefonen lyttede sidst: {listened}"),
            &format!("The phone last listened: {listened}"),
        );
    }

    // Rules SS-20 to SS-22.
    fn warning(&self, phone: &Phone) {
        self.say("Du kan have været udsat for smitte.", "You may have been exposed to infection.");
        say(NO_DIAGNOSIS.words(self.language));
        let guidance = phone.guidance();
        let advice = guidance::advice(&guidance, self.language);
        say(&advice.title);
        advice.paragraphs.iter().for_each(|paragraph| say(&format!("- {paragraph}")));
        say(&advice.link);
        say(VOLUNTARY.words(self.language));
    }

    fn report(&self, phone: &mut Phone) -> Result<(), Failure> {
        let progress = match phone.report() {
            Ok(progress) => progress,
            Err(PhoneError::NoConsent | PhoneError::AskAnew) => None,
            Err(error) => return Err(error.into()),
        };
        if let Some(progress) = progress {
            let (step, tries) = (progress.step, progress.tries);
            self.say(
                &format!("Din advarsel til andre er på vej: trin {step} af 3, {tries} forsøg forgæves."),
                &format!("Your warning to others is on its way: step {step} of 3, {tries} tries in vain."),
            );
        }
        if let Some(outcome) = phone.outcome() {
            say(ending(outcome.ending).words(self.language));
        }
        Ok(())
    }

    fn stored(&self, stored: &Stored) {
        self.line("Egne nøgler", "Own keys", stored.own_keys);
        self.line("Numre fra telefoner i nærheden", "Numbers of phones nearby", stored.sightings);
        let (da, en) = if stored.found_exposures { ("nogle", "some") } else { ("ingen", "none") };
        self.say(
            &format!(
                "Nøgler fra smittede, som blev hørt, fundet de seneste 14 dage: {da} (hver slettes senest 14 dage efter, at den blev hørt)"
            ),
            &format!(
                "Keys of infected people that were heard, found in the last 14 days: {en} (each is erased at the latest 14 days after it was heard)"
            ),
        );
        self.line("Advarsler", "Warnings", stored.messages);
        if let Some(report) = stored.report {
            let (da, en) = if report.has_symptoms { ("med", "with") } else { ("uden", "without") };
            self.say(
                &format!("Din advarsel til andre: {da} dato for symptomer, lande: {}", report.countries),
                &format!("Your warning to others: {en} a date of symptoms, countries: {}", report.countries),
            );
        }
        self.line(
            "Serverens bevis på din advarsel",
            "The server's token of your warning",
            stored.revision_token,
        );
        let files = Count { count: stored.files, first_goes: None };
        self.line("Navne på filer, som er gennemset", "Names of files that were looked through", files);
    }

    fn line(&self, da: &str, en: &str, count: Count) {
        let goes = count.first_goes.map(|goes| self.date(goes));
        let of = |what: &str, oldest: &str| {
            let goes = goes.as_ref().map_or(String::new(), |goes| format!(" ({oldest} {goes})"));
            format!("{what}: {}{goes}", count.count)
        };
        self.say(&of(da, "den ældste slettes"), &of(en, "the oldest is erased"));
    }

    fn statistics(&self, phone: &Phone) {
        match phone.takes_part_since() {
            Some(since) => {
                let since = self.date(since);
                self.say(
                    &format!("Statistik: du er med siden {since}."),
                    &format!("Statistics: you have taken part since {since}."),
                );
            }
            None => self.say("Statistik: du er ikke med.", "Statistics: you take no part."),
        }
    }
}
