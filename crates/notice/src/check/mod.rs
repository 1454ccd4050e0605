//! What the compiler holds a corpus to: names first, then law, clocks, uses, shares, rights, and what stands between notices.
//!
//! Invariant: general checks only. Nothing in here knows a particular notice.

use std::cell::RefCell;

use jiff::civil::Date;

use crate::clock::Rule;
use crate::diagnostic::{Diagnostic, Severity};
use crate::policy::{Names, Place};
use crate::source::{SourceFile, Word, nearest};
use crate::text::Bilingual;
use crate::written::{Corpus, Law, Notice, Party, Provision, Register};

mod between;
mod budget;
mod clocks;
pub mod codes;
mod law;
mod matters;
mod names;
mod parties;
mod rights;
mod says;
mod schemas;
mod shares;
mod uses;

pub(crate) use budget::{Budget, GUESSES_MAX, STEPS_MAX};
use codes::Message;
pub(crate) use names::{field_of, resolve};
pub(crate) use schemas::beside;
pub(crate) use shares::is_abroad;

/// What every check sees.
pub(crate) struct Check<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) names: &'a Names,
    pub(crate) as_of: Date,
    pub(crate) found: &'a RefCell<Vec<Diagnostic>>,
    /// What the checks may cost together.
    pub(crate) steps: Budget,
    /// What guessing may cost.
    pub(crate) guesses: Budget,
}

/// Where the published notice is silent and the controller has chosen, a person has decided: it compiles and is listed.
fn decided(mut finding: Diagnostic, unstated: Option<&Bilingual>) -> Diagnostic {
    if unstated.is_some() {
        finding.severity = Severity::Warning;
    }
    finding
}

/// Runs all checks.
pub(crate) fn all(check: &Check<'_>, files: &[SourceFile]) {
    if too_many_sections(check) {
        return;
    }
    let forms = |check: &Check<'_>| schemas::check(check, files);
    let all: [&dyn Fn(&Check<'_>); 10] = [
        &names::check,
        &law::check,
        &clocks::check,
        &uses::check,
        &parties::check,
        &shares::check,
        &rights::check,
        &between::check,
        &says::check,
        &forms,
    ];
    for part in all {
        part(check);
        if check.steps.is_spent() {
            // What was not looked at may be wrong: it does not compile.
            let place = check.corpus.said().next().map(|said| said.place.clone());
            let place = place.unwrap_or_else(|| Place { file: "".into(), span: 0..0 });
            return check.tell(codes::too_much_to_check(&STEPS_MAX), &place);
        }
    }
}

/// Whether there are so many sections of a kind that comparing them would never end.
fn too_many_sections(check: &Check<'_>) -> bool {
    let corpus = check.corpus;
    let of = |count: fn(&Notice) -> usize| corpus.notices.iter().map(count).sum::<usize>();
    let counts = [
        ("party", corpus.parties.len()),
        ("law", corpus.laws.len()),
        ("role", corpus.roles.len()),
        ("event", corpus.events.len()),
        ("flag", corpus.flags.len()),
        ("clock", corpus.clocks.len()),
        ("notice", corpus.notices.len()),
        ("purpose", of(|notice| notice.purposes.len())),
        ("register", of(|notice| notice.registers.len())),
        ("use", of(|notice| notice.uses.len())),
        ("share", of(|notice| notice.shares.len())),
        ("right", of(|notice| notice.rights.len())),
        ("measure", of(|notice| notice.measures.len())),
    ];
    let Some((kind, _)) = counts.iter().find(|(_, count)| *count > budget::SECTIONS_MAX) else {
        return false;
    };
    let place =
        corpus.said().next().map_or_else(|| Place { file: "".into(), span: 0..0 }, |it| it.place.clone());
    check.tell(codes::too_many_sections(&budget::SECTIONS_MAX, kind), &place);
    true
}

/// Gathers every name once and reports those that are used twice.
pub(crate) fn gather(corpus: &Corpus, found: &RefCell<Vec<Diagnostic>>) -> Names {
    names::gather(corpus, found)
}

impl<'a> Check<'a> {
    fn say(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }

    /// A finding at a place, with the help of its kind.
    fn tell(&self, message: Message, place: &Place) {
        self.say(Diagnostic::new(message, place.clone()));
    }

    /// Whether so much was found that guesses and comparisons would only cost time.
    fn is_full(&self) -> bool {
        const ENOUGH: usize = 500;
        self.found.borrow().len() > ENOUGH
    }

    /// The name that was probably meant.
    fn nearest<'n>(&self, word: &str, candidates: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        if self.is_full() {
            return None;
        }
        let mut candidates: Vec<_> = candidates.into_iter().collect();
        let cost: usize = candidates.iter().map(|name| 1 + word.len().min(64) * name.len().min(64) / 8).sum();
        if !self.guesses.spend(cost) {
            return None;
        }
        candidates.sort_unstable();
        nearest(word, candidates)
    }

    /// The register of a name as a notice writes it.
    fn register(&self, notice: &Notice, name: &str) -> Option<&'a Register> {
        let position = resolve(&self.names.registers, &notice.said.id, name)?;
        self.corpus.register(position)
    }

    fn party(&self, name: &str) -> Option<&'a Party> {
        self.names.parties.get(name).and_then(|at| self.corpus.parties.get(*at))
    }

    /// The law and the provision of a citation.
    fn cited(&self, cited: &str) -> Option<(&'a Law, &'a Provision)> {
        let (law, name) = cited.split_once(':')?;
        let law = self.names.laws.get(law).and_then(|at| self.corpus.laws.get(*at))?;
        if !self.steps.spend(law.provisions.len()) {
            return None;
        }
        law.provisions.iter().find(|provision| provision.name.text == name).map(|provision| (law, provision))
    }

    /// The retention rule of a register: its own, or the one that it shares, with the place of the line.
    fn rule(&self, notice: &Notice, register: &'a Register) -> Option<(&'a Word, &'a Rule)> {
        let shared = || {
            let name = register.clock.as_ref()?;
            let position = resolve(&self.names.clocks, &notice.said.id, &name.text)?;
            self.corpus.clocks.get(position)?.line.as_ref()
        };
        let line = register.keep.as_ref().or_else(shared)?;
        Some((&line.word, line.rule.as_ref()?))
    }

    /// Whether a ground is consent, which can be withdrawn.
    fn is_consent(&self, cited: &str) -> bool {
        matches!(cited, "gdpr:6(1)(a)" | "gdpr:9(2)(a)")
            || self.cited(cited).is_some_and(|(_, provision)| provision.consent)
    }

    /// The terms of the vocabulary that a register's purposes bear, the main one first.
    fn vocabulary(&self, notice: &Notice, register: &'a Register) -> impl Iterator<Item = &'a str> {
        let terms = register.purposes.iter().filter_map(|word| self.purpose(notice, word));
        let terms = terms.filter_map(|position| self.corpus.purpose(position)?.vocabulary.as_deref());
        terms.collect::<Vec<_>>().into_iter()
    }

    /// Whether a role is another one or belongs to it.
    fn is_within(&self, role: &str, wider: &str) -> bool {
        let mut open = vec![role];
        let mut seen = Vec::new();
        while let Some(name) = open.pop() {
            if name == wider {
                return true;
            }
            if !self.steps.spend(1 + seen.len()) {
                return true;
            }
            if seen.contains(&name) {
                continue;
            }
            seen.push(name);
            let declared = self.names.roles.get(name).and_then(|at| self.corpus.roles.get(*at));
            open.extend(declared.into_iter().flat_map(|role| role.is.iter().map(|word| word.text.as_str())));
        }
        false
    }

    /// Whether the controller of a notice is a public authority.
    fn is_public(&self, notice: &Notice) -> bool {
        let controller = notice.controller.as_ref().and_then(|word| self.party(&word.text));
        controller.is_some_and(|party| party.public_authority)
    }

    /// The position of a purpose as a notice writes it.
    fn purpose(&self, notice: &Notice, word: &Word) -> Option<usize> {
        resolve(&self.names.purposes, &notice.said.id, &word.text)
    }

    /// Whether one of a register's purposes is this one, as another notice may name it.
    fn reaches(&self, notice: &Notice, register: &str, purpose: &Word) -> bool {
        let wanted = self.purpose(notice, purpose);
        let Some(owner) = self.owner(notice, register) else { return true };
        let Some(register) = self.register(notice, register) else { return true };
        if !self.steps.spend(2 * register.purposes.len()) {
            return true;
        }
        wanted.is_none() || register.purposes.iter().any(|own| self.purpose(owner, own) == wanted)
    }

    /// The notice that a register belongs to.
    fn owner(&self, notice: &Notice, register: &str) -> Option<&'a Notice> {
        let position = resolve(&self.names.registers, &notice.said.id, register)?;
        self.corpus.owned_register(position).map(|(notice, _)| notice)
    }
}
