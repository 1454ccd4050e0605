//! Uses that appear, vanish, widen or narrow: who, what, of which fields, under which condition, with which trace.

use std::collections::BTreeSet;

use super::words::{all_fields, both, each, field, joined, purpose, register, roles, say};
use super::{Effect, Section, Sides, Turn};
use crate::decide::{Fact, Facts};
use crate::policy::{Condition, FieldMask, Policy, RoleId, Use, UseId};
use crate::render::words::{condition_words, use_sentence, verb_words};
use crate::text::{Bilingual, Lang};

pub(super) fn compare(sides: Sides<'_>, into: &mut Vec<Effect>) {
    for (id, used) in sides.old.use_ids() {
        if sides.new.use_id(&used.said.id).is_none() {
            let says = whole(sides.old, id, ["Bortfalder", "Ends"]);
            section(sides.old, used, into).add(Turn::Narrower, "use-vanishes", says);
        }
    }
    for (id, used) in sides.new.use_ids() {
        match sides.old.use_id(&used.said.id).and_then(|before| sides.old.use_(before)) {
            Some(before) => one(sides, [before, used], into),
            None => {
                let says = whole(sides.new, id, ["Nyt", "New"]);
                section(sides.new, used, into).add(Turn::Wider, "use-appears", says);
            }
        }
    }
    authorisations(sides, into);
}

fn section<'a>(policy: &Policy, used: &'a Use, into: &'a mut Vec<Effect>) -> Section<'a> {
    let of = used.of.iter().map(|scope| policy.register_name(scope.register).to_owned());
    Section { said: &used.said, registers: of.collect(), into }
}

fn whole(policy: &Policy, id: UseId, begin: [&str; 2]) -> Bilingual {
    each(|lang| format!("{}: {}", say(lang, begin[0], begin[1]), use_sentence(policy, id, lang)))
}

fn one(sides: Sides<'_>, uses: [&Use; 2], into: &mut Vec<Effect>) {
    let Sides { old, new } = sides;
    let [before, after] = uses;
    let mut section = section(new, after, into);
    section.sets(
        ["roles-added", "roles-removed"],
        [&who(old, &before.who), &who(new, &after.who)],
        [
            &|names| {
                each(|lang| format!("{}: {}", say(lang, "Også for", "Also for"), roles(new, names, lang)))
            },
            &|names| {
                each(|lang| {
                    format!("{}: {}", say(lang, "Ikke mere for", "No longer for"), roles(old, names, lang))
                })
            },
        ],
    );
    verbs(uses, &mut section);
    scopes(sides, uses, &mut section);
    condition([&before.when, &after.when], &mut section);
    log(sides, uses, &mut section);
    if before.purpose != after.purpose {
        let says = each(|lang| {
            format!(
                "{}: {} → {}",
                say(lang, "Andet formål", "Other purpose"),
                purpose(old, &before.purpose, lang),
                purpose(new, &after.purpose, lang)
            )
        });
        section.add(Turn::Wider, "purpose-changed", says);
    }
    match (before.step_up, after.step_up) {
        (true, false) => section.add(
            Turn::Wider,
            "step-up-dropped",
            both("Et nyt login kræves ikke mere", "A fresh login is no longer asked for"),
        ),
        (false, true) => section.add(
            Turn::Narrower,
            "step-up-added",
            both("Et nyt login kræves", "A fresh login is asked for"),
        ),
        (true, true) | (false, false) => {}
    }
    let raises = |used: &Use| used.raises.iter().cloned().collect::<BTreeSet<_>>();
    section.sets(
        ["events-added", "events-removed"],
        [&raises(before), &raises(after)],
        [
            &|names| {
                let names = names.join(", ");
                both(
                    format!("Kan også melde hændelser, som frister tælles fra: {names}"),
                    format!("May also record events from which periods are counted: {names}"),
                )
            },
            &|names| {
                let names = names.join(", ");
                both(format!("Kan ikke mere melde: {names}"), format!("May no longer record: {names}"))
            },
        ],
    );
}

/// Every role that reaches one of these, by name: a doctor is a health professional.
pub(super) fn who(policy: &Policy, named: &[RoleId]) -> BTreeSet<String> {
    let reaches = |of: &&crate::policy::Role| of.is.iter().any(|role| named.contains(role));
    let reached = policy.roles.iter().filter(reaches).map(|role| role.said.id.clone());
    reached.chain(named.iter().map(|id| policy.role_name(*id).to_owned())).collect()
}

fn verbs(uses: [&Use; 2], section: &mut Section<'_>) {
    let [before, after] = uses.map(|used| &used.may);
    let words = |of: &[crate::decide::Verb], lang: Lang| {
        of.iter().map(|verb| verb_words(*verb, lang)).collect::<Vec<_>>().join(", ")
    };
    let more: Vec<_> = after.iter().filter(|verb| !before.contains(verb)).copied().collect();
    let less: Vec<_> = before.iter().filter(|verb| !after.contains(verb)).copied().collect();
    if !more.is_empty() {
        let says = each(|lang| format!("{}: {}", say(lang, "Må også", "May also"), words(&more, lang)));
        section.add(Turn::Wider, "verbs-added", says);
    }
    if !less.is_empty() {
        let says =
            each(|lang| format!("{}: {}", say(lang, "Må ikke mere", "May no longer"), words(&less, lang)));
        section.add(Turn::Narrower, "verbs-removed", says);
    }
}

/// Registers and fields, of ordinary records and of those that the person has marked private.
fn scopes(sides: Sides<'_>, uses: [&Use; 2], section: &mut Section<'_>) {
    let Sides { old, new } = sides;
    let [before, after] = uses;
    let names = |policy: &Policy, used: &Use| -> BTreeSet<String> {
        used.of.iter().map(|scope| policy.register_name(scope.register).to_owned()).collect()
    };
    let (registers_before, registers_after) = (names(old, before), names(new, after));
    section.sets(
        ["registers-added", "registers-removed"],
        [&registers_before, &registers_after],
        [
            &|names| {
                each(|lang| {
                    format!(
                        "{}: {}",
                        say(lang, "Også i", "Also of"),
                        joined(names, |it| register(new, it, lang))
                    )
                })
            },
            &|names| {
                each(|lang| {
                    format!(
                        "{}: {}",
                        say(lang, "Ikke mere i", "No longer of"),
                        joined(names, |it| register(old, it, lang))
                    )
                })
            },
        ],
    );
    // The fields of a register that came or went as a whole are told with it.
    let both_have: BTreeSet<String> = registers_before.intersection(&registers_after).cloned().collect();
    let ordinary = |policy: &Policy, used: &Use| fields(policy, used, &both_have, |scope| scope.fields);
    section.fields(Sides { old, new }, [&ordinary(old, before), &ordinary(new, after)]);
    let private =
        |policy: &Policy, used: &Use| fields(policy, used, &both_have, |scope| scope.private_fields);
    section.sets(
        ["private-fields-added", "private-fields-removed"],
        [&private(old, before), &private(new, after)],
        [
            &|names| {
                let words = |lang| joined(names, |it| field(new, it, lang));
                both(
                    format!("Også af det, som personen har gjort privat: {}", words(Lang::Da)),
                    format!("Also of what the person has marked private: {}", words(Lang::En)),
                )
            },
            &|names| {
                let words = |lang| joined(names, |it| field(old, it, lang));
                both(
                    format!("Ikke mere af det, som personen har gjort privat: {}", words(Lang::Da)),
                    format!("No longer of what the person has marked private: {}", words(Lang::En)),
                )
            },
        ],
    );
}

fn fields(
    policy: &Policy,
    used: &Use,
    registers: &BTreeSet<String>,
    mask: impl Fn(&crate::policy::Scope) -> FieldMask,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for scope in used.of.iter().filter(|scope| registers.contains(policy.register_name(scope.register))) {
        let all = all_fields(policy, scope.register);
        found.extend(mask(scope).iter().filter_map(|id| all.get(usize::from(id.0)).cloned()));
    }
    found
}

/// How a condition compares with another, over every way in which facts can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// They hold in the same cases.
    Same,
    /// The new one holds in more.
    Weaker,
    /// The new one holds in fewer.
    Stronger,
    /// Some cases come and some go.
    Crossed,
}

pub(super) fn sense(old: &Condition, new: &Condition) -> Sense {
    let named: Vec<Fact> = Fact::ALL
        .into_iter()
        .filter(|fact| old.facts().contains(fact) || new.facts().contains(fact))
        .collect();
    let (mut more, mut fewer) = (false, false);
    for case in 0u32..1 << named.len() {
        let facts = named
            .iter()
            .enumerate()
            .fold(Facts::default(), |facts, (position, fact)| facts.with(*fact, case & (1 << position) != 0));
        match (old.holds(facts) == Some(true), new.holds(facts) == Some(true)) {
            (false, true) => more = true,
            (true, false) => fewer = true,
            (true, true) | (false, false) => {}
        }
    }
    match (more, fewer) {
        (false, false) => Sense::Same,
        (true, false) => Sense::Weaker,
        (false, true) => Sense::Stronger,
        (true, true) => Sense::Crossed,
    }
}

fn condition(conditions: [&Condition; 2], section: &mut Section<'_>) {
    let [old, new] = conditions;
    let words = |condition: &Condition, lang: Lang| {
        condition_words(condition, lang)
            .unwrap_or_else(|| say(lang, "altid, uden betingelse", "always, without a condition").to_owned())
    };
    let says = |begin: [&str; 2]| {
        each(|lang| {
            format!("{}: «{}» → «{}»", say(lang, begin[0], begin[1]), words(old, lang), words(new, lang))
        })
    };
    match sense(old, new) {
        Sense::Same => {}
        Sense::Weaker => {
            section.add(Turn::Wider, "condition-weaker", says(["Svagere betingelse", "Weaker condition"]));
        }
        Sense::Stronger => {
            section.add(
                Turn::Narrower,
                "condition-stronger",
                says(["Strengere betingelse", "Stricter condition"]),
            );
        }
        Sense::Crossed => section.add(
            Turn::Wider,
            "condition-changed",
            says([
                "Anden betingelse, som åbner i nogle tilfælde og lukker i andre",
                "Another condition, which opens in some cases and closes in others",
            ]),
        ),
    }
}

fn log(sides: Sides<'_>, uses: [&Use; 2], section: &mut Section<'_>) {
    let [before, after] = uses;
    let name = |policy: &Policy, used: &Use| used.log.map(|id| policy.register_name(id).to_owned());
    match (name(sides.old, before), name(sides.new, after)) {
        (Some(_), None) => section.add(
            Turn::Wider,
            "log-gone",
            both("Efterlader ikke mere spor i loggen", "Leaves no trace in the log any more"),
        ),
        (None, Some(_)) => section.add(
            Turn::Narrower,
            "log-added",
            both("Efterlader spor i loggen", "Leaves a trace in the log"),
        ),
        (Some(old), Some(new)) if old != new => section.add(
            Turn::Other,
            "log-changed",
            both(
                format!("Sporet står i {new} i stedet for {old}"),
                format!("The trace stands in {new} in place of {old}"),
            ),
        ),
        (Some(_), Some(_)) | (None, None) => {}
    }
}

/// Roles that must no longer be confirmed by the authorisation register, or must now.
fn authorisations(sides: Sides<'_>, into: &mut Vec<Effect>) {
    for role in &sides.new.roles {
        let before = sides.old.role_id(&role.said.id).and_then(|id| sides.old.role(id));
        let Some(before) = before else { continue };
        let mut section = Section { said: &role.said, registers: Vec::new(), into: &mut *into };
        match (before.needs_authorisation, role.needs_authorisation) {
            (true, false) => section.add(
                Turn::Wider,
                "authorisation-dropped",
                both("Autorisationen slås ikke mere op", "The authorisation is no longer looked up"),
            ),
            (false, true) => section.add(
                Turn::Narrower,
                "authorisation-added",
                both("Autorisationen slås op hver gang", "The authorisation is looked up each time"),
            ),
            (true, true) | (false, false) => {}
        }
    }
}
