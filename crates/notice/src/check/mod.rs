//! What the compiler holds a corpus to: names first, then law, clocks, uses, shares, rights, and what stands between notices.

use std::cell::RefCell;

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::policy::Names;
use crate::written::Corpus;

pub mod codes;
mod names;

pub(crate) use names::{field_of, resolve};

/// What every check sees.
pub(crate) struct Check<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) names: &'a Names,
    pub(crate) as_of: Date,
    pub(crate) found: &'a RefCell<Vec<Diagnostic>>,
}

impl Check<'_> {
    fn say(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }
}

/// Runs all checks.
pub(crate) fn all(check: &Check<'_>) {
    names::check(check);
}

/// Gathers every name once and reports those that are used twice.
pub(crate) fn gather(corpus: &Corpus, found: &RefCell<Vec<Diagnostic>>) -> Names {
    names::gather(corpus, found)
}
