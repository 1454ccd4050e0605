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

use codes::Code;
pub(crate) use names::{field_of, resolve};
pub(crate) use schemas::beside;
pub(crate) use shares::is_abroad;

/// What every check sees.
pub(crate) struct Check<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) names: &'a Names,
    pub(crate) as_of: Date,
    pub(crate) found: &'a RefCell<Vec<Diagnostic>>,
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
    names::check(check);
    law::check(check);
    clocks::check(check);
    uses::check(check);
    parties::check(check);
    shares::check(check);
    rights::check(check);
    between::check(check);
    says::check(check);
    schemas::check(check, files);
}

/// Gathers every name once and reports those that are used twice.
pub(crate) fn gather(corpus: &Corpus, found: &RefCell<Vec<Diagnostic>>) -> Names {
    names::gather(corpus, found)
}

impl<'a> Check<'a> {
    fn say(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }

    /// A finding of a kind at a place, with the help of that kind.
    fn tell(&self, code: &'static Code, place: &Place, sentence: impl Into<String>) {
        self.say(Diagnostic::new(code, place.clone(), sentence));
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
        wanted.is_none() || register.purposes.iter().any(|own| self.purpose(owner, own) == wanted)
    }

    /// The notice that a register belongs to.
    fn owner(&self, notice: &Notice, register: &str) -> Option<&'a Notice> {
        let position = resolve(&self.names.registers, &notice.said.id, register)?;
        self.corpus.owned_register(position).map(|(notice, _)| notice)
    }
}
