//! Rights: those that the grounds give, all of them, with a time to answer that the law admits.
//!
//! Rights are judged a controller, not a notice: what one notice of a controller says holds for all of its notices.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Span;
use jiff::civil::date;

use super::{Check, codes, decided};
use crate::clock::{Duration, answer_by};
use crate::diagnostic::Diagnostic;
use crate::source::Word;
use crate::text::Bilingual;
use crate::written::{Notice, Party, Register, Right};

const CONSENT_OR_CONTRACT: [&str; 3] = ["gdpr:6(1)(a)", "gdpr:9(2)(a)", "gdpr:6(1)(b)"];
const TASK_OR_INTEREST: [&str; 2] = ["gdpr:6(1)(e)", "gdpr:6(1)(f)"];

/// A right that hangs on a ground: article, the grounds, what to call them.
type Conditional = (&'static str, &'static [&'static str], fn() -> Bilingual);
const CONDITIONAL: [Conditional; 2] = [
    ("gdpr:20", &CONSENT_OR_CONTRACT, codes::consent_or_contract),
    ("gdpr:21", &TASK_OR_INTEREST, codes::task_or_interest),
];
/// Rights that everybody has.
const ALWAYS: [&str; 5] = ["gdpr:15", "gdpr:16", "gdpr:17", "gdpr:18", "gdpr:77"];
const WITHDRAWAL: &str = "gdpr:7(3)";

pub(super) fn check(check: &Check<'_>) {
    let mut controllers: BTreeMap<&str, Vec<&Notice>> = BTreeMap::new();
    for notice in &check.corpus.notices {
        // A controller that is not declared as one has been reported; its rights are nobody's yet.
        let declared = |word: &&Word| check.party(&word.text).is_some_and(Party::is_controller);
        if let Some(word) = notice.controller.as_ref().filter(declared) {
            controllers.entry(&word.text).or_default().push(notice);
        }
    }
    for notices in controllers.into_values() {
        let controller = Controller { check, notices };
        controller.given();
        controller.missing();
        controller.deadlines();
        controller.promises();
        controller.channels();
        controller.exemptions();
        controller.ways();
        controller.listed();
    }
}

/// All notices of one controller.
struct Controller<'a> {
    check: &'a Check<'a>,
    notices: Vec<&'a Notice>,
}

impl<'a> Controller<'a> {
    fn rights(&self) -> impl Iterator<Item = (&'a Notice, &'a Right, &'a Word)> + '_ {
        let own = |notice: &'a Notice| notice.rights.iter().map(move |right| (notice, right));
        let all = self.notices.iter().copied().flat_map(own);
        all.filter_map(|(notice, right)| Some((notice, right, right.article.as_ref()?)))
    }

    fn basis(&self, grounds: &[&str]) -> Option<&'a Word> {
        let registers = self.notices.iter().flat_map(|notice| &notice.registers);
        registers.flat_map(Register::grounds).find(|word| grounds.contains(&word.text.as_str()))
    }

    /// Consent, of the Regulation or of another act.
    fn consent(&self) -> Option<&'a Word> {
        let registers = self.notices.iter().flat_map(|notice| &notice.registers);
        registers.flat_map(Register::grounds).find(|word| self.check.is_consent(&word.text))
    }

    fn has_registers(&self) -> bool {
        self.notices.iter().any(|notice| !notice.registers.is_empty())
    }

    fn lists(&self, article: &str) -> bool {
        self.rights().any(|(_, _, word)| word.text == article)
    }

    /// Rights that the house gives and the published notice does not list.
    fn listed(&self) {
        for (_, right, word) in self.rights().filter(|(_, right, _)| right.said.unstated.is_some()) {
            let published = self
                .rights()
                .any(|(_, other, article)| article.text == word.text && other.said.unstated.is_none());
            if published {
                continue;
            }
            let message = if word.text == WITHDRAWAL {
                codes::withdrawal_not_listed(&word.text)
            } else {
                codes::right_not_listed(&word.text)
            };
            let finding = Diagnostic::new(message, right.said.place.clone());
            let finding = match self.consent().filter(|_| word.text == WITHDRAWAL) {
                Some(consent) => finding.second(consent.place.clone(), codes::consent_is_a_ground_here()),
                None => finding,
            };
            self.check.say(decided(finding, right.said.unstated.as_ref()));
        }
    }

    /// Every right can be used, with this controller.
    fn ways(&self) {
        for (notice, right, word) in self.rights() {
            if right.channels.is_empty() && (is_answered(&word.text) || word.text == WITHDRAWAL) {
                let elsewhere = self
                    .rights()
                    .any(|(_, other, article)| article.text == word.text && !other.channels.is_empty());
                if !elsewhere {
                    self.check.tell(codes::no_way(&word.text), &right.said.place);
                }
            }
            let controller = notice.controller.as_ref().map(|word| word.text.as_str());
            let away = |to: &&Word| Some(to.text.as_str()) != controller;
            let sent = right.channels.iter().filter_map(|channel| channel.to.as_ref()).find(away);
            if let Some(to) = sent.filter(|_| is_answered(&word.text)) {
                self.check.tell(codes::referral(&word.text, &to.text), &to.place);
            }
            if word.text.starts_with("gdpr:") && !is_right(&word.text) {
                self.check.tell(codes::not_a_right(&word.text), &word.place);
            }
        }
    }

    /// A right that no ground of the controller gives.
    fn given(&self) {
        if !self.has_registers() {
            return;
        }
        for (_, _, word) in self.rights() {
            let hangs = CONDITIONAL.iter().find(|(article, _, _)| word.text == *article);
            if let Some((_, _, called)) = hangs.filter(|(_, grounds, _)| self.basis(grounds).is_none()) {
                self.check.tell(codes::right_not_given(&word.text, &called()), &word.place);
            }
            if word.text == WITHDRAWAL && self.consent().is_none() {
                self.check.tell(codes::right_not_given(&word.text, &codes::consent()), &word.place);
            }
        }
    }

    /// A right that everybody has, or that a ground gives, and that no notice lists.
    fn missing(&self) {
        let Some(first) = self.notices.first().filter(|_| self.has_registers()) else { return };
        if let Some(consent) = self.consent().filter(|_| !self.lists(WITHDRAWAL)) {
            self.check.tell(codes::no_withdrawal(&consent.text), &consent.place);
        }
        for article in ALWAYS.into_iter().filter(|article| !self.lists(article)) {
            self.check.tell(codes::right_missing(&article), &first.said.place);
        }
        for (article, grounds, _) in CONDITIONAL.iter().filter(|(article, _, _)| !self.lists(article)) {
            let Some(ground) = self.basis(grounds) else { continue };
            self.check.tell(codes::right_of_ground_missing(&ground.text, article), &ground.place);
        }
    }

    fn deadlines(&self) {
        for (_, right, word) in self.rights() {
            match &right.promise {
                None if right.answered || !is_answered(&word.text) => {}
                None => self.check.tell(codes::no_deadline(&word.text), &right.said.place),
                Some((written, promise)) if can_end_late(*promise) => {
                    self.check.tell(codes::promise_too_long(promise), &written.place);
                }
                Some(_) => {}
            }
        }
    }

    fn promises(&self) {
        let promised = self.rights().filter_map(|(notice, right, _)| Some((notice, right.promise.as_ref()?)));
        let promised: Vec<_> = promised.collect();
        let Some((first_notice, (first, promise))) = promised.first() else { return };
        let differs = promised
            .iter()
            .find(|(notice, (_, other))| other != promise && notice.said.id != first_notice.said.id);
        if let Some((_, (word, other))) = differs {
            let finding = Diagnostic::new(codes::promises_differ(promise, other), word.place.clone());
            self.check.say(finding.second(first.place.clone(), codes::the_other_promise()));
        }
    }

    /// Article 14(5)(c) without the rule that lays down the obtaining or disclosure.
    fn exemptions(&self) {
        for (_, right, _) in self.rights() {
            for limit in &right.limits {
                let national = limit.laws.iter().any(|word| !word.text.starts_with("gdpr:"));
                if let Some(word) =
                    limit.laws.iter().find(|word| word.text == "gdpr:14(5)(c)").filter(|_| !national)
                {
                    self.check.tell(codes::wide_exemption(), &word.place);
                }
            }
        }
    }

    fn channels(&self) {
        let mut by_article: BTreeMap<&str, (&Notice, &Right)> = BTreeMap::new();
        // Two consents are withdrawn in two ways, and rightly so.
        let asked = |right: &Right, word: &Word| !right.channels.is_empty() && is_answered(&word.text);
        for (notice, right, word) in self.rights().filter(|(_, right, word)| asked(right, word)) {
            let (other, first) = *by_article.entry(&word.text).or_insert((notice, right));
            if other.said.id != notice.said.id && ways(first) != ways(right) {
                let finding = Diagnostic::new(codes::channels_differ(&word.text), right.said.place.clone());
                self.check.say(finding.second(first.said.place.clone(), codes::the_other_notice()));
            }
        }
    }
}

/// Whether a right is used by a request that Article 12(3) gives a time for.
fn is_answered(article: &str) -> bool {
    const ANSWERED: [&str; 8] =
        ["gdpr:15", "gdpr:16", "gdpr:17", "gdpr:18", "gdpr:19", "gdpr:20", "gdpr:21", "gdpr:22"];
    ANSWERED.contains(&article)
}

/// Whether an article of the Regulation gives something to the person.
fn is_right(cited: &str) -> bool {
    const RIGHTS: [&str; 15] =
        ["7(3)", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "34", "77", "79"];
    RIGHTS.iter().any(|article| is_under(cited.strip_prefix("gdpr:").unwrap_or(cited), article))
}

/// Whether a citation is of an article or of a part of it.
fn is_under(cited: &str, article: &str) -> bool {
    cited.strip_prefix(article).is_some_and(|rest| rest.is_empty() || rest.starts_with('('))
}

fn ways(right: &Right) -> BTreeSet<&str> {
    right.channels.iter().map(|channel| channel.text.en.as_str()).collect()
}

/// Whether a promise ends after the month of Article 12(3) for some day of receipt in a cycle of leap years.
fn can_end_late(promise: Duration) -> bool {
    const CYCLE_DAYS: i64 = 1461;
    const SHORTEST_MONTH_DAYS: u64 = 28;
    if promise == Duration::MONTH || promise.days_at_most() <= SHORTEST_MONTH_DAYS {
        return false;
    }
    let start = date(2026, 1, 1);
    let late = |day: i64| {
        let received = start.checked_add(Span::new().days(day)).ok()?;
        let deadline = answer_by(received, Some(promise))?;
        Some(deadline.promised? > deadline.statute)
    };
    (0..CYCLE_DAYS).any(|day| late(day).unwrap_or(true))
}
