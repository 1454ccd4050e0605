//! The words of explanations, in both languages.

use jiff::tz::TimeZone;

use super::{Demand, Found};
use crate::clock::{Mode, Status, Verb};
use crate::decide::Fact;
use crate::text::Lang;

const fn pick(lang: Lang, da: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Da => da,
        Lang::En => en,
    }
}

pub(super) fn verdict(granted: bool, name: &str, title: &str, lang: Lang) -> String {
    let word = if granted { pick(lang, "tilladt", "granted") } else { pick(lang, "afvist", "refused") };
    format!("{word}: {title} ({name})")
}

pub(super) const fn condition(lang: Lang) -> &'static str {
    pick(lang, "betingelsen i sin helhed", "the condition as a whole")
}

pub(super) fn way(name: &str, title: &str, lang: Lang) -> String {
    format!("  {} {title} ({name})", pick(lang, "i stedet:", "instead:"))
}

pub(super) const fn found(found: Found, lang: Lang) -> &'static str {
    match found {
        Found::Yes => pick(lang, "ja", "yes"),
        Found::No => pick(lang, "nej", "no"),
        Found::Unknown => pick(lang, "vides ikke", "not known"),
    }
}

pub(super) fn demand(demand: &Demand, lang: Lang) -> String {
    match demand {
        Demand::Role { titles, .. } => {
            let titles: Vec<_> = titles.iter().map(|title| title.get(lang)).collect();
            format!(
                "{} {}",
                pick(lang, "rollen er", "the role is"),
                titles.join(pick(lang, " eller ", " or "))
            )
        }
        Demand::Verb => {
            pick(lang, "det, der spørges om, hører til anvendelsen", "the use covers what is asked for")
                .to_owned()
        }
        Demand::InForce => {
            pick(lang, "erklæringen gælder den dag", "the notice is in force on the day").to_owned()
        }
        Demand::Holds(fact) => fact_words(*fact, lang).to_owned(),
        Demand::HoldsNot(fact) => {
            format!("{} {}", pick(lang, "det er ikke så, at", "it is not so that"), fact_words(*fact, lang))
        }
    }
}

/// A fact as a sentence about the one who asks and the person.
const fn fact_words(fact: Fact, lang: Lang) -> &'static str {
    match fact {
        Fact::Myself => pick(lang, "det er borgeren selv", "it is the person"),
        Fact::Guardian => pick(
            lang,
            "den, der spørger, har forældremyndighed over barnet under 15 år",
            "the asker has custody of the child under 15",
        ),
        Fact::Represents => {
            pick(lang, "den, der spørger, repræsenterer borgeren", "the asker represents the person")
        }
        Fact::Treats => pick(lang, "den, der spørger, behandler borgeren", "the asker treats the person"),
        Fact::Assigned => pick(lang, "den, der spørger, har fået sagen", "the case is assigned to the asker"),
        Fact::Involved => {
            pick(lang, "den, der spørger, er part i sagen", "the asker is a party to the record")
        }
        Fact::Consented => pick(lang, "borgeren har givet samtykke", "the person has consented"),
        Fact::Asked => pick(lang, "borgeren har bedt om det", "the person has asked for it"),
        Fact::Blocked => pick(lang, "borgeren har spærret", "the person has blocked"),
        Fact::BreakGlass => pick(lang, "den, der spørger, har nødadgang", "the asker has emergency access"),
        Fact::Author => pick(lang, "den, der spørger, har selv skrevet det", "the asker wrote the record"),
        Fact::Authorised => pick(lang, "autorisationen er gyldig", "the authorisation is valid"),
        Fact::Presented => pick(
            lang,
            "borgeren har valgt apoteket eller vist det recepten",
            "the person chose the pharmacy or handed it the prescription",
        ),
        Fact::Of15 => pick(lang, "borgeren er fyldt 15 år", "the person is 15 or older"),
        Fact::FreshLogin => {
            pick(lang, "der er logget på inden for fem minutter", "the login is at most five minutes old")
        }
    }
}

pub(super) const fn verb(verb: Verb, lang: Lang) -> &'static str {
    match verb {
        Verb::Erase => pick(lang, "slet", "erase"),
        Verb::Block => pick(lang, "spær", "block"),
        Verb::Archive => pick(lang, "aflever til arkiv", "archive"),
        Verb::Anonymise => pick(lang, "gør anonym", "anonymise"),
        Verb::Move => pick(lang, "flyt", "move"),
        Verb::Review => pick(lang, "gennemgå", "review"),
        Verb::Destroy => pick(lang, "tilintetgør", "destroy"),
    }
}

pub(super) const fn mode(mode: Mode, lang: Lang) -> &'static str {
    match mode {
        Mode::At => pick(lang, "på dagen", "on the day"),
        Mode::By => pick(lang, "senest", "at the latest"),
        Mode::From => pick(lang, "tidligst, efter en beslutning", "at the earliest, on a decision"),
    }
}

pub(super) fn status(status: &Status, zone: &TimeZone, lang: Lang) -> String {
    let day = |instant: &jiff::Timestamp| instant.to_zoned(zone.clone()).date();
    let looked = |review: &jiff::Timestamp| {
        format!("{} {}", pick(lang, "ses på igen", "looked at again"), day(review))
    };
    match status {
        Status::Waiting { events, review } => {
            format!("{} {}; {}", pick(lang, "venter på", "waits for"), events.join(", "), looked(review))
        }
        Status::Pending(date) => format!("{} {}", pick(lang, "skal ske", "to come on"), day(date)),
        Status::Due(date) => format!("{} {}", pick(lang, "forfaldt", "due since"), day(date)),
        Status::Done(date) => format!("{} {}", pick(lang, "udført", "done on"), day(date)),
        Status::NotApplicable => pick(lang, "gælder ikke", "does not apply").to_owned(),
        Status::Held { date, reason, review } => {
            let date = date.as_ref().map(|date| format!(" ({})", day(date))).unwrap_or_default();
            format!("{}{date}: {reason}; {}", pick(lang, "holdes", "held"), looked(review))
        }
    }
}

pub(super) fn blocked(by: usize, lang: Lang) -> String {
    format!("{} {}", pick(lang, "må ikke ske før trin", "not before stage"), by + 1)
}

pub(super) const fn since(lang: Lang) -> &'static str {
    pick(lang, "følger af", "follows from")
}

pub(super) const fn not_yet(lang: Lang) -> &'static str {
    pick(lang, "ikke sket", "has not happened")
}
