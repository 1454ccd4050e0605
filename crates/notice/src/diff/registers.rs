//! Registers, their fields and classes, and who may raise the events and set the flags that clocks read.

use std::collections::BTreeSet;

use super::uses::who;
use super::words::{both, each, field, joined, purpose, roles, say};
use super::{Effect, Section, Sides, Turn};
use crate::policy::{Class, Policy, Register};
use crate::render::words::class_words;
use crate::text::Lang;

pub(super) fn compare(sides: Sides<'_>, into: &mut Vec<Effect>) {
    for register in &sides.old.registers {
        if sides.new.register_id(&register.said.id).is_none() {
            let says = both(
                "Bortfalder; det, der allerede er indsamlet, følger den frist, det blev indsamlet under",
                "Ends; what was collected already goes by the period under which it was collected",
            );
            section(register, into).add(Turn::Narrower, "register-vanishes", says);
        }
    }
    for register in &sides.new.registers {
        let before = sides.old.register_id(&register.said.id).and_then(|id| sides.old.register(id));
        match before {
            Some(before) => one(sides, [before, register], into),
            None => {
                let says = each(|lang| {
                    let fields: Vec<_> =
                        register.fields.iter().map(|it| it.title.get(lang).to_owned()).collect();
                    format!(
                        "{}: {}",
                        say(lang, "Nye oplysninger føres", "New data is kept"),
                        fields.join(", ")
                    )
                });
                section(register, into).add(Turn::Wider, "register-appears", says);
            }
        }
    }
    raisers(sides, into);
}

fn section<'a>(register: &'a Register, into: &'a mut Vec<Effect>) -> Section<'a> {
    Section { said: &register.said, registers: vec![register.said.id.clone()], into }
}

fn one(sides: Sides<'_>, registers: [&Register; 2], into: &mut Vec<Effect>) {
    let Sides { old, new } = sides;
    let [before, now] = registers;
    let mut section = section(now, into);
    let fields = |register: &Register| -> BTreeSet<String> {
        register.fields.iter().map(|field| format!("{}.{}", register.said.id, field.name)).collect()
    };
    section.sets(
        ["fields-added", "fields-removed"],
        [&fields(before), &fields(now)],
        [
            &|names| {
                each(|lang| {
                    format!(
                        "{}: {}",
                        say(lang, "Også oplysninger om", "Also data on"),
                        joined(names, |it| field(new, it, lang))
                    )
                })
            },
            &|names| {
                each(|lang| {
                    format!(
                        "{}: {}",
                        say(lang, "Ikke mere oplysninger om", "No longer data on"),
                        joined(names, |it| field(old, it, lang))
                    )
                })
            },
        ],
    );
    classes(before, now, &mut section);
    let set = |names: &[String]| names.iter().cloned().collect::<BTreeSet<_>>();
    section.sets(
        ["purposes-added", "purposes-removed"],
        [&set(&before.purposes), &set(&now.purposes)],
        [
            &|names| {
                each(|lang| {
                    format!(
                        "{}: {}",
                        say(lang, "Nyt formål", "New purpose"),
                        joined(names, |it| purpose(new, it, lang))
                    )
                })
            },
            &|names| {
                each(|lang| {
                    format!(
                        "{}: {}",
                        say(lang, "Formål bortfalder", "Purpose ends"),
                        joined(names, |it| purpose(old, it, lang))
                    )
                })
            },
        ],
    );
    section.sets(
        ["subjects-added", "subjects-removed"],
        [&set(&before.about), &set(&now.about)],
        [
            &|names| {
                each(|lang| format!("{}: {}", say(lang, "Også om", "Also about"), roles(new, names, lang)))
            },
            &|names| {
                each(|lang| {
                    format!("{}: {}", say(lang, "Ikke mere om", "No longer about"), roles(old, names, lang))
                })
            },
        ],
    );
    if before.schema != now.schema {
        let says = both("Skemaet for det, der skrives, er ændret", "The form of an entry has changed");
        section.add(Turn::Other, "form-changed", says);
    }
    if set(&before.basis) != set(&now.basis) {
        let says = both(
            format!("Andet grundlag: {} → {}", before.basis.join(", "), now.basis.join(", ")),
            format!("Other grounds: {} → {}", before.basis.join(", "), now.basis.join(", ")),
        );
        section.add(Turn::Other, "basis-changed", says);
    }
    if set(&before.from) != set(&now.from) {
        let says = both(
            format!("Kommer fra: {}", now.from.join(", ")),
            format!("Comes from: {}", now.from.join(", ")),
        );
        section.add(Turn::Other, "source-changed", says);
    }
    match (before.public, now.public) {
        (false, true) => section.add(
            Turn::Wider,
            "made-public",
            both("Alle kan se det, uden spor", "Everybody may see it, without a trace"),
        ),
        (true, false) => section.add(
            Turn::Narrower,
            "no-longer-public",
            both("Er ikke mere offentligt", "Is no longer public"),
        ),
        (true, true) | (false, false) => {}
    }
    match (before.unnamed, now.unnamed) {
        (false, true) => section.add(
            Turn::Narrower,
            "no-longer-named",
            both("Ingen kan findes i det længere", "Nobody can be found in it any longer"),
        ),
        (true, false) => section.add(
            Turn::Wider,
            "named",
            both("Nogen kan nu findes i det", "Somebody can now be found in it"),
        ),
        (true, true) | (false, false) => {}
    }
    match (before.gives, now.gives) {
        (old, Some(fact)) if old != Some(fact) => section.add(
            Turn::Wider,
            "fact-given",
            both(
                format!("En post gælder nu som bevis for «{}» i betingelser", fact.word()),
                format!("A record now counts as proof of «{}» in conditions", fact.word()),
            ),
        ),
        (Some(fact), None) => section.add(
            Turn::Other,
            "fact-no-longer-given",
            both(
                format!("En post gælder ikke mere som bevis for «{}»", fact.word()),
                format!("A record no longer counts as proof of «{}»", fact.word()),
            ),
        ),
        (Some(_), Some(_)) | (None, _) => {}
    }
}

fn classes(before: &Register, now: &Register, section: &mut Section<'_>) {
    for field in &now.fields {
        let then = before.fields.iter().find(|it| it.name == field.name).map(|it| it.class);
        let Some(then) = then.filter(|then| *then != field.class) else { continue };
        let says = each(|lang| {
            format!(
                "{}: {} → {}",
                field.title.get(lang),
                class_words(then, lang),
                class_words(field.class, lang)
            )
        });
        let turn = if then == Class::Ordinary { Turn::Wider } else { Turn::Other };
        section.add(turn, "class-changed", says);
    }
}

/// Who may say that something happened, or that a decision stands: a date may hang on it.
fn raisers(sides: Sides<'_>, into: &mut Vec<Effect>) {
    let Sides { old, new } = sides;
    let words = |policy: &Policy, names: &[String], lang: Lang| roles(policy, names, lang);
    for event in &new.events {
        let Some(before) = old.event(&event.said.id) else { continue };
        let mut section = Section { said: &event.said, registers: Vec::new(), into: &mut *into };
        section.sets(
            ["raisers-added", "raisers-removed"],
            [&who(old, &before.roles), &who(new, &event.roles)],
            [
                &|names| {
                    each(|lang| {
                        format!(
                            "{}: {}",
                            say(lang, "Kan også meldes af", "May also be recorded by"),
                            words(new, names, lang)
                        )
                    })
                },
                &|names| {
                    each(|lang| {
                        format!(
                            "{}: {}",
                            say(lang, "Kan ikke mere meldes af", "May no longer be recorded by"),
                            words(old, names, lang)
                        )
                    })
                },
            ],
        );
    }
    for flag in &new.flags {
        let Some(before) = old.flag(&flag.said.id) else { continue };
        let mut section = Section { said: &flag.said, registers: Vec::new(), into: &mut *into };
        section.sets(
            ["setters-added", "setters-removed"],
            [&who(old, &before.roles), &who(new, &flag.roles)],
            [
                &|names| {
                    each(|lang| {
                        format!(
                            "{}: {}",
                            say(lang, "Kan også besluttes af", "May also be decided by"),
                            words(new, names, lang)
                        )
                    })
                },
                &|names| {
                    each(|lang| {
                        format!(
                            "{}: {}",
                            say(lang, "Kan ikke mere besluttes af", "May no longer be decided by"),
                            words(old, names, lang)
                        )
                    })
                },
            ],
        );
    }
}
