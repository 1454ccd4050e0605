//! A retention rule as a sentence: `slettes 2 år efter, at recepten er udstedt`.

use super::{duration, event, list, plain, say};
use crate::clock::{Arg, Cond, Mode, Need, Pick, Plus, Rule, Stage, Verb, When};
use crate::policy::Policy;
use crate::text::Lang;

/// The rule in words, without a subject and without a full stop.
#[must_use]
pub fn clock_words(policy: &Policy, rule: &Rule, lang: Lang) -> String {
    let teller = Teller { policy, lang };
    let stages: Vec<_> = rule.stages.iter().map(|stage| teller.stage(stage)).collect();
    stages.join(say(lang, "; derefter: ", "; then: "))
}

struct Teller<'a> {
    policy: &'a Policy,
    lang: Lang,
}

impl Teller<'_> {
    const fn say<'a>(&self, da: &'a str, en: &'a str) -> &'a str {
        say(self.lang, da, en)
    }

    fn stage(&self, stage: &Stage) -> String {
        format!("{}{}", self.verb(stage), self.rest(stage))
    }

    /// What follows the verb: the date, and the conditions.
    fn rest(&self, stage: &Stage) -> String {
        let mut text = self.date(stage);
        if let Some(only) = &stage.only {
            text.push_str(self.say(", hvis ", ", if "));
            text.push_str(&self.cond(&only.cond));
        }
        if let Some(other) = stage.otherwise() {
            if other.verb == stage.verb && other.target == stage.target {
                text.push_str(self.say(", og ellers", ", and otherwise"));
                text.push_str(&self.rest(other));
            } else {
                text.push_str(self.say("; hvis ikke: ", "; if not: "));
                text.push_str(&self.stage(other));
            }
        }
        if let Some(cond) = &stage.unless {
            text.push_str(self.say(", medmindre ", ", unless "));
            text.push_str(&self.cond(cond));
        }
        text
    }

    fn verb(&self, stage: &Stage) -> String {
        let word = match stage.verb {
            Verb::Erase => self.say("slettes", "erased"),
            Verb::Block => self.say("blokeres", "blocked"),
            Verb::Archive => self.say("afleveres", "handed over"),
            Verb::Anonymise => self.say("gøres anonymt", "made anonymous"),
            Verb::Move => self.say("flyttes", "moved"),
            Verb::Review => self.say("gennemgås", "reviewed"),
            Verb::Destroy => self.say("destrueres", "destroyed"),
        };
        match &stage.target {
            Some(target) => format!("{word} {} {}", self.say("til", "to"), self.target(target)),
            None => word.to_owned(),
        }
    }

    fn target(&self, name: &str) -> String {
        match name {
            "rigsarkivet" => self.say("Rigsarkivet", "the National Archives").to_owned(),
            "personnel-file" => self.say("personalesagen", "the personnel file").to_owned(),
            other => plain(other),
        }
    }

    /// The date with the space or comma before it.
    fn date(&self, stage: &Stage) -> String {
        let when = self.joint(&self.when(&stage.when));
        match stage.mode {
            Mode::At => when,
            Mode::By => format!("{}{when}", self.say(" senest", " at the latest")),
            Mode::From => format!(
                "{}{when}{}",
                self.say(" tidligst", " at the earliest"),
                self.say(
                    ", og kun når en medarbejder har besluttet det",
                    ", and only when a member of staff has decided so"
                ),
            ),
        }
    }

    /// A Danish clause takes a comma before it.
    fn joint(&self, when: &str) -> String {
        let comma = if self.lang == Lang::Da && when.starts_with("når ") { "," } else { "" };
        format!("{comma} {when}")
    }

    /// A date that stands alone: `når aftalen er holdt`, `2 år efter, at aftalen er holdt`.
    fn when(&self, when: &When) -> String {
        match when {
            When::Earliest(all) => {
                let parts: Vec<_> = all.iter().map(|when| self.when(when)).collect();
                let parts = self.clauses(&parts, ("eller", "or"));
                format!("{parts}{}", self.say(", alt efter hvad der kommer først", ", whichever comes first"))
            }
            When::Latest(args) => self.latest(args),
            When::Inherit(_) => self
                .say("når det slettes dér, hvor det kommer fra", "when it is erased where it comes from")
                .to_owned(),
            When::After { pick, event, plus: None } => {
                format!("{} {}", self.say("når", "when"), self.happening(event, *pick))
            }
            When::After { pick, event, plus: Some(Plus::Duration(length)) } => {
                self.after(*length, event, *pick)
            }
            When::After { plus: Some(Plus::Quantity(_)), .. } => {
                format!("{} {}", self.say("når", "when"), self.limit(when))
            }
        }
    }

    /// A date that stands after *before*.
    fn limit(&self, when: &When) -> String {
        match when {
            When::After { pick, event, plus: None } => self.happening(event, *pick),
            When::After { pick, event, plus: Some(Plus::Quantity(name)) } => {
                let over = self.quantity_over(name);
                format!(
                    "{over}, {} {}",
                    self.say("regnet fra, at", "counted from when"),
                    self.happening(event, *pick)
                )
            }
            When::After { plus: Some(Plus::Duration(_)), .. }
            | When::Earliest(_)
            | When::Latest(_)
            | When::Inherit(_) => self.when(when),
        }
    }

    fn latest(&self, args: &[Arg]) -> String {
        let (must, may): (Vec<_>, Vec<_>) = args.iter().partition(|arg| arg.need == Need::Must);
        let firm: Vec<_> = must.iter().map(|arg| self.when(&arg.when)).collect();
        let mut text = self.clauses(&firm, ("og", "and"));
        if firm.len() > 1 {
            text.push_str(self.say(", alt efter hvad der kommer sidst", ", whichever comes last"));
        }
        let limits: Vec<_> = may.iter().map(|arg| self.limit(&arg.when)).collect();
        if limits.is_empty() {
            return text;
        }
        let limits = limits.join(self.say(", og ikke før ", ", and not before "));
        let but = if text.is_empty() {
            self.say("ikke før", "not before")
        } else {
            self.say(", dog ikke før", ", but not before")
        };
        format!("{text}{but} {limits}")
    }

    /// Clauses have commas of their own, so each but the first takes one before its *or*.
    fn clauses(&self, parts: &[String], last: (&'static str, &'static str)) -> String {
        match parts {
            [before @ .., end] if !before.is_empty() => {
                format!("{}, {} {end}", before.join(", "), self.say(last.0, last.1))
            }
            parts => parts.concat(),
        }
    }

    fn after(&self, length: crate::clock::Duration, event: &str, pick: Pick) -> String {
        let length = duration(length, self.lang);
        format!("{length} {} {}", self.say("efter, at", "after"), self.happening(event, pick))
    }

    fn happening(&self, name: &str, pick: Pick) -> String {
        let title = event(self.policy, name, self.lang);
        match pick {
            Pick::Unsaid => title,
            Pick::First => format!("{title} {}", self.say("første gang", "for the first time")),
            Pick::Last => format!("{title} {}", self.say("seneste gang", "the last time")),
        }
    }

    fn quantity_over(&self, name: &str) -> String {
        match name {
            "active-period" => self.say("behandlingen er forbi", "the treatment is over").to_owned(),
            other => format!("«{}» {}", plain(other), self.say("er gået", "has passed")),
        }
    }

    fn quantity(&self, name: &str) -> String {
        match name {
            "active-period" => self.say("behandlingen", "the treatment").to_owned(),
            other => format!("«{}»", plain(other)),
        }
    }

    fn flag(&self, name: &str) -> String {
        let found = self.policy.flag(name);
        found.map_or_else(|| format!("«{}»", plain(name)), |flag| flag.said.title.get(self.lang).to_owned())
    }

    fn cond(&self, cond: &Cond) -> String {
        match cond {
            Cond::Any(all) => list(self.lang, &self.conds(all), ("eller", "or")),
            Cond::All(all) => list(self.lang, &self.conds(all), ("og", "and")),
            Cond::Not(inner) => {
                format!("{} ({})", self.say("det ikke er sådan, at", "it is not so that"), self.cond(inner))
            }
            Cond::Flag(name) => self.flag(name),
            Cond::Happened(name) => event(self.policy, name, self.lang),
            Cond::Within(name, length) => {
                let event = event(self.policy, name, self.lang);
                format!(
                    "{event} {} {}",
                    self.say("inden for de seneste", "within the last"),
                    duration(*length, self.lang)
                )
            }
            Cond::Longer(name, length) => {
                let name = self.quantity(name);
                format!(
                    "{name} {} {}",
                    self.say("varer længere end", "lasts longer than"),
                    duration(*length, self.lang)
                )
            }
        }
    }

    fn conds(&self, all: &[Cond]) -> Vec<String> {
        all.iter().map(|cond| self.cond(cond)).collect()
    }
}
