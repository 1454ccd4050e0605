//! What a use allows, as a sentence to the person whom the data is about.

use super::{condition_words, list, say, sentence, within};
use crate::decide::Verb;
use crate::policy::{Class, Policy, Register, Share, UseId};
use crate::text::Lang;

/// What may be done, in the infinitive.
#[must_use]
pub const fn verb_words(verb: Verb, lang: Lang) -> &'static str {
    match verb {
        Verb::Read => say(lang, "se", "see"),
        Verb::Search => say(lang, "søge i", "search"),
        Verb::Create => say(lang, "tilføje", "add"),
        Verb::Correct => say(lang, "ændre", "change"),
        Verb::Raise => say(lang, "melde hændelser om", "record events about"),
        Verb::Disclose => say(lang, "videregive", "disclose"),
    }
}

/// The class of a field.
#[must_use]
pub const fn class_words(class: Class, lang: Lang) -> &'static str {
    match class {
        Class::Ordinary => say(lang, "almindelig", "ordinary"),
        Class::Health => say(lang, "helbred", "health"),
        Class::Special => say(lang, "følsom", "sensitive"),
        Class::Criminal => say(lang, "strafbare forhold", "offences"),
        Class::Cpr => say(lang, "CPR-nummer", "civil registration number"),
    }
}

/// `Sundhedsperson må se ordinationer og recepter, når de behandler dig og du ikke har spærret for dem.`
#[must_use]
pub fn use_sentence(policy: &Policy, id: UseId, lang: Lang) -> String {
    let Some(used) = policy.uses.get(id.index()) else { return String::new() };
    let roles = used.who.iter().filter_map(|role| policy.roles.get(role.index()));
    let who: Vec<_> = roles.map(|role| within(role.said.title.get(lang))).collect();
    let registers = used.of.iter().filter_map(|scope| policy.registers.get(scope.register.index()));
    let of: Vec<_> = registers.map(|register| within(register.said.title.get(lang))).collect();
    let may: Vec<_> = used.may.iter().map(|verb| verb_words(*verb, lang).to_owned()).collect();
    let mut text = format!(
        "{} {} {}: {}",
        list(lang, &who, ("eller", "or")),
        say(lang, "må", "may"),
        list(lang, &may, ("og", "and")),
        list(lang, &of, ("og", "and")),
    );
    if let Some(condition) = condition_words(&used.when, lang) {
        text.push_str(say(lang, ", når ", ", when "));
        text.push_str(&condition);
    }
    format!("{}.", sentence(&text))
}

/// What a disclosure hands over of one register: `recepter`, or `recepter (status og dosering)` where only some fields go.
#[must_use]
pub fn shared_fields(share: &Share, register: &Register, lang: Lang) -> String {
    let title = within(register.said.title.get(lang));
    let own = register.said.id.rsplit('.').next().unwrap_or_default();
    let named = |name: &str| {
        share.fields.iter().any(|field| {
            field
                .rsplit_once('.')
                .is_some_and(|(owner, field)| field == name && (owner == own || owner == register.said.id))
        })
    };
    let fields = register.fields.iter().filter(|field| named(&field.name));
    let fields: Vec<_> = fields.map(|field| within(field.title.get(lang))).collect();
    if fields.is_empty() { title } else { format!("{title} ({})", list(lang, &fields, ("og", "and"))) }
}
