//! What all notices share: parties, laws, roles, events, flags, and rules of notices that are not written out.

use super::{Line, line, said, valid};
use crate::clock::Duration;
use crate::policy::{Class, Said, Valid};
use crate::source::{Section, Word};
use crate::text::Bilingual;

/// `[party.ID]`
pub(crate) struct Party {
    pub(crate) said: Said,
    pub(crate) kinds: Vec<Word>,
    pub(crate) country: Option<Word>,
    pub(crate) contact: Vec<(Bilingual, String)>,
    pub(crate) officer: Option<String>,
    pub(crate) public_authority: bool,
    pub(crate) valid: Valid,
    pub(crate) successor: Option<Word>,
    pub(crate) works_for: Vec<Word>,
    pub(crate) under: Option<Word>,
    pub(crate) agreement: Option<Bilingual>,
    pub(crate) instrument: Option<Word>,
    /// Other names under which texts call it.
    pub(crate) also: Vec<Word>,
}

/// Kinds of parties, closed.
pub(crate) const KINDS: [(&str, ()); 8] = [
    ("controller", ()),
    ("joint-controller", ()),
    ("processor", ()),
    ("sub-processor", ()),
    ("recipient", ()),
    ("source", ()),
    ("authority", ()),
    ("supervisory-authority", ()),
];

impl Party {
    pub(crate) fn is_controller(&self) -> bool {
        self.kinds.iter().any(|kind| matches!(kind.text.as_str(), "controller" | "joint-controller"))
    }

    pub(super) fn read((id, section): (Word, Section<'_>)) -> Self {
        section.id(&id);
        let title = section.required_bilingual("title");
        let kinds = section.required_words("kinds");
        kinds.iter().for_each(|kind| {
            section.chosen(kind, &KINDS);
        });
        let party = Self {
            said: said(&section, id.text, id.place, title),
            kinds,
            country: country(&section),
            contact: contact(&section),
            officer: section.text("officer").filter(|text| !text.trim().is_empty()),
            public_authority: section.flag("public-authority"),
            valid: valid(&section),
            successor: section.word("successor"),
            works_for: section.words("works-for"),
            under: section.word("for"),
            agreement: section.bilingual("agreement"),
            instrument: section.word("instrument"),
            also: section.words("also"),
        };
        section.finish();
        party
    }
}

/// Two capital letters.
fn country(section: &Section<'_>) -> Option<Word> {
    let word = section.required("country")?;
    if word.text.len() == 2 && word.text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Some(word);
    }
    section.about(crate::check::codes::not_a_country(&word.text), &word);
    None
}

fn contact(section: &Section<'_>) -> Vec<(Bilingual, String)> {
    let read = |entry: Section<'_>| {
        let label = entry.both_languages();
        let value = entry.required("value").map(|word| word.text).unwrap_or_default();
        entry.finish();
        (label, value)
    };
    section.list("contact").into_iter().map(read).collect()
}

/// `[law.ID]`
pub(crate) struct Law {
    pub(crate) said: Said,
    pub(crate) eli: Option<String>,
    pub(crate) valid: Valid,
    pub(crate) successor: Option<Word>,
    /// Other names under which texts cite it.
    pub(crate) also: Vec<Word>,
    pub(crate) matter: Option<Matter>,
    pub(crate) provisions: Vec<Provision>,
}

/// `[law.ID.provision."6(1)(e)"]`
pub(crate) struct Provision {
    pub(crate) name: Word,
    pub(crate) title: Bilingual,
    pub(crate) covers: Vec<Class>,
    /// Whether this ground is consent, which can be withdrawn.
    pub(crate) consent: bool,
    pub(crate) matter: Option<Matter>,
}

/// The classes of fields, closed.
pub(crate) const CLASSES: [(&str, Class); 5] = [
    ("ordinary", Class::Ordinary),
    ("health", Class::Health),
    ("special", Class::Special),
    ("criminal", Class::Criminal),
    ("cpr", Class::Cpr),
];

impl Law {
    pub(super) fn read((id, section): (Word, Section<'_>)) -> Self {
        section.id(&id);
        let title = section.required_bilingual("title");
        let law = Self {
            said: said(&section, id.text, id.place, title),
            eli: section.text("eli"),
            valid: valid(&section),
            successor: section.word("successor"),
            also: section.words("also"),
            matter: matter(&section),
            provisions: section.named("provision").into_iter().map(provision).collect(),
        };
        section.finish();
        law
    }
}

fn provision((name, section): (Word, Section<'_>)) -> Provision {
    let covers = section.words("covers");
    let provision = Provision {
        name,
        title: section.required_bilingual("title"),
        covers: covers.iter().filter_map(|word| section.chosen(word, &CLASSES)).collect(),
        consent: section.flag("consent"),
        matter: matter(&section),
    };
    section.finish();
    provision
}

/// What an act or a provision is about, where it is about one thing only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Matter {
    Employment,
    HealthCare,
    PublicHealth,
    Research,
    Archives,
    Supervision,
}

/// The words for matters, closed.
pub(crate) const MATTERS: [(&str, Matter); 6] = [
    ("employment", Matter::Employment),
    ("health-care", Matter::HealthCare),
    ("public-health", Matter::PublicHealth),
    ("research", Matter::Research),
    ("archives", Matter::Archives),
    ("supervision", Matter::Supervision),
];

impl Matter {
    pub(crate) fn word(self) -> &'static str {
        MATTERS.iter().find(|(_, matter)| *matter == self).map_or("", |(word, _)| word)
    }
}

fn matter(section: &Section<'_>) -> Option<Matter> {
    section.word("matter").and_then(|word| section.chosen(&word, &MATTERS))
}

/// `[role.ID]`
pub(crate) struct Role {
    pub(crate) said: Said,
    pub(crate) is: Vec<Word>,
    pub(crate) authorised: bool,
}

impl Role {
    pub(super) fn read((id, section): (Word, Section<'_>)) -> Self {
        section.id(&id);
        let title = section.required_bilingual("title");
        let role = Self {
            said: said(&section, id.text, id.place, title),
            is: section.words("is"),
            authorised: section.flag("authorised"),
        };
        section.finish();
        role
    }
}

/// `[event."ID"]`
pub(crate) struct Event {
    pub(crate) said: Said,
    pub(crate) by: Option<Bilingual>,
    pub(crate) roles: Vec<Word>,
}

impl Event {
    pub(super) fn read((id, section): (Word, Section<'_>)) -> Self {
        section.id(&id);
        let title = section.required_bilingual("title");
        let event = Self {
            said: said(&section, id.text, id.place, title),
            by: section.bilingual_or_text("by"),
            roles: section.words("roles"),
        };
        section.finish();
        event
    }
}

/// `[flag.ID]`
pub(crate) struct Flag {
    pub(crate) said: Said,
    pub(crate) by: Option<Bilingual>,
    pub(crate) roles: Vec<Word>,
    pub(crate) ends: Option<Duration>,
}

impl Flag {
    pub(super) fn read((id, section): (Word, Section<'_>)) -> Self {
        section.id(&id);
        let title = section.required_bilingual("title");
        let flag = Self {
            said: said(&section, id.text, id.place, title),
            by: section.bilingual_or_text("by"),
            roles: section.words("roles"),
            ends: section.duration("ends"),
        };
        section.finish();
        flag
    }
}

/// `[clock."ID"]`, or the rule of a register.
pub(crate) struct Clock {
    pub(crate) said: Said,
    pub(crate) line: Option<Line>,
    pub(crate) seed: Option<String>,
    pub(crate) hard: Vec<Word>,
    /// Registers on which the rule falls beside their own.
    pub(crate) of: Vec<Word>,
    /// The rule that must have been carried out before.
    pub(crate) after: Option<Word>,
}

impl Clock {
    /// The notice that a rule of several registers belongs to: the first part of its name.
    pub(crate) fn notice(&self) -> &str {
        self.said.id.split('.').next().unwrap_or_default()
    }

    pub(super) fn read((id, section): (Word, Section<'_>)) -> Self {
        section.id(&id);
        let untitled = Bilingual { da: id.text.clone(), en: id.text.clone() };
        let title = section.bilingual("title").unwrap_or(untitled);
        if !section.has("do") {
            section.missing("do");
        }
        let clock = Self {
            said: said(&section, id.text, id.place, title),
            line: rule(&section, "do"),
            seed: section.text("seed"),
            hard: section.words("hard"),
            of: section.words("of"),
            after: section.word("after"),
        };
        section.finish();
        clock
    }
}

/// Reads a rule and how often it is looked at while it waits.
pub(super) fn rule(section: &Section<'_>, key: &'static str) -> Option<Line> {
    let review = section.duration("review");
    let line = line(section, key)?;
    let reviewed = |rule: crate::clock::Rule| match review {
        Some(review) if review.days_at_most() > 0 => rule.reviewed_every(review),
        Some(_) | None => rule,
    };
    Some(Line { word: line.word, rule: line.rule.map(reviewed) })
}
