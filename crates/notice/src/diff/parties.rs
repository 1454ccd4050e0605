//! Disclosures, transfers, and the parties behind them.

use std::collections::BTreeSet;

use super::words::{all_fields, both, each, joined, party, purpose, register, say};
use super::{Effect, Section, Sides, Turn};
use crate::policy::{Party, Policy, Share};
use crate::render::words::{country_words, shared_fields};
use crate::text::{Bilingual, Lang};

pub(super) fn compare(sides: Sides<'_>, into: &mut Vec<Effect>) {
    shares(sides, into);
    for before in &sides.old.parties {
        if sides.new.party(&before.said.id).is_none() {
            let turn = if processes(before) { Turn::Narrower } else { Turn::Other };
            section(before, into).add(turn, "party-vanishes", both("Bortfalder", "Ends"));
        }
    }
    for now in &sides.new.parties {
        match sides.old.party(&now.said.id) {
            Some(before) => one(before, now, into),
            None => {
                let turn = if processes(now) { Turn::Wider } else { Turn::Other };
                let says = each(|lang| {
                    let new = say(lang, "Ny part i", "New party in");
                    format!("{new} {}: {}", country_words(&now.country, lang), now.kinds.join(", "))
                });
                section(now, into).add(turn, "party-appears", says);
            }
        }
    }
}

fn section<'a>(party: &'a Party, into: &'a mut Vec<Effect>) -> Section<'a> {
    Section { said: &party.said, registers: Vec::new(), into }
}

/// Whether it holds data: for itself, with another, or for another.
fn processes(party: &Party) -> bool {
    party.kinds.iter().any(|kind| kind.contains("processor") || kind.contains("controller"))
}

fn one(before: &Party, now: &Party, into: &mut Vec<Effect>) {
    let mut section = section(now, into);
    let kinds = |party: &Party| party.kinds.iter().cloned().collect::<BTreeSet<_>>();
    section.sets(
        ["kinds-added", "kinds-removed"],
        [&kinds(before), &kinds(now)],
        [
            &|names| {
                both(
                    format!("Er nu også: {}", names.join(", ")),
                    format!("Is now also: {}", names.join(", ")),
                )
            },
            &|names| {
                both(
                    format!("Er ikke mere: {}", names.join(", ")),
                    format!("Is no longer: {}", names.join(", ")),
                )
            },
        ],
    );
    if before.country != now.country {
        let says = each(|lang| {
            format!(
                "{}: {} → {}",
                say(lang, "Andet land", "Other country"),
                country_words(&before.country, lang),
                country_words(&now.country, lang)
            )
        });
        section.add(Turn::Wider, "country-changed", says);
    }
    let works_for = |party: &Party| party.works_for.iter().cloned().collect::<BTreeSet<_>>();
    if works_for(before) != works_for(now) {
        let all = |party: &Party, lang| {
            if party.works_for.is_empty() {
                say(lang, "alle", "all").to_owned()
            } else {
                party.works_for.join(", ")
            }
        };
        let says = each(|lang| {
            format!("{}: {} → {}", say(lang, "Arbejder for", "Works for"), all(before, lang), all(now, lang))
        });
        let more = now.works_for.is_empty() || now.works_for.iter().any(|it| !before.works_for.contains(it));
        let turn = if more && !before.works_for.is_empty() { Turn::Wider } else { Turn::Narrower };
        section.add(turn, "works-for-changed", says);
    }
    let lost = |old: bool, new: bool| old && !new;
    if lost(before.agreement.is_some(), now.agreement.is_some()) {
        let says =
            both("Databehandleraftalen nævnes ikke mere", "The processing agreement is no longer named");
        section.add(Turn::Wider, "agreement-gone", says);
    } else if before.agreement != now.agreement {
        let says = both("En anden databehandleraftale", "Another processing agreement");
        section.add(Turn::Other, "agreement-changed", says);
    }
    instrument([&before.instrument, &now.instrument], &mut section);
    if before.contact != now.contact || before.officer != now.officer {
        let says = both("Andre kontaktoplysninger", "Other ways of contact");
        section.add(Turn::Other, "contact-changed", says);
    }
}

fn instrument(instruments: [&Option<String>; 2], section: &mut Section<'_>) {
    match instruments {
        [Some(old), None] => section.add(
            Turn::Wider,
            "instrument-gone",
            both(
                format!("Overførselsgrundlaget {old} nævnes ikke mere"),
                format!("The transfer instrument {old} is no longer named"),
            ),
        ),
        [old, Some(new)] if old.as_ref() != Some(new) => section.add(
            Turn::Other,
            "instrument-changed",
            both(format!("Overførselsgrundlag: {new}"), format!("Transfer instrument: {new}")),
        ),
        [_, Some(_)] | [None, None] => {}
    }
}

fn shares(sides: Sides<'_>, into: &mut Vec<Effect>) {
    let find = |policy: &'_ Policy, id: &str| policy.shares.iter().position(|share| share.said.id == id);
    for share in &sides.old.shares {
        if find(sides.new, &share.said.id).is_none() {
            let says = whole(sides.old, share, ["Videregives ikke mere", "No longer passed on"]);
            share_section(sides.old, share, into).add(Turn::Narrower, "share-vanishes", says);
        }
    }
    for share in &sides.new.shares {
        match find(sides.old, &share.said.id).and_then(|at| sides.old.shares.get(at)) {
            Some(before) => one_share(sides, [before, share], into),
            None => {
                let says = whole(sides.new, share, ["Videregives nu", "Passed on now"]);
                share_section(sides.new, share, into).add(Turn::Wider, "share-appears", says);
            }
        }
    }
}

fn share_section<'a>(policy: &Policy, share: &'a Share, into: &'a mut Vec<Effect>) -> Section<'a> {
    let of = share.of.iter().map(|id| policy.register_name(*id).to_owned()).collect();
    Section { said: &share.said, registers: of, into }
}

fn whole(policy: &Policy, share: &Share, begin: [&str; 2]) -> Bilingual {
    each(|lang| {
        let of = share.of.iter().filter_map(|id| policy.register(*id));
        let of: Vec<_> = of.map(|register| shared_fields(share, register, lang)).collect();
        let to = party(policy, &share.to, lang);
        let land =
            policy.party(&share.to).map_or_else(String::new, |party| country_words(&party.country, lang));
        let word = say(lang, "til", "to");
        format!("{}: {} {word} {to} ({land})", say(lang, begin[0], begin[1]), of.join(", "))
    })
}

fn one_share(sides: Sides<'_>, shares: [&Share; 2], into: &mut Vec<Effect>) {
    let Sides { old, new } = sides;
    let [before, now] = shares;
    let mut section = share_section(new, now, into);
    if before.to != now.to {
        let says = each(|lang| {
            let word = say(lang, "Anden modtager", "Other recipient");
            format!("{word}: {} → {}", party(old, &before.to, lang), party(new, &now.to, lang))
        });
        section.add(Turn::Wider, "recipient-changed", says);
    }
    if before.purpose != now.purpose {
        let says = each(|lang| {
            let word = say(lang, "Andet formål", "Other purpose");
            format!("{word}: {} → {}", purpose(old, &before.purpose, lang), purpose(new, &now.purpose, lang))
        });
        section.add(Turn::Wider, "purpose-changed", says);
    }
    let registers = |policy: &Policy, share: &Share| -> BTreeSet<String> {
        share.of.iter().map(|id| policy.register_name(*id).to_owned()).collect()
    };
    section.sets(
        ["registers-added", "registers-removed"],
        [&registers(old, before), &registers(new, now)],
        [
            &|names| {
                each(|lang| {
                    format!(
                        "{}: {}",
                        say(lang, "Også fra", "Also from"),
                        joined(names, |it| register(new, it, lang))
                    )
                })
            },
            &|names| {
                each(|lang| {
                    format!(
                        "{}: {}",
                        say(lang, "Ikke mere fra", "No longer from"),
                        joined(names, |it| register(old, it, lang))
                    )
                })
            },
        ],
    );
    section.fields(Sides { old, new }, [&fields(old, before), &fields(new, now)]);
    share_condition(before, now, &mut section);
    instrument([&before.instrument, &now.instrument], &mut section);
}

fn share_condition(before: &Share, now: &Share, section: &mut Section<'_>) {
    match (&before.condition, &now.condition) {
        (Some(old), None) => section.add(
            Turn::Wider,
            "condition-gone",
            both(format!("Uden betingelsen «{}»", old.da), format!("Without the condition «{}»", old.en)),
        ),
        (None, Some(new)) => section.add(
            Turn::Narrower,
            "condition-added",
            both(format!("Kun «{}»", new.get(Lang::Da)), format!("Only «{}»", new.get(Lang::En))),
        ),
        (Some(old), Some(new)) if old != new => section.add(
            Turn::Other,
            "condition-changed",
            both(
                format!("Anden betingelse: «{}» → «{}»", old.da, new.da),
                format!("Another condition: «{}» → «{}»", old.en, new.en),
            ),
        ),
        (Some(_), Some(_)) | (None, None) => {}
    }
}

/// The fields that go, by full name; those named without their notice are completed.
fn fields(policy: &Policy, share: &Share) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for id in &share.of {
        let own = policy.register_name(*id).rsplit('.').next().unwrap_or_default().to_owned();
        let all = all_fields(policy, *id);
        let named = |full: &String| {
            let name = full.rsplit('.').next().unwrap_or_default();
            share.fields.iter().any(|field| field == full || *field == format!("{own}.{name}"))
        };
        let some = all.iter().any(named);
        found.extend(all.into_iter().filter(|full| !some || named(full)));
    }
    found
}
