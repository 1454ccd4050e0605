//! Whom to inform before a change takes effect: GDPR art. 13(3) and 14(4).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::words::{role, say};
use super::{ClockMove, Effect, Move, Turn};
use crate::policy::{FROM_SUBJECT, Policy};
use crate::text::{Bilingual, Lang};

/// The people of one register, and why they are to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inform {
    /// The register, by full name.
    pub register: String,
    /// Its title.
    pub title: Bilingual,
    /// Whom it is about.
    pub who: Vec<Bilingual>,
    /// `gdpr:13(3)` for data from the person, `gdpr:14(4)` for data from elsewhere, both where that is not stated.
    pub articles: Vec<&'static str>,
    /// The sections that are the reason.
    pub because: Vec<String>,
}

impl Inform {
    pub(super) fn json(&self, lang: Lang) -> Value {
        let who: Vec<_> = self.who.iter().map(|it| it.get(lang)).collect();
        json!({ "register": self.register, "title": self.title.get(lang), "who": who, "articles": self.articles, "because": self.because })
    }

    /// Whom, about what and why, in one line.
    #[must_use]
    pub fn line(&self, lang: Lang) -> String {
        let who: Vec<_> = self.who.iter().map(|it| it.get(lang)).collect();
        format!(
            "{} ({}), {}; {} {}",
            who.join(", "),
            self.title.get(lang),
            self.articles.join(", "),
            say(lang, "på grund af", "because of"),
            self.because.join(", ")
        )
    }
}

pub(super) fn whom(new: &Policy, effects: &[Effect], clocks: &[ClockMove]) -> Vec<Inform> {
    let mut because: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    // A register that nobody is in yet has nobody to be told: its people are told when their data is collected.
    let appears: BTreeSet<&str> =
        effects.iter().filter(|it| it.change == "register-appears").map(|it| it.id.as_str()).collect();
    for effect in effects.iter().filter(|effect| effect.turn == Turn::Wider) {
        for register in effect.registers.iter().filter(|name| !appears.contains(name.as_str())) {
            because.entry(register).or_default().insert(&effect.id);
        }
    }
    for clock in clocks {
        let grows = match clock.moves {
            Move::Later | Move::Both => true,
            Move::Sooner | Move::Unclear => false,
        };
        for register in clock.registers.iter().filter(|_| grows) {
            because.entry(register).or_default().insert(&clock.id);
        }
    }
    because.into_iter().filter_map(|(name, because)| people(new, name, &because)).collect()
}

fn people(new: &Policy, name: &str, because: &BTreeSet<&str>) -> Option<Inform> {
    let register = new.register(new.register_id(name)?)?;
    let own = register.from.iter().any(|from| from == FROM_SUBJECT);
    let others = register.from.iter().any(|from| from != FROM_SUBJECT);
    let unsaid = register.from.is_empty();
    let mut articles = Vec::new();
    if own || unsaid {
        articles.push("gdpr:13(3)");
    }
    if others || unsaid {
        articles.push("gdpr:14(4)");
    }
    Some(Inform {
        register: name.to_owned(),
        title: register.said.title.clone(),
        who: register
            .about
            .iter()
            .map(|it| Bilingual { da: role(new, it, Lang::Da), en: role(new, it, Lang::En) })
            .collect(),
        articles,
        because: because.iter().map(|it| (*it).to_owned()).collect(),
    })
}
