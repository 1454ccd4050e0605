//! A change of the notices as its effect: what becomes possible, what ends, which dates move, whom to inform.
//!
//! Invariant: pure. Two compiled notices, the zone of the calendar and nothing else; no text of a file is compared.

mod clocks;
mod inform;
mod parties;
mod print;
mod registers;
mod rights;
mod rules;
mod uses;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::policy::{Policy, Said, Version};
use crate::text::{Bilingual, Lang};

pub use clocks::{ClockMove, Example, Move};
pub use inform::Inform;
pub use rules::RuleMove;

/// What a change means for the people whom the data is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// More is done with their data, or they can count on less.
    Wider,
    /// Neither more nor less, or not to be told from the notices.
    Other,
    /// Less is done with their data, or they can count on more.
    Narrower,
}

impl Turn {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 3] = [Self::Wider, Self::Other, Self::Narrower];

    /// The word for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Wider => "wider",
            Self::Other => "other",
            Self::Narrower => "narrower",
        }
    }
}

/// One thing that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// What it means for people.
    pub turn: Turn,
    /// What happened, for programs: `use-appears`, `roles-added`.
    pub change: &'static str,
    /// The full name of the section.
    pub id: String,
    /// Its title.
    pub title: Bilingual,
    /// What happened, as a sentence.
    pub says: Bilingual,
    /// The registers that it touches, by full name.
    pub registers: Vec<String>,
    /// The file in which the section stands.
    pub file: String,
}

/// The effect of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diff {
    /// The notices before.
    pub old: Version,
    /// The notices after.
    pub new: Version,
    /// What changes, widening first.
    pub effects: Vec<Effect>,
    /// Rules of retention that changed, those that end data sooner first.
    pub clocks: Vec<ClockMove>,
    /// Rules of the acceptance table that are stated no longer.
    pub lost: Vec<RuleMove>,
    /// Rules of the acceptance table that are stated now.
    pub gained: Vec<RuleMove>,
    /// Whom to inform before the change takes effect.
    pub inform: Vec<Inform>,
}

/// The effect of running `new` in place of `old`.
#[must_use]
pub fn diff(old: &Policy, new: &Policy, zone: &TimeZone) -> Diff {
    let sides = Sides { old, new };
    let mut effects = Vec::new();
    uses::compare(sides, &mut effects);
    parties::compare(sides, &mut effects);
    registers::compare(sides, &mut effects);
    rights::compare(sides, &mut effects);
    effects.sort_by(|a, b| (a.turn, &a.id, a.change).cmp(&(b.turn, &b.id, b.change)));
    let clocks = clocks::compare(sides, zone);
    let (lost, gained) = rules::compare(sides);
    let inform = inform::whom(new, &effects, &clocks);
    Diff { old: old.version, new: new.version, effects, clocks, lost, gained, inform }
}

impl Diff {
    /// Whether the change has no effect at all; the files may still differ in notes and order.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.effects.is_empty() && self.clocks.is_empty() && self.lost.is_empty() && self.gained.is_empty()
    }

    /// Whether some record may end sooner than before; a rule whose effect is unclear counts as one that may.
    #[must_use]
    pub fn shortens_a_clock(&self) -> bool {
        self.clocks.iter().any(|clock| match clock.moves {
            Move::Sooner | Move::Both | Move::Unclear => true,
            Move::Later => false,
        })
    }

    /// The effects of one kind.
    pub fn of(&self, turn: Turn) -> impl Iterator<Item = &Effect> {
        self.effects.iter().filter(move |effect| effect.turn == turn)
    }

    /// For people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        print::text(self, lang)
    }

    /// For programs, sentences in one language.
    #[must_use]
    pub fn json(&self, lang: Lang) -> Value {
        let effects: Vec<_> = self.effects.iter().map(|it| it.json(lang)).collect();
        let clocks: Vec<_> = self.clocks.iter().map(|it| it.json(lang)).collect();
        let rules = |list: &[RuleMove]| -> Vec<Value> { list.iter().map(RuleMove::json).collect() };
        let inform: Vec<_> = self.inform.iter().map(|it| it.json(lang)).collect();
        json!({
            "old": self.old.to_string(),
            "new": self.new.to_string(),
            "shortens_a_clock": self.shortens_a_clock(),
            "effects": effects,
            "clocks": clocks,
            "rules_lost": rules(&self.lost),
            "rules_gained": rules(&self.gained),
            "inform": inform,
        })
    }
}

impl Effect {
    fn json(&self, lang: Lang) -> Value {
        json!({
            "turn": self.turn.word(),
            "change": self.change,
            "id": self.id,
            "title": self.title.get(lang),
            "says": self.says.get(lang),
            "registers": self.registers,
            "file": self.file,
        })
    }
}

/// The notices before and after.
#[derive(Clone, Copy)]
struct Sides<'a> {
    old: &'a Policy,
    new: &'a Policy,
}

/// Where effects of one section are gathered.
struct Section<'a> {
    said: &'a Said,
    registers: Vec<String>,
    into: &'a mut Vec<Effect>,
}

impl Section<'_> {
    fn add(&mut self, turn: Turn, change: &'static str, says: Bilingual) {
        self.into.push(Effect {
            turn,
            change,
            id: self.said.id.clone(),
            title: self.said.title.clone(),
            says,
            registers: self.registers.clone(),
            file: self.said.place.file.to_string(),
        });
    }

    /// Tells what came and what went of a set of names; more of it is wider.
    fn sets(&mut self, changes: [&'static str; 2], sets: [&BTreeSet<String>; 2], says: [Saying; 2]) {
        let [old, new] = sets;
        let [added, gone] = changes;
        let [more, less] = says;
        let (came, went) = (minus(new, old), minus(old, new));
        if !came.is_empty() {
            self.add(Turn::Wider, added, more(&came));
        }
        if !went.is_empty() {
            self.add(Turn::Narrower, gone, less(&went));
        }
    }

    /// Tells which fields came and which went.
    fn fields(&mut self, Sides { old, new }: Sides<'_>, sets: [&BTreeSet<String>; 2]) {
        let told = |policy: &Policy, names: &[String], da: &str, en: &str| {
            let listed = |lang| words::joined(names, |it| words::field(policy, it, lang));
            words::each(|lang| format!("{}: {}", words::say(lang, da, en), listed(lang)))
        };
        let more = |names: &[String]| told(new, names, "Flere oplysninger", "More fields");
        let fewer = |names: &[String]| told(old, names, "Færre oplysninger", "Fewer fields");
        self.sets(["fields-added", "fields-removed"], sets, [&more, &fewer]);
    }
}

/// A sentence about names.
type Saying<'a> = &'a dyn Fn(&[String]) -> Bilingual;

/// What is in the first and not in the second.
fn minus(of: &BTreeSet<String>, without: &BTreeSet<String>) -> Vec<String> {
    of.difference(without).cloned().collect()
}
