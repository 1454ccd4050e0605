//! Names of two policies as people read them, in both languages.

use crate::policy::{Policy, RegisterId};
use crate::text::{Bilingual, Lang};

/// A text in both languages.
pub(super) fn both(da: impl Into<String>, en: impl Into<String>) -> Bilingual {
    Bilingual { da: da.into(), en: en.into() }
}

/// The same maker for each language.
pub(super) fn each(make: impl Fn(Lang) -> String) -> Bilingual {
    Bilingual { da: make(Lang::Da), en: make(Lang::En) }
}

/// The title of a role by its name.
pub(super) fn role(policy: &Policy, name: &str, lang: Lang) -> String {
    let found = policy.role_id(name).and_then(|id| policy.role(id));
    found.map_or_else(|| name.to_owned(), |role| role.said.title.get(lang).to_owned())
}

/// The titles of roles by their names.
pub(super) fn roles(policy: &Policy, names: &[String], lang: Lang) -> String {
    joined(names, |name| role(policy, name, lang))
}

/// The title of a register by its full name.
pub(super) fn register(policy: &Policy, name: &str, lang: Lang) -> String {
    let found = policy.register_id(name).and_then(|id| policy.register(id));
    found.map_or_else(|| name.to_owned(), |register| register.said.title.get(lang).to_owned())
}

/// The title of a party by its name.
pub(super) fn party(policy: &Policy, name: &str, lang: Lang) -> String {
    policy.party(name).map_or_else(|| name.to_owned(), |party| party.said.title.get(lang).to_owned())
}

/// The title of a purpose by its full name.
pub(super) fn purpose(policy: &Policy, name: &str, lang: Lang) -> String {
    policy.purpose(name).map_or_else(|| name.to_owned(), |it| it.said.title.get(lang).to_owned())
}

/// The title of an event by its name.
pub(super) fn event(policy: &Policy, name: &str, lang: Lang) -> String {
    policy.event(name).map_or_else(|| name.to_owned(), |event| event.said.title.get(lang).to_owned())
}

/// `register.field` as `Title: field title`.
pub(super) fn field(policy: &Policy, full: &str, lang: Lang) -> String {
    let Some((register, name)) = full.rsplit_once('.') else { return full.to_owned() };
    let found = policy.register_id(register).and_then(|id| policy.register(id));
    let title = found.and_then(|it| it.fields.iter().find(|field| field.name == name));
    match (found, title) {
        (Some(register), Some(field)) => {
            format!("{}: {}", register.said.title.get(lang), field.title.get(lang))
        }
        (Some(_) | None, _) => full.to_owned(),
    }
}

/// Words with commas.
pub(super) fn joined(names: &[String], word: impl Fn(&str) -> String) -> String {
    names.iter().map(|name| word(name)).collect::<Vec<_>>().join(", ")
}

/// `register.field` of every field of a register.
pub(super) fn all_fields(policy: &Policy, id: RegisterId) -> Vec<String> {
    let Some(register) = policy.register(id) else { return Vec::new() };
    register.fields.iter().map(|field| format!("{}.{}", register.said.id, field.name)).collect()
}

/// The text in the language.
pub(super) const fn say<'a>(lang: Lang, da: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Da => da,
        Lang::En => en,
    }
}
