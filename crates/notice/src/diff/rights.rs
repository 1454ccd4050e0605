//! Rights whose promise changes, measures, notices as a whole, and what only reads differently.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{both, each, party, say};
use super::{Effect, Section, Sides, Turn};
use crate::clock::Duration;
use crate::policy::{Notice, Policy, Right, Said};
use crate::render::words::duration;
use crate::text::Lang;

pub(super) fn compare(sides: Sides<'_>, into: &mut Vec<Effect>) {
    come_and_go(
        [
            sides.old.rights.iter().map(|it| &it.said).collect(),
            sides.new.rights.iter().map(|it| &it.said).collect(),
        ],
        ["right-vanishes", "right-appears"],
        into,
    );
    for right in &sides.new.rights {
        if let Some(before) = sides.old.rights.iter().find(|it| it.said.id == right.said.id) {
            one(before, right, into);
        }
    }
    come_and_go(
        [
            sides.old.measures.iter().map(|it| &it.said).collect(),
            sides.new.measures.iter().map(|it| &it.said).collect(),
        ],
        ["measure-vanishes", "measure-appears"],
        into,
    );
    notices(sides, into);
    read_differently(sides, into);
}

/// What people can count on: less of it is told first.
fn come_and_go(sides: [Vec<&Said>; 2], changes: [&'static str; 2], into: &mut Vec<Effect>) {
    let [old, new] = sides;
    let [vanishes, appears] = changes;
    let is_in = |list: &[&Said], id: &str| list.iter().any(|said| said.id == id);
    for said in old.iter().filter(|said| !is_in(&new, &said.id)) {
        let mut section = Section { said, registers: Vec::new(), into: &mut *into };
        section.add(Turn::Wider, vanishes, both("Loves ikke mere", "Is no longer promised"));
    }
    for said in new.iter().filter(|said| !is_in(&old, &said.id)) {
        let mut section = Section { said, registers: Vec::new(), into: &mut *into };
        section.add(Turn::Narrower, appears, both("Loves nu", "Is promised now"));
    }
}

fn one(before: &Right, now: &Right, into: &mut Vec<Effect>) {
    let mut section = Section { said: &now.said, registers: Vec::new(), into };
    if before.promise != now.promise {
        let days = |promise: Option<Duration>| promise.unwrap_or(Duration::MONTH).days_at_most();
        let words = |promise: Option<Duration>, lang: Lang| {
            promise.map_or_else(
                || say(lang, "lovens frist", "the time limit of the law").to_owned(),
                |length| duration(length, lang),
            )
        };
        let says = each(|lang| {
            let word = say(lang, "Svar inden", "Answer within");
            format!("{word}: {} → {}", words(before.promise, lang), words(now.promise, lang))
        });
        let turn = match days(now.promise).cmp(&days(before.promise)) {
            std::cmp::Ordering::Greater => Turn::Wider,
            std::cmp::Ordering::Equal => Turn::Other,
            std::cmp::Ordering::Less => Turn::Narrower,
        };
        section.add(turn, "promise-changed", says);
    }
    let limits = |right: &Right| -> BTreeSet<String> {
        right.limits.iter().map(|(text, law)| format!("{} ({law})", text.get(Lang::En))).collect()
    };
    section.sets(
        ["limits-added", "limits-removed"],
        [&limits(before), &limits(now)],
        [
            &|names| {
                both(
                    format!("Begrænses også: {}", names.join("; ")),
                    format!("Also limited: {}", names.join("; ")),
                )
            },
            &|names| {
                both(
                    format!("Begrænses ikke mere: {}", names.join("; ")),
                    format!("No longer limited: {}", names.join("; ")),
                )
            },
        ],
    );
    let fewer = before.channels.iter().filter(|way| !now.channels.contains(way)).count();
    let more = now.channels.iter().filter(|way| !before.channels.contains(way)).count();
    match (fewer, more) {
        (0, 0) => {}
        (0, _) => section.add(
            Turn::Narrower,
            "channels-added",
            both("Flere måder at bruge den på", "More ways to use it"),
        ),
        (_, 0) => section.add(
            Turn::Wider,
            "channels-removed",
            both("Færre måder at bruge den på", "Fewer ways to use it"),
        ),
        (_, _) => section.add(
            Turn::Other,
            "channels-changed",
            both("Andre måder at bruge den på", "Other ways to use it"),
        ),
    }
    if before.article != now.article {
        let says = both(format!("Hviler nu på {}", now.article), format!("Now rests on {}", now.article));
        section.add(Turn::Other, "article-changed", says);
    }
}

fn notices(sides: Sides<'_>, into: &mut Vec<Effect>) {
    let find = |policy: &'_ Policy, id: &str| policy.notice_id(id).map(crate::policy::NoticeId::index);
    for notice in &sides.old.notices {
        if find(sides.new, &notice.said.id).is_none() {
            let mut section = Section { said: &notice.said, registers: Vec::new(), into: &mut *into };
            section.add(Turn::Narrower, "notice-vanishes", both("Bortfalder", "Ends"));
        }
    }
    for notice in &sides.new.notices {
        match find(sides.old, &notice.said.id).and_then(|at| sides.old.notices.get(at)) {
            Some(before) => one_notice(sides, [before, notice], into),
            None => {
                let mut section = Section { said: &notice.said, registers: Vec::new(), into: &mut *into };
                section.add(Turn::Wider, "notice-appears", both("Ny", "New"));
            }
        }
    }
}

fn one_notice(sides: Sides<'_>, notices: [&Notice; 2], into: &mut Vec<Effect>) {
    let [before, now] = notices;
    let mut section = Section { said: &now.said, registers: Vec::new(), into };
    if before.controller != now.controller {
        let says = each(|lang| {
            let word = say(lang, "Anden dataansvarlig", "Another controller");
            format!(
                "{word}: {} → {}",
                party(sides.old, &before.controller, lang),
                party(sides.new, &now.controller, lang)
            )
        });
        section.add(Turn::Wider, "controller-changed", says);
    }
    let joint = |notice: &Notice| notice.joint.iter().cloned().collect::<BTreeSet<_>>();
    section.sets(
        ["joint-added", "joint-removed"],
        [&joint(before), &joint(now)],
        [
            &|names| {
                both(
                    format!("Fælles dataansvarlig: {}", names.join(", ")),
                    format!("Joint controller: {}", names.join(", ")),
                )
            },
            &|names| {
                both(
                    format!("Ikke mere fælles dataansvarlig: {}", names.join(", ")),
                    format!("No longer joint controller: {}", names.join(", ")),
                )
            },
        ],
    );
    match (&before.automated, &now.automated) {
        (None, Some(_)) => section.add(
            Turn::Wider,
            "automated-decisions",
            both("Et system afgør alene (artikel 22)", "A system decides alone (article 22)"),
        ),
        (Some(_), None) => section.add(
            Turn::Narrower,
            "no-automated-decisions",
            both("Intet system afgør mere alene", "No system decides alone any more"),
        ),
        (Some(then), Some(now)) if then != now => section.add(
            Turn::Other,
            "automated-decisions-changed",
            both("Et system afgør noget andet alene", "A system decides something else alone"),
        ),
        (Some(_), Some(_)) | (None, None) => {}
    }
    if before.arrangement != now.arrangement {
        section.add(
            Turn::Other,
            "arrangement-changed",
            both(
                "Anden ordning mellem de fælles dataansvarlige",
                "Another arrangement between the joint controllers",
            ),
        );
    }
    if before.laws != now.laws {
        let laws = if now.laws.is_empty() { "–".to_owned() } else { now.laws.join(", ") };
        section.add(
            Turn::Other,
            "laws-changed",
            both(format!("Hviler på: {laws}"), format!("Rests on: {laws}")),
        );
    }
    if before.valid != now.valid {
        let date = |day: Option<jiff::civil::Date>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
        let says = both(
            format!("Gælder {} – {}", date(now.valid.from), date(now.valid.until)),
            format!("In force {} – {}", date(now.valid.from), date(now.valid.until)),
        );
        section.add(Turn::Other, "validity-changed", says);
    }
}

/// Sections in both that are told in other words.
fn read_differently(sides: Sides<'_>, into: &mut Vec<Effect>) {
    let before: BTreeMap<(usize, &str), &Said> =
        told(sides.old).into_iter().map(|(kind, said)| ((kind, said.id.as_str()), said)).collect();
    for (kind, said) in told(sides.new) {
        let Some(then) = before.get(&(kind, said.id.as_str())) else { continue };
        if then.title != said.title || then.says != said.says || then.unstated != said.unstated {
            let mut section = Section { said, registers: Vec::new(), into: &mut *into };
            section.add(
                Turn::Other,
                "words-changed",
                both("Beskrives med andre ord", "Is told in other words"),
            );
        }
    }
}

/// Everything that is said, with a number for its kind: a register and its clock may bear one name.
fn told(policy: &Policy) -> Vec<(usize, &Said)> {
    let kinds: [Vec<&Said>; 9] = [
        policy.parties.iter().map(|it| &it.said).collect(),
        policy.notices.iter().map(|it| &it.said).collect(),
        policy.purposes.iter().map(|it| &it.said).collect(),
        policy.registers.iter().map(|it| &it.said).collect(),
        policy.uses.iter().map(|it| &it.said).collect(),
        policy.shares.iter().map(|it| &it.said).collect(),
        policy.rights.iter().map(|it| &it.said).collect(),
        policy.measures.iter().map(|it| &it.said).collect(),
        policy.events.iter().map(|it| &it.said).chain(policy.flags.iter().map(|it| &it.said)).collect(),
    ];
    kinds
        .into_iter()
        .enumerate()
        .flat_map(|(kind, all)| all.into_iter().map(move |said| (kind, said)))
        .collect()
}
