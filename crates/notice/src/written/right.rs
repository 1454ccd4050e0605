//! `[[share]]`, `[[right]]` and `[[measure]]`.

use std::str::FromStr;

use super::{clock_error, full, listed_id, said};
use crate::check::codes;
use crate::clock::{Duration, Mode, NotADuration, Pick, Plus, Rule, Stage, When};
use crate::diagnostic::Diagnostic;
use crate::policy::Said;
use crate::source::{Section, Word};
use crate::text::Bilingual;

/// A disclosure as written.
pub(crate) struct Share {
    pub(crate) said: Said,
    pub(crate) to: Option<Word>,
    pub(crate) of: Vec<Word>,
    pub(crate) fields: Vec<Word>,
    pub(crate) purpose: Option<Word>,
    pub(crate) condition: Option<Bilingual>,
    pub(crate) instrument: Option<Word>,
}

impl Share {
    pub(super) fn read(notice: &str, section: Section<'_>) -> Self {
        let id = listed_id(&section);
        let untitled = Bilingual { da: id.text.clone(), en: id.text.clone() };
        let title = section.bilingual("title").unwrap_or(untitled);
        let share = Self {
            said: said(&section, full(notice, &id.text), id.place, title),
            to: section.required("to"),
            of: section.required_words("of"),
            fields: section.words("fields"),
            purpose: section.required("purpose"),
            condition: section.bilingual("condition"),
            instrument: section.word("instrument"),
        };
        section.finish();
        share
    }
}

/// A right as written.
pub(crate) struct Right {
    pub(crate) said: Said,
    pub(crate) article: Option<Word>,
    pub(crate) channels: Vec<Channel>,
    /// Whether a time to answer is written, readable or not.
    pub(crate) answered: bool,
    pub(crate) promise: Option<(Word, Duration)>,
    pub(crate) limits: Vec<Limit>,
}

/// What limits a right.
pub(crate) struct Limit {
    pub(crate) text: Bilingual,
    pub(crate) laws: Vec<Word>,
}

/// A way to use a right.
pub(crate) struct Channel {
    pub(crate) text: Bilingual,
    /// The party that the person is sent to, if it is not the controller.
    pub(crate) to: Option<Word>,
}

impl Right {
    pub(super) fn read(notice: &str, section: Section<'_>) -> Self {
        let id = listed_id(&section);
        let untitled = Bilingual { da: id.text.clone(), en: id.text.clone() };
        let title = section.bilingual("title").unwrap_or(untitled);
        let right = Self {
            said: said(&section, full(notice, &id.text), id.place, title),
            article: section.required("article"),
            channels: section.list("channels").into_iter().map(channel).collect(),
            answered: section.has("answer"),
            promise: promise(&section),
            limits: section.list("limits").into_iter().map(limit).collect(),
        };
        section.finish();
        right
    }
}

fn channel(section: Section<'_>) -> Channel {
    let channel = Channel { text: section.both_languages(), to: section.word("to") };
    section.finish();
    channel
}

fn limit(section: Section<'_>) -> Limit {
    let limit = Limit { text: section.both_languages(), laws: section.required_words("law") };
    section.finish();
    limit
}

/// `P1M`, or `by request.received + P1M` in full.
fn promise(section: &Section<'_>) -> Option<(Word, Duration)> {
    let word = section.word("answer")?;
    match Duration::from_str(&word.text) {
        Ok(duration) => return Some((word, duration)),
        Err(NotADuration::TooLong) => {
            section.about(codes::longer_than_200_years(&word.text), &word);
            return None;
        }
        Err(NotADuration::Malformed) => {}
    }
    match Rule::parse(&format!("review {}", word.text)) {
        Ok(rule) => match plain_promise(&rule) {
            Some(duration) => Some((word, duration)),
            None => {
                let finding = Diagnostic::new(codes::not_a_time_to_answer(&word.text), word.place);
                section.say(finding.help(codes::write_answer()));
                None
            }
        },
        Err(mut error) => {
            let added = "review ".len();
            error.span = error.span.start.saturating_sub(added)..error.span.end.saturating_sub(added);
            section.say(clock_error(&word, &error).help(codes::write_answer()));
            None
        }
    }
}

fn plain_promise(rule: &Rule) -> Option<Duration> {
    let [Stage { mode: Mode::By, when, only: None, unless: None, .. }] = rule.stages.as_slice() else {
        return None;
    };
    match when {
        When::After { pick: Pick::Unsaid, event, plus: Some(Plus::Duration(duration)) } => {
            (event == crate::policy::REQUEST_RECEIVED).then_some(*duration)
        }
        When::After { .. } | When::Earliest(_) | When::Latest(_) | When::Inherit(_) => None,
    }
}

/// A measure as written.
pub(crate) struct Measure {
    pub(crate) said: Said,
}

impl Measure {
    pub(super) fn read(notice: &str, section: Section<'_>) -> Self {
        let id = listed_id(&section);
        let title = section.required_bilingual("title");
        let measure = Self { said: said(&section, full(notice, &id.text), id.place, title) };
        section.finish();
        measure
    }
}
