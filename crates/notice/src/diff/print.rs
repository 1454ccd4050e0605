//! The effect of a change as a careful colleague would tell it: what matters most first, and why.

use super::words::say;
use super::{ClockMove, Diff, Move, Turn};
use crate::text::Lang;

pub(super) fn text(diff: &Diff, lang: Lang) -> String {
    if diff.is_empty() {
        return say(
            lang,
            "Ændringen har ingen virkning: ingen må mere eller mindre, og ingen dato flytter sig.\n",
            "The change has no effect: nobody may do more or less, and no date moves.\n",
        )
        .to_owned();
    }
    let mut text = String::new();
    for turn in Turn::ALL {
        effects(diff, turn, lang, &mut text);
        if turn == Turn::Wider {
            clocks(diff, lang, &mut text);
        }
    }
    rules(diff, lang, &mut text);
    inform(diff, lang, &mut text);
    next(diff, lang, &mut text);
    text
}

fn heading(text: &mut String, words: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(words);
    text.push('\n');
}

fn effects(diff: &Diff, turn: Turn, lang: Lang, text: &mut String) {
    if diff.of(turn).next().is_none() {
        return;
    }
    heading(
        text,
        match turn {
            Turn::Wider => say(
                lang,
                "Udvidelser: der gøres mere med oplysningerne, eller personen kan regne med mindre",
                "Widening: more is done with the data, or the person can count on less",
            ),
            Turn::Other => say(lang, "Andre ændringer", "Other changes"),
            Turn::Narrower => say(
                lang,
                "Indskrænkninger: der gøres mindre, eller personen kan regne med mere",
                "Narrowing: less is done, or the person can count on more",
            ),
        },
    );
    let mut last = None;
    for effect in diff.of(turn) {
        if last != Some(&effect.id) {
            text.push_str(&format!("- {} ({}, {})\n", effect.title.get(lang), effect.id, effect.file));
            last = Some(&effect.id);
        }
        text.push_str(&format!("    {}\n", effect.says.get(lang)));
    }
}

fn clocks(diff: &Diff, lang: Lang, text: &mut String) {
    if diff.clocks.is_empty() {
        return;
    }
    heading(text, say(lang, "Frister, der flytter sig", "Periods that move"));
    for clock in &diff.clocks {
        clock_lines(clock, lang, text);
    }
}

fn clock_lines(clock: &ClockMove, lang: Lang, text: &mut String) {
    let word = match clock.moves {
        Move::Sooner => say(lang, "tidligere", "sooner"),
        Move::Both => say(lang, "både tidligere og senere", "both sooner and later"),
        Move::Unclear => say(lang, "ændret; se efter selv", "changed; look for yourself"),
        Move::Later => say(lang, "senere", "later"),
    };
    text.push_str(&format!("- {} ({}): {word}\n", clock.title.get(lang), clock.id));
    text.push_str(&format!("    {}: {}\n", say(lang, "før", "before"), clock.old));
    text.push_str(&format!("    {}: {}\n", say(lang, "nu", "now"), clock.new));
    let never = say(lang, "ikke af sig selv", "not by itself");
    for example in &clock.examples {
        let day =
            |date: Option<jiff::civil::Date>| date.map_or_else(|| never.to_owned(), |it| it.to_string());
        let (old, new) = (day(example.old), day(example.new));
        let happened = example.happened.get(lang);
        text.push_str(&format!("    {} {happened}: {old} → {new}\n", say(lang, "fx", "e.g.")));
    }
}

fn rules(diff: &Diff, lang: Lang, text: &mut String) {
    let list = |all: &[super::RuleMove]| {
        all.iter().map(|it| format!("- {} ({})\n", it.rule, it.sections.join(", "))).collect::<String>()
    };
    if !diff.lost.is_empty() {
        heading(text, say(lang, "Løfter, som ikke mere siges", "Promises that are stated no longer"));
        text.push_str(&list(&diff.lost));
    }
    if !diff.gained.is_empty() {
        heading(text, say(lang, "Løfter, som siges nu", "Promises that are stated now"));
        text.push_str(&list(&diff.gained));
    }
}

fn inform(diff: &Diff, lang: Lang, text: &mut String) {
    if diff.inform.is_empty() {
        return;
    }
    heading(
        text,
        say(lang, "Skal have besked, før ændringen virker", "To be informed before the change takes effect"),
    );
    for one in &diff.inform {
        text.push_str(&format!("- {}\n", one.line(lang)));
    }
}

fn next(diff: &Diff, lang: Lang, text: &mut String) {
    if diff.shortens_a_clock() {
        heading(
            text,
            say(
                lang,
                "En frist bliver kortere: ændringen virker tidligst syv dage efter den anden underskrift.",
                "A period becomes shorter: the change takes effect seven days after the second signature at the earliest.",
            ),
        );
    }
}
