//! A refusal in words: what stood in the way, and the lawful ways forward.

use serde::Serialize;

use super::say;
use crate::decide::{Fact, Refusal};
use crate::policy::{ClauseId, Policy};
use crate::text::Lang;

/// What a person who is refused is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RefusalWords {
    /// What was asked for.
    pub asked: String,
    /// The clause that stood in the way.
    pub clause: String,
    /// What the notice tells a person who is refused.
    pub told: Option<String>,
    /// The ways forward.
    pub instead: Vec<Way>,
}

/// A lawful way forward.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Way {
    /// Full name of the use.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// The refusal for the person who was refused.
#[must_use]
pub fn refusal_words(policy: &Policy, refusal: &Refusal, lang: Lang) -> RefusalWords {
    let used = policy.uses.get(refusal.use_id.index());
    let ways = refusal.instead.iter().filter_map(|id| policy.uses.get(id.index()));
    RefusalWords {
        asked: used.map(|used| used.said.title.get(lang).to_owned()).unwrap_or_default(),
        clause: clause_words(refusal.clause, lang).to_owned(),
        told: used.and_then(|used| used.refused.as_ref()).map(|text| text.get(lang).to_owned()),
        instead: ways
            .map(|way| Way { id: way.said.id.clone(), title: way.said.title.get(lang).to_owned() })
            .collect(),
    }
}

/// What stood in the way, told to the one who asked.
#[must_use]
pub const fn clause_words(clause: ClauseId, lang: Lang) -> &'static str {
    match clause {
        ClauseId::Role => {
            say(lang, "Din rolle giver ikke adgang til dette.", "Your role does not give access to this.")
        }
        ClauseId::Verb => say(lang, "Det må ikke gøres på denne måde.", "This may not be done in this way."),
        ClauseId::NotInForce => {
            say(lang, "Erklæringen gælder ikke på denne dag.", "The notice is not in force on this day.")
        }
        ClauseId::StepUp => say(
            lang,
            "Log på igen: det kræver et login, der højst er fem minutter gammelt.",
            "Log in again: this takes a login that is at most five minutes old.",
        ),
        ClauseId::Missing(fact) => missing(fact, lang),
        ClauseId::Against(fact) => against(fact, lang),
    }
}

const fn missing(fact: Fact, lang: Lang) -> &'static str {
    match fact {
        Fact::Myself => say(lang, "Det handler ikke om dig selv.", "It is not about yourself."),
        Fact::Guardian => say(lang, "Du har ikke forældremyndigheden.", "You do not have custody."),
        Fact::Represents => say(
            lang,
            "Du har ingen fuldmagt og er ikke værge.",
            "You hold no power of attorney and are not the guardian.",
        ),
        Fact::Treats => say(
            lang,
            "Du er ikke registreret som behandler.",
            "You are not registered as treating the person.",
        ),
        Fact::Assigned => say(lang, "Sagen er ikke tildelt dig.", "The case is not assigned to you."),
        Fact::Involved => say(lang, "Du er ikke part i oplysningen.", "You are not a party to the record."),
        Fact::Consented => {
            say(lang, "Borgeren har ikke givet samtykke.", "The person has not given consent.")
        }
        Fact::Asked => say(lang, "Borgeren har ikke bedt om det.", "The person has not asked for it."),
        Fact::Blocked => say(lang, "Borgeren har ikke spærret.", "The person has not blocked."),
        Fact::BreakGlass => say(
            lang,
            "Du har ikke taget nødadgang, eller den er løbet ud.",
            "You have not taken emergency access, or it has run out.",
        ),
        Fact::Author => say(lang, "Du har ikke skrevet oplysningen.", "You did not write the record."),
        Fact::Authorised => say(
            lang,
            "Din autorisation gælder ikke for denne rolle.",
            "Your authorisation does not hold for this role.",
        ),
        Fact::Presented => say(
            lang,
            "Recepten er ikke vist på dette apotek.",
            "The prescription was not shown at this pharmacy.",
        ),
        Fact::Of15 => say(lang, "Personen er ikke fyldt 15.", "The person has not turned 15."),
        Fact::FreshLogin => clause_words(ClauseId::StepUp, lang),
    }
}

const fn against(fact: Fact, lang: Lang) -> &'static str {
    match fact {
        Fact::Myself => say(lang, "Det handler om dig selv.", "It is about yourself."),
        Fact::Guardian => say(lang, "Du har forældremyndigheden.", "You have custody."),
        Fact::Represents => say(lang, "Du repræsenterer personen.", "You represent the person."),
        Fact::Treats => {
            say(lang, "Du er registreret som behandler.", "You are registered as treating the person.")
        }
        Fact::Assigned => say(lang, "Sagen er tildelt dig.", "The case is assigned to you."),
        Fact::Involved => say(lang, "Du er part i oplysningen.", "You are a party to the record."),
        Fact::Consented => say(lang, "Borgeren har givet samtykke.", "The person has given consent."),
        Fact::Asked => say(lang, "Borgeren har bedt om det.", "The person has asked for it."),
        Fact::Blocked => say(lang, "Borgeren har spærret.", "The person has blocked this."),
        Fact::BreakGlass => say(lang, "Du har taget nødadgang.", "You have taken emergency access."),
        Fact::Author => say(lang, "Du har selv skrevet oplysningen.", "You wrote the record yourself."),
        Fact::Authorised => {
            say(lang, "Du er autoriseret til denne rolle.", "You are authorised for this role.")
        }
        Fact::Presented => {
            say(lang, "Recepten er vist på dette apotek.", "The prescription was shown at this pharmacy.")
        }
        Fact::Of15 => say(lang, "Personen er fyldt 15.", "The person has turned 15."),
        Fact::FreshLogin => say(lang, "Du har lige logget på.", "You have just logged in."),
    }
}
